/** A message that lacks something: a key and its value left out of a JSON object. */

import { atCommas, closing, type Range } from '../parsing/tokens.ts';
import { locationOf } from '../parsing/tree.ts';
import { isJsonObject } from '../parsing/vocabulary.ts';
import { type Edit, type Operator, onNodes, without } from './operator.ts';

export const payload: Operator = {
  name: 'payload',
  title: 'a key is removed from a JSON object',
  edits: (source) =>
    onNodes(source, function* ({ type, fields }, { tokens, tokenAt }): Generator<Edit> {
      if (type !== 'FuncCall' || !isJsonObject(fields.funcname)) return;
      const name = tokenAt(locationOf(fields));
      const open = tokens.findIndex(({ word }, i) => i > name && word === '(');
      const args = atCommas(tokens, { first: open + 1, last: closing(tokens, open) - 1 });
      const pairs: Range[] = [];
      for (let i = 0; i + 1 < args.length; i += 2) {
        pairs.push({ first: args[i]!.first, last: args[i + 1]!.last });
      }
      for (let i = 0; i < pairs.length; i++) yield without(tokens, pairs, i);
    }),
};
