/** The page of a trace that was executed on model and SQL. */
import type { AnyCommand } from '../../contract/command.ts';
import type { ComparisonFacet } from '../../contract/comparison.ts';
import type { ToldRelease } from '../../contract/engine.ts';
import { startOf, type Trace } from '../../contract/trace.ts';
import { pgtwinVersion } from '../../contract/version.ts';
import type { ExecutionWithMoments } from '../../lockstep/moments.ts';
import { count } from '../text.ts';
import { leftOutRemark } from './left-out.ts';
import { pageDifference } from './page-difference.ts';
import type { PageInput } from './page-input.ts';

export interface Executed {
  readonly release: ToldRelease<unknown, AnyCommand> & Pick<ComparisonFacet<AnyCommand>, 'comparison'>;
  readonly trace: Trace<unknown>;
  readonly recording: ExecutionWithMoments;
  /** What was tested: names and versions. */
  readonly versions: Readonly<Record<string, string | number>>;
  readonly remarks: readonly string[];
  /** What else there is to know, such as the seed, before the versions. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What to type to see it again; null where the trace is in no file. */
  readonly replay: string | null;
}

export function comparisonPage(executed: Executed): PageInput {
  const { release, trace, recording, versions, remarks, facts, replay } = executed;
  const { machine, project, drawing, comparison } = release;
  const startedAt = startOf(trace);
  const { moments, leftOut, lastLeftOut } = recording;
  return {
    ...headline(recording),
    facts: [
      [release.engine, release.release],
      ...facts,
      ['pgtwin', pgtwinVersion],
      ...Object.entries(versions).map(([name, version]): [string, string] => [name, String(version)]),
      ['begins', trace.startedAt],
    ],
    remarks: [...leftOutRemark(leftOut, moments.length), ...remarks],
    replay: replay === null ? null : `npx ${replay}`,
    startedAt,
    sides: ['model', 'SQL'],
    key: comparison.key,
    drawing,
    initial: lastLeftOut?.model.tables ?? project(machine.initialState),
    moments: moments.map(({ command, startedAt: at, model, sql, reached, differences }) => ({
      at,
      sql: machine.describe(command),
      branches: reached,
      sides: [model, sql],
      differences: differences.map(({ where, row, model: expected, sql: actual }) =>
        pageDifference({ where, row, values: [expected, actual] }, drawing, startedAt),
      ),
    })),
  };
}

function headline({
  divergence,
  interrupted,
  commands,
}: ExecutionWithMoments): Pick<PageInput, 'title' | 'tone'> {
  const done = count(commands, 'command');
  if (divergence) return { title: `The SQL differs from the model after ${done}.`, tone: 'bad' };
  if (interrupted) return { title: `Interrupted after ${done}.`, tone: 'plain' };
  return { title: `The SQL agrees with the model: ${done}.`, tone: 'good' };
}
