import type { Circumstances, Transition } from './transition.ts';

/** An engine as a pure state machine: the executable specification of one release. */
export interface Machine<State, Command extends { readonly type: string }, Event> {
  readonly initialState: State;
  /** Executes one command. Pure: the same arguments give the same outcome, and `state` is left as it was. */
  transition(state: State, command: Command, circumstances: Circumstances): Transition<State, Event>;
  /** Laws that hold in every reachable state. */
  readonly invariants: readonly Invariant<State>[];
  /** One line for a person: the command as the SQL that would be typed. */
  describe(command: Command): string;
  /** Every branch that `Transition.reached` can name but the rare ones, so that one that was never reached can be told. */
  readonly witnesses: readonly string[];
  /** Those that only samples of thousands of commands reach: they are known, and asked of no campaign. */
  readonly rareWitnesses?: readonly string[];
}

export interface Invariant<State> {
  /** A sentence about the engine. */
  readonly title: string;
  /** What breaks the law, or nothing where it holds. */
  violation(state: State): string | undefined;
}
