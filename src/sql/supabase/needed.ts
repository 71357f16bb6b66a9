/** Which stand-ins SQL needs: one list, for every engine and for both sides of a comparison. */
import { codeOf } from '../executed.ts';
import { auth } from './auth.ts';
import { calls } from './calls.ts';
import { cron } from './cron.ts';
import { emptyExtensions, extensionsSchema, moddatetime, pgcrypto, uuidOssp } from './extensions.ts';
import { functions } from './functions.ts';
import { net } from './net.ts';
import { publication } from './publication.ts';
import { realtime, realtimeMessages } from './realtime.ts';
import { createdIfMissing, ownRoles, roles, rolesLeftTo, rolesWith } from './roles.ts';
import type { StandIn } from './stand-in.ts';
import { storage } from './storage.ts';
import { vault } from './vault.ts';

/** In the order in which they are installed. */
export const standIns: readonly StandIn[] = [
  extensionsSchema,
  uuidOssp,
  pgcrypto,
  moddatetime,
  emptyExtensions,
  roles,
  auth,
  cron,
  net,
  vault,
  realtime,
  realtimeMessages,
  publication,
  functions,
  storage,
];

/**
 * Those that one of the texts names, or that `others` names because another database has them. That a word stands there
 * is enough, be it in a comment: a stand-in that nothing calls does no harm, one that is missing keeps SQL from
 * being installed. What the SQL makes itself is read off its code.
 */
export function neededStandIns(texts: readonly string[], others: readonly string[] = []): readonly StandIn[] {
  const own = rolesWith(ownRoles(texts));
  const named = standIns.filter(
    ({ name, namedBy, unless }) =>
      (others.includes(name) ||
        texts.some((text) => namedBy.test(text)) ||
        (name === own.name && own !== roles)) &&
      !texts.some((text) => isMadeBy(text, unless)),
  );
  return standIns
    .filter((each) => named.some(({ name, needs }) => name === each.name || needs?.includes(each.name)))
    .map((each) => (each === roles ? own : each));
}

const isMadeBy = (text: string, unless: RegExp | undefined): boolean =>
  unless?.test(text) === true && unless.test(codeOf(text));

/**
 * What is left to one of the texts alone to make: a script behind it that makes it if the text was not installed. Nothing where
 * the text makes none of it.
 */
export function standInsBehind(
  text: string,
  texts: readonly string[],
): readonly { name: string; sql: string }[] {
  const others = texts.filter((each) => each !== text);
  const left = standIns
    .filter(({ unless }) => isMadeBy(text, unless) && !others.some((each) => isMadeBy(each, unless)))
    .map(({ sql }) => sql);
  const missing = rolesLeftTo(text, texts);
  const sql = [...left, createdIfMissing(missing)].filter((each) => each !== '').join('\n');
  return sql === '' ? [] : [{ name: 'what a skipped file would have made', sql }];
}

/** The scripts that install them. */
export function standInScripts(needed: readonly StandIn[]): readonly { name: string; sql: string }[] {
  if (needed.length === 0) return [];
  return [calls, ...needed.map(standInScript)];
}

export const standInScript = ({ name, sql }: StandIn) => ({ name: `stand-in for ${name}`, sql });

/** A sentence for whoever reads what was installed, if there is something to say. */
export function standInRemark(needed: readonly StandIn[]): readonly string[] {
  const stubs = needed.filter(({ isStub }) => isStub !== false);
  return stubs.length === 0
    ? []
    : [
        `replaced by stubs that only record the calls: ${stubs.map(({ name, title = name }) => title).join(', ')}`,
      ];
}
