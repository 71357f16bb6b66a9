/** How a campaign is asked for. */
import type { SqlDriver } from '../../sql/driver.ts';
import type { CampaignProgress } from './report.ts';

/** Chosen so that a default campaign takes about a minute on two cores. */
export const defaultSamples = 1200;
export const defaultMaxCommands = 60;
export const defaultSeed = 1;

export interface CampaignOptions {
  /** A driver with the SQL installed; the campaign closes it. Called once a worker. */
  readonly openDriver: () => Promise<SqlDriver>;
  /** How many samples at most. Default {@link defaultSamples}, where `forMs` is not given either. */
  readonly samples?: number | undefined;
  /** Milliseconds during which samples are begun. */
  readonly forMs?: number | undefined;
  /** Index of the first sample, to run one by itself. Default 0. */
  readonly firstSample?: number | undefined;
  readonly seed?: number | undefined;
  readonly maxCommands?: number | undefined;
  /** How many drivers. Default 1. */
  readonly workers?: number | undefined;
  /** Milliseconds for shrinking. Default 30 s. */
  readonly shrinkMs?: number | undefined;
  /** How many smaller traces are tried at most, for a result that does not depend on the machine's speed. */
  readonly shrinkAttempts?: number | undefined;
  /** Called when the first driver is open, with its versions. */
  readonly onReady?: ((versions: SqlDriver['versions']) => void) | undefined;
  readonly onProgress?: ((progress: CampaignProgress) => void) | undefined;
  /** Ends the campaign early, with a report of what was done. */
  readonly signal?: AbortSignal | undefined;
}
