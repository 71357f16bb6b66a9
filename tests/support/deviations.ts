/** The registry of deviations of an engine, without a database: the model as it is stands for the SQL. */
import { describe, expect, test } from 'vitest';
import { generateTrace } from '../../src/harness/campaign/generate.ts';
import type { AnyCommand } from '../../src/harness/contract/command.ts';
import { deviationsOf } from '../../src/harness/contract/deviation.ts';
import type { AnyRelease } from '../../src/harness/contract/engine.ts';
import { place } from '../../src/harness/lockstep/difference.ts';
import type { Execution } from '../../src/harness/lockstep/lockstep.ts';
import { findEngine } from '../../src/harness/services.ts';
import { shrinkTrace } from '../../src/harness/trace/shrink.ts';

type AnyTrace = ReturnType<typeof generateTrace<unknown, AnyCommand>>;

const seed = Number(process.env.PGTWIN_SEED ?? 1);
/** In a minute, at the eight samples a second that `verify` does at least. */
const mostSamples = 480;

/**
 * `ofModels` are the names that the models of the releases know; `where` is how a document tells its version; `fewest`
 * is how many commands may show a deviation, where that is more than eight.
 */
export function testRegistry(
  name: string,
  ofModels: Readonly<Record<string, readonly string[]>>,
  where: RegExp,
  fewest: Readonly<Record<string, number>> = {},
): void {
  const engine = findEngine(name);

  test.each(Object.entries(ofModels))(
    'every deviation of the model of %s is registered, and no other is',
    (release, names) => {
      expect(deviationsOf(engine, release).map(({ id }) => id)).toEqual([...names].sort());
    },
  );

  test('an entry tells everything that a person would ask', () => {
    for (const { id, title, documented, happens, upstream, traces } of engine.deviations ?? []) {
      expect(id).toMatch(/^[a-z]+(-[a-z\d]+)+$/);
      for (const sentence of [title, documented.says, happens]) expect(sentence).toMatch(/^\S.*[.]$/);
      expect(documented.where).toMatch(where);
      for (const thread of upstream) expect(thread).toMatch(/^[\w-]+\/[\w-]+#\d+$/);
      expect(Object.values(traces).every((commands) => commands.length > 0)).toBe(true);
    }
  });

  for (const release of engine.releases.filter(({ asDocumented }) => asDocumented)) {
    describe(`a campaign that follows the documentation of ${release.release} finds out that the SQL does not`, () => {
      test.each(deviationsOf(engine, release.release).map(({ id }) => id))('%s', async (id) => {
        const documented = release.asDocumented!(new Set([id]));
        const differ = (trace: AnyTrace) => executeBoth(release, documented, trace);
        let index = 0;
        let found = differ(traceOf(documented, index));
        while (!found.divergence && ++index < mostSamples) found = differ(traceOf(documented, index));
        expect(found.divergence, `${mostSamples} samples of seed ${seed}`).not.toBeNull();

        const trace = traceOf(documented, index);
        const divergence = found.divergence!;
        const shrunk = await shrinkTrace(documented, { trace, divergence }, async (each) => differ(each), {
          budgetMs: 60_000,
          attempts: 400,
        });
        const { length } = shrunk.trace.commands;
        console.log(`${release.release} ${id}: sample ${index} of seed ${seed}, ${length} commands`);
        expect(length).toBeLessThanOrEqual(fewest[id] ?? 8);
      });
    });
  }
}

const traceOf = (release: AnyRelease, index: number) =>
  generateTrace(release, { seed, index, maxCommands: 60 });

/** Where two models of a release begin to tell a different story: by result, or by the rows of their tables. */
function executeBoth(faithful: AnyRelease, documented: AnyRelease, trace: AnyTrace): Execution {
  const told = [faithful, documented].map((release) => replay(release, trace));
  const story = (side: number, position: number) => {
    const { result, state } = told[side]![position]!;
    return JSON.stringify([result, ...faithful.project(state)]);
  };
  const differsAt = (position: number) => story(0, position) !== story(1, position);
  const results = told.map((outcomes) => JSON.stringify(outcomes.map(({ result }) => result)));
  const last = trace.commands.length - 1;
  // Tables are many rows, and what the two have come to differ in seldom goes away.
  const differs = last >= 0 && (results[0] !== results[1] || differsAt(last));
  const position = differs ? trace.commands.findIndex((_, each) => differsAt(each)) : -1;
  const [sql, model] = position < 0 ? [] : [story(0, position), story(1, position)];
  const divergence = position < 0 ? null : { position, differences: [place('story', model, sql)] };
  return { commands: last + 1, reached: new Map(), divergence, interrupted: false };
}

function replay(release: AnyRelease, { startedAt, commands }: AnyTrace) {
  let state = release.machine.initialState;
  let now = Date.parse(startedAt);
  return commands.map(({ at, command }, position) => {
    const circumstances = {
      now: Math.max(now, Date.parse(startedAt) + at),
      uuid: release.uuid(commands, position),
    };
    const outcome = release.machine.transition(state, command, circumstances);
    ({ state, finishedAt: now } = outcome);
    return outcome;
  });
}
