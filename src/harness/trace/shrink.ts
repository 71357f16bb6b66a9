/** The smallest trace that still diverges, by trying smaller ones until none does or the time is up. */
import { ModelBug } from '../../model/kernel/assert.ts';
import type { ShrinkingFacet } from '../contract/campaign.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import {
  longestForPairs,
  withoutPairs,
  withoutRange,
  withShorterWaits,
  withSimpler,
  withSimplerNames,
} from './smaller.ts';

/** Where a trace shows what it is shrunk for. */
export interface Shown {
  /** Position of the command after which it shows, from 0. */
  readonly position: number;
}

/** What executing a trace came to: null where it does not show what it is shrunk for. */
export interface Attempt<Divergence extends Shown> {
  readonly divergence: Divergence | null;
}

export interface ShrinkOptions {
  /** Milliseconds after which it settles for what it has. */
  readonly budgetMs: number;
  /** Traces that are executed for it at most. Default: as many as there is time for. */
  readonly attempts?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Shrunk<Command, Divergence extends Shown> {
  readonly trace: Trace<Command>;
  readonly divergence: Divergence;
  /** How many traces were executed for it. */
  readonly attempts: number;
  /** What went wrong on the way, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Shrinks a trace that diverged. Any divergence counts, not just the one that was found: the smallest says most.
 * A candidate that provokes a bug in the model is passed over with a remark.
 */
export async function shrinkTrace<Command extends AnyCommand, Divergence extends Shown>(
  release: ShrinkingFacet<Command>,
  found: { readonly trace: Trace<Command>; readonly divergence: Divergence },
  execute: (trace: Trace<Command>) => Promise<Attempt<Divergence>>,
  options: ShrinkOptions,
): Promise<Shrunk<Command, Divergence>> {
  const search = new Search(release, found, execute, options);
  try {
    await search.run();
    return await search.confirmed(found);
  } catch (error) {
    // The divergence was seen before; what breaks now must not hide it.
    return search.settled(`shrinking ended early: ${error instanceof Error ? error.message : error}`);
  }
}

class Search<Command extends AnyCommand, Divergence extends Shown> {
  readonly #release: ShrinkingFacet<Command>;
  readonly #execute: (trace: Trace<Command>) => Promise<Attempt<Divergence>>;
  readonly #deadline: number;
  readonly #mostAttempts: number;
  readonly #signal: AbortSignal | undefined;
  readonly #tried = new Set<string>();
  readonly #remarks = new Set<string>();
  #best: Trace<Command>;
  #divergence: Divergence;
  #attempts = 0;

  constructor(
    release: ShrinkingFacet<Command>,
    found: { readonly trace: Trace<Command>; readonly divergence: Divergence },
    execute: (trace: Trace<Command>) => Promise<Attempt<Divergence>>,
    { budgetMs, attempts = Number.POSITIVE_INFINITY, signal }: ShrinkOptions,
  ) {
    this.#release = release;
    this.#execute = execute;
    this.#deadline = performance.now() + budgetMs;
    this.#mostAttempts = attempts;
    this.#signal = signal;
    this.#best = upTo(found.trace, found.divergence);
    this.#divergence = found.divergence;
  }

  get #isOver(): boolean {
    const isSpent = this.#attempts >= this.#mostAttempts || performance.now() >= this.#deadline;
    return isSpent || this.#signal?.aborted === true;
  }

  async run(): Promise<void> {
    for (let before: Trace<Command> | undefined; before !== this.#best && !this.#isOver; ) {
      before = this.#best;
      await this.#removeRanges();
      await this.#untilNoneDiverges(() => withoutPairs(this.#release, this.#best));
      // Commands are too many to take one by one, before all of them together were simplified.
      if (this.#best.commands.length > longestForPairs) await this.#simplifyTogether();
      for (let position = this.#best.commands.length - 1; position >= 0; position--) {
        await this.#untilNoneDiverges(() =>
          position < this.#best.commands.length ? withSimpler(this.#release, this.#best, position) : [],
        );
      }
      await this.#simplifyTogether();
      await this.#untilNoneDiverges(() => withShorterWaits(this.#best));
    }
  }

  async #simplifyTogether(): Promise<void> {
    await this.#untilNoneDiverges(() => withSimplerNames(this.#release, this.#best));
  }

  /** The smallest trace so far. */
  settled(...remarks: string[]): Shrunk<Command, Divergence> {
    return {
      trace: this.#best,
      divergence: this.#divergence,
      attempts: this.#attempts,
      remarks: [...this.#remarks, ...remarks],
    };
  }

  /** The smallest trace, executed once more; the one it came from if that does not diverge. */
  async confirmed(found: {
    readonly trace: Trace<Command>;
    readonly divergence: Divergence;
  }): Promise<Shrunk<Command, Divergence>> {
    if (this.#signal?.aborted) return this.settled('shrinking was interrupted');
    const { divergence } = await this.#execute(this.#best);
    if (divergence) return { ...this.settled(), trace: upTo(this.#best, divergence), divergence };
    const remark =
      'the shrunk trace did not diverge when it was executed again, so the whole sample is reported';
    return { ...this.settled(remark), ...found };
  }

  /** Ever smaller ranges of commands, from the end. */
  async #removeRanges(): Promise<void> {
    for (let size = Math.ceil(this.#best.commands.length / 2); size >= 1; ) {
      for (let end = this.#best.commands.length; end > 0 && !this.#isOver; ) {
        const start = Math.max(0, end - size);
        await this.#attempt(withoutRange(this.#release, this.#best, start, end));
        end = Math.min(start, this.#best.commands.length);
      }
      size = size === 1 ? 0 : Math.ceil(size / 2);
    }
  }

  async #untilNoneDiverges(candidates: () => Iterable<Trace<Command>>): Promise<void> {
    for (let isSmaller = true; isSmaller; ) {
      isSmaller = false;
      for (const candidate of candidates()) {
        if (this.#isOver) return;
        isSmaller = await this.#attempt(candidate);
        if (isSmaller) break;
      }
    }
  }

  /** Executes the candidate and keeps it if it diverges. */
  async #attempt(candidate: Trace<Command>): Promise<boolean> {
    const key = JSON.stringify(candidate.commands);
    if (candidate.commands.length === 0 || this.#tried.has(key)) return false;
    this.#tried.add(key);
    this.#attempts++;
    try {
      const { divergence } = await this.#execute(candidate);
      if (!divergence) return false;
      this.#best = upTo(candidate, divergence);
      this.#divergence = divergence;
      this.#tried.add(JSON.stringify(this.#best.commands));
      return true;
    } catch (error) {
      if (!(error instanceof ModelBug)) throw error;
      this.#remarks.add(`while shrinking, a bug in the model: ${error.message}`);
      return false;
    }
  }
}

/** The trace without what comes after the divergence. */
function upTo<Command>(trace: Trace<Command>, { position }: Shown): Trace<Command> {
  return { ...trace, commands: trace.commands.slice(0, position + 1) };
}
