/** Which constants stand for the states of something: the texts that a column is compared with or set to. */
import type { Fragment } from './source.ts';
import { as, lastName, listOf, stringConstant, type TreeNode } from './tree.ts';

/** By the name of a column the texts that it is seen with anywhere, sorted. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>;

/** A text in a place that tells the name of what it is the state of. */
export interface NamedConstant {
  readonly name: string;
  readonly text: string;
  /** The node's location. */
  readonly at: number;
}

export function vocabularyOf(fragments: Iterable<Fragment>): Vocabulary {
  const found = new Map<string, Set<string>>();
  for (const fragment of fragments) {
    for (const { name, text } of namedConstants(fragment)) {
      found.set(name, (found.get(name) ?? new Set()).add(text));
    }
  }
  return new Map([...found].map(([name, texts]) => [name, [...texts].sort()]));
}

/** In the order in which they stand in the tree. */
export function namedConstants({ nodes }: Fragment): NamedConstant[] {
  return nodes.flatMap((node) => [...constantsOf(node)]);
}

function* constantsOf({ type, fields }: TreeNode): Generator<NamedConstant> {
  switch (type) {
    case 'A_Expr': {
      const { lexpr, rexpr, name } = fields;
      if (!isEquality(name)) return;
      yield* results(rexpr, columnOf(lexpr));
      yield* results(lexpr, columnOf(rexpr));
      return;
    }
    // An assignment of UPDATE, or a column of a SELECT with its name.
    case 'ResTarget':
      yield* results(fields.val, fields.name);
      return;
    case 'CoalesceExpr': {
      const [first, ...others] = listOf(fields.args);
      for (const other of others) yield* results(other, columnOf(first));
      return;
    }
    case 'FunctionParameter':
      yield* results(fields.defexpr, fields.name);
      return;
    case 'FuncCall': {
      if (!isJsonObject(fields.funcname)) return;
      const args = listOf(fields.args);
      for (let i = 0; i + 1 < args.length; i += 2) yield* results(args[i + 1], stringConstant(args[i])?.text);
      return;
    }
  }
}

/** `jsonb_build_object` and its like, which take a key and a value in turn. */
export const isJsonObject = (funcname: unknown): boolean =>
  /^jsonb?_build_object$/.test(lastName(funcname) ?? '');

/** A column's name; of a subquery that yields one column, that one's. */
function columnOf(value: unknown): string | undefined {
  const column = as('ColumnRef', value);
  if (column) return lastName(column.fields);
  const [coalesced] = listOf(as('CoalesceExpr', value)?.args);
  if (coalesced) return columnOf(coalesced);
  const select = as('SelectStmt', as('SubLink', value)?.subselect);
  const [target, ...others] = listOf(select?.targetList);
  return target && others.length === 0 ? columnOf(as('ResTarget', target)?.val) : undefined;
}

/** Of one value or, in IN, of one of several. */
function isEquality(name: unknown): boolean {
  return ['=', '<>', '!='].includes(lastName(name) ?? '');
}

/** The constants that a value may come to; the empty text is the state of nothing. */
function* results(value: unknown, name: unknown): Generator<NamedConstant> {
  if (typeof name !== 'string') return;
  const constant = stringConstant(value);
  if (constant && constant.text !== '') yield { name, ...constant };
  for (const item of listOf(as('List', value)?.items)) yield* results(item, name);
  const choice = as('CaseExpr', value);
  if (!choice) return;
  for (const when of listOf(choice.args)) yield* results(as('CaseWhen', when)?.result, name);
  yield* results(choice.defresult, name);
}
