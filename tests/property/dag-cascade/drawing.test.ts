/** Pages of the DAG cascade: what is written and coloured for each node, and what waits in which pool. */
import { describe, expect, it } from 'vitest';
import { dagCascadeDrawing } from '../../../src/harness/dag-cascade/drawing.ts';
import type { DagCascadeCommand } from '../../../src/model/dag-cascade/commands.ts';
import {
  configureFlow,
  createFlow,
  doWork,
  ends,
  node,
  play,
  pushSteps,
  release,
  start,
} from '../../support/dag-cascade.ts';

const drawn = (...commands: DagCascadeCommand[]) => {
  const { state, now } = play([...start, ...commands]);
  const tables = release.project(state);
  const [run] = dagCascadeDrawing.runs(tables);
  const nodes = [...run!.nodes].map(([name, { status, note }]) => `${name} ${status}: ${note}`);
  const waiting = dagCascadeDrawing
    .queues(tables)
    .flatMap(({ name, messages }) =>
      messages.map(({ label, visibleAt }) => `${name}: ${label} in ${visibleAt - now} ms`),
    );
  return { run: run!.status, nodes, waiting };
};

const flow = configureFlow(node('a'), node('b', ['a']));
const begun = [flow, createFlow, doWork];
const hour = 3_600_000;

describe('a node is drawn', () => {
  it.each<[string, DagCascadeCommand[], string[]]>([
    ['ready, and what it leads to created', [flow, createFlow], ['a created: ready', 'b created: ']],
    ['running', begun, ['a started: running', 'b created: ']],
    ['finished', [...begun, ends(1), doWork], ['a completed: finished', 'b started: running']],
    [
      'failed, with its error',
      [...begun, ends(1, 'boom'), doWork],
      ['a failed: failed, boom', 'b skipped: '],
    ],
    [
      'doomed, where it goes on below',
      [
        configureFlow(node('a'), node('b', ['a']), node('c', ['b?'])),
        ...[createFlow, doWork, ends(1, 'boom'), doWork],
      ],
      ['a failed: failed, boom', 'b failed: doa', 'c started: running'],
    ],
    [
      'waiting for its steps, with their number',
      [...begun, pushSteps('a', 1, 2), ends(1), doWork],
      ['a started: waits for its steps, 0/2 steps done', 'b created: '],
    ],
    [
      'deferred',
      [...begun, { type: 'defer', task_id: 1, _duration: '00:00:10' }],
      ['a created: deferred', 'b created: '],
    ],
    [
      'presumed failed',
      [...begun, { type: 'start_orchestrator' }],
      ['a failed: presumed failed, presumed failed due to async startup', 'b skipped: '],
    ],
    [
      'canceled',
      [...begun, { type: 'cancel', _flow_id: 1 }],
      ['a failed: canceled, flow cancel', 'b skipped: '],
    ],
  ])('%s', (_, commands, nodes) => {
    expect(drawn(...commands).nodes).toEqual(nodes);
  });
});

it('a run is drawn as it ended', () => {
  expect(drawn(...begun).run).toBe('started');
  expect(drawn(...begun, ends(1, 'boom'), doWork).run).toBe('failed');
  expect(drawn(...begun, ends(1), doWork, ends(2), doWork).run).toBe('completed');
});

it('what runs is not to be taken before its time is up, nor what is deferred before it may run', () => {
  expect(drawn(flow, createFlow).waiting).toEqual(['t: flow 1 node a in 0 ms']);
  expect(drawn(...begun).waiting).toEqual([`t: flow 1 node a in ${hour} ms`]);
  expect(drawn(...begun, { type: 'defer', task_id: 1, _duration: '00:00:10' }).waiting).toEqual([
    't: flow 1 node a in 10000 ms',
  ]);
});
