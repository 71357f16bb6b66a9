/** What a campaign found out. */

import type { Trace } from '../contract/trace.ts';
import type { Divergence } from '../lockstep/lockstep.ts';

export interface CampaignReport<Command> {
  readonly seed: number;
  readonly maxCommands: number;
  /** Samples executed, the diverging one included: those of index 0 to `samples` - 1. */
  readonly samples: number;
  readonly commands: number;
  /** From the first open driver to the last sample; neither opening nor shrinking is counted. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  /** How often each branch of the model was reached, the never reached ones left out. */
  readonly witnesses: Readonly<Record<string, number>>;
  /** Branches of the model that no sample reached. */
  readonly unwitnessed: readonly string[];
  readonly divergence: FoundDivergence<Command> | null;
  readonly interrupted: boolean;
  /** What a person should know besides, a sentence each. */
  readonly remarks: readonly string[];
  /** Of what answered: `postgres`, `pglite`, `pgmq`. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface FoundDivergence<Command> extends Divergence {
  /** Index of the sample it was found in, the lowest that diverges. */
  readonly sample: number;
  /** Shrunk; its last command is the one that diverges. */
  readonly trace: Trace<Command>;
  /** How many commands the sample had. */
  readonly commandsBefore: number;
}

/** Where a campaign stands. */
export interface CampaignProgress {
  readonly phase: 'sampling' | 'shrinking';
  readonly samples: number;
  readonly commands: number;
  readonly elapsedMs: number;
  /** 0 to 1, of the budget. */
  readonly done: number;
}
