/** Random retriers and catchers. */
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { present } from '../../../contract/present.ts';
import { resultPath, seldom } from './values.ts';

/** What tasks fail with. */
export const errors = ['E1', 'E1', 'E2', 'States.Timeout', 'States.Runtime', 'States.DataLimitExceeded'];

const named = drawnLater(() =>
  fc.uniqueArray(
    fc.constantFrom(
      ...[
        'E1',
        'E1',
        'E2',
        'States.Timeout',
        'States.HeartbeatTimeout',
        'States.TaskFailed',
        'States.Runtime',
      ],
      ...['States.DataLimitExceeded', 'States.ResultPathMatchFailure', 'States.ParameterPathFailure'],
      'States.ExceedToleratedFailureThreshold',
    ),
    { minLength: 1, maxLength: 2 },
  ),
);

/** Each with names of errors, the last mostly for all. */
function handlers<T extends object>(rest: () => import('fast-check').Arbitrary<T>) {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.array(fc.tuple(named, rest()), { maxLength: 2 }),
          fc.option(rest(), { nil: undefined, freq: 3 }),
        )
        .map(([some, all]) => [
          ...some.map(([ErrorEquals, own]) => ({ ErrorEquals, ...own })),
          ...(all ? [{ ErrorEquals: ['States.ALL'], ...all }] : []),
        ]),
    },
  );
}

export const retriers = drawnLater(() =>
  handlers(() =>
    fc
      .record({
        IntervalSeconds: seldom(fc.constantFrom(1, 2, 3), 8),
        MaxAttempts: seldom(fc.constantFrom(0, 1, 2, 5), 8),
        BackoffRate: seldom(fc.constantFrom(1, 1.1, 1.4, 1.5, 2.01, 3, 1_000_000), 8),
        MaxDelaySeconds: seldom(fc.constantFrom(1, 4, 100)),
        JitterStrategy: seldom(fc.constantFrom('FULL', 'NONE')),
      })
      .map(present),
  ),
);

export const catchers = (targets: readonly string[]) =>
  handlers(() => fc.record({ Next: fc.constantFrom(...targets), ResultPath: resultPath }).map(present));
