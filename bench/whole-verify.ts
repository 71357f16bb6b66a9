/** Everything that `verify` does with the recorded traces: generation, SQL, observation, model and comparison. */
import { runCampaign } from '../src/harness/campaign/campaign.ts';
import type { AnyRelease } from '../src/harness/contract/engine.ts';
import type { SqlDriver } from '../src/sql/driver.ts';
import { openPGlite } from '../src/sql/pglite/open.ts';
import type { BenchOptions } from './options.ts';

/** Databases that stay open from one campaign to the next: starting them is measured elsewhere. */
export class Databases {
  readonly #release: AnyRelease;
  readonly #drivers: readonly SqlDriver[];

  private constructor(release: AnyRelease, drivers: readonly SqlDriver[]) {
    this.#release = release;
    this.#drivers = drivers;
  }

  static async open(release: AnyRelease, count: number): Promise<Databases> {
    const { scripts } = await release.installation({});
    const drivers: SqlDriver[] = [];
    for (let i = 0; i < count; i++) drivers.push(await openPGlite({ scripts }));
    return new Databases(release, drivers);
  }

  get versions(): SqlDriver['versions'] {
    return this.#drivers[0]!.versions;
  }

  /** Seconds of wall time for one campaign over the samples. Throws where model and SQL disagree. */
  async campaign({ seed, samples, maxCommands }: BenchOptions, workers: number): Promise<number> {
    const idle = [...this.#drivers];
    const report = await runCampaign(this.#release, {
      seed,
      samples,
      maxCommands,
      workers,
      openDriver: async () => kept(idle.pop()!),
    });
    if (report.divergence) throw new Error(`sample ${report.divergence.sample} diverged; see pgtwin verify`);
    return report.seconds;
  }

  async maintain(): Promise<void> {
    for (const driver of this.#drivers) await driver.maintain?.();
  }

  async close(): Promise<void> {
    await Promise.all(this.#drivers.map((driver) => driver.close()));
  }
}

/** The driver without its end. */
function kept(driver: SqlDriver): SqlDriver {
  return {
    versions: driver.versions,
    run: (batch) => driver.run(batch),
    script: (sql, name) => driver.script(sql, name),
    maintain: async () => driver.maintain?.(),
    close: async () => undefined,
  };
}
