/** Where the DAG cascade behaves differently from its documentation: one file each. */
import type { Deviation } from '../../contract/deviation.ts';
import { aCanceledFlowCountsNoFailures } from './a-canceled-flow-counts-no-failures.ts';
import { aCanceledNodeIsShownAsFailed } from './a-canceled-node-is-shown-as-failed.ts';
import { aCycleIsAccepted } from './a-cycle-is-accepted.ts';
import { aDeferredTaskKeepsItsDeadline } from './a-deferred-task-keeps-its-deadline.ts';
import { aFailedChildFlowIsAFinishedStep } from './a-failed-child-flow-is-a-finished-step.ts';
import { aFinishedTaskCanBeFinishedAgain } from './a-finished-task-can-be-finished-again.ts';
import { aNewPriorityIsLostForLaterTasks } from './a-new-priority-is-lost-for-later-tasks.ts';
import { aNodeWithoutTargetIsNeverRun } from './a-node-without-target-is-never-run.ts';
import { aRestartedFlowShowsOldCounts } from './a-restarted-flow-shows-old-counts.ts';
import { aRestartedTaskStillCountsAsFailed } from './a-restarted-task-still-counts-as-failed.ts';
import { aRoutineForPoolsIsForgotten } from './a-routine-for-pools-is-forgotten.ts';
import { aSuccessCanHaveAnError } from './a-success-can-have-an-error.ts';
import { aTargetWithoutLimitRunsFour } from './a-target-without-limit-runs-four.ts';
import { aWorkerOfADeletedTaskIsNeverFree } from './a-worker-of-a-deleted-task-is-never-free.ts';
import { anErrorLeaksToOtherFailures } from './an-error-leaks-to-other-failures.ts';
import { appendingForgetsRoutinesAndTimeouts } from './appending-forgets-routines-and-timeouts.ts';
import { noTaskIsEverTimedOut } from './no-task-is-ever-timed-out.ts';
import { nodesLeftOutCountAsFinished } from './nodes-left-out-count-as-finished.ts';
import { nodesThatNeverRanAreNotCountedAsFailed } from './nodes-that-never-ran-are-not-counted-as-failed.ts';
import { nullAmongTheNodesRunsStepsOfAll } from './null-among-the-nodes-runs-steps-of-all.ts';
import { presumedFailuresHaveNoStatus } from './presumed-failures-have-no-status.ts';
import { restartingAWholeFlowRunsNothing } from './restarting-a-whole-flow-runs-nothing.ts';
import { stepsCanBePushedToAFinishedNode } from './steps-can-be-pushed-to-a-finished-node.ts';
import { stepsCanceledInTimeAreShownAsPending } from './steps-canceled-in-time-are-shown-as-pending.ts';
import { theDocumentedLimitOfATargetIsPassedOver } from './the-documented-limit-of-a-target-is-passed-over.ts';
import { theSameStepTwiceRefusesAll } from './the-same-step-twice-refuses-all.ts';
import { thereAreAHundredWorkers } from './there-are-a-hundred-workers.ts';

export const dagCascadeDeviations: readonly Deviation[] = [
  aCanceledFlowCountsNoFailures,
  aCanceledNodeIsShownAsFailed,
  aCycleIsAccepted,
  aDeferredTaskKeepsItsDeadline,
  aFailedChildFlowIsAFinishedStep,
  aFinishedTaskCanBeFinishedAgain,
  aNewPriorityIsLostForLaterTasks,
  aNodeWithoutTargetIsNeverRun,
  aRestartedFlowShowsOldCounts,
  aRestartedTaskStillCountsAsFailed,
  aRoutineForPoolsIsForgotten,
  aSuccessCanHaveAnError,
  aTargetWithoutLimitRunsFour,
  aWorkerOfADeletedTaskIsNeverFree,
  anErrorLeaksToOtherFailures,
  appendingForgetsRoutinesAndTimeouts,
  noTaskIsEverTimedOut,
  nodesLeftOutCountAsFinished,
  nodesThatNeverRanAreNotCountedAsFailed,
  nullAmongTheNodesRunsStepsOfAll,
  presumedFailuresHaveNoStatus,
  restartingAWholeFlowRunsNothing,
  stepsCanBePushedToAFinishedNode,
  stepsCanceledInTimeAreShownAsPending,
  theDocumentedLimitOfATargetIsPassedOver,
  theSameStepTwiceRefusesAll,
  thereAreAHundredWorkers,
];
