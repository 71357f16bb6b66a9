/** Comparisons turned round, and boundaries moved by one. */

import { as, listOf, locationOf } from '../parsing/tree.ts';
import { type Edit, type Operator, onNodes, replace } from './operator.ts';

const flipped: Readonly<Record<string, readonly string[]>> = {
  '=': ['<>'],
  '<>': ['='],
  '!=': ['='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '~': ['!~'],
  '!~': ['~'],
};

export const comparison: Operator = {
  name: 'comparison',
  title: 'a comparison is reversed, or its boundary moves',
  edits: (source) =>
    onNodes(source, function* ({ type, fields }, { tokens, tokenAt }): Generator<Edit> {
      if (type !== 'A_Expr' && type !== 'NullTest') return;
      const index = tokenAt(locationOf(fields));
      const token = tokens[index];
      if (!token) return;
      if (type === 'NullTest' || /DISTINCT$/.test(String(fields.kind))) {
        const next = tokens[index + 1]!;
        if (next.word === 'not') yield { start: token.end, end: next.end, replacement: '' };
        else yield replace(token, `${token.text} NOT`);
      } else if (fields.kind === 'AEXPR_IN') {
        // NOT IN is at its first word.
        if (token.word === 'not')
          yield { start: token.start, end: tokens[index + 1]!.start, replacement: '' };
        else yield replace(token, `NOT ${token.text}`);
      } else if (as('String', listOf(fields.name).at(-1))?.sval === token.text || token.text === '!=') {
        for (const other of flipped[token.text] ?? []) yield replace(token, other);
      }
    }),
};
