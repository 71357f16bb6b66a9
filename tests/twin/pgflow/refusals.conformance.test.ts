/** Odd arguments, through the client of a simulation and through the published client on the SQL: the same answer, word for word. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IPgflowClient } from '@pgflow/core';
import type { AnyFlow } from '@pgflow/dsl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pgflowClient } from '../../../src/harness/pgflow/twin/client/client.ts';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import { replay } from '../../../src/harness/services.ts';
import type { SqlDriver } from '../../../src/sql/driver.ts';
import { installPgflow } from '../../../src/sql/pgflow/install.ts';
import { resetPgflow } from '../../../src/sql/pgflow/reset.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import { answerOf, publishedClient } from '../../support/published-client.ts';
import { Greet, Squares } from './flows.ts';

type Client = IPgflowClient<AnyFlow>;
const odd = (value: unknown) => value as never;

const run = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';
const worker = '6f9619ff-8b86-4011-b42d-00cf4fc96400';
const input = { name: 'Ada' };
const task = { run_id: run, step_slug: 'hello', task_index: 0 };
const taskWith = (changes: object) => odd({ ...task, ...changes });

let driver: SqlDriver;
beforeAll(async () => {
  const { scripts } = await installPgflow({ release: '0.8.1', messageRecord: 'as in pgmq 1.11' });
  driver = await openPGlite({ scripts });
});
afterAll(() => driver.close());

/** What the published client gets, on a database with a run of one step, and with a worker. */
async function truth(call: (client: Client) => Promise<unknown>) {
  const queries = [
    ...resetPgflow,
    { text: `select pgflow.create_flow('greet')` },
    { text: `select pgflow.add_step('greet', 'hello')` },
    {
      text: `insert into pgflow.workers (worker_id, queue_name, function_name) values ('${worker}', 'greet', 'w')`,
    },
  ];
  await driver.run({ at: Date.UTC(2030, 0, 1), restartClock: true, queries });
  const client = publishedClient(driver);
  await client.startFlow('greet', input, run);
  return answerOf(() => call(client));
}

async function twin(call: (client: Client) => Promise<unknown>, backend: 'model' | 'pglite') {
  const sim = simulate(Greet, { backend, workers: 0 });
  const client = pgflowClient(sim) as unknown as Client;
  await client.startFlow('greet', input, run);
  const answer = await answerOf(() => call(client));
  // Whatever was refused, the simulation goes on.
  await client.completeTask(odd(task), 'still there');
  await sim.close();
  return answer;
}

type Case = [string, (client: Client) => Promise<unknown>, object | number | 'done'];

const cases: Readonly<Record<string, readonly Case[]>> = {
  startFlow: [
    [
      'an id that is taken',
      (c) => c.startFlow('greet', input, run),
      { code: '23505', constraint: 'runs_pkey' },
    ],
    ['the same id in capitals', (c) => c.startFlow('greet', input, run.toUpperCase()), { code: '23505' }],
    ['the same id in braces', (c) => c.startFlow('greet', input, `{${run}}`), { code: '23505' }],
    [
      'an id that might be drawn',
      (c) => c.startFlow('greet', input, '00000000-0000-4000-8000-000000000002'),
      'done',
    ],
    ['an id that is none', (c) => c.startFlow('greet', input, 'a "quoted" id'), { code: '22P02' }],
    ['an empty id, which is none at all', (c) => c.startFlow('greet', input, ''), 'done'],
    [
      'an unknown flow',
      (c) => c.startFlow('nope', input),
      { code: '23503', constraint: 'runs_flow_slug_fkey' },
    ],
    ['an unknown flow, and an id that is taken', (c) => c.startFlow('nope', input, run), { code: '23505' }],
    ['no flow', (c) => c.startFlow(odd(null), input), { code: '23502' }],
    ['a flow that is undefined', (c) => c.startFlow(odd(undefined), input), { code: 'UNDEFINED_VALUE' }],
    ['a flow that is a number', (c) => c.startFlow(odd(7), input), { code: '23503' }],
    ['U+0000 in the flow', (c) => c.startFlow('gr\0eet', input), { code: '22021' }],
    ['half a character in the flow', (c) => c.startFlow('\ud83egreet', input), { code: '23503' }],
    ['null for the input', (c) => c.startFlow('greet', odd(null)), { code: '23502' }],
    ['undefined for the input', (c) => c.startFlow('greet', odd(undefined)), { code: 'UNDEFINED_VALUE' }],
    ['U+0000 in the input', (c) => c.startFlow('greet', odd({ name: 'a\0' })), { code: '22P05' }],
    ['half a character in the input', (c) => c.startFlow('greet', odd(['\udc00'])), { code: '22P02' }],
    ['an input before an id, both wrong', (c) => c.startFlow('greet', odd('\0'), 'x'), { code: '22P05' }],
    ['a flow before an input, both wrong', (c) => c.startFlow('\0', odd('\ud800')), { code: '22021' }],
  ],
  readMessages: [
    ['an unknown queue', (c) => c.readMessages('nope', 2, 1, 1), { code: '42P01' }],
    ['a queue with a long name', (c) => c.readMessages('é'.repeat(50), 2, 1, 1), { code: '42P01' }],
    ['a queue in capitals, which is the same', (c) => c.readMessages('GREET', 2, 1, 1), 1],
    ['a name that no queue has', (c) => c.readMessages('a;b', 2, 1, 1), { code: 'P0001' }],
    ['no queue', (c) => c.readMessages(odd(null), 2, 1, 1), { code: '22004' }],
    ['a queue that is undefined', (c) => c.readMessages(odd(undefined), 2, 1), { code: 'UNDEFINED_VALUE' }],
    ['U+0000 in the queue', (c) => c.readMessages('gr\0eet', 2, 1, 1), { code: '22021' }],
    ['no messages', (c) => c.readMessages('greet', 2, 0, 1), 0],
    ['less than none', (c) => c.readMessages('greet', 2, -1, 1), { code: '2201W' }],
    ['no limit', (c) => c.readMessages('greet', 2, odd(null), 1), 1],
    ['half a message', (c) => c.readMessages('greet', 2, 0.5, 1), { code: '22P02' }],
    ['too many messages', (c) => c.readMessages('greet', 2, 2 ** 31, 1), { code: '22003' }],
    ['no number of messages', (c) => c.readMessages('greet', 2, Number.NaN, 1), { code: '22P02' }],
    ['a number as a text', (c) => c.readMessages('greet', 2, odd(' 0x1_0 '), 1), 1],
    [
      'a space that is none of ASCII',
      (c) => c.readMessages('greet', 2, odd('\u00a01'), 1),
      { code: '22P02' },
    ],
    ['all spaces of ASCII', (c) => c.readMessages('greet', 2, odd('\t\n\v\f\r 1\t\n\v\f\r '), 1), 1],
    ['a sequence', (c) => c.readMessages('greet_msg_id_seq', 2, 1, 1), { code: '42703' }],
    ['no end of the poll, and a message', (c) => c.readMessages('greet', 2, 1, odd(null)), 1],
    ['no visibility timeout', (c) => c.readMessages('greet', odd(null), 1, 1), { code: '23502' }],
    ['a timeout in the past', (c) => c.readMessages('greet', -5, 1, 1), 1],
    ['a timeout out of range', (c) => c.readMessages('greet', 1e21, 1, 1), { code: '22P02' }],
    ['a poll of no seconds, which never looks', (c) => c.readMessages('nope', 2, 1, 0), 0],
    ['a poll of less than that', (c) => c.readMessages('nope', 2, -1, -3), 0],
    ['such a poll of what no queue is called', (c) => c.readMessages("a'b", 2, 1, 0), { code: 'P0001' }],
    ['an interval that is none', (c) => c.readMessages('greet', 2, 1, 1, 0.5), { code: '22P02' }],
  ],
  startTasks: [
    ['an unknown flow', (c) => c.startTasks('nope', [1], worker), 0],
    ['no flow', (c) => c.startTasks(odd(null), [1], worker), 0],
    ['a message', (c) => c.startTasks('greet', odd(['1']), worker), 1],
    ['no messages', (c) => c.startTasks('greet', odd(null), worker), 0],
    ['a message that is null', (c) => c.startTasks('greet', odd([null, 2 ** 60, 1]), worker), 1],
    [
      'a message that is undefined',
      (c) => c.startTasks('greet', odd([undefined]), worker),
      { code: 'UNDEFINED_VALUE' },
    ],
    ['a message without a list', (c) => c.startTasks('greet', odd(1), worker), { code: '22P02' }],
    ['an array as a text', (c) => c.startTasks('greet', odd('{1}'), worker), 1],
    ['an array with a backslash', (c) => c.startTasks('greet', odd('{\\1}'), worker), 1],
    ['an array that ends with one', (c) => c.startTasks('greet', odd('{1\\}'), worker), { code: '22P02' }],
    ['the same with more in it', (c) => c.startTasks('greet', odd(' { "2" , null,\t1 } '), worker), 1],
    ['an empty array as a text', (c) => c.startTasks('greet', odd('{ }'), worker), 0],
    ['an array without an end', (c) => c.startTasks('greet', odd('{1'), worker), { code: '22P02' }],
    ['an array with a comma too much', (c) => c.startTasks('greet', odd('{1,}'), worker), { code: '22P02' }],
    ['an array with nothing between', (c) => c.startTasks('greet', odd('{1,,2}'), worker), { code: '22P02' }],
    ['an array of words', (c) => c.startTasks('greet', odd('{1 2}'), worker), { code: '22P02' }],
    ['half a message', (c) => c.startTasks('greet', [1.5], worker), { code: '22P02' }],
    ['a message that is a text', (c) => c.startTasks('greet', odd(['x']), worker), { code: '22P02' }],
    [
      'a message out of range',
      (c) => c.startTasks('greet', odd(['9223372036854775808']), worker),
      { code: '22003' },
    ],
    ['a worker that is none', (c) => c.startTasks('greet', [1], 'w'), { code: '22P02' }],
    ['no worker', (c) => c.startTasks('greet', [1], odd(null)), 1],
  ],
  completeTask: [
    ['a run that is none', (c) => c.completeTask(taskWith({ run_id: 'r' }), 1), { code: '22P02' }],
    ['a run that is not there', (c) => c.completeTask(taskWith({ run_id: worker }), 1), 'done'],
    ['a run that is null', (c) => c.completeTask(taskWith({ run_id: null }), 1), 'done'],
    [
      'a run that is undefined',
      (c) => c.completeTask(taskWith({ run_id: undefined }), 1),
      { code: 'UNDEFINED_VALUE' },
    ],
    ['U+0000 in the step', (c) => c.completeTask(taskWith({ step_slug: 'a\0' }), 1), { code: '22021' }],
    ['half a character in the step', (c) => c.completeTask(taskWith({ step_slug: '\ud800' }), 1), 'done'],
    ['half a task', (c) => c.completeTask(taskWith({ task_index: 0.5 }), 1), { code: '22P02' }],
    [
      'a task out of range',
      (c) => c.completeTask(taskWith({ task_index: -(2 ** 40) }), 1),
      { code: '22003' },
    ],
    [
      'a step before a task, both wrong',
      (c) => c.completeTask(taskWith({ step_slug: '\0', task_index: 'x' })),
      { code: '22021' },
    ],
    ['U+0000 in the output', (c) => c.completeTask(odd(task), 'a\0'), { code: '22P05' }],
    ['half a character in the output', (c) => c.completeTask(odd(task), { a: '\ud83e' }), { code: '22P02' }],
    [
      'a task before its output, both wrong',
      (c) => c.completeTask(taskWith({ task_index: 'x' }), '\0'),
      { code: '22P02' },
    ],
  ],
  failTask: [
    ['a run that is none', (c) => c.failTask(taskWith({ run_id: '' }), 'no'), { code: '22P02' }],
    ['U+0000 in the text', (c) => c.failTask(odd(task), 'a\0'), { code: '22021' }],
    ['half a character in the text', (c) => c.failTask(odd(task), new Error('a\ud83e')), 'done'],
    ['an error that is undefined', (c) => c.failTask(odd(task), undefined), { code: 'UNDEFINED_VALUE' }],
    ['an error that is null', (c) => c.failTask(odd(task), null), 'done'],
  ],
};

describe.each(Object.entries(cases))('%s()', (_, list) => {
  it.each(list)('is answered as the SQL answers: %s', async (_name, call, expected) => {
    const answer = await truth(call);
    if (typeof expected === 'object') expect(answer).toMatchObject(expected);
    else expect(answer).toBe(expected);
    expect(await twin(call, 'model')).toEqual(answer);
    expect(await twin(call, 'pglite')).toEqual(answer);
  });
});

it('a refusal has the names of the common clients, and stands in the timeline', async () => {
  const sim = simulate(Greet, { workers: 0 });
  const client = pgflowClient(sim) as unknown as Client;
  await client.startFlow('greet', input, run);
  await expect(client.startFlow('greet', input, run)).rejects.toMatchObject({
    name: 'PostgresError',
    code: '23505',
    table_name: 'runs',
    schema_name: 'pgflow',
    constraint_name: 'runs_pkey',
  });
  await expect(client.startFlow('nope', input)).rejects.toMatchObject({ code: '23503', table: 'runs' });
  expect(sim.runs).toHaveLength(1);
  expect(String(sim.timeline).split('\n').slice(1)).toEqual([
    '    +0.000s  run 1 is started once more, which is refused: duplicate key value violates unique constraint "runs_pkey"',
    '    +0.000s  a start is refused: insert or update on table "runs" violates foreign key constraint "runs_flow_slug_fkey"',
  ]);
});

it('a run that was to be started later may be started by a client before, as its id is not taken yet', async () => {
  for (const backend of ['model', 'pglite'] as const) {
    const sim = simulate(Greet, { backend });
    const later = sim.start({ name: 'Bob' }, { run_id: run, after: '1m' });
    await (pgflowClient(sim) as unknown as Client).startFlow('greet', input, run);
    await later.finish();
    expect(later.output).toEqual({ hello: 'Hello, Ada' });
    await sim.advance('2m');
    expect(String(sim.timeline)).toContain('run 1 is started once more, which is refused: duplicate key');
    await sim.close();
  }
});

it('ids that a simulation draws give way to those that a test gives', async () => {
  const sim = simulate(Greet);
  const given = sim.start({ name: 'Ada' }, { run_id: '00000000-0000-4000-8000-000000000002' });
  const [second, third] = [sim.start({ name: 'Bob' }), sim.start({ name: 'Eve' })];
  await sim.finish();
  expect([given, second, third].map(({ number, output }) => [number, output])).toEqual([
    [1, { hello: 'Hello, Ada' }],
    [2, { hello: 'Hello, Bob' }],
    [3, { hello: 'Hello, Eve' }],
  ]);
  expect(sim.step('hello').calls.map(({ run: number }) => number)).toEqual([1, 2, 3]);
});

it('a flow that its database refuses is refused in its words', () => {
  const slug = 'f'.repeat(48);
  expect(() =>
    simulate({ ...Greet, slug, getStepDefinition: Greet.getStepDefinition.bind(Greet) } as never),
  ).toThrow(
    `flow "${slug}" is refused by the database: queue name is too long, maximum length is 47 characters`,
  );
  const once = { slug: 'once', stepOrder: ['a'], options: { timeout: 0 } };
  const flow = { ...once, getStepDefinition: () => ({ slug: 'a', dependencies: [], handler: () => 1 }) };
  expect(() => simulate(flow as never)).toThrow(
    'is refused by the database: new row for relation "flows" violates check constraint "opt_timeout_is_positive"',
  );
});

it('a retry that comes too late for a timestamp is refused on both backends in the same words', async () => {
  const { Flow } = await import('@pgflow/dsl');
  const Slow = new Flow<{ n: number }>({ slug: 'slow', baseDelay: 2 ** 31 - 1 }).step({ slug: 'a' }, () => 1);
  const causes: unknown[] = [];
  for (const backend of ['model', 'pglite'] as const) {
    const sim = simulate(Slow, { backend });
    sim.step('a').throws(new Error('no'));
    causes.push((await sim.start({ n: 1 }).finish()).stuck?.tasks[0]?.cause);
    await sim.close();
  }
  expect(causes).toEqual(Array(2).fill('its failure could not be reported (integer out of range)'));
});

it('a start that is refused says why in the words of its database', async () => {
  const sim = simulate(Squares);
  await expect(sim.start('\0' as never).finish()).rejects.toThrow('unsupported Unicode escape sequence');
  await expect(sim.start(['\ud83e'] as never).finish()).rejects.toThrow('invalid input syntax for type json');
});

it('what was executed with half a character in it can be replayed', async () => {
  const sim = simulate(Greet, { workers: 0 });
  const client = pgflowClient(sim) as unknown as Client;
  await client.startFlow('greet', input, run);
  await client.readMessages('greet', 2, 1);
  await client.startTasks('greet', [1], worker);
  await client.failTask(odd(task), 'Upstream said: 🦁🦁'.slice(0, 16));
  expect(sim.runs[0]?.step('hello').tasks[0]?.error).toBe('Upstream said: \ufffd');
  const directory = await mkdtemp(join(tmpdir(), 'pgtwin-replay-'));
  try {
    const file = join(directory, 'trace.json');
    await writeFile(file, JSON.stringify(sim.trace));
    expect(await replay({ file })).toMatchObject({ verdict: 'agreed', divergence: null });
  } finally {
    await rm(directory, { recursive: true });
  }
});

it('a poll without an end is refused where no message will ever come', async () => {
  const sim = simulate(Greet, { workers: 0 });
  const client = pgflowClient(sim);
  await expect(client.readMessages('greet', 2, 1, odd(null))).rejects.toThrow(
    'readMessages() waits for a message for ever',
  );
  sim.start(input, { after: '1h' });
  expect(await client.readMessages('greet', 2, 1, odd(null))).toHaveLength(1);
  await expect(client.startTasks('greet', odd('{{1}}'), worker)).rejects.toThrow(
    'several dimensions or bounds',
  );
});
