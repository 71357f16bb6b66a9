// Long tier: it opens many pairs of databases.
/** Two schemas of event stores held against each other. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaOf } from '../../../src/sql/event-store/schema.ts';
import { pgtwin } from '../../support/pgtwin.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
});
afterAll(() => rm(folder, { recursive: true }));

const diff = (...more: string[]) =>
  pgtwin(...['diff', '--engine', 'event-store', '--out', join(folder, 'out'), ...more]);

test('a schema whose last event is that of the decider differs in that', async () => {
  const sql = schemaOf('text');
  const ofDecider = 'decider_id = v_decider_id and decider = v_decider order by "offset" desc';
  const other = sql.replace('decider_id = v_decider_id order by "offset" desc', ofDecider);
  expect(other).not.toBe(sql);
  const file = join(folder, 'of-decider.sql');
  await writeFile(file, other);
  const trace = join(import.meta.dirname, 'traces', 'the-last-event-is-that-of-any-decider.json');
  const { status, out } = await diff('--from', 'text', '--to', file, '--trace', trace);
  expect(out).toMatch(/^1\. get_last_event: /m);
  expect(out).not.toMatch(/get_events:/);
  expect(status).toBe(1);
});

test('stores with ids of either type behave the same as far as both can be asked, which is told', async () => {
  const { status, out } = await diff('--from', 'uuid', '--to', 'text', '--samples', '20');
  expect(out).toContain('behave the same in all commands that both have: 20 samples');
  expect(out).toContain('not compared, because one side lacks them: ack_event, append_event,');
  expect(out).toContain('only in text, not compared: column public.events.transaction_id');
  expect(out).toContain('Commands with such an id cannot be compared, so there is little to compare');
  expect(status).toBe(0);
});

test.each(['none.sql', ''])(
  'what is neither a release nor a file is told of in one line: %j',
  async (name) => {
    const { status, err } = await diff('--from', 'text', '--to', join(folder, name));
    expect(err).toMatch(
      /^pgtwin: --to \S+: expected a release or a file with a schema; releases: uuid, text\n$/,
    );
    expect(status).toBe(2);
  },
);
