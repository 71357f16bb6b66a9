/** The next command of a random trace, weighed by what there is to work on, and when it comes. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import type { PgflowCommand } from '../../../model/pgflow/0.1.20/commands.ts';
import type { PgflowState, Run, StepTask } from '../../../model/pgflow/0.1.20/state.ts';
import type { GenerationContext } from '../../contract/campaign.ts';
import { fc } from '../../contract/fast-check.ts';
import { arbitraryWait } from '../../pgmq/arbitrary-wait.ts';
import { createBadFlow, createGoodFlow } from '../shared/arbitrary-flow.ts';
import * as operation from '../shared/arbitrary-operation.ts';
import { calculate, withJson } from '../shared/arbitrary-values.ts';
import { addGoodStep, addOddStep } from './arbitrary-definition.ts';
import * as work from './arbitrary-work.ts';

/** What kind of story a sample tells, derived from the one number it was given. */
function temperOf(character: number) {
  const digit = (n: number) => (character * 10 ** n) % 1;
  return {
    /** From a flow of no step to one of ten. */
    steps: Math.floor(digit(1) * 11),
    /** One flow alone, or several whose queues count the same ids. */
    flows: digit(2) < 0.6 ? 1 : digit(2) < 0.85 ? 2 : 3,
    runs: 1 + Math.floor(digit(3) * 4),
    shape: digit(4),
    /** How much goes wrong: from nothing to everything. */
    oddity: digit(5) < 0.35 ? 0.2 : digit(5) < 0.8 ? 1 : 4,
    /** Whether tasks fail more often than they complete. */
    failures: digit(6) < 0.7 ? 1 : 6,
    operator: digit(7) < 0.6 ? 0 : 1,
  };
}

export function arbitraryEntry(
  context: GenerationContext<PgflowState>,
): Arbitrary<{ wait: number; command: PgflowCommand }> {
  return fc.record({
    wait: arbitraryWait(context.now, context.state.pgmq),
    command: arbitraryCommand(context),
  });
}

function arbitraryCommand({ state, character, counts }: GenerationContext<PgflowState>) {
  const temper = temperOf(character);
  const flows = [...state.flows.values()];
  const runs = [...state.runs.values()];
  const slugs = flows.map((flow) => flow.flow_slug);
  const queues = [...state.pgmq.meta.values()].map((meta) => meta.queue_name);
  const tasks = runs.flatMap((run) => run.step_tasks.map((task): [Run, StepTask] => [run, task]));
  const queued = tasks.filter(([, task]) => task.status === 'queued');
  const attempted = queued.filter(([, task]) => task.attempts_count > 0);
  const ended = tasks.filter(([, task]) => task.status !== 'queued');
  const growing = flows.filter((flow) => flow.steps.length < temper.steps);
  const { oddity } = temper;
  // Where a message ends up in a timestamp, what Postgres makes of `20300101` is nobody's rule.
  const message =
    state.messageRecord === 'as in pgmq 1.11'
      ? fc.constantFrom<{ msg?: Jsonb }>({}, {}, { msg: {} }, { msg: [1] }, { msg: true })
      : withJson('msg');

  const choices: { weight: number; arbitrary: Arbitrary<PgflowCommand> }[] = [];
  const offer = (weight: number, arbitrary: () => Arbitrary<PgflowCommand>) => {
    // Weights of fast-check are whole numbers.
    const whole = Math.round(weight * 20);
    if (whole > 0) choices.push({ weight: whole, arbitrary: arbitrary() });
  };

  offer(flows.length === 0 ? 20 : flows.length < temper.flows ? 6 : 0.2 * oddity, () => createGoodFlow);
  offer(0.25 * oddity, () => createBadFlow);
  for (const flow of growing) offer(runs.length === 0 ? 16 : 1, () => addGoodStep(flow, temper.shape));
  offer(0.5 * oddity, () => addOddStep(flows));
  offer(0.25 * oddity, () => work.startOddFlow);
  offer(0.2 * oddity, () => calculate);
  offer(0.15 * oddity, () => work.pollOdd);
  if (flows.length > 0) {
    const started = counts.get('start_flow') ?? 0;
    const ready = growing.length === 0 || temper.steps === 0;
    offer(started < temper.runs ? (ready ? 6 : 0.5) : 0.2 * oddity, () => work.startFlow(slugs));
  }
  if (queues.length > 0) {
    offer(queued.length > 0 ? 5 : 0.3 * oddity, () => work.poll(queues));
    offer(queued.length > 0 ? 0.15 * oddity : 0, () => work.pollWithoutTimeout(queues));
    offer(0.3 * oddity, () => work.readWithPoll(queues, slugs[0] ?? 'f', tasks[0]?.[1].step_slug ?? 'a'));
    offer(temper.operator * 1.2, () => operation.operate(state.pgmq, queues, message));
    offer(temper.operator * 0.4, () => operation.operateOnQueues(queues));
  }
  // Who has not polled can report all the same.
  if (attempted.length > 0) offer(7, () => work.complete(attempted));
  if (queued.length > 0) offer(1.5, () => work.complete(queued));
  if (attempted.length > 0) offer(temper.failures, () => work.fail(attempted));
  const stranded = queued.filter(([run]) => !state.pgmq.meta.has(run.flow_slug));
  if (stranded.length > 0) offer(4, () => work.fail(stranded));
  if (queued.length > 0) offer(0.3 * temper.failures, () => work.fail(queued));
  if (ended.length > 0) offer(0.6 * oddity, () => fc.oneof(work.complete(ended), work.fail(ended)));
  offer((runs.length > 0 ? 0.5 : 0.1) * oddity, () => work.reportOddly(runs));
  return fc.oneof(...choices);
}
