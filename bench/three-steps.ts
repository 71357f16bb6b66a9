/** A process of its own, as each of the others has: the flow of three steps on a backend, a simulation for each run. */
import { Flow } from '@pgflow/dsl';
import { simulate } from '../src/harness/pgflow/twin/index.ts';

type Measure = (run: (n: number) => Promise<number | undefined>) => Promise<void>;
const { measure } = (await import(new URL('../../rivals/measure.mjs', import.meta.url).href)) as {
  measure: Measure;
};

const Three = new Flow<{ n: number }>({ slug: 'three' })
  .step({ slug: 'a' }, async ({ run }) => ({ n: run.n + 1 }))
  .step({ slug: 'b', dependsOn: ['a'] }, async ({ a }) => ({ n: a.n + 1 }))
  .step({ slug: 'c', dependsOn: ['b'] }, async ({ b }) => ({ n: b.n + 1 }));

const backend = process.argv[2] === 'pglite' ? 'pglite' : 'model';

async function runOnce(n: number): Promise<number | undefined> {
  const sim = simulate(Three, { backend });
  const { output } = await sim.start({ n }).finish();
  await sim.close();
  return output?.c.n;
}

// Opens the database, which later ones use again.
await runOnce(0);
await measure(runOnce);
// An idle database would keep the process from its end.
process.exit();
