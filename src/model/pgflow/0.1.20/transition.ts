/** pgflow 0.1.20 as a state machine: one command in, the whole outcome out. */
import { assert } from '../../kernel/assert.ts';
import { isRefusal, nothing, refused, rows } from '../../kernel/outcome.ts';
import { namesInSchemas, signaturesOf } from '../../kernel/signature.ts';
import type { Circumstances, Result, Transition } from '../../kernel/transition.ts';
import { withoutDrawnIds } from '../../pgmq/state.ts';
import { execute as executeOnQueue } from '../../pgmq/transition.ts';
import { createFlow } from '../shared/create-flow.ts';
import { many, one } from '../shared/result.ts';
import { jsonbParameters } from '../shared/signatures.ts';
import { answer, calculate } from '../shared/transition.ts';
import { addStep } from './add-step.ts';
import { type PgflowCommand, pgflowCommand } from './commands.ts';
import { completeTask } from './complete-task.ts';
import type { AsDocumented } from './deviations.ts';
import { type Draft, draftOf, openRun, stateOf } from './draft.ts';
import { failTask } from './fail-task.ts';
import { maybeCompleteRun } from './maybe-complete-run.ts';
import { pollForTasks } from './poll-for-tasks.ts';
import { readWithPoll } from './read-with-poll.ts';
import { flowRow, messageRow, runRow, stepRow } from './rows.ts';
import { startFlow } from './start-flow.ts';
import { startReadySteps } from './start-ready-steps.ts';
import type { PgflowState } from './state.ts';

const signatures = signaturesOf(namesInSchemas(pgflowCommand.options), jsonbParameters);

export function transition(
  state: PgflowState,
  command: PgflowCommand,
  circumstances: Circumstances,
  asDocumented: AsDocumented = new Set(),
): Transition<PgflowState, never> {
  const draft = draftOf(state, circumstances, asDocumented);
  const result = answer(draft, command, signatures, execute);
  return {
    state: result.ok ? stateOf(draft) : afterRefusal(state, draft),
    result,
    events: [],
    finishedAt: draft.pgmq.clock,
    reached: draft.reached,
  };
}

function afterRefusal(before: PgflowState, draft: Draft): PgflowState {
  const pgmq = withoutDrawnIds(before.pgmq, draft.pgmq);
  return pgmq === before.pgmq ? before : { ...before, pgmq };
}

function execute(draft: Draft, command: PgflowCommand): Result {
  switch (command.type) {
    case 'create_flow':
      return one(createFlow(draft, command), flowRow);
    case 'add_step':
      return one(addStep(draft, command), (step) => stepRow(command.flow_slug!, step));
    case 'start_flow':
      return one(startFlow(draft, command), runRow);
    case 'poll_for_tasks': {
      const tasks = pollForTasks(draft, command);
      return 'refusal' in tasks ? tasks : rows(tasks);
    }
    case 'read_with_poll': {
      const messages = readWithPoll(draft, command);
      if (isRefusal(messages)) return refused(messages);
      draft.reached.push(messages.length > 0 ? 'read_with_poll/messages' : 'read_with_poll/nothing-to-read');
      return rows(messages.map((message) => messageRow(message, draft.messageRecord)));
    }
    case 'complete_task':
      return many(completeTask(draft, command));
    case 'fail_task':
      return many(failTask(draft, command));
    case 'start_ready_steps': {
      const run = openRun(draft, command.run_id);
      // Whatever became ready was started by the command that made it so.
      if (run) assert(!startReadySteps(draft, run), 'nothing is left to start');
      draft.reached.push(`start_ready_steps/${run ? 'nothing-to-start' : 'no-such-run'}`);
      return nothing('start_ready_steps', 'sql');
    }
    case 'maybe_complete_run': {
      const run = openRun(draft, command.run_id);
      if (run) maybeCompleteRun(draft, run);
      else draft.reached.push('maybe_complete_run/no-such-run');
      return nothing('maybe_complete_run', 'sql');
    }
    case 'calculate_retry_delay':
    case 'is_valid_slug':
      return calculate(draft.reached, command);
    default:
      // What is left is the queue's own.
      return executeOnQueue(draft.pgmq, command);
  }
}
