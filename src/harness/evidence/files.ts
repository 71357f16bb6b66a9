/** The files of what was found: its trace, the same as a script, and the page that shows it. Written here alone. */
import { FileError } from '../../files/file-error.ts';
import { writeFile } from '../../files/write.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { Trace } from '../contract/trace.ts';
import type { PageInput } from '../report/html/page-input.ts';
import { writePage } from '../report/html/write-page.ts';
import { printTrace } from '../trace/format.ts';

/** Throws {@link SetupError} where the file cannot be written. */
export async function writeTraceFile(file: string, trace: Trace<unknown>): Promise<void> {
  await writeFile(file, printTrace(trace));
}

/** Throws {@link SetupError} where the file cannot be written. */
export async function writePageFile(file: string, page: PageInput): Promise<void> {
  await writeFile(file, await writePage(page));
}

/** Gets a line about each file that could not be written. */
export type OnUnwritten = ((line: string) => void) | undefined;

/** False where the file could not be written and `onUnwritten` knows; without it that is thrown. */
export async function isWritten(writing: Promise<void>, onUnwritten: OnUnwritten): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (!(error instanceof FileError) || !onUnwritten) throw error;
    onUnwritten(error.message);
    return false;
  }
}

export interface Find {
  /** Of the files, without an ending. */
  readonly path: string;
  readonly trace: Trace<unknown>;
  /** The trace as a script for psql; undefined where none is kept. */
  readonly psql?: string | undefined;
  /** What its page shows. It is given the line that replays the trace. */
  page(replay: string): Promise<PageInput>;
  /** The line that replays the trace from that file. */
  replayOf(file: string): string;
  /** Gets a sentence about each file that was not saved, for whatever reason. */
  note(line: string): void;
  readonly onUnwritten: OnUnwritten;
}

/** Where the files are, and the line that replays the trace. */
export interface KeptFind {
  readonly file: string;
  readonly psql: string | null;
  readonly page: string | null;
  readonly replay: string;
}

/**
 * Null where the trace cannot be written: that must not hide what was found. The page alone may fail for any reason, its
 * own bugs included, as trace and script say as much as it does.
 */
export async function keepFind(find: Find): Promise<KeptFind | null> {
  const { path, trace, psql, note, onUnwritten } = find;
  const file = `${path}.json`;
  const script = psql === undefined ? null : `${path}.sql`;
  try {
    await writeTraceFile(file, trace);
    if (script !== null) await writeFile(script, psql!);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    note(`the trace could not be saved: ${error.message}`);
    if (error instanceof FileError) onUnwritten?.(error.message);
    return null;
  }
  const replay = find.replayOf(file);
  const page = `${path}.html`;
  try {
    await writePageFile(page, await find.page(replay));
    return { file, psql: script, page, replay };
  } catch (error) {
    note(`the page could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof FileError) onUnwritten?.(error.message);
    return { file, psql: script, page: null, replay };
  }
}
