/** A file of SQL as text that Postgres takes. */
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { SetupError } from './setup-error.ts';

/** `option` is what the file was named for, and what that takes, for whoever named another. Throws {@link SetupError}. */
export async function readScript(path: string, option: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new SetupError(`${path} cannot be read (${error.code}): ${option}`);
  });
  // Postgres takes no U+0000, and what is not UTF-8 would be installed as something else.
  if (!isUtf8(bytes) || bytes.includes(0)) {
    throw new SetupError(`${path} is not text in UTF-8: save it in that encoding`);
  }
  // A byte order mark is no part of the SQL, which psql knows as well.
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}
