import type { Deviation } from '../../contract/deviation.ts';
import { map, runOf } from './traces.ts';

export const moreThanAHundredMessagesDeadlock: Deviation = {
  id: 'more-than-a-hundred-messages-deadlock',
  title: 'More than a hundred messages at once stop an executor for ever.',
  documented: {
    says: 'A Map processes each item of its array.',
    where: 'the Amazon States Language, Map State',
  },
  happens:
    'The executor writes to a queue of a hundred messages that it alone reads. Where that is full, it waits for itself.',
  upstream: [],
  traces: {
    fornext: runOf(
      map,
      Array.from({ length: 100 }, (_, i) => i),
      3,
    ),
  },
};
