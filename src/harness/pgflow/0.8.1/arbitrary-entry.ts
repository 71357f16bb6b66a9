/** The next command of a random trace, weighed by what there is to work on, and when it comes. */
import fc from 'fast-check';
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import type { GenerationContext } from '../../engine.ts';
import { arbitraryWait } from '../../pgmq/arbitrary-wait.ts';
import { createBadFlow, createGoodFlow } from '../arbitrary-flow.ts';
import * as operation from '../arbitrary-operation.ts';
import { calculate, withJson } from '../arbitrary-values.ts';
import * as callback from './arbitrary-callback.ts';
import { addGoodStep, addLate, addLink, addOddStep, addTimelyDependency } from './arbitrary-definition.ts';
import * as work from './arbitrary-work.ts';

/** What kind of story a sample tells, derived from the one number it was given. */
function temperOf(character: number) {
  const digit = (n: number) => (character * 10 ** n) % 1;
  const late = digit(10) < 0.2;
  const rebuilds = digit(11) < 0.1;
  return {
    /** A definition that changes while runs are under way. */
    late,
    /** A queue that is dropped and made anew counts its messages from 1 again. */
    rebuilds,
    /** From a flow of no step to one of ten. */
    steps: late ? 4 : Math.floor(digit(1) * 11),
    /** One flow alone, or several whose queues count the same ids. */
    flows: digit(2) < 0.6 ? 1 : digit(2) < 0.85 ? 2 : 3,
    runs: 1 + Math.floor(digit(3) * 4),
    shape: digit(4),
    /** How much goes wrong: from nothing to everything. */
    oddity: digit(5) < 0.35 ? 0.2 : digit(5) < 0.8 ? 1 : 4,
    /** Whether tasks fail more often than they complete. */
    failures: digit(6) < 0.7 && !rebuilds ? 1 : 6,
    operator: digit(7) < 0.6 ? 0 : 1,
    /** How many steps are maps. */
    maps: late ? 0.6 : digit(8) < 0.3 ? 0 : digit(8) < 0.6 ? 0.3 : 0.7,
    /** How often an array is empty. */
    emptiness: digit(9) < 0.5 && !late ? 0.1 : 1,
    typeFaults: digit(12) < 0.7 ? 1 : 8,
    /** A chain of maps over nothing, longer than the cascade goes. */
    chain: digit(8) < 0.04 ? ('map' as const) : digit(8) > 0.96 ? ('single' as const) : undefined,
  };
}

/** The steps of a chain that is too long, and the commands that it takes to build and start it. */
const chainLength = 51;
const chainCommands = { map: chainLength + 2, single: chainLength + 4 };

export function arbitraryEntry(
  context: GenerationContext<PgflowState>,
): fc.Arbitrary<{ wait: number; command: PgflowCommand }> {
  return fc.record({
    wait: arbitraryWait(context.now, context.state.pgmq),
    command: arbitraryCommand(context),
  });
}

function arbitraryCommand(context: GenerationContext<PgflowState>): fc.Arbitrary<PgflowCommand> {
  const { state, character, counts } = context;
  const temper = temperOf(character);
  const { chain } = temper;
  // Only a sample that is long enough can tell that story.
  if (chain && context.maxCommands >= chainCommands[chain]) {
    const next = chainOf(state, chain, counts.has('start_flow'));
    if (next) return next;
  }
  const flows = [...state.flows.values()];
  const runs = [...state.runs.values()];
  const workers = [...state.workers.values()];
  const queues = [...state.pgmq.meta.values()].map((meta) => meta.queue_name);
  const flowOf = (slug: string) => state.flows.get(slug)!;
  const tasks = runs.flatMap((run) =>
    run.step_states.flatMap(({ step_slug, tasks: all }) =>
      all.map((task, task_index): work.FoundTask => ({ run, step_slug, task_index, task })),
    ),
  );
  const queued = tasks.filter(({ task }) => task.status === 'queued');
  const started = tasks.filter(({ task }) => task.status === 'started');
  const ended = tasks.filter(({ task }) => task.status === 'completed' || task.status === 'failed');
  const growing = flows.filter((flow) => flow.steps.length < temper.steps);
  const stranded = tasks.filter(({ run }) => !state.pgmq.meta.has(run.flow_slug));
  const { oddity } = temper;

  const choices: { weight: number; arbitrary: fc.Arbitrary<PgflowCommand> }[] = [];
  const offer = (weight: number, arbitrary: () => fc.Arbitrary<PgflowCommand>) => {
    // Weights of fast-check are whole numbers.
    const whole = Math.round(weight * 20);
    if (whole > 0) choices.push({ weight: whole, arbitrary: arbitrary() });
  };

  offer(flows.length === 0 ? 20 : flows.length < temper.flows ? 6 : 0.2 * oddity, () => createGoodFlow);
  offer(0.2 * oddity, () => createBadFlow);
  for (const flow of growing) {
    offer(runs.length === 0 ? 16 : 1, () => addGoodStep(flow, temper.shape, temper.maps));
  }
  offer(0.6 * oddity, () => addOddStep(flows));
  offer(0.2 * oddity, () => work.startOddFlow(runs));
  offer(0.15 * oddity, () => calculate);
  offer(0.1 * oddity, () => work.pollRetired);
  offer(0.15 * oddity, () => work.startOdd);
  offer(workers.length === 0 ? 4 : 0.2 * oddity, () => work.registerWorker);
  offer(0.15 * oddity, () => work.registerOddWorker);
  offer(0.2 * oddity, () => work.deprecateWorker);
  for (const flow of flows) {
    const begun = (counts.get('start_flow') ?? 0) + (counts.get('start_flow_with_states') ?? 0);
    const ready = growing.length === 0 || temper.steps === 0;
    const weight = begun < temper.runs ? (ready ? 6 : 0.5) : 0.2 * oddity;
    offer(weight / flows.length, () => work.startFlow(flow, runs, temper.emptiness));
  }
  if (queues.length > 0) {
    offer(queued.length > 0 ? 2 : 0.2 * oddity, () =>
      work.read(queues, flows[0]?.flow_slug ?? 'f', tasks[0]?.step_slug ?? 'a'),
    );
    const ids = tasks.slice(0, 30).map(({ task }) => task.message_id);
    offer(0.25 * oddity, () => work.setVtBatch(queues, ids));
    offer(temper.operator * 1.2, () => operation.operate(state.pgmq, queues, withJson('msg')));
    offer(temper.operator * 0.4, () => operation.operateOnQueues(queues));
  }
  const forsaken = queued.find(({ run }) => run.status === 'failed');
  if (temper.rebuilds && forsaken) {
    const { flow_slug } = forsaken.run;
    const again = () => work.startFlow(flowOf(flow_slug), runs, 0);
    const queue = state.pgmq.queues.get(flow_slug.toLowerCase());
    if (!queue) offer(8, () => fc.constant({ type: 'create_flow', flow_slug }));
    else if (queue.last_msg_id < forsaken.task.message_id) offer(6, again);
    else offer(4, () => fc.constant({ type: 'pgmq.drop_queue', queue_name: flow_slug }));
  }
  const feeders = callback.feedersIn(runs, flowOf);
  if (feeders.length > 0) {
    offer(0.15 * oddity + (stranded.length > 0 ? 1 : 0), () => callback.violateType(feeders));
  }
  const late = feeders.filter((feeder) => feeder.isLate);
  if (late.length > 0) offer(4, () => callback.violateType(late));
  if (temper.late && runs.length > 0) {
    const timely = addTimelyDependency(runs, flowOf);
    if (timely) offer(6, () => timely);
    for (const flow of flows) if (flow.steps.length > 0) offer(4, () => addLate(flow));
    offer(3, () => callback.reportOddly(runs, flows));
    if (ended.length > 0) offer(3, () => callback.complete(ended, flowOf, temper));
  }
  if (queued.length > 0) offer(8, () => work.start(queued, workers));
  if (started.length > 0) offer(9, () => callback.complete(started, flowOf, temper));
  if (started.length > 0) offer(temper.failures, () => callback.fail(started));
  // Who has not started a task can report on it all the same.
  if (queued.length > 0) offer(0.4 * oddity, () => callback.complete(queued, flowOf, temper));
  if (queued.length > 0) offer(0.3 * temper.failures, () => callback.fail(queued));
  if (stranded.length > 0) offer(4, () => callback.fail(stranded));
  if (stranded.length > 0) offer(3, () => callback.complete(stranded, flowOf, temper));
  if (ended.length > 0) {
    offer(0.8 * oddity, () => fc.oneof(callback.complete(ended, flowOf, temper), callback.fail(ended)));
  }
  offer((runs.length > 0 ? 0.7 : 0.1) * oddity, () => callback.reportOddly(runs, flows));
  return fc.oneof(...choices);
}

/** Builds the chain and lets emptiness run down it, from the run's input or from the output of its first step. */
function chainOf(
  state: PgflowState,
  first: 'map' | 'single',
  isStarted: boolean,
): fc.Arbitrary<PgflowCommand> | undefined {
  const flow = state.flows.get('f');
  if (!flow) return fc.constant({ type: 'create_flow', flow_slug: 'f' });
  if (flow.steps.length < chainLength) return addLink(flow, first);
  if (!isStarted) return fc.constant({ type: 'start_flow', flow_slug: 'f', input: [] });
  const [run] = state.runs.values();
  const task = run?.step_states[0]?.tasks[0];
  if (task?.status === 'queued') {
    return fc.constant({ type: 'start_tasks', flow_slug: 'f', msg_ids: [task.message_id], worker_id: null });
  }
  if (run && task?.status === 'started') {
    return fc.constant({
      type: 'complete_task',
      run_id: run.run_id,
      step_slug: 's0',
      task_index: 0,
      output: [],
    });
  }
  return undefined;
}
