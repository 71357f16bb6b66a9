/** Executors as a state machine: one command in, the whole outcome out. */
import { IndexedTree } from '../../kernel/indexed-tree.ts';
import { isRefusal, nothing, refused, rows } from '../../kernel/outcome.ts';
import { parameterRefusal } from '../../kernel/parameter-refusal.ts';
import { PersistentMap } from '../../kernel/persistent-map.ts';
import { raised } from '../../kernel/sql-error.ts';
import type { Circumstances, Result, Transition } from '../../kernel/transition.ts';
import { deleteMessages } from '../../pgmq/messages.ts';
import { read } from '../../pgmq/read.ts';
import { taskQueue } from '../shared/task-queue.ts';
import { asDocumentedUint64, asString, asUint64, parsed, updated } from './clock.ts';
import type { CommandOf, FornextCommand } from './commands.ts';
import { createMachine } from './create-machine.ts';
import { begin, deliver, isDead } from './deliver.ts';
import type { AsDocumented } from './deviations.ts';
import { liveOf, putBack } from './live.ts';
import { capacity, firstOf, send } from './queue.ts';
import { signatures } from './signatures.ts';
import { type Draft, draftOf, type Executor, type FornextState, stateOf } from './state.ts';
import { wake } from './tasks.ts';

export const transitionOf =
  (documented: AsDocumented) =>
  (
    state: FornextState,
    command: FornextCommand,
    circumstances: Circumstances,
  ): Transition<FornextState, never> => {
    const draft = draftOf(state, circumstances.now, documented);
    const unbound = parameterRefusal(command, signatures.get(command.type)!);
    const result = unbound ? refused(unbound) : execute(draft, command);
    draft.reached.push(
      `${command.type}/${result.ok ? nameOf(result) : `refused/${result.refusal.sqlstate}`}`,
    );
    return {
      state: result.ok ? stateOf(draft) : state,
      result,
      events: [],
      finishedAt: draft.now,
      reached: [...new Set(draft.reached)],
    };
  };

function nameOf({ rows: [row] }: Result & { readonly ok: true }): string {
  if (row === undefined) return 'nothing';
  const { outcome, words, kind } = row;
  if (outcome === 'panic') return `panic/${withoutNames(words as string)}`;
  if (outcome !== undefined) return String(outcome);
  return kind === null ? 'nothing' : 'done';
}

/** The words of a panic without what is of the input. */
const withoutNames = (words: string): string =>
  words.replace(/(?<=find handler for task ).*|(?<= at ').*(?=')/, '...');

function execute(draft: Draft, command: FornextCommand): Result {
  switch (command.type) {
    case 'create_machine': {
      const fault = createMachine(draft, command);
      return fault ? refused(fault) : nothing('create_machine', 'plpgsql');
    }
    case 'run':
      return run(draft, command);
    case 'read_tasks':
      return readTasks(draft, command);
    case 'complete_task':
      return withExecutor(draft, command, (executor) => completeTask(draft, executor, command));
    case 'deliver':
      return withExecutor(draft, command, (executor) => rows([{ ...deliver(draft, executor) }]));
    case 'duplicate': {
      const executor = draft.executors.get(command.executor);
      const message = executor && firstOf(executor);
      if (message) send(draft, executor, message.kind, message.payload);
      return rows([{ kind: message?.kind ?? null }]);
    }
    case 'tick':
      wake(draft);
      return nothing('tick', 'sql');
    case 'hlc_update':
      return withExecutor(draft, command, (executor) => {
        const clock = updated(executor, command);
        draft.executors = draft.executors.set(executor.executor, { ...executor, ...clock }, draft.owner);
        return rows([{ wall: clock.wall, logical: clock.logical }]);
      });
    case 'as_uint64':
      return rows([{ value: written(draft)(command) }]);
    case 'as_string':
      return rows([{ value: asString(command) }]);
    case 'parse_timestamp':
      return rows([{ ...parsed(command.value) }]);
  }
}

const written = ({ documented }: Draft) =>
  documented.has('the-count-stands-before-the-seconds') ? asDocumentedUint64 : asUint64;

function withExecutor(
  draft: Draft,
  { executor: id }: { readonly executor: number },
  work: (executor: Executor) => Result,
): Result {
  const executor = draft.executors.get(id);
  return executor ? work(executor) : refused(raised(`no executor ${id}`));
}

function run(draft: Draft, { machine, input, handlers }: CommandOf<'run'>): Result {
  if (!draft.machines.has(machine)) return refused(raised(`no machine ${machine}`));
  const executor = draft.executors.size + 1;
  const live = liveOf(draft, {
    ...{ executor, machine, handlers: handlers ?? null, wall: 0, logical: 0 },
    ...{ status: 'running', words: null, output: undefined, queue: IndexedTree.empty() },
    executions: PersistentMap.empty(),
    activities: PersistentMap.empty(),
    branches: PersistentMap.empty(),
    iterations: PersistentMap.empty(),
    tasks: PersistentMap.empty(),
  });
  const id = begin(live, input);
  putBack(live);
  return rows([{ executor, id }]);
}

function readTasks(draft: Draft, { vt, qty }: CommandOf<'read_tasks'>): Result {
  const found = read(draft.pgmq, taskQueue, { vt, qty, stampsLastRead: true });
  if (isRefusal(found)) return refused(found);
  const tasks = found.toSorted((a, b) => a.msg_id - b.msg_id);
  return rows(tasks.map(({ msg_id, read_ct, message }) => ({ msg_id, read_ct, ...(message as object) })));
}

/** Whoever carried out a task sends what came of it; where there is no room, it waits. */
function completeTask(draft: Draft, executor: Executor, command: CommandOf<'complete_task'>): Result {
  const { task_id, output, msg_id } = command;
  if (msg_id !== undefined) deleteMessages(draft.pgmq, taskQueue, [msg_id]);
  if (isDead(executor)) return rows([{ outcome: 'dead' }]);
  const outcome = executor.queue.size < capacity ? 'sent' : 'waits';
  send(draft, executor, 'CompleteTask', { task_id, output });
  return rows([{ outcome }]);
}
