/** The language of machines with all that others know better: JSONPath, and hashes. */
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import { wholeLanguage } from '../../../../model/state-machine/states-language/intrinsics/whole-language.ts';
import type { Language } from '../../../../model/state-machine/states-language/language/language.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import { jsonataFault } from './jsonata.ts';
import { builtin, loaded } from './peers.ts';

/** Of `json-p3`, what is used of it. */
interface JsonPath {
  readonly jsonpath: {
    compile(path: string): {
      query(value: unknown): { values(): Jsonb[] };
      /** Whether it names one place at most, whatever the value is. */
      singularQuery(): boolean;
    };
  };
}

const why = 'A path with wildcards, slices or filters';
let known: JsonPath | undefined;
const library = (): JsonPath['jsonpath'] => {
  known ??= loaded<JsonPath>('json-p3', why, (require) => require('json-p3'));
  return known.jsonpath;
};

/** As OpenSSL calls them, by the names that the language has. */
const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

interface Crypto {
  createHash(algorithm: string): { update(text: string): { digest(form: 'hex'): string } };
}

export function hash(name: string, text: string): string | undefined {
  const algorithm = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
  if (algorithm === undefined) return undefined;
  const crypto = builtin<Crypto>('node:crypto', 'States.Hash');
  return crypto.createHash(algorithm).update(text).digest('hex');
}

/** People write a point before a bracket, which the standard does not have. */
const asStandard = (path: string): string => (/['"]/.test(path) ? path : path.replaceAll('.[', '['));

function isPath(path: string): boolean {
  try {
    library().compile(asStandard(path));
    return true;
  } catch (error) {
    if (error instanceof SimulationError) throw error;
    return false;
  }
}

export const language: Language = wholeLanguage({
  isPath,
  query: (path, root) => {
    const compiled = library().compile(asStandard(path));
    return { isOfOnePlace: compiled.singularQuery(), found: compiled.query(root).values() };
  },
  hash,
  jsonataFault,
});
