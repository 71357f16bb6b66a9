/** Many random samples on several databases at once, up to the first that diverges, which is then shrunk. */
import { InterruptedError, type SqlDriver } from '../../sql/driver.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { CampaignRelease } from '../contract/engine.ts';
import type { Trace } from '../contract/trace.ts';
import { type Execution, Lockstep } from '../lockstep/lockstep.ts';
import { shrinkTrace } from '../trace/shrink.ts';
import { checkFastCheck, generateTrace } from './generate.ts';
import { type CampaignOptions, defaultMaxCommands, defaultSamples, defaultSeed } from './options.ts';
import type { CampaignProgress, CampaignReport, FoundDivergence } from './report.ts';
import { SampleError } from './sample-error.ts';
import { Tally } from './tally.ts';

/**
 * Runs a campaign. What it reports depends on the seed and the budget, not on the number of workers; only a
 * budget in time makes the number of samples vary. All drivers are closed when it ends, however it ends.
 * Throws {@link SampleError} where a sample breaks, and whatever `openDriver` throws for the first driver.
 */
export async function runCampaign<State, Command extends AnyCommand>(
  release: CampaignRelease<State, Command>,
  options: CampaignOptions,
): Promise<CampaignReport<Command>> {
  checkFastCheck();
  const campaign = new Campaign(release, options);
  try {
    return await campaign.run();
  } finally {
    await campaign.close();
  }
}

type Outcome<Command> =
  | { readonly trace: Trace<Command>; readonly execution: Execution }
  | { readonly error: SampleError };

/** Samples under way on one driver: while one is executed, the next is generated and asked for. */
const lanes = 2;

class Campaign<State, Command extends AnyCommand> {
  readonly #release: CampaignRelease<State, Command>;
  readonly #options: CampaignOptions;
  readonly #seed: number;
  readonly #maxCommands: number;
  readonly #samples: number;
  readonly #firstSample: number;
  readonly #drivers: SqlDriver[] = [];
  readonly #opening: Promise<void>[] = [];
  readonly #working: Promise<void>[] = [];
  readonly #underWay = new Map<number, AbortController>();
  readonly #remarks: string[] = [];
  readonly #reached = new Map<string, number>();
  readonly #tally: Tally<Outcome<Command>>;
  #next: number;
  #isStopped = false;
  #startedAt = 0;
  #counted = 0;
  #commands = 0;
  #end: (Outcome<Command> & { index: number }) | undefined;

  constructor(release: CampaignRelease<State, Command>, options: CampaignOptions) {
    this.#release = release;
    this.#options = options;
    this.#seed = options.seed ?? defaultSeed;
    this.#maxCommands = options.maxCommands ?? defaultMaxCommands;
    this.#samples =
      options.samples ?? (options.forMs === undefined ? defaultSamples : Number.POSITIVE_INFINITY);
    this.#firstSample = options.firstSample ?? 0;
    this.#next = this.#firstSample;
    this.#tally = new Tally(this.#firstSample, (outcome, index) => this.#count(outcome, index));
  }

  async run(): Promise<CampaignReport<Command>> {
    const { signal } = this.#options;
    const abort = () => {
      for (const controller of this.#underWay.values()) controller.abort();
    };
    signal?.addEventListener('abort', abort);
    try {
      const first = await this.#open();
      this.#options.onReady?.(first.versions);
      this.#startedAt = performance.now();
      for (let worker = 2; worker <= this.#workers; worker++) this.#opening.push(this.#joinLater(worker));
      await this.#work(first);
      // Nothing is left to hand out now: who is still opening a database is not waited for.
      await Promise.all(this.#working);
      const seconds = (performance.now() - this.#startedAt) / 1000;
      if (this.#end && 'error' in this.#end) throw this.#end.error;
      const divergence = this.#end ? await this.#shrink(first, this.#end) : null;
      return this.#report(first, seconds, divergence);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#opening);
    await Promise.allSettled(this.#drivers.map((driver) => driver.close()));
  }

  get #workers(): number {
    return Math.max(1, Math.min(this.#options.workers ?? 1, this.#samples));
  }

  async #open(): Promise<SqlDriver> {
    const driver = await this.#options.openDriver();
    this.#drivers.push(driver);
    return driver;
  }

  async #joinLater(worker: number): Promise<void> {
    let driver: SqlDriver;
    try {
      driver = await this.#open();
    } catch (error) {
      if (error instanceof InterruptedError) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#remarks.push(`worker ${worker} could not be opened, so the others did its work: ${why}`);
      return;
    }
    this.#working.push(this.#work(driver));
  }

  async #work(driver: SqlDriver): Promise<void> {
    const lockstep = new Lockstep(this.#release, driver);
    await Promise.all(Array.from({ length: lanes }, () => this.#lane(lockstep)));
  }

  async #lane(lockstep: Lockstep<State, Command>): Promise<void> {
    while (this.#hasNext()) {
      const index = this.#next++;
      const controller = new AbortController();
      this.#underWay.set(index, controller);
      const outcome = await this.#sample(lockstep, index, controller.signal);
      this.#underWay.delete(index);
      if (!outcome) return;
      if ('execution' in outcome && outcome.execution.interrupted) return;
      if ('error' in outcome || outcome.execution.divergence) this.#stopAt(index);
      this.#tally.add(index, outcome);
    }
  }

  #hasNext(): boolean {
    if (this.#isStopped || this.#options.signal?.aborted) return false;
    const { forMs } = this.#options;
    // One sample at least, so that a short time is not mistaken for agreement on nothing.
    const isFirst = this.#next === this.#firstSample;
    const isTimeUp = forMs !== undefined && !isFirst && performance.now() - this.#startedAt >= forMs;
    return !isTimeUp && this.#next - this.#firstSample < this.#samples;
  }

  /** Nothing where a statement of it was interrupted. */
  async #sample(
    lockstep: Lockstep<State, Command>,
    index: number,
    signal: AbortSignal,
  ): Promise<Outcome<Command> | undefined> {
    let trace: Trace<Command> | undefined;
    try {
      trace = generateTrace(this.#release, { seed: this.#seed, index, maxCommands: this.#maxCommands });
      return { trace, execution: await lockstep.execute(trace, signal) };
    } catch (error) {
      if (error instanceof InterruptedError) {
        if (!this.#remarks.includes(error.message)) this.#remarks.push(error.message);
        return undefined;
      }
      return { error: new SampleError(this.#seed, index, trace, error) };
    }
  }

  /** No sample after that one is wanted; those before it are, since one of them may diverge as well. */
  #stopAt(index: number): void {
    this.#isStopped = true;
    for (const [other, controller] of this.#underWay) if (other > index) controller.abort();
  }

  #count(outcome: Outcome<Command>, index: number): 'go on' | 'stop' {
    this.#counted++;
    const isEnd = 'error' in outcome || outcome.execution.divergence !== null;
    if (isEnd) this.#end = { ...outcome, index };
    if ('execution' in outcome) {
      this.#commands += outcome.execution.commands;
      for (const [branch, times] of outcome.execution.reached) {
        this.#reached.set(branch, (this.#reached.get(branch) ?? 0) + times);
      }
    }
    this.#tell('sampling');
    return isEnd ? 'stop' : 'go on';
  }

  #tell(phase: CampaignProgress['phase']): void {
    const elapsedMs = performance.now() - this.#startedAt;
    const { forMs } = this.#options;
    const done = Math.max(this.#counted / this.#samples, Math.min(1, elapsedMs / (forMs ?? Infinity)));
    const counts = { samples: this.#counted, commands: this.#commands };
    this.#options.onProgress?.({ phase, ...counts, elapsedMs, done });
  }

  async #shrink(
    driver: SqlDriver,
    end: Outcome<Command> & { index: number },
  ): Promise<FoundDivergence<Command> | null> {
    if ('error' in end || !end.execution.divergence) return null;
    this.#tell('shrinking');
    const lockstep = new Lockstep(this.#release, driver);
    const found = { trace: end.trace, divergence: end.execution.divergence };
    const { trace, divergence, remarks } = await shrinkTrace(
      this.#release,
      found,
      (candidate) => lockstep.execute(candidate),
      {
        budgetMs: this.#options.shrinkMs ?? 30_000,
        attempts: this.#options.shrinkAttempts,
        signal: this.#options.signal,
      },
    );
    this.#remarks.push(...remarks);
    return { ...divergence, sample: end.index, trace, commandsBefore: end.trace.commands.length };
  }

  #report(
    driver: SqlDriver,
    seconds: number,
    divergence: FoundDivergence<Command> | null,
  ): CampaignReport<Command> {
    const { witnesses, rareWitnesses = [] } = this.#release.machine;
    // In the order in which the model names them, so that reports of the same campaign are the same text.
    const reached = witnesses.filter((branch) => this.#reached.has(branch));
    const named = new Set([...witnesses, ...rareWitnesses]);
    const unnamed = [...this.#reached.keys()].filter((branch) => !named.has(branch)).sort();
    if (unnamed.length > 0) {
      this.#remarks.push(`the model took branches that its list of witnesses lacks: ${unnamed.join(', ')}`);
    }
    return {
      seed: this.#seed,
      maxCommands: this.#maxCommands,
      samples: this.#counted,
      commands: this.#commands,
      seconds,
      samplesPerSecond: seconds > 0 ? this.#counted / seconds : 0,
      witnesses: Object.fromEntries(reached.map((branch) => [branch, this.#reached.get(branch)!])),
      unwitnessed: witnesses.filter((branch) => !this.#reached.has(branch)),
      divergence,
      interrupted: this.#options.signal?.aborted === true,
      remarks: this.#remarks,
      versions: driver.versions,
    };
  }
}
