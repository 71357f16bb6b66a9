/** What a database for state machines is made of: the queue, and our own SQL, as the originals have none. */
import { rememberInstalled } from '../installed-state.ts';
import { installPgmq } from '../pgmq/install.ts';

/** `own` are the scripts of a release. */
export function installStateMachine(own: readonly { readonly name: string; readonly sql: string }[]) {
  return {
    scripts: [installPgmq, ...own, rememberInstalled()],
    tested: own.map(({ sql }) => sql),
    standIns: [],
    migrations: own.length,
    origin: { from: "pgtwin's own SQL", license: null },
    remarks: [],
    check: async () => {},
  };
}
