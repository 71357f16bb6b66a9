/** Random jobs: begun, their messages delivered in any order, twice, or up to a crash, their work answered. */
import type { Arbitrary } from 'fast-check';
import type { LedgerCommand } from '../../../model/activity-ledger/shared/commands.ts';
import type { LedgerState } from '../../../model/activity-ledger/shared/state.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { present } from '../../contract/present.ts';
import { flows } from './graphs.ts';
import { jids, nul } from './names.ts';

type Commands = Arbitrary<LedgerCommand>;

const unknown = 99;
const sometimes = <T>(often: number, value: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: often, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const crash = drawnLater(() => sometimes(9, fc.integer({ min: 0, max: 6 })));
const keep = drawnLater(() => sometimes(6, fc.constantFrom(true, true, false)));
const status = drawnLater(() =>
  fc.constantFrom<'success' | 'pending' | 'error'>('success', 'success', 'success', 'pending', 'error'),
);
const code = drawnLater(() => sometimes(4, fc.constantFrom(200, 202, 500, 404)));

const command = <T extends object>(type: LedgerCommand['type'], values: T) =>
  ({ type, ...present(values) }) as LedgerCommand;

export function jobCommand(state: LedgerState, now: number, character: number): Commands {
  const messages = state.messages.values();
  const toEngine = messages.filter(({ kind }) => kind !== 'work').map(({ message_id }) => message_id);
  const toWorkers = messages.filter(({ kind }) => kind === 'work').map(({ message_id }) => message_id);
  const isDeployed = state.graph.flows.size > 0;
  const live = [...state.jobs.values()].filter(({ status: open }) => open > 0).length;
  const isDue = state.timers.values().some(({ due }) => due <= now);
  const messageIn = (ids: readonly number[]) =>
    fc.oneof(
      { weight: 20, arbitrary: ids.length > 0 ? fc.constantFrom(...ids, ids[0]!) : fc.constant(unknown) },
      { weight: 1, arbitrary: fc.constantFrom(unknown, ...toEngine, ...toWorkers) },
    );
  const proposals: readonly (readonly [weight: number, arbitrary: Commands])[] = [
    [isDeployed ? 1 : 200, flows.map((all) => command('deploy', { flows: all }))],
    [isDeployed ? (live < 2 ? 30 : 3) : 2, trigger],
    [
      toEngine.length > 0 ? 50 : 1,
      fc
        .record({
          message_id: messageIn(toEngine),
          keep,
          crash_after: character > 0.6 ? crash : fc.constant(undefined),
        })
        .map((values) => command('deliver', values)),
    ],
    [
      toWorkers.length > 0 ? 24 : 1,
      fc
        .record({ message_id: messageIn(toWorkers), status, code, keep })
        .map((values) => command('work', values)),
    ],
    [state.hooks.size > 0 ? 10 : 1, signal(state)],
    [live > 0 ? 2 : 1, interrupt],
    [state.jobs.size > 0 ? (state.jobs.size > live ? 8 : 1) : 1, scrub],
    [isDue ? 30 : state.timers.size > 0 ? 3 : 1, fc.constant(command('tick', {}))],
  ];
  return fc.oneof(...proposals.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

const trigger: Commands = drawnLater(() =>
  fc
    .record({
      flow: fc.constantFrom('f', 'f', 'f', 'f', 'f', 'f', 'f', 'g', 'nowhere'),
      jid: fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom(...jids) },
        { weight: 1, arbitrary: fc.constant(nul) },
      ),
      guid: fc.constantFrom(undefined, undefined, null, 'm', 'm'),
      crash_after: sometimes(6, fc.integer({ min: 0, max: 4 })),
    })
    .map((values) => command('trigger', values)),
);

const interrupt: Commands = drawnLater(() =>
  fc
    .record({ jid: fc.constantFrom(...jids, 'nowhere'), crash_after: crash })
    .map((values) => command('interrupt', values)),
);

const scrub: Commands = drawnLater(() =>
  fc.constantFrom(...jids, ...jids, 'nowhere').map((jid) => command('scrub', { jid })),
);

function signal({ hooks }: LedgerState): Commands {
  const known = [...hooks.keys()];
  const any = fc.constantFrom('go', 'nobody');
  const topic =
    known.length === 0
      ? any
      : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any });
  return fc.record({ topic, code }).map((values) => command('signal', values));
}
