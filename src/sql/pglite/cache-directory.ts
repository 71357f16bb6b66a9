/** Where images are kept unless the caller says otherwise. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `PGTWIN_CACHE`, or the place that the operating system has for caches. */
export function defaultCacheDirectory(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  const { PGTWIN_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (PGTWIN_CACHE) return PGTWIN_CACHE;
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Caches', 'pgtwin');
    case 'win32':
      return join(LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'pgtwin', 'Cache');
    default:
      return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'pgtwin');
  }
}
