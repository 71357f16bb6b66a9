// Long tier: it compiles flows with the published compiler and deploys them on the SQL.
/** What a flow is compiled to: the same rows as the flow's own compiler makes of it. */
import { type AnyFlow, compileFlow, Flow } from '@pgflow/dsl';
import { expect, it } from 'vitest';
import { executeTrace } from '../../../src/harness/lockstep/lockstep.ts';
import { project } from '../../../src/harness/pgflow/0.8.1/projection.ts';
import { pgflow081UnderTest } from '../../../src/harness/pgflow/0.8.1/release.ts';
import { stateWith } from '../../../src/harness/pgflow/twin/backend/backend.ts';
import { definitionOf } from '../../../src/harness/pgflow/twin/flow/flow.ts';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import { parseTrace } from '../../../src/harness/trace/format.ts';
import { driverFor } from '../../conformance/open.ts';
import { Analyze, Chain, Squares } from './flows.ts';

const Options = new Flow<{ n: number }>({ slug: 'with_Options', maxAttempts: 7, baseDelay: 11, timeout: 13 })
  .step({ slug: 'a', maxAttempts: 1, baseDelay: 2, timeout: 3, startDelay: 4 }, () => [1])
  .step({ slug: 'B', startDelay: 0, dependsOn: ['a'] }, () => 1)
  .map({ slug: 'c', array: 'a', maxAttempts: 5 }, (n) => n)
  .step({ slug: 'd', dependsOn: ['c', 'B', 'a'] }, () => 1);
const Empty = new Flow<{ n: number }>({ slug: 'empty' });
/** The database counts both, so that the step never becomes ready; here as there. */
const Twice = new Flow<{ n: number }>({ slug: 'twice' })
  .step({ slug: 'a' }, () => 1)
  .step({ slug: 'b', dependsOn: ['a', 'a'] }, () => 1);

const at = Date.UTC(2030, 0, 1);

it.each<[string, AnyFlow]>([
  ['analyze', Analyze],
  ['chain', Chain],
  ['squares', Squares],
  ['options', Options],
  ['empty', Empty],
  ['twice', Twice],
])('flow %s is defined as its own compiler has it defined', async (_, flow) => {
  const driver = await driverFor(pgflow081UnderTest as never);
  await driver.run({ at, restartClock: true, queries: pgflow081UnderTest.reset });
  const statements = compileFlow(flow).map((text) => ({ text }));
  const { results } = await driver.run({ at, queries: [...statements, ...pgflow081UnderTest.observe] });
  expect(results.slice(0, -1).every(({ kind }) => kind === 'rows')).toBe(true);
  const tables = pgflow081UnderTest.readObservation(results.slice(-1));
  expect(tables.get('pgflow.steps')).toHaveLength(flow.stepOrder.length);
  expect(project(stateWith(definitionOf(flow), at))).toEqual(tables);
});

it('what a simulation executed is a trace that replays on model and SQL', async () => {
  const sim = simulate(Analyze, { seed: 3, workers: 2 });
  sim.step('summary').throws('flaky').times(1);
  sim.step('double').crashes('during').on({ index: 1 });
  sim.start({ url: 'u' });
  await sim.advance('2m');
  const trace = parseTrace(JSON.parse(JSON.stringify(sim.trace)), () => pgflow081UnderTest as never);
  const driver = await driverFor(pgflow081UnderTest as never);
  const { commands, divergence } = await executeTrace(pgflow081UnderTest, driver, trace as never);
  expect(divergence).toBeNull();
  expect(commands).toBe(sim.trace.commands.length);
  expect(commands).toBeGreaterThan(20);
});

it('a step that names a dependency twice never becomes ready', async () => {
  const run = await simulate(Twice).start({ n: 1 }).finish();
  expect(run.stuck).toEqual({
    reason: 'no step can become ready any more: b',
    deviation: 'repeated-dependencies-are-never-met',
    tasks: [],
  });
});
