/**
 * PGlite as anyone would use it: `await db.query(text, params)` in a plain loop, one call after another. It has the
 * clock, the randomness, the image and the settings of the harness's own database, and nothing else of it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { startPostgres } from '../src/sql/pglite/postgres.ts';
import { type DeviceFileSystem, Randomness, replaceRandomDevice } from '../src/sql/pglite/randomness.ts';
import { VirtualClock } from '../src/sql/pglite/virtual-clock.ts';
import type { BareReply, BareRequest, BareSetup, BareStatement } from './bare.ts';

const clock = new VirtualClock(Date.UTC(2000, 0, 1));
const randomness = new Randomness();
clock.install();
randomness.install();

const { module, image, samples, reset } = workerData as BareSetup;
const { database } = await startPostgres(module, image);
const { FS, ___stack_pointer } = database.Module as unknown as {
  FS: DeviceFileSystem;
  ___stack_pointer: { value: number };
};
replaceRandomDevice(FS, randomness);
const stackBottom = ___stack_pointer.value;

parentPort!.on('message', async (request: BareRequest) => {
  const refusals = request === 'pass' ? await pass() : await maintain();
  parentPort!.postMessage({ refusals } satisfies BareReply);
});
parentPort!.postMessage({ refusals: 0 } satisfies BareReply);

/** How many calls were refused. */
async function pass(): Promise<number> {
  let refusals = 0;
  for (const { startedAt, calls } of samples) {
    clock.now = startedAt;
    randomness.restart();
    await goBack();
    for (const { at, uuid, text, params, transaction } of calls) {
      clock.advanceTo(at);
      randomness.announce(uuid);
      // Each refusal leaves 700 bytes on the stack of the wasm memory, and 3,000 of them fill it.
      ___stack_pointer.value = stackBottom;
      try {
        if (transaction) await together(transaction);
        else await database.query(text, params);
      } catch {
        refusals++;
      }
    }
  }
  return refusals;
}

/** Rolled back where one of them is refused. */
async function together(statements: readonly BareStatement[]): Promise<void> {
  await database.transaction(async (open) => {
    for (const { text, params } of statements) await open.query(text, params);
  });
}

/** As the lockstep does before every trace. */
async function goBack(): Promise<void> {
  for (const { text, expand } of reset) {
    const { rows } = await database.query<unknown[]>(text, [], { rowMode: 'array' });
    if (!expand) continue;
    for (const [statement] of rows) await database.query(statement as BareStatement['text']);
  }
}

/** Tables made and dropped leave dead rows behind; the harness's own database clears them away as well. */
async function maintain(): Promise<number> {
  const { now } = clock;
  await database.exec('vacuum');
  await database.exec('checkpoint');
  clock.now = now;
  return 0;
}
