/** Rows that cannot be changed: the rules on `events` and `deciders`, and the one way past them. */
import { isRefusal } from '../kernel/outcome.ts';
import type { SqlError } from '../kernel/sql-error.ts';
import { bind } from './binding.ts';
import type { EventStoreStatement } from './commands.ts';
import type { Decision, Setting } from './decider.ts';
import type { IdType } from './ids.ts';
import { branchOf, done, refuse } from './outcome.ts';
import type { EventStoreState } from './state.ts';

/** A rule that does nothing instead has nothing to return. */
const featureNotSupported: SqlError = { sqlstate: '0A000' };

/** What a rule stands against. */
export type Guarded = Extract<EventStoreStatement, { readonly returning?: boolean | undefined }>;

/** A statement that asks for rows is refused as soon as it is read, before its parameters are. */
export function changeNothing(command: Guarded, idType: IdType): Decision {
  const { type } = command;
  if (command.returning) return refuse(type, featureNotSupported);
  const bound = bind(command, idType);
  return isRefusal(bound) ? refuse(type, bound) : done([], [], [branchOf(type, 'unchanged')]);
}

/** Surprise: no rule stands against TRUNCATE. Locks stay as they are, and so does the sequence. */
export function truncateEvents(state: EventStoreState, { asDocumented }: Setting): Decision {
  if (asDocumented.has('immutable-events-can-be-truncated')) return done([], [], ['truncate_events/nothing']);
  const reached = state.events.size > 0 ? 'truncate_events/truncated' : 'truncate_events/nothing';
  return done([], [{ type: 'events_truncated' }], [reached]);
}
