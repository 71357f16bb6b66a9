/** Laws of every reachable state. */
import type { Invariant } from '../../kernel/machine.ts';
import { attemptOf } from './executing/live.ts';
import type { Execution, StatesLanguageState } from './executing/state.ts';

const ofExecutions =
  (
    violation: (execution: Execution, state: StatesLanguageState) => string | undefined,
  ): Invariant<StatesLanguageState>['violation'] =>
  (state) => {
    for (const execution of state.executions.values()) {
      const found = violation(execution, state);
      if (found !== undefined) return `execution ${execution.execution}: ${found}`;
    }
    return undefined;
  };

export const invariants: readonly Invariant<StatesLanguageState>[] = [
  {
    title: 'what is open is in something that is open',
    violation: ofExecutions(({ status, entered, parts }) => {
      for (const { id, part_id, status: own } of entered.values()) {
        if (own !== 'Running' && own !== 'Retrying') continue;
        const around = part_id === null ? status : parts.get(part_id)!.status;
        if (around !== 'Running') return `${id} in what is ${around}`;
      }
      for (const { id, activity_id, status: own } of parts.values()) {
        const around = entered.get(activity_id)!.status;
        if ((own === 'Running' || own === 'Pending') && around !== 'Running')
          return `${id} in what is ${around}`;
      }
      return undefined;
    }),
  },
  {
    title: 'no more parts are done than there are',
    violation: ofExecutions(({ entered }) => {
      for (const { id, progress } of entered.values())
        if (progress && (progress.over > progress.started || progress.started > progress.all)) return id;
      return undefined;
    }),
  },
  {
    title: 'a task is open while its activity is at work on that attempt',
    violation: ({ tasks, executions }) => {
      for (const { id, execution, activity_id } of tasks.values()) {
        const activity = executions.get(execution)?.entered.get(activity_id);
        if (activity?.status !== 'Running' || attemptOf(activity) !== id) return id;
      }
      return undefined;
    },
  },
  {
    title: 'a timer is of something that waits for it',
    violation: ({ timers, executions, tasks }) => {
      for (const { timer_id, execution, id, kind } of timers.values()) {
        const own = executions.get(execution);
        const holder =
          kind === 'execution'
            ? own?.timer
            : kind === 'timeout' || kind === 'heartbeat'
              ? tasks.get(id)?.timers[kind]
              : own?.entered.get(id)?.timer;
        if (holder !== timer_id) return `${kind} of ${id}`;
      }
      return undefined;
    },
  },
  {
    title: 'an execution that is over has stopped, and an open one has not',
    violation: ofExecutions(({ status, stopped_at }) =>
      (stopped_at === null) ===
      (status === 'Pending' || status === 'Running' || status === 'Completing' || status === 'Canceling')
        ? undefined
        : status,
    ),
  },
];
