/** Rows that cannot be changed: the rules on `events` and `deciders`, and the one way past them. */
import type { SqlError } from '../kernel/sql-error.ts';
import type { Decision, Setting } from './decider.ts';
import { done, refuse } from './outcome.ts';
import type { EventStoreState } from './state.ts';

/** A rule that does nothing instead has nothing to return. */
const featureNotSupported: SqlError = { sqlstate: '0A000' };

/** Refused as soon as the statement is read, before its parameters are. */
export function cannotReturn(command: { readonly returning?: boolean | undefined }): Decision | undefined {
  return command.returning ? refuse(featureNotSupported) : undefined;
}

export const unchanged: Decision = done([], [], ['unchanged']);

/** Surprise: no rule stands against TRUNCATE. Locks stay as they are, and so does the sequence. */
export function truncateEvents(state: EventStoreState, { asDocumented }: Setting): Decision {
  if (asDocumented.has('immutable-events-can-be-truncated')) return done([], [], ['nothing']);
  return done([], [{ type: 'events_truncated' }], [state.events.size > 0 ? 'truncated' : 'nothing']);
}
