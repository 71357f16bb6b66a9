/** Places where the executor differs from the states language, by name. */

/** What each of them is, and where the documentation says otherwise, is in the harness's registry. */
export const deviations = [
  'a-map-over-nothing-hangs',
  'a-parallel-without-branches-hangs',
  'more-than-a-hundred-messages-deadlock',
] as const;
export type DeviationId = (typeof deviations)[number];
/** Deviations in which the model follows the documentation. */
export type AsDocumented = ReadonlySet<DeviationId>;
