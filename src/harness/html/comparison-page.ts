/** The page of a trace that was executed on model and SQL. */
import type { AnyRelease } from '../engines.ts';
import type { Recording } from '../record.ts';
import { count } from '../report/text.ts';
import { showValue } from '../report/values.ts';
import { startOf, type Trace, writeWhole } from '../trace.ts';
import { pgtwinVersion } from '../version.ts';
import type { PageInput } from './page-input.ts';
import { writePage } from './write-page.ts';

export interface Executed {
  readonly release: AnyRelease;
  readonly trace: Trace<unknown>;
  readonly recording: Recording;
  /** What was tested: names and versions. */
  readonly versions: Readonly<Record<string, string | number>>;
  readonly remarks: readonly string[];
  /** What else there is to know, such as the seed, before the versions. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What to type to see it again; null where the trace is in no file. */
  readonly replay: string | null;
}

/** Throws SetupError where the file cannot be written. */
export async function writeComparisonPage(file: string, executed: Executed): Promise<void> {
  await writeWhole(file, await writePage(comparisonPage(executed)));
}

export function comparisonPage(executed: Executed): PageInput {
  const { release, trace, recording, versions, remarks, facts, replay } = executed;
  const { machine, project, drawing, comparison } = release;
  const startedAt = startOf(trace);
  const { moments } = recording;
  return {
    ...headline(recording),
    facts: [
      [release.engine, release.release],
      ...facts,
      ['pgtwin', pgtwinVersion],
      ...Object.entries(versions).map(([name, version]): [string, string] => [name, String(version)]),
      ['begins', trace.startedAt],
    ],
    remarks,
    replay: replay === null ? null : `npx ${replay}`,
    startedAt,
    sides: ['model', 'SQL'],
    key: comparison.key,
    drawing,
    initial: project(machine.initialState),
    moments: moments.map(({ command, startedAt: at, model, sql, reached, differences }) => ({
      at,
      sql: machine.describe(command),
      branches: reached,
      sides: [model, sql],
      differences: differences.map(({ where, row, model: expected, sql: actual }) => ({
        where,
        row,
        shown: [showValue(expected, startedAt), showValue(actual, startedAt)],
      })),
    })),
  };
}

function headline({ divergence, interrupted, moments }: Recording): Pick<PageInput, 'title' | 'tone'> {
  const done = count(moments.length, 'command');
  if (divergence) return { title: `The SQL differs from the model after ${done}.`, tone: 'bad' };
  if (interrupted) return { title: `Interrupted after ${done}.`, tone: 'plain' };
  return { title: `The SQL agrees with the model: ${done}.`, tone: 'good' };
}
