/** All that can be written in the language: also functions, and paths that name many places. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { isWidePath, type Language, selectPlain, type View } from '../language/language.ts';
import { evaluated, isCall } from './index.ts';

/** What others know better: paths with wildcards, slices and filters, and hashes. */
export interface Libraries {
  readonly isPath: (path: string) => boolean;
  /** Everything that the path names, in the order of the document. `isOfOnePlace`: it cannot name more than one, whatever the document is. */
  readonly query: (
    path: string,
    root: Jsonb,
  ) => { readonly isOfOnePlace: boolean; readonly found: readonly Jsonb[] };
  /** Of the bytes in UTF-8, in hexadecimal digits; undefined where the algorithm is not known. */
  readonly hash: (algorithm: string, text: string) => string | undefined;
  /** What is wrong with an expression of JSONata. */
  readonly jsonataFault: (expression: string) => string | undefined;
}

export function wholeLanguage({ isPath: isQuery, query, hash, jsonataFault }: Libraries): Language {
  const isPath = (text: string): boolean =>
    isWidePath(text) || (text.startsWith('$') && isQuery(withoutContext(text)));
  const isFunction = (text: string): boolean => isCall(text, isPath);

  const select = (path: string, view: View): Jsonb | undefined => {
    if (isWidePath(path)) return selectPlain(path, view);
    if (isFunction(path)) return call(path, view);
    const root = path.startsWith('$$') ? view.context() : view.input;
    const { isOfOnePlace, found } = query(withoutContext(path), root);
    // Of a path that can name many places, all values are in an array, however many there are.
    return isOfOnePlace ? found[0] : [...found];
  };
  const call = (text: string, view: View): Jsonb | undefined =>
    evaluated(text, (path) => select(path, view), { uuid: view.uuid, hash });

  return {
    isPath,
    isReferencePath: (text) => isWidePath(text) && !text.startsWith('$$'),
    isExpression: (text) => isPath(text) || isFunction(text),
    select,
    evaluate: select,
    known: 'path',
    jsonataFault,
  };
}

/** A path into the context object begins with two signs. */
const withoutContext = (path: string): string => (path.startsWith('$$') ? path.slice(1) : path);
