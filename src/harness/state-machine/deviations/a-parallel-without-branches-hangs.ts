import type { Deviation } from '../../contract/deviation.ts';
import { runOf } from './traces.ts';

export const aParallelWithoutBranchesHangs: Deviation = {
  id: 'a-parallel-without-branches-hangs',
  title: 'A Parallel without branches never ends.',
  documented: {
    says: 'A Parallel waits until all of its branches have ended, and has an array of their outputs as its result.',
    where: 'the Amazon States Language, Parallel State',
  },
  happens: 'Only a branch that is complete asks whether all are. Without one, nobody does.',
  upstream: [],
  traces: {
    fornext: runOf({ StartAt: 'S1', States: { S1: { Type: 'Parallel', Branches: [], End: true } } }, {}, 3),
  },
};
