/** What machines of the states language cost: the model alone, and the twin as users drive it. */
import { simulateStateMachine } from '../src/harness/state-machine/twin/index.ts';
import type { StatesLanguageCommand } from '../src/model/state-machine/states-language/commands.ts';
import { statesLanguage } from '../src/model/state-machine/states-language/machine.ts';
import { median } from './statistics.ts';

export interface StateMachineFigures {
  /** Commands a second of the model, most of which enter a state and leave it. */
  readonly transitionsPerSecond: number;
  /** Executions a second of five states, in one simulation: of Pass states alone. */
  readonly passExecutionsPerSecond: number;
  /** The same, where three of the five are tasks with an asynchronous handler. */
  readonly taskExecutionsPerSecond: number;
}

const executions = 3000;
const names = ['A', 'B', 'C', 'D', 'E'];

/** Five states in a row. */
const machineOf = (isTask: (place: number) => boolean) => ({
  StartAt: names[0]!,
  States: Object.fromEntries(
    names.map((name, i) => {
      const next = names[i + 1];
      const leads = next === undefined ? { End: true } : { Next: next };
      return [
        name,
        isTask(i) ? { Type: 'Task' as const, Resource: 'r', ...leads } : { Type: 'Pass' as const, ...leads },
      ];
    }),
  ),
});
const passes = machineOf(() => false);
const tasks = machineOf((place) => place % 2 === 0);

export async function measureStateMachine(rounds: number): Promise<StateMachineFigures> {
  const all: StateMachineFigures[] = [];
  // The first is to warm up.
  for (let round = 0; round <= rounds; round++) {
    const figures = {
      transitionsPerSecond: transitions(),
      passExecutionsPerSecond: await simulated(passes),
      taskExecutionsPerSecond: await simulated(tasks),
    };
    if (round > 0) all.push(figures);
  }
  const of = (name: keyof StateMachineFigures) => median(all.map((each) => each[name]));
  return {
    transitionsPerSecond: of('transitionsPerSecond'),
    passExecutionsPerSecond: of('passExecutionsPerSecond'),
    taskExecutionsPerSecond: of('taskExecutionsPerSecond'),
  };
}

function transitions(): number {
  let state = statesLanguage.initialState;
  let count = 0;
  const run = (command: StatesLanguageCommand) => {
    state = statesLanguage.transition(state, command, { now: 0, uuid: '' }).state;
    count++;
  };
  run({ type: 'create_machine', machine: 'm', definition: passes });
  const from = performance.now();
  for (let execution = 1; execution <= executions; execution++) {
    run({ type: 'start_execution', machine: 'm', input: { a: 1 } });
    while (state.executions.get(execution)!.queue.size > 0) run({ type: 'deliver', execution });
  }
  return (count * 1000) / (performance.now() - from);
}

async function simulated(machine: object): Promise<number> {
  const sim = simulateStateMachine(machine, { handlers: { r: async (input) => input } });
  const from = performance.now();
  for (let i = 0; i < executions; i++) await sim.start({ a: 1 }).finish();
  return (executions * 1000) / (performance.now() - from);
}
