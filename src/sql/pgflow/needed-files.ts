/** Which files of a project those that change pgflow need: what they use is defined there, and changed there later. */
import { type Definition, definitionsIn } from '../definitions.ts';
import { definedNames, isUsable, namesIn, waysOf } from '../live-names.ts';
import { piecesOf } from '../pieces.ts';
import { scriptStatements } from '../script-statements.ts';
import { definitionsExecuted, isPutTogether, unreadableIn } from '../unreadable.ts';
import type { Migration } from './migrations.ts';

/**
 * Of the files that do not name pgflow, those that define what the others name, once these define anything: a trigger
 * may write to a table, or send to a queue, that another file makes. And what those need, in turn. A file that may define it in
 * a way that cannot be read counts as well.
 */
export function neededBy(installed: readonly Migration[], others: readonly Migration[]): Migration[] {
  const used = new Set<string>();
  const use = ({ sql }: Migration) => {
    for (const name of namesIn(sql)) used.add(name);
  };
  installed.filter(({ sql }) => definitionsIn(sql).some(({ kind }) => kind !== 'publication')).forEach(use);
  const known = definedBy([...installed, ...others]);
  let rest = others.map((file) => ({
    file,
    defined: [...definedNames(file.sql), ...changesIn(file.sql, known).map(({ ways }) => ways)],
  }));
  for (let size = -1; size !== rest.length; ) {
    size = rest.length;
    rest = rest.filter(({ file, defined }) => {
      const isUsed = defined.some((ways) => ways.some((name) => used.has(name)));
      if (isUsed) use(file);
      return !isUsed;
    });
  }
  const left = new Set(rest.map(({ file }) => file));
  return others.filter((file) => !left.has(file));
}

/**
 * Tried files that change what the change to pgflow uses, or what that needs in turn, and which an earlier file made: without
 * them, the earlier one would be compared in its place. `own` are the files of the project that have to install, and `isMeant`
 * says what in them is a change.
 */
export function redefinedIn(
  files: readonly Migration[],
  own: readonly Migration[],
  tried: readonly Migration[],
  isMeant: (definition: Definition) => boolean,
): Set<Migration> {
  const known = definedBy([...own, ...tried]);
  const changes = files
    .filter((file) => own.includes(file) || tried.includes(file))
    .flatMap((file) => changesIn(file.sql, known).map((change) => ({ file, ...change })));
  const used = new Set<string>();
  const use = (statement: string) => {
    for (const name of namesIn(statement)) used.add(name);
  };
  for (const { sql } of own) {
    for (const each of definitionsIn(sql).filter(isMeant)) use(each.statement);
    unreadableIn(sql, isMeant).forEach(use);
  }
  const isUsed = ({ ways }: Change) => ways.some((name) => used.has(name));
  let rest = changes;
  for (let size = -1; size !== rest.length; ) {
    size = rest.length;
    const found = new Set(rest.filter(isUsed));
    for (const { statement } of found) use(statement);
    rest = rest.filter((each) => !found.has(each));
  }
  const makers = new Map<string, Migration>();
  const found = new Set<Migration>();
  for (const { file, ...change } of changes) {
    const title = change.ways.at(-1)!;
    const maker = makers.get(title) ?? file;
    makers.set(title, maker);
    if (maker !== file && isUsed(change) && tried.includes(file)) found.add(file);
  }
  return found;
}

interface Change {
  readonly statement: string;
  /** What it changes, as `namesIn` may have it. */
  readonly ways: readonly string[];
}

function changesIn(sql: string, known: readonly string[][]): Change[] {
  const changed = definitionsIn(sql).filter(isChange);
  return [
    ...changed.map((each) => ({ statement: each.statement, ways: waysOf(each) })),
    ...scriptStatements(sql).flatMap(({ start, end }) => {
      const statement = sql.slice(start, end);
      return changedByTexts(statement, known).map((ways) => ({ statement, ways }));
    }),
  ];
}

/** Several files may create a schema if it is not there. */
const isChange = (each: Definition) => isUsable(each) && !(each.kind === 'schema' && each.verb === 'create');

const definedBy = (files: readonly Migration[]) =>
  files.flatMap(({ sql }) => definitionsIn(sql).filter(isUsable).map(waysOf));

/** What its texts define when they are executed; and what is known and named by a statement that puts such texts together. */
function changedByTexts(statement: string, known: readonly string[][]): string[][] {
  const pieces = piecesOf(statement);
  const defined = definitionsExecuted(pieces).filter(isChange).map(waysOf);
  if (!isPutTogether(pieces)) return defined;
  const names = namesIn(statement);
  return [...defined, ...known.filter((ways) => ways.some((name) => names.has(name)))];
}
