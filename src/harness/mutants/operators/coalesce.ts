/** Arguments of COALESCE in the other order: the default wins. */

import { atCommas, closing } from '../parsing/tokens.ts';
import { type Edit, type Operator, onTokens, swapped } from './operator.ts';

export const coalesce: Operator = {
  name: 'coalesce',
  title: 'the arguments of a COALESCE are swapped',
  edits: (source) =>
    onTokens(source, function* ({ word }, index, tokens): Generator<Edit> {
      if (word !== 'coalesce' || tokens[index + 1]?.word !== '(') return;
      const [a, b] = atCommas(tokens, { first: index + 2, last: closing(tokens, index + 1) - 1 });
      if (!a || !b) return;
      const text = ({ first, last }: { first: number; last: number }) =>
        source.text.slice(tokens[first]!.start, tokens[last]!.end);
      yield swapped(text, tokens, a, b);
    }),
};
