import type { Deviation } from '../../contract/deviation.ts';
import { choiceOf } from './traces.ts';

export const aPatternIsARegularExpression: Deviation = {
  id: 'a-pattern-is-a-regular-expression',
  title: 'StringMatches takes a regular expression, that may match anywhere.',
  documented: {
    says: 'A `*` in the pattern stands for any characters, and the pattern is to match the whole text.',
    where: 'the Amazon States Language, Choice State',
  },
  happens: 'The pattern is given to the regular expressions of Go as it is.',
  upstream: [],
  traces: { fornext: choiceOf({ Variable: '$', StringMatches: 'x' }, 'axb') },
};
