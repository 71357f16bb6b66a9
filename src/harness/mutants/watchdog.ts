/** A database that is ended where it does not answer: a planted bug may make it run for ever. */
import { type Batch, DriverError, type SqlDriver } from '../../sql/driver.ts';

/** Closed already once it was silent for too long; the caller then needs another. */
export class WatchedDriver implements SqlDriver {
  readonly #driver: SqlDriver;
  readonly #limitMs: number;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  #state: 'fine' | 'silent' | 'broken' = 'fine';

  /** `limitMs` is real time from one answer to the next; no ordinary command takes a hundredth of a second. */
  constructor(driver: SqlDriver, limitMs: number) {
    this.#driver = driver;
    this.#limitMs = limitMs;
  }

  get versions(): SqlDriver['versions'] {
    return this.#driver.versions;
  }

  /** `silent` where it did not answer in time, `broken` where it failed to otherwise. */
  get state(): 'fine' | 'silent' | 'broken' {
    return this.#state;
  }

  run(batch: Batch) {
    return this.#watch(() => this.#driver.run(batch));
  }

  script(sql: string, name?: string): Promise<void> {
    return this.#watch(() => this.#driver.script(sql, name));
  }

  maintain(): Promise<void> {
    return this.#watch(async () => this.#driver.maintain?.());
  }

  close(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#driver.close();
  }

  async #watch<T>(request: () => Promise<T>): Promise<T> {
    this.#underWay++;
    if (this.#underWay === 1) this.#wind();
    try {
      return await request();
    } catch (error) {
      if (error instanceof DriverError && this.#state === 'fine') this.#state = 'broken';
      throw error;
    } finally {
      this.#underWay--;
      this.#wind();
    }
  }

  #wind(): void {
    clearTimeout(this.#timer);
    if (this.#underWay === 0 || this.#state !== 'fine') return;
    this.#timer = setTimeout(() => {
      this.#state = 'silent';
      void this.#driver.close();
    }, this.#limitMs);
  }
}
