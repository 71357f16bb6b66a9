/** A mutant: a function of the SQL with one small bug planted in it. */
import { createHash } from 'node:crypto';
import { operators } from './operators/index.ts';
import type { Edit, Operator } from './operators/operator.ts';
import { toText } from './parsing/bytes.ts';
import { type Source, sourceOf } from './parsing/source.ts';
import type { SqlFunction } from './parsing/sql-function.ts';
import type { SqlParser } from './parsing/sql-parser.ts';
import { vocabularyOf } from './parsing/vocabulary.ts';

export interface Mutant {
  /** Eight hexadecimal digits out of function, operator, place and text: the same as long as these are. */
  readonly id: string;
  /** `pgflow.fail_task(uuid, text, integer, text)` */
  readonly function: string;
  readonly operator: string;
  /** The script that the function is from; null where none has it. */
  readonly file: string | null;
  /** From 1, in that script. */
  readonly line: number | null;
  /** Bytes from the start of the function's body; negative in front of it. */
  readonly position: number;
  /** The lines that are changed as one, white space collapsed. */
  readonly before: string;
  readonly after: string;
}

export interface PlantedMutant extends Mutant {
  /** The definition with the bug. */
  readonly sql: string;
  /** The definition without. */
  readonly original: string;
  /** Why nobody could tell the two apart, where the SQL itself says so. */
  readonly equivalence: string | undefined;
}

/** Mutants of the functions, in the order of these and of their places; and why one has none. */
export function plantMutants(
  parser: SqlParser,
  functions: readonly SqlFunction[],
): { mutants: PlantedMutant[]; remarks: string[] } {
  const remarks: string[] = [];
  const sources = functions.flatMap((each) => {
    try {
      return [sourceOf(parser, each)];
    } catch (error) {
      remarks.push(`no mutants of ${each.signature}: ${(error as Error).message}`);
      return [];
    }
  });
  const vocabulary = vocabularyOf(sources.flatMap(({ fragments }) => fragments));
  const mutants = sources.flatMap((source) => {
    const texts = new Set([source.text]);
    const planted = operators.flatMap((operator) =>
      [...operator.edits(source, vocabulary)].flatMap((edit) => {
        const text = `${source.text.slice(0, edit.start)}${edit.replacement}${source.text.slice(edit.end)}`;
        // Two operators may come to the same.
        if (texts.has(text)) return [];
        texts.add(text);
        return [mutantOf(source, operator, edit, text)];
      }),
    );
    return planted.sort(byPlace);
  });
  return { mutants, remarks };
}

/** The order of reports, whoever took part in them. */
export function byPlace(a: Mutant, b: Mutant): number {
  if (a.function !== b.function) return a.function < b.function ? -1 : 1;
  return a.position - b.position || (a.id < b.id ? -1 : 1);
}

function mutantOf(source: Source, { name }: Operator, edit: Edit, text: string): PlantedMutant {
  const { function: of, bodyStart } = source;
  const changed = source.text.slice(edit.start, edit.end);
  const core = coreOf(source.text, edit);
  const position = core.start - bodyStart;
  const parts = [of.signature, name, position, toText(changed), edit.replacement];
  const linesAbove = position < 0 ? 0 : source.text.slice(bodyStart, core.start).split('\n').length - 1;
  return {
    id: createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8),
    function: of.signature,
    operator: name,
    file: of.origin?.file ?? null,
    line: of.origin === undefined ? null : of.origin.line + linesAbove,
    position,
    ...changedLines(source, core, edit),
    sql: toText(text),
    original: of.definition,
    equivalence: equivalenceOf(source, core),
  };
}

function equivalenceOf({ dead }: Source, { start, end }: Edit): string | undefined {
  const range = dead.find((each) => each.start <= start && end <= each.end);
  return range && `nothing reads the CTE ${range.name}, and so it is never evaluated`;
}

/** What is left out without the comma, the white space and the comments that go with it, so that the lines shown are its own. */
function coreOf(text: string, edit: Edit): Edit {
  if (edit.replacement !== '') return edit;
  const changed = text.slice(edit.start, edit.end);
  const leading = /^(?:[\s,]|--[^\n]*)*/.exec(changed)![0].length;
  const trailing = /(?:[\s,]|--[^\n]*)*$/.exec(changed)![0].length;
  return { ...edit, start: edit.start + leading, end: edit.end - trailing };
}

/** The lines around the core; what else is changed of them goes along. */
function changedLines({ text, bodyStart, bodyEnd }: Source, { start, end }: Edit, edit: Edit) {
  const isInBody = start >= bodyStart;
  const from = Math.max(text.lastIndexOf('\n', start - 1) + 1, isInBody ? bodyStart : 0);
  const newline = text.indexOf('\n', end);
  const to = isInBody && !(newline < bodyEnd && newline >= 0) ? bodyEnd : newline;
  const shown = (lines: string) =>
    toText(lines)
      // Comments would swallow the lines behind them.
      .replace(/--[^\n]*/g, '')
      .replace(/\s+/g, ' ')
      .replace(/^[ ,;]+$/, '')
      .trim();
  const ahead = text.slice(from, Math.max(from, edit.start));
  const behind = text.slice(Math.min(to, edit.end), to);
  return { before: shown(text.slice(from, to)), after: shown(ahead + edit.replacement + behind) };
}
