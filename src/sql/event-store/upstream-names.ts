/**
 * What fstore-sql names its rules and triggers, by table: they do what those of our schema do, so a schema that has them
 * adds nothing. The functions of its triggers are told by what they return.
 */
import type { Definition } from '../definitions.ts';

const names: Readonly<Record<'rule' | 'trigger', Readonly<Record<string, readonly string[]>>>> = {
  rule: {
    deciders: ['ignore_delete_decider_events', 'ignore_update_decider_events'],
    events: ['ignore_delete_events', 'ignore_update_events'],
  },
  trigger: {
    events: [
      't_check_final_event_for_decider',
      't_check_first_event_for_decider',
      't_check_previous_id_in_same_decider',
      't_on_insert_on_events',
    ],
    views: ['t_before_update_views_table', 't_on_insert_or_update_on_views'],
    locks: ['t_before_update_locks_table'],
  },
};

export const upstreamRulesAndTriggers: readonly Definition[] = Object.entries(names).flatMap(
  ([kind, tables]) =>
    Object.entries(tables).flatMap(([name, attached]) =>
      attached.map(
        (each): Definition => ({
          verb: 'create',
          kind,
          schema: 'public',
          name,
          attached: each,
          statement: '',
        }),
      ),
    ),
);
