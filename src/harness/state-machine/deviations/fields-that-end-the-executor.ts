import type { Deviation } from '../../contract/deviation.ts';
import { one, runOf } from './traces.ts';

export const fieldsThatEndTheExecutor: Deviation = {
  id: 'fields-that-end-the-executor',
  title: 'Parameters, the Result of a Pass, and the ResultSelector of a Task or a Parallel end the executor.',
  documented: {
    says: '`Parameters`, `Result` and `ResultSelector` make what a state is given or hands on.',
    where: 'the Amazon States Language, Input and Output Processing',
  },
  happens: 'They are filled with a context that is an empty text, which is no JSON: the program panics.',
  upstream: [],
  traces: { fornext: runOf(one({ Type: 'Pass', Parameters: { a: 1 }, End: true }), 1, 3) },
};
