/** Orders that nothing promises, read off tables: these are made by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOf } from '../../../src/harness/dag-cascade/order/index.ts';
import type { TaskRow } from '../../../src/harness/dag-cascade/order/tasks.ts';
import type { FinishRequest } from '../../../src/model/dag-cascade/state.ts';
import { jsonbText } from '../../../src/model/dag-cascade/values.ts';
import type { Jsonb } from '../../../src/model/kernel/jsonb.ts';
import type { Row } from '../../../src/model/kernel/transition.ts';
import { doWork } from '../../support/dag-cascade.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

const dataOf = (node: string, step_arguments: Jsonb = {}, flow_id = 1) => ({ flow_id, node, step_arguments });

/** It is done, and well. */
const task = (task_id: number, task_data: TaskRow['task_data'], more: Partial<TaskRow> = {}): TaskRow => ({
  ...{ task_id, task_data, consumed: 0, processed: 0, finish_status: 'FINISHED', failed: false },
  ...{ source: 'create flow', processing_error: null },
  ...more,
});
const failed = (processing_error: string) =>
  ({ finish_status: 'FAILED', failed: true, processing_error }) as const;
const startedBy = (task_id: number) => ({ source: `node complete (from task_id ${task_id})` });
const isRunning = { processed: null, finish_status: null, failed: null } as const;

const tell = (
  what: string,
  members: readonly string[],
  tasks: readonly TaskRow[],
  others: Readonly<Record<string, readonly Row[]>> = {},
) => {
  const tables = new Map<string, readonly Row[]>(Object.entries(others));
  return orderOf(doWork, tables.set('async.task', tasks as unknown as readonly Row[]))(members, what);
};

describe('the order in which', () => {
  it('tasks were pushed is that of their ids', () => {
    const members = ['b', 'a', 'c'].map((node) => jsonbText(dataOf(node)));
    const tasks = [task(4, dataOf('c')), task(5, dataOf('a')), task(6, dataOf('b'))];
    expect(tell('pushed', members, tasks)).toEqual([members[2], members[1], members[0]]);
  });

  it('groups were pushed is that of their least ids', () => {
    const [doomed, run] = [
      [dataOf('a'), dataOf('d')],
      [dataOf('b'), dataOf('c')],
    ].map((group) => JSON.stringify(group)) as [string, string];
    const tasks = ['b', 'c', 'a', 'd'].map((node, i) => task(i + 1, dataOf(node)));
    expect(tell('groups', [doomed, run], tasks)).toEqual([run, doomed]);
  });

  it('tasks were run is that of their workers, and those that gave theirs back come first', () => {
    const gone = failed('connection "async.worker_1" not available');
    const tasks = [
      task(1, dataOf('a'), isRunning),
      task(2, dataOf('b'), isRunning),
      task(3, dataOf('c'), gone),
    ];
    const workers = [
      { slot: 1, task_id: 2 },
      { slot: 2, task_id: 1 },
    ];
    const others = { 'async.worker': workers };
    expect(tell('run', ['1@1', '2@1'], tasks, others)).toEqual(['2@1', '1@1']);
    expect(tell('run', ['1@1', '2@1', '3@1'], tasks, others)[0]).toBe('3@1');
  });

  it('tasks were canceled is that of the request', () => {
    const request: FinishRequest = {
      ...{ task_ids: [3, 1, 2], status: 'CANCELED', error_message: 'flow cancel', duration: null },
    };
    const tasks = [task(1, dataOf('a')), task(9, request, isRunning)];
    expect(tell('canceled', ['1', '2', '3'], tasks)).toEqual(['3', '1', '2']);
    expect(tell('canceled', ['1', '2'], tasks)).toEqual(['1', '2']);
  });

  it('flows ended is that in which they asked to finish the steps that had started them', () => {
    const asks = (flow_id: number): FinishRequest => ({
      ...{ task_ids: [flow_id], status: 'FINISHED', duration: null },
      error_message: `via finishing of flow ${flow_id}`,
    });
    const tasks = [task(7, asks(3), isRunning), task(8, asks(2), isRunning)];
    expect(tell('flows', ['2', '3'], tasks)).toEqual(['3', '2']);
  });

  it('errors of one instant were looked at begins with the one that was kept', () => {
    const flows = { 'flow.flow': [{ flow_id: 2, first_error: 'bang' }] };
    expect(tell('first error of 2', ['boom', 'bang'], [], flows)).toEqual(['bang', 'boom']);
  });

  it.each([
    ['two failures have the error of the first', { 1: 'boom', 2: 'boom' }, { 1: 'bang', 2: 'boom' }, [2, 1]],
    [
      'one that was OK between two failures parts them',
      { 1: 'boom', 2: null, 3: 'bang' },
      { 1: 'boom', 2: 'OK', 3: 'bang' },
      [1, 2, 3],
    ],
    ['one that was OK has the error that was left', { 1: 'boom', 2: 'boom' }, { 1: 'OK', 2: 'boom' }, [1, 2]],
    [
      'one that was OK has no error where it came last',
      { 1: null, 2: 'boom' },
      { 1: 'OK', 2: 'boom' },
      [2, 1],
    ],
  ])('connections were asked: %s', (_, recorded, outcomes, expected) => {
    const tasks = Object.entries(recorded).map(([id, error]) =>
      task(Number(id), dataOf(`n${id}`), { processing_error: error }),
    );
    const members = Object.entries(outcomes).map(([id, outcome]) => JSON.stringify([Number(id), outcome]));
    const order = tell('reaped', members, tasks).map((member) => JSON.parse(member)[0]);
    // Which one that was OK parts two runs of failures is no matter.
    if (expected.length < 3) expect(order).toEqual(expected);
    else expect([order[0], order[2]].sort()).toEqual([1, 3]);
  });

  it('nodes were finished is that of the tasks that they started', () => {
    const children = [task(4, dataOf('c'), startedBy(2)), task(5, dataOf('d'), startedBy(1))];
    const tasks = [task(1, dataOf('a')), task(2, dataOf('b')), ...children];
    expect(tell('finished after 3', ['1', '2'], tasks)).toEqual(['2', '1']);
    // Those were there before.
    expect(tell('finished after 5', ['1', '2'], tasks)).toEqual(['1', '2']);
  });

  it('a node was finished is before its steps where its words are in their errors, and after them else', () => {
    const words = 'Failed due to failure of node a via no';
    const own = [task(1, dataOf('a'), failed('no')), task(2, dataOf('a', 1), failed(words))];
    expect(tell('finished after 2', ['2', '1'], own)).toEqual(['1', '2']);
  });

  it('steps were finished begins with the one whose words are in the others', () => {
    const words = 'Failed due to failure of node a step 2 via boom';
    const node = task(1, dataOf('a'), { ...isRunning, source: 'step processing' });
    const steps = [task(2, dataOf('a', 1), failed(words)), task(3, dataOf('a', 2), failed('boom'))];
    const open = task(4, dataOf('a', 3), isRunning);
    expect(tell('finished after 4', ['2', '3'], [node, ...steps, open])).toEqual(['3', '2']);
  });
});

describe('an order', () => {
  const error = fc.constantFrom(null, 'boom', 'bang', 'Steps did not complete from boom');
  const row = fc.record({
    node: fc.constantFrom('a', 'b', 'c'),
    step: fc.constantFrom<Jsonb>({}, {}, 1, 2),
    flow_id: fc.nat(1),
    more: fc.record({
      processing_error: error,
      failed: fc.boolean(),
      processed: fc.constantFrom(0, null),
      source: fc.constantFrom('step processing', 'trigger create steps', 'node complete (from task_id 1)'),
    }),
  });
  const whats = ['reaped', 'finished after 0', 'finished after 3', 'canceled', 'steps', 'restarted', 'flows'];

  it('has the members that were asked for, whatever is in the tables', () => {
    forAll(
      fc.record({
        rows: fc.array(row, { maxLength: 8 }),
        ids: fc.uniqueArray(fc.nat(9)),
        what: fc.constantFrom(...whats),
      }),
      500,
      ({ rows, ids, what }) => {
        const tasks = rows.map(({ node, step, flow_id, more }, i) =>
          task(i + 1, dataOf(node, step, flow_id), more),
        );
        const members = ids.map((id) => (what === 'reaped' ? JSON.stringify([id, 'OK']) : String(id)));
        expectSame([...tell(what, members, tasks)].sort(), [...members].sort());
      },
    );
  });

  it('that nobody can tell is left as it was', () => {
    expect(tell('something else', ['2', '1'], [])).toEqual(['2', '1']);
  });
});
