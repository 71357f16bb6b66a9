/** Which names SQL uses, and which files define what others use. */
import { type Definition, definitionsIn } from './definitions.ts';
import { deepPieces, identifier, type Piece, piecesOf, sign, word } from './pieces.ts';
import { scriptStatements } from './script-statements.ts';

/**
 * Every identifier of a text, in strings too, as they may be code or name a queue: `a.b` with its schema, `a.` for the
 * schema, and `b` where none is given.
 */
export function namesIn(sql: string): Set<string> {
  const names = new Set<string>();
  for (const pieces of deepPieces(piecesOf(sql))) {
    pieces.forEach((piece, at) => {
      const name = identifier(piece);
      if (name === undefined || sign(pieces[at - 1]) === '.') return;
      const second = sign(pieces[at + 1]) === '.' ? identifier(pieces[at + 2]) : undefined;
      if (second === undefined) names.add(name);
      else names.add(`${name}.${second}`).add(`${name}.`);
    });
  }
  return names;
}

/** What a text defines or fills, each in the ways in which `namesIn` may have it. */
export function definedNames(sql: string): string[][] {
  const rest = scriptStatements(sql).flatMap(({ start, end }) => {
    const pieces = piecesOf(sql.slice(start, end));
    return [...filled(pieces), ...[...deepPieces(pieces)].flatMap(queuesMade)];
  });
  return [...definitionsIn(sql).filter(isUsable).map(waysOf), ...rest];
}

/** A publication and a policy change nothing for the owner of everything, as whom all is executed. */
export const isUsable = ({ kind }: Definition) => kind !== 'publication' && kind !== 'policy';

/** As `namesIn` may have it. */
export const waysOf = ({ kind, schema, name }: Pick<Definition, 'kind' | 'schema' | 'name'>): string[] =>
  kind === 'schema' ? [`${name}.`] : [name, `${schema ?? 'public'}.${name}`];

/** `insert into`, `update`, `delete from` and `copy`, where a statement starts with them. */
function filled(pieces: readonly Piece[]): string[][] {
  if (!['insert', 'update', 'delete', 'copy'].includes(word(pieces[0]))) return [];
  let at = 1;
  while (['into', 'from', 'only'].includes(word(pieces[at]))) at++;
  const first = identifier(pieces[at]);
  const second = sign(pieces[at + 1]) === '.' ? identifier(pieces[at + 2]) : undefined;
  if (first === undefined) return [];
  const isQualified = second !== undefined;
  return [waysOf({ kind: 'table', schema: isQualified ? first : undefined, name: second ?? first })];
}

/** `pgmq.create('q')` and the like. */
function queuesMade(pieces: readonly Piece[]): string[][] {
  return pieces.flatMap((piece, at) => {
    const isCall = sign(pieces[at - 1]) === '.' && identifier(pieces[at - 2]) === 'pgmq';
    const argument = pieces[at + 2];
    if (!isCall || !word(piece).startsWith('create') || argument?.kind !== 'text') return [];
    return [[argument.value.toLowerCase()]];
  });
}
