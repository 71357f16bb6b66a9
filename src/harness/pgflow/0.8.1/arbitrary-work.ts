/** What callers and workers do before there is anything to report: start runs, read messages, start tasks. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import type { Flow, Run, Worker } from '../../../model/pgflow/0.8.1/state.ts';
import { arbitraryJson } from '../../contract/arbitrary-json.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { oddQueue, polling, quantity, seconds, withJson } from '../shared/arbitrary-values.ts';
import { unknownRunId } from '../shared/run-ids.ts';
import type { FoundTask } from './arbitrary-scene.ts';

export type Work = Arbitrary<PgflowCommand>;

export const command = <T extends PgflowCommand>(value: T): T => value;

/** Run ids that callers choose for themselves. */
const ownRunIds = [1, 2, 3].map((n) => `11111111-1111-4111-8111-11111111111${n}`);
const workerIds = [1, 2, 3].map((n) => `22222222-2222-4222-8222-22222222222${n}`);
const unknownWorkerId = '33333333-3333-4333-8333-333333333333';

/** Mostly a few elements of every type, often none; `many` weighs dozens or hundreds of them. */
export function arbitraryArray(emptiness: number, many: number): Arbitrary<readonly Jsonb[]> {
  return fc.oneof(
    { weight: Math.round(emptiness * 40), arbitrary: fc.constant([]) },
    { weight: 12, arbitrary: fc.array(arbitraryJson, { minLength: 1, maxLength: 3 }) },
    { weight: 4, arbitrary: fc.array(fc.constantFrom<Jsonb>(0, 'x', null, { a: 1 }, []), { maxLength: 8 }) },
    { weight: many, arbitrary: lengths.map((length) => Array.from({ length }, (_, i) => i)) },
  );
}

const lengths = drawnLater(() =>
  fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: 9, max: 60 }) },
    { weight: 1, arbitrary: fc.constantFrom(100, 200, 299, 300, 300, 300) },
  ),
);

export function startFlow(flow: Flow, runs: readonly Run[], emptiness: number): Work {
  const isMapped = flow.steps.some((step) => step.step_type === 'map' && step.deps_count === 0);
  const array = arbitraryArray(emptiness, isMapped ? 1 : 0).map((input) => ({ input }));
  const json = withJson('input');
  const input: Arbitrary<object> = isMapped
    ? fc.oneof({ weight: 8, arbitrary: array }, { weight: 1, arbitrary: json })
    : fc.oneof({ weight: 1, arbitrary: array }, { weight: 3, arbitrary: json });
  return startOf(fc.constant(flow.flow_slug), input, runs);
}

export const startOddFlow = (runs: readonly Run[]): Work =>
  startOf(
    fc.constantFrom(null, 'none', '', 'none\0'),
    fc.oneof(
      { weight: 4, arbitrary: withJson('input') },
      { weight: 1, arbitrary: fc.constantFrom({ input: 'a\0' }, { input: ['\ud800'] }) },
    ),
    runs,
  );

function startOf(flow_slug: Arbitrary<string | null>, input: Arbitrary<object>, runs: readonly Run[]): Work {
  const taken = runs.map((run) => run.run_id);
  const run_id = fc.oneof(
    { weight: 20, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: fc.constantFrom(...ownRunIds).map((id) => ({ run_id: id })) },
    { weight: 1, arbitrary: fc.constantFrom(null, ...taken).map((id) => ({ run_id: id })) },
  );
  const type = fc.constantFrom('start_flow' as const, 'start_flow_with_states' as const);
  return fc
    .tuple(type, flow_slug, input, run_id)
    .map(([name, slug, value, id]) => command({ type: name, flow_slug: slug, ...value, ...id }));
}

const condition = (flow: string, step: string) =>
  fc.constantFrom<object>(
    {},
    {},
    {},
    { conditional: {} },
    { conditional: { flow_slug: flow } },
    { conditional: { step_slug: step } },
    { conditional: { task_index: 0, step_slug: 'none' } },
    { conditional: null },
  );

/** The first phase of polling. */
export function read(queues: readonly string[], flow: string, step: string): Work {
  const queue_name = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...queues) },
    { weight: 1, arbitrary: oddQueue },
  );
  return fc.oneof(
    fc
      .tuple(queue_name, seconds, quantity, condition(flow, step))
      .map(([name, vt, qty, more]) => command({ type: 'pgmq.read', queue_name: name, vt, qty, ...more })),
    fc
      .tuple(queue_name, seconds, quantity, polling, condition(flow, step))
      .map(([name, vt, qty, poll, more]) =>
        command({ type: 'pgmq.read_with_poll', queue_name: name, vt, qty, ...poll, ...more }),
      ),
  );
}

/** The second phase: mostly what waits in one flow, by a worker that is registered. */
export function start(tasks: readonly FoundTask[], workers: readonly Worker[]): Work {
  const registered = workers.map((worker) => worker.worker_id);
  const worker_id = fc.oneof(
    {
      weight: 20,
      arbitrary: registered.length > 0 ? fc.constantFrom(...registered) : fc.constant<string | null>(null),
    },
    { weight: 1, arbitrary: fc.constantFrom(null, unknownWorkerId) },
  );
  return fc
    .constantFrom(...tasks)
    .chain(({ run }) => {
      const all = tasks.filter((other) => other.run.flow_slug === run.flow_slug);
      const msg_ids = all.map((each) => each.task.message_id);
      // The SQL takes ten seconds to start 300 tasks of a map at once.
      const some = msg_ids.slice(0, 20);
      const chosen = fc.oneof(
        { weight: 6, arbitrary: fc.constant(some) },
        { weight: 6, arbitrary: fc.subarray(some, { minLength: 1 }) },
        { weight: 1, arbitrary: fc.constant(msg_ids.slice(-40)) },
        { weight: 1, arbitrary: fc.constant<number[]>([...some, ...some, 999]) },
      );
      return fc.tuple(fc.constant(run.flow_slug), chosen, worker_id);
    })
    .map(([flow_slug, msg_ids, id]) => command({ type: 'start_tasks', flow_slug, msg_ids, worker_id: id }));
}

export const startOdd: Work = drawnLater(() =>
  fc
    .tuple(
      fc.constantFrom('f', 'g', 'none', null, 'none\0'),
      fc.constantFrom<number[] | null>([], null, [1], [-1, 0, 2 ** 40], [1, 2, 3, 4, 5]),
      fc.constantFrom(null, unknownWorkerId, workerIds[0]!),
    )
    .map(([flow_slug, msg_ids, worker_id]) =>
      command({ type: 'start_tasks', flow_slug, msg_ids, worker_id }),
    ),
);

export const registerWorker: Work = drawnLater(() =>
  fc
    .tuple(fc.constantFrom(...workerIds), fc.constantFrom('f', 'g', 'none', ''))
    .map(([worker_id, queue_name]) =>
      command({ type: 'insert_worker', worker_id, queue_name, function_name: 'worker' }),
    ),
);

export const registerOddWorker: Work = drawnLater(() =>
  fc
    .tuple(
      fc.constantFrom(null, ...workerIds),
      fc.constantFrom(null, 'f', 'f\0'),
      fc.constantFrom(null, '', 'w'),
    )
    .map(([worker_id, queue_name, function_name]) =>
      command({ type: 'insert_worker', worker_id, queue_name, function_name }),
    ),
);

export const deprecateWorker: Work = drawnLater(() =>
  fc
    .constantFrom(...workerIds, unknownWorkerId, null)
    .map((worker_id) => command({ type: 'deprecate_worker', worker_id })),
);

export const deleteRun = (runs: readonly Run[]): Work =>
  fc
    .constantFrom(...runs.map((run) => run.run_id), unknownRunId, null)
    .map((run_id) => command({ type: 'delete_run', run_id }));

/** Messages named once each or twice, with offsets of all kinds, and lists that do not match. */
export function setVtBatch(queues: readonly string[], ids: readonly number[]): Work {
  const queue_name = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...queues) },
    { weight: 1, arbitrary: oddQueue },
  );
  const pairs = fc
    .subarray([...ids, ...ids.slice(0, 2), 999])
    .chain((msg_ids) =>
      fc
        .array(seconds, { minLength: msg_ids.length, maxLength: msg_ids.length })
        .map((vt_offsets) => ({ msg_ids, vt_offsets })),
    );
  const odd = fc.constantFrom<{ msg_ids: number[] | null; vt_offsets: number[] | null }>(
    { msg_ids: null, vt_offsets: [1] },
    { msg_ids: [1], vt_offsets: null },
    { msg_ids: [], vt_offsets: [1] },
    { msg_ids: [1, 2], vt_offsets: [1] },
    { msg_ids: [], vt_offsets: [] },
  );
  return fc
    .tuple(queue_name, fc.oneof({ weight: 3, arbitrary: pairs }, { weight: 1, arbitrary: odd }))
    .map(([name, rest]) => command({ type: 'set_vt_batch', queue_name: name, ...rest }));
}

export const pollRetired: Work = drawnLater(() =>
  fc
    .tuple(fc.constantFrom('f', 'none', null, "it's", 'q\0'), fc.constantFrom({}, { max_poll_seconds: null }))
    .map(([queue_name, more]) => command({ type: 'poll_for_tasks', queue_name, vt: 2, qty: 1, ...more })),
);
