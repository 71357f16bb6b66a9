/** Where the SQL of pgflow behaves differently from its documentation: one file each. */
import type { Deviation } from '../../contract/deviation.ts';
import { aFlowCanBeChangedUnderItsRuns } from './a-flow-can-be-changed-under-its-runs.ts';
import { aStepAddedAgainCanDependOnALaterOne } from './a-step-added-again-can-depend-on-a-later-one.ts';
import { addingAMapAgainGivesItASecondDependency } from './adding-a-map-again-gives-it-a-second-dependency.ts';
import { anEmptyBatchOfVisibilitiesNeedsAQueue } from './an-empty-batch-of-visibilities-needs-a-queue.ts';
import { baseDelayIsFiveSecondsUnlessTold } from './base-delay-is-five-seconds-unless-told.ts';
import { completingATaskThatIsNotStartedCanFailTheRun } from './completing-a-task-that-is-not-started-can-fail-the-run.ts';
import { completingATaskTwiceAnnouncesItsStepAgain } from './completing-a-task-twice-announces-its-step-again.ts';
import { completingATaskTwiceIsRefused } from './completing-a-task-twice-is-refused.ts';
import { definingAFlowAgainKeepsItsOptions } from './defining-a-flow-again-keeps-its-options.ts';
import { dependenciesAddedAgainAreNotWaitedFor } from './dependencies-added-again-are-not-waited-for.ts';
import { failedRunsLeaveTasksBehind } from './failed-runs-leave-tasks-behind.ts';
import { failingAQueuedTaskPutsItOff } from './failing-a-queued-task-puts-it-off.ts';
import { fiftyEmptyMapsInAChainAreRefused } from './fifty-empty-maps-in-a-chain-are-refused.ts';
import { flowsWithSlugsBeyond47CharactersAreRefused } from './flows-with-slugs-beyond-47-characters-are-refused.ts';
import { flowsWithoutStepsNeverComplete } from './flows-without-steps-never-complete.ts';
import { repeatedDependenciesAreNeverMet } from './repeated-dependencies-are-never-met.ts';
import { retriesWaitTwiceAsLong } from './retries-wait-twice-as-long.ts';
import { stalledTasksAreNeverRetried } from './stalled-tasks-are-never-retried.ts';
import { startedTasksKeepTheVisibilityOfTheRead } from './started-tasks-keep-the-visibility-of-the-read.ts';
import { tasksArePolledFromTheQueuesOfOtherFlows } from './tasks-are-polled-from-the-queues-of-other-flows.ts';
import { typeViolationsAreAnnouncedWithoutAnError } from './type-violations-are-announced-without-an-error.ts';

export const pgflowDeviations: readonly Deviation[] = [
  aFlowCanBeChangedUnderItsRuns,
  aStepAddedAgainCanDependOnALaterOne,
  addingAMapAgainGivesItASecondDependency,
  anEmptyBatchOfVisibilitiesNeedsAQueue,
  baseDelayIsFiveSecondsUnlessTold,
  completingATaskThatIsNotStartedCanFailTheRun,
  completingATaskTwiceAnnouncesItsStepAgain,
  completingATaskTwiceIsRefused,
  definingAFlowAgainKeepsItsOptions,
  dependenciesAddedAgainAreNotWaitedFor,
  failedRunsLeaveTasksBehind,
  failingAQueuedTaskPutsItOff,
  fiftyEmptyMapsInAChainAreRefused,
  flowsWithSlugsBeyond47CharactersAreRefused,
  flowsWithoutStepsNeverComplete,
  repeatedDependenciesAreNeverMet,
  retriesWaitTwiceAsLong,
  stalledTasksAreNeverRetried,
  startedTasksKeepTheVisibilityOfTheRead,
  tasksArePolledFromTheQueuesOfOtherFlows,
  typeViolationsAreAnnouncedWithoutAnError,
];
