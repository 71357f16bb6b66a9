/** `npm run bench`: model, bare PGlite and `verify` side by side on the same recorded traces. Asserts no timing. */
import { writeFile } from 'node:fs/promises';
import { findRelease } from '../src/harness/services.ts';
import { measureDagCascade } from './dag-cascade.ts';
import { measureEventStore } from './event-store.ts';
import { measureLiveRuns, ratioOf } from './live-runs.ts';
import { bytesPerFinishedRun } from './memory.ts';
import { type BenchOptions, benchOptions, usage } from './options.ts';
import { record } from './recording.ts';
import { measureRecordings } from './recordings.ts';
import { describeMachine, type Figures, figuresText, headingText } from './report.ts';
import { measureRivals, rivalsText } from './rivals.ts';
import { measureRootMap } from './root-map.ts';
import { simulatorText } from './simulator.ts';
import { measureStarts } from './startup.ts';
import { measureStateMachine } from './state-machine.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

const options = optionsOrEnd();
const toStdout = options.json === '-';
const print = (text: string) => (toStdout ? process.stderr : process.stdout).write(`${text}\n`);
const tell = (what: string) => process.stderr.write(`... ${what}\n`);

const contested = [
  ['pgflow', '0.1.20'],
  ['pgflow', '0.8.1'],
  ['event-store', 'uuid'],
  ['dag-cascade', '1.0'],
] as const;

const startedAt = performance.now();
print(headingText(options));

// What is to be cold comes before anything of the model is used, and memory while the heap is empty.
tell('a root map');
const rootMap = measureRootMap(options.seed);
tell('memory');
const bytes = bytesPerFinishedRun(options.seed);
const throughput: Throughput[] = [];
for (const [engine, release] of contested) {
  const recording = record(findRelease(engine, release), options);
  throughput.push(await measureThroughput(recording, options, tell));
}
tell('recordings');
const recordings = await measureRecordings(options.rounds);
tell('live runs');
const liveRuns = measureLiveRuns(options.seed, Math.max(3, options.rounds));
tell('the event store');
const eventStore = measureEventStore(Math.max(3, options.rounds));
tell('the DAG cascade');
const dagCascade = measureDagCascade(Math.max(3, options.rounds));
tell('state machines');
const stateMachine = await measureStateMachine(Math.max(3, options.rounds));
tell('the simulator');
const simulator = await simulatorText(options.rounds);
tell('what one would pick instead');
const rivals = await measureRivals(options.rounds, tell);
tell('starts of the command');
const starts = await measureStarts(options);

const figures: Figures = {
  machine: describeMachine(),
  seed: options.seed,
  rounds: options.rounds,
  throughput,
  recordings,
  rootMap,
  liveRuns,
  liveRunsRatio: ratioOf(liveRuns, 'microseconds'),
  liveRunsRatioScattered: ratioOf(liveRuns, 'microsecondsScattered'),
  bytesPerFinishedRun: bytes,
  eventStore,
  dagCascade,
  stateMachine,
  starts,
  seconds: (performance.now() - startedAt) / 1000,
};
print(
  `${figuresText(figures)}\n${simulator}\n${rivalsText(rivals)}\n\n${Math.round(figures.seconds)} s in all`,
);
if (options.json !== undefined) {
  const text = `${JSON.stringify({ ...figures, rivals }, null, 2)}\n`;
  if (toStdout) process.stdout.write(text);
  else await writeFile(options.json, text);
}

function optionsOrEnd(): BenchOptions {
  try {
    return benchOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n${usage}\n`);
    return process.exit(2);
  }
}
