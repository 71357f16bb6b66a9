/** State as the rows that SQL returns: the columns of each table, in their order. */
import type { Message } from '../../pgmq/state.ts';
import * as shared from '../shared/rows.ts';
import type { MessageRecord, Run, Step, StepTask } from './state.ts';

export { depRow, flowRow, runRow, stepStateRow } from '../shared/rows.ts';

export const stepRow = (flow_slug: string, step: Step) => shared.stepRow(flow_slug, step, 'single');

export const stepTaskRow = (run: Run, task: StepTask) => shared.stepTaskRow(run, task.step_slug, 0, task);

/** What `read_with_poll` returns, five values put into the columns of a type by position. */
export function messageRow(read: Message, messageRecord: MessageRecord) {
  const { msg_id, read_ct, enqueued_at, vt, message } = read;
  const first = { msg_id, read_ct, enqueued_at };
  if (messageRecord === 'as in pgmq 1.4') return { ...first, vt, message };
  // Only a message that is SQL NULL gets this far: it stands in `vt`, and nothing in the columns behind.
  return { ...first, last_read_at: vt, vt: null, message: undefined, headers: undefined };
}
