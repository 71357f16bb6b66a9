/** Which stand-ins a set of migrations needs. `realtime`, which the modelled releases call, is always there. */
import { auth } from './auth.ts';
import { calls } from './calls.ts';
import { cron } from './cron.ts';
import { net } from './net.ts';
import { roles } from './roles.ts';
import type { StandIn } from './stand-in.ts';
import { vault } from './vault.ts';

const standIns: readonly StandIn[] = [roles, auth, cron, net, vault];

/**
 * Those that one of the texts names. That a word stands there is enough, be it in a comment: a stand-in that
 * nothing calls does no harm, one that is missing keeps a migration from being installed.
 */
export function neededStandIns(texts: readonly string[]): readonly StandIn[] {
  return standIns.filter(({ namedBy }) => texts.some((text) => namedBy.test(text)));
}

/** The scripts that install them. */
export function standInScripts(needed: readonly StandIn[]): readonly { name: string; sql: string }[] {
  if (needed.length === 0) return [];
  return [calls, ...needed.map(({ name, sql }) => ({ name: `stand-in for ${name}`, sql }))];
}
