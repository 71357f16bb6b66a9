import type { Deviation } from '../../contract/deviation.ts';
import { choiceOf } from './traces.ts';

export const timestampsAreNeverCompared: Deviation = {
  id: 'timestamps-are-never-compared',
  title: 'A comparison of timestamps ends the executor.',
  documented: {
    says: 'Timestamps are compared as instants.',
    where: 'the Amazon States Language, Choice State',
  },
  happens: 'A text in the input is no timestamp to the library: the program panics.',
  upstream: [],
  traces: {
    fornext: choiceOf({ Variable: '$', TimestampEquals: '2030-01-01T00:00:00Z' }, '2030-01-01T00:00:00Z'),
  },
};
