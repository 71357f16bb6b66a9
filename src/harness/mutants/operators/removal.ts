/** Something is not done: a statement left out, or one of the assignments of an UPDATE. */
import { type Edit, type Operator, onTokens, without } from '../operator.ts';
import { atCommas, clauseFrom } from '../tokens.ts';

export const removal: Operator = {
  name: 'removal',
  title: 'an assignment, a PERFORM or another statement is left out',
  edits: (source) => [
    ...source.statements.map(({ start, end, substitute }) => ({ start, end, replacement: substitute })),
    ...onTokens(source, function* ({ word }, index, tokens): Generator<Edit> {
      if (word !== 'set' || tokens[index - 1]?.word === '.' || isOfFunction(source.bodyStart, tokens[index]!))
        return;
      const assignments = atCommas(tokens, untilEnd(tokens, index + 1));
      // Without any at all it would not be an UPDATE.
      if (assignments.length < 2) return;
      for (let i = 0; i < assignments.length; i++) yield without(tokens, assignments, i);
    }),
  ],
};

/** `SET search_path` */
const isOfFunction = (bodyStart: number, { start }: { start: number }) => start < bodyStart;

/** Commas are no end of a list of assignments. */
function untilEnd(tokens: Parameters<typeof clauseFrom>[0], first: number) {
  let { last } = clauseFrom(tokens, first);
  while (tokens[last + 1]?.word === ',' && tokens[last + 1]!.depth === tokens[first]!.depth) {
    ({ last } = clauseFrom(tokens, last + 2));
  }
  return { first, last };
}
