/** The model's state as tables; what did not change is not made again. */
import { arrayText } from '../../../model/kernel/array-text.ts';
import type { Row } from '../../../model/kernel/transition.ts';
import type { Executor, FornextState } from '../../../model/state-machine/fornext/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { remembered } from '../../contract/remembered.ts';
import { sortedTables } from '../../lockstep/observation.ts';
import { projectPgmq } from '../../pgmq/projection.ts';
import { keyOf } from './keys.ts';

const ofMachines = remembered((machines: FornextState['machines']) =>
  [...machines.values()].map(({ machine, definition }): Row => ({ machine, definition })),
);
const ofExecutor = remembered((one: Executor): Readonly<Record<string, readonly Row[]>> => {
  const { executor } = one;
  const own = (rows: { values(): Iterable<object> }): Row[] =>
    [...rows.values()].map((row) => ({ executor, ...row }));
  const { machine, handlers, wall, logical, status, words, output } = one;
  return {
    'asl.executors': [
      {
        ...{ executor, machine, handlers: handlers && arrayText(handlers) },
        ...{ wall, logical, status, words, output },
      },
    ],
    'asl.messages': own(one.queue),
    'asl.executions': own(one.executions),
    'asl.activities': [...one.activities.values()].map(({ places: _, ...each }) => ({
      executor,
      ...each,
      parent_branch_id: each.parent_branch_id ?? null,
      parent_iteration_id: each.parent_iteration_id ?? null,
    })),
    'asl.branches': own(one.branches),
    'asl.iterations': own(one.iterations),
    'asl.tasks': [...one.tasks.values()].map(({ isOver: _, ...task }) => ({ executor, ...task })),
  };
});

const tables = ['executors', 'messages', 'executions', 'activities', 'branches', 'iterations', 'tasks'];

export function project(state: FornextState): Observation {
  const executors = state.executors.values().map(ofExecutor);
  const all = tables.map((name): [string, Row[]] => {
    const table = `asl.${name}`;
    return [table, executors.flatMap((each) => each[table]!)];
  });
  return new Map<string, readonly Row[]>([
    ...sortedTables([['asl.machines', [...ofMachines(state.machines)]], ...all], keyOf),
    ['asl.executors_executor_seq', [{ last_value: state.executors.size }]],
    ['asl.messages_message_id_seq', [{ last_value: state.lastMessage }]],
    ['asl.sleeps', state.sleeps.values().map((row) => ({ ...row }))],
    ['asl.sleeps_sleep_id_seq', [{ last_value: state.lastSleep }]],
    ...projectPgmq(state.pgmq),
  ]);
}
