// Long tier: it opens many pairs of databases, and samples and shrinks on them.
/** The SQL of releases held against each other, and what of it is the database's choice. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { comparePair } from '../../../src/harness/commands/diff.ts';
import type { AnyCommand } from '../../../src/harness/contract/command.ts';
import type { Trace } from '../../../src/harness/contract/trace.ts';
import { openPair, type Pair } from '../../../src/harness/diff/pair.ts';
import { diffJson } from '../../../src/harness/diff/report.ts';
import { Tandem } from '../../../src/harness/diff/tandem.ts';
import { pgflowDiff } from '../../../src/harness/pgflow/diff.ts';
import { defaultServices, findEngine, findRelease } from '../../../src/harness/services.ts';
import { readTraceFile } from '../../../src/harness/trace/read-file.ts';
import { firstMigrations, migrationDirectory, migrationNames } from '../../support/migration-directory.ts';
import { exhibits } from './museum/exhibits.ts';
import { find, Pairs, sidesOf } from './museum/find.ts';

const museum = join(import.meta.dirname, 'museum');
const seed = 1;

describe('the museum', () => {
  const pairs = new Pairs();
  afterAll(() => pairs.close());

  test('has a trace for each exhibit, and no other', async () => {
    const files = (await readdir(museum)).filter((name) => name.endsWith('.json'));
    expect(files.toSorted()).toEqual(exhibits.map(({ slug }) => `${slug}.json`).toSorted());
  });

  const compared = exhibits.flatMap((exhibit) =>
    exhibit.found.by === 'diff' ? [{ ...exhibit, found: exhibit.found }] : [],
  );
  describe.each(compared.map((exhibit) => [exhibit.bug, exhibit] as const))('%s', (_, exhibit) => {
    const { slug, found } = exhibit;

    test('its trace shows it', async () => {
      const trace = await readTraceFile<AnyCommand>(join(museum, `${slug}.json`), findRelease);
      const { tandem } = await pairs.get(exhibit);
      const { partings } = await tandem.execute(trace);
      const last = partings.at(-1);
      expect(last?.position).toBe(trace.commands.length - 1);
      expect(last?.type).toBe(found.function);
      expect(last?.places.map(({ what }) => what)).toContain(found.where);
    });

    test('it is found again from nothing', async () => {
      const { trace, samples } = await find(exhibit, pairs, { seed, forMs: 60_000 });
      console.log(`${slug}: ${samples} samples, seed ${seed}`);
      expect(trace?.commands.length).toBeLessThanOrEqual(8);
    });
  });

  test('its page tells of every exhibit', async () => {
    const page = await readFile(join(museum, 'README.md'), 'utf8');
    for (const { slug, has, hasNot } of exhibits)
      expect(page).toContain(`| ${slug.replaceAll('-', ' ')} | ${has} | ${hasNot} |`);
  });

  test('every exhibit is of releases that the package has', () => {
    for (const exhibit of exhibits) {
      const { from, to } = sidesOf(exhibit);
      expect([from, to].toSorted()).toEqual([exhibit.has, exhibit.hasNot].toSorted());
    }
  });
});

describe('0.8.1 against migrations of a user', () => {
  const open: Pair[] = [];
  afterAll(async () => {
    for (const pair of open) await pair.close();
  });

  /** 0.8.1, and 0.8.1 with some text of its last but one migration in other words. */
  async function pairWith(original: string, changed: string): Promise<Pair> {
    const name = migrationNames.at(-2)!;
    const sql = await readFile(
      join(import.meta.dirname, '../../../node_modules/@pgflow/core/dist/supabase/migrations', name),
      'utf8',
    );
    expect(sql).toContain(original);
    const { [name]: _, ...others } = firstMigrations(12);
    const directory = await migrationDirectory(others, { [name]: sql.replaceAll(original, changed) });
    const pair = await openPair(findEngine(), { from: '0.8.1', to: directory }, defaultServices.openDriver);
    open.push(pair);
    return pair;
  }

  const start: Trace<AnyCommand> = {
    engine: 'pgflow',
    release: '0.8.1',
    startedAt: '2030-01-01T00:00:00.000Z',
    commands: [
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'b' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'start_tasks', flow_slug: 'f', msg_ids: [1], worker_id: null },
      { type: 'pgmq.read', queue_name: 'f', vt: 5, qty: 1 },
    ].map((command) => ({ at: 0, command })),
  };

  test('steps that start together may send their messages in another order', async () => {
    const pair = await pairWith(
      'FROM message_batches mb',
      'FROM (SELECT * FROM message_batches ORDER BY step_slug DESC) mb',
    );
    // Whoever takes ids for what they are sees other messages in the queue.
    const strict = new Tandem({ ...pair, support: { ...pair.support, align: () => [] }, ...pair.sides });
    expect((await strict.execute(start)).partings.map(({ type }) => type)).toEqual(['start_flow']);
    expect((await pair.tandem.execute(start)).partings).toEqual([]);
    const report = await comparePair(pair, { samples: 8, seed });
    console.log(`${report.samples} samples, seed ${seed}`);
    expect(report.groups.map(({ function: type, where }) => [type, where])).toEqual([]);
  });

  test('a changed rule is found, and what comes after is compared on its own', async () => {
    // A step whose tasks are done stays started.
    const pair = await pairWith(
      "WHEN pgflow.step_states.remaining_tasks = 1 THEN 'completed'",
      "WHEN pgflow.step_states.remaining_tasks = 2 THEN 'completed'",
    );
    const out = await mkdtemp(join(tmpdir(), 'pgtwin-diff-'));
    try {
      const options = { from: '0.8.1', to: 'edited', samples: 1, seed, out };
      const report = await comparePair(pair, options);
      const [group] = report.groups;
      console.log(`${report.groups.length} differences in ${report.samples} samples, seed ${seed}`);
      expect(group?.function).toBe('complete_task');
      expect(group?.places).toContain('step_states.status');
      expect(group?.trace.commands.length).toBeLessThanOrEqual(5);
      expect(report.groups.filter((each) => each.function !== 'complete_task')).toEqual([]);
      const again = await comparePair(pair, options);
      expect({ ...diffJson(again), seconds: 0 }).toEqual({ ...diffJson(report), seconds: 0 });
    } finally {
      await rm(out, { recursive: true });
    }
  });
});

test('the page on releases tells of every release against the next', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../docs/releases.md'), 'utf8');
  const releases = await pgflowDiff.releases();
  for (const [i, to] of releases.entries()) {
    if (i > 0) expect(page).toContain(`### ${releases[i - 1]} to ${to}\n`);
  }
});

test('what one side alone has is told once, and asked of neither', async () => {
  const pair = await openPair(findEngine(), { from: '0.4.3', to: '0.5.3' }, defaultServices.openDriver);
  try {
    const report = await comparePair(pair, { samples: 8, seed });
    expect(report.to.onlyHere).toEqual([
      'column pgflow.steps.opt_start_delay',
      'parameter pgflow.add_step(start_delay)',
    ]);
    expect(report.notAsked).toContain('add_step(start_delay)');
    expect(report.returnedOnlyIn.to).toEqual(['add_step returns opt_start_delay']);
    expect(report.verdict).toBe('same');
  } finally {
    await pair.close();
  }
});
