import type { Deviation } from '../../contract/deviation.ts';
import { turned } from './traces.ts';

export const outputsAreInTheOrderOfTheirEnds: Deviation = {
  id: 'outputs-are-in-the-order-of-their-ends',
  title: 'The outputs of branches and iterations are in the order in which they ended.',
  documented: {
    says: 'The outputs are in the order of the branches, or of the items.',
    where: 'the Amazon States Language, Parallel State and Map State',
  },
  happens: 'Each output is added behind those that came before.',
  upstream: [],
  traces: { fornext: turned() },
};
