/** Random flows without cycles, each with a job whose messages are all delivered, in any order. */
import fc from 'fast-check';
import type { LedgerCommand } from '../../src/model/activity-ledger/shared/commands.ts';
import type { LedgerState, Message } from '../../src/model/activity-ledger/shared/state.ts';
import {
  type Activity,
  begin,
  childFlow,
  deliver,
  deploy,
  leads,
  newStage,
  type Release,
  type Stage,
  type Step,
  type Transition,
  work,
  worker,
} from './activity-ledger.ts';

/** How a worker answers: any number of times in between, and then for good. */
interface Answers {
  readonly pending: number;
  readonly code: 200 | 202 | 500;
  readonly last: 'success' | 'error';
}

export interface Plan {
  readonly activities: readonly Activity[];
  readonly transitions: readonly Transition[];
  /** Which of all that can be done comes next, and how often it is delivered again; from the first again. */
  readonly choices: readonly { readonly next: number; readonly isKept: boolean }[];
  readonly answers: readonly Answers[];
}

/** Each activity follows one of those before it: a flow in which two lead to the same one is refused. */
interface Node {
  readonly kind: 'worker' | 'passes' | 'waits' | 'sleeps' | 'signals' | 'awaits' | 'severed';
  readonly after: number;
  readonly code: 200 | 202 | 500 | undefined;
}

const node: fc.Arbitrary<Node> = fc.record({
  kind: fc.constantFrom('worker', 'worker', 'passes', 'waits', 'sleeps', 'signals', 'awaits', 'severed'),
  after: fc.nat(6),
  code: fc.constantFrom(undefined, undefined, undefined, 200, 202, 500),
}) as fc.Arbitrary<Node>;

const aidOf = (place: number) => `a${place}`;

function activityOf({ kind }: Node, place: number, hook: number): Activity {
  const aid = aidOf(place);
  switch (kind) {
    case 'worker':
      return worker(aid);
    case 'waits':
      return { aid, kind: 'hook', topic: `go.${aid}` };
    case 'sleeps':
      return { aid, kind: 'hook', sleep: 7 };
    case 'signals':
      // Surprise: whoever signals a topic that no hook has never ends.
      return hook < 0 ? { aid, kind: 'hook' } : { aid, kind: 'signal', topic: `go.${aidOf(hook)}` };
    case 'awaits':
    case 'severed':
      return { aid, kind: 'await', flow: 'g', await: kind === 'awaits' };
    case 'passes':
      return { aid, kind: 'hook' };
  }
}

const answers: fc.Arbitrary<Answers> = fc.record({
  pending: fc.constantFrom(0, 0, 1, 2),
  code: fc.constantFrom(200, 202, 500),
  last: fc.constantFrom('success', 'success', 'error'),
});

export const arbitraryPlan: fc.Arbitrary<Plan> = fc
  .record({
    nodes: fc.array(node, { minLength: 1, maxLength: 7 }),
    choices: fc.array(fc.record({ next: fc.nat(50), isKept: fc.nat(4).map((n) => n === 0) }), {
      minLength: 5,
      maxLength: 20,
    }),
    answers: fc.array(answers, { minLength: 1, maxLength: 5 }),
  })
  .map(({ nodes, answers: drawn, choices }) => {
    const hook = nodes.findIndex(({ kind }) => kind === 'waits');
    const from = ({ after }: Node, place: number) =>
      after % (place + 1) === 0 ? 't' : aidOf((after % (place + 1)) - 1);
    return {
      activities: nodes.map((each, place) => activityOf(each, place, hook)),
      transitions: nodes.map((each, place) => leads(from(each, place), aidOf(place), each.code)),
      choices,
      // Surprise: of two hooks of a job that wait for one topic, the second waits for ever; what goes on twice makes two.
      answers: drawn.map((each) => (hook < 0 ? each : { ...each, pending: 0 })),
    };
  });

/** The process of the n-th delivery ends after so many of its writes; the message is delivered again. */
interface PlannedCrash {
  readonly delivery: number;
  readonly after: number;
}

interface Ended {
  readonly steps: readonly Step[];
  readonly state: LedgerState;
}

/** How often a message comes again. Surprise: with the ninth delivery, nobody answers its activity any more. */
const mostKept = 7;
const mostSteps = 2000;

interface Way {
  readonly crash?: PlannedCrash;
  /** How the job is begun. */
  readonly start?: readonly LedgerCommand[];
  readonly on?: Release;
}

/** Until nothing is left to be done. */
export function runToEnd(plan: Plan, { crash, start = [begin], on }: Way = {}): Ended {
  const stage = newStage(on);
  stage.execute(deploy(plan.activities, plan.transitions, [childFlow]));
  for (const command of start) stage.execute(command);
  const answered = new Map<number, number>();
  const kept = new Map<number, number>();
  let deliveries = 0;
  for (let i = 0; ; i++) {
    if (i > mostSteps) throw new Error('the run has no end');
    const { next, isKept } = plan.choices[i % plan.choices.length]!;
    const open = possible(stage, plan, answered);
    if (open.length === 0) break;
    const command = open[next % open.length]!();
    if (command.type !== 'deliver') stage.execute(command);
    else if (deliveries++ === crash?.delivery) stage.execute({ ...command, crash_after: crash.after });
    else {
      const times = kept.get(command.message_id) ?? 0;
      kept.set(command.message_id, times + 1);
      stage.execute(isKept && times < mostKept ? { ...command, keep: true } : command);
    }
  }
  return stage;
}

/** All that can be done next. */
function possible(stage: Stage, plan: Plan, answered: Map<number, number>): (() => LedgerCommand)[] {
  const { messages, hooks, slots, jobs } = stage.state;
  const toDo = messages
    .values()
    .map((each) => () => (each.kind === 'work' ? answer(each, plan, answered) : deliver(each.message_id)));
  // A signal that nobody waits for any more is lost; so it is sent once somebody does.
  const sent = new Set(messages.values().map(({ topic, kind }) => kind === 'webhook' && topic));
  for (const { topic, jid } of hooks.values()) {
    if (sent.has(topic) || jobs.get(jid)!.status <= 0) continue;
    toDo.push(() => ({ type: 'signal', topic }));
  }
  // Surprise: not of each timer; one whose process has ended too early has no such instant.
  const due = slots.values();
  if (due.length > 0) {
    toDo.push(() => {
      stage.now = Math.max(stage.now, Math.min(...due));
      return { type: 'tick' };
    });
  }
  return toDo;
}

function answer({ message_id }: Message, plan: Plan, answered: Map<number, number>): LedgerCommand {
  const { pending, code, last } = plan.answers[message_id % plan.answers.length]!;
  const times = answered.get(message_id) ?? 0;
  answered.set(message_id, times + 1);
  return times < pending
    ? work(message_id, 'pending', { code, keep: true })
    : work(message_id, last, last === 'error' ? { code: 500 } : {});
}
