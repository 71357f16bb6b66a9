/** What production does to values on their way through the database. */
import { Flow } from '@pgflow/dsl';
import { describe, expect, it, test } from 'vitest';
import { pgflowClient } from '../../../src/harness/pgflow/twin/client/client.ts';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { PostgresError } from '../../../src/harness/twin/database-error.ts';
import { SimulationError } from '../../../src/harness/twin/simulation-error.ts';
import { Chain, Greet, giving } from './flows.ts';

/** What the step after it gets of what a handler gives, and what is said about it. */
async function received(value: unknown) {
  const sim = simulate(giving(() => value));
  const run = await sim.start({ n: 1 }).finish();
  return {
    run,
    next: (run.output as { next?: { got: unknown } } | undefined)?.next?.got,
    warnings: sim.warnings.map(({ message }) => message),
  };
}

class Money {
  toJSON() {
    return '5 EUR';
  }
}
class Point {
  readonly x = 1;
}

describe('what a handler gives', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['nothing', undefined, null, []],
    ['null', null, null, []],
    ['0', 0, null, ['$: 0 became null']],
    ['the empty string', '', null, ["$: '' became null"]],
    ['false', false, null, ['$: false became null']],
    ['what is no number', Number.NaN, null, ['$: NaN became null']],
    ['a bigint of zero', 0n, null, ['$: 0n became null']],
    ['infinity', Number.POSITIVE_INFINITY, null, ['$: Infinity became null']],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z', ['$: a Date became a string']],
    [
      'a date inside',
      { at: [new Date(0)] },
      { at: ['1970-01-01T00:00:00.000Z'] },
      ['$.at[0]: a Date became a string'],
    ],
    ['undefined inside', { a: 1, b: undefined }, { a: 1 }, ['$.b: undefined was left out']],
    ['undefined in an array', [1, undefined], [1, null], ['$[1]: undefined became null']],
    ['a function inside', { f: () => 1 }, {}, ['$.f: a function was left out']],
    ['a map', { m: new Map([[1, 2]]) }, { m: {} }, ['$.m: a Map became an object']],
    ['an instance', new Point(), { x: 1 }, ['$: a Point became an object']],
    [
      'an object with a toJSON',
      { at: { toJSON: () => ({ day: 1 }) } },
      { at: { day: 1 } },
      ['$.at: an object was replaced with the result of its toJSON(), an object'],
    ],
    [
      'an instance with a toJSON',
      { price: new Money() },
      { price: '5 EUR' },
      ['$.price: a Money was replaced with the result of its toJSON(), a string'],
    ],
    ['a zero below zero', { z: -0 }, { z: 0 }, ['$.z: -0 became 0']],
    ['a key of many bytes', { é: 1, b: 2, aa: 3 }, { b: 2, aa: 3, é: 1 }, []],
  ])(
    '%s comes back as JSON does, with a warning where something is lost',
    async (_, value, expected, warnings) => {
      const { run, next, warnings: said } = await received(value);
      expect(run).toHaveCompleted();
      expect(next).toEqual(expected);
      expect(said).toEqual(warnings);
    },
  );

  it.each<[string, unknown, string]>([
    ['a bigint', { n: 1n }, 'Do not know how to serialize a BigInt'],
    ['a cycle', cycle(), 'Converting circular structure to JSON'],
    ['a function', () => 1, 'The "string" argument must be of type string'],
    ['U+0000', 'a\0b', 'unsupported Unicode escape sequence'],
    ['half a character', '\ud800', 'invalid input syntax for type json'],
  ])('%s fails the attempt, as what cannot be sent', async (_, value, error) => {
    const { run } = await received(value);
    expect(run).toHaveFailed(error);
    expect(run.step('odd')).toHaveAttempts(2);
  });

  it('a warning names run, step and attempt', async () => {
    const sim = simulate(Greet);
    sim.step('hello').returns({ at: new Date(0) } as never);
    sim.step('hello').throws('first').times(1);
    await sim.start({ name: 'Ada' }).finish();
    expect(sim.warnings).toEqual([
      { run: 1, step: 'hello', index: 0, attempt: 2, message: '$.at: a Date became a string' },
    ]);
  });
});

function cycle(): object {
  const object: { self?: object } = {};
  object.self = object;
  return object;
}

describe('what a handler throws', () => {
  it.each<[string, unknown, string]>([
    ['an error', new TypeError('wrong'), 'wrong'],
    ['a string', 'just text', 'just text'],
    ['an object', { code: 7 }, '{"code":7}'],
    ['null', null, 'null'],
    ['a number', 42, '42'],
    ['an error without a message', new Error(), ''],
    ['half a character', new Error('Upstream said: 🦁🦁'.slice(0, 16)), 'Upstream said: \ufffd'],
    ['half a character as a string', 'a\udc00b\ud83e', 'a\ufffdb\ufffd'],
    // JSON has an escape for it, so that the text is well formed.
    ['half a character in an object', { why: '\ud83e' }, '{"why":"\\ud83e"}'],
  ])('%s fails the attempt with its text', async (_, error, text) => {
    const sim = simulate(Greet);
    sim.step('hello').throws(error);
    const run = await sim.start({ name: 'Ada' }).finish();
    expect(run.status).toBe('failed');
    expect(run.error).toBe(text);
  });

  it.each<[string, unknown, string]>([
    [
      'nothing at all',
      undefined,
      'its failure could not be reported (UNDEFINED_VALUE: Undefined values are not allowed)',
    ],
    ['a cycle', cycle(), 'its failure could not be reported (Converting circular structure to JSON'],
    ['U+0000', 'a\0b', 'its failure could not be reported (invalid byte sequence for encoding "UTF8": 0x00)'],
    [
      'an AbortError',
      Object.assign(new Error('stop'), { name: 'AbortError' }),
      'its handler threw an AbortError',
    ],
  ])('%s leaves the task started for ever', async (_, error, cause) => {
    const sim = simulate(Greet);
    sim.step('hello').throws(error);
    const run = await sim.start({ name: 'Ada' }).finish();
    expect(run).toBeStuck('stalled-tasks-are-never-retried');
    expect(run.stuck?.tasks[0]?.cause).toContain(cause);
  });

  it('a promise that is rejected is the same as a throw, and so is a handler that throws before its first await', async () => {
    const sim = simulate(Greet);
    sim
      .step('hello')
      .runs(() => Promise.reject(new Error('later')))
      .on({ attempt: 1 });
    sim
      .step('hello')
      .runs(() => {
        throw new Error('at once');
      })
      .on({ attempt: 2 });
    const run = await sim.start({ name: 'Ada' }).finish();
    expect(run.step('hello').tasks[0]?.history.map(({ error }) => error)).toEqual([
      'later',
      'at once',
      undefined,
    ]);
  });
});

describe('what a handler gets', () => {
  it('is its own: what it does to it changes nothing elsewhere', async () => {
    const sim = simulate(Chain);
    const seen: unknown[] = [];
    sim.step('second').runs((input) => {
      seen.push(structuredClone(input));
      input.run.n = 99;
      input.first.n = 99;
      throw new Error('again');
    });
    const run = await sim.start({ n: 1 }).finish();
    expect(seen).toEqual([
      { run: { n: 1 }, first: { n: 2 } },
      { run: { n: 1 }, first: { n: 2 } },
    ]);
    expect(run.input).toEqual({ n: 1 });
    expect(run.step('first')).toHaveOutput({ n: 2 });
  });

  it('has its keys in the order of jsonb, by length and then by bytes', async () => {
    const flow = new Flow<{ bb: number; a: number; '10': number; c: number }>({ slug: 'keys' }).step(
      { slug: 'list' },
      ({ run }) => Object.keys(run),
    );
    const run = await simulate(flow).start({ bb: 1, c: 2, a: 3, '10': 4 }).finish();
    // Except for those that look like positions, which JavaScript puts first.
    expect(run).toHaveOutput({ list: ['10', 'a', 'c', 'bb'] });
  });

  it('comes as a date where the input was one, no more than a string', async () => {
    const sim = simulate(Greet);
    await sim.start({ name: new Date(0) as never }).finish();
    expect(sim.step('hello').calls[0]?.input.run.name).toBe('1970-01-01T00:00:00.000Z');
    expect(sim.warnings).toEqual([
      { run: 1, step: 'run', index: 0, attempt: 0, message: '$.name: a Date became a string' },
    ]);
  });

  it('keeps a key that would be the prototype', async () => {
    const sim = simulate(Greet);
    const input = JSON.parse('{"name":"Ada","__proto__":{"polluted":true}}');
    await sim.start(input).finish();
    const { run } = sim.step('hello').calls[0]!.input;
    expect(Object.hasOwn(run, '__proto__')).toBe(true);
    expect((run as { polluted?: true }).polluted).toBeUndefined();
  });
});

describe('the context of a handler', () => {
  it('has what the published worker gives, and what the test adds', async () => {
    const contexts: unknown[] = [];
    const sql = () => 'a fake';
    const sim = simulate(Greet, {
      context: { env: { KEY: 'value' }, sql },
      worker: { batchSize: 5, visibilityTimeout: 30 },
    });
    sim.step('hello').runs((input, context) => {
      contexts.push({ ...context, input });
      return 'hi';
    });
    const run = await sim.start({ name: 'Ada' }).finish();
    const input = { run: { name: 'Ada' } };
    expect(contexts).toEqual([
      {
        env: { KEY: 'value' },
        sql,
        input,
        shutdownSignal: expect.any(AbortSignal),
        workerConfig: {
          maxConcurrent: 10,
          maxPgConnections: 4,
          batchSize: 5,
          visibilityTimeout: 30,
          maxPollSeconds: 2,
          pollIntervalMs: 100,
          env: { KEY: 'value' },
        },
        // A bigint is a string for the worker's client, whatever the types say.
        stepTask: {
          flow_slug: 'greet',
          run_id: run.id,
          step_slug: 'hello',
          task_index: 0,
          msg_id: '1',
          input,
        },
        rawMessage: {
          msg_id: '1',
          read_ct: 1,
          enqueued_at: new Date(Date.UTC(2030, 0, 1)),
          last_read_at: new Date(Date.UTC(2030, 0, 1)),
          vt: new Date(Date.UTC(2030, 0, 1, 0, 0, 30)),
          message: { flow_slug: 'greet', run_id: run.id, step_slug: 'hello', task_index: 0 },
          headers: null,
        },
      },
    ]);
    const { workerConfig } = contexts[0] as { workerConfig: object };
    expect(Object.isFrozen(workerConfig)).toBe(true);
  });
});

it('a text that is cut short in the timeline is not cut within a character', async () => {
  const sim = simulate(Greet);
  sim.step('hello').throws(new Error(`${'x'.repeat(119)}🦁`));
  sim
    .step('hello')
    .returns(`${'y'.repeat(118)}🦁🦁`)
    .on({ run: 2 });
  await sim.start({ name: 'Ada' }).finish();
  await sim.start({ name: `${'z'.repeat(110)}🦁` }).finish();
  expect(String(sim.timeline)).not.toMatch(/\p{Surrogate}/u);
  expect(() => sim.step(`${'s'.repeat(77)}🦁🦁` as never)).toThrow(/^\P{Surrogate}*$/u);
});

test('a slug of which nobody knows whether an index stores it is refused before it reaches the SQL', async () => {
  const flow = new Flow<null>({ slug: 'greet' }).step({ slug: 'hello' }, () => 'hi');
  const client = pgflowClient(simulate(flow));
  const key = { run_id: '00000000-0000-4000-8000-000000000001', step_slug: 'é'.repeat(651), task_index: 0 };
  const expected = 'expected at most 1300 bytes in UTF-8: whether an index of Postgres stores a longer text';
  await expect(client.startFlow('x'.repeat(3000), 1)).rejects.toThrow(expected);
  await expect(client.startTasks('x'.repeat(1301), [1], key.run_id)).rejects.toThrow(expected);
  await expect(client.completeTask(key as never, 1)).rejects.toThrow(expected);
  await expect(client.failTask(key as never, 'no')).rejects.toThrow(SimulationError);
  await expect(client.startFlow('x'.repeat(1300), 1)).rejects.toThrow(PostgresError);
});
