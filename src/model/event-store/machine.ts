/** The event store as two machines: deciders have uuids as ids, or any text. */
import { describeCall } from '../kernel/describe.ts';
import type { Machine } from '../kernel/machine.ts';
import type { EventStoreCommand } from './commands.ts';
import type { AsDocumented } from './deviations.ts';
import type { Fact } from './facts.ts';
import type { IdType } from './ids.ts';
import { invariants } from './invariants.ts';
import { jsonbParameters } from './signatures.ts';
import { type EventStoreState, initialState } from './state.ts';
import { transitionOf } from './transition.ts';
import { witnessesOf } from './witnesses.ts';

export type EventStoreMachine = Machine<EventStoreState, EventStoreCommand, Fact>;

/** Does what the documentation says in these deviations, and what the SQL does in all others. */
export function eventStoreAsDocumented(idType: IdType, asDocumented: AsDocumented): EventStoreMachine {
  return {
    initialState,
    transition: transitionOf(idType, asDocumented),
    invariants,
    describe,
    witnesses: witnessesOf(idType),
  };
}

/** Does what the SQL does. */
export const eventStoreUuid: EventStoreMachine = eventStoreAsDocumented('uuid', new Set());
export const eventStoreText: EventStoreMachine = eventStoreAsDocumented('text', new Set());

function describe(command: EventStoreCommand): string {
  if (command.type === 'transaction') return `begin; ${command.commands.map(describe).join('; ')}; commit`;
  const { type, ...values } = command;
  const [verb, table] = byHand[type as keyof typeof byHand] ?? [];
  if (verb === undefined) return describeCall('public', command, jsonbParameters);
  const written = Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return `${verb} public.${table}${written.length > 0 ? `: ${written.join(', ')}` : ''}`;
}

/** Commands that are no function's. */
const byHand = {
  insert_event: ['insert into', 'events'],
  update_view: ['update', 'views'],
  delete_view: ['delete from', 'views'],
  update_event: ['update', 'events'],
  delete_event: ['delete from', 'events'],
  update_decider: ['update', 'deciders'],
  delete_decider: ['delete from', 'deciders'],
  truncate_events: ['truncate', 'events'],
} as const;
