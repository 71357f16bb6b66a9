/** What a mutation operator is: a way to plant small bugs of one kind. */
import type { Fragment, Source } from '../parsing/source.ts';
import type { Range, Token } from '../parsing/tokens.ts';
import type { TreeNode } from '../parsing/tree.ts';
import type { Vocabulary } from '../parsing/vocabulary.ts';

/** What stands in place of these bytes of the definition. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

export interface Operator {
  /** What `--operator` takes. */
  readonly name: string;
  /** What it does to the SQL, as a sentence. */
  readonly title: string;
  edits(source: Source, vocabulary: Vocabulary): Iterable<Edit>;
}

/** An operator that looks at each node by itself. */
export function onNodes(
  source: Source,
  edits: (node: TreeNode, fragment: Fragment) => Iterable<Edit>,
): Edit[] {
  return source.fragments.flatMap((fragment) => fragment.nodes.flatMap((node) => [...edits(node, fragment)]));
}

/** An operator that looks for a word. */
export function onTokens(
  source: Source,
  edits: (token: Token, index: number, tokens: readonly Token[]) => Iterable<Edit>,
): Edit[] {
  return source.fragments.flatMap(({ tokens }) =>
    tokens.flatMap((token, index) => [...edits(token, index, tokens)]),
  );
}

export const replace = ({ start, end }: Token, replacement: string): Edit => ({ start, end, replacement });

export const replaceRange = (
  tokens: readonly Token[],
  { first, last }: Range,
  replacement: string,
): Edit => ({ start: tokens[first]!.start, end: tokens[last]!.end, replacement });

/** One part of a list out of it, and the separator that goes with it. */
export function without(tokens: readonly Token[], parts: readonly Range[], index: number): Edit {
  const [part, next] = [parts[index]!, parts[index + 1]];
  if (index === 0 && next) {
    return { start: tokens[part.first]!.start, end: tokens[next.first]!.start, replacement: '' };
  }
  const start = index === 0 ? tokens[part.first]!.start : tokens[parts[index - 1]!.last]!.end;
  return { start, end: tokens[part.last]!.end, replacement: '' };
}

/** Both parts, each in the place of the other. */
export function swapped(text: (range: Range) => string, tokens: readonly Token[], a: Range, b: Range): Edit {
  const between = { first: a.last + 1, last: b.first - 1 };
  return replaceRange(tokens, { first: a.first, last: b.last }, `${text(b)}${text(between)} ${text(a)}`);
}
