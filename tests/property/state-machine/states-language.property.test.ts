/** Laws of executions in the states language: in random runs, and where every task ends. */
import { expect, test } from 'vitest';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import { findRelease } from '../../../src/harness/services.ts';
import type { StatesLanguageCommand } from '../../../src/model/state-machine/states-language/commands.ts';
import type { Happening } from '../../../src/model/state-machine/states-language/executing/happenings.ts';
import type { StatesLanguageState } from '../../../src/model/state-machine/states-language/executing/state.ts';
import type { MachineJson } from '../../../src/model/state-machine/states-language/language/definition.ts';
import { statesLanguage as machine } from '../../../src/model/state-machine/states-language/machine.ts';

const uuid = '00000000-0000-4000-8000-000000000000';
const release = findRelease('state-machine', 'states-language');

interface Step {
  readonly state: StatesLanguageState;
  readonly happenings: readonly Happening[];
}

/** The state after each command of a random trace. */
function* stepsOf(seed: number, index: number): Generator<Step> {
  const trace = generateTrace(release, { seed, index, maxCommands: 60 });
  const startedAt = Date.parse(trace.startedAt);
  let state = machine.initialState;
  for (const { at, command } of trace.commands) {
    const next = machine.transition(state, command as StatesLanguageCommand, { now: startedAt + at, uuid });
    state = next.state;
    yield next;
  }
}

const ends: ReadonlySet<string> = new Set(['left', 'caught', 'failed', 'aborted']);

/** What is wrong with a run, by its happenings. */
class Watch {
  readonly #entered = new Set<string>();
  readonly #ended = new Set<string>();

  look({ happenings, state }: Step): string | undefined {
    for (const { activity_id: id, execution, deed } of happenings) {
      if (deed.what === 'entered' && this.#entered.has(id)) return `${id} is entered twice`;
      if (deed.what === 'entered') this.#entered.add(id);
      else if (!this.#entered.has(id)) return `${id} is ${deed.what} before it is entered`;
      if (this.#ended.has(id)) return `${id} is ${deed.what} after its end`;
      if (ends.has(deed.what)) this.#ended.add(id);
      const parent = state.executions.get(execution)?.entered.get(id)?.part_id;
      if (parent && !this.#entered.has(parent.slice(0, parent.lastIndexOf('#'))))
        return `${id} has no parent`;
    }
    return undefined;
  }

  get size(): number {
    return this.#entered.size;
  }
}

test('random executions keep their laws after every command', () => {
  let entered = 0;
  for (let index = 0; index < 150; index++) {
    const watch = new Watch();
    for (const step of stepsOf(7, index)) {
      for (const { title, violation } of machine.invariants)
        expect(violation(step.state), `${title}, sample ${index}`).toBeUndefined();
      expect(watch.look(step), `sample ${index}`).toBeUndefined();
    }
    entered += watch.size;
  }
  expect(entered).toBeGreaterThan(1000);
});

test('the watch sees an activity that is entered twice, or goes on after its end', () => {
  const about = (what: 'entered' | 'aborted'): Step => ({
    state: machine.initialState,
    happenings: [
      {
        execution: 1,
        activity_id: '1/1',
        state: 'S',
        deed: what === 'entered' ? { what, input: 1 } : { what },
      },
    ],
  });
  const seen = (...all: Step[]) => {
    const watch = new Watch();
    return all.map((step) => watch.look(step));
  };
  expect(seen(about('entered'), about('entered'))).toEqual([undefined, '1/1 is entered twice']);
  expect(seen(about('aborted'))).toEqual(['1/1 is aborted before it is entered']);
  expect(seen(about('entered'), about('aborted'), about('aborted'))).toEqual([
    ...[undefined, undefined, '1/1 is aborted after its end'],
  ]);
});

/** Carries out all there is, and ends every task. Gives the instant at which nothing is left. */
function settle(start: StatesLanguageState, from: number): { state: StatesLanguageState; now: number } {
  let state = start;
  let now = from;
  const run = (command: StatesLanguageCommand) => {
    state = machine.transition(state, command, { now, uuid }).state;
  };
  for (let round = 0; round < 20_000; round++) {
    const busy = state.executions.values().find(({ queue }) => queue.size > 0);
    const [task] = state.tasks.keys();
    if (busy) run({ type: 'deliver', execution: busy.execution });
    else if (task !== undefined) run({ type: 'complete_task', task_id: task, output: { c: [1] } });
    else if (state.timers.size > 0) {
      now = Math.max(now, state.timers.least);
      run({ type: 'tick' });
    } else return { state, now };
  }
  throw new Error('goes on and on');
}

/** Random machines lead forward only, so that each comes to its end. */
test('a machine without cycles ends where its tasks end', () => {
  const statuses = new Map<string, number>();
  for (let index = 0; index < 150; index++) {
    let last = machine.initialState;
    for (const { state } of stepsOf(8, index)) last = state;
    const { state } = settle(last, Date.parse('2040-01-01T00:00:00Z'));
    for (const { status } of state.executions.values()) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(['Succeeded', 'Failed', 'TimedOut', 'Canceled']).toContain(status);
    }
  }
  expect(statuses.get('Succeeded')).toBeGreaterThan(50);
  expect(statuses.get('Failed')).toBeGreaterThan(50);
});

const retried = (retrier: object): MachineJson =>
  ({
    StartAt: 'S',
    States: {
      S: { Type: 'Task', Resource: 'r', End: true, Retry: [{ ErrorEquals: ['E'], ...retrier }] },
    },
  }) as unknown as MachineJson;

/** The instants at which the task is asked, where it always fails. */
function instants(retrier: object, jitter: number): number[] {
  let state = machine.initialState;
  let now = 0;
  const asked: number[] = [];
  const run = (command: StatesLanguageCommand) => {
    const next = machine.transition(state, command, { now, uuid });
    asked.push(...next.happenings.filter(({ deed }) => deed.what === 'asks').map(() => now));
    state = next.state;
  };
  run({ type: 'create_machine', machine: 'm', definition: retried(retrier) });
  run({ type: 'start_execution', machine: 'm', input: 1 });
  for (;;) {
    const [execution] = state.executions.values();
    const [task] = state.tasks.keys();
    if (execution!.queue.size > 0) run({ type: 'deliver', execution: 1, jitter });
    else if (task !== undefined) run({ type: 'fail_task', task_id: task, error: 'E' });
    else if (state.timers.size > 0) {
      now = state.timers.least;
      run({ type: 'tick' });
    } else return asked;
  }
}

test.each<[string, object, number, number[]]>([
  ['the defaults', {}, 1000, [0, 1000, 3000, 7000]],
  ['no attempt', { MaxAttempts: 0 }, 1000, [0]],
  ['a rate of one', { BackoffRate: 1, IntervalSeconds: 5, MaxAttempts: 2 }, 1000, [0, 5000, 10_000]],
  ['a rate that is no whole number', { BackoffRate: 1.1, MaxAttempts: 4 }, 1000, [0, 1000, 2100, 3310, 4641]],
  [
    'a rate whose powers are no doubles',
    { BackoffRate: 1.7, MaxAttempts: 4 },
    1000,
    [0, 1000, 2700, 5590, 10_503],
  ],
  ['a longest delay', { MaxDelaySeconds: 3, MaxAttempts: 4 }, 1000, [0, 1000, 3000, 6000, 9000]],
  ['jitter', { JitterStrategy: 'FULL' }, 500, [0, 500, 1500, 3500]],
  ['no jitter', { JitterStrategy: 'NONE' }, 500, [0, 1000, 3000, 7000]],
])('the attempts of a retrier are at the documented instants: %s', (_, retrier, jitter, expected) => {
  expect(instants(retrier, jitter)).toEqual(expected);
});
