/** What zod found wrong with a trace, as one line: the path to it, then the fault. */
import { firstOf, knownNames, quoted, shortened } from '../contract/names.ts';

/** The part of a zod issue that the line is made of. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly keys?: readonly string[];
  /** Of a union: the issues of each member that was tried. */
  readonly errors?: readonly (readonly Issue[])[];
  /** Of a union whose members are told apart by a field: the name of the field, and what it may hold. */
  readonly discriminator?: string | undefined;
  readonly options?: readonly unknown[] | undefined;
}

/** A value that was checked by itself, and where it lies in the whole. */
export interface Within {
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

/** So long a sentence of zod's is still read: it lists all that would do. */
const longestMessage = 300;
const longestPath = 160;

/** `commands[3].at: time runs backwards (500 after 1200)`; `within` is the value that the path of the issue begins in. */
export function describeIssue(issue: Issue, within?: Within): string {
  const inner = closestMember(issue);
  if (inner) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, within);
  const path = printPath([...(within?.path ?? []), ...issue.path]);
  const message = messageOf(issue, within?.value);
  return path === '' ? message : `${path}: ${message}`;
}

function messageOf(issue: Issue, whole: unknown): string {
  if (issue.code === 'unrecognized_keys' && issue.keys)
    return `unknown key ${firstOf(issue.keys.map(quoted))}`;
  if (issue.discriminator !== undefined && issue.options) {
    const { discriminator, options } = issue;
    const found = valueAt(whole, issue.path);
    const known = knownNames(options.map(String), typeof found === 'string' ? found : undefined);
    if (found === undefined) return `is missing; known: ${known}`;
    const named = typeof found === 'string' ? ` ${quoted(found)}` : '';
    return `unknown ${discriminator}${named}; known: ${known}`;
  }
  const message = issue.message
    .replace(/^Invalid input: /, '')
    .replace(/\s+/g, ' ')
    .replace(/^expected .*, received undefined$/, 'is missing');
  return shortened(message, longestMessage);
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): unknown {
  let value = whole;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** Of a union that nothing fitted, the first complaint of the member that came furthest. */
function closestMember(issue: Issue): Issue | undefined {
  if (issue.code !== 'invalid_union' || !issue.errors) return undefined;
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((each) => each.path.length));
  const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
  return closest?.[0];
}

function printPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[A-Za-z_]\w{0,60}$/.test(String(part)))
      text += text === '' ? String(part) : `.${String(part)}`;
    else text += `[${quoted(String(part))}]`;
  }
  // The end is where the fault is.
  return text.length > longestPath
    ? `${text.slice(0, longestPath / 2)}…${text.slice(-longestPath / 2)}`
    : text;
}
