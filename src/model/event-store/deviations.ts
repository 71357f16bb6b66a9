/** Where this store does something other than its documentation says, by name. */

/** What each of them is, and where the documentation says otherwise, is told in the harness's registry. */
export const deviations = [
  'a-busy-partition-waits-for-all-others',
  'a-final-partition-can-grow',
  'an-event-cannot-be-read-in-the-instant-it-is-free',
  'any-offset-can-be-acknowledged',
  'immutable-events-can-be-truncated',
  'registering-a-view-again-forgets-what-it-acknowledged',
  'start-at-does-not-hold-for-later-partitions',
  'the-last-event-is-that-of-any-decider',
  'the-lock-timeout-of-a-view-is-never-used',
] as const;

export type Deviation = (typeof deviations)[number];

/** The deviations in which a model follows the documentation; the SQL in all others. */
export type AsDocumented = ReadonlySet<Deviation>;
