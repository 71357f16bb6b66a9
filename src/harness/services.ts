/** What the harness is run with: the engines, and a database to install them in. Tests bring their own. */
import type { SqlDriver } from '../sql/driver.ts';
import type { Installation } from './engine.ts';
import { type Engine, engines } from './engines.ts';

export interface Services {
  readonly engines: readonly Engine[];
  /** A database with this installed; `onNotice` gets a line for each thing worth knowing that stops nothing. */
  openDriver(installation: Installation, onNotice: (line: string) => void): Promise<SqlDriver>;
}

export const defaultServices: Services = {
  engines,
  async openDriver(installation, onNotice) {
    const { openPGlite } = await import('../sql/pglite/open.ts');
    const driver = await openPGlite({ scripts: installation.scripts, onNotice });
    try {
      await installation.check?.(driver);
      return driver;
    } catch (error) {
      await driver.close();
      throw error;
    }
  },
};
