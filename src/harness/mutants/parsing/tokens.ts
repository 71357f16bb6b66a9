/** Tokens of a piece of SQL, and the ranges that brackets, commas and clauses make of them. */
import type { ScannedToken } from './sql-parser.ts';

export interface Token {
  /** Bytes from the start of the function's definition. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** In lower case; empty for a name in quotes, a constant and whatever else is no word or sign. */
  readonly word: string;
  /** Brackets and CASE ... END around it; the brackets themselves belong outside. */
  readonly depth: number;
}

/** From the token `first` to the token `last`, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** The tokens without comments. `offset` is where the scanned text starts in the definition. */
export function tokensOf(text: string, scanned: readonly ScannedToken[], offset: number): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { start, end, tokenName, keywordKind } of scanned) {
    if (tokenName === 'SQL_COMMENT' || tokenName === 'C_COMMENT') continue;
    const slice = text.slice(start, end);
    const hasWord = keywordKind > 0 || !/^["'$\w]|^[eEbBxXuU]&?'/.test(slice);
    const word = hasWord ? slice.toLowerCase() : /^[a-z_]\w*$/i.test(slice) ? slice.toLowerCase() : '';
    if ([')', ']', 'end'].includes(word)) depth -= 1;
    tokens.push({ start: start + offset, end: end + offset, text: slice, word, depth });
    if (['(', '[', 'case'].includes(word)) depth += 1;
  }
  return tokens;
}

/** The closing bracket (or END) of the opening one. */
export function closing(tokens: readonly Token[], open: number): number {
  const { depth } = tokens[open]!;
  for (let i = open + 1; i < tokens.length; i++) if (tokens[i]!.depth === depth) return i;
  return tokens.length - 1;
}

/** What stands between the separators at the depth of the range's beginning; nothing for an empty range. */
export function split(
  tokens: readonly Token[],
  range: Range,
  isSeparator: (token: Token, index: number) => boolean,
): Range[] {
  if (range.last < range.first) return [];
  const { depth } = tokens[range.first]!;
  const parts: Range[] = [];
  let first = range.first;
  for (let i = range.first; i <= range.last; i++) {
    if (tokens[i]!.depth !== depth || !isSeparator(tokens[i]!, i)) continue;
    parts.push({ first, last: i - 1 });
    first = i + 1;
  }
  parts.push({ first, last: range.last });
  return parts;
}

export const atCommas = (tokens: readonly Token[], range: Range): Range[] =>
  split(tokens, range, ({ word }) => word === ',');

/** Words that neither a condition nor what is sorted by goes on behind. */
const ends = new Set(
  `where on having when then else select set returning from group order limit offset fetch for union except
  intersect join left right inner full cross natural window as values using into do , ; => :=`.split(/\s+/),
);

/** What reaches to the end of the clause from the token `first` on; `last` before `first` where that is nothing. */
export function clauseFrom(tokens: readonly Token[], first: number): Range {
  const depth = tokens[first]?.depth ?? 0;
  let i = first;
  while (i < tokens.length && !(tokens[i]!.depth < depth) && !isEnd(tokens, i, depth)) i++;
  return { first, last: i - 1 };
}

/** The clause that the token is part of. */
export function clauseAround(tokens: readonly Token[], index: number): Range {
  const { depth } = tokens[index]!;
  let first = index;
  while (first > 0 && tokens[first - 1]!.depth >= depth && !isEnd(tokens, first - 1, depth)) first--;
  return { first, last: clauseFrom(tokens, index).last };
}

function isEnd(tokens: readonly Token[], i: number, depth: number): boolean {
  const { depth: itsDepth, word } = tokens[i]!;
  if (itsDepth !== depth || !ends.has(word)) return false;
  const before = tokens[i - 1]?.word;
  // A column of that name is no end, and IS [NOT] DISTINCT FROM goes on.
  return before !== '.' && !(word === 'from' && before === 'distinct');
}

/** The parts of a condition that AND, or OR, joins. */
export function operands(tokens: readonly Token[], range: Range, joint: 'and' | 'or'): Range[] {
  let isBetween = false;
  return split(tokens, range, ({ word }) => {
    if (word === 'between') isBetween = true;
    if (word !== joint) return false;
    const isJoint = !(word === 'and' && isBetween);
    isBetween = false;
    return isJoint;
  });
}
