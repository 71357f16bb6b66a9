/** Every branch of the model that a campaign has to reach; each is named where it is reached. */
import { witnessNames } from '../kernel/witness-names.ts';
import type { EventStoreCommand } from './commands.ts';
import type { IdType } from './ids.ts';

const nul = 'refused/22021';
const noUuid = 'refused/22P02';
const events = (...more: readonly string[]) => [
  'first',
  'next',
  'lock-created',
  'lock-moved',
  ...more,
  ...['closed', 'not-first', 'other-decider', '22021', '22P02', '22P05'].map((name) => `refused/${name}`),
  ...['event', 'event_id', 'event_version', 'decider', 'decider_id', 'data', 'command_id'].map(
    (column) => `refused/${column}`,
  ),
  'refused/events_event_id_key',
  'refused/events_previous_id_key',
  'refused/events_decider_event_event_version_fkey',
];

/** `anId` is what an id of a decider may be refused for. */
const branches = (
  anId: readonly string[],
): Readonly<Record<EventStoreCommand['type'], readonly string[]>> => ({
  register_decider_event: [
    'registered',
    nul,
    'refused/decider',
    'refused/event',
    'refused/event_version',
    'refused/description',
    'refused/deciders_pkey',
  ],
  append_event: events(),
  insert_event: events('final', 'refused/final'),
  get_events: ['found', 'nothing', nul, ...anId],
  get_last_event: ['found', 'of-another-decider', 'nothing', nul, ...anId],
  register_view: [
    'registered',
    'registered-again',
    'starts-within',
    'starts-at-the-end',
    'lock-created',
    'lock-made-anew',
    'lock-kept-held',
    'acknowledgements-forgotten',
    nul,
    'refused/view',
    'refused/start_at',
    'refused/lock_timeout_s',
  ],
  stream_events: [
    'from-the-start',
    'behind',
    'newest',
    'several-partitions',
    'truncated',
    'nothing-left',
    'locked',
    'free-in-this-instant',
    'nothing-asked',
    'no-such-view',
    nul,
    'refused/2201W',
    'refused/locked_until',
  ],
  ack_event: ['next', 'future', 'another-offset', 'no-such-lock', nul, ...anId, 'refused/last_offset'],
  nack_event: ['held', 'not-held', 'no-such-lock', nul, ...anId],
  schedule_nack_event: [
    'scheduled',
    'past',
    'no-such-lock',
    nul,
    ...anId,
    'refused/locked_until',
    'refused/22008',
  ],
  update_view: [
    'updated',
    'no-such-view',
    'starts-within',
    'starts-at-the-end',
    'lock-made-anew',
    'lock-kept-held',
    'acknowledgements-forgotten',
    nul,
    'refused/lock_timeout_s',
  ],
  delete_view: ['deleted', 'no-such-view', nul],
  update_event: ['unchanged', nul, noUuid, 'refused/0A000'],
  delete_event: ['unchanged', nul, noUuid, 'refused/0A000'],
  update_decider: ['unchanged', nul, 'refused/0A000'],
  delete_decider: ['unchanged', nul, 'refused/0A000'],
  truncate_events: ['truncated', 'nothing'],
  transaction: ['committed', 'undone'],
});

export function witnessesOf(idType: IdType): readonly string[] {
  return witnessNames(branches(idType === 'uuid' ? [noUuid] : []));
}
