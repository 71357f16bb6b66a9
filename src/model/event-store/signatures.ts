/** The parameters of each command in the order of its SQL, and which of them are of a type that text may not be. */
import type { ParameterNames } from '../kernel/signature.ts';
import type { EventStoreStatement } from './commands.ts';

export const jsonbParameters: ReadonlySet<string> = new Set(['v_data', 'data']);

/** Parameters of type uuid in both schemas; `decider_id` is one in that with uuids. */
export const uuidParameters: ReadonlySet<string> = new Set([
  'v_event_id',
  'v_command_id',
  'v_previous_id',
  'event_id',
  'command_id',
  'previous_id',
]);
export const deciderIdParameters: ReadonlySet<string> = new Set(['v_decider_id', 'decider_id']);

const event = [
  'event',
  'event_id',
  'decider',
  'decider_id',
  'data',
  'command_id',
  'previous_id',
  'event_version',
] as const;

export const parameterNames: ParameterNames<EventStoreStatement> = {
  register_decider_event: ['v_decider', 'v_event', 'v_description', 'v_event_version'],
  append_event: event.map((name) => `v_${name}` as const),
  insert_event: [...event, 'final'],
  get_events: ['v_decider_id', 'v_decider'],
  get_last_event: ['v_decider_id', 'v_decider'],
  register_view: ['v_view', 'v_start_at', 'v_lock_timeout_s', 'v_pooling_delay_s', 'v_edge_function_url'],
  stream_events: ['v_view_name', 'v_limit', 'v_seconds'],
  ack_event: ['v_view', 'v_decider_id', 'v_offset'],
  nack_event: ['v_view', 'v_decider_id'],
  schedule_nack_event: ['v_view', 'v_decider_id', 'v_milliseconds'],
  update_view: ['view', 'lock_timeout_s'],
  delete_view: ['view'],
  update_event: ['event_id', 'final', 'returning'],
  delete_event: ['event_id', 'returning'],
  update_decider: ['decider', 'description', 'returning'],
  delete_decider: ['decider', 'returning'],
  truncate_events: [],
};
