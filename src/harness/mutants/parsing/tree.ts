/** Walking a syntax tree: `{ "A_Expr": { "lexpr": …, "location": 7 } }`, objects and lists of them all the way. */
import type { Fields } from './sql-parser.ts';

export interface TreeNode {
  /** `A_Expr`, `FuncCall`; empty where the parser names none. */
  readonly type: string;
  readonly fields: Fields;
  /** The field of the node above that this one is in. */
  readonly field: string;
  readonly parent: TreeNode | undefined;
}

/** Every node below and with this value, each before what it holds, in the order in which the parser prints them. */
export function* nodesOf(value: unknown, field = '', parent?: TreeNode): Generator<TreeNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item, field, parent);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const [type, inner] = typed(value as Fields);
  const node: TreeNode = { type, fields: inner, field, parent };
  yield node;
  for (const [name, child] of Object.entries(inner)) yield* nodesOf(child, name, node);
}

/** The fields of a node if it is of that type. */
export function as(type: string, value: unknown): Fields | undefined {
  return (value as Fields | undefined)?.[type] as Fields | undefined;
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The last name of `a.b.c`, of a column or a function. */
export function lastName(names: unknown): string | undefined {
  const name = as('String', listOf(names).at(-1))?.sval;
  return typeof name === 'string' ? name : undefined;
}

/** The text of a string constant, a cast around it (`'x'::text`) taken off. */
export function stringConstant(value: unknown): { readonly text: string; readonly at: number } | undefined {
  const constant = as('A_Const', as('TypeCast', value)?.arg ?? value);
  const text = (constant?.sval as Fields | undefined)?.sval;
  return typeof text === 'string' ? { text, at: locationOf(constant!) } : undefined;
}

/** In bytes of the text that was parsed; a node at its very beginning is printed without. */
export function locationOf(fields: Fields): number {
  return typeof fields.location === 'number' ? fields.location : 0;
}

function typed(value: Fields): [string, Fields] {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0 || !/^[A-Z]/.test(name)) return ['', value];
  const inner = value[name];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? [name, inner as Fields]
    : ['', value];
}
