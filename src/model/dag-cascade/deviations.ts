/** Where the SQL does something other than its documentation says, by name. */

/** What each of them is, and where the documentation says otherwise, is told in the harness's registry. */
export const deviations = [
  'a-canceled-flow-counts-no-failures',
  'a-canceled-node-is-shown-as-failed',
  'a-cycle-is-accepted',
  'a-deferred-task-keeps-its-deadline',
  'a-failed-child-flow-is-a-finished-step',
  'a-finished-task-can-be-finished-again',
  'a-new-priority-is-lost-for-later-tasks',
  'a-node-without-target-is-never-run',
  'a-restarted-flow-shows-old-counts',
  'a-restarted-task-still-counts-as-failed',
  'a-routine-for-pools-is-forgotten',
  'a-success-can-have-an-error',
  'a-target-without-limit-runs-four',
  'a-worker-of-a-deleted-task-is-never-free',
  'an-error-leaks-to-other-failures',
  'appending-forgets-routines-and-timeouts',
  'no-task-is-ever-timed-out',
  'nodes-left-out-count-as-finished',
  'nodes-that-never-ran-are-not-counted-as-failed',
  'null-among-the-nodes-runs-steps-of-all',
  'presumed-failures-have-no-status',
  'restarting-a-whole-flow-runs-nothing',
  'steps-can-be-pushed-to-a-finished-node',
  'steps-canceled-in-time-are-shown-as-pending',
  'the-documented-limit-of-a-target-is-passed-over',
  'the-same-step-twice-refuses-all',
  'there-are-a-hundred-workers',
] as const;

export type Deviation = (typeof deviations)[number];

/** The deviations in which a model follows the documentation; the SQL in all others. */
export type AsDocumented = ReadonlySet<Deviation>;
