import type { Deviation } from '../../contract/deviation.ts';
import { map, runOf } from './traces.ts';

export const aMapOverNothingHangs: Deviation = {
  id: 'a-map-over-nothing-hangs',
  title: 'A Map over no items never ends.',
  documented: {
    says: 'A Map over an empty array has an empty array as its result.',
    where: 'the Amazon States Language, Map State',
  },
  happens: 'Only an iteration that is complete asks whether all are. Without one, nobody does.',
  upstream: [],
  traces: { fornext: runOf(map, [], 3) },
};
