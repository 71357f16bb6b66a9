// Long tier: it installs many schemas, each in a database of its own.
/** What a project has of its own around an event store: calls out of the database, and what it adds. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaOf } from '../../../src/sql/event-store/schema.ts';
import { pgtwin } from '../../support/pgtwin.ts';
import { accounts } from '../../twin/event-store/account.ts';
import { seed } from '../campaign.ts';
import { originalSchema, whySkipped } from './original-schema.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
});
afterAll(() => rm(folder, { recursive: true }));

const idOf = (kind: number, id: number) => `00000000-0000-4000-${kind}000-00000000000${id}`;

let files = 0;
async function schema(more: string, ids: 'text' | 'uuid' = 'text'): Promise<string> {
  const path = join(folder, `own-${++files}.sql`);
  await writeFile(path, `${schemaOf(ids)}\n;${more}`);
  return path;
}
const verify = (file: string, samples = 60) =>
  pgtwin(
    ...['verify', '--engine', 'event-store', '--schema', file, '--samples', String(samples)],
    ...['--workers', '1', '--seed', String(seed), '--out', join(folder, 'out')],
  );
const trace = join(
  import.meta.dirname,
  'traces',
  'a-first-event-cannot-be-read-in-the-instant-that-appends-it.json',
);
const onEvent = (body: string) => `
  create function on_event() returns trigger language plpgsql as $$ begin ${body} return new; end $$;
  create trigger on_event after insert on events for each row execute function on_event();`;

test.each([
  ['an extension of Supabase', 'create extension pg_net;'],
  ['a grant to a role of Supabase', 'grant select on events to authenticated;'],
  ['a policy that asks who is there', 'create policy mine on events using (auth.uid() is not null);'],
  ['a job', `create extension pg_cron; select cron.schedule('a', '* * * * *', 'select 1');`],
  [
    'a bucket and the publication',
    `insert into storage.buckets (id, name) values ('a', 'a');
    alter publication supabase_realtime add table events;`,
  ],
  [
    'an extension of Postgres',
    `create extension pgcrypto with schema extensions;
    create index mine on events (extensions.digest(decider, 'md5'));`,
  ],
])('a schema with %s is installed, and agrees', async (_, more) => {
  const { status, out, err } = await verify(await schema(more), 20);
  expect(err).toBe('');
  expect(out).not.toContain('the model does not know');
  expect(status).toBe(0);
});

test.each([
  ['calls out', `perform net.http_post('https://example.com/hook', to_jsonb(new));`, 'calls net.http_post'],
  ['broadcasts', `perform realtime.send(to_jsonb(new), 'event', 'events');`, 'sent event'],
  ['plans a job', `perform cron.schedule(new.event, '* * * * *', 'select 1');`, 'calls cron.schedule'],
])('an event that %s is a difference, from the model and from what does without', async (_, body, place) => {
  const file = await schema(onEvent(body));
  const compared = await pgtwin(
    ...['diff', '--engine', 'event-store', '--from', 'text', '--to', file, '--trace', trace],
  );
  expect(compared.out).toContain(`: ${place} only in ${file}`);
  expect(compared.status).toBe(1);
  const { status, out } = await verify(file);
  expect(out).toMatch(/ {2}(calls|sent)\n? +.*model \(absent\)/);
  expect(status).toBe(1);
});

const own = (more = '') => `
  create table my_config (name text primary key, value integer);
  insert into my_config values ('count', 0);
  create table my_log (id uuid primary key default gen_random_uuid(), event_id uuid, count integer);
  create sequence my_counter;
  alter table events add column note text default 'x', add column source integer;
  alter table views add column owner text;
  ${onEvent(`
    update my_config set value = value + 1;
    insert into my_log (event_id, count) select new.event_id, value from my_config;
    perform nextval('my_counter');
    ${more}`)}`;

test.each(['text', 'uuid'] as const)(
  'a store with tables, columns and a sequence beside it agrees with the model (%s)',
  async (ids) => {
    const { status, out } = await verify(await schema(own(), ids), 120);
    expect(out.match(/not compared, because the engine does not have them: .*/g)).toEqual([
      'not compared, because the engine does not have them: table public.my_config, table public.my_log, column public.events.note, column public.events.source, column public.views.owner, sequence public.my_counter, trigger on_event on public.events',
    ]);
    expect(status).toBe(0);
  },
);

test('a bug behind an addition is found', async () => {
  const file = await schema(own(`update locks set last_offset = 1 where decider_id = new.decider_id;`));
  const { status, out } = await verify(file);
  expect(out).toMatch(/ {2}locks\[\d\]\.last_offset {2}model /);
  expect(out).not.toMatch(/my_log\b.*absent/);
  expect(status).toBe(1);
  const [, line = ''] = /^replay {2}npx pgtwin (.*)$/m.exec(out) ?? [];
  expect((await pgtwin(...line.split(' '))).status).toBe(1);
  // Which trace finds it is a matter of the seed. In this one the second event comes while nothing was read.
  const twoEvents = join(folder, 'two-events.json');
  await writeFile(twoEvents, JSON.stringify(secondEventOfAPartition));
  const replayed = await pgtwin('replay', twoEvents, '--schema', file);
  expect(replayed.out).toContain('  locks[0].last_offset  model 0  sql 1\n');
  expect(replayed.status).toBe(1);
});

const append = (event: number, previous: number | null) => ({
  ...{ type: 'append_event', v_event: 'placed', v_decider: 'order', v_decider_id: idOf(8, 1), v_data: {} },
  ...{ v_event_id: idOf(8, event), v_command_id: idOf(9, event) },
  v_previous_id: previous === null ? null : idOf(8, previous),
});
const secondEventOfAPartition = {
  ...{ engine: 'event-store', release: 'text', startedAt: '2030-01-01T00:00:00.000Z' },
  commands: [
    { type: 'register_decider_event', v_decider: 'order', v_event: 'placed', v_description: 'd' },
    { type: 'register_view', v_view: 'mail' },
    append(1, null),
    append(2, 1),
  ].map((command, at) => ({ at, command })),
};

test('diff leaves out what one side adds', async () => {
  const file = await schema(own());
  const line = ['diff', '--engine', 'event-store', '--from', 'text', '--to', file, '--samples', '20'];
  const { status, out } = await pgtwin(...line, '--out', join(folder, 'out'));
  expect(out).toContain(`only in ${file}, not compared: `);
  expect(out).toContain('sequence public.my_counter');
  expect(status).toBe(0);
});

test('a simulation on SQL leaves out what a schema adds, and notices what it does', async () => {
  const additions = await accounts({ backend: 'pglite', schema: await schema(own()) });
  try {
    await additions.deposit('a');
    await additions.deposit('a');
    expect(additions.store.events).toHaveLength(2);
  } finally {
    await additions.store.close();
  }
  for (const [more, place] of [
    [own('update locks set last_offset = 1;'), 'locks[0].last_offset  model 0  sql 1'],
    [onEvent(`perform net.http_post('https://example.com/hook');`), 'calls  model absent'],
  ] as const) {
    const { store, deposit } = await accounts({ backend: 'pglite', schema: await schema(more) }, [
      'balances',
    ]);
    try {
      // The first event makes the lock.
      await expect(deposit('a').then(() => deposit('a'))).rejects.toThrow(place);
    } finally {
      await store.close();
    }
  }
});

test.skipIf(!originalSchema)(
  `the original schema adds nothing that the model does not know${originalSchema ? '' : `: ${whySkipped}`}`,
  async () => {
    const { status, out } = await verify(originalSchema!, 20);
    expect(out).not.toContain('not compared');
    expect(status).toBe(0);
  },
);
