/** pgflow 0.8.1 as a state machine: one command in, the whole outcome out. */
import { assert } from '../../kernel/assert.ts';
import { nothing, rows, scalar } from '../../kernel/outcome.ts';
import { signaturesOf } from '../../kernel/signature.ts';
import type { Circumstances, Result, Transition } from '../../kernel/transition.ts';
import { withoutDrawnIds } from '../../pgmq/state.ts';
import { execute as executeOnQueue } from '../../pgmq/transition.ts';
import { createFlow } from '../shared/create-flow.ts';
import { many, one } from '../shared/result.ts';
import { jsonbParameters } from '../shared/signatures.ts';
import { answer, calculate } from '../shared/transition.ts';
import { addStep } from './add-step.ts';
import { cascadeCompleteTasklessSteps } from './cascade-complete-taskless-steps.ts';
import type { PgflowCommand } from './commands.ts';
import { completeTask } from './complete-task.ts';
import { deleteRun } from './delete-run.ts';
import { type AsDocumented, flowsAsDocumented } from './deviations.ts';
import { type Draft, draftOf, openRun, stateOf } from './draft.ts';
import { failTask } from './fail-task.ts';
import { runWithStates } from './get-run-with-states.ts';
import { maybeCompleteRun } from './maybe-complete-run.ts';
import { flowRow, runRow, stepRow } from './rows.ts';
import { setVtBatch } from './set-vt-batch.ts';
import { parameterNames } from './signatures.ts';
import { startFlow } from './start-flow.ts';
import { startReadySteps } from './start-ready-steps.ts';
import { startTasks } from './start-tasks.ts';
import type { Broadcast, PgflowState } from './state.ts';
import { deprecateWorker, insertWorker } from './workers.ts';

const signatures = signaturesOf(parameterNames, jsonbParameters);

export function transition(
  state: PgflowState,
  command: PgflowCommand,
  circumstances: Circumstances,
  asDocumented: AsDocumented = new Set(),
): Transition<PgflowState, Broadcast> {
  const draft = draftOf(state, circumstances, asDocumented);
  const result = answer(draft, command, signatures, execute);
  return {
    state: result.ok ? stateOf(draft) : afterRefusal(state, draft),
    result,
    events: result.ok ? draft.events : [],
    finishedAt: draft.pgmq.clock,
    reached: draft.reached,
  };
}

/** Ids of messages and of broadcasts that were drawn stay drawn. */
function afterRefusal(before: PgflowState, draft: Draft): PgflowState {
  const pgmq = withoutDrawnIds(before.pgmq, draft.pgmq);
  const { lastBroadcast } = draft;
  if (pgmq === before.pgmq && lastBroadcast === before.lastBroadcast) return before;
  return { ...before, pgmq, lastBroadcast };
}

function execute(draft: Draft, command: PgflowCommand): Result {
  switch (command.type) {
    case 'create_flow':
      return one(createFlow(draft, command, flowsAsDocumented(draft.asDocumented)), flowRow);
    case 'add_step':
      return one(addStep(draft, command), (step) => stepRow(command.flow_slug!, step));
    case 'start_flow':
      return one(startFlow(draft, command), runRow);
    case 'start_flow_with_states':
      return one(startFlow(draft, command), (run) => ({ start_flow_with_states: runWithStates(run) }));
    case 'get_run_with_states': {
      const run = openRun(draft, command.run_id);
      draft.reached.push(`get_run_with_states/${run ? 'run' : 'no-such-run'}`);
      return scalar('get_run_with_states', run && runWithStates(run));
    }
    case 'start_tasks':
      return many(startTasks(draft, command));
    case 'complete_task':
      return many(completeTask(draft, command));
    case 'fail_task':
      return many(failTask(draft, command));
    case 'start_ready_steps': {
      const run = openRun(draft, command.run_id);
      // Whatever became ready was started by the command that made it so.
      if (run) assert(!startReadySteps(draft, run), 'nothing is left to start');
      draft.reached.push(`start_ready_steps/${run ? 'nothing-to-start' : 'no-such-run'}`);
      return nothing('start_ready_steps', 'plpgsql');
    }
    case 'cascade_complete_taskless_steps': {
      const run = openRun(draft, command.run_id);
      if (run) assert(!cascadeCompleteTasklessSteps(draft, run), 'nothing is left to complete');
      draft.reached.push(`cascade_complete_taskless_steps/${run ? 'nothing-to-complete' : 'no-such-run'}`);
      return scalar('cascade_complete_taskless_steps', 0);
    }
    case 'maybe_complete_run': {
      const run = openRun(draft, command.run_id);
      if (run) maybeCompleteRun(draft, run);
      else draft.reached.push('maybe_complete_run/no-such-run');
      return nothing('maybe_complete_run', 'plpgsql');
    }
    case 'set_vt_batch':
      return many(setVtBatch(draft, command));
    case 'poll_for_tasks':
      // Surprise: it is still there, and gives nothing whatever is asked of it, even of a queue that is not.
      draft.reached.push('poll_for_tasks/retired');
      return rows([]);
    case 'insert_worker':
      return one(insertWorker(draft, command), (worker) => ({ ...worker }));
    case 'deprecate_worker':
      return rows(deprecateWorker(draft, command).map((worker) => ({ ...worker })));
    case 'delete_run':
      return rows(deleteRun(draft, command).map(runRow));
    case 'calculate_retry_delay':
    case 'is_valid_slug':
      return calculate(draft.reached, command);
    default:
      // What is left is the queue's own.
      return executeOnQueue(draft.pgmq, command);
  }
}
