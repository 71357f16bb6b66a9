/** Plays commands on the model of a release, one after the other, and keeps every step of the way. */

import type { AnyCommand } from '../../src/harness/contract/command.ts';
import type { TestedRelease } from '../../src/harness/contract/engine.ts';
import { startOf, type Trace, type TraceEntry } from '../../src/harness/contract/trace.ts';
import type { Instant } from '../../src/model/kernel/instant.ts';
import type { Result, Row } from '../../src/model/kernel/transition.ts';

/** Virtual time that passes between two commands, in milliseconds. */
export interface Wait {
  readonly type: 'wait';
  readonly ms: number;
}

export const wait = (ms: number): Wait => ({ type: 'wait', ms });

/** One command with the states on either side of it. */
export interface Executed<State, Command> {
  readonly command: Command;
  readonly before: State;
  readonly after: State;
  readonly now: Instant;
  readonly uuid: string;
  readonly finishedAt: Instant;
  readonly result: Result;
  readonly reached: readonly string[];
}

export interface Played<State, Command> {
  readonly steps: readonly Executed<State, Command>[];
  /** What each command gave, by its position among the commands. */
  readonly results: readonly Result[];
  readonly state: State;
  /** When the last command had ended and the last wait was over. */
  readonly now: Instant;
}

/** A machine, and the ids that the server would draw for it. */
type Playable<State, Command extends AnyCommand> = Pick<TestedRelease<State, Command>, 'machine' | 'uuid'>;

export const startedAt: Instant = Date.parse('2030-01-01T00:00:00.000Z');

/** Each command begins when the one before it has ended. */
export function play<State, Command extends AnyCommand>(
  release: Playable<State, Command>,
  script: readonly (Command | Wait)[],
): Played<State, Command> {
  const stage = new Stage(release);
  for (const item of script) {
    if (isWait(item)) stage.now += item.ms;
    else stage.execute(item);
  }
  const { steps, state, now } = stage;
  return { steps, results: steps.map((step) => step.result), state, now };
}

/** The steps of a trace; an entry whose time has passed while another waited begins when that has ended. */
export function follow<State, Command extends AnyCommand>(
  release: Playable<State, Command>,
  trace: Trace<Command>,
): readonly Executed<State, Command>[] {
  const stage = new Stage(release);
  for (const { at, command } of trace.commands) {
    stage.now = Math.max(stage.now, startOf(trace) + at);
    stage.execute(command);
  }
  return stage.steps;
}

/** A release's machine with its state and its clock. */
export class Stage<State, Command extends AnyCommand> {
  readonly steps: Executed<State, Command>[] = [];
  state: State;
  now: Instant = startedAt;
  readonly #release: Playable<State, Command>;
  readonly #entries: TraceEntry<Command>[] = [];

  constructor(release: Playable<State, Command>) {
    this.#release = release;
    this.state = release.machine.initialState;
  }

  execute(command: Command): Executed<State, Command> {
    const { state: before, now } = this;
    const { machine, uuid: drawn } = this.#release;
    this.#entries.push({ at: now - startedAt, command });
    const uuid = drawn(this.#entries, this.#entries.length - 1);
    const outcome = machine.transition(before, command, { now, uuid });
    const { state: after, result, finishedAt, reached } = outcome;
    const step = { command, before, after, now, uuid, finishedAt, result, reached };
    this.steps.push(step);
    this.state = after;
    this.now = finishedAt;
    return step;
  }
}

const isWait = (item: AnyCommand): item is Wait => item.type === 'wait';

/** The rows of a result that is expected to have some. */
export function rowsOf(result: Result | undefined): readonly Row[] {
  if (result?.ok) return result.rows;
  throw new Error(`expected rows: ${JSON.stringify(result)}`);
}

/** The SQLSTATE of a refusal, and what it names; nothing where the command was carried out. */
export function refusalOf(result: Result | undefined): readonly (string | undefined)[] | undefined {
  if (!result || result.ok) return undefined;
  const { sqlstate, constraint, column } = result.refusal;
  return [sqlstate, constraint ?? column].filter((part) => part !== undefined);
}
