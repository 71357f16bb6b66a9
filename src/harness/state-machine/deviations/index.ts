/** Where the executor behaves differently from the states language: one file each. */
import type { Deviation } from '../../contract/deviation.ts';
import { aMapOverNothingHangs } from './a-map-over-nothing-hangs.ts';
import { aParallelWithoutBranchesHangs } from './a-parallel-without-branches-hangs.ts';
import { moreThanAHundredMessagesDeadlock } from './more-than-a-hundred-messages-deadlock.ts';

export const stateMachineDeviations: readonly Deviation[] = [
  aMapOverNothingHangs,
  aParallelWithoutBranchesHangs,
  moreThanAHundredMessagesDeadlock,
];
