/** Reports read back from files: what `--json` wrote. */
import { z } from 'zod';
import { SetupError } from '../../sql/setup-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import { pgtwinVersion } from '../contract/version.ts';
import { describeIssue } from '../trace/issue.ts';
import { readInput } from '../trace/read-input.ts';
import type { MutantsReport } from './report.ts';

const count = z.int().min(0);
const names = z.array(z.string());

/** As it is, its keys in their order. */
const command = z.custom<AnyCommand>(
  (value) => typeof (Object(value) as { type?: unknown }).type === 'string',
  'expected a command',
);

export const resultSchema = z.object({
  id: z.string(),
  function: z.string(),
  operator: z.string(),
  file: z.string().nullable(),
  line: count.nullable(),
  position: z.int(),
  before: z.string(),
  after: z.string(),
  outcome: z.enum(['killed', 'survived', 'not-installed', 'equivalent']),
  by: z.enum(['divergence', 'timeout', 'broken']).nullable(),
  where: z.string().nullable(),
  sample: count.nullable(),
  samples: count,
  trace: z.array(z.object({ at: count, command })).nullable(),
  seconds: z.number(),
});

export const mutantsReportSchema = z.object({
  pgtwin: z.string(),
  engine: z.string(),
  release: z.string(),
  versions: z.record(z.string(), z.union([z.string(), z.number()])),
  fingerprint: z.string(),
  seed: count,
  samples: count,
  forMs: z.number().nullable(),
  maxCommands: count,
  shrinkAttempts: count,
  selection: z.object({
    functions: names,
    operators: names,
    mutants: names,
    sample: count.nullable(),
  }),
  chosen: count,
  shard: z.object({ index: count, of: count }).nullable(),
  interrupted: z.boolean(),
  remarks: names,
  mutants: z.array(resultSchema),
});

/** @throws SetupError for a file that is not there, holds something else, or is of another version */
export async function readReport(file: string, signal?: AbortSignal): Promise<MutantsReport> {
  const text = await readInput(file, signal);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SetupError(`${file}: not JSON`);
  }
  const { pgtwin } = Object(json) as { pgtwin?: unknown };
  if (typeof pgtwin === 'string' && pgtwin !== pgtwinVersion) {
    throw new SetupError(
      `${file}: written by pgtwin ${pgtwin}, but this is pgtwin ${pgtwinVersion}; run the mutants again`,
    );
  }
  const report = mutantsReportSchema.safeParse(json);
  if (report.success) return report.data;
  const [issue] = report.error.issues;
  throw new SetupError(`${file}: not a report of pgtwin mutants: ${describeIssue(issue!)}`);
}
