/** Random targets, pools and limits. */
import type { Arbitrary } from 'fast-check';
import type { Configuration, DagCascadeCommand } from '../../../model/dag-cascade/commands.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { mostly, nul, type Scene, targets } from './scene.ts';

const { plain, asynchronous, unreachable } = targets;
const limit = drawnLater(() => fc.constantFrom(1, 1, 2, 5, null));
const timeout = drawnLater(() => fc.constantFrom('00:00:05', '01:00:00', null));

const target = (name: string, rest: object = {}) =>
  fc.record(
    {
      target: fc.constant(name),
      connection_string: fc.constantFrom('host=somewhere', 'host=somewhere', 'host=elsewhere'),
      max_concurrency: limit,
      default_timeout: timeout,
      concurrency_track_yielded: fc.constantFrom(true, false, null),
      ...rest,
    },
    { requiredKeys: ['target', 'connection_string'] },
  );

const usual = drawnLater(() =>
  fc.tuple(
    target(plain),
    target(asynchronous, { asynchronous_finish: fc.constantFrom(true, true, true, false, null) }),
  ),
);
/** Without a connection, without those that are used, or under the name that the documentation has for a limit. */
const others = drawnLater(() =>
  fc.constantFrom<readonly object[]>(
    [],
    [{ target: unreachable, max_workers: 3 }],
    [{ target: unreachable }],
    [{ target: unreachable, connection_string: 'host=elsewhere', asynchronous_finish: true }],
  ),
);
const faulty = drawnLater(() =>
  fc.constantFrom<readonly object[]>(
    [{ target: null }],
    [{ target: plain }, { target: plain, max_concurrency: 3 }],
    [{ target: 'async.self' }],
  ),
);

const control = drawnLater(() =>
  fc.record(
    {
      workers: fc.constantFrom(1, 2, 3, 3, 6, 0),
      default_timeout: timeout,
      self_concurrency: fc.constantFrom(1, null),
      default_concurrency_pool_workers: fc.constantFrom(1, 2, null),
    },
    { requiredKeys: [] },
  ),
);
const pools = drawnLater(() =>
  fc.constantFrom<readonly object[]>(
    [],
    [
      { concurrency_pool: 'a', max_workers: 1 },
      { concurrency_pool: 'b', max_workers: 2 },
    ],
    [
      { concurrency_pool: 'b', max_workers: 1 },
      { concurrency_pool: 'a', max_workers: 2 },
    ],
    [{ concurrency_pool: 'b' }, { concurrency_pool: 'a', max_workers: 3 }],
    [{ concurrency_pool: 'a' }, { concurrency_pool: plain, max_workers: 1 }],
    [{ concurrency_pool: unreachable }, { concurrency_pool: 'a' }],
    [{ concurrency_pool: 'c', max_workers: 0 }],
    [{ concurrency_pool: 'a' }, { concurrency_pool: 'a', max_workers: 3 }],
    [
      { concurrency_pool: 'a', max_workers: 4 },
      { concurrency_pool: 'a', max_workers: 5 },
      { concurrency_pool: 'b' },
    ],
    [{ concurrency_pool: null }],
  ),
);

const none = {};

/** Later ones take away what is used, or have a fault. */
export function configure({ hasTargets, isRestless }: Scene): Arbitrary<DagCascadeCommand> {
  const rest = isRestless ? fc.constant([{ target: unreachable }]) : others;
  const all = fc.tuple(usual, rest).map(([some, more]) => [...some, ...more]);
  const anyTargets = fc.oneof(
    { weight: hasTargets ? 4 : 30, arbitrary: all },
    { weight: 1, arbitrary: usual.map(([first]) => [first]) },
    { weight: 1, arbitrary: fc.tuple(usual, faulty).map(([some, more]) => [...some, ...more]) },
    { weight: 1, arbitrary: faulty },
  );
  const extras = fc.constantFrom<object>(
    ...Array.from({ length: 24 }, () => ({})),
    { unknown: 1 },
    { unknown: nul },
    { control: null },
    { targets: null },
    { concurrency_pools: null },
    hasTargets ? none : {},
  );
  return fc
    .record({
      targets: anyTargets,
      control: mostly(fc.constant(undefined), control, 1),
      pools: mostly(fc.constant(undefined), pools, hasTargets ? 1 : 2),
      extras,
    })
    .map(({ targets: list, control: limits, pools: named, extras: more }) => ({
      type: 'configure' as const,
      // Nothing of it, and then SQL NULL, once in a while.
      ...(more !== none && {
        _configuration: {
          targets: list,
          ...(limits && { control: limits }),
          ...(named && { concurrency_pools: named }),
          ...more,
        } as Configuration,
      }),
    }));
}
