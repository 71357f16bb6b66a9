/** Random traces of a release, drawn and played once for all tests of a file; what breaks a law is shrunk. */
import { arbitraryTrace, generateTrace } from '../../src/harness/campaign/generate.ts';
import type { AnyCommand } from '../../src/harness/contract/command.ts';
import type { TestedRelease } from '../../src/harness/contract/engine.ts';
import type { Trace } from '../../src/harness/contract/trace.ts';
import { pgflow0120UnderTest } from '../../src/harness/pgflow/0.1.20/release.ts';
import { seed } from './for-all.ts';
import { type Executed, follow } from './play.ts';

export type Law<State, Command> = (steps: readonly Executed<State, Command>[]) => void;
/** Throws, with the smallest trace found and the seed that replays it, where the law does not hold along a trace. */
export type AlongTraces<State, Command> = (law: Law<State, Command>) => void;

const samples = 100;
const maxCommands = 60;

export function alongTracesOf<State, Command extends AnyCommand>(
  release: TestedRelease<State, Command>,
): AlongTraces<State, Command> {
  let drawn: { trace: Trace<Command>; steps: readonly Executed<State, Command>[] }[] | undefined;
  return (law) => {
    drawn ??= Array.from({ length: samples }, (_, index) => {
      const trace = generateTrace(release, { seed, index, maxCommands });
      return { trace, steps: follow(release, trace) };
    });
    for (const [index, { trace, steps }] of drawn.entries()) {
      if (breach(() => law(steps)) === undefined) continue;
      const breaks = (candidate: Trace<Command>) => breach(() => law(follow(release, candidate)));
      const smallest = shrink(release, trace, breaks);
      const commands = smallest.commands.map(
        ({ at, command }) => `  +${at} ms  ${release.machine.describe(command)}`,
      );
      const cause = breaks(smallest);
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`replay with PGTWIN_SEED=${seed} (sample ${index})\n${commands.join('\n')}\n${why}`, {
        cause,
      });
    }
  };
}

/** Along traces of pgflow 0.1.20. */
export const alongTraces = alongTracesOf(pgflow0120UnderTest);

function breach(check: () => void): unknown {
  try {
    check();
    return undefined;
  } catch (error) {
    return error ?? new Error('a law threw nothing');
  }
}

function shrink<State, Command extends AnyCommand>(
  release: TestedRelease<State, Command>,
  trace: Trace<Command>,
  breaks: (candidate: Trace<Command>) => unknown,
): Trace<Command> {
  const arbitrary = arbitraryTrace(release, maxCommands);
  let smallest = trace;
  for (let found: Trace<Command> | undefined = trace; found; ) {
    smallest = found;
    found = undefined;
    for (const { value } of arbitrary.shrink(smallest, undefined)) {
      if (breaks(value) === undefined) continue;
      found = value;
      break;
    }
  }
  return smallest;
}
