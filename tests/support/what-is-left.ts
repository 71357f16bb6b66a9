/** Prints as JSON what a simulation leaves behind in its process: timers, listeners, globals. */
import { simulate } from '../../src/harness/pgflow/twin/index.ts';
import { Analyze } from '../twin/pgflow/flows.ts';
import { present } from './leaks.ts';

const before = present();
const sim = simulate(Analyze, { workers: 3, seed: 1 });
sim.step('website').runs(async () => {
  // Longer than promises take, so that the limit of real time is watched.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { html: '', pages: [1] };
});
await sim.start({ url: 'u' }).finish();
sim.workers[0]?.stop();
await sim.advance('1h');
console.log(JSON.stringify({ before, after: present() }));
