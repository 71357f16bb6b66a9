/** What a database for ledgers is made of: our own SQL, as the original has none. */
import { rememberInstalled } from '../installed-state.ts';

/** `own` are the scripts of a release. */
export function installLedger(own: readonly { readonly name: string; readonly sql: string }[]) {
  return {
    scripts: [...own, rememberInstalled()],
    tested: own.map(({ sql }) => sql),
    standIns: [],
    migrations: own.length,
    origin: { from: "pgtwin's own SQL", license: null },
    remarks: [],
    check: async () => {},
  };
}
