/** The store as a decider of its own: what is decided about a command, and how each fact changes the state. */
import type { Instant } from '../kernel/instant.ts';
import type { Result } from '../kernel/transition.ts';
import type { EventStoreStatement } from './commands.ts';
import { decide } from './decide.ts';
import type { AsDocumented } from './deviations.ts';
import { apply } from './evolve.ts';
import type { Fact } from './facts.ts';
import type { IdType } from './ids.ts';
import { type EventStoreState, initialState } from './state.ts';

/** What is the same for everything that is decided in one transaction. */
export interface Setting {
  /** `NOW()`: when the transaction began. */
  readonly now: Instant;
  /** Its number among the transactions that leave events. */
  readonly transaction: number;
  readonly idType: IdType;
  /** Deviations in which the documentation is followed. */
  readonly asDocumented: AsDocumented;
}

/** What comes of a command. */
export interface Decision {
  /** In their order. After a refusal only what no refusal undoes: an offset that was drawn. */
  readonly facts: readonly Fact[];
  readonly result: Result;
  /** Branches by name: see `Machine.witnesses`. */
  readonly reached: readonly string[];
}

export interface Decider<Command, State, Event> {
  decide(command: Command, state: State, setting: Setting): Decision;
  evolve(state: State, event: Event): State;
  readonly initialState: State;
}

export const eventStoreDecider: Decider<EventStoreStatement, EventStoreState, Fact> = {
  decide,
  evolve(state, fact) {
    const draft = { ...state };
    apply(draft, fact, {});
    return draft;
  },
  initialState,
};
