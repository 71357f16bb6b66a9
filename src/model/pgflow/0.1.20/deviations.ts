/** Where the SQL of this release does something other than its documentation says, by name. */

/** What each of them is, and where the documentation says otherwise, is told in the harness's registry. */
export const deviations = [
  'a-step-added-again-can-depend-on-a-later-one',
  'completing-a-task-twice-is-refused',
  'dependencies-added-again-are-not-waited-for',
  'flows-without-steps-never-complete',
  'repeated-dependencies-are-never-met',
  'tasks-are-polled-from-the-queues-of-other-flows',
] as const;

export type Deviation = (typeof deviations)[number];

/** The deviations in which a model follows the documentation; the SQL in all others. */
export type AsDocumented = ReadonlySet<Deviation>;
