/** Where images are kept unless the caller says otherwise. */
import { userInfo } from 'node:os';
import { posix, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `PGTWIN_CACHE`, or the place that the operating system has for caches; undefined where nothing says where a user's
 * files are. Only `PGTWIN_CACHE` may be relative: a cache never comes to be in the working directory by accident.
 */
export function defaultCacheDirectory(
  environment: Environment = process.env,
  platform: string = process.platform,
  homeOfUser: () => string = () => userInfo().homedir,
): string | undefined {
  const { PGTWIN_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME, USERPROFILE } = environment;
  if (PGTWIN_CACHE) return PGTWIN_CACHE;
  const { join, isAbsolute } = platform === 'win32' ? win32 : posix;
  const found = (path: string | undefined) => (path && isAbsolute(path) ? path : undefined);
  const home = () => found(platform === 'win32' ? USERPROFILE : HOME) ?? found(asked(homeOfUser));
  const below = (directory: string | undefined, ...names: string[]) => directory && join(directory, ...names);
  switch (platform) {
    case 'darwin':
      return below(home(), 'Library', 'Caches', 'pgtwin');
    case 'win32':
      return below(found(LOCALAPPDATA) ?? below(home(), 'AppData', 'Local'), 'pgtwin', 'Cache');
    default:
      return below(found(XDG_CACHE_HOME) ?? below(home(), '.cache'), 'pgtwin');
  }
}

/** Throws where the system knows no such user, as in some containers. */
function asked(homeOfUser: () => string): string | undefined {
  try {
    return homeOfUser();
  } catch {
    return undefined;
  }
}
