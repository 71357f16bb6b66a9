/** What comes of a message, or of a trigger. */
import type { Unfit } from './jobs.ts';
import { publish } from './messages.ts';
import type { Message } from './state.ts';
import { type Process, write } from './writes.ts';

/** Why a ledger turns a message away. */
export type Fault = 'missing' | 'duplicate' | 'invalid' | 'inactive' | 'forbidden' | 'exhausted';

/** Where a message enters or leaves. */
export type Leg = 1 | 2;
export type Stage = 'enter' | 'exit';

export type Outcome =
  | 'done'
  | 'failed'
  | 'duplicate-job'
  | 'overage'
  | 'no-hook'
  | 'no-message'
  | Unfit
  | Fault;

/** Whoever carries out a message fails, and an error comes back to its activity, as if that had answered so. */
export function failed(process: Process, message: Message, outcome: Outcome): Outcome {
  write(process, (draft) => {
    const { topic, jid, gid, aid, dad } = message;
    publish(draft, { kind: 'response', topic, jid, gid, aid, dad, status: 'error', code: 500 });
  });
  return outcome;
}
