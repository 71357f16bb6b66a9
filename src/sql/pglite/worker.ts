/**
 * The thread that a database lives in. Its clock and its randomness are replaced before anything of Postgres
 * is loaded, so that Postgres never sees the real ones, and no other thread sees ours.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { readAnswer } from './answers.ts';
import type { Reply, Request } from './messages.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type DeviceFileSystem, Randomness, replaceRandomDevice } from './randomness.ts';
import { Session } from './session.ts';
import { VirtualClock } from './virtual-clock.ts';

/** When a new database is made. */
const buildInstant = Date.UTC(2000, 0, 1);

const port = parentPort!;
const clock = new VirtualClock(buildInstant);
const randomness = new Randomness();
clock.install();
randomness.install();

let postgres: Postgres | undefined;
let session: Session | undefined;
let started = false;

const progress = workerData as Int32Array;
const begins = (index: number): void => {
  Atomics.store(progress, 1, index);
  Atomics.add(progress, 0, 1);
};

// Requests come one at a time, but for the boot each is also answered before the next is looked at.
let previous = Promise.resolve();
port.on('message', (request: Request) => {
  previous = previous.then(() => answer(request)).catch(breakDown);
});

async function answer(request: Request): Promise<void> {
  switch (request.type) {
    case 'boot':
      return reply({ type: 'booted', versions: await boot(request) });
    case 'run': {
      // The clock of a database that was only just made still shows when that was.
      if (request.restart || !started) {
        clock.now = request.at;
        randomness.restart();
      }
      started = true;
      clock.advanceTo(request.at);
      randomness.announce(request.uuid);
      const answers = session!.run(request.queries, begins);
      return reply({ type: 'ran', ...answers }, answers.bytes.buffer);
    }
    case 'script':
      return reply({ type: 'scripted', ...session!.script(request.statements, begins) });
    case 'maintain': {
      const { now } = clock;
      session!.maintain();
      clock.now = now;
      return reply({ type: 'maintained' });
    }
    case 'capture': {
      const image = await postgres!.shutDown();
      return reply({ type: 'captured', image }, image.buffer);
    }
    case 'end':
      return port.close();
  }
}

async function boot(request: Request & { type: 'boot' }): Promise<Record<string, string>> {
  postgres = await startPostgres(request.module, request.image, request.extensions);
  const { Module: module } = postgres.database;
  replaceRandomDevice(module.FS as DeviceFileSystem, randomness);
  const loop = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      loop();
    } catch (error) {
      // An SQL error leaves by a jump, which PGlite knows how to land. It takes a trap or an overflow of the
      // stack for one as well, and would go on with a server in pieces: end here instead.
      if (error instanceof Error && error.name !== 'ExitStatus') breakDown(error);
      throw error;
    }
  };
  session = new Session(postgres.database, clock);
  await session.open();
  return versions();
}

function versions(): Record<string, string> {
  const text = `select 'postgres', current_setting('server_version')
                union all select extname, extversion from pg_catalog.pg_extension where extname = 'pgmq'`;
  const { bytes } = session!.run([{ text }]);
  const { rows } = readAnswer(Buffer.from(bytes.buffer), 0)!;
  return Object.fromEntries(rows);
}

function reply(message: Reply, ...transfer: ArrayBuffer[]): void {
  port.postMessage(message, transfer);
}

function breakDown(error: unknown): never {
  // What emscripten throws is not always an Error, but has a message.
  const { message } = Object(error) as { message?: string };
  reply({ type: 'broken', message: message ?? String(error) });
  return process.exit(1);
}
