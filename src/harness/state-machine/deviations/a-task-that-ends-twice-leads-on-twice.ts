import type { Deviation } from '../../contract/deviation.ts';
import { twice } from './traces.ts';

export const aTaskThatEndsTwiceLeadsOnTwice: Deviation = {
  id: 'a-task-that-ends-twice-leads-on-twice',
  title: 'A task that ends twice leads on twice.',
  documented: {
    says: 'A state is left once.',
    where: 'the Amazon States Language, Transitions',
  },
  happens: 'Nobody looks whether the task has ended before.',
  upstream: [],
  traces: { fornext: twice() },
};
