import type { Deviation } from '../../contract/deviation.ts';
import { one, runOf } from './traces.ts';

export const aPathOfNullIsTheWhole: Deviation = {
  id: 'a-path-of-null-is-the-whole',
  title: 'A path of JSON null is the whole.',
  documented: {
    says: 'An `InputPath` or `OutputPath` of null gives an empty object. A `ResultPath` of null throws the result away.',
    where: 'the Amazon States Language, Input and Output Processing',
  },
  happens: 'The library that reads the machine takes null for a field that was left out, and so for `$`.',
  upstream: [],
  traces: { fornext: runOf(one({ Type: 'Pass', InputPath: null, End: true }), { a: 1 }, 3) },
};
