/** What a test hands over that cannot be, and what the database refuses. */
import { describe, expect, it } from 'vitest';
import {
  type DagCascade,
  dagCascade,
  PostgresError,
  SimulationError,
} from '../../../src/harness/dag-cascade/twin/index.ts';
import { flowOf, nodes, targets } from './flows.ts';

describe('a SimulationError names what cannot be, and what was expected, of', () => {
  it.each<[string, object, string]>([
    [
      'an option',
      { routine: {} },
      'options.routine is not an option: expected one of routines, configuration',
    ],
    ['a routine', { routines: { a: 1 } }, 'options.routines.a is 1: expected a function'],
    ['the routines', { routines: [] }, 'options.routines is []: expected an object'],
    ['the beginning', { startedAt: '2030' }, 'options.startedAt is "2030": expected a Date'],
    ['a timeout', { handlerTimeout: 0 }, 'options.handlerTimeout is 0: expected a whole number'],
    ['the configuration', { configuration: 7 }, 'options.configuration is 7: expected an object'],
    [
      'a key of it',
      { configuration: { target: [] } },
      'options.configuration.target is not an option: expected one of control, targets, concurrency_pools',
    ],
    [
      'a key of the control',
      { configuration: { control: { idle_sleep: '1 second' } } },
      'options.configuration.control.idle_sleep is not an option: expected one of workers,',
    ],
    [
      'a target',
      { configuration: { targets: [{ target: 'a', max_concurrency: 1.5 }] } },
      'options.configuration.targets[0].max_concurrency is 1.5: expected a whole number',
    ],
  ])('%s', (_, options, message) => {
    expect(() => dagCascade(options)).toThrow(SimulationError);
    expect(() => dagCascade(options)).toThrow(message);
  });

  const node = { node: 'a', target: 'here' };
  const configure = (more: object) => (dag: DagCascade) =>
    dag.configureFlow('g', { nodes: [{ ...node, ...more }] });
  it.each<[string, (dag: DagCascade) => unknown, string]>([
    [
      'a node',
      configure({ targets: 'x' }),
      'nodes[0].targets is not an option: expected one of node, target,',
    ],
    [
      'an interval',
      configure({ node_timeout: '1 month' }),
      `nodes[0].node_timeout is "1 month": expected an interval such as '5 minutes'`,
    ],
    ['milliseconds', configure({ step_timeout: 500 }), 'step_timeout is 500: expected an interval'],
    ['a flag', configure({ empty: 'yes' }), 'empty is "yes": expected true or false'],
    ['a parent', configure({ dependencies: ['b'] }), 'dependencies[0] is "b": expected an object'],
    [
      'the name of a flow',
      (dag) => dag.configureFlow(7 as never, {}),
      'the flow of configureFlow() is 7: expected a text',
    ],
    [
      'append',
      (dag) => dag.configureFlow('g', {}, { append: 1 } as never),
      'append of configureFlow() is 1: expected true or false',
    ],
    [
      'a cycle',
      (dag) => {
        const a: unknown[] = [];
        a.push(a);
        return dag.createFlow('f', a);
      },
      'flow_arguments of createFlow() is ["a cycle"]: expected JSON (Converting circular',
    ],
    [
      'an option',
      (dag) => dag.createFlow('f', {}, { priority: 1 } as never),
      'createFlow() has no option "priority": expected one of only_these_nodes, parent_task_id, force_priority',
    ],
    [
      'nodes',
      (dag) => dag.createFlow('f', {}, { only_these_nodes: 'a' } as never),
      'only_these_nodes of createFlow() is "a": expected a list',
    ],
    [
      'a priority',
      (dag) => dag.createFlow('f', {}, { force_priority: 2 ** 31 }),
      'force_priority of createFlow() is 2147483648',
    ],
    [
      'steps',
      (dag) => dag.pushSteps(1, 'a', { n: 1 } as never),
      'step_arguments of pushSteps() is {"n":1}: expected a list',
    ],
    [
      'a step',
      (dag) => dag.pushSteps(1, 'a', [null]),
      'step_arguments[0] of pushSteps() is null: expected JSON, and not null',
    ],
    ['an id', (dag) => dag.cancel('1' as never), 'the flow_id of cancel() is "1": expected an id'],
    ['a task', (dag) => dag.finish(1 as never), 'the task of finish() is 1: expected { task_id }'],
    [
      'a task without id',
      (dag) => dag.defer({} as never, '1m'),
      'task_id of defer() is undefined: expected an id',
    ],
    [
      'a duration',
      (dag) => dag.defer({ task_id: 1 }, '1 day' as never),
      'the duration of defer() is "1 day": expected milliseconds',
    ],
    ['a duration', (dag) => dag.advance(-1), 'the duration of advance() is -1: expected milliseconds'],
    [
      'a condition',
      (dag) => dag.runUntil(true as never),
      'the condition of runUntil() is true: expected a function',
    ],
    ['a flow', async (dag) => dag.flow(7), 'there is no flow 7 (there is none)'],
    ['a routine', async (dag) => dag.routine(7 as never), 'the name of routine() is 7: expected a text'],
    [
      'a replacement',
      async (dag) => dag.routine('a').runs('b' as never),
      'runs() was given "b": expected a function',
    ],
    ['a count', async (dag) => dag.routine('a').times(0), 'the count of times() is 0'],
    [
      'a subject',
      async (dag) => dag.routine('a').on({ attempt: 1 } as never),
      'on() was given "attempt": expected call, flow_id, node, task_id or step_arguments',
    ],
    ['a call', async (dag) => dag.routine('a').on({ call: 0 }), 'call of on() is 0'],
  ])('%s (%#)', async (_, act, message) => {
    const dag = await flowOf(nodes('a'));
    const acting = Promise.resolve(act(dag));
    await expect(acting).rejects.toThrow(SimulationError);
    await expect(acting).rejects.toThrow(message);
    expect(dag.trace.commands).toHaveLength(3);
  });
});

describe('a PostgresError has the words of the database:', () => {
  it.each<[string, (dag: DagCascade) => Promise<unknown>, object]>([
    [
      'a flow that is not configured',
      (dag) => dag.createFlow('g'),
      { code: 'P0001', message: 'Missing flow configuration g' },
    ],
    [
      'a parent task that is not there',
      (dag) => dag.createFlow('f', null, { parent_task_id: 7 }),
      {
        code: '23503',
        table: 'flow',
        schema: 'flow',
        constraint: 'flow_parent_task_id_fkey',
        message:
          'insert or update on table "flow" violates foreign key constraint "flow_parent_task_id_fkey"',
      },
    ],
    [
      'a target that is not there',
      (dag) => dag.configureFlow('g', { nodes: [{ node: 'b', target: 'nowhere' }] }),
      { code: '23503', table: 'node', constraint: 'node_target_fkey' },
    ],
    [
      'a parent that is not there',
      (dag) => dag.configureFlow('g', { nodes: nodes('b < nowhere') }),
      {
        code: '23503',
        table: 'dependency_configuration',
        constraint: 'dependency_configuration_parent_fkey',
      },
    ],
    [
      'a name that cannot be',
      (dag) => dag.configureFlow('g', { nodes: [{ node: 'B' }] }),
      {
        code: '23514',
        table: 'node',
        message: 'new row for relation "node" violates check constraint "node_node_check"',
      },
    ],
    [
      'a priority out of range',
      (dag) => dag.setPriority(1, 100),
      {
        code: '23514',
        message: 'value for domain flow.flow_priority_t violates check constraint "flow_priority_t_check"',
      },
    ],
    [
      'a flow that is open',
      (dag) => dag.restartFlow(1),
      { code: 'P0001', message: 'Flow 1 does not exist or is not finished' },
    ],
    [
      'the same step twice',
      (dag) => dag.pushSteps(1, 'a', [{ n: 1 }, { n: 1 }]),
      {
        code: '23505',
        schema: 'async',
        table: 'task',
        message: 'duplicate key value violates unique constraint "task_flow_idx"',
      },
    ],
    [
      'the same target twice',
      (dag) => dag.configure({ targets: [...targets, ...targets] }),
      { code: '21000', message: 'ON CONFLICT DO UPDATE command cannot affect row a second time' },
    ],
    [
      'NUL in JSON',
      (dag) => dag.createFlow('f', { a: '\0' }),
      { code: '22P05', message: 'unsupported Unicode escape sequence' },
    ],
    ['half a character in JSON', (dag) => dag.pushSteps(1, 'a', ['\ud800']), { code: '22P02' }],
    ['NUL in a text', (dag) => dag.pushSteps(1, '\0', []), { code: '22021' }],
  ])('%s', async (_, act, expected) => {
    const dag = await flowOf(nodes('a'));
    await dag.createFlow('f');
    const before = dag.tasks;
    const acting = act(dag);
    await expect(acting).rejects.toThrow(PostgresError);
    await expect(acting).rejects.toMatchObject(expected);
    expect(dag.tasks).toEqual(before);
    expect(dag.timeline.at(-1)).toMatchObject({
      what: 'refused',
      text: expect.stringContaining('is refused: '),
    });
    await dag.drain();
    expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED' });
  });
});

it('an interval may be written as people do', async () => {
  const times = ['90 seconds', '1.5 minutes', '00:01:30', '1m 30s', '90000 ms', ' 1 min 30 sec ', '90s'];
  const dag = await flowOf(
    times.map((node_timeout, i) => ({ node: `n${i}`, target: 'far', routine: '', node_timeout })),
  );
  await dag.createFlow('f');
  await dag.drain();
  expect(new Set(dag.tasks.map(({ times_up }) => times_up?.getTime()))).toEqual(
    new Set([Date.UTC(2030, 0, 1, 0, 1, 30)]),
  );
  expect(dag.tasks).toHaveLength(times.length);
});

it.each([
  ['2:00', 7_200_000],
  ['36:00:00.5', 129_600_500],
  ['1 day 12 hours', 129_600_000],
  ['2 weeks', 1_209_600_000],
])('of the interval %s', async (node_timeout, ms) => {
  const dag = await flowOf([{ node: 'a', target: 'far', routine: '', node_timeout }]);
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.elapsedMs).toBe(ms + 1);
});

it.each(['', '-1 hour', '1', 'an hour', '1 hour and 1 minute', '00:61:00', '200 years', 'infinity'])(
  'but not %j',
  async (node_timeout) => {
    await expect(flowOf([{ node: 'a', target: 'far', node_timeout }])).rejects.toThrow(
      'expected an interval',
    );
  },
);

it('values that JSON changes are warned of', async () => {
  const dag = await flowOf(nodes('a'));
  await dag.createFlow('f', { at: new Date(0), no: undefined });
  await dag.pushSteps(1, 'a', [{ n: Number.NaN }]);
  expect(dag.warnings).toEqual([
    'flow_arguments of createFlow(): $.at: a Date became a string',
    'flow_arguments of createFlow(): $.no: undefined was left out',
    'step_arguments[0] of pushSteps(): $.n: NaN became null',
  ]);
  expect(dag.flow(1).arguments).toEqual({ at: '1970-01-01T00:00:00.000Z' });
});

it('a node that a flow does not have is told, with those that it has', async () => {
  const dag = await flowOf(nodes('a', 'b'));
  await dag.createFlow('f');
  expect(() => dag.flow(1).node('c')).toThrow('flow 1 (f) has no node "c": known: a, b');
  expect(() => dag.flow(2)).toThrow('there is no flow 2 (known: 1)');
});
