/** Extensions that the package of the embedded Postgres brings along, beside the queue: loaded where SQL creates them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Packages } from './packages.ts';

/** By name the archive that the database unpacks when it starts. */
export type Extensions = Readonly<Record<string, string>>;

/** Those that come together in one archive. */
const together: ReadonlyMap<string, string> = new Map(
  ['autoinc', 'insert_username', 'moddatetime', 'refint'].map((name) => [name, 'spi']),
);
const needs: ReadonlyMap<string, readonly string[]> = new Map([['earthdistance', ['cube']]]);

/**
 * What the scripts create, as far as it is there. Loading takes time at every start, so nothing is loaded that no script
 * names; that the name stands in a comment or a string is enough.
 */
export function extensionsOf(scripts: readonly { readonly sql: string }[], packages: Packages): Extensions {
  const created = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)"?/gi;
  const names = new Set<string>();
  for (const { sql } of scripts) {
    for (const [, name = ''] of sql.matchAll(created)) {
      for (const each of [name.toLowerCase(), ...(needs.get(name.toLowerCase()) ?? [])]) names.add(each);
    }
  }
  const found: Record<string, string> = {};
  for (const name of [...names].sort()) {
    const archive = join(packages.pglite.directory, `${together.get(name) ?? name}.tar.gz`);
    if (existsSync(archive)) found[name] = archive;
  }
  return found;
}
