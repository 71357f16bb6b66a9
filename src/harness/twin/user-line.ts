/** Where in the user's code something was written or thrown: the first line of a stack that is not of pgtwin, nor of Node. */

/** The folder of all of this. */
const own = new URL('../', import.meta.url).href;
const ownPath = decodeURIComponent(new URL('../', import.meta.url).pathname);
const line = /(?:\(|at (?:async )?)((?:file:\/\/)?\/?[^\s()]+:\d+:\d+)\)?$/;

/** `tests/order.test.ts:12:5`, from the working directory where it is inside; undefined where there is none. */
export function userLineOf(stack: string | undefined): string | undefined {
  for (const each of stack?.split('\n') ?? []) {
    const place = line.exec(each.trimEnd())?.[1];
    if (place === undefined || place.startsWith('node:')) continue;
    if (place.startsWith(own) || place.startsWith(ownPath)) continue;
    return short(place);
  }
  return undefined;
}

/** Of whoever calls this from outside. */
export const userLine = (): string | undefined => userLineOf(new Error().stack);

function short(place: string): string {
  const path = place.startsWith('file://') ? decodeURIComponent(place.slice('file://'.length)) : place;
  const directory = `${globalThis.process?.cwd() ?? ''}/`;
  return directory.length > 1 && path.startsWith(directory) ? path.slice(directory.length) : path;
}

/** `TypeError: no such thing, at src/order.ts:12:5`; undefined where it is no error. */
export function thrownText(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const place = userLineOf(thrown.stack);
  return `${thrown.name}: ${thrown.message.split('\n')[0]}${place === undefined ? '' : `, at ${place}`}`;
}
