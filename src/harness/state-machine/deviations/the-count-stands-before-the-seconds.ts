import type { Deviation } from '../../contract/deviation.ts';
import { at } from './traces.ts';

export const theCountStandsBeforeTheSeconds: Deviation = {
  id: 'the-count-stands-before-the-seconds',
  title: 'A later value of the clock can be the smaller number.',
  documented: {
    says: 'Values of a hybrid logical clock are in the order of time.',
    where: "the executor's own comments on ids",
  },
  happens: 'The count within a second stands in the higher bits, and begins anew with each second.',
  upstream: [],
  traces: { fornext: at([{ type: 'as_uint64', wall: 1, logical: 2 }]) },
};
