/** The registry of deviations of an engine, without a database: the model as it is stands for the SQL. */
import { describe, expect, test } from 'vitest';
import { generateTrace } from '../../src/harness/campaign/generate.ts';
import { deviationsOf } from '../../src/harness/deviation.ts';
import { type AnyRelease, findEngine } from '../../src/harness/engines.ts';

const seed = Number(process.env.PGTWIN_SEED ?? 1);
const mostSamples = 1200;

/** `ofModels` are the names that the models of the releases know; `where` is how a document tells its version. */
export function testRegistry(
  name: string,
  ofModels: Readonly<Record<string, readonly string[]>>,
  where: RegExp,
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
      test.each(deviationsOf(engine, release.release).map(({ id }) => id))('%s', (id) => {
        const documented = release.asDocumented!(new Set([id]));
        const samples = Array.from({ length: mostSamples }, (_, index) => index);
        const found = samples.find((index) => differsInSample(release, documented, index));
        console.log(`${release.release} ${id}: sample ${found} of seed ${seed}`);
        expect(found).toBeDefined();
      });
    });
  }
}

/** Whether two models of a release tell a different story of one sample, by result, state or announcements. */
function differsInSample(faithful: AnyRelease, documented: AnyRelease, index: number): boolean {
  const trace = generateTrace(documented, { seed, index, maxCommands: 60 });
  const startedAt = Date.parse(trace.startedAt);
  let [one, other] = [faithful.machine.initialState, documented.machine.initialState];
  let now = startedAt;
  for (const [position, { at, command }] of trace.commands.entries()) {
    const uuid = faithful.uuid(trace.commands, position);
    const circumstances = { now: Math.max(now, startedAt + at), uuid };
    const real = faithful.machine.transition(one, command, circumstances);
    const told = documented.machine.transition(other, command, circumstances);
    if (JSON.stringify(real.result) !== JSON.stringify(told.result)) return true;
    [one, other, now] = [real.state, told.state, real.finishedAt];
  }
  const rows = (release: AnyRelease, state: unknown) => JSON.stringify([...release.project(state)]);
  return rows(faithful, one) !== rows(documented, other);
}
