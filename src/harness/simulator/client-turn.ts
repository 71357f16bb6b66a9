/** A call of a client in virtual time: it happens as an event, like everything else, and time is driven until it is done. */
import { DatabaseError } from './database.ts';
import type { Engine } from './engine.ts';

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** `undefined`: not done yet, and planned again by itself. */
type Act<T> = () => T | undefined | Promise<T | undefined>;

export class ClientTurn<T> {
  readonly #engine: Engine;
  readonly #act: Act<T>;
  #outcome: Outcome<T> | undefined;

  constructor(engine: Engine, act: Act<T>) {
    this.#engine = engine;
    this.#act = act;
  }

  /** @throws DatabaseError as the act does; anything else breaks the simulation. */
  async done(): Promise<T> {
    this.again(0);
    await this.#engine.clock.drive(() => this.#outcome !== undefined);
    const outcome = this.#outcome!;
    if (outcome.ok) return outcome.value;
    throw outcome.error;
  }

  /** Acts so many milliseconds of virtual time from now. */
  again(ms: number): void {
    this.#engine.after(ms, () => this.#try());
  }

  #try(): void | Promise<void> {
    const keep = (value: T | undefined) => {
      if (value !== undefined) this.#outcome = { ok: true, value };
    };
    const refuse = (error: unknown) => {
      if (!(error instanceof DatabaseError)) throw error;
      this.#outcome = { ok: false, error };
    };
    try {
      const value = this.#act();
      if (value instanceof Promise) return value.then(keep, refuse);
      keep(value);
    } catch (error) {
      refuse(error);
    }
  }
}
