import type { Deviation } from '../../contract/deviation.ts';
import { acknowledge, commands, inBoth, partition, register } from './traces.ts';

export const registeringAViewAgainForgetsWhatItAcknowledged: Deviation = {
  id: 'registering-a-view-again-forgets-what-it-acknowledged',
  title: 'After a view is registered again, it reads again what it had acknowledged.',
  documented: {
    says: 'An event that a view has acknowledged is processed, and is not read again.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, the list of what is supported, and "6a. Stream the events to concurrent consumers/views"',
  },
  happens:
    'The trigger computes last_offset of every lock again from start_at. It does so on any UPDATE of the view, for example of its timeout. Without a start_at, the default is NOW(): then no earlier event is read at all.',
  upstream: [],
  traces: inBoth(commands(...partition(), register('-infinity'), acknowledge(1), register('-infinity'))),
};
