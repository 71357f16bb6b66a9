/** The next command of a random trace, weighed by what there is to work on, and when it comes. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type { FornextCommand } from '../../../../model/state-machine/fornext/commands.ts';
import type { Executor, FornextState } from '../../../../model/state-machine/fornext/state.ts';
import type { MachineJson } from '../../../../model/state-machine/shared/definition.ts';
import type { GenerationContext } from '../../../contract/campaign.ts';
import { fc } from '../../../contract/fast-check.ts';
import { oneOf } from '../../shared/one-of.ts';
import { machines, resources } from './machines.ts';
import { isOfWhole, isWide } from './made-machines.ts';
import { inputs, wholeInputs } from './paths.ts';

type Commands = Arbitrary<FornextCommand>;

export const arbitraryEntry = ({ state, now, character }: GenerationContext<FornextState>) =>
  fc.record({ wait: arbitraryWait(state, now), command: arbitraryCommand(state, character) });

/** Milliseconds: mostly none, else about a second or when a Wait is over. */
function arbitraryWait({ sleeps }: FornextState, now: number): Arbitrary<number> {
  const due = Math.min(...sleeps.values().map((each) => each.due), now + 1000);
  const next = Math.max(0, due - now);
  return fc.oneof(
    { weight: 30, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.constantFrom(1, 400, 1000, 3000) },
    { weight: 3, arbitrary: fc.constantFrom(Math.max(0, next - 1), next, next + 1) },
  );
}

const names = ['m', 'n', 'o', 'p', 'q', 'r', 's'];

function arbitraryCommand(state: FornextState, character: number): Commands {
  const executors = state.executors.values();
  // One that has come to a stop is asked now and then.
  const busy = executors.filter(({ queue, status }) => queue.size > 0 && status !== 'deadlocked');
  const tasks = executors.flatMap(({ executor, tasks: own }) =>
    [...own.values()].map(({ id }) => ({ executor, task_id: id })),
  );
  const full = executors.filter(({ queue, status }) => queue.size >= 100 && status !== 'deadlocked');
  const messages = [...state.pgmq.queues].flatMap(([, { messages: own }]) => own.values());
  const proposals: readonly (readonly [number, () => Commands])[] = [
    [
      state.machines.size === 0 ? 40 : state.machines.size < names.length ? 5 : 1,
      () => createMachine(character),
    ],
    [
      state.machines.size === 0 ? 1 : executors.length === 0 ? 30 : busy.length === 0 ? 8 : 2,
      () => run(state),
    ],
    [
      busy.length > 0 ? 60 : 2,
      () => oneOf(numbers(busy), numbers(executors)).map((executor) => ({ type: 'deliver', executor })),
    ],
    [
      busy.length > 0 ? 1 : 0.5,
      () => oneOf(numbers(busy), numbers(executors)).map((executor) => ({ type: 'duplicate', executor })),
    ],
    [messages.length > 0 ? 4 : 1, readTasks],
    [tasks.length > 0 ? 12 : 1, () => completeTask(state, tasks)],
    // Whoever ends a task then has to wait.
    [
      full.length > 0 ? 30 : 0,
      () =>
        oneOf(numbers(full), numbers(executors)).map((executor) => ({
          type: 'complete_task',
          executor,
          task_id: 'any',
          output: 1,
        })),
    ],
    [state.sleeps.size > 0 ? 8 : 1, () => fc.constant({ type: 'tick' })],
    [
      0.5,
      () =>
        fc.record({
          type: fc.constant('hlc_update' as const),
          executor: oneOf(numbers(executors), numbers(executors)),
          ...clock(),
        }),
    ],
    [0.3, () => fc.record({ type: fc.constantFrom('as_uint64' as const, 'as_string' as const), ...clock() })],
    [
      0.3,
      () =>
        fc.record({
          type: fc.constant('parse_timestamp' as const),
          value: fc.bigInt(0n, 2n ** 64n - 1n).map(String),
        }),
    ],
  ];
  return fc.oneof(
    ...proposals
      .filter(([weight]) => weight > 0)
      .map(([weight, propose]) => ({ weight: Math.round(weight * 10), arbitrary: propose() })),
  );
}

const numbers = (some: readonly Executor[]): number[] => some.map(({ executor }) => executor);

const createMachine = (character: number): Commands =>
  fc
    .tuple(fc.constantFrom(...names), machines(character))
    .map(([machine, definition]) => ({ type: 'create_machine', machine, definition }));

/** As many as a queue holds, and a few less. */
const many = () =>
  fc.constantFrom(96, 96, 99, 100).map((size): Jsonb => Array.from({ length: size }, (_, i) => i));

/** Mostly such as the machine was made for. */
function inputOf(machine: MachineJson): Arbitrary<Jsonb> {
  if (isWide(machine)) return fc.oneof(many(), inputs);
  return isOfWhole(machine) ? wholeInputs : inputs;
}

const run = ({ machines: known, executors }: FornextState): Commands => {
  const used = new Set(executors.values().map(({ machine }) => machine));
  // Those that were never run.
  const fresh = [...known.keys()].filter((name) => !used.has(name));
  return fc
    .oneof(
      {
        weight: 16,
        arbitrary: fc.constantFrom(
          ...(fresh.length > 0 ? fresh : known.size > 0 ? [...known.keys()] : names),
        ),
      },
      { weight: 1, arbitrary: fc.constantFrom('nowhere', 'nowhere', 'a\0b') },
    )
    .chain((machine) => {
      const found = known.get(machine);
      return fc.tuple(
        fc.constant(machine),
        found ? inputOf(found.definition) : inputs,
        fc.oneof(
          { weight: 12, arbitrary: fc.constant(undefined) },
          {
            weight: 1,
            arbitrary: fc.constantFrom<string[]>(
              [resources[0]!],
              [resources[0]!],
              [],
              ['a,b', "it's", '"', 'x\\y'],
              ['a\0b'],
            ),
          },
        ),
      );
    })
    .map(([machine, input, handlers]) => ({ type: 'run', machine, input, ...(handlers && { handlers }) }));
};

const readTasks = (): Commands =>
  fc.record({
    type: fc.constant('read_tasks'),
    vt: fc.constantFrom(0, 1, 30, -1),
    qty: fc.constantFrom(1, 1, 5, 0, -1),
  });

/** Also one that has ended, or that nobody has created. */
function completeTask(
  { pgmq }: FornextState,
  tasks: readonly { executor: number; task_id: string }[],
): Commands {
  const read = [...pgmq.queues].flatMap(([, { messages }]) =>
    messages.values().filter(({ read_ct }) => read_ct > 0),
  );
  const asRead = read.map(({ msg_id, message }) => {
    const { executor, task_id } = message as { executor: number; task_id: string };
    return { executor, task_id, msg_id };
  });
  const odd = fc.constantFrom(
    { executor: 1, task_id: 'nothing' },
    { executor: 99, task_id: 'nothing' },
    { executor: 1, task_id: 'a\0b' },
  );
  return fc
    .tuple(
      fc.oneof(
        ...(asRead.length > 0 ? [{ weight: 16, arbitrary: fc.constantFrom(...asRead) }] : []),
        ...(tasks.length > 0 ? [{ weight: 8, arbitrary: fc.constantFrom(...tasks) }] : []),
        { weight: 1, arbitrary: odd },
      ),
      inputs,
    )
    .map(([which, output]) => ({ type: 'complete_task', ...which, output }));
}

const uint32 = { min: 0, max: 2 ** 32 - 1 };
const clock = () => ({
  wall: fc.oneof(fc.constantFrom(0, 1_893_456_000, 1_893_456_001), fc.integer(uint32)),
  logical: fc.oneof(fc.constantFrom(0, 1, 5, uint32.max), fc.integer(uint32)),
});
