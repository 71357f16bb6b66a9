/** Reports for programs. */
import { visibleJson } from '../../model/kernel/visible.ts';
import type { ReplayReport } from '../commands/replay.ts';
import type { VerifyReport } from '../commands/verify.ts';

/** The JSON of `verify`; fields may be added to it, none is taken away. */
export function verifyJson(report: VerifyReport): object {
  const { pgtwin, engine, release, versions, seed, samples, commands } = report;
  return {
    pgtwin,
    engine,
    release,
    versions,
    seed,
    recording: report.recording,
    samples,
    commands,
    seconds: rounded(report.seconds),
    samplesPerSecond: rounded(report.samplesPerSecond),
    maxCommands: report.maxCommands,
    verdict: report.verdict,
    interrupted: report.interrupted,
    remarks: report.remarks,
    witnesses: report.witnesses,
    unwitnessed: report.unwitnessed,
    divergence: report.divergence,
  };
}

/** The JSON of `replay`: that of `verify` without what a single trace has not. */
export function replayJson(report: ReplayReport): object {
  const {
    pgtwin,
    engine,
    release,
    versions,
    file,
    commands,
    verdict,
    interrupted,
    remarks,
    divergence,
    page,
  } = report;
  const seconds = rounded(report.seconds);
  return {
    pgtwin,
    engine,
    release,
    versions,
    file,
    commands,
    seconds,
    verdict,
    interrupted,
    remarks,
    page,
    divergence,
  };
}

/** Of characters that nobody sees, and of what begins a command in a workflow runner's log, the escapes of JSON. */
export function printJson(value: object): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}

const rounded = (number: number) => Math.round(number * 1000) / 1000;
