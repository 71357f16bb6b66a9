/** Where the SQL of this release does something other than its documentation says, by name. */
import type { createFlow } from '../shared/create-flow.ts';

/** What each of them is, and where the documentation says otherwise, is told in the harness's registry. */
export const deviations = [
  'a-flow-can-be-changed-under-its-runs',
  'a-step-added-again-can-depend-on-a-later-one',
  'adding-a-map-again-gives-it-a-second-dependency',
  'an-empty-batch-of-visibilities-needs-a-queue',
  'base-delay-is-five-seconds-unless-told',
  'completing-a-task-that-is-not-started-can-fail-the-run',
  'completing-a-task-twice-announces-its-step-again',
  'defining-a-flow-again-keeps-its-options',
  'dependencies-added-again-are-not-waited-for',
  'failed-runs-leave-tasks-behind',
  'failing-a-queued-task-puts-it-off',
  'fifty-empty-maps-in-a-chain-are-refused',
  'flows-with-slugs-beyond-47-characters-are-refused',
  'repeated-dependencies-are-never-met',
  'retries-wait-twice-as-long',
  'stalled-tasks-are-never-retried',
  'started-tasks-keep-the-visibility-of-the-read',
  'type-violations-are-announced-without-an-error',
] as const;

export type Deviation = (typeof deviations)[number];

/** The deviations in which a model follows the documentation; the SQL in all others. */
export type AsDocumented = ReadonlySet<Deviation>;

/** How `create_flow`, which all releases share, follows the documentation of this one. */
export function flowsAsDocumented(names: AsDocumented): Parameters<typeof createFlow>[2] {
  return {
    ...(names.has('base-delay-is-five-seconds-unless-told') ? { defaultBaseDelay: 1 } : {}),
    ...(names.has('flows-with-slugs-beyond-47-characters-are-refused') ? { longestQueueName: 128 } : {}),
    updatesOptions: names.has('defining-a-flow-again-keeps-its-options'),
  };
}
