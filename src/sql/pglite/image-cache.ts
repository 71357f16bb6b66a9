/** Images kept in a directory between processes: whole or not at all, and safe to share. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile, touchFile, writeFile } from '../../files/write.ts';

const suffix = '.image';
const checksumSize = 32;
/** Around 15 MB each. Whoever tries many variants of the SQL leaves one for each behind. */
const kept = 24;

export class ImageCache {
  readonly #directory: string;
  readonly #onNotice: (line: string) => void;
  #noticed = false;
  #hasRead = false;
  #isTrusted = true;

  constructor(directory: string, onNotice: (line: string) => void) {
    this.#directory = directory;
    this.#onNotice = onNotice;
  }

  /** Whether an image came from it. */
  get hasRead(): boolean {
    return this.#hasRead;
  }

  /** For when an image that it gave starts no database: nothing more is read from it, and what is built is kept instead. */
  distrust(): void {
    this.#isTrusted = false;
  }

  /** undefined where there is none, or a damaged one, or that of another key. */
  async read(key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (!this.#isTrusted) return undefined;
    const path = join(this.#directory, key + suffix);
    try {
      const file = await readFile(path);
      const image = file.subarray(checksumSize);
      if (!checksum(key, image).equals(file.subarray(0, checksumSize))) return undefined;
      // The instant of the last use decides what is kept; a cache that cannot be written may still be read.
      await touchFile(path).catch(() => undefined);
      this.#hasRead = true;
      return image;
    } catch {
      return undefined;
    }
  }

  /** Carries on without, saying so once, where the directory cannot be written. */
  async write(key: string, image: Uint8Array): Promise<void> {
    try {
      await writeFile(join(this.#directory, key + suffix), [checksum(key, image), image]);
      await this.#tidy();
    } catch (error) {
      if (this.#noticed) return;
      this.#noticed = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#onNotice(
        `the database image cannot be saved in ${this.#directory}, so pgtwin continues without it (${reason})`,
      );
    }
  }

  async #tidy(): Promise<void> {
    const images: { path: string; usedAt: number }[] = [];
    for (const name of await readdir(this.#directory)) {
      if (!name.endsWith(suffix)) continue;
      const path = join(this.#directory, name);
      // Another process may have tidied it away in the meantime.
      const usedAt = await stat(path).then(
        (file) => file.mtimeMs,
        () => undefined,
      );
      if (usedAt !== undefined) images.push({ path, usedAt });
    }
    images.sort((a, b) => b.usedAt - a.usedAt);
    for (const { path } of images.slice(kept)) await removeFile(path);
  }
}

/** Over the key as well: an image under another name than its own is none. */
function checksum(key: string, image: Uint8Array): Buffer {
  return createHash('sha256').update(key).update(image).digest();
}
