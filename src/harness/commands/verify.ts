/** `verify` as a function: random samples of one subject, model against SQL. */
import { runCampaign } from '../campaign/campaign.ts';
import { type CampaignOptions, defaultMaxCommands, defaultSeed } from '../campaign/options.ts';
import type { CampaignProgress, CampaignReport } from '../campaign/report.ts';
import type { AnyCommand } from '../contract/command.ts';
import { type Subject, versionsOf } from '../contract/subject.ts';
import { pgtwinVersion, type Versions } from '../contract/version.ts';
import { type ReportedDivergence, reportDivergence } from '../lockstep/reported.ts';

export interface VerifyBudget
  extends Pick<
    CampaignOptions,
    'samples' | 'forMs' | 'firstSample' | 'seed' | 'maxCommands' | 'workers' | 'shrinkMs' | 'signal'
  > {
  /** Whether it is one of all releases in a run: then the default budget is the release's own. */
  readonly isOneOfAll?: boolean | undefined;
  /** Called when the first database is open. */
  readonly onReady?: ((heading: Heading) => void) | undefined;
  readonly onProgress?: ((progress: CampaignProgress) => void) | undefined;
}

/** What is tested, known before the first sample. */
export interface Heading {
  readonly pgtwin: string;
  readonly engine: string;
  readonly release: string;
  readonly versions: Versions;
  /** About the installation, a sentence each. */
  readonly remarks: readonly string[];
}

export interface VerifyReport
  extends Omit<CampaignReport<AnyCommand>, 'divergence' | 'versions' | 'seed'>,
    Heading {
  /** Null where the traces were not drawn: in a recording of kept ones. */
  readonly seed: number | null;
  /** The file of the recording that the model was held against; null for a database. */
  readonly recording: string | null;
  readonly divergence:
    | (ReportedDivergence & {
        readonly sample: number;
        readonly commandsBefore: number;
        /** Whether it was made smaller on the real side, and not only cut behind the first difference. */
        readonly isShrunk: boolean;
      })
    | null;
  /** Whether the budget was the default one, which must reach every branch of the model. */
  readonly isDefaultBudget: boolean;
  readonly verdict: 'agreed' | 'diverged' | 'unwitnessed' | 'interrupted';
}

/**
 * Runs a campaign. Throws ScriptError where the SQL does not install, and SampleError where the model or the driver
 * breaks.
 */
export async function verifySubject(subject: Subject, budget: VerifyBudget = {}): Promise<VerifyReport> {
  const { release } = subject;
  const remarks = [...subject.remarks];
  const note = (line: string) => {
    if (!remarks.includes(line)) remarks.push(line);
  };
  const heading = (versions: Versions): Heading => ({
    pgtwin: pgtwinVersion,
    engine: release.engine,
    release: release.release,
    versions,
    remarks,
  });

  const { onReady } = budget;
  const campaign = await runCampaign(release, {
    ...budget,
    samples: samplesOf(subject, budget),
    openDriver: () => subject.openDriver(note),
    onReady: (versions) => onReady?.(heading(versionsOf({ versions }, subject))),
  });
  const versions = versionsOf(campaign, subject);
  const report = {
    ...heading(versions),
    ...campaign,
    versions,
    recording: null,
    remarks: [...remarks, ...campaign.remarks],
    isDefaultBudget: isDefaultBudget(subject, budget),
    divergence: divergenceOf(campaign),
  };
  return { ...report, verdict: verdictOf(report) };
}

/** Undefined for the default of a campaign. With another seed, a release may need all of that to reach every branch. */
function samplesOf({ release }: Subject, budget: VerifyBudget): number | undefined {
  const { samples, forMs, isOneOfAll, seed = defaultSeed } = budget;
  const isShort = isOneOfAll && forMs === undefined && seed === defaultSeed;
  return samples ?? (isShort ? release.samplesInAll : undefined);
}

/** Following the documentation, the model leaves out branches that are there for the SQL. */
function isDefaultBudget({ intended }: Subject, budget: VerifyBudget): boolean {
  const { samples, forMs, firstSample, maxCommands } = budget;
  return (
    intended.length === 0 &&
    [samples, forMs, firstSample].every((each) => each === undefined) &&
    (maxCommands ?? defaultMaxCommands) === defaultMaxCommands
  );
}

function verdictOf(report: Omit<VerifyReport, 'verdict'>): VerifyReport['verdict'] {
  if (report.interrupted) return 'interrupted';
  if (report.divergence) return 'diverged';
  return report.isDefaultBudget && report.unwitnessed.length > 0 ? 'unwitnessed' : 'agreed';
}

function divergenceOf({ divergence }: CampaignReport<AnyCommand>): VerifyReport['divergence'] {
  if (!divergence) return null;
  const { trace, sample, commandsBefore } = divergence;
  return { ...reportDivergence(trace, divergence), sample, commandsBefore, isShrunk: true };
}
