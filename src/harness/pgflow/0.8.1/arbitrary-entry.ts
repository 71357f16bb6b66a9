/** The next command of a random trace, weighed by what there is to work on, and when it comes. */
import type { Arbitrary } from 'fast-check';
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import type { GenerationContext } from '../../contract/campaign.ts';
import { fc } from '../../contract/fast-check.ts';
import { arbitraryWait } from '../../pgmq/arbitrary-wait.ts';
import { createBadFlow, createGoodFlow, createMissingFlow } from '../shared/arbitrary-flow.ts';
import * as operation from '../shared/arbitrary-operation.ts';
import { calculate, withJson } from '../shared/arbitrary-values.ts';
import * as callback from './arbitrary-callback.ts';
import { nextOfChain } from './arbitrary-chain.ts';
import * as change from './arbitrary-change.ts';
import * as definition from './arbitrary-definition.ts';
import { nextOfIdle } from './arbitrary-idle.ts';
import { queueOf, type Scene, sceneOf } from './arbitrary-scene.ts';
import { type Temper, temperOf } from './arbitrary-temper.ts';
import * as work from './arbitrary-work.ts';

/** How likely a command is beside the others, and how it is drawn; of weight 0 where there is nothing to work on. */
type Proposal = readonly [weight: number, draw: () => Arbitrary<PgflowCommand>];

export function arbitraryEntry(
  context: GenerationContext<PgflowState>,
): Arbitrary<{ wait: number; command: PgflowCommand }> {
  return fc.record({
    wait: arbitraryWait(context.now, context.state.pgmq),
    command: arbitraryCommand(context),
  });
}

const tables = [definitions, changes, starts, tasks, callbacks, misplacedCallbacks, operations, rebuilding];

function arbitraryCommand(context: GenerationContext<PgflowState>): Arbitrary<PgflowCommand> {
  const temper = temperOf(context.character);
  const next =
    (temper.chain && nextOfChain(temper.chain, context)) || (temper.idle && nextOfIdle(temper.idle, context));
  if (next) return fc.constant(next);
  const scene = sceneOf(context, temper);
  return fc.oneof(
    ...tables
      .flatMap((table): Proposal[] => table(scene, temper))
      // Weights of fast-check are whole numbers.
      .map(([weight, draw]) => ({ weight: Math.round(weight * 20), draw }))
      .filter(({ weight }) => weight > 0)
      .map(({ weight, draw }) => ({ weight, arbitrary: draw() })),
  );
}

const when = (condition: boolean, weight: number) => (condition ? weight : 0);
const whenAny = (items: readonly unknown[], weight: number) => when(items.length > 0, weight);

function definitions({ flows, growing, runs }: Scene, temper: Temper): Proposal[] {
  const { oddity } = temper;
  const slugs = flows.map((flow) => flow.flow_slug);
  return [
    [flows.length === 0 ? 20 : when(flows.length < temper.flows, 6), () => createMissingFlow(slugs)],
    [0.15 * oddity, () => createGoodFlow],
    [0.2 * oddity, () => createBadFlow],
    ...growing.map((flow): Proposal => {
      return [runs.length === 0 ? 16 : 1, () => definition.addGoodStep(flow, temper)];
    }),
    [0.6 * oddity, () => definition.addOddStep(flows)],
    [0.15 * oddity, () => calculate],
  ];
}

/** Definitions that change under the runs of them. */
function changes({ flows, runs, flowOf }: Scene, { isLate }: Temper): Proposal[] {
  if (!isLate || runs.length === 0) return [];
  const timely = change.timelyDependencies(runs, flowOf);
  const undecided = change.undecidedMaps(runs, flowOf);
  return [
    [whenAny(timely, 10), () => fc.constantFrom(...timely)],
    [whenAny(undecided, 3), () => change.addFollower(undecided)],
    ...flows.map((flow): Proposal => [whenAny(flow.steps, 4), () => change.addLate(flow)]),
  ];
}

function starts({ state, flows, growing, runs, starts: begun }: Scene, temper: Temper): Proposal[] {
  const { oddity } = temper;
  const isReady = growing.length === 0 || temper.steps === 0;
  const wanted = when(begun < temper.runs, isReady ? 6 : 0.5);
  return [
    ...flows.map((flow): Proposal => {
      const isStranded = !state.pgmq.meta.has(flow.flow_slug);
      const weight = (wanted || 0.2 * oddity) / flows.length + when(isStranded, 0.5);
      return [weight, () => work.startFlow(flow, runs, temper.emptiness)];
    }),
    [0.2 * oddity, () => work.startOddFlow(runs)],
  ];
}

/** Workers that register, read messages and start the tasks behind them. */
function tasks({ flows, workers, queues, tasks: all, queued, started }: Scene, temper: Temper): Proposal[] {
  const { oddity } = temper;
  return [
    [workers.length < temper.workers ? 4 : 0.2 * oddity, () => work.registerWorker],
    [0.15 * oddity, () => work.registerOddWorker],
    [0.2 * oddity, () => work.deprecateWorker],
    [
      whenAny(queues, whenAny(queued, 2) || 0.2 * oddity),
      () => work.read(queues, flows[0]?.flow_slug ?? 'f', all[0]?.step_slug ?? 'a'),
    ],
    [whenAny(queued, 8), () => work.start(queued, workers)],
    // Whose message has become visible again while they are under way.
    [whenAny(started, 0.5), () => work.start(started, workers)],
    [0.15 * oddity, () => work.startOdd],
    [0.1 * oddity, () => work.pollRetired],
  ];
}

/** What those report who have started a task. */
function callbacks({ started, messageless, flowOf }: Scene, temper: Temper): Proposal[] {
  return [
    [whenAny(started, 9), () => callback.complete(started, flowOf, temper)],
    [whenAny(started, temper.failures), () => callback.fail(started)],
    [whenAny(messageless, 2), () => callback.fail(messageless)],
  ];
}

/** Those who have not started a task, or reported on it before, can report all the same. */
function misplacedCallbacks(scene: Scene, temper: Temper): Proposal[] {
  const { flows, runs, queued, ended, stranded, feeders, flowOf } = scene;
  const { oddity, failures, isLate, typeFaults } = temper;
  const late = feeders.filter((feeder) => feeder.isLate);
  const twins = feeders.filter(({ step_slug, run_id }) =>
    feeders.some((other) => other.step_slug === step_slug && other.run_id !== run_id),
  );
  return [
    [whenAny(queued, 0.4 * oddity), () => callback.complete(queued, flowOf, temper)],
    [whenAny(queued, 0.3 * failures), () => callback.fail(queued)],
    [whenAny(stranded, 3), () => callback.complete(stranded, flowOf, temper)],
    [whenAny(stranded, 4), () => callback.fail(stranded)],
    [whenAny(ended, 0.4 * oddity + when(isLate, 3)), () => callback.complete(ended, flowOf, temper)],
    [whenAny(ended, 0.4 * oddity), () => callback.fail(ended)],
    [whenAny(feeders, 0.35 * oddity + whenAny(stranded, 1)), () => callback.violateType(feeders)],
    [whenAny(late, 8), () => callback.violateType(late)],
    [whenAny(twins, 0.3 * typeFaults), () => callback.violateType(twins)],
    [
      (runs.length > 0 ? 0.7 : 0.1) * oddity + when(isLate && runs.length > 0, 3),
      () => callback.reportOddly(runs, flows),
    ],
  ];
}

/** An operator's hand on queues and runs. */
function operations({ state, queues, runs, tasks: all }: Scene, { operator, oddity }: Temper): Proposal[] {
  const ids = all.slice(0, 30).map(({ task }) => task.message_id);
  return [
    [whenAny(queues, 0.25 * oddity), () => work.setVtBatch(queues, ids)],
    [whenAny(queues, 1.2 * operator), () => operation.operate(state.pgmq, queues, withJson('msg'))],
    [whenAny(queues, 0.4 * operator), () => operation.operateOnQueues(queues)],
    [when(runs.length > 0, 0.15 * operator), () => work.deleteRun(runs)],
  ];
}

/** Until the message of a new run has the id that a task of a failed run still waits for. */
function rebuilding({ state, runs, queued, flowOf }: Scene, { isRebuilt }: Temper): Proposal[] {
  const forsaken = queued.find(({ run }) => run.status === 'failed');
  if (!isRebuilt || !forsaken) return [];
  const { run, task } = forsaken;
  const { flow_slug } = run;
  const queue = queueOf(state, run);
  if (!queue) return [[12, () => fc.constant({ type: 'create_flow', flow_slug })]];
  if (queue.last_msg_id < task.message_id) return [[10, () => work.startFlow(flowOf(run), runs, 0)]];
  return [[8, () => fc.constant({ type: 'pgmq.drop_queue', queue_name: flow_slug })]];
}
