/** Starts Postgres in this thread, from an image or anew, and shuts it down into an image. */
import { pathToFileURL } from 'node:url';
import type { Extension, PGlite } from '@electric-sql/pglite';
import type { Extensions } from './extensions.ts';
import { decodeImage, encodeImage, type ImageFile } from './image.ts';

const dataDirectory = '/pglite/data';

/** On top of what PGlite starts with. Set here rather than by SET, so that RESET comes back to them. */
const settings: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  client_min_messages: 'error',
  // Two rows of a table come back in the same order whatever else was read before.
  synchronize_seqscans: 'off',
  // A quarter of the 160 MB that initdb finds room for; the databases here hold some megabytes.
  shared_buffers: '40MB',
};

/** Segments of 1 MB: sixteen times less to write and keep than by default. */
const initdbArguments = ['--wal-segsize=1'];

export interface Postgres {
  readonly database: PGlite;
  /** Ends the database with a clean shutdown and returns its image. */
  shutDown(): Promise<Uint8Array<ArrayBuffer>>;
}

/** As every project of Supabase has it, for SQL that calls an extension by its bare name. */
const withExtensions: Readonly<Record<string, string>> = { search_path: '"$user", public, extensions' };

export async function startPostgres(
  module: object,
  image: Uint8Array | null,
  extensions: Extensions = {},
): Promise<Postgres> {
  // Only now: loading them earlier would let them hold on to the real clock.
  const { PGlite, MemoryFS } = await import('@electric-sql/pglite');
  const { pgmq } = await import('@electric-sql/pglite-pgmq');

  const isPlain = Object.keys(extensions).length === 0;
  let onClose = (_files: ImageFile[]): void => undefined;
  class DataDirectory extends MemoryFS {
    override async initialSyncFs(): Promise<void> {
      if (image !== null) writeFiles(this.pg!.Module.FS, decodeImage(image));
    }
    /** Called when the server has shut down and its files are still there. */
    override async closeFs(): Promise<void> {
      onClose(readFiles(this.pg!.Module.FS));
      await super.closeFs();
    }
  }

  const database = await PGlite.create({
    fs: new DataDirectory(),
    extensions: { pgmq, ...bundlesOf(extensions) },
    pgliteWasmModule: module as never,
    initDbStartParams: initdbArguments,
    startParams: [
      ...PGlite.defaultStartParams,
      ...Object.entries(isPlain ? settings : { ...settings, ...withExtensions }).flatMap(([name, value]) => [
        '-c',
        `${name}=${value}`,
      ]),
    ],
  });
  return {
    database,
    shutDown: async () => {
      let files: ImageFile[] = [];
      onClose = (captured) => {
        files = captured;
      };
      await database.close();
      return encodeImage(files);
    },
  };
}

function bundlesOf(extensions: Extensions): Record<string, Extension> {
  return Object.fromEntries(
    Object.entries(extensions).map(([name, archive]) => [
      name,
      { name, setup: async () => ({ bundlePath: pathToFileURL(archive) }) },
    ]),
  );
}

type Files = PGlite['Module']['FS'];

function writeFiles(files: Files, image: readonly ImageFile[]): void {
  for (const { path, content } of image) {
    if (content === null) files.mkdirTree(dataDirectory + path, 0o700);
    // The file system takes the bytes over as they are, which saves copying the whole database.
    else files.writeFile(dataDirectory + path, content, { canOwn: true });
  }
}

function readFiles(files: Files, directory = ''): ImageFile[] {
  const found: ImageFile[] = [];
  for (const name of files.readdir(dataDirectory + directory)) {
    if (name === '.' || name === '..') continue;
    const path = `${directory}/${name}`;
    if (files.isDir(files.stat(dataDirectory + path).mode)) {
      found.push({ path, content: null }, ...readFiles(files, path));
    } else {
      found.push({ path, content: files.readFile(dataDirectory + path) });
    }
  }
  return found;
}
