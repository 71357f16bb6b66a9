/** Too much counted: FILTER and DISTINCT left out. */

import { closing } from '../parsing/tokens.ts';
import { type Edit, type Operator, onTokens, replace } from './operator.ts';

export const aggregate: Operator = {
  name: 'aggregate',
  title: 'a FILTER or a DISTINCT is removed',
  edits: (source) =>
    onTokens(source, function* (token, index, tokens): Generator<Edit> {
      const [before, next] = [tokens[index - 1]?.word, tokens[index + 1]?.word];
      if (token.word === 'filter' && next === '(' && before === ')') {
        yield { start: token.start, end: tokens[closing(tokens, index + 1)]!.end, replacement: '' };
      }
      // Not that of IS DISTINCT FROM.
      if (token.word === 'distinct' && next !== 'from' && next !== 'on') yield replace(token, '');
    }),
};
