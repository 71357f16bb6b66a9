/** Where the executor behaves differently from the states language: one file each. */
import type { Deviation } from '../../contract/deviation.ts';
import { aFailEndsLikeASuccess } from './a-fail-ends-like-a-success.ts';
import { aMapOverNothingHangs } from './a-map-over-nothing-hangs.ts';
import { aParallelWithoutBranchesHangs } from './a-parallel-without-branches-hangs.ts';
import { aPathOfNullIsTheWhole } from './a-path-of-null-is-the-whole.ts';
import { aPatternIsARegularExpression } from './a-pattern-is-a-regular-expression.ts';
import { aQuestionOfKindHasNoAnswer } from './a-question-of-kind-has-no-answer.ts';
import { aTaskThatEndsTwiceLeadsOnTwice } from './a-task-that-ends-twice-leads-on-twice.ts';
import { aWaitTakesFiveSeconds } from './a-wait-takes-five-seconds.ts';
import { fieldsThatEndTheExecutor } from './fields-that-end-the-executor.ts';
import { moreThanAHundredMessagesDeadlock } from './more-than-a-hundred-messages-deadlock.ts';
import { nothingIsNull } from './nothing-is-null.ts';
import { outputsAreInTheOrderOfTheirEnds } from './outputs-are-in-the-order-of-their-ends.ts';
import { theCountStandsBeforeTheSeconds } from './the-count-stands-before-the-seconds.ts';
import { timestampsAreNeverCompared } from './timestamps-are-never-compared.ts';

export const stateMachineDeviations: readonly Deviation[] = [
  aFailEndsLikeASuccess,
  aMapOverNothingHangs,
  aParallelWithoutBranchesHangs,
  aPathOfNullIsTheWhole,
  aPatternIsARegularExpression,
  aQuestionOfKindHasNoAnswer,
  aTaskThatEndsTwiceLeadsOnTwice,
  aWaitTakesFiveSeconds,
  fieldsThatEndTheExecutor,
  moreThanAHundredMessagesDeadlock,
  nothingIsNull,
  outputsAreInTheOrderOfTheirEnds,
  theCountStandsBeforeTheSeconds,
  timestampsAreNeverCompared,
];
