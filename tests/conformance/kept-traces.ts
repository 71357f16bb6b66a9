/** The tests of a folder of kept traces: model and SQL agree on each, for ever. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SqlSource } from '../../src/harness/contract/sql.ts';
import { findRelease } from '../../src/harness/services.ts';
import { readTraceFile } from '../../src/harness/trace/read-file.ts';
import { lockstepFor } from './open.ts';

/** A test for each trace; its title is the name of the file, a sentence about the engine. */
export function testKeptTraces(
  directory: string,
  /** On another release than each of them names. */
  { release: other, ...source }: SqlSource & { readonly release?: string } = {},
): void {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  test('there are kept traces', () => expect(files.length).toBeGreaterThan(0));
  test.each(files.map((file) => [file.replace('.json', '').replaceAll('-', ' '), file]))(
    '%s',
    async (_, file) => {
      const path = join(directory, file);
      const trace = await readTraceFile(path, (engine, named) => findRelease(engine, other ?? named));
      const release = findRelease(trace.engine, other ?? trace.release);
      const lockstep = await lockstepFor(release, source);
      const execution = await lockstep.execute(trace);
      expect(execution.divergence).toBeNull();
      expect(execution.commands).toBe(trace.commands.length);
    },
  );
}
