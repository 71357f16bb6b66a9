/** What commands of every release carry: outputs, durations, amounts, names of queues, messages of errors. */
import type { Arbitrary } from 'fast-check';
import { arbitraryJson } from '../../contract/arbitrary-json.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';

type Calculation =
  | { type: 'calculate_retry_delay'; base_delay: number | null; attempts_count: number | null }
  | { type: 'is_valid_slug'; slug: string | null };

/** SQL NULL is the key left out. */
export const withJson = <Key extends string>(key: Key) =>
  fc.oneof(
    { weight: 12, arbitrary: arbitraryJson.map((value) => ({ [key]: value })) },
    { weight: 1, arbitrary: fc.constant({}) },
  ) as Arbitrary<{ [K in Key]?: never }>;

export const seconds = drawnLater(() =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(1, 2, 5, 30) },
    { weight: 2, arbitrary: fc.constantFrom(0, -1, -3600, 2 ** 31 - 1) },
  ),
);

export const quantity = drawnLater(() =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(1, 2, 3, 10, 100) },
    { weight: 2, arbitrary: fc.constantFrom<number | null>(0, -1, -1, null, 2 ** 31 - 1) },
  ),
);

/** Short and at a step that divides nothing evenly, so that a boundary falls between two looks. */
export const polling = drawnLater(() =>
  fc.constantFrom<{ max_poll_seconds?: number; poll_interval_ms?: number }>(
    { max_poll_seconds: 1 },
    { max_poll_seconds: 1 },
    { max_poll_seconds: 1, poll_interval_ms: 300 },
    { max_poll_seconds: 2, poll_interval_ms: 700 },
    { max_poll_seconds: 3, poll_interval_ms: 1000 },
    { max_poll_seconds: 0 },
    { max_poll_seconds: -1 },
    { poll_interval_ms: 999 },
  ),
);

export const oddQueue = drawnLater(() =>
  fc.constantFrom(null, null, 'none', '', "it's", 'a$b', 'a--b', 'a;b', 'q\0', 'q\0'),
);

export const errorMessage = drawnLater(() =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('boom', '', 'line 1\nline 2', 'Käse 😀') },
    { weight: 1, arbitrary: fc.constantFrom(null, 'a\0b') },
  ),
);

export const calculate: Arbitrary<Calculation> = drawnLater(() =>
  fc.oneof(
    fc
      .tuple(
        fc.oneof(
          fc.constantFrom<number | null>(0, 1, 5, 0.5, 2.75, -3, 1e300, 5e-324, null, null, null),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.integer({ min: -100, max: 100_000 }),
        ),
        fc.oneof(
          fc.integer({ min: 0, max: 40 }),
          fc.constantFrom<number | null>(
            -1,
            -1074,
            -1075,
            1023,
            1024,
            2 ** 31 - 1,
            -(2 ** 31),
            null,
            null,
            null,
          ),
        ),
      )
      .map(([base_delay, attempts_count]) => ({
        type: 'calculate_retry_delay' as const,
        base_delay,
        attempts_count,
      })),
    fc
      .oneof(
        fc.constantFrom<string | null>(
          'ok',
          'A_1',
          '_',
          '',
          'run',
          'Run',
          '9',
          'a-b',
          'a\n',
          'é',
          'a'.repeat(128),
          'a'.repeat(129),
          null,
        ),
        fc.string({ maxLength: 6 }),
      )
      .map((slug) => ({ type: 'is_valid_slug' as const, slug })),
  ),
);
