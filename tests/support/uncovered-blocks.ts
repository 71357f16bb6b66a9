/**
 * Runs generated traces of every release on the models, under the JavaScript engine's own block coverage, and
 * prints as JSON each block of a transition that was never entered, each named branch that was never reached, and each
 * that was reached but is not among those named, in long samples too.
 * Models that follow the documentation in a deviation get a tenth of the samples, and the trace that shows it.
 * Run as a process of its own, before anything of the models is loaded: `node --import tsx <this file> SAMPLES`.
 */
import { Session } from 'node:inspector/promises';
import type { AnyCommand } from '../../src/harness/contract/command.ts';
import type { AnyRelease } from '../../src/harness/contract/engine.ts';
import type { Trace } from '../../src/harness/contract/trace.ts';

/** Not transitions: laws, schemas of commands and definitions, what describes commands, functions of the states language, of which there is a table, what hands on errors, failures and panics, and the same told as a decider, for which there is a law. */
const notTransitions =
  /(^|\/)(intrinsics\/.*|machine|invariants|commands|definition|fields|describe|parameters|signatures|index|decider|refusal|panic|failure)\.ts$/;

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Debugger.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

const { generateTrace } = await import('../../src/harness/campaign/generate.ts');
const { engines } = await import('../../src/harness/engines.ts');
const { deviationsOf, traceOf } = await import('../../src/harness/contract/deviation.ts');
const samples = Number(process.argv[2]);
const unreached: string[] = [];
const unlisted: string[] = [];
/** Releases that list a name twice. */
const twice: string[] = [];
for (const engine of engines) {
  for (const release of engine.releases) {
    const reached = execute(release, samples);
    for (const name of release.machine.witnesses) {
      if (!reached.has(name)) unreached.push(`${release.engine} ${release.release}: ${name}`);
    }
    const { witnesses, rareWitnesses = [] } = release.machine;
    const listed = new Set([...witnesses, ...rareWitnesses]);
    if (listed.size < witnesses.length + rareWitnesses.length)
      twice.push(`${release.engine} ${release.release}`);
    for (const name of [...reached, ...execute(release, samples / 60, 2000)]) {
      if (!listed.has(name)) unlisted.push(`${release.engine} ${release.release}: ${name}`);
    }
    for (const deviation of deviationsOf(engine, release.release)) {
      const documented = release.asDocumented!(new Set([deviation.id]));
      follow(documented, traceOf(deviation, release.engine, release.release), 0);
      execute(documented, samples / 10);
    }
  }
}

// What no SQL knows, no trace of a campaign has.
const { runWholeLanguage } = await import('./whole-language-runs.ts');
await runWholeLanguage();

/** The names of the branches that so many samples reach. */
function execute(release: AnyRelease, samples: number, maxCommands = 60): Set<string> {
  const reached = new Set<string>();
  for (let index = 0; index < samples; index++) {
    const trace = generateTrace(release, { seed: 1, index, maxCommands });
    for (const name of follow(release, trace, index)) reached.add(name);
  }
  return reached;
}

/** The names of the branches that a trace reaches. */
function follow(release: AnyRelease, trace: Trace<AnyCommand>, index: number): Set<string> {
  const reached = new Set<string>();
  const startedAt = Date.parse(trace.startedAt);
  let state = release.machine.initialState;
  let now = startedAt;
  for (const [position, { at, command }] of trace.commands.entries()) {
    const uuid = release.uuid(trace.commands, position);
    const outcome = release.machine.transition(state, command, {
      now: Math.max(now, startedAt + at),
      uuid,
      // Whoever tells an order may tell any.
      ...(index % 2 === 1 && { order: (members) => members.toReversed() }),
    });
    for (const name of outcome.reached) reached.add(name);
    state = outcome.state;
    now = outcome.finishedAt;
  }
  release.project(state);
  return reached;
}

const { result } = await session.post('Profiler.takePreciseCoverage');
const uncovered: { file: string; block: string }[] = [];
for (const script of result) {
  const [, file = '', folder = ''] = /\/src\/model\/(([^/]+)\/.*)$/.exec(script.url) ?? [];
  if (!engines.some(({ name }) => name === folder) || notTransitions.test(file)) continue;
  const { scriptSource } = await session.post('Debugger.getScriptSource', { scriptId: script.scriptId });
  for (const { startOffset, endOffset, count } of script.functions.flatMap((each) => each.ranges)) {
    if (count === 0) uncovered.push({ file, block: scriptSource.slice(startOffset, endOffset) });
  }
}
console.log(JSON.stringify({ uncovered, unreached, unlisted, twice }));
