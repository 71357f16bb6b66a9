/** Something is not done: a statement left out, or one of the assignments of an UPDATE. */
import { toBytes } from '../parsing/bytes.ts';
import type { Source } from '../parsing/source.ts';
import type { Fields } from '../parsing/sql-parser.ts';
import { atCommas, clauseFrom } from '../parsing/tokens.ts';
import { as, listOf, locationOf } from '../parsing/tree.ts';
import { type Edit, type Operator, onNodes, onTokens, replaceRange, without } from './operator.ts';

export const removal: Operator = {
  name: 'removal',
  title: 'an assignment, a PERFORM or another statement is removed',
  edits: (source) => [
    ...source.statements.map(({ start, end, substitute }) => ({ start, end, replacement: substitute })),
    ...onTokens(source, function* ({ word }, index, tokens): Generator<Edit> {
      if (word !== 'set' || tokens[index - 1]?.word === '.' || isOfFunction(source.bodyStart, tokens[index]!))
        return;
      const assignments = atCommas(tokens, untilEnd(tokens, index + 1));
      if (assignments.length < 2) return;
      for (let i = 0; i < assignments.length; i++) yield without(tokens, assignments, i);
    }),
    ...onlyAssignments(source),
  ],
};

/** Without any at all it would not be an UPDATE: the column is set to what it is. */
function onlyAssignments(source: Source): Edit[] {
  return onNodes(source, function* ({ type, fields }, { tokens, tokenAt }): Generator<Edit> {
    if (type !== 'UpdateStmt') return;
    const [target, ...others] = listOf(fields.targetList).map((each) => as('ResTarget', each));
    if (!target || others.length > 0 || target.indirection || as('MultiAssignRef', target.val)) return;
    const first = tokenAt(locationOf(target));
    const column = quoted(String(target.name));
    yield replaceRange(tokens, clauseFrom(tokens, first), `${column} = ${nameOf(fields.relation)}.${column}`);
  });
}

/** What the table that is updated goes by in the statement. */
function nameOf(relation: unknown): string {
  const { relname, alias } = relation as Fields;
  return quoted(String((alias as Fields | undefined)?.aliasname ?? relname));
}

const quoted = (name: string): string =>
  toBytes(/^[a-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

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
