/** One trace on the model, command by command, held against what the real side answered. */
import { ModelBug } from '../../model/kernel/assert.ts';
import type { Invariant } from '../../model/kernel/machine.ts';
import type { Circumstances, Result } from '../../model/kernel/transition.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ComparisonFacet } from '../contract/comparison.ts';
import type { ModelFacet } from '../contract/model.ts';
import type { Observation } from '../contract/observation.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import type { Answer, Known } from './answer.ts';
import {
  type AgreedBefore,
  compareInstants,
  compareObservations,
  compareResults,
  type Difference,
} from './comparison.ts';
import { toldOrder } from './told-order.ts';

/** Both sides just after a command, as they were compared. */
export interface Compared<Command> {
  /** Position of the command in the trace, from 0. */
  readonly position: number;
  readonly command: Command;
  /** When the statement started, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly model: SideAfter;
  readonly sql: SideAfter;
  /** The branches of the model that the command reached. */
  readonly reached: readonly string[];
  readonly differences: readonly Difference[];
  /** Whether nothing that is known shows what the SQL chose here: from here on nothing can be compared. */
  readonly isOpen: boolean;
}

export interface SideAfter {
  readonly result: Result;
  readonly finishedAt: number;
  readonly tables: Observation;
}

/** What an answer is held against. */
export type HeldRelease<State, Command extends AnyCommand> = ModelFacet<State, Command> &
  ComparisonFacet<Command>;

export interface ModelSideOptions {
  readonly known?: Known | undefined;
  /** Whether answers have the same objects again for what did not change. */
  readonly repeats?: boolean;
}

export class ModelSide<State, Command extends AnyCommand> {
  /** How often each branch was reached. */
  readonly reached = new Map<string, number>();
  readonly #release: HeldRelease<State, Command>;
  readonly #trace: Trace<Command>;
  readonly #laws: readonly Invariant<State>[];
  readonly #known: Known | undefined;
  readonly #startedAt: number;
  #state: State;
  #now: number;

  readonly #agreed: AgreedBefore | undefined;

  /** Where `known` is left out, an answer is known as a whole. */
  constructor(
    release: HeldRelease<State, Command>,
    trace: Trace<Command>,
    { known, repeats = false }: ModelSideOptions = {},
  ) {
    this.#agreed = repeats ? new WeakMap() : undefined;
    this.#release = release;
    this.#trace = trace;
    this.#known = known;
    this.#laws = [...release.machine.invariants, ...(release.invariants ?? [])];
    this.#state = release.machine.initialState;
    this.#startedAt = startOf(trace);
    this.#now = this.#startedAt;
  }

  /** Throws {@link ModelBug} where the model contradicts itself. */
  compare(answer: Answer, position: number): Compared<Command> {
    const release = this.#release;
    const { commands } = this.#trace;
    const { at, command } = commands[position]!;
    const startedAt = Math.max(this.#startedAt + at, this.#now);
    const known = this.#known;
    const told = known && toldOrder(release, command, answer.tables, known);
    const uuid = release.uuid(commands, position);
    const taken = (order: NonNullable<Circumstances['order']>) =>
      release.machine.transition(this.#state, command, { now: startedAt, uuid, order });
    let transition = taken(told?.order ?? release.order(command, answer.tables));
    const isOpen = told?.isOpen() === true;
    let tables = release.project(transition.state);
    let differences = isOpen ? [] : this.#differences(command, transition, tables, answer);
    if (differences.length > 0 && !told) {
      for (const order of release.otherOrders?.(command, answer.tables) ?? []) {
        const other = taken(order);
        const others = release.project(other.state);
        if (this.#differences(command, other, others, answer).length > 0) continue;
        [transition, tables, differences] = [other, others, []];
        break;
      }
    }
    if (!isOpen) {
      for (const branch of transition.reached) this.reached.set(branch, (this.reached.get(branch) ?? 0) + 1);
    }
    this.#checkLaws(transition.state, command);
    this.#state = transition.state;
    this.#now = transition.finishedAt;
    return {
      position,
      command,
      startedAt,
      model: { result: transition.result, finishedAt: transition.finishedAt, tables },
      sql: answer,
      reached: transition.reached,
      differences,
      isOpen,
    };
  }

  #differences(
    command: Command,
    { result, finishedAt }: Pick<SideAfter, 'result' | 'finishedAt'>,
    tables: Observation,
    answer: Answer,
  ): readonly Difference[] {
    const known = this.#known;
    const { comparison } = this.#release;
    const isResultKnown = known?.result(command.type) !== false;
    return [
      ...(isResultKnown ? compareResults(result, answer.result, comparison.resultIsOrdered(command)) : []),
      ...(known?.instants === false ? [] : compareInstants(finishedAt, answer.finishedAt)),
      ...compareObservations(
        known ? tablesIn(tables, known) : tables,
        answer.tables,
        comparison,
        this.#agreed,
      ),
    ];
  }

  /** The model breaking a law of its own is a bug of ours, whatever the SQL does. */
  #checkLaws(state: State, command: Command): void {
    for (const law of this.#laws) {
      const violation = law.violation(state);
      if (violation === undefined) continue;
      const after = this.#release.machine.describe(command);
      throw new ModelBug(`after ${after}: "${law.title}" does not hold: ${violation}`);
    }
  }
}

const tablesIn = (tables: Observation, known: Known): Observation =>
  new Map([...tables].filter(([name]) => known.table(name)));
