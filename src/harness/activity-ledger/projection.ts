/** The model's state as tables; what did not change is not made again. */
import type { Job, LedgerState } from '../../model/activity-ledger/shared/state.ts';
import { arrayText } from '../../model/kernel/array-text.ts';
import type { Row } from '../../model/kernel/transition.ts';
import type { Observation } from '../contract/observation.ts';
import { remembered } from '../contract/remembered.ts';
import { sortedTables } from '../lockstep/observation.ts';
import { keyOf } from './keys.ts';

type Part<Key extends keyof LedgerState> = LedgerState[Key];

const sorted = (...tables: [string, Row[]][]) => sortedTables(tables, keyOf);
const rowsIn = (values: Iterable<object>): Row[] => [...values].map((row) => ({ ...row }));

const ofLedgers = remembered((ledgers: Part<'ledgers'>) =>
  sorted(['ledger.activity_ledgers', rowsIn(ledgers.values())]),
);
const ofGuids = remembered((guids: Part<'guids'>) => sorted(['ledger.guid_ledgers', rowsIn(guids.values())]));
const ofJobs = remembered((jobs: Part<'jobs'>) => sorted(['ledger.jobs', [...jobs.values()].map(jobRow)]));
const ofHooks = remembered((hooks: Part<'hooks'>) => sorted(['ledger.hooks', rowsIn(hooks.values())]));
const ofMessages = remembered((messages: Part<'messages'>) => rowsIn(messages.values()));
const ofTimers = remembered((timers: Part<'timers'>) => rowsIn(timers.values()));
const ofGraph = remembered(({ flows, activities }: Part<'graph'>) => {
  const all = [...activities.values()];
  return sorted(
    ['ledger.flows', rowsIn(flows.values())],
    ['ledger.activities', all.map((each, place) => activityRow(each, place))],
    ['ledger.transitions', all.flatMap(({ transitions }) => transitions.map((each) => ({ ...each })))],
  );
});

function jobRow({ parent, ...rest }: Job): Row {
  return {
    ...rest,
    parent_jid: parent?.jid ?? null,
    parent_gid: parent?.gid ?? null,
    parent_aid: parent?.aid ?? null,
    parent_dad: parent?.dad ?? null,
  };
}

type Activity = Part<'graph'>['activities'] extends ReadonlyMap<string, infer A> ? A : never;

const activityRow = (each: Activity, place: number): Row => ({
  aid: each.aid,
  place,
  flow: each.ofFlow,
  kind: each.kind,
  cycle: each.cycle ?? false,
  ancestor: each.ancestor ?? null,
  topic: each.topic ?? null,
  sleep: each.sleep ?? 0,
  starts: each.flow ?? null,
  child: each.child ?? null,
  awaits: each.await ?? true,
  target: each.target ?? null,
  ancestors: arrayText(each.ancestors),
});

export const project = (state: LedgerState): Observation =>
  new Map<string, readonly Row[]>([
    ...ofGraph(state.graph),
    ...ofLedgers(state.ledgers),
    ...ofGuids(state.guids),
    ...ofJobs(state.jobs),
    ['ledger.generations', [{ last_value: state.lastGeneration }]],
    ...ofHooks(state.hooks),
    ['ledger.messages', ofMessages(state.messages)],
    ['ledger.messages_message_id_seq', [{ last_value: state.lastMessage }]],
    ['ledger.slots', state.slots.values().map((due) => ({ due }))],
    ['ledger.timers', ofTimers(state.timers)],
    ['ledger.timers_timer_id_seq', [{ last_value: state.lastTimer }]],
  ]);
