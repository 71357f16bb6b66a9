/** Random flows: sequences, forks, errors that are caught, hooks, cycles, children, and what no flow may be. */
import type { Arbitrary } from 'fast-check';
import type { Flow } from '../../../model/activity-ledger/shared/commands.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';

type Parts = Pick<Flow, 'activities' | 'transitions'>;
type Activity = Flow['activities'][number];

const t: Activity = { aid: 't', kind: 'trigger' };
const worker = (aid: string, rest: Partial<Activity> = {}): Activity => ({
  aid,
  kind: 'worker',
  topic: `do.${aid}`,
  ...rest,
});
const leads = (from: string, to: string, code?: number) => ({
  from,
  to,
  ...(code !== undefined && { code }),
});

/** What a flow of jobs can look like. */
const shapes: readonly Parts[] = [
  { activities: [t], transitions: [] },
  { activities: [t, worker('a')], transitions: [leads('t', 'a')] },
  {
    activities: [t, worker('a'), worker('b'), worker('c')],
    transitions: [leads('t', 'a', 200), leads('a', 'b'), leads('a', 'c', 500)],
  },
  {
    activities: [t, worker('a', { cycle: true }), worker('b'), { aid: 'c', kind: 'cycle', ancestor: 'a' }],
    transitions: [leads('t', 'a'), leads('a', 'b', 200), leads('a', 'c', 202)],
  },
  // It does not say that it can be entered again.
  {
    activities: [t, worker('a'), worker('b'), { aid: 'c', kind: 'cycle', ancestor: 'a' }],
    transitions: [leads('t', 'a'), leads('a', 'b', 200), leads('a', 'c', 202)],
  },
  {
    activities: [t, { aid: 'p', kind: 'hook' }, worker('a'), { aid: 'c', kind: 'cycle', ancestor: 'p' }],
    transitions: [leads('t', 'p'), leads('p', 'a', 200), leads('a', 'c', 500)],
  },
  // What waits for a signal can be entered again only in the first ledger.
  {
    activities: [
      t,
      { aid: 'h', kind: 'hook', topic: 'go' },
      worker('a'),
      { aid: 'c', kind: 'cycle', ancestor: 'h' },
    ],
    transitions: [leads('t', 'h'), leads('h', 'a', 200), leads('a', 'c', 500)],
  },
  // One passes on, can be entered again, and is.
  {
    activities: [
      t,
      { aid: 'p', kind: 'hook', cycle: true },
      worker('a'),
      { aid: 'c', kind: 'cycle', ancestor: 'p' },
      worker('b'),
    ],
    transitions: [leads('t', 'p'), leads('p', 'a', 200), leads('a', 'c', 500), leads('a', 'b', 200)],
  },
  // One leads back at once, again and again.
  {
    activities: [
      t,
      { aid: 'p', kind: 'hook', cycle: true },
      { aid: 'c', kind: 'cycle', ancestor: 'p' },
      worker('a'),
    ],
    transitions: [leads('t', 'p'), leads('p', 'c'), leads('p', 'a')],
  },
  {
    activities: [
      t,
      { aid: 'h', kind: 'hook', topic: 'go', cycle: true },
      worker('a'),
      { aid: 's', kind: 'signal', topic: 'go' },
      worker('b'),
    ],
    transitions: [leads('t', 'h'), leads('t', 's'), leads('h', 'a'), leads('s', 'b', 200)],
  },
  {
    activities: [
      t,
      { aid: 'h', kind: 'hook', topic: 'go' },
      { aid: 'i', kind: 'hook', topic: 'go' },
      worker('a'),
      worker('b'),
    ],
    transitions: [leads('t', 'h'), leads('t', 'i'), leads('h', 'a', 200), leads('i', 'b')],
  },
  {
    activities: [t, { aid: 'z', kind: 'hook', sleep: 7 }, { aid: 'y', kind: 'hook', sleep: 60 }, worker('a')],
    transitions: [leads('t', 'z'), leads('z', 'y'), leads('t', 'a')],
  },
  {
    activities: [
      t,
      worker('a'),
      { aid: 'x', kind: 'interrupt' },
      { aid: 'v', kind: 'interrupt', target: 'k' },
      worker('b'),
    ],
    transitions: [leads('t', 'a'), leads('a', 'x', 500), leads('t', 'v'), leads('v', 'b', 200)],
  },
  {
    activities: [
      t,
      { aid: 'w', kind: 'await', flow: 'g' },
      { aid: 'q', kind: 'await', flow: 'g', child: 'k' },
      worker('a'),
    ],
    transitions: [leads('t', 'w'), leads('w', 'q'), leads('q', 'a', 200)],
  },
  {
    activities: [
      t,
      { aid: 'w', kind: 'await', flow: 'g', await: false },
      { aid: 'q', kind: 'await', flow: 'nowhere' },
      { aid: 'n', kind: 'await' },
    ],
    transitions: [leads('t', 'w'), leads('t', 'q'), leads('t', 'n')],
  },
  {
    activities: [t, { aid: 's', kind: 'signal', topic: 'nobody' }, worker('a'), { aid: 'p', kind: 'hook' }],
    transitions: [leads('t', 's'), leads('s', 'a', 200), leads('t', 'p')],
  },
];

/** What a child can be. */
const children: readonly Parts[] = [
  { activities: [{ aid: 'gt', kind: 'trigger' }], transitions: [] },
  { activities: [{ aid: 'gt', kind: 'trigger' }, worker('ga')], transitions: [leads('gt', 'ga')] },
];

const faulty: readonly Parts[] = [
  { activities: [worker('a')], transitions: [] },
  { activities: [t, { aid: 'u', kind: 'trigger' }], transitions: [] },
  { activities: [t, worker('a'), worker('a')], transitions: [] },
  { activities: [t, worker('a')], transitions: [leads('t', 'nowhere')] },
  { activities: [t, worker('a')], transitions: [leads('nowhere', 'elsewhere')] },
  { activities: [t, worker('a')], transitions: [leads('t', 'a'), leads('t', 'a', 500)] },
  {
    activities: [t, worker('a'), worker('b')],
    transitions: [leads('t', 'a'), leads('t', 'b'), leads('a', 'b')],
  },
  { activities: [t, worker('a')], transitions: [leads('t', 'a'), leads('a', 't')] },
  {
    activities: [t, worker('a'), worker('b')],
    transitions: [leads('t', 'a'), leads('t', 'b'), leads('a', 'b'), leads('b', 'a')],
  },
  {
    activities: [t, worker('a'), { aid: 'c', kind: 'cycle', ancestor: 't' }],
    transitions: [leads('t', 'c')],
  },
  {
    activities: [t, worker('a'), { aid: 'c', kind: 'cycle', ancestor: 'a' }],
    transitions: [leads('t', 'a')],
  },
  { activities: [t, { aid: 'a', kind: 'worker' }], transitions: [leads('t', 'a')] },
  { activities: [t, { aid: 's', kind: 'signal' }], transitions: [leads('t', 's')] },
  { activities: [t, { aid: 's', kind: 'signal' }, { aid: 'c', kind: 'cycle' }], transitions: [] },
  // Of two faults, the first is of what is reached.
  {
    activities: [t, { aid: 'a', kind: 'worker' }, { aid: 's', kind: 'signal' }],
    transitions: [leads('t', 'a')],
  },
  { activities: [t, { aid: 'gt', kind: 'worker', topic: 'x' }], transitions: [] },
];

const expire = drawnLater(() => fc.constantFrom(undefined, undefined, undefined, 0, 60, 7200));
const named = (name: string, parts: Arbitrary<Parts>): Arbitrary<Flow> =>
  fc.tuple(parts, expire).map(([rest, seconds]) => ({
    flow: name,
    ...(seconds !== undefined && { expire: seconds }),
    activities: [...rest.activities],
    transitions: [...rest.transitions],
  }));

export const flows = drawnLater(
  (): Arbitrary<Flow[]> =>
    fc.oneof(
      {
        weight: 12,
        arbitrary: fc.tuple(named('f', fc.constantFrom(...shapes)), named('g', fc.constantFrom(...children))),
      },
      {
        weight: 2,
        arbitrary: fc.tuple(named('f', fc.constantFrom(...faulty)), named('g', fc.constantFrom(...children))),
      },
      { weight: 1, arbitrary: named('f', fc.constantFrom(...shapes)).map((one) => [one, one]) },
    ),
);
