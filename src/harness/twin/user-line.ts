/** Where in the user's code something was written or thrown: the first line of a stack that is not of pgtwin, nor of Node. */
import { withoutWords } from './simulation-error.ts';

/** The folder of all of this. */
const own = new URL('../', import.meta.url).href;
const ownPath = decodeURIComponent(new URL('../', import.meta.url).pathname);
const line = /(?:\(|at (?:async )?)((?:file:\/\/)?\/?[^\s()]+:\d+:\d+)\)?$/;

/** `tests/order.test.ts:12:5`, from the working directory where it is inside; undefined where there is none. */
export function userLineOf(stack: unknown): string | undefined {
  const place = placeOf(stack);
  return place === undefined ? undefined : short(place);
}

function placeOf(stack: unknown): string | undefined {
  // Anybody may have put something else there.
  if (typeof stack !== 'string') return undefined;
  for (const each of stack.split('\n')) {
    const place = line.exec(each.trimEnd())?.[1];
    if (place === undefined || place.startsWith('node:')) continue;
    if (!place.startsWith(own) && !place.startsWith(ownPath)) return place;
  }
  return undefined;
}

/** Of whoever calls this from outside. */
export const userLine = (): string | undefined => userLineOf(new Error().stack);

/** The path of the file that calls this from outside. */
export function userFile(): string | undefined {
  const place = placeOf(new Error().stack);
  if (place === undefined) return undefined;
  const path = place.startsWith('file://') ? decodeURIComponent(place.slice('file://'.length)) : place;
  return path.replace(/:\d+:\d+$/, '');
}

function short(place: string): string {
  const path = place.startsWith('file://') ? decodeURIComponent(place.slice('file://'.length)) : place;
  const directory = `${globalThis.process?.cwd() ?? ''}/`;
  return directory.length > 1 && path.startsWith(directory) ? path.slice(directory.length) : path;
}

/** `TypeError: no such thing, at src/order.ts:12:5`; undefined where it is no error. Never throws, whatever was thrown. */
export function thrownText(thrown: unknown): string | undefined {
  try {
    if (!(thrown instanceof Error)) return undefined;
    const place = userLineOf(thrown.stack);
    const said = `${String(thrown.name)}: ${String(thrown.message).split('\n')[0]}`;
    return `${said}${place === undefined ? '' : `, at ${place}`}`;
  } catch {
    return withoutWords;
  }
}

/** The message of an error, or whatever else was thrown as a text. Never throws. */
export function messageOfThrown(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return withoutWords;
  }
}
