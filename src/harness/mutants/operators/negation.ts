/** A branch taken where it should not be: conditions of IF, WHILE, EXIT and CASE negated, NOT left out. */

import type { Source } from '../parsing/source.ts';
import { split } from '../parsing/tokens.ts';
import { locationOf } from '../parsing/tree.ts';
import { type Edit, type Operator, onNodes, onTokens, replace, replaceRange } from './operator.ts';

export const negation: Operator = {
  name: 'negation',
  title: 'a condition is negated, so the wrong branch is taken',
  edits: (source) => [...ofStatements(source), ...ofCases(source), ...withoutNot(source)],
};

function* ofStatements({ text, fragments }: Source): Generator<Edit> {
  for (const { role, tokens } of fragments) {
    if (role !== 'condition') continue;
    const start = tokens[0]!.start;
    const end = tokens.at(-1)!.end;
    yield { start, end, replacement: `NOT (${text.slice(start, end)})` };
  }
}

/** CASE WHEN; a CASE that compares one value has no conditions. */
function ofCases(source: Source): Edit[] {
  return onTokens(source, function* ({ word, depth }, index, tokens): Generator<Edit> {
    if (word !== 'when') return;
    const opening = tokens.findLastIndex((token, i) => i < index && token.depth === depth - 1);
    if (tokens[opening]?.word !== 'case' || tokens[opening + 1]?.word !== 'when') return;
    const [condition] = split(
      tokens,
      { first: index + 1, last: tokens.length - 1 },
      (token) => token.word === 'then' && token.depth === depth,
    );
    const text = source.text.slice(tokens[condition!.first]!.start, tokens[condition!.last]!.end);
    yield replaceRange(tokens, condition!, `NOT (${text})`);
  });
}

function withoutNot(source: Source): Edit[] {
  return onNodes(source, function* ({ type, fields }, { tokens, tokenAt }): Generator<Edit> {
    const token = tokens[tokenAt(locationOf(fields))];
    if (type === 'BoolExpr' && fields.boolop === 'NOT_EXPR' && token?.word === 'not')
      yield replace(token, '');
  });
}
