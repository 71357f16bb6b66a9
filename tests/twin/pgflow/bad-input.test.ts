/** What is wrong is told by name, with what was expected. */
import { Flow } from '@pgflow/dsl';
import { describe, expect, it } from 'vitest';
import { SimulationError, simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Greet, Squares } from './flows.ts';

const anything = (value: unknown) => value as never;

it.each<[string, () => unknown, string]>([
  ['nothing', () => simulate(anything(undefined)), 'flow is undefined: expected a Flow of @pgflow/dsl'],
  ['an object', () => simulate(anything({ slug: 'x' })), 'flow is {"slug":"x"}: expected a Flow'],
  ['the class of flows', () => simulate(anything(Flow)), 'flow is the function Flow: expected a Flow'],
  [
    'a slug that only the database refuses',
    () => simulate(new Flow<{ n: number }>({ slug: 'ünder.score' })),
    'flow has the slug "ünder.score": expected letters, digits and underscores',
  ],
  [
    'a step that only the database refuses',
    () => simulate(new Flow<{ n: number }>({ slug: 'f' }).step({ slug: 'run' }, () => 1)),
    'flow "f" has a step "run": expected letters',
  ],
  [
    'like one, without steps that are',
    () => simulate(anything({ slug: 'x', stepOrder: ['a'], getStepDefinition: () => ({ slug: 'a' }) })),
    'flow is {"slug":"x","stepOrder":["a"]}: expected a Flow of @pgflow/dsl',
  ],
  [
    'with an option that its database takes for no integer',
    () => simulate(new Flow<{ n: number }>({ slug: 'f', maxAttempts: 1.5 })),
    'maxAttempts of flow "f" is 1.5: expected a whole number from 0 to 2147483647',
  ],
  [
    'with a step whose option is too large',
    () => simulate(new Flow<{ n: number }>({ slug: 'f' }).step({ slug: 's', startDelay: 1e10 }, () => 1)),
    'startDelay of step "s" of flow "f" is 10000000000: expected a whole number',
  ],
  [
    'with an option of another release',
    () => simulate(new Flow<{ n: number }>(anything({ slug: 'f', startDelay: 5 }))),
    'flow "f" has the option startDelay, which pgflow 0.8.1 does not have: expected one of maxAttempts',
  ],
  [
    'a queue whose name is too long',
    () => simulate(new Flow<{ n: number }>({ slug: 'f'.repeat(60) })),
    `flow "${'f'.repeat(60)}" is refused by the database`,
  ],
])('a flow that is %s', (_, act, message) => {
  expect(act).toThrow(SimulationError);
  expect(act).toThrow(message);
});

it.each<[string, object, string]>([
  ['no object', anything(7), 'options is 7: expected an object'],
  [
    'of a name that is none',
    { worker: {}, retries: 3 },
    'options.retries is not an option: expected one of backend',
  ],
  ['backend', { backend: 'postgres' }, "options.backend is \"postgres\": expected 'model' or 'pglite'"],
  ['startedAt', { startedAt: 'now' }, 'options.startedAt is "now": expected a Date or milliseconds'],
  ['startedAt, invalid', { startedAt: new Date('no') }, 'options.startedAt is NaN'],
  ['seed', { seed: 1.5 }, 'options.seed is 1.5: expected a whole number'],
  ['workers', { workers: -1 }, 'options.workers is -1: expected a whole number from 0 to 10000'],
  ['worker', { worker: [] }, 'options.worker is []: expected an object'],
  [
    'batchSize',
    { worker: { batchSize: '10' } },
    'options.worker.batchSize is "10": expected a whole number from 1',
  ],
  ['an option of a worker', { worker: { retry: 1 } }, 'options.worker.retry is not an option of a worker'],
  [
    'replaceCrashedWorkers',
    { replaceCrashedWorkers: true },
    'options.replaceCrashedWorkers is true: expected milli',
  ],
  ['handlerTimeout', { handlerTimeout: 0 }, 'options.handlerTimeout is 0'],
  ['context', { context: null }, 'options.context is null: expected an object'],
  ['schedule', { schedule: () => 1 }, 'options.schedule is'],
  [
    'a part of a schedule',
    { schedule: { attempt: 5 } },
    'options.schedule.attempt is 5: expected a function',
  ],
])('an option that is wrong: %s', (_, options, message) => {
  expect(() => simulate(Greet, anything(options))).toThrow(SimulationError);
  expect(() => simulate(Greet, anything(options))).toThrow(message);
});

describe('an argument that is wrong', () => {
  const sim = simulate(Greet);
  const cycle: { self?: object } = {};
  cycle.self = cycle;
  it.each<[string, () => unknown, string]>([
    [
      'a step that is none',
      () => sim.step(anything('nope')),
      'sim.step() was given "nope", which is not a step of flow "greet": expected one of hello',
    ],
    [
      'a step of a run that is none',
      () => sim.start({ name: '' }).step(anything('nope')),
      'run.step() was given "nope"',
    ],
    ['no input', () => sim.start(anything(undefined)), 'the input of start() is undefined: expected JSON'],
    [
      'an input that is a function',
      () => sim.start(anything(() => 1)),
      'the input of start() is a function: expected JSON',
    ],
    [
      'an input with a bigint',
      () => sim.start(anything({ n: 1n })),
      'expected JSON (Do not know how to serialize a BigInt)',
    ],
    [
      'an input with a cycle',
      () => sim.start(anything(cycle)),
      'expected JSON (Converting circular structure to JSON)',
    ],
    [
      'options of a start',
      () => sim.start({ name: '' }, anything(5)),
      'the options of start() is 5: expected',
    ],
    [
      'an option of a start that there is not',
      () => sim.start({ name: '' }, anything({ delay: '5s' })),
      'the options of start().delay is not an option: expected one of run_id, after',
    ],
    ['a configuration', () => sim.addWorker(anything(null)), 'the configuration of addWorker() is null'],
    [
      'an element of a step that is no map',
      () => sim.step('hello').on({ index: 1 }),
      'index of on() is 1: expected 0, because step "hello" is not a map and has one task',
    ],
    [
      'a condition that gives a promise',
      () => sim.runUntil(anything(async () => true)),
      'the condition of runUntil() returned a promise: expected true or false',
    ],
    ['a run_id', () => sim.start({ name: '' }, { run_id: '7' }), 'run_id is "7": expected a uuid'],
    [
      'a duration',
      () => sim.advance(anything('5 minutes')),
      'the duration of advance() is "5 minutes": expected milliseconds, or a text',
    ],
    ['a negative duration', () => sim.advance(-1), 'the duration of advance() is -1'],
    [
      'a duration of takes()',
      () => sim.step('hello').takes(anything('soon')),
      'the duration of takes() is "soon"',
    ],
    ['a count', () => sim.step('hello').times(0), 'the count of times() is 0'],
    [
      'a point of crashing',
      () => sim.step('hello').crashes(anything('later')),
      "crashes() was given \"later\": expected 'before', 'during' or 'after'",
    ],
    ['a handler', () => sim.step('hello').runs(anything('x')), 'runs() was given "x": expected a function'],
    [
      'an attempt',
      () => sim.step('hello').on({ attempt: 0 }),
      'attempt of on() is 0: expected a whole number from 1',
    ],
    [
      'which attempt',
      () => sim.step('hello').on(anything({ step: 1 })),
      'on() was given "step": expected attempt, index or run',
    ],
    [
      'a condition',
      () => sim.runUntil(anything(true)),
      'the condition of runUntil() is true: expected a function',
    ],
    ['an action', () => sim.after(1, anything('x')), 'the action of after() is "x": expected a function'],
    [
      'a subject of a matcher',
      () => expect(7).toHaveCompleted(),
      'toHaveCompleted was given 7: expected a run or a step',
    ],
  ])('%s', async (_, act, message) => {
    const error = await (async () => act())().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SimulationError);
    expect((error as Error).message).toContain(message);
  });
});

it('a handler that never settles is told by name, and so is everyone who drives on', async () => {
  const sim = simulate(Squares, { handlerTimeout: 10 });
  sim
    .step('square')
    .runs(() => new Promise(() => {}))
    .on({ index: 1 });
  const run = sim.start([1, 2]);
  const message = 'the handler of step "square" (run 1, element 1, attempt 1) has not settled after 10 ms';
  await expect(run.finish()).rejects.toThrow(message);
  await expect(sim.advance('1s')).rejects.toThrow(message);
});

it('a handler that drives its own simulation waits for itself, which is told as well', async () => {
  const sim = simulate(Greet, { handlerTimeout: 10 });
  sim.step('hello').runs(async () => {
    await sim.advance('1s');
    return 'never';
  });
  await expect(sim.start({ name: 'Ada' }).finish()).rejects.toThrow('has not settled after 10 ms');
});

it.each<[object, string]>([
  [
    { looksFirst: () => 'map' as never },
    'schedule.looksFirst returned "map": expected a position in a list of 2',
  ],
  [{ looksFirst: () => 5 }, 'schedule.looksFirst returned 5: expected a position in a list of 2'],
  [{ attempt: () => 'slow' }, 'the result of schedule.attempt() is "slow": expected an object'],
  [{ attempt: () => ({ takes: 0.5 }) }, 'takes of schedule.attempt() is 0.5: expected a whole number'],
  [{ attempt: () => ({ crash: 'soon' }) }, 'crash of schedule.attempt() is "soon": expected'],
])('a schedule that says what cannot be is told: %o', async (schedule, message) => {
  const sim = simulate(Greet, { workers: 2, schedule });
  await expect(sim.start({ name: 'Ada' }).finish()).rejects.toThrow(message);
});

it('an id that another run has is refused', () => {
  const sim = simulate(Greet);
  const run_id = '6f9619ff-8b86-d011-b42d-00cf4fc964ff';
  sim.start({ name: 'Ada' }, { run_id });
  expect(() => sim.start({ name: 'Bob' }, { run_id: run_id.toUpperCase() })).toThrow(
    'which is the id of run 1',
  );
  const drawn = sim.start({ name: 'Eve' });
  expect(drawn.number).toBe(2);
  expect(() => sim.start({ name: 'Bob' }, { run_id: drawn.id })).toThrow('which is the id of run 2');
});
