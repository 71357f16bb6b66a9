/** `pgtwin/verify`: conformance as a library. Every command of `pgtwin` is one of these functions. */
export { runCampaign } from './campaign/campaign.ts';
export { arbitraryTrace, generateTrace } from './campaign/generate.ts';
export type { CampaignOptions } from './campaign/options.ts';
export type { CampaignProgress, CampaignReport, FoundDivergence } from './campaign/report.ts';
export { SampleError } from './campaign/sample-error.ts';
export { comparePair, type DiffBudget } from './commands/diff.ts';
export { type ListedMutant, listMutantsOf, tryMutantsOf } from './commands/mutants.ts';
export type { RecordBudget, RecordReport } from './commands/record.ts';
export { type ReplayOutcome, type ReplayReport, replayTrace } from './commands/replay.ts';
export { type VerifyBudget, type VerifyReport, verifySubject } from './commands/verify.ts';
export type { ArbitraryFacet, GenerationContext, ShrinkingFacet } from './contract/campaign.ts';
export type { AnyCommand } from './contract/command.ts';
export type { Comparison, ComparisonFacet } from './contract/comparison.ts';
export type { Deviation } from './contract/deviation.ts';
export type {
  Drawing,
  DrawnGraph,
  DrawnMessage,
  DrawnQueue,
  DrawnRun,
  DrawnState,
} from './contract/drawing.ts';
export type { AnyRelease, Engine, TestedRelease } from './contract/engine.ts';
export type { CommandFormat, ModelFacet } from './contract/model.ts';
export type { EquivalentMutants } from './contract/mutation.ts';
export type { Observation } from './contract/observation.ts';
export type { Services } from './contract/services.ts';
export type { Installation, SqlFacet } from './contract/sql.ts';
export { findSubject, type Subject, type SubjectOptions } from './contract/subject.ts';
export type { TellingFacet } from './contract/telling.ts';
export type { Trace, TraceEntry } from './contract/trace.ts';
export { openPair, type Pair } from './diff/pair.ts';
export { type DiffReport, diffJson, type ReportedGroup } from './diff/report.ts';
export { engines } from './engines.ts';
export { writePageFile, writeTraceFile } from './evidence/files.ts';
export { writeComparisonPage } from './evidence/replay.ts';
export { absent, type Difference } from './lockstep/difference.ts';
export {
  type Compared,
  type Divergence,
  type Execution,
  executeTrace,
  Lockstep,
  type SideAfter,
} from './lockstep/lockstep.ts';
export { type ExecutionWithMoments, executeWithMoments } from './lockstep/moments.ts';
export { observationOf } from './lockstep/observation.ts';
export type { ReportedDifference, ReportedDivergence } from './lockstep/reported.ts';
export { mergeReports } from './mutants/merge.ts';
export type { Mutant } from './mutants/mutant.ts';
export { type MutantsReport, type Summary, summaryOf } from './mutants/report.ts';
export type { MutantResult } from './mutants/result.ts';
export { RecordingError, type RecordingHeading, recordingJsonSchema } from './recording/format.ts';
export { type RecordedTrace, readHeading, readRecording } from './recording/read.ts';
export { RecordingWriter, type ToldAnswer, type TraceWriter } from './recording/writer.ts';
export {
  type RecordOptions,
  type ReplayRecordingOptions,
  record,
  replayRecording,
  type VerifyRecordingOptions,
  verifyRecording,
} from './recordings.ts';
export { type DiagramLanguage, drawDiagram } from './report/diagram.ts';
export { diffJunit } from './report/diff-junit.ts';
export { comparisonPage, type Executed } from './report/html/comparison-page.ts';
export { mutantsHtml } from './report/html/mutants-page.ts';
export type { PageDifference, PageInput, PageMoment, PageSide } from './report/html/page-input.ts';
export { writePage } from './report/html/write-page.ts';
export { verifyJson } from './report/json.ts';
export { verifyJunit } from './report/junit.ts';
export { mutantsJson } from './report/mutants-json.ts';
export type { TraceForm } from './report/trace-as.ts';
export {
  type DiffOptions,
  defaultServices,
  diff,
  findEngine,
  findRelease,
  listMutants,
  type MutantsOptions,
  type ReplayOptions,
  replay,
  runMutants,
  traceAs,
  type VerifyOptions,
  verify,
  type WrittenTrace,
} from './services.ts';
export { parseTrace, TraceError, traceJsonSchema } from './trace/format.ts';
export { psqlScript } from './trace/psql-script.ts';
export { readTraceFile } from './trace/read-file.ts';
export { shrinkTrace } from './trace/shrink.ts';
