/** SQL that Postgres never evaluates: a SELECT in WITH that nothing reads. What is changed in it changes nothing. */
import type { Fragment } from './source.ts';
import { closing } from './tokens.ts';
import { as, locationOf } from './tree.ts';

export interface DeadRange {
  /** Bytes from the start of the definition. */
  readonly start: number;
  readonly end: number;
  /** Of the CTE. */
  readonly name: string;
}

/** A CTE that only others like it read is one of them. */
export function deadRanges(fragment: Omit<Fragment, 'role'>): DeadRange[] {
  const { nodes, tokens, tokenAt } = fragment;
  const dead = new Map<number, DeadRange>();
  const readAt = (name: string): number[] =>
    nodes.flatMap(({ type, fields }) =>
      type === 'RangeVar' && fields.relname === name && fields.schemaname === undefined
        ? [tokens[tokenAt(locationOf(fields))]?.start ?? -1]
        : [],
    );
  const isDead = (at: number) => [...dead.values()].some(({ start, end }) => start <= at && at < end);

  for (let before = -1; before < dead.size; ) {
    before = dead.size;
    for (const { type, fields } of nodes) {
      const location = locationOf(fields);
      // INSERT, UPDATE and DELETE are executed whoever reads them.
      if (type !== 'CommonTableExpr' || !as('SelectStmt', fields.ctequery) || dead.has(location)) continue;
      const name = String(fields.ctename);
      const range = rangeOf(fragment, location, name);
      const isRead = readAt(name).some((at) => !isDead(at) && !(range.start <= at && at < range.end));
      if (!isRead) dead.set(location, range);
    }
  }
  return [...dead.values()];
}

/** `( SELECT … )` */
function rangeOf({ tokens, tokenAt }: Omit<Fragment, 'role'>, location: number, name: string): DeadRange {
  const first = tokenAt(location);
  const as = tokens.findIndex(({ word }, i) => i > first && word === 'as');
  const open = tokens.findIndex(({ word }, i) => i > as && word === '(');
  return { start: tokens[open]!.start, end: tokens[closing(tokens, open)]!.end, name };
}
