/** A file of SQL as text that Postgres takes. */
import { SetupError } from '../sql/setup-error.ts';
import { FileError } from './file-error.ts';
import { missing, readText } from './read-text.ts';

/** `option` is what the file was named for, and what that takes, for whoever named another. Throws {@link SetupError}. */
export async function readScript(path: string, option: string): Promise<string> {
  const text = await readText(path).catch((error) => {
    if (!(error instanceof FileError)) throw error;
    const reason = error.reason === missing ? 'cannot be read (ENOENT)' : error.reason;
    throw new SetupError(`${path} ${reason}: ${error.advice ?? option}`);
  });
  // Postgres takes no U+0000.
  if (text.includes('\0')) throw new SetupError(`${path} is not text in UTF-8: save it in that encoding`);
  return text;
}
