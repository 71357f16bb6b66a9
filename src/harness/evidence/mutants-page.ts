/** The page of a run of mutants. */
import { writeFile } from '../../files/write.ts';
import type { MutantsReport } from '../mutants/report.ts';
import { mutantsHtml } from '../report/html/mutants-page.ts';
import type { Describe } from '../report/text.ts';

/** Throws SetupError where the file cannot be written. */
export const writeMutantsPage = (file: string, report: MutantsReport, describe: Describe): Promise<void> =>
  writeFile(file, mutantsHtml(report, describe));
