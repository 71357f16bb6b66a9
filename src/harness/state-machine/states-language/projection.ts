/** The model's state as tables; what did not change is not made again. */
import { arrayText } from '../../../model/kernel/array-text.ts';
import type { Row } from '../../../model/kernel/transition.ts';
import type {
  Execution,
  StatesLanguageState,
} from '../../../model/state-machine/states-language/executing/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { remembered } from '../../contract/remembered.ts';
import { sortedTables } from '../../lockstep/observation.ts';
import { projectPgmq } from '../../pgmq/projection.ts';
import { keyOf } from './keys.ts';

const ofMachines = remembered((machines: StatesLanguageState['machines']) =>
  [...machines.values()].map(({ machine, definition }): Row => ({ machine, definition })),
);
const ofTasks = remembered((tasks: StatesLanguageState['tasks']) =>
  [...tasks.values()].map(({ timers: _, ...task }): Row => task),
);
const ofExecution = remembered((one: Execution): Readonly<Record<string, readonly Row[]>> => {
  const { queue, entered, parts, timer: _timer, variables: _variables, ...row } = one;
  const { execution } = row;
  return {
    executions: [row],
    messages: queue.values().map((message) => ({ ...message, execution })),
    activities: [...entered.values()].map(({ timer: _, progress: _progress, ...activity }) => ({
      ...activity,
      execution,
      retries: arrayText(activity.retries.map(String)),
    })),
    parts: [...parts.values()].map(({ variables: _, ...part }) => ({ ...part, execution })),
  };
});

const tables = ['executions', 'messages', 'activities', 'parts'];

export function project(state: StatesLanguageState): Observation {
  const executions = state.executions.values().map(ofExecution);
  const all = tables.map((name): [string, Row[]] => [
    `asl.${name}`,
    executions.flatMap((each) => each[name]!),
  ]);
  return new Map<string, readonly Row[]>([
    ...sortedTables(
      [['asl.machines', [...ofMachines(state.machines)]], ['asl.tasks', [...ofTasks(state.tasks)]], ...all],
      keyOf,
    ),
    ['asl.executions_execution_seq', [{ last_value: state.lastExecution }]],
    ['asl.messages_message_id_seq', [{ last_value: state.lastMessage }]],
    ['asl.timers', state.timers.values().map((row) => ({ ...row }))],
    ['asl.timers_timer_id_seq', [{ last_value: state.lastTimer }]],
    ...projectPgmq(state.pgmq),
  ]);
}
