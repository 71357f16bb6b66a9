/** What a command costs the model, by how many runs are live. */
import type { PgflowCommand } from '../src/model/pgflow/0.1.20/commands.ts';
import { pgflow0120 } from '../src/model/pgflow/0.1.20/machine.ts';
import type { PgflowState } from '../src/model/pgflow/0.1.20/state.ts';
import { usedHeap } from './memory.ts';
import {
  completeCommand,
  failCommand,
  liveRuns,
  pollCommand,
  randomUuid,
  startCommand,
  type TaskName,
} from './populated.ts';
import { median, randomNumbers } from './statistics.ts';

export const liveCounts: readonly number[] = [100, 10_000, 100_000];

/** Microseconds a command. */
export type Costs = Readonly<Record<(typeof kinds)[number] | 'overall', number>>;

export interface LiveCosts {
  readonly runs: number;
  /** Workers report the tasks that they have just polled. */
  readonly microseconds: Costs;
  /** They report any tasks of all those queued: nothing about them is in the processor's caches any more. */
  readonly microsecondsScattered: Costs;
  /** Of heap that a live run takes. */
  readonly bytesPerRun: number;
}

const kinds = ['start_flow', 'poll_for_tasks', 'complete_task', 'fail_task'] as const;
/** Commands of each kind in a block, which starts from the same state as every other: that many runs stay live. */
const ofEachKind = 16;
const millisecondsPerRound = 400;

/** Later than every retry delay, earlier than the end of any task being worked on. */
const now = Date.UTC(2030, 0, 1) + 60_000;

type Choice = 'just polled' | 'scattered';

interface Subject {
  readonly runs: number;
  readonly state: PgflowState;
  readonly bytesPerRun: number;
  readonly queued: TaskName[];
}

export function measureLiveRuns(seed: number, rounds: number): readonly LiveCosts[] {
  const random = randomNumbers(seed);
  const subjects = liveCounts.map((runs) => populate(runs, random));
  const measureAll = () =>
    subjects.map((subject) => ({
      polled: measure(subject, 'just polled', random),
      scattered: measure(subject, 'scattered', random),
    }));
  measureAll();
  // Round by round, so that a slow moment does not fall on one of them alone.
  const measured = Array.from({ length: rounds }, measureAll);
  return subjects.map(({ runs, bytesPerRun }, i) => ({
    runs,
    bytesPerRun,
    microseconds: medians(measured.map((round) => round[i]!.polled)),
    microsecondsScattered: medians(measured.map((round) => round[i]!.scattered)),
  }));
}

/** The most live runs to the fewest. */
export function ratioOf(
  costs: readonly LiveCosts[],
  choice: 'microseconds' | 'microsecondsScattered',
): number {
  return costs.at(-1)![choice].overall / costs[0]![choice].overall;
}

function medians(costs: readonly Costs[]): Costs {
  const names = [...kinds, 'overall'] as const;
  return Object.fromEntries(names.map((name) => [name, median(costs.map((cost) => cost[name]))])) as Costs;
}

function populate(runs: number, random: () => number): Subject {
  const before = usedHeap();
  const state = liveRuns(runs, random);
  const bytesPerRun = (usedHeap() - before) / runs;
  const queued = [...state.runs.values()].flatMap(({ run_id, step_tasks }) =>
    step_tasks.filter(({ status }) => status === 'queued').map(({ step_slug }) => ({ run_id, step_slug })),
  );
  return { runs, state, bytesPerRun, queued };
}

function measure(subject: Subject, choice: Choice, random: () => number): Costs {
  const nanoseconds = kinds.map(() => 0n);
  const startedAt = performance.now();
  let blocks = 0;
  while (performance.now() - startedAt < millisecondsPerRound) {
    let { state } = subject;
    const uuids = Array.from({ length: ofEachKind }, () => randomUuid(random));
    const polled: TaskName[] = [];
    const execute = (kind: number, commands: readonly PgflowCommand[]) => {
      const from = process.hrtime.bigint();
      for (let i = 0; i < commands.length; i++) {
        const transition = pgflow0120.transition(state, commands[i]!, { now, uuid: uuids[i]! });
        state = transition.state;
        if (kind === polling && transition.result.ok) {
          polled.push(...(transition.result.rows as unknown as readonly TaskName[]));
        }
      }
      nanoseconds[kind]! += process.hrtime.bigint() - from;
    };
    execute(0, starts);
    execute(polling, polls);
    // Each poll gives two tasks, so there is one to complete and one to fail for every poll.
    const tasks = choice === 'just polled' ? polled : scattered(subject, random);
    if (tasks.length !== 2 * ofEachKind) throw new Error(`${tasks.length} tasks to report`);
    execute(2, tasks.slice(0, ofEachKind).map(completeCommand));
    execute(3, tasks.slice(ofEachKind).map(failCommand));
    blocks++;
  }
  const each = nanoseconds.map((total) => Number(total) / 1000 / blocks / ofEachKind);
  const overall = each.reduce((sum, cost) => sum + cost, 0) / kinds.length;
  return { ...Object.fromEntries(kinds.map((kind, i) => [kind, each[i]!])), overall } as Costs;
}

const polling = kinds.indexOf('poll_for_tasks');
const starts = Array.from({ length: ofEachKind }, (_, i) => startCommand(i));
const polls = Array.from({ length: ofEachKind }, () => pollCommand(2));

/** Queued tasks at random, none of them twice. */
function scattered({ queued }: Subject, random: () => number): TaskName[] {
  const count = 2 * ofEachKind;
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(random() * (queued.length - i));
    [queued[i], queued[other]] = [queued[other]!, queued[i]!];
  }
  return queued.slice(0, count);
}
