import { Flow } from '@pgflow/dsl';
import { expect, it } from 'vitest';
import { simulate } from '../../src/harness/simulator/index.ts';

const Analyze = new Flow<{ url: string }>({ slug: 'analyzeWebsite', maxAttempts: 3, baseDelay: 5 })
  .step({ slug: 'website' }, async (input) => ({ html: `<p>${input.run.url}</p>`, pages: [1, 2, 3] }))
  .step({ slug: 'summary', dependsOn: ['website'] }, async (input) => input.website.html.length)
  .array({ slug: 'pages', dependsOn: ['website'] }, async (input) => input.website.pages)
  .map({ slug: 'double', array: 'pages' }, async (n) => n * 2)
  .step({ slug: 'save', dependsOn: ['summary', 'double'], startDelay: 60 }, async (input) => ({ total: input.double, at: new Date(0) }));

it.each(['model', 'pglite'] as const)('%s', async (backend) => {
  const sim = simulate(Analyze, { backend });
  sim.step('summary').throws(new Error('429')).times(2);
  const run = await sim.start({ url: 'https://example.com' }).finish();
  console.log(String(run.timeline), run.status, run.output, sim.warnings, run.step('double').tasks[1]);
  console.log(sim.step('double').calls);
  await sim.close();
});
