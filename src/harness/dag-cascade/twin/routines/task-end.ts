/** How a task in the background ends, as the orchestrator is told over its connection. */
import type { DagCascadeCommand } from '../../../../model/dag-cascade/commands.ts';
import { wellFormed } from '../../../twin/parameters.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';

/** `failure`: what was thrown, if it was. */
export function endOf(task_id: number, failure: { readonly error: unknown } | undefined): DagCascadeCommand {
  return { type: 'task_ends', task_id, error: failure === undefined ? null : errorText(failure.error) };
}

/** No text of Postgres has U+0000; and the word by which success is told is an error of nobody. */
function errorText(thrown: unknown): string {
  const message = wellFormed(messageOfThrown(thrown)).replaceAll('\0', '\ufffd');
  return message === 'OK' ? 'ERROR: OK' : message;
}
