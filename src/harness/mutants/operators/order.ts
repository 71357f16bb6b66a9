/** Rows in another order: ORDER BY left out, or turned round. */

import { clauseFrom, type Range, split, type Token } from '../parsing/tokens.ts';
import { type Edit, type Operator, onTokens, replace } from './operator.ts';

export const order: Operator = {
  name: 'order',
  title: 'an ORDER BY is removed or reversed',
  edits: (source) =>
    onTokens(source, function* ({ word, depth, start }, index, tokens): Generator<Edit> {
      if (word !== 'order' || tokens[index + 1]?.word !== 'by') return;
      const keys = sortKeys(tokens, index + 2);
      yield { start, end: tokens[keys.at(-1)!.last]!.end, replacement: '' };
      for (const key of keys) {
        const direction = tokens.find(
          (token, i) =>
            i >= key.first && i <= key.last && token.depth === depth && /^(asc|desc)$/.test(token.word),
        );
        if (direction) yield replace(direction, direction.word === 'asc' ? 'DESC' : 'ASC');
        else {
          const { end } = tokens[key.last]!;
          yield { start: end, end, replacement: ' DESC' };
        }
      }
    }),
};

/** `a.b ASC, c` */
function sortKeys(tokens: readonly Token[], first: number): Range[] {
  let { last } = clauseFrom(tokens, first);
  const { depth } = tokens[first]!;
  while (tokens[last + 1]?.word === ',' && tokens[last + 1]!.depth === depth) {
    ({ last } = clauseFrom(tokens, last + 2));
  }
  return split(tokens, { first, last }, ({ word }) => word === ',');
}
