/** Drafts: what is written beside its place, to be renamed when it is whole. Those of processes that are gone are removed. */
import { createHash, randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const pattern = /^\.pgtwin-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp$/;
/** Whether a process of another machine still runs cannot be told. No draft takes that long. */
const abandonedAfterMs = 24 * 3_600_000;
/** Between the clocks of this process and of the file system. */
const clockMayDifferMs = 1000;

/** Those that this process is writing. */
const underWay = new Set<string>();

export interface Draft {
  readonly path: string;
  /** To be called when it was renamed, or was not. */
  remove(): Promise<void>;
}

export function newDraft(directory: string): Draft {
  const name = `.pgtwin-${thisHost()}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  const path = join(directory, name);
  underWay.add(name);
  return {
    path,
    async remove() {
      await rm(path, { force: true }).catch(() => {});
      underWay.delete(name);
    },
  };
}

/** Never fails: what cannot be removed stays. */
export async function removeAbandonedDrafts(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const path = join(directory, name);
    if (await isAbandoned(name, path)) await rm(path, { force: true }).catch(() => {});
  }
}

async function isAbandoned(name: string, path: string): Promise<boolean> {
  const [, host, pid] = pattern.exec(name) ?? [];
  if (host === undefined || underWay.has(name)) return false;
  const file = await lstat(path).catch(() => undefined);
  if (!file?.isFile()) return false;
  if (host !== thisHost()) return file.mtimeMs < Date.now() - abandonedAfterMs;
  // A process before this one had the same id, as happens in containers; or another thread of this one writes.
  if (Number(pid) === process.pid) {
    return file.mtimeMs < Date.now() - process.uptime() * 1000 - clockMayDifferMs;
  }
  return isGone(Number(pid));
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

let host: string | undefined;

/** Process ids mean something on one machine, and within one container of it. */
function thisHost(): string {
  host ??= createHash('sha256').update(`${hostname()} ${processNamespace()}`).digest('hex').slice(0, 8);
  return host;
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
