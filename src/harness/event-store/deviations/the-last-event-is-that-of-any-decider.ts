import type { Deviation } from '../../contract/deviation.ts';
import { commands, deciderId, inBoth, partition } from './traces.ts';

export const theLastEventIsThatOfAnyDecider: Deviation = {
  id: 'the-last-event-is-that-of-any-decider',
  title: 'get_last_event returns the last event of an id, of any decider.',
  documented: {
    says: 'The last event is looked up by id and type of the decider.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, the table of the API; schema.sql, the comment on get_last_event',
  },
  happens:
    'The second parameter is not used. If two deciders share an id, one gets the event of the other. If it appends with that event as previous_id, it is refused.',
  upstream: [],
  traces: inBoth(
    commands(...partition(), { type: 'get_last_event', v_decider_id: deciderId, v_decider: 'cart' }),
  ),
};
