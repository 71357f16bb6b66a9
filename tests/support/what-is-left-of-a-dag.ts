/** Prints as JSON what a twin of DAG flows leaves behind in its process: timers, listeners, globals. */
import { flowOf, nodes } from '../twin/dag-cascade/flows.ts';
import { present } from './leaks.ts';

const before = present();
const dag = await flowOf(nodes('a', 'b <? a', 'c', 'd'), {
  routines: {
    // Longer than promises take, so that the limit of real time is watched.
    a: () => new Promise((resolve) => setTimeout(resolve, 10)),
    b: (_, self) => self.sleep('1d'),
  },
});
dag.routine('c').hangs();
dag.routine('d').throws(new Error('boom'));
await dag.createFlow('f');
dag.after('2h', () => dag.orchestrator.restart());
await dag.drain();
await dag.advance('1d');
console.log(JSON.stringify({ before, after: present() }));
