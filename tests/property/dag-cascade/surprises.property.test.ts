/** The surprises because of which a law has an exception, and others that nothing documents: each by hand. */
import { describe, expect, it } from 'vitest';
import type { DagCascadeCommand } from '../../../src/model/dag-cascade/commands.ts';
import {
  configureFlow,
  createFlow,
  doWork,
  ends,
  finish,
  node,
  nodeTask,
  play,
  pushSteps,
  start,
} from '../../support/dag-cascade.ts';
import { refusalOf } from '../../support/play.ts';

const elsewhere = (command: DagCascadeCommand) => ({ ...command, from: 'elsewhere' }) as DagCascadeCommand;
const defer = (task_id: number, _duration = '00:00:00'): DagCascadeCommand => ({
  ...{ type: 'defer', task_id, _duration },
});

/** How each task is, by its id. */
function statusesAfter(...commands: readonly DagCascadeCommand[]) {
  const { state } = play([...start, ...commands]);
  const all = state.tasks.values().map((task) => {
    const { processed, yielded, consumed, finish_status } = task;
    const open = yielded !== null ? 'yielded' : consumed === null ? 'ready' : 'running';
    return processed === null ? open : (finish_status ?? 'done');
  });
  return all.join(' ');
}

const one = [configureFlow(node('a', [], { steps: [1] }), node('b', ['a'])), createFlow, doWork];
const waiting = [...one, ends(1), doWork];

describe('a node is finished before its steps', () => {
  it('where somebody finishes it by name', () => {
    expect(statusesAfter(...waiting)).toBe('yielded running');
    expect(statusesAfter(...waiting, finish(1))).toBe('FINISHED running ready');
  });

  it('where it was deferred while they ran', () => {
    const again = [defer(1), doWork, ends(1), doWork];
    expect(statusesAfter(...waiting, ...again)).toBe('FINISHED running running');
  });

  it('where it was left out', () => {
    const leftOut = { ...createFlow, _only_these_nodes: ['b'] } as DagCascadeCommand;
    const nodes = configureFlow(node('a'), node('b', ['a']));
    expect(statusesAfter(nodes, leftOut)).toBe('FINISHED ready');
    const late = configureFlow(node('z'), node('a', ['z']), node('b', ['a']));
    expect(statusesAfter(late, leftOut, pushSteps('b', 1))).toBe('FINISHED FINISHED ready ready');
    const left = { ...createFlow, _only_these_nodes: ['z'] } as DagCascadeCommand;
    const before = [late, left, pushSteps('a', 1), doWork, ends(1), doWork];
    expect(statusesAfter(...before)).toBe('FINISHED running FINISHED FINISHED');
  });
});

describe('what is done is open again', () => {
  it('where it is deferred, though its children run', () => {
    const nodes = [configureFlow(node('a'), node('b', ['a'])), createFlow, doWork, ends(1), doWork];
    expect(statusesAfter(...nodes, defer(1))).toBe('ready running');
  });

  it('where it is an empty node that got steps since, and is finished once more', () => {
    const nodes = [configureFlow(node('a', [], { empty: true })), createFlow, pushSteps('a', 1)];
    expect(statusesAfter(...nodes)).toBe('FINISHED ready');
    expect(statusesAfter(...nodes, finish(1))).toBe('yielded ready');
    // What has run is not asked for its steps any more.
    const ran = [configureFlow(node('a')), createFlow, doWork, finish(1), pushSteps('a', 1)];
    expect(statusesAfter(...ran, finish(1))).toBe('FINISHED ready');
  });

  it('where its flow is restarted', () => {
    const restart: DagCascadeCommand = { type: 'restart_flow', _flow_id: 1, _node: 'a' };
    const nodes = [configureFlow(node('a')), createFlow, doWork, ends(1), doWork];
    expect(statusesAfter(...nodes, restart)).toBe('ready');
  });
});

it('of two requests in one round, the first starts the children, and the second fails their parent', () => {
  const nodes = [configureFlow(node('a', [], { target: 'u' }), node('b', ['a'])), createFlow, doWork];
  const twice = [elsewhere(finish(1, true)), elsewhere(finish(1)), doWork];
  expect(statusesAfter(...nodes, ends(1), doWork, ...twice)).toBe('FAILED done done running');
});

it('a request to finish something is a task, and can be finished itself', () => {
  const nodes = [configureFlow(node('a')), createFlow, doWork, elsewhere(finish(1))];
  expect(statusesAfter(...nodes)).toBe('running ready');
  expect(statusesAfter(...nodes, finish(2, true))).toBe('running FAILED');
  expect(statusesAfter(...nodes, finish(2, true), doWork)).toBe('running FAILED');
});

it('a child is doomed or never reached, depending on which of its parents is done last', () => {
  const nodes = [configureFlow(node('a'), node('b'), node('c', ['a', 'b?'])), createFlow, doWork];
  const failsFirst = play([...start, ...nodes, ends(1, 'boom'), doWork, ends(2), doWork]);
  expect(nodeTask(failsFirst.state, 1, 'c')?.finish_status).toBe('DOA');
  const failsLast = play([...start, ...nodes, ends(2), doWork, ends(1, 'boom'), doWork]);
  expect(nodeTask(failsLast.state, 1, 'c')).toBeUndefined();
});

it('before there is an orchestrator, to finish a task is a request, which it finds when it has started', () => {
  const script = [start[0]!, configureFlow(node('a')), createFlow, finish(1), doWork, start[1]!];
  const { results, state } = play(script);
  const refusals = results.map((result) => refusalOf(result)?.[0]);
  expect(refusals).toEqual([...Array(4).fill(undefined), 'P0001', undefined]);
  expect(state.tasks.get(2)!.processed).toBeNull();
});
