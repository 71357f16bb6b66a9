import type { Deviation } from '../../contract/deviation.ts';
import { commands, deciderId, inBoth, partition } from './traces.ts';

export const theLastEventIsThatOfAnyDecider: Deviation = {
  id: 'the-last-event-is-that-of-any-decider',
  title: 'get_last_event gives the last event of an id, whichever decider it is of.',
  documented: {
    says: 'The last event is looked up by id and type of the decider.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, the table of the API; schema.sql, the comment on get_last_event',
  },
  happens:
    'The second parameter is not used. Where two deciders share an id, one is given the event of the other, and what it appends with that as previous_id is refused.',
  upstream: [],
  traces: inBoth(
    commands(...partition(), { type: 'get_last_event', v_decider_id: deciderId, v_decider: 'cart' }),
  ),
};
