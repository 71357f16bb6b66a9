/** A state taken for another: `'completed'` where `'failed'` is meant. */

import { namedConstants } from '../parsing/vocabulary.ts';
import { type Edit, type Operator, replace } from './operator.ts';

export const literal: Operator = {
  name: 'literal',
  title: 'a status becomes another status of the same column',
  *edits({ fragments }, vocabulary): Generator<Edit> {
    for (const fragment of fragments) {
      for (const { name, text, at } of namedConstants(fragment)) {
        const known = vocabulary.get(name) ?? [];
        const token = fragment.tokens[fragment.tokenAt(at)];
        if (known.length < 2 || !token) continue;
        // One other is enough to see whether anybody looks.
        const other = known[(known.indexOf(text) + 1) % known.length]!;
        yield replace(token, `'${other.replaceAll("'", "''")}'`);
      }
    }
  },
};
