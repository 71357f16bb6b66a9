/** Random traces: the engine proposes one entry at a time, knowing where the model stands. */
import type { Arbitrary, Random, Stream, Value } from 'fast-check';
import { SetupError } from '../../sql/setup-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { GeneratingRelease } from '../contract/engine.ts';
import { fc } from '../contract/fast-check.ts';
import { startOf, type Trace, type TraceEntry } from '../contract/trace.ts';
import { smallerTraces } from '../trace/smaller.ts';
import { sampleSeed } from './seed.ts';

/** When every generated trace begins: a round instant far from the clock on the wall, so that mixing up the two shows. */
const generatedStart = '2030-01-01T00:00:00.000Z';

interface SampleOptions<Command> {
  readonly seed: number;
  readonly index: number;
  readonly maxCommands: number;
  /** The command as it is to be in the trace; nothing where another is to be proposed. */
  readonly adapt?: ((command: Command) => Command | undefined) | undefined;
}

/** Proposals in place of one that could not be adapted, before the trace ends early. */
const mostProposals = 200;

/** Another one may draw other traces from the same seed. */
export const fastCheckVersion = (): string => fc.__version;

/** Any version can be installed beside this package, or none, as most of it needs none. Throws where this one cannot draw. */
export function checkFastCheck(): void {
  if (fc.__version.startsWith('4.')) return;
  throw new SetupError(
    `the installed fast-check is ${fc.__version}, and pgtwin needs version 4: npm install -D fast-check@4`,
  );
}

/** Sample `index` of the campaign with that seed: the same trace whenever, wherever and by whomever it is asked for. */
export function generateTrace<State, Command extends AnyCommand>(
  release: GeneratingRelease<State, Command>,
  { seed, index, maxCommands, adapt }: SampleOptions<Command>,
): Trace<Command> {
  checkFastCheck();
  const [trace] = fc.sample(traces(release, maxCommands, adapt), {
    seed: sampleSeed(seed, index),
    numRuns: 1,
  });
  return trace!;
}

/** Traces of 1 to `maxCommands` commands, for use with fast-check itself; they shrink as the campaign's do. */
export function arbitraryTrace<State, Command extends AnyCommand>(
  release: GeneratingRelease<State, Command>,
  maxCommands: number,
): Arbitrary<Trace<Command>> {
  return traces(release, maxCommands);
}

function traces<State, Command extends AnyCommand>(
  release: GeneratingRelease<State, Command>,
  maxCommands: number,
  adapt: NonNullable<SampleOptions<Command>['adapt']> = (command) => command,
): Arbitrary<Trace<Command>> {
  // Made here, as fast-check is loaded when it is first needed.
  return new (class extends fc.Arbitrary<Trace<Command>> {
    override generate(random: Random): Value<Trace<Command>> {
      const { engine, machine } = release;
      // The longer of two: a long trace holds many short ones.
      const length = Math.max(random.nextInt(1, maxCommands), random.nextInt(1, maxCommands));
      const character = random.nextDouble();

      const startedAt = startOf({ startedAt: generatedStart });
      const commands: TraceEntry<Command>[] = [];
      const counts = new Map<string, number>();
      let state = machine.initialState;
      let now = startedAt;
      for (let proposals = 0; commands.length < length && proposals < mostProposals; ) {
        const proposal = release.arbitraryEntry({
          state,
          now,
          length: commands.length,
          maxCommands: length,
          character,
          counts,
        });
        // Without fast-check's bias towards small values: the engine's own weights are the only ones.
        const { wait, command: proposed } = proposal.generate(random, undefined).value;
        const command = adapt(proposed);
        proposals = command === undefined ? proposals + 1 : 0;
        if (command === undefined) continue;
        const at = now - startedAt + wait;
        commands.push({ at, command });
        counts.set(command.type, (counts.get(command.type) ?? 0) + 1);
        const uuid = release.uuid(commands, commands.length - 1);
        const transition = machine.transition(state, command, { now: now + wait, uuid });
        state = transition.state;
        now = transition.finishedAt;
      }
      return new fc.Value(
        { engine, release: release.release, startedAt: generatedStart, commands },
        undefined,
      );
    }

    override canShrinkWithoutContext(value: unknown): value is Trace<Command> {
      return typeof value === 'object' && value !== null && 'commands' in value;
    }

    override shrink(trace: Trace<Command>): Stream<Value<Trace<Command>>> {
      function* values() {
        for (const smaller of smallerTraces(release, trace)) yield new fc.Value(smaller, undefined);
      }
      return new fc.Stream(values());
    }
  })();
}
