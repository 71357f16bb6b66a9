/** Places where the executor differs from the states language, by name. */

/** What each of them is, and where the documentation says otherwise, is in the harness's registry. */
export const deviations = [
  'a-fail-ends-like-a-success',
  'a-map-over-nothing-hangs',
  'a-parallel-without-branches-hangs',
  'a-path-of-null-is-the-whole',
  'a-pattern-is-a-regular-expression',
  'a-question-of-kind-has-no-answer',
  'a-task-that-ends-twice-leads-on-twice',
  'a-wait-takes-five-seconds',
  'fields-that-end-the-executor',
  'more-than-a-hundred-messages-deadlock',
  'nothing-is-null',
  'outputs-are-in-the-order-of-their-ends',
  'the-count-stands-before-the-seconds',
  'timestamps-are-never-compared',
] as const;
export type DeviationId = (typeof deviations)[number];
/** Deviations in which the model follows the documentation. */
export type AsDocumented = ReadonlySet<DeviationId>;
