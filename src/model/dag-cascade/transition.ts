/** Flows over a queue of tasks as a state machine: one command in, the whole outcome out. */
import { unreachable } from '../kernel/assert.ts';
import { nothing, refused, rows, scalar } from '../kernel/outcome.ts';
import { parameterRefusal } from '../kernel/parameter-refusal.ts';
import { checkViolation, type SqlError } from '../kernel/sql-error.ts';
import type { Circumstances, Result, Transition } from '../kernel/transition.ts';
import type { DagCascadeCommand } from './commands.ts';
import { configure } from './configure.ts';
import { configureFlow } from './configure-flow.ts';
import type { AsDocumented } from './deviations.ts';
import { draftOf, nodeRunOf, stateOf, taskOf } from './draft.ts';
import { finish, setConnection, workersOf } from './finish.ts';
import { argumentsOf, cancelFlow, createFlow } from './flows.ts';
import { asyncLoop, doWork } from './orchestrator.ts';
import { setPriority, setStepPriority } from './priority.ts';
import { type NewTask, pushFlowTasks } from './push-tasks.ts';
import { attempt, Refusal, refuse } from './refusal.ts';
import { restartFlow } from './restart.ts';
import { signatures } from './signatures.ts';
import { start } from './start.ts';
import type { DagCascadeState, Draft } from './state.ts';
import { afterTasks, beforeTask } from './triggers.ts';
import { intervalOf } from './values.ts';
import { flowStatus, flowTasks, nodeStatus } from './views.ts';

export const transitionOf =
  (documented: AsDocumented) =>
  (
    state: DagCascadeState,
    command: DagCascadeCommand,
    circumstances: Circumstances,
  ): Transition<DagCascadeState, never> =>
    outcomeOf(state, command, draftOf(state, circumstances, documented, isElsewhere(command), triggers));

const triggers = { before: beforeTask, after: afterTasks };
const isElsewhere = (command: DagCascadeCommand) => 'from' in command && command.from === 'elsewhere';

function outcomeOf(
  state: DagCascadeState,
  command: DagCascadeCommand,
  draft: Draft,
): Transition<DagCascadeState, never> {
  const unbound = parameterRefusal(command, signatures.get(command.type)!);
  const done = unbound ? new Refusal(unbound) : attempt(() => execute(draft, command));
  const result = done instanceof Refusal ? refused(done.error) : done;
  const reached = result.ok
    ? [...draft.reached, `${command.type}/done`]
    : [`${command.type}/refused/${nameOf(result.refusal)}`];
  // Sequences do not roll back.
  const { lastTask, lastFlow, lastLatch } = draft;
  return {
    state: result.ok ? stateOf(draft) : { ...state, lastTask, lastFlow, lastLatch },
    result,
    events: [],
    finishedAt: draft.now,
    reached: reached.length < 3 ? reached : [...new Set(reached)],
  };
}

/** A procedure gives none. */
const noRows = rows([]);

const nameOf = ({ constraint, column, sqlstate }: SqlError) => constraint ?? column ?? sqlstate;

function execute(draft: Draft, command: DagCascadeCommand): Result {
  switch (command.type) {
    case 'configure':
      configure(draft, command._configuration ?? {});
      return nothing('configure', 'plpgsql');
    case 'configure_flow': {
      const { _flow_name, _configuration, _append = false } = command;
      configureFlow(draft, _flow_name, _configuration ?? {}, _append);
      return nothing('configure_flow', 'plpgsql');
    }
    case 'create_flow': {
      const flow_id = createFlow(draft, {
        flow: command._flow,
        arguments: command._arguments,
        only_these_nodes: command._only_these_nodes ?? null,
        parent_task_id: command._parent_task_id ?? null,
        force_priority: command._force_priority ?? null,
      });
      return scalar('flow_id', flow_id);
    }
    case 'push_steps': {
      const { _flow_id, _node, _arguments } = command;
      if (_flow_id === null || _node === null || !_arguments) return rows([]);
      const steps = _arguments.map((step_arguments) => ({ node: _node, step_arguments }));
      pushSteps(draft, _flow_id, _node, steps);
      return noRows;
    }
    case 'finish': {
      const { task_id, _failed, _error_message = null } = command;
      const how = { status: _failed ? 'FAILED' : 'FINISHED', error_message: _error_message } as const;
      finish(draft, [task_id], how);
      return noRows;
    }
    case 'defer': {
      const { task_id, _duration } = command;
      const how = {
        status: 'DEFERRED',
        duration: _duration === null ? null : intervalOf(_duration),
      } as const;
      finish(draft, [task_id], how);
      // Whoever defers waits for the orchestrator, which the stand-in for its connection answers at once.
      draft.lastLatch++;
      return noRows;
    }
    case 'cancel':
      cancelFlow(draft, command._flow_id);
      return nothing('cancel', 'plpgsql');
    case 'set_priority':
    case 'set_step_priority': {
      const { _flow_id, _priority } = command;
      if (_priority !== null && Math.abs(_priority) > 99) {
        refuse(checkViolation('flow_priority_t_check'));
      }
      if (command.type === 'set_priority') setPriority(draft, _flow_id, _priority);
      else setStepPriority(draft, _flow_id, command._task_id, _priority);
      return nothing(command.type, 'plpgsql');
    }
    case 'restart_flow':
      restartFlow(draft, command._flow_id, command._node ?? null);
      return nothing('restart_flow', 'plpgsql');
    case 'args':
      return scalar('args', argumentsOf(draft, command._flow_id));
    case 'start_orchestrator':
      start(draft);
      return noRows;
    case 'do_work':
      return scalar('did_work', doWork(draft));
    case 'task_ends':
      return taskEnds(draft, command);
    case 'async_loop':
      asyncLoop(draft);
      return noRows;
    case 'v_flow_task':
      return rows(flowTasks(draft, command.flow_id));
    case 'v_flow_node_status':
      return rows(nodeStatus(draft, command.flow_id));
    case 'v_flow_status':
      return rows(flowStatus(draft, command.flow_id));
    default:
      return unreachable(command);
  }
}

/** Surprise: steps of a node that is done are run, and nothing waits for them. */
function pushSteps(draft: Draft, flow_id: number, node: string, steps: readonly NewTask[]): void {
  const flow = draft.flows.get(flow_id);
  const owner = flow && taskOf(draft, nodeRunOf(flow, node).task_id);
  if (owner && owner.processed !== null) {
    if (draft.documented.has('steps-can-be-pushed-to-a-finished-node')) return;
    draft.reached.push('push_steps/node-is-done');
  }
  pushFlowTasks(draft, flow_id, steps, 'EXECUTE', 'push steps');
}

/** The connections that work on the task are idle from now on; mostly one. */
function taskEnds(
  draft: Draft,
  { task_id, error }: Extract<DagCascadeCommand, { readonly type: 'task_ends' }>,
): Result {
  const names = workersOf(draft, task_id)
    .map(({ name }) => name)
    .filter((name) => draft.connections.get(name)!.is_busy)
    .sort();
  if (names.length === 0) draft.reached.push('task_ends/nothing-runs');
  for (const name of names) setConnection(draft, name, { is_busy: false, outcome: error ?? 'OK' });
  return rows(names.map((name) => ({ name })));
}
