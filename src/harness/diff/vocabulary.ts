/** The commands that both sides can be asked: who lacks a function is not asked it, who lacks a parameter is spared it. */
import { ZodError } from 'zod';
import type { Query, QueryResult, SqlDriver } from '../../sql/driver.ts';
import type { AnyCommand } from '../contract/command.ts';
import { type Both, type SideName, sideNames } from '../contract/diff.ts';
import type { CommandFormat } from '../contract/model.ts';
import type { SqlFacet } from '../contract/sql.ts';

/** A command of a shape that nobody has asked the sides about: {@link SharedVocabulary.learn} does. */
export class UnknownShape extends Error {
  readonly command: AnyCommand;
  constructor(command: AnyCommand) {
    super(`not asked yet: ${command.type}`);
    this.command = command;
  }
}

/** Parameters that are kept of a shape; nothing where the command cannot be asked at all. */
type Plan = ReadonlySet<string> | undefined;

/** What it takes to ask a command and to tell whether it is one. */
type CommandsOfBoth = Pick<SqlFacet<AnyCommand>, 'call'> & Pick<CommandFormat<AnyCommand>, 'parseCommand'>;

export class SharedVocabulary {
  readonly #release: CommandsOfBoth;
  readonly #drivers: Both<SqlDriver>;
  readonly #at: number;
  readonly #plans = new Map<string, Plan>();
  readonly #prepared = new Map<string, Both<boolean>>();

  constructor(release: CommandsOfBoth, drivers: Both<SqlDriver>, at: number) {
    this.#release = release;
    this.#drivers = drivers;
    this.#at = at;
  }

  /** The command as both sides take it, or nothing. Throws {@link UnknownShape}. */
  adapt(command: AnyCommand): AnyCommand | undefined {
    const shape = shapeOf(command);
    if (!this.#plans.has(shape)) throw new UnknownShape(command);
    const keep = this.#plans.get(shape);
    return keep && only(command, keep);
  }

  /** As `work`, which may throw {@link UnknownShape}, with every shape learned that it comes upon. */
  async knowing<T>(work: () => T): Promise<T> {
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof UnknownShape)) throw error;
        await this.learn(error.command);
      }
    }
  }

  /** Finds out which parameters of such a command both sides have. */
  async learn(command: AnyCommand): Promise<void> {
    const named = parametersOf(command);
    const optional = named.filter((name) => this.#isValid(only(command, without(named, name))));
    let kept = new Set(named);
    if (!(await this.#bothCan(command))) {
      kept = new Set(named.filter((name) => !optional.includes(name)));
      for (const name of optional) {
        const more = new Set([...kept, name]);
        if (await this.#bothCan(only(command, more))) kept = more;
      }
    }
    const isAskable = this.#isValid(only(command, kept)) && (await this.#bothCan(only(command, kept)));
    this.#plans.set(shapeOf(command), isAskable ? kept : undefined);
  }

  /** Whether that side has the function, the parameters or the columns that the command's statement names. */
  async can(side: SideName, command: AnyCommand): Promise<boolean> {
    return (await this.#ask(command))[side];
  }

  /** What was wanted and could not be asked: `start_tasks`, `add_step(start_delay)`. */
  get missing(): string[] {
    const missing = new Set<string>();
    for (const [shape, kept] of this.#plans) {
      const [type, ...parameters] = shape.split(' ');
      if (kept === undefined) missing.add(type!);
      else for (const each of parameters) if (!kept.has(each)) missing.add(`${type}(${each})`);
    }
    return [...missing].sort();
  }

  async #bothCan(command: AnyCommand): Promise<boolean> {
    const { from, to } = await this.#ask(command);
    return from && to;
  }

  /** Preparing a statement looks up every function, parameter, table and column in it, and executes nothing. */
  async #ask(command: AnyCommand): Promise<Both<boolean>> {
    const { text, transaction } = this.#release.call(command);
    if (transaction) return this.#askTogether(transaction);
    return this.#askOne(text);
  }

  /** What can be asked in one transaction is what can be asked by itself. */
  async #askTogether(queries: readonly Query[]): Promise<Both<boolean>> {
    let [from, to] = [true, true];
    for (const { text } of queries) {
      const answer = await this.#askOne(text);
      from &&= answer.from;
      to &&= answer.to;
    }
    return { from, to };
  }

  async #askOne(text: string): Promise<Both<boolean>> {
    let answer = this.#prepared.get(text);
    if (!answer) {
      const queries = [{ text: `prepare pgtwin_probe as ${text}` }, { text: 'deallocate pgtwin_probe' }];
      const asked = sideNames.map((side) => this.#drivers[side].run({ at: this.#at, queries }));
      const [from, to] = (await Promise.all(asked)).map(({ results }) => !isMissing(results[0]!));
      answer = { from: from!, to: to! };
      this.#prepared.set(text, answer);
    }
    return answer;
  }

  #isValid(command: AnyCommand): boolean {
    try {
      this.#release.parseCommand(command);
      return true;
    } catch (error) {
      if (error instanceof ZodError || (error as Error).name === '$ZodError') return false;
      throw error;
    }
  }
}

/** A schema, a table, a column, or a function with such parameters. */
const lookedUp: ReadonlySet<string> = new Set(['3F000', '42P01', '42703', '42883', '42725']);

/** Whether a statement names what is not there. Not every statement can be prepared, and one may be refused for itself. */
const isMissing = (result: QueryResult) => result.kind === 'failure' && lookedUp.has(result.sqlstate);

function parametersOf(command: AnyCommand): string[] {
  return Object.entries(command)
    .filter(([name, value]) => name !== 'type' && value !== undefined)
    .map(([name]) => name)
    .sort();
}

const shapeOf = (command: AnyCommand) => [command.type, ...parametersOf(command)].join(' ');

const without = (names: readonly string[], name: string) => new Set(names.filter((each) => each !== name));

function only(command: AnyCommand, keep: ReadonlySet<string>): AnyCommand {
  const kept = Object.entries(command).filter(([name]) => name === 'type' || keep.has(name));
  return Object.fromEntries(kept) as unknown as AnyCommand;
}
