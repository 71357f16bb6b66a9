/** Executions in the states language as a state machine: one command in, the whole outcome out. */

import { IndexedTree } from '../../kernel/indexed-tree.ts';
import { plusSeconds } from '../../kernel/instant.ts';
import { isRefusal, nothing, refused, rows } from '../../kernel/outcome.ts';
import { parameterRefusal } from '../../kernel/parameter-refusal.ts';
import { PersistentMap } from '../../kernel/persistent-map.ts';
import { raised } from '../../kernel/sql-error.ts';
import type { Circumstances, Result, Transition } from '../../kernel/transition.ts';
import { deleteMessages } from '../../pgmq/messages.ts';
import { read } from '../../pgmq/read.ts';
import { taskQueue } from '../shared/task-queue.ts';
import type { CommandOf, StatesLanguageCommand } from './commands.ts';
import { createMachine } from './create-machine.ts';
import { deliver } from './executing/deliver.ts';
import { abortExecution } from './executing/entering.ts';
import type { Happening } from './executing/happenings.ts';
import { firstOf, liveOf, push, putBack, setTimer } from './executing/live.ts';
import {
  type Draft,
  draftOf,
  type End,
  type Execution,
  type StatesLanguageState,
  stateOf,
} from './executing/state.ts';
import { beat } from './executing/tasks.ts';
import { ring } from './executing/timers.ts';
import { Asks, unlessAsking } from './language/failure.ts';
import type { Language } from './language/language.ts';
import { signatures } from './signatures.ts';

export interface StatesLanguageTransition extends Transition<StatesLanguageState, never> {
  readonly happenings: readonly Happening[];
}

export const transitionOf =
  (language: Language) =>
  (
    state: StatesLanguageState,
    command: StatesLanguageCommand,
    circumstances: Circumstances,
  ): StatesLanguageTransition => {
    const draft = draftOf(state, circumstances, language);
    const unbound = parameterRefusal(command, signatures.get(command.type)!);
    const result = unbound ? refused(unbound) : execute(draft, command);
    draft.reached.push(
      `${command.type}/${result.ok ? nameOf(result) : `refused/${result.refusal.sqlstate}`}`,
    );
    return {
      state: result.ok && !isAsking(result) ? stateOf(draft) : state,
      result,
      events: [],
      finishedAt: draft.now,
      reached: [...new Set(draft.reached)],
      happenings: isAsking(result) ? [] : draft.happenings,
    };
  };

function nameOf({ rows: [row] }: Result & { readonly ok: true }): string {
  if (row === undefined) return 'nothing';
  return typeof row.outcome === 'string' ? row.outcome : row.kind === null ? 'nothing' : 'done';
}

function execute(draft: Draft, command: StatesLanguageCommand): Result {
  switch (command.type) {
    case 'create_machine': {
      const fault = createMachine(draft, command);
      return fault === undefined ? nothing('create_machine', 'plpgsql') : refused(raised(fault));
    }
    case 'start_execution':
      return startExecution(draft, command);
    case 'deliver':
      draft.answers = command.answers ?? [];
      return withExecution(draft, command, (execution) => delivered(draft, execution, command.jitter));
    case 'duplicate':
      return withExecution(draft, command, (execution) => rows([{ kind: duplicate(draft, execution) }]));
    case 'read_tasks':
      return readTasks(draft, command);
    case 'complete_task':
      return endTask(draft, command.task_id, { output: command.output });
    case 'fail_task':
      return endTask(draft, command.task_id, { error: command.error, cause: command.cause ?? null });
    case 'heartbeat': {
      const task = draft.tasks.get(command.task_id);
      if (task) beat(draft, task);
      return rows([{ outcome: task ? 'sent' : 'stale' }]);
    }
    case 'cancel_execution':
      return withExecution(draft, command, (execution) => rows([{ outcome: cancel(draft, execution) }]));
    case 'delete_execution':
      return withExecution(draft, command, (execution) => rows([{ outcome: remove(draft, execution) }]));
    case 'tick':
      ring(draft);
      return nothing('tick', 'sql');
  }
}

/** Nothing has happened then: the same command is to be given again, with one answer more. */
function delivered(draft: Draft, execution: Execution, jitter: number | undefined): Result {
  const found = unlessAsking(() => deliver(draft, execution, jitter));
  if (!(found instanceof Asks)) return rows([{ ...found }]);
  return rows([{ kind: firstOf(execution)!.kind, outcome: 'asks', question: found.question }]);
}

const isAsking = (result: Result): boolean => result.ok && result.rows[0]?.outcome === 'asks';

function withExecution(
  draft: Draft,
  { execution: id }: { readonly execution: number },
  work: (execution: Execution) => Result,
): Result {
  const execution = draft.executions.get(id);
  return execution ? work(execution) : refused(raised(`no execution ${id}`));
}

function startExecution(draft: Draft, { machine, input }: CommandOf<'start_execution'>): Result {
  const definition = draft.machines.get(machine)?.definition;
  if (!definition) return refused(raised(`no machine ${machine}`));
  const execution = ++draft.lastExecution;
  const live = liveOf(draft, {
    execution,
    machine,
    status: 'Pending',
    input,
    output: undefined,
    error: null,
    cause: null,
    started_at: draft.now,
    stopped_at: null,
    activities: 0,
    jitter: 1000,
    timer: undefined,
    variables: {},
    queue: IndexedTree.empty(),
    entered: PersistentMap.empty(),
    parts: PersistentMap.empty(),
  });
  push(live, 'StartExecution', {});
  const { TimeoutSeconds: seconds } = definition;
  if (seconds !== undefined)
    live.timer = setTimer(live, 'execution', `${execution}`, plusSeconds(draft.now, seconds));
  putBack(live);
  return rows([{ execution }]);
}

function duplicate(draft: Draft, execution: Execution): string | null {
  const message = firstOf(execution);
  if (!message) return null;
  const live = liveOf(draft, execution);
  push(live, message.kind, message.payload);
  putBack(live);
  return message.kind;
}

function readTasks(draft: Draft, { vt, qty }: CommandOf<'read_tasks'>): Result {
  const found = read(draft.pgmq, taskQueue, { vt, qty, stampsLastRead: true });
  if (isRefusal(found)) return refused(found);
  const tasks = found.toSorted((a, b) => a.msg_id - b.msg_id);
  return rows(tasks.map(({ msg_id, read_ct, message }) => ({ msg_id, read_ct, ...(message as object) })));
}

/** Whoever carried out a task sends what came of it. */
function endTask(draft: Draft, task_id: string, ended: End): Result {
  const task = draft.tasks.get(task_id);
  if (!task) return rows([{ outcome: 'stale' }]);
  deleteMessages(draft.pgmq, taskQueue, [task.msg_id]);
  const live = liveOf(draft, draft.executions.get(task.execution)!);
  push(live, 'EndTask', { task_id, ...ended });
  putBack(live);
  return rows([{ outcome: 'sent' }]);
}

function cancel(draft: Draft, execution: Execution): string {
  if (execution.status !== 'Pending' && execution.status !== 'Running') return 'over';
  const live = liveOf(draft, execution);
  abortExecution(live);
  live.status = 'Canceling';
  push(live, 'CancelExecution', {});
  putBack(live);
  return 'canceling';
}

const over: ReadonlySet<Execution['status']> = new Set(['Succeeded', 'Failed', 'TimedOut', 'Canceled']);

function remove(draft: Draft, execution: Execution): string {
  if (!over.has(execution.status)) return 'refused';
  const live = liveOf(draft, execution);
  live.status = 'Deleting';
  push(live, 'DeleteExecution', {});
  putBack(live);
  return 'deleting';
}
