import type { Deviation } from '../../contract/deviation.ts';
import { acknowledge, commands, inBoth, partition, register } from './traces.ts';

export const registeringAViewAgainForgetsWhatItAcknowledged: Deviation = {
  id: 'registering-a-view-again-forgets-what-it-acknowledged',
  title: 'Registering a view again has it read again what it had acknowledged.',
  documented: {
    says: 'What a view has acknowledged is processed, and not read again.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, the list of what is supported, and "6a. Stream the events to concurrent consumers/views"',
  },
  happens:
    'The trigger sets last_offset of every lock anew from start_at, and that on any UPDATE of the view, such as of its timeout. Without a start_at of its own it is NOW(): then nothing that was appended before is read at all.',
  upstream: [],
  traces: inBoth(commands(...partition(), register('-infinity'), acknowledge(1), register('-infinity'))),
};
