/** Random traces of pgflow 0.1.20, drawn and played once for all tests of a file; what breaks a law is shrunk. */
import { arbitraryTrace, generateTrace } from '../../src/harness/campaign/generate.ts';
import { pgflow0120UnderTest } from '../../src/harness/pgflow/0.1.20/release.ts';
import type { Trace } from '../../src/harness/trace.ts';
import type { PgflowCommand } from '../../src/model/pgflow/0.1.20/commands.ts';
import { pgflow0120 } from '../../src/model/pgflow/0.1.20/machine.ts';
import { seed } from './for-all.ts';
import { follow, type Step } from './pgflow.ts';

type PgflowTrace = Trace<PgflowCommand>;
export type Law = (steps: readonly Step[]) => void;

const samples = 100;
const maxCommands = 60;
const arbitrary = arbitraryTrace(pgflow0120UnderTest, maxCommands);

let drawn: { readonly trace: PgflowTrace; readonly steps: readonly Step[] }[] | undefined;

function draw() {
  return Array.from({ length: samples }, (_, index) => {
    const trace = generateTrace(pgflow0120UnderTest, { seed, index, maxCommands });
    return { trace, steps: follow(trace) };
  });
}

/** Throws, with the smallest trace found and the seed that replays it, where the law does not hold along a trace. */
export function alongTraces(law: Law): void {
  drawn ??= draw();
  for (const [index, { trace, steps }] of drawn.entries()) {
    const error = breach(law, steps);
    if (error === undefined) continue;
    const smallest = shrink(trace, law);
    const commands = smallest.commands.map(
      ({ at, command }) => `  +${at} ms  ${pgflow0120.describe(command)}`,
    );
    const cause = breach(law, follow(smallest));
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`replay with PGTWIN_SEED=${seed} (sample ${index})\n${commands.join('\n')}\n${why}`, {
      cause,
    });
  }
}

function breach(law: Law, steps: readonly Step[]): unknown {
  try {
    law(steps);
    return undefined;
  } catch (error) {
    return error ?? new Error('a law threw nothing');
  }
}

function shrink(trace: PgflowTrace, law: Law): PgflowTrace {
  let smallest = trace;
  for (let found: PgflowTrace | undefined = trace; found; ) {
    smallest = found;
    found = smallerBreach(smallest, law);
  }
  return smallest;
}

function smallerBreach(trace: PgflowTrace, law: Law): PgflowTrace | undefined {
  for (const { value } of arbitrary.shrink(trace, undefined)) {
    if (breach(law, follow(value)) !== undefined) return value;
  }
  return undefined;
}
