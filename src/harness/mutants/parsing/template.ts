/** SQL that a function puts together at run time: the templates given to `format` between dollar quotes. */
import type { Fragment, Piece } from './source.ts';
import type { SqlParser } from './sql-parser.ts';

// %I, %L, %s, with a position or without.
const gap = /%(?:\d+\$)?([ILs])/g;

/** The templates among the tokens that are SQL once each gap is filled with something just as long. */
export function templatePieces(parser: SqlParser, { tokens }: Fragment): Piece[] {
  return tokens.flatMap(({ text, start }) => {
    const quote = /^\$\w*\$/.exec(text)?.[0];
    if (quote === undefined) return [];
    const filled = text.slice(quote.length, -quote.length).replace(gap, fill);
    try {
      parser.parse(filled);
    } catch {
      return [];
    }
    const from = start + quote.length;
    return [{ start: from, end: from + filled.length, role: 'statement', filled }];
  });
}

function fill(found: string, kind: string): string {
  return kind === 'L' ? `'${' '.repeat(found.length - 2)}'` : 'x'.repeat(found.length);
}
