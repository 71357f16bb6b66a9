/** What workers and their callbacks do to runs that are under way. */
import type { Arbitrary } from 'fast-check';
import type { PgflowCommand } from '../../../model/pgflow/0.1.20/commands.ts';
import type { Run, StepTask } from '../../../model/pgflow/0.1.20/state.ts';
import { arbitraryJson } from '../../contract/arbitrary-json.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { errorMessage, oddQueue, polling, quantity, seconds, withJson } from '../shared/arbitrary-values.ts';
import { unknownRunId } from '../shared/run-ids.ts';

export type Work = Arbitrary<PgflowCommand>;

export const command = <T extends PgflowCommand>(value: T): T => value;

export function startFlow(slugs: readonly string[]): Work {
  return fc
    .tuple(fc.constantFrom(...slugs), withJson('input'))
    .map(([flow_slug, input]) => command({ type: 'start_flow', flow_slug, ...input }));
}

export const startOddFlow: Work = drawnLater(() =>
  fc
    .tuple(fc.constantFrom(null, 'none', '', 'none\0'), withJson('input'))
    .map(([flow_slug, input]) => command({ type: 'start_flow', flow_slug, ...input })),
);

export function poll(queues: readonly string[]): Work {
  return fc
    .tuple(fc.constantFrom(...queues), seconds, quantity, polling)
    .map(([queue_name, vt, qty, more]) => command({ type: 'poll_for_tasks', queue_name, vt, qty, ...more }));
}

export const pollOdd: Work = drawnLater(() =>
  fc
    .tuple(oddQueue, seconds, quantity, polling)
    .map(([queue_name, vt, qty, more]) => command({ type: 'poll_for_tasks', queue_name, vt, qty, ...more })),
);

/** Without a timeout the row that is read cannot be written back. */
export function pollWithoutTimeout(queues: readonly string[]): Work {
  return fc
    .constantFrom(...queues)
    .map((queue_name) =>
      command({ type: 'poll_for_tasks', queue_name, vt: null, qty: 1, max_poll_seconds: 1 }),
    );
}

export function readWithPoll(queues: readonly string[], flow: string, step: string): Work {
  const conditional = fc.oneof(
    fc.constantFrom<object>(
      {},
      { conditional: {} },
      { conditional: { flow_slug: flow } },
      { conditional: { step_slug: step } },
      { conditional: { task_index: 0, step_slug: 'none' } },
    ),
    arbitraryJson.map((condition): object => ({ conditional: condition })),
  );
  const vt = fc.oneof({ weight: 6, arbitrary: seconds }, { weight: 1, arbitrary: fc.constant(null) });
  return fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...queues) }, { weight: 1, arbitrary: oddQueue }),
      vt,
      quantity,
      polling,
      conditional,
    )
    .map(([queue_name, hidden, qty, more, condition]) =>
      command({ type: 'read_with_poll', queue_name, vt: hidden, qty, ...more, ...condition }),
    );
}

export function complete(tasks: readonly [Run, StepTask][]): Work {
  return fc.tuple(fc.constantFrom(...tasks), withJson('output')).map(([[run, task], output]) =>
    command({
      type: 'complete_task',
      run_id: run.run_id,
      step_slug: task.step_slug,
      task_index: 0,
      ...output,
    }),
  );
}

export function fail(tasks: readonly [Run, StepTask][]): Work {
  return fc.tuple(fc.constantFrom(...tasks), errorMessage).map(([[run, task], error_message]) =>
    command({
      type: 'fail_task',
      run_id: run.run_id,
      step_slug: task.step_slug,
      task_index: 0,
      error_message,
    }),
  );
}

/** Callbacks for tasks that do not exist: no such run, no such step, no such index, none at all. */
export function reportOddly(runs: readonly Run[]): Work {
  const run_id = fc.constantFrom<string | null>(...runs.map((run) => run.run_id), unknownRunId, null);
  const step_slug = fc.constantFrom<string | null>(
    ...runs.flatMap((run) => run.step_states.map((state) => state.step_slug)),
    'none',
    null,
  );
  const task_index = fc.constantFrom<number | null>(0, 0, 1, -1, null);
  const task = fc.record({ run_id, step_slug, task_index });
  return fc.oneof(
    fc
      .tuple(task, withJson('output'))
      .map(([key, output]) => command({ type: 'complete_task', ...key, ...output })),
    fc
      .tuple(task, errorMessage)
      .map(([key, error_message]) => command({ type: 'fail_task', ...key, error_message })),
    run_id.map((id) => command({ type: 'start_ready_steps', run_id: id })),
    run_id.map((id) => command({ type: 'maybe_complete_run', run_id: id })),
  );
}
