/** A part of a condition left out: of those that AND or OR join, or the whole of a WHERE, ON or HAVING. */

import { clauseAround, clauseFrom, operands, type Range, type Token } from '../parsing/tokens.ts';
import { locationOf } from '../parsing/tree.ts';
import { type Edit, type Operator, onNodes, onTokens, replaceRange, without } from './operator.ts';

const clauses = new Set(['where', 'on', 'having']);
/** ON CONFLICT, ON CONSTRAINT: no conditions. */
const noCondition = new Set(['conflict', 'constraint']);

export const conjunct: Operator = {
  name: 'conjunct',
  title: 'a part of a condition is removed',
  edits: (source) => [
    ...onNodes(source, function* ({ type, fields }, { tokens, tokenAt }): Generator<Edit> {
      if (type !== 'BoolExpr' || fields.boolop === 'NOT_EXPR') return;
      const index = tokenAt(locationOf(fields));
      const parts = partsAround(tokens, index);
      for (let i = 0; i < parts.length && parts.length > 1; i++) yield without(tokens, parts, i);
    }),
    ...onTokens(source, function* ({ word }, index, tokens): Generator<Edit> {
      if (!clauses.has(word) || noCondition.has(tokens[index + 1]?.word ?? '')) return;
      const before = tokens[index - 1]?.word;
      if (before === 'distinct' || before === '.') return;
      const condition = clauseFrom(tokens, index + 1);
      const isOne = (['and', 'or'] as const).every(
        (joint) => operands(tokens, condition, joint).length === 1,
      );
      if (isOne && tokens[condition.first]!.word !== 'true') yield replaceRange(tokens, condition, 'true');
    }),
  ],
};

/** The operands of the AND or OR at that token. */
function partsAround(tokens: readonly Token[], index: number): Range[] {
  if (index < 0) return [];
  const whole = clauseAround(tokens, index);
  const alternatives = operands(tokens, whole, 'or');
  if (tokens[index]!.word === 'or') return alternatives;
  // AND binds tighter, so it is within one of the alternatives.
  const own = alternatives.find(({ first, last }) => first <= index && index <= last);
  return own ? operands(tokens, own, 'and') : [];
}
