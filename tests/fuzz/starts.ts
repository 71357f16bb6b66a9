/**
 * `npm run fuzz:starts -- --count 2000`: starts and ends a database so often, in one process, and every third while it is at work.
 * Ends with 1 where one does not start, does not end or leaves its thread; a crash ends the process itself. Prints the most memory
 * that the process had, so that what grows is seen.
 */
import { parseArgs } from 'node:util';
import { DriverError } from '../../src/sql/driver.ts';
import { installPgflow } from '../../src/sql/pgflow/install.ts';
import { openPGlite } from '../../src/sql/pglite/open.ts';

const { values } = parseArgs({ options: { count: { type: 'string', default: '2000' } } });
const count = Number(values.count);
const { scripts } = await installPgflow({ release: '0.8.1' });
const select = { at: 0, queries: [{ text: 'select count(*) from pgflow.flows' }] };

/** Of the database alone: the thread of tsx is there as well. */
const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

const begun = performance.now();
const seconds = () => ((performance.now() - begun) / 1000).toFixed(0);
let faults = 0;
let before = Number.NaN;
for (let i = 1; i <= count; i++) {
  try {
    const driver = await openPGlite({ scripts });
    const answer = driver.run(select);
    // What is under way when a database is closed is rejected.
    const isAtWork = i % 3 === 0;
    const ended = answer.then(
      () => true,
      (error) => !(error instanceof DriverError && isAtWork) && Promise.reject(error),
    );
    if (!isAtWork) await ended;
    await driver.close();
    await ended;
  } catch (error) {
    faults++;
    console.log(`start ${i}: ${error instanceof Error ? error.stack : error}`);
  }
  if (i === 1) before = threads();
  if (i % 100 === 0) {
    const memory = megabytes(process.memoryUsage.rss());
    console.log(`${i} of ${count} after ${seconds()} s, ${memory} MB`);
  }
}
if (threads() > before) {
  faults++;
  console.log(`${threads() - before} threads are left`);
}
const peak = megabytes(process.resourceUsage().maxRSS * 1024);
console.log(`${count} starts in ${seconds()} s, at most ${peak} MB, ${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
