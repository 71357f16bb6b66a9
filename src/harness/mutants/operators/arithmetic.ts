/** Sums made differences and products quotients. */

import { locationOf } from '../parsing/tree.ts';
import { type Edit, type Operator, onNodes, replace } from './operator.ts';

const other: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*' };

export const arithmetic: Operator = {
  name: 'arithmetic',
  title: 'a sum becomes a difference, a product a quotient, and the reverse',
  edits: (source) =>
    onNodes(source, function* ({ type, fields }, { tokens, tokenAt }): Generator<Edit> {
      if (type !== 'A_Expr' || fields.kind !== 'AEXPR_OP' || fields.lexpr === undefined) return;
      const token = tokens[tokenAt(locationOf(fields))];
      const replacement = token && other[token.text];
      if (replacement !== undefined) yield replace(token!, replacement);
    }),
};
