/** Mutants tried one after another on one database: each installed on top, verified, and taken back. */

import { ModelBug } from '../../model/kernel/assert.ts';
import { InterruptedError, ScriptError, type SqlDriver } from '../../sql/driver.ts';
import { runCampaign } from '../campaign/campaign.ts';
import type { CampaignReport } from '../campaign/report.ts';
import { SampleError } from '../campaign/sample-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { CampaignRelease } from '../contract/engine.ts';
import type { Installation } from '../contract/sql.ts';
import type { Trace } from '../contract/trace.ts';
import { Lockstep } from '../lockstep/lockstep.ts';
import type { Mutant, PlantedMutant } from './mutant.ts';
import type { MutantResult } from './result.ts';
import { WatchedDriver } from './watchdog.ts';

export interface TrialOptions {
  readonly seed: number;
  /** Samples a mutant. */
  readonly samples: number;
  /** Milliseconds a mutant, after which no sample is begun. */
  readonly forMs: number;
  readonly maxCommands: number;
  /** Smaller traces tried for each that diverges. */
  readonly shrinkAttempts: number;
  /** Milliseconds of real time after which a database that does not answer runs for ever. */
  readonly silenceMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What is tried on. */
export interface TrialSubject {
  readonly release: CampaignRelease<unknown, AnyCommand>;
  readonly installation: Installation;
  openDriver(): Promise<SqlDriver>;
}

type Finding = Pick<MutantResult, 'outcome' | 'by' | 'where' | 'sample' | 'samples' | 'trace'>;

/** Only a bound: the number of attempts is what ends shrinking. */
const shrinkMs = 600_000;

export class Bench {
  readonly #subject: TrialSubject;
  readonly #options: TrialOptions;
  #driver: WatchedDriver | undefined;
  /** The same, for those who would close it. */
  #forCampaigns: SqlDriver | undefined;
  /** What the model did to itself while the last mutant was installed. */
  #modelBug: SampleError | undefined;
  /** Whether nothing but the scripts was ever executed on it. */
  #isFresh = true;

  constructor(subject: TrialSubject, options: TrialOptions) {
    this.#subject = subject;
    this.#options = options;
  }

  /** Nothing where it was interrupted. */
  async try(mutant: PlantedMutant): Promise<MutantResult | undefined> {
    const startedAt = performance.now();
    let finding = await this.#attempt(mutant);
    // What an earlier mutant left behind must not be held against this one.
    if (finding === 'doubtful') finding = await this.#attempt(mutant);
    if (finding === 'interrupted' || finding === 'doubtful') return undefined;
    return { ...described(mutant), ...finding, seconds: (performance.now() - startedAt) / 1000 };
  }

  async close(): Promise<void> {
    const driver = this.#driver;
    this.#driver = undefined;
    await driver?.close();
  }

  /** `doubtful` where the database behaves differently without the mutant as well; then there is a new one. */
  async #attempt(mutant: PlantedMutant): Promise<Finding | 'doubtful' | 'interrupted'> {
    const driver = await this.open();
    const wasFresh = this.#isFresh;
    this.#isFresh = false;
    let finding: Finding | 'interrupted';
    try {
      await driver.script(mutant.sql, mutant.id);
      finding = await this.#verify(driver);
      if (driver.state === 'fine') {
        await driver.script(mutant.original, mutant.function);
        await this.#blameTheModel();
      }
    } catch (error) {
      if (error instanceof InterruptedError) return 'interrupted';
      if (!(error instanceof ScriptError)) throw error;
      return { ...unseen, outcome: 'not-installed', where: error.failure.message };
    }
    const isClean = driver.state === 'fine' && (await this.#isAsBefore(finding));
    if (isClean) return finding;
    await this.close();
    const isTold = finding === 'interrupted' || driver.state === 'silent' || wasFresh;
    return isTold ? finding : 'doubtful';
  }

  /** The database, a new one where the last had to be given up. */
  async open(): Promise<WatchedDriver> {
    if (!this.#driver) {
      this.#driver = new WatchedDriver(await this.#subject.openDriver(), this.#options.silenceMs);
      this.#forCampaigns = staysOpen(this.#driver);
      this.#isFresh = true;
    }
    return this.#driver;
  }

  async #verify(driver: WatchedDriver): Promise<Finding | 'interrupted'> {
    const { release } = this.#subject;
    try {
      const report = await runCampaign(release, {
        ...this.#options,
        openDriver: async () => this.#forCampaigns!,
        shrinkMs,
      });
      if (report.divergence) return killedBy(report.divergence, report.samples);
      if (report.interrupted) return 'interrupted';
      return { ...unseen, outcome: 'survived', samples: report.samples };
    } catch (error) {
      if (!(error instanceof SampleError)) throw error;
      if (this.#options.signal?.aborted) return 'interrupted';
      if (error.cause instanceof ModelBug) this.#modelBug = error;
      const found = {
        ...unseen,
        outcome: 'killed',
        sample: error.sample,
        samples: error.sample + 1,
      } as const;
      if (driver.state === 'silent')
        return { ...found, by: 'timeout', where: 'the database does not answer' };
      return { ...found, by: 'broken', where: messageOf(error.cause) };
    }
  }

  /** Throws {@link SampleError} where the model contradicts itself without the mutant as well: that says nothing about mutants. */
  async #blameTheModel(): Promise<void> {
    const bug = this.#modelBug;
    this.#modelBug = undefined;
    if (!bug?.trace) return;
    const trace = bug.trace as Trace<AnyCommand>;
    await new Lockstep(this.#subject.release, this.#forCampaigns!).execute(trace).catch((error) => {
      if (error instanceof ModelBug) throw bug;
    });
  }

  /** Whether model and SQL agree again on what they disagreed on. */
  async #isAsBefore(finding: Finding | 'interrupted'): Promise<boolean> {
    if (finding === 'interrupted' || finding.outcome !== 'killed') return true;
    if (!finding.trace) return false;
    const { engine, release } = this.#subject.release;
    const trace = { engine, release, startedAt: '2030-01-01T00:00:00.000Z', commands: finding.trace };
    return new Lockstep(this.#subject.release, this.#forCampaigns!).execute(trace).then(
      ({ divergence }) => divergence === null,
      () => false,
    );
  }
}

export const unseen = { by: null, where: null, sample: null, samples: 0, trace: null } as const;

function killedBy(
  divergence: NonNullable<CampaignReport<AnyCommand>['divergence']>,
  samples: number,
): Finding {
  const { sample, trace, differences } = divergence;
  return {
    outcome: 'killed',
    by: 'divergence',
    where: differences[0]!.where,
    sample,
    samples,
    trace: trace.commands,
  };
}

/** Without the texts that are installed. */
export function described({ sql: _, original: __, equivalence: ___, ...mutant }: PlantedMutant): Mutant {
  return mutant;
}

/** The campaign closes its database when it is done, and the next mutant needs it. */
function staysOpen(driver: SqlDriver): SqlDriver {
  return {
    versions: driver.versions,
    run: (batch) => driver.run(batch),
    script: (sql, name) => driver.script(sql, name),
    maintain: async () => driver.maintain?.(),
    close: async () => {},
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
