/** Paths of the language: as far as the SQL knows them, and the place where more can be put in. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { RecentTexts } from '../../../kernel/recent-texts.ts';
import { find, type Path } from '../../shared/paths.ts';

/** What expressions look at. */
export interface View {
  readonly input: Jsonb;
  /** The context object is made where a path asks for it. */
  readonly context: () => Jsonb;
  /** A new one each time; what is left to chance is made of it. */
  readonly uuid: () => string;
}

/** What can be written where a value is looked for. */
export interface Language {
  readonly isPath: (text: string) => boolean;
  /** Names one place, where something can be put. */
  readonly isReferencePath: (text: string) => boolean;
  /** Behind a key of a template that ends in `.$`. */
  readonly isExpression: (text: string) => boolean;
  /** Undefined: the path selects nothing. */
  readonly select: (path: string, view: View) => Jsonb | undefined;
  /** The value of an expression of a template; undefined: a path in it selects nothing. */
  readonly evaluate: (expression: string, view: View) => Jsonb | undefined;
  /** How a path is called that is none, or is not known. */
  readonly known: string;
  /** What is wrong with an expression of JSONata; left out where none is known. */
  readonly jsonataFault?: (expression: string) => string | undefined;
}

const name = String.raw`\.[A-Za-z_0-9-]+`;
const index = String.raw`\[(?:0|[1-9][0-9]{0,8})\]`;
const quoted = String.raw`\['[^'\\]*'\]`;
const wholePath = new RegExp(`^\\$\\$?(?:${name}|${index}|${quoted})*$`);
/** Of any letters. */
const wideName = String.raw`\.[^.[\]'"*?@,:()\s$\\]+`;
const wideWholePath = new RegExp(`^\\$\\$?(?:${wideName}|${index}|${quoted})*$`);
const everyStep = /\.([^.[]+)|\[([0-9]+)\]|\['([^'\\]*)'\]/g;

/** Names one place. */
export const isPlainPath = (text: string): boolean => wholePath.test(text);
/** The same with names of any letters. */
export const isWidePath = (text: string): boolean => wideWholePath.test(text);
const isReferencePath = (text: string): boolean => isPlainPath(text) && !text.startsWith('$$');

const parsed = new RecentTexts<Path>((text) => ({
  isOfContext: text.startsWith('$$'),
  steps: [...text.matchAll(everyStep)].map(([, field, place, inQuotes]) =>
    place === undefined ? (field ?? inQuotes!) : Number(place),
  ),
}));

/** Of a plain path. */
export const stepsOf = (text: string): Path['steps'] => parsed.get(text).steps;

export function selectPlain(path: string, { input, context }: View): Jsonb | undefined {
  if (path === '$') return input;
  const { isOfContext, steps } = parsed.get(path);
  return find(isOfContext ? context() : input, steps);
}

/** Wildcards, filters, functions and JSONata are beyond it. */
export const knownToSql: Language = {
  isPath: isPlainPath,
  isReferencePath,
  isExpression: isPlainPath,
  select: selectPlain,
  evaluate: selectPlain,
  known: 'path that the SQL knows',
};
