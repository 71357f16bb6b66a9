/** What a command amounts to in the timeline, told from the states before and after it. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type { Result } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import type { Broadcast, PgflowState } from '../../../../model/pgflow/0.8.1/state.ts';
import { errorText, valueText } from '../../../twin/timeline.ts';
import { messageOf } from '../backend/words.ts';
import type { TaskKey } from '../log/log.ts';
import { type Chronicle, errorOf, taskIn } from './chronicle.ts';
import { tellReport } from './tell-report.ts';

/** What a command did: the states around it, and what came back. */
export interface Effect {
  readonly at: Instant;
  readonly command: PgflowCommand;
  readonly before: PgflowState;
  readonly after: PgflowState;
  readonly result: Result;
  readonly events: readonly Broadcast[];
  /** Of a report: what the handler threw. */
  readonly thrown: unknown;
}

type Command<Type extends PgflowCommand['type']> = Extract<PgflowCommand, { type: Type }>;

export function tellCommand(chronicle: Chronicle, effect: Effect): void {
  const { at, command } = effect;
  if (command.type === 'start_flow') tellStart(chronicle, effect, command);
  else if (command.type === 'start_tasks') tellStartedTasks(chronicle, effect, command);
  else if (command.type === 'complete_task' || command.type === 'fail_task') {
    // The worker reports what was refused as a failure.
    if (!effect.result.ok) return;
    tellReport(chronicle, effect, command);
    tellConsequences(chronicle, effect, command.run_id ?? '');
  } else if (command.type === 'pgmq.set_vt') {
    const text = `message ${command.msg_id} is delivered again`;
    chronicle.line(at, { event: 'message delivered again', text });
  }
  // Reading leaves no trace of its own, and of workers there are notes.
}

function tellStart(chronicle: Chronicle, effect: Effect, command: Command<'start_flow'>): void {
  const { at, before, result } = effect;
  const { run_id, input } = command;
  const run = run_id ? chronicle.engine.numberOf(run_id) : 0;
  if (!result.ok) {
    const why = errorText(messageOf(result.refusal, command));
    const again = run_id && before.runs.has(run_id) ? 'is started once more, which ' : '';
    // 0: a client's start that no run came of.
    const line =
      run === 0 ? { text: `a start is refused: ${why}` } : { run, text: `${again}is refused: ${why}` };
    chronicle.line(at, { event: 'run refused', ...line });
    return;
  }
  chronicle.line(at, { event: 'run started', run, text: `starts with ${valueText(input)}` });
  tellConsequences(chronicle, effect, run_id!);
}

function tellStartedTasks(chronicle: Chronicle, effect: Effect, { worker_id }: Command<'start_tasks'>): void {
  const { after, at, result } = effect;
  if (!result.ok) return;
  const { engine } = chronicle;
  const { steps } = engine.flow;
  // 0: none of the simulation's, but somebody who works through its client.
  const worker = engine.workers.find(({ id }) => id === worker_id)?.number ?? 0;
  const started = result.rows.map((row) => {
    const { run_id, step_slug, task_index, input } = row as unknown as TaskKey & { input: Jsonb };
    const task = taskIn(after.runs.get(run_id), { run_id, step_slug, task_index })!;
    return { run_id, step_slug, task_index, input, task, run: engine.numberOf(run_id) };
  });
  // The order in which the worker takes them up.
  started.sort(
    (a, b) =>
      a.task.queued_at - b.task.queued_at ||
      a.run - b.run ||
      steps.get(a.step_slug)!.index - steps.get(b.step_slug)!.index ||
      a.task_index - b.task_index,
  );
  for (const { task, ...key } of started) {
    const attempt = task.attempts_count;
    chronicle.begin({
      ...key,
      attempt,
      worker,
      startedAt: at,
      calledAt: at,
      endedAt: null,
      outcome: 'running',
      output: undefined,
      error: undefined,
      cause: undefined,
    });
    const text = `attempt ${attempt} starts on ${worker === 0 ? "the client's worker" : `worker ${worker}`}`;
    const subject = chronicle.subject({ ...key, attempt });
    chronicle.line(at, { ...subject, event: 'attempt started', worker, text });
  }
}

/** What else a command brought about: maps that are whole, or over nothing, and the run. */
function tellConsequences(chronicle: Chronicle, { before, after, at }: Effect, run_id: string): void {
  const { engine } = chronicle;
  const was = before.runs.get(run_id);
  const is = after.runs.get(run_id)!;
  if (was === is) return;
  const run = engine.numberOf(run_id);
  for (const [i, { step_slug: step, status, tasks }] of is.step_states.entries()) {
    const hasCompleted = status === 'completed' && was?.step_states[i]?.status !== 'completed';
    if (!hasCompleted || !engine.flow.steps.get(step)?.isMap) continue;
    const count = tasks.length;
    const text =
      count === 0 ? 'completes: there was nothing to map' : `completes with all of its ${count} tasks`;
    chronicle.line(at, { event: 'step completed', run, step, text });
  }
  if ((was?.status ?? 'started') === is.status) return;
  if (is.status === 'completed') {
    chronicle.line(at, { event: 'run completed', run, text: `completes with ${valueText(is.output)}` });
  } else chronicle.line(at, { event: 'run failed', run, text: `fails: ${errorText(errorOf(is) ?? null)}` });
}
