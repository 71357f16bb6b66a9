/** Where the first ledger does something other than its documentation says, by name. */

/** What each of them is, and where the documentation says otherwise, is in the harness's registry. */
export const deviations = [
  'a-crashed-leg-1-is-never-run-again',
  'a-late-message-is-not-taken-back',
  'a-ledger-without-a-seed-is-inactive',
  'a-second-hook-waits-for-ever',
  'a-signal-is-used-up-without-effect',
  'a-sleep-ends-early',
  'a-trigger-that-crashed-is-not-gone-on-with',
  'an-entry-into-a-job-that-is-over-counts',
  'completion-takes-more-than-documented',
  'the-millionth-entry-closes-an-activity',
  'the-ninth-entry-is-invalid',
  'what-follows-an-interruption-is-never-run',
] as const;

export type Deviation = (typeof deviations)[number];

/** The deviations in which a model follows the documentation; the original in all others. */
export type AsDocumented = ReadonlySet<Deviation>;
