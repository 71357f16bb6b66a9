/** Where an event store behaves differently from its documentation: one file each. */
import type { Deviation } from '../../contract/deviation.ts';
import { aBusyPartitionWaitsForAllOthers } from './a-busy-partition-waits-for-all-others.ts';
import { aFinalPartitionCanGrow } from './a-final-partition-can-grow.ts';
import { anEventCannotBeReadInTheInstantItIsFree } from './an-event-cannot-be-read-in-the-instant-it-is-free.ts';
import { anyOffsetCanBeAcknowledged } from './any-offset-can-be-acknowledged.ts';
import { immutableEventsCanBeTruncated } from './immutable-events-can-be-truncated.ts';
import { registeringAViewAgainForgetsWhatItAcknowledged } from './registering-a-view-again-forgets-what-it-acknowledged.ts';
import { startAtDoesNotHoldForLaterPartitions } from './start-at-does-not-hold-for-later-partitions.ts';
import { theLastEventIsThatOfAnyDecider } from './the-last-event-is-that-of-any-decider.ts';
import { theLockTimeoutOfAViewIsNeverUsed } from './the-lock-timeout-of-a-view-is-never-used.ts';

export const eventStoreDeviations: readonly Deviation[] = [
  aBusyPartitionWaitsForAllOthers,
  aFinalPartitionCanGrow,
  anEventCannotBeReadInTheInstantItIsFree,
  anyOffsetCanBeAcknowledged,
  immutableEventsCanBeTruncated,
  registeringAViewAgainForgetsWhatItAcknowledged,
  startAtDoesNotHoldForLaterPartitions,
  theLastEventIsThatOfAnyDecider,
  theLockTimeoutOfAViewIsNeverUsed,
];
