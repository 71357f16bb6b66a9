/** Where the activity ledger behaves differently from its documentation: one file each. */
import type { Deviation } from '../../contract/deviation.ts';
import { aCrashedLeg1IsNeverRunAgain } from './a-crashed-leg-1-is-never-run-again.ts';
import { aLateMessageIsNotTakenBack } from './a-late-message-is-not-taken-back.ts';
import { aLedgerWithoutASeedIsInactive } from './a-ledger-without-a-seed-is-inactive.ts';
import { aSecondHookWaitsForEver } from './a-second-hook-waits-for-ever.ts';
import { aSignalIsUsedUpWithoutEffect } from './a-signal-is-used-up-without-effect.ts';
import { aSleepEndsEarly } from './a-sleep-ends-early.ts';
import { aTriggerThatCrashedIsNotGoneOnWith } from './a-trigger-that-crashed-is-not-gone-on-with.ts';
import { anEntryIntoAJobThatIsOverCounts } from './an-entry-into-a-job-that-is-over-counts.ts';
import { completionTakesMoreThanDocumented } from './completion-takes-more-than-documented.ts';
import { theMillionthEntryClosesAnActivity } from './the-millionth-entry-closes-an-activity.ts';
import { theNinthEntryIsInvalid } from './the-ninth-entry-is-invalid.ts';
import { whatFollowsAnInterruptionIsNeverRun } from './what-follows-an-interruption-is-never-run.ts';

export const ledgerDeviations: readonly Deviation[] = [
  aCrashedLeg1IsNeverRunAgain,
  aLateMessageIsNotTakenBack,
  aLedgerWithoutASeedIsInactive,
  aSecondHookWaitsForEver,
  aSignalIsUsedUpWithoutEffect,
  aSleepEndsEarly,
  aTriggerThatCrashedIsNotGoneOnWith,
  anEntryIntoAJobThatIsOverCounts,
  completionTakesMoreThanDocumented,
  theMillionthEntryClosesAnActivity,
  theNinthEntryIsInvalid,
  whatFollowsAnInterruptionIsNeverRun,
];
