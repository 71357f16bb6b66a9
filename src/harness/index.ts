/** `pgtwin/verify`: conformance as a library. Every command of `pgtwin` is one of these functions. */
export { runCampaign } from './campaign/campaign.ts';
export { arbitraryTrace, generateTrace } from './campaign/generate.ts';
export type { CampaignOptions } from './campaign/options.ts';
export type { CampaignProgress, CampaignReport, FoundDivergence } from './campaign/report.ts';
export { SampleError } from './campaign/sample-error.ts';
export { shrinkTrace } from './campaign/shrink.ts';
export { absent, type Difference } from './comparison.ts';
export type { AnyCommand, Installation, Observation, TestedRelease } from './engine.ts';
export { type AnyRelease, type Engine, engines, findRelease } from './engines.ts';
export { type Divergence, type Execution, executeTrace, Lockstep } from './lockstep.ts';
export { type ReplayOptions, type ReplayReport, replay } from './replay.ts';
export type { ReportedDifference, ReportedDivergence } from './report/found.ts';
export { verifyJson } from './report/json.ts';
export { verifyJunit } from './report/junit.ts';
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
