/** An embedded Postgres on a virtual clock as a `SqlDriver`: opened from a cached image, or built first. */
import type { Batch, BatchResult, SqlDriver } from '../driver.ts';
import { boot, UnusableImage } from './boot.ts';
import { defaultCacheDirectory } from './cache-directory.ts';
import { BatchDecoder } from './decode.ts';
import { extensionsOf } from './extensions.ts';
import { obtainImage, readSkipped, runScript, type Script } from './image-build.ts';
import { ImageCache } from './image-cache.ts';
import { compilePostgres, findPackages, type Packages } from './packages.ts';
import { Thread } from './thread.ts';

export interface PGliteOptions {
  /** Installed in their order into a new database. */
  readonly scripts: readonly Script[];
  /**
   * The directory that images of built databases are kept in; by default `PGTWIN_CACHE` or the operating
   * system's place for caches; false keeps none.
   */
  readonly cache?: string | false;
  /**
   * Told, in one line, what the caller may want to know though it stops nothing: a cache that cannot be written, a script
   * that may fail and did.
   */
  readonly onNotice?: (line: string) => void;
  /** Where it is aborted and a statement goes on, the database is ended by force: an embedded server cannot cancel one. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The database is as the scripts left it, whether it was built now or comes from an image; its clock starts
 * at the first batch.
 * @throws SetupError where a package is not installed
 * @throws ScriptError where a script does not install
 * @throws DriverError where the database's thread breaks
 */
export async function openPGlite(options: PGliteOptions): Promise<SqlDriver> {
  const packages = findPackages();
  const cache = cacheOf(options);
  try {
    return await openWith(options, packages, cache);
  } catch (error) {
    // An image that was kept may be whole, and yet no database: that is tried once without.
    if (!(error instanceof UnusableImage && cache?.hasRead)) throw error;
    cache.distrust();
    return openWith(options, packages, cache);
  }
}

function cacheOf({ cache, onNotice = () => undefined }: PGliteOptions): ImageCache | undefined {
  if (cache === false) return undefined;
  const directory = cache ?? defaultCacheDirectory();
  if (directory !== undefined) return new ImageCache(directory, onNotice);
  onNotice(
    'the database image is not saved, as there is no home directory: name one for it with PGTWIN_CACHE',
  );
  return undefined;
}

async function openWith(
  options: PGliteOptions,
  packages: Packages,
  cache: ImageCache | undefined,
): Promise<SqlDriver> {
  // Postgres is compiled and the thread starts while the image is looked for.
  void compilePostgres(packages).catch(() => {});
  const thread = new Thread(options.signal);
  try {
    const image = await obtainImage(options.scripts, packages, cache, options.signal);
    const extensions = extensionsOf(options.scripts, packages);
    const versions = await boot(thread, packages, image, extensions);
    const driver = new PGliteDriver(thread, { ...versions, pglite: packages.pglite.version });
    if (options.scripts.some(({ mayFail }) => mayFail)) await tellSkipped(driver, options.onNotice);
    return driver;
  } catch (error) {
    await thread.end();
    throw error;
  }
}

async function tellSkipped(driver: SqlDriver, onNotice: PGliteOptions['onNotice']): Promise<void> {
  const { results } = await driver.run({ at: 0, queries: [readSkipped] });
  for (const set of results.flatMap((each) => (each.kind === 'expanded' ? each.sets : []))) {
    if (set.kind !== 'rows') continue;
    for (const [line] of set.rows) onNotice?.(`skipped, because it does not install: ${line}`);
  }
}

class PGliteDriver implements SqlDriver {
  readonly versions: Readonly<Record<string, string>>;
  readonly #thread: Thread;
  readonly #decoder = new BatchDecoder();

  constructor(thread: Thread, versions: Readonly<Record<string, string>>) {
    this.#thread = thread;
    this.versions = versions;
  }

  async run(batch: Batch): Promise<BatchResult> {
    const { at, uuid, queries } = batch;
    const restart = batch.restartClock === true;
    const request = { type: 'run', at, uuid, restart, queries } as const;
    const ran = await this.#thread.request(request, 'ran', { nameOf: (index) => queries[index]!.text });
    return this.#decoder.decode(queries, ran);
  }

  script(sql: string, name = 'script'): Promise<void> {
    return runScript(this.#thread, { name, sql }, { isKept: false });
  }

  async maintain(): Promise<void> {
    await this.#thread.request({ type: 'maintain' }, 'maintained');
  }

  close(): Promise<void> {
    return this.#thread.end();
  }
}
