/** `verify` as a function: random samples, model against SQL. */
import { join } from 'node:path';
import { runCampaign } from './campaign/campaign.ts';
import { type CampaignOptions, defaultMaxCommands } from './campaign/options.ts';
import type { CampaignProgress, CampaignReport } from './campaign/report.ts';
import { SampleError } from './campaign/sample-error.ts';
import type { AnyCommand } from './engine.ts';
import { writeEvidence } from './evidence.ts';
import { type ReportedDivergence, reportDivergence } from './report/found.ts';
import { replayLine } from './report/replay-line.ts';
import { defaultServices, type Services } from './services.ts';
import { findSubject, type Subject, type SubjectOptions, type Versions, versionsOf } from './subject.ts';
import { writeTraceFile } from './trace.ts';
import { pgtwinVersion } from './version.ts';

export interface VerifyOptions
  extends SubjectOptions,
    Pick<
      CampaignOptions,
      'samples' | 'forMs' | 'firstSample' | 'seed' | 'maxCommands' | 'workers' | 'shrinkMs' | 'signal'
    > {
  /** Directory for the trace of a divergence and its page, made if need be. Default: nothing is written. */
  readonly out?: string | undefined;
  /** Called when the first database is open. */
  readonly onReady?: ((heading: Heading) => void) | undefined;
  readonly onProgress?: ((progress: CampaignProgress) => void) | undefined;
  readonly services?: Services | undefined;
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

export interface VerifyReport extends Omit<CampaignReport<AnyCommand>, 'divergence' | 'versions'>, Heading {
  readonly divergence:
    | (ReportedDivergence & { readonly sample: number; readonly commandsBefore: number })
    | null;
  /** Whether the budget was the default one, which must reach every branch of the model. */
  readonly isDefaultBudget: boolean;
  readonly verdict: 'agreed' | 'diverged' | 'unwitnessed' | 'interrupted';
}

/**
 * Runs a campaign and writes the trace of a divergence.
 * Throws SetupError or ScriptError where it cannot run, and {@link SampleError} where the model or the driver breaks.
 */
export async function verify(options: VerifyOptions = {}): Promise<VerifyReport> {
  const services = options.services ?? defaultServices;
  const subject = await findSubject(options, services);
  const { release, installation } = subject;
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

  const { onReady } = options;
  const campaign = await runCampaign(release, {
    ...options,
    openDriver: () => services.openDriver(installation, note),
    onReady: (versions) => onReady?.(heading(versionsOf({ versions }, subject))),
  }).catch(async (error) => {
    if (error instanceof SampleError) await keepBroken(error, subject, options.out);
    throw error;
  });

  const versions = versionsOf(campaign, subject);
  // Before the report is put together, since a trace that cannot be written is a remark in it.
  const divergence = await divergenceOf(campaign, subject, options.out, services, note);
  const report = {
    ...heading(versions),
    ...campaign,
    versions,
    remarks: [...remarks, ...campaign.remarks],
    isDefaultBudget: isDefaultBudget(options),
    divergence,
  };
  return { ...report, verdict: verdictOf(report) };
}

/** Following the documentation, the model leaves out branches that are there for the SQL. */
function isDefaultBudget(options: VerifyOptions): boolean {
  const { samples, forMs, firstSample, maxCommands, intended = [] } = options;
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

async function divergenceOf(
  campaign: CampaignReport<AnyCommand>,
  subject: Subject,
  out: string | undefined,
  services: Services,
  note: (line: string) => void,
): Promise<VerifyReport['divergence']> {
  if (!campaign.divergence) return null;
  const { trace, sample, commandsBefore } = campaign.divergence;
  const [first, ...others] = subject.intended;
  // A file name has an end.
  const documented = first ? `-${first.id}${others.length > 0 ? `-and-${others.length}` : ''}` : '';
  const name = `${trace.engine}-${trace.release}${documented}-seed${campaign.seed}-sample${sample}`;
  const facts: [string, string][] = [
    ['seed', String(campaign.seed)],
    ['sample', String(sample)],
  ];
  const path = out === undefined ? null : join(out, name);
  const evidence =
    path === null ? null : await writeEvidence({ path, trace, subject, services, facts, note });
  return { ...reportDivergence(trace, campaign.divergence, evidence), sample, commandsBefore };
}

/** The trace on which model or driver broke, so that whoever mends it can replay it. */
async function keepBroken(error: SampleError, subject: Subject, out: string | undefined): Promise<void> {
  if (out === undefined || !error.trace) return;
  const name = `${error.trace.engine}-${error.trace.release}-seed${error.seed}-sample${error.sample}-broke.json`;
  const file = join(out, name);
  // That it cannot be kept must not hide why it broke.
  await writeTraceFile(file, error.trace).then(
    () => {
      error.replay = replayLine(file, subject);
    },
    () => {},
  );
}
