/** The database at work: the model, its clock, and the log of what was executed. */
import type { DagCascadeCommand } from '../../../../model/dag-cascade/commands.ts';
import { dagCascade } from '../../../../model/dag-cascade/machine.ts';
import type { DagCascadeState } from '../../../../model/dag-cascade/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import { Clockwork, type Otherwise } from '../../../twin/clockwork.ts';
import type { PostgresError } from '../../../twin/database-error.ts';
import { OpenCalls } from '../../../twin/open-calls.ts';
import type { By, Entry, Note } from './log.ts';
import { errorOf } from './words.ts';

/** Nothing here draws one. */
const uuid = '00000000-0000-4000-8000-000000000000';

/** What a command comes to. Where the SQL promises no order, it is the model's own. */
export const outcomeOf = (state: DagCascadeState, command: DagCascadeCommand, now: Instant) =>
  dagCascade.transition(state, command, { now, uuid });

export interface EngineOptions {
  readonly startedAt: Instant;
  /** Milliseconds of real time. */
  readonly handlerTimeout: number;
}

export class Engine {
  readonly startedAt: Instant;
  readonly handlerTimeout: number;
  readonly clock: Clockwork;
  readonly log: Entry[] = [];
  readonly warnings: string[] = [];
  /** Called after each command, with the state before it. */
  onCommand: (before: DagCascadeState) => void = () => {};
  #state: DagCascadeState = dagCascade.initialState;

  constructor({ startedAt, handlerTimeout }: EngineOptions, otherwise: Otherwise) {
    this.startedAt = startedAt;
    this.handlerTimeout = handlerTimeout;
    this.clock = new Clockwork(startedAt, new OpenCalls(handlerTimeout), otherwise);
  }

  get now(): Instant {
    return this.clock.now;
  }
  get state(): DagCascadeState {
    return this.#state;
  }

  /** @throws PostgresError where it is refused */
  execute(command: DagCascadeCommand, by: By): readonly Row[] {
    const before = this.#state;
    const { state, result } = outcomeOf(before, command, this.now);
    this.#state = state;
    this.log.push({ atMs: this.now - this.startedAt, command, by });
    this.onCommand(before);
    if (!result.ok) throw errorOf(result.refusal, command.type);
    return result.rows;
  }

  /** A statement that no command says, as a parameter of it cannot be read. */
  refuse(statement: string, error: PostgresError): never {
    this.note({ type: 'refused', statement, text: `${error.code} ${error.message}` });
    throw error;
  }

  note(note: Note): void {
    this.log.push({ atMs: this.now - this.startedAt, note });
  }
}
