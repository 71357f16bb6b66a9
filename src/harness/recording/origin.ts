/** What answered: where its SQL came from, and a hash by which it is known again. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Installation, SqlSource } from '../contract/sql.ts';
import { RecordingError, type RecordingHeading } from './format.ts';

export type Origin = RecordingHeading['sql'];

interface Installed {
  readonly installation: Installation;
  readonly source: SqlSource;
}

/** `told`: what whoever records knows better. */
export function originOf({ installation, source }: Installed, told: Partial<Origin> = {}): Origin {
  const named = source.migrations ?? source.schema;
  const { from = 'pgtwin', license = null } = installation.origin ?? {};
  return {
    from: told.from ?? (named === undefined ? from : basename(named)),
    sha256: hashOf(installation),
    license: told.license ?? (named === undefined ? license : null),
  };
}

/** Of the texts of the SQL that is tested, in its order; what a file is called does not matter. */
export function hashOf({ scripts, tested = scripts.map(({ sql }) => sql) }: Hashed): string {
  const hash = createHash('sha256');
  for (const sql of tested) hash.update(`${sql}\0`);
  return hash.digest('hex');
}
type Hashed = Pick<Installation, 'scripts' | 'tested'>;

/** Throws {@link RecordingError} where this SQL is not what was recorded. */
export function checkSameSql(
  file: string,
  { sql }: RecordingHeading,
  { installation, source }: Installed,
): void {
  const hash = hashOf(installation);
  if (sql.sha256 === null || sql.sha256 === hash) return;
  const named = source.migrations ?? source.schema ?? 'the installed SQL';
  throw new RecordingError(
    `${file}: it was recorded from other SQL (${sql.from}, sha256 ${sql.sha256.slice(0, 12)}) than ${named} (sha256 ${hash.slice(0, 12)}): record that anew, or name the same SQL`,
  );
}
