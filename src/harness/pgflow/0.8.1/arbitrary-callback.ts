/** What workers report: outputs of every type, errors, and callbacks that come late, twice or for nothing. */

import type { Flow, Run } from '../../../model/pgflow/0.8.1/state.ts';
import { fc } from '../../contract/fast-check.ts';
import { errorMessage, withJson } from '../shared/arbitrary-values.ts';
import { unknownRunId } from '../shared/run-ids.ts';
import type { Feeder, FoundTask } from './arbitrary-scene.ts';
import { arbitraryArray, command, type Work } from './arbitrary-work.ts';

/** An output, an array most of the time where a map waits for it. */
export function complete(
  tasks: readonly FoundTask[],
  flowOf: (run: Run) => Flow,
  temper: { emptiness: number; typeFaults: number },
): Work {
  return fc.constantFrom(...tasks).chain((found) => {
    const flow = flowOf(found.run);
    const feedsMap = flow.deps.some(
      (dep) =>
        dep.dep_slug === found.step_slug &&
        flow.steps.some((step) => step.step_slug === dep.step_slug && step.step_type === 'map'),
    );
    const array = arbitraryArray(temper.emptiness, feedsMap ? 3 : 0).map((output) => ({ output }));
    const any = withJson('output');
    const output = fc.oneof(
      { weight: feedsMap ? 10 : 1, arbitrary: array },
      { weight: feedsMap ? temper.typeFaults : 10, arbitrary: any },
    );
    return output.map((value) => command({ type: 'complete_task', ...keyOf(found), ...value }));
  });
}

/** No array where one is waited for, whatever state the task is in, or none at all. */
export function violateType(feeders: readonly Feeder[]): Work {
  return fc
    .tuple(
      fc.constantFrom(...feeders),
      fc.constantFrom<number | null>(0, 0, 0, 1, null),
      fc.constantFrom<object>(
        {},
        { output: null },
        { output: {} },
        { output: 'x' },
        { output: 1 },
        { output: true },
      ),
    )
    .map(([{ run_id, step_slug }, task_index, output]) =>
      command({ type: 'complete_task', run_id, step_slug, task_index, ...output }),
    );
}

export function fail(tasks: readonly FoundTask[]): Work {
  return fc
    .tuple(fc.constantFrom(...tasks), errorMessage)
    .map(([found, error_message]) => command({ type: 'fail_task', ...keyOf(found), error_message }));
}

const keyOf = ({ run, step_slug, task_index }: FoundTask) => ({ run_id: run.run_id, step_slug, task_index });

/** Callbacks for tasks that do not exist, or steps that have not begun: no such run, step, index, none at all. */
export function reportOddly(runs: readonly Run[], flows: readonly Flow[]): Work {
  const run_id = fc.constantFrom<string | null>(...runs.map((run) => run.run_id), unknownRunId, null);
  const step_slug = fc.constantFrom<string | null>(
    ...flows.flatMap((flow) => flow.steps.map((step) => step.step_slug)),
    'none',
    null,
  );
  const task_index = fc.constantFrom<number | null>(0, 0, 0, 1, 2, 8, -1, null);
  const task = fc.record({ run_id, step_slug, task_index });
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(task, withJson('output'))
        .map(([key, output]) => command({ type: 'complete_task', ...key, ...output })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(task, errorMessage)
        .map(([key, error_message]) => command({ type: 'fail_task', ...key, error_message })),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            'start_ready_steps' as const,
            'maybe_complete_run' as const,
            'cascade_complete_taskless_steps' as const,
            'get_run_with_states' as const,
          ),
          run_id,
        )
        .map(([type, id]) => command({ type, run_id: id })),
    },
  );
}
