/** `pgtwin/verify`: conformance as a library. Every command of `pgtwin` is one of these functions. */
export { runCampaign } from './campaign/campaign.ts';
export { arbitraryTrace, generateTrace } from './campaign/generate.ts';
export type { CampaignOptions } from './campaign/options.ts';
export type { CampaignProgress, CampaignReport, FoundDivergence } from './campaign/report.ts';
export { SampleError } from './campaign/sample-error.ts';
export { shrinkTrace } from './campaign/shrink.ts';
export { absent, type Difference } from './comparison.ts';
export { type DiffOptions, diff } from './diff/diff.ts';
export { diffJunit } from './diff/junit.ts';
export { type DiffReport, diffJson, type ReportedGroup } from './diff/report.ts';
export type { Drawing, DrawnGraph, DrawnMessage, DrawnQueue, DrawnRun, DrawnState } from './drawing.ts';
export type { AnyCommand, Installation, Observation, TestedRelease } from './engine.ts';
export { type AnyRelease, type Engine, engines, findRelease } from './engines.ts';
export { comparisonPage, type Executed, writeComparisonPage } from './html/comparison-page.ts';
export type { PageDifference, PageInput, PageMoment, PageSide } from './html/page-input.ts';
export { writePage } from './html/write-page.ts';
export {
  type Compared,
  type Divergence,
  type Execution,
  executeTrace,
  Lockstep,
  type SideAfter,
} from './lockstep.ts';
export type { EquivalentMutants } from './mutants/equivalents.ts';
export { mergeReports } from './mutants/merge.ts';
export type { Mutant } from './mutants/mutant.ts';
export type { MutantsOptions } from './mutants/options.ts';
export { type MutantsReport, type Summary, summaryOf } from './mutants/report.ts';
export type { MutantResult } from './mutants/result.ts';
export { type ListedMutant, listMutants, runMutants } from './mutants/run.ts';
export { type Recording, record } from './record.ts';
export { type ReplayOptions, type ReplayReport, replay } from './replay.ts';
export { type DiagramLanguage, drawDiagram } from './report/diagram.ts';
export type { ReportedDifference, ReportedDivergence } from './report/found.ts';
export { verifyJson } from './report/json.ts';
export { verifyJunit } from './report/junit.ts';
export { mutantsHtml } from './report/mutants-html.ts';
export { mutantsJson } from './report/mutants-json.ts';
export { type TraceForm, traceAs } from './report/trace-as.ts';
export type { Services } from './services.ts';
export {
  parseTrace,
  readTraceFile,
  type Trace,
  type TraceEntry,
  TraceError,
  traceJsonSchema,
  writeTraceFile,
} from './trace.ts';
export { type VerifyOptions, type VerifyReport, verify } from './verify.ts';
