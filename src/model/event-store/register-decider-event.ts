/** `register_decider_event`. */
import { notNullViolation, uniqueViolation } from '../kernel/sql-error.ts';
import type { RegisterDeciderEvent } from './commands.ts';
import type { Decision } from './decider.ts';
import { done, refuse } from './outcome.ts';
import { type EventStoreState, isRegistered } from './state.ts';

/** A kind of event that a decider may publish from now on; each can be registered once. */
export function registerDeciderEvent(state: EventStoreState, command: RegisterDeciderEvent): Decision {
  const { v_decider, v_event, v_description, v_event_version = 1 } = command;
  if (v_decider === null) return refuse(command.type, notNullViolation('decider'));
  if (v_event === null) return refuse(command.type, notNullViolation('event'));
  if (v_event_version === null) return refuse(command.type, notNullViolation('event_version'));
  if (v_description === null) return refuse(command.type, notNullViolation('description'));
  const row = {
    decider: v_decider,
    event: v_event,
    event_version: v_event_version,
    description: v_description,
  };
  if (isRegistered(state, row)) return refuse(command.type, uniqueViolation('deciders_pkey'));
  return done([row], [{ type: 'decider_event_registered', row }], ['register_decider_event/registered']);
}
