/**
 * The real SQL beside the model: a database of its own for each simulation, on which each command is executed as well,
 * at the same virtual instant. Opened with the first command, for whoever asks for it.
 */
import type { Instant } from '../../model/kernel/instant.ts';
import type { Query, SqlDriver } from '../../sql/driver.ts';
import { SimulationError } from './simulation-error.ts';

export interface SecondBackendOptions {
  /** Databases of the same name have the same SQL installed, and are used again. */
  readonly name: string;
  /** The virtual instant at which the database's clock starts. */
  readonly startedAt: Instant;
  /** What an error calls the one that it belongs to: `the simulation`. */
  readonly owner: string;
  /** A new database with the SQL installed. */
  open(): Promise<SqlDriver>;
  /** Statements after which nothing is left of another simulation. */
  reset(): Promise<readonly Query[]>;
  /** Called once, on a database that was just reset. */
  prepare?(driver: SqlDriver): Promise<void>;
}

/** Databases that nobody uses at the moment, by name; opening one takes a second and some hundred megabytes. */
const idle = new Map<string, SqlDriver[]>();

export class SecondBackend {
  readonly #options: SecondBackendOptions;
  #opening: Promise<SqlDriver> | undefined;
  /** Commands take their turns. */
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  /** A command that came to no good end leaves a database that nobody else should get. */
  #isSound = true;

  constructor(options: SecondBackendOptions) {
    this.#options = options;
  }

  /** When it is its turn. Once something has failed, everything behind it fails as that did. */
  async use<T>(act: (driver: SqlDriver) => Promise<T>): Promise<T> {
    if (this.#isClosed) {
      throw new SimulationError(
        `${this.#options.owner} is closed and has no database any more: create a new one`,
      );
    }
    const turn = this.#last.then(async () => {
      this.#isSound = false;
      this.#opening ??= this.#open();
      const answer = await act(await this.#opening);
      this.#isSound = true;
      return answer;
    });
    this.#last = turn;
    return turn;
  }

  async #open(): Promise<SqlDriver> {
    const { name, startedAt, open, reset, prepare } = this.#options;
    const queries = await reset();
    const driver = idle.get(name)?.pop() ?? (await open());
    try {
      // The clock starts anew.
      const { results } = await driver.run({ at: startedAt, restartClock: true, queries });
      for (const result of results.flatMap((each) => (each.kind === 'expanded' ? each.sets : [each]))) {
        if (result.kind === 'failure') {
          throw new SimulationError(`the database cannot be reset: ${result.message}`);
        }
      }
      await prepare?.(driver);
      return driver;
    } catch (error) {
      await driver.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last.catch(() => undefined);
    // Taken before it is waited for: whoever closes at the same time must not hand on the same database.
    const opening = this.#opening;
    this.#opening = undefined;
    const driver = await opening?.catch(() => undefined);
    if (driver === undefined) return;
    if (!this.#isSound) return driver.close();
    const { name } = this.#options;
    idle.set(name, [...(idle.get(name) ?? []), driver]);
  }
}

/** Throws {@link SimulationError} that says what keeps the database from opening. */
export function cannotBeOpened(why: string): never {
  throw new SimulationError(`the backend 'pglite' cannot be opened: ${why}`);
}
