/** The reports of all shares as that of the whole. */
import { SetupError } from '../../sql/setup-error.ts';
import { shortened } from '../contract/names.ts';
import { byPlace } from './mutant.ts';
import type { MutantsReport } from './report.ts';

/** A report and where it is from. */
export interface NamedReport {
  readonly file: string;
  readonly report: MutantsReport;
}

/** @throws SetupError where the reports do not belong together, or one is missing or there twice */
export function mergeReports(reports: readonly NamedReport[]): MutantsReport {
  const [first, ...others] = reports;
  if (!first) throw new SetupError('no reports to merge: name at least one file');
  for (const other of others) {
    const key = keys.find(
      (each) => JSON.stringify(other.report[each]) !== JSON.stringify(first.report[each]),
    );
    if (key === undefined) continue;
    throw new SetupError(
      `${other.file} and ${first.file} are from different runs: ${key} is ${words(other.report[key])} and ${words(first.report[key])}`,
    );
  }
  expectAllShares(reports);
  return {
    ...first.report,
    shard: null,
    interrupted: reports.some(({ report }) => report.interrupted),
    remarks: [...new Set(reports.flatMap(({ report }) => report.remarks))],
    mutants: reports.flatMap(({ report }) => report.mutants).sort(byPlace),
  };
}

const words = (value: unknown) => shortened(JSON.stringify(value), 200);

const keys = [
  'engine',
  'release',
  'versions',
  'fingerprint',
  'seed',
  'samples',
  'forMs',
  'maxCommands',
  'shrinkAttempts',
  'selection',
  'chosen',
] as const;

function expectAllShares(reports: readonly NamedReport[]): void {
  const of = reports[0]!.report.shard?.of ?? 1;
  const seen = new Map<number, string>();
  for (const { file, report } of reports) {
    const { index, of: its } = report.shard ?? { index: 1, of: 1 };
    if (its !== of) throw new SetupError(`${file}: share ${index}/${its}, the others are of ${of}`);
    const twin = seen.get(index);
    if (twin !== undefined) throw new SetupError(`${file}: share ${index}/${of} is in ${twin} already`);
    seen.set(index, file);
  }
  for (let index = 1; index <= of; index++) {
    if (!seen.has(index)) throw new SetupError(`share ${index}/${of} is missing`);
  }
}
