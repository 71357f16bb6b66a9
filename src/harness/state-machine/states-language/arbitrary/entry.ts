/** The next command of a random trace, weighed by what there is to work on, and when it comes. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type { StatesLanguageCommand } from '../../../../model/state-machine/states-language/commands.ts';
import type {
  Execution,
  StatesLanguageState,
} from '../../../../model/state-machine/states-language/executing/state.ts';
import type { GenerationContext } from '../../../contract/campaign.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { oneOf } from '../../shared/one-of.ts';
import { errors } from './handlers.ts';
import { machines } from './machines.ts';
import { inputs, manyItems } from './values.ts';

type Commands = Arbitrary<StatesLanguageCommand>;

export const arbitraryEntry = ({ state, now, character }: GenerationContext<StatesLanguageState>) =>
  fc.record({ wait: arbitraryWait(state, now), command: arbitraryCommand(state, now, character) });

/** Milliseconds: mostly none, else about a second or when a timer is due. */
function arbitraryWait({ timers, executions }: StatesLanguageState, now: number): Arbitrary<number> {
  const next = Math.max(0, Math.min(timers.least, now + 100_000_000) - now);
  const isIdle = executions.values().every(({ queue }) => queue.size === 0);
  return fc.oneof(
    { weight: isIdle ? 12 : 40, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.constantFrom(1, 400, 1000, 3000) },
    ...(timers.size > 0
      ? [{ weight: 6, arbitrary: fc.constantFrom(Math.max(0, next - 1), next, next, next + 1) }]
      : []),
  );
}

const names = ['m', 'n', 'o', 'p', 'q', 'r', 's'];

function arbitraryCommand(state: StatesLanguageState, now: number, character: number): Commands {
  const executions = state.executions.values();
  const busy = executions.filter(({ queue }) => queue.size > 0);
  const open = executions.filter(({ status }) => status === 'Running' || status === 'Pending');
  const over = executions.filter(({ stopped_at }) => stopped_at !== null);
  const tasks = [...state.tasks.keys()];
  const isDue = state.timers.least <= now;
  const numbers = (some: readonly Execution[]) => some.map(({ execution }) => execution);
  const of = (likely: readonly Execution[]) => oneOf(numbers(likely), numbers(executions));
  const proposals: readonly (readonly [number, () => Commands])[] = [
    [
      state.machines.size === 0 ? 40 : state.machines.size < names.length ? 4 : 0.5,
      () => createMachine(character),
    ],
    [state.machines.size === 0 ? 0.5 : open.length === 0 ? 20 : 1.5, () => start(state)],
    [busy.length > 0 ? 50 : 1, () => deliver(of(busy))],
    [busy.length > 0 ? 2 : 0.5, () => of(busy).map((execution) => ({ type: 'duplicate', execution }))],
    [tasks.length > 0 ? 2 : 0.5, readTasks],
    [
      tasks.length > 0 ? 8 : 0.5,
      () => fc.record({ type: fc.constant('complete_task'), task_id: taskOf(tasks), output: outputs }),
    ],
    [
      tasks.length > 0 ? 7 : 0.5,
      () =>
        fc.record(
          {
            ...{
              type: fc.constant('fail_task'),
              task_id: taskOf(tasks),
              error: fc.constantFrom(...errors, 'a\0b'),
            },
            cause: fc.constantFrom('why', ''),
          },
          { requiredKeys: ['type', 'task_id', 'error'] },
        ) as Commands,
    ],
    [tasks.length > 0 ? 2 : 0.5, () => fc.record({ type: fc.constant('heartbeat'), task_id: taskOf(tasks) })],
    [isDue ? 25 : state.timers.size > 0 ? 3 : 0.5, () => fc.constant({ type: 'tick' })],
    [open.length > 0 ? 1 : 0.5, () => of(open).map((execution) => ({ type: 'cancel_execution', execution }))],
    [
      over.length > 0 ? 1.5 : 0.5,
      () => of(over).map((execution) => ({ type: 'delete_execution', execution })),
    ],
  ];
  return fc.oneof(
    ...proposals.map(([weight, propose]) => ({ weight: Math.round(weight * 10), arbitrary: propose() })),
  );
}

const createMachine = (character: number): Commands =>
  fc
    .tuple(fc.constantFrom(...names), machines(character))
    .map(([machine, definition]) => ({ type: 'create_machine', machine, definition }));

const start = ({ machines: known, executions }: StatesLanguageState): Commands => {
  const used = new Set(executions.values().map(({ machine }) => machine));
  // Those that were never run.
  const fresh = [...known.keys()].filter((name) => !used.has(name));
  return fc
    .tuple(
      fc.oneof(
        {
          weight: 16,
          arbitrary: fc.constantFrom(
            ...(fresh.length > 0 ? fresh : known.size > 0 ? [...known.keys()] : names),
          ),
        },
        { weight: 1, arbitrary: fc.constantFrom('nowhere', 'nowhere', 'a\0b') },
      ),
      fc.oneof(
        { weight: 20, arbitrary: inputs },
        { weight: 1, arbitrary: manyItems.map((c): Jsonb => ({ a: 1, b: 'x', c, s: 2 })) },
        { weight: 1, arbitrary: fc.constant<Jsonb>(['a\0b']) },
      ),
    )
    .map(([machine, input]) => ({ type: 'start_execution', machine, input }));
};

const deliver = (execution: Arbitrary<number>): Commands =>
  fc.record(
    { type: fc.constant('deliver' as const), execution, jitter: fc.constantFrom(0, 1, 333, 999, 1000) },
    { requiredKeys: ['type', 'execution'] },
  ) as Commands;

const readTasks = (): Commands =>
  fc.record({
    type: fc.constant('read_tasks'),
    vt: fc.constantFrom(0, 1, 30, -1),
    qty: fc.constantFrom(1, 1, 5, 0, -1),
  });

/** Also one that is over, or that there never was. */
const taskOf = (tasks: readonly string[]): Arbitrary<string> =>
  fc.oneof(...(tasks.length > 0 ? [{ weight: 24, arbitrary: fc.constantFrom(...tasks) }] : []), {
    weight: 1,
    arbitrary: fc.constantFrom('1/1#1', '1/1#2', '1/2#1', 'nothing', 'a\0b'),
  });

/** As large as may be, and larger. */
const largest = 'x'.repeat(262_142);
const outputs = drawnLater(() =>
  fc.oneof(
    { weight: 60, arbitrary: inputs },
    { weight: 1, arbitrary: fc.constantFrom<Jsonb>(largest, `${largest}x`, ['a\0b']) },
  ),
);
