/** Many random samples on both sides, and of each kind of difference in them the shortest trace. */
import { InterruptedError } from '../../sql/driver.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { GeneratingRelease } from '../contract/engine.ts';
import type { Trace } from '../contract/trace.ts';
import type { Allowance } from './allowed.ts';
import { generateShared } from './generate.ts';
import { Groups, keyOf, type Signature, signaturesOf } from './groups.ts';
import { shrinkGroup } from './shrink.ts';
import type { Tandem, TandemExecution } from './tandem.ts';
import type { SharedVocabulary } from './vocabulary.ts';

export interface SearchOptions {
  readonly release: GeneratingRelease<unknown, AnyCommand>;
  readonly tandem: Tandem;
  readonly vocabulary: SharedVocabulary;
  readonly allowance: Allowance;
  readonly seed: number;
  readonly maxCommands: number;
  /** How many samples; how many milliseconds instead. */
  readonly samples: number;
  readonly forMs?: number | undefined;
  /** Only these are shrunk, and the search ends when each was found. */
  readonly wanted?: readonly Signature[] | undefined;
  /** Executions for shrinking one trace. */
  readonly attempts: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

export interface SearchProgress {
  readonly phase: 'sampling' | 'shrinking';
  readonly samples: number;
  readonly commands: number;
  readonly groups: number;
  readonly elapsedMs: number;
  /** 0 to 1. */
  readonly done: number;
}

export interface SearchReport {
  readonly groups: Groups;
  readonly samples: number;
  readonly commands: number;
  readonly seconds: number;
  /** Differences that there was no time to look into, or that only showed after others and were too many. */
  readonly notFollowed: readonly Signature[];
  /** Differences that did not show when their trace was executed once more. */
  readonly unsteady: readonly Signature[];
  readonly interrupted: boolean;
}

/** Beyond that, what only shows after something else is not worth the time. */
const mostFollowing = 40;
/** With a budget in time, what remains to be shrunk at its end may take as long again, and this long at most. */
const graceMs = 30_000;

interface Candidate extends Signature {
  readonly trace: Trace<AnyCommand>;
  readonly sample: number;
}

/**
 * What is found depends on the seed and the number of samples alone. Differences that show where nothing differed
 * before are shrunk at once; what shows only after others is kept for the end, since it may follow from them.
 */
export async function searchDifferences(options: SearchOptions): Promise<SearchReport> {
  const search = new Search(options);
  await search.run();
  return search.report();
}

/** One trace by itself, as it is. */
export async function lookAt(trace: Trace<AnyCommand>, options: SearchOptions): Promise<SearchReport> {
  const search = new Search(options);
  await search.lookAt(trace);
  return search.report();
}

class Search {
  readonly #options: SearchOptions;
  readonly #groups = new Groups();
  readonly #candidates = new Map<string, Candidate>();
  readonly #unsteady = new Map<string, Signature>();
  readonly #begun = performance.now();
  #notFollowed: readonly Signature[] = [];
  #samples = 0;
  #commands = 0;

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { release, vocabulary, seed, maxCommands, tandem, signal } = this.#options;
    while (this.#hasNext) {
      const index = this.#samples;
      const execution = await this.#unlessInterrupted(async () => {
        const trace = await generateShared(release, vocabulary, { seed, index, maxCommands });
        return { trace, ...(await tandem.execute(trace, signal)) };
      });
      if (!execution || execution.interrupted) break;
      const { trace } = execution;
      this.#samples++;
      this.#commands += execution.commands;
      await this.#unlessInterrupted(() => this.#sort(trace, index, execution));
      this.#groups.count(execution.partings);
      this.#tell('sampling');
    }
    await this.#unlessInterrupted(() => this.#followUp());
  }

  /** Nothing where a statement of it was interrupted. */
  async #unlessInterrupted<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof InterruptedError) return undefined;
      throw error;
    }
  }

  async lookAt(trace: Trace<AnyCommand>): Promise<void> {
    const { tandem, signal } = this.#options;
    const execution = await this.#unlessInterrupted(() => tandem.execute(trace, signal));
    if (!execution) return;
    const { partings, commands } = execution;
    this.#samples = 1;
    this.#commands = commands;
    for (const [i, { type, places, position, isFollowing }] of partings.entries()) {
      const [first] = this.#unallowed(type, places);
      if (!first || this.#groups.accountFor({ type, what: first.what })) continue;
      const earlier = isFollowing ? partings.slice(0, i) : [];
      this.#groups.add({
        type,
        what: first.what,
        sample: 0,
        trace: { ...trace, commands: trace.commands.slice(0, position + 1) },
        commandsBefore: trace.commands.length,
        places,
        follows: signaturesOf(earlier),
      });
    }
    this.#groups.count(partings);
  }

  report(): SearchReport {
    return {
      groups: this.#groups,
      samples: this.#samples,
      commands: this.#commands,
      seconds: (performance.now() - this.#begun) / 1000,
      notFollowed: this.#notFollowed,
      unsteady: [...this.#unsteady.values()].filter((each) => !this.#groups.accountFor(each)),
      interrupted: this.#isInterrupted,
    };
  }

  get #isInterrupted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  get #elapsed(): number {
    return performance.now() - this.#begun;
  }

  get #hasNext(): boolean {
    const { samples, forMs, wanted } = this.#options;
    if (this.#isInterrupted) return false;
    if (wanted?.every((each) => this.#groups.accountFor(each))) return false;
    if (forMs === undefined) return this.#samples < samples;
    // One sample at least, so that a short time is not mistaken for agreement on nothing.
    return this.#samples === 0 || this.#elapsed < forMs;
  }

  /** Shrinks what leads a sample, and keeps what follows in it. */
  async #sort(trace: Trace<AnyCommand>, sample: number, { partings }: TandemExecution): Promise<void> {
    for (const { type, places, isFollowing, position } of partings) {
      for (const { what } of this.#unallowed(type, places)) {
        const signature = { type, what };
        if (this.#groups.accountFor(signature) || !this.#isWanted(signature)) continue;
        const upTo = { ...trace, commands: trace.commands.slice(0, position + 1) };
        const candidate = { ...signature, trace: upTo, sample };
        // Who wants this one need not wait for a better sample of it.
        if (!isFollowing || this.#options.wanted) await this.#shrink(candidate);
        else this.#keep(candidate);
        if (this.#isInterrupted) return;
      }
    }
  }

  async #followUp(): Promise<void> {
    const open = () => [...this.#candidates.values()].filter((each) => !this.#groups.accountFor(each));
    for (const candidate of open().slice(0, mostFollowing)) {
      if (this.#isInterrupted) break;
      if (this.#groups.accountFor(candidate)) continue;
      await this.#shrink(candidate);
    }
    this.#notFollowed = open()
      .map(({ type, what }) => ({ type, what }))
      .filter((each) => !this.#unsteady.has(keyOf(each)));
  }

  /** Too late for it, the candidate stays open. */
  async #shrink({ trace, sample, type, what }: Candidate): Promise<void> {
    const { forMs } = this.#options;
    this.#tell('shrinking');
    const deadline =
      forMs === undefined ? Number.POSITIVE_INFINITY : this.#begun + forMs + Math.min(forMs, graceMs);
    if (performance.now() > deadline) {
      this.#keep({ trace, sample, type, what });
      return;
    }
    const group = await shrinkGroup({ type, what }, { trace, sample }, { ...this.#options, deadline });
    if (group) this.#groups.add(group);
    else if (!this.#isInterrupted) this.#unsteady.set(keyOf({ type, what }), { type, what });
  }

  /** For the end, unless there is one like it. */
  #keep(candidate: Candidate): void {
    const key = keyOf(candidate);
    if (!this.#candidates.has(key)) this.#candidates.set(key, candidate);
  }

  #unallowed<P extends { readonly what: string }>(type: string, places: readonly P[]): P[] {
    return places.filter(({ what }) => !this.#options.allowance.allows(type, what));
  }

  #isWanted(signature: Signature): boolean {
    return this.#options.wanted?.some((each) => keyOf(each) === keyOf(signature)) ?? true;
  }

  #tell(phase: SearchProgress['phase']): void {
    const { samples, forMs, onProgress } = this.#options;
    const elapsedMs = this.#elapsed;
    const done = forMs === undefined ? this.#samples / samples : Math.min(1, elapsedMs / forMs);
    const counts = { samples: this.#samples, commands: this.#commands, groups: this.#groups.all.length };
    onProgress?.({ phase, ...counts, elapsedMs, done });
  }
}
