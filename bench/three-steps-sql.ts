/**
 * A process of its own, as each of the others has: pgflow's SQL in PGlite as somebody would test on it who has nothing else,
 * with the flow's three steps called by hand and in between no timer to wait for.
 */
import { compileFlow, Flow } from '@pgflow/dsl';
import { installPgflow } from '../src/sql/pgflow/install.ts';
import { defaultCacheDirectory } from '../src/sql/pglite/cache-directory.ts';
import { obtainImage } from '../src/sql/pglite/image-build.ts';
import { ImageCache } from '../src/sql/pglite/image-cache.ts';
import { compilePostgres, findPackages } from '../src/sql/pglite/packages.ts';
import { startPostgres } from '../src/sql/pglite/postgres.ts';

type Measure = (run: (n: number) => Promise<number | undefined>) => Promise<void>;
const { measure } = (await import(new URL('../../rivals/measure.mjs', import.meta.url).href)) as {
  measure: Measure;
};

interface Value {
  readonly n: number;
}
const Three = new Flow<{ n: number }>({ slug: 'three' })
  .step({ slug: 'a' }, async ({ run }) => ({ n: run.n + 1 }))
  .step({ slug: 'b', dependsOn: ['a'] }, async ({ a }) => ({ n: a.n + 1 }))
  .step({ slug: 'c', dependsOn: ['b'] }, async ({ b }) => ({ n: b.n + 1 }));

const packages = findPackages();
const { scripts } = await installPgflow({ release: '0.8.1', messageRecord: 'as in pgmq 1.11' });
const cache = new ImageCache(defaultCacheDirectory()!, () => undefined);
const image = await obtainImage(scripts, packages, cache);
const { database } = await startPostgres(await compilePostgres(packages), image);
for (const statement of compileFlow(Three)) await database.exec(statement);
const worker = '00000000-0000-4000-9000-000000000001';
await database.query(
  'insert into pgflow.workers (worker_id, queue_name, function_name) values ($1, $2, $2)',
  [worker, 'three'],
);

interface Task {
  readonly run_id: string;
  readonly step_slug: 'a' | 'b' | 'c';
  readonly task_index: number;
  readonly input: never;
}

await measure(async (n) => {
  const { rows: runs } = await database.query<{ run_id: string }>('select * from pgflow.start_flow($1, $2)', [
    'three',
    { n },
  ]);
  for (;;) {
    const { rows: messages } = await database.query<{ msg_id: number }>(
      'select * from pgmq.read($1, 2, 10)',
      ['three'],
    );
    if (messages.length === 0) break;
    const { rows: tasks } = await database.query<Task>('select * from pgflow.start_tasks($1, $2, $3)', [
      'three',
      messages.map(({ msg_id }) => msg_id),
      worker,
    ]);
    for (const { run_id, step_slug, task_index, input } of tasks) {
      const output = await Three.getStepDefinition(step_slug).handler(input, undefined as never);
      await database.query('select pgflow.complete_task($1, $2, $3, $4)', [
        run_id,
        step_slug,
        task_index,
        output,
      ]);
    }
  }
  const { rows } = await database.query<{ output: { c: Value } }>(
    'select output from pgflow.runs where run_id = $1',
    [runs[0]!.run_id],
  );
  return rows[0]?.output.c.n;
});
await database.close();
