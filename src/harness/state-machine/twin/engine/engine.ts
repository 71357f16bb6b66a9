/** The executor at work: the model, its clock, and the log of what happened. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Circumstances, Result, Row } from '../../../../model/kernel/transition.ts';
import type { StatesLanguageCommand } from '../../../../model/state-machine/states-language/commands.ts';
import type { Happening } from '../../../../model/state-machine/states-language/executing/happenings.ts';
import type { Answer, Question } from '../../../../model/state-machine/states-language/executing/jsonata.ts';
import type {
  Execution,
  StatesLanguageState,
} from '../../../../model/state-machine/states-language/executing/state.ts';
import { statesLanguageOf } from '../../../../model/state-machine/states-language/machine.ts';
import { Clockwork, type Otherwise } from '../../../twin/clockwork.ts';
import { OpenCalls } from '../../../twin/open-calls.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import { uuids } from './chance.ts';
import { Expressions } from './jsonata.ts';
import { hash, language } from './language.ts';

const machine = statesLanguageOf(language);

/** At one instant: more, and a machine goes round without end. */
const mostMessages = 25_000;

/** Something that happened, and when. */
export type Told =
  | { readonly at: Instant; readonly what: 'deed'; readonly execution: number; readonly happening: Happening }
  | {
      readonly at: Instant;
      readonly what: 'status';
      readonly execution: number;
      readonly status: Execution['status'];
      readonly before: Execution;
      readonly after: Execution;
    };

/** The id of a task begins with the number of its execution. */
const executionOf = (command: StatesLanguageCommand): number =>
  'task_id' in command ? Number.parseInt(command.task_id, 10) : Number.NaN;

/** A uuid is drawn where one is asked for. */
class Drawing implements Circumstances {
  readonly now: Instant;
  readonly #draw: () => string;
  #uuid: string | undefined;

  constructor(now: Instant, draw: () => string) {
    this.now = now;
    this.#draw = draw;
  }

  get uuid(): string {
    this.#uuid ??= this.#draw();
    return this.#uuid;
  }
}

export interface EngineOptions {
  /** Of the machine. */
  readonly name: string;
  readonly startedAt: Instant;
  /** Milliseconds of real time. */
  readonly handlerTimeout: number;
  /** In thousandths. */
  readonly jitter: number;
  readonly seed: number;
  /** Whether a state of the machine is written in JSONata. */
  readonly isJsonata: boolean;
}

export class Engine {
  readonly options: EngineOptions;
  readonly clock: Clockwork;
  readonly commands: { readonly atMs: number; readonly command: StatesLanguageCommand }[] = [];
  readonly told: Told[] = [];
  readonly warnings: string[] = [];
  readonly #uuid: () => string;
  readonly #expressions: Expressions;
  /** Executions with something in their queues. */
  readonly #busy = new Set<number>();
  #state: StatesLanguageState = machine.initialState;

  constructor(options: EngineOptions, otherwise: Otherwise) {
    this.options = options;
    this.clock = new Clockwork(options.startedAt, new OpenCalls(options.handlerTimeout), otherwise);
    this.#uuid = uuids(options.seed);
    this.#expressions = new Expressions({ hash, uuid: this.#uuid, now: () => this.now });
  }

  get now(): Instant {
    return this.clock.now;
  }
  get state(): StatesLanguageState {
    return this.#state;
  }

  /** One command. @throws SimulationError where it is refused */
  execute(command: StatesLanguageCommand): readonly Row[] {
    const { now } = this;
    const before = this.#state;
    const { state, result, happenings } = machine.transition(before, command, new Drawing(now, this.#uuid));
    this.#state = state;
    this.#look(command, result);
    this.commands.push({ atMs: now - this.options.startedAt, command });
    for (const happening of happenings) {
      this.told.push({ at: now, what: 'deed', execution: happening.execution, happening });
    }
    if (!result.ok)
      throw new SimulationError(result.refusal.message ?? `refused: ${result.refusal.sqlstate}`);
    return result.rows;
  }

  /** Who has something to do by it. */
  #look(command: StatesLanguageCommand, result: Result): void {
    const { executions } = this.#state;
    if (command.type === 'tick') {
      for (const { execution, queue } of executions.values()) if (queue.size > 0) this.#busy.add(execution);
      return;
    }
    const [row] = result.ok ? result.rows : [];
    const execution =
      'execution' in command ? command.execution : Number(row?.execution ?? executionOf(command));
    if ((executions.get(execution)?.queue.size ?? 0) > 0) this.#busy.add(execution);
  }

  /** The same, of one execution, whose status may change by it. */
  executeFor(execution: number, command: StatesLanguageCommand): readonly Row[] {
    const before = this.#state.executions.get(execution);
    const rows = this.execute(command);
    const after = this.#state.executions.get(execution);
    if (before && after && before.status !== after.status) {
      const { status } = after;
      this.told.push({ at: this.now, what: 'status', execution, status, before, after });
    }
    return rows;
  }

  /** Whether an execution has something in its queue. */
  get hasMessages(): boolean {
    return this.#busy.size > 0;
  }

  /** Executions carry out what is in their queues, which takes no time. */
  async carryOut(): Promise<void> {
    let count = 0;
    // A set is walked on while it grows.
    for (const execution of this.#busy) {
      this.#busy.delete(execution);
      await this.#deliver(execution);
      if (++count > mostMessages) this.#endless(execution);
    }
  }

  /** As often as an expression is asked for; the last time, it knows all that it needs. */
  async #deliver(execution: number): Promise<void> {
    const command = { type: 'deliver', execution, jitter: this.options.jitter } as const;
    const answers: Answer[] = [];
    for (;;) {
      const given = answers.length === 0 ? command : { ...command, answers };
      const question = this.#asks(given);
      if (!question) break;
      answers.push(await this.#expressions.answer(question));
    }
    this.executeFor(execution, answers.length === 0 ? command : { ...command, answers });
  }

  /** What it needs to know. Machines in JSONPath never do. */
  #asks(command: StatesLanguageCommand): Question | undefined {
    if (!this.options.isJsonata) return undefined;
    const { result } = machine.transition(this.#state, command, new Drawing(this.now, this.#uuid));
    const [row] = result.ok ? result.rows : [];
    return row?.outcome === 'asks' ? (row.question as Question) : undefined;
  }

  #endless(execution: number): never {
    const last = this.told
      .slice(-6)
      .map((told) => (told.what === 'deed' ? told.happening.state : ''))
      .filter((state) => state !== '');
    throw new SimulationError(
      `execution ${execution} goes round without end at one instant, through ${[...new Set(last)].sort().join(', ')}: put a Wait in it, or a way out`,
    );
  }
}
