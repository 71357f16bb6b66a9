/** Rows as the published client hands them out: bigints are strings, timestamps are Dates, JSON is a copy. */
import type { Row } from '../../../../model/kernel/transition.ts';
import { runRow } from '../../../../model/pgflow/0.8.1/rows.ts';
import type { Run } from '../../../../model/pgflow/0.8.1/state.ts';
import { copyOf } from '../../../twin/json.ts';
import type { Engine } from '../engine/engine.ts';
import type { AttemptKey, TaskKey } from '../log/log.ts';
import { messageForClient } from '../worker/attempt.ts';

/** In the order of the tasks behind them, as the SQL promises none. */
export function messagesForClient(engine: Engine, rows: readonly Row[]): object[] {
  const sorted = rows.map((row) => ({ row, place: placeOf(engine, row.enqueued_at as number, row.message) }));
  return sorted.sort((a, b) => compare(a.place, b.place)).map(({ row }) => messageForClient(row));
}

/** What was started, and which attempt at each task it is. */
export function tasksForClient(
  engine: Engine,
  rows: readonly Row[],
): { tasks: object[]; keys: AttemptKey[] } {
  const messages = engine.queue.queueIn(engine.state)!.messages;
  const sorted = rows
    .map((row) => ({ row, place: placeOf(engine, messages.get(row.msg_id as number)!.enqueued_at, row) }))
    .sort((a, b) => compare(a.place, b.place))
    .map(({ row }) => row);
  return {
    tasks: sorted.map(({ flow_slug, run_id, step_slug, input, msg_id, task_index }) => ({
      flow_slug,
      run_id,
      step_slug,
      input: copyOf(input),
      msg_id: String(msg_id),
      task_index,
    })),
    keys: sorted.map((row) => keyOf(engine, row as unknown as TaskKey)),
  };
}

function keyOf(engine: Engine, { run_id, step_slug, task_index }: TaskKey): AttemptKey {
  const states = engine.state.runs.get(run_id)!.step_states;
  const { tasks } = states.find((state) => state.step_slug === step_slug)!;
  return { run_id, step_slug, task_index, attempt: tasks[task_index]!.attempts_count };
}

/** What was sent first, then by run, by step as the flow defines them, by element. */
function placeOf(engine: Engine, enqueuedAt: number, task: unknown): readonly number[] {
  const { run_id, step_slug, task_index } = task as TaskKey;
  return [enqueuedAt, engine.numberOf(run_id), engine.flow.steps.get(step_slug)?.index ?? 0, task_index];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}

export function runForClient(run: Run): object {
  const { started_at, completed_at, failed_at, input, output, ...row } = runRow(run);
  const date = (instant: number | null) => (instant === null ? null : new Date(instant));
  return {
    ...row,
    input: copyOf(input),
    output: copyOf(output ?? null),
    started_at: date(started_at),
    completed_at: date(completed_at),
    failed_at: date(failed_at),
  };
}
