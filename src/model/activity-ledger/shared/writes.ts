/** The writes of one process, each of them a transaction, after any of which it can end. */
import type { SqlError } from '../../kernel/sql-error.ts';
import type { Protocol } from './protocol.ts';
import { attempt, Refusal } from './refusal.ts';
import { type Draft, stateOf } from './state.ts';

/** That a process ends is asked for. */
const ended: SqlError = { sqlstate: 'LED01', message: 'the process has ended' };

export interface Process {
  readonly draft: Draft;
  readonly protocol: Protocol;
  /** How many writes are left; infinite where nobody ends it. */
  left: number;
  /** What the ledger of the activity was when it was entered. */
  entered: number | null;
}

export const processOf = (draft: Draft, protocol: Protocol, crash_after: number | undefined): Process => ({
  draft,
  protocol,
  left: crash_after ?? Infinity,
  entered: null,
});

/** Whoever ends after its last write does not come to what is no write: to acknowledge a message, or to answer. */
export function outlast({ left }: Process): void {
  if (left === 0) throw new Refusal(ended, true);
}

/** One transaction: nothing of it is there where the process has ended before, or where it is refused. */
export function write<T>(process: Process, work: (draft: Draft) => T): T {
  const { draft } = process;
  outlast(process);
  process.left--;
  const before = stateOf(draft);
  // What was there is not edited in place.
  draft.owner = {};
  const done = attempt(() => work(draft));
  if (!(done instanceof Refusal)) return done;
  const { lastMessage, lastTimer, lastGeneration } = draft;
  // Sequences do not roll back.
  Object.assign(draft, before, { lastMessage, lastTimer, lastGeneration });
  throw new Refusal(done.error, true);
}
