/** What errors of the twin say: the words of Postgres, or what was expected and what to do. */
import { expect, it } from 'vitest';
import { type DagCascade, SimulationError } from '../../../src/harness/dag-cascade/twin/index.ts';
import { flowOf, nodes } from './flows.ts';

it('a routine for pools that is not there is named as Postgres does', async () => {
  const dag = await flowOf(nodes('a'));
  await dag.configureFlow('g', { concurrency_group_routine: 'my_pool', nodes: nodes('b') });
  await expect(dag.createFlow('g')).rejects.toMatchObject({
    code: '42883',
    message: 'function my_pool(integer, unknown) does not exist',
  });
});

it.each(['a((b', 'a((1, b', "a'((", 'my.routine', 'a\n((b', 'a\\b'])(
  'a routine %j that is missing is named as a whole',
  async (routine) => {
    const dag = await flowOf(nodes('a'));
    await dag.configureFlow("it's", { nodes: [{ node: 'b', target: 'here', routine }] });
    await dag.createFlow("it's");
    await expect(dag.drain()).rejects.toThrow(`node b of flow 1 calls the routine "${routine}"`);
  },
);

it.each<[string, (dag: DagCascade) => unknown, string]>([
  [
    'an option with the name of the parameter',
    (dag) => dag.configureFlow('g', {}, { _append: true } as never),
    'configureFlow() has no option "_append": expected append',
  ],
  [
    'one of several',
    (dag) => dag.createFlow('f', {}, { _force_priority: 1 } as never),
    'createFlow() has no option "_force_priority": expected force_priority',
  ],
  [
    'another option',
    (dag) => dag.finish({ task_id: 1 }, { error: 'x' } as never),
    'finish() has no option "error": expected one of failed, error_message',
  ],
  [
    'options',
    (dag) => dag.configureFlow('g', {}, 1 as never),
    'options of configureFlow() is 1: expected an object',
  ],
  ['a task', (dag) => dag.finish(null as never), 'the task of finish() is null: expected { task_id }'],
  [
    'a BigInt',
    (dag) => dag.createFlow('f', { n: [1n] }),
    'flow_arguments of createFlow() is {"n":["1n"]}: expected JSON (Do not know how to serialize a BigInt)',
  ],
  [
    'a cycle beside what is there twice',
    (dag) => {
      const twice = { n: 1 };
      const given: Record<string, unknown> = { a: twice, b: twice };
      given.c = [given];
      return dag.createFlow('f', given);
    },
    'flow_arguments of createFlow() is {"a":{"n":1},"b":{"n":1},"c":["a cycle"]}: expected JSON (Converting',
  ],
  [
    'an object that becomes nothing',
    (dag) => dag.createFlow('f', { toJSON() {} }),
    'flow_arguments of createFlow() is an object: expected JSON (its toJSON() returns nothing)',
  ],
  [
    'a function',
    (dag) => dag.pushSteps(1, 'a', [() => 1]),
    'step_arguments[0] of pushSteps() is a function: expected JSON',
  ],
  [
    'a node',
    (dag) => dag.createFlow('f', {}, { only_these_nodes: ['a', 1 as never] }),
    'only_these_nodes[1] of createFlow() is 1: expected a text',
  ],
  [
    'a function as the subject of a rule',
    async (dag) => dag.routine('a').on({ step_arguments: () => 1 }),
    'step_arguments of on() is the function step_arguments: expected JSON',
  ],
])('an error tells what was expected: %s', async (_, act, message) => {
  const dag = await flowOf(nodes('a'));
  const acting = Promise.resolve(act(dag));
  await expect(acting).rejects.toThrow(SimulationError);
  await expect(acting).rejects.toThrow(message);
  await expect(acting).rejects.not.toThrow(/Buffer|\[object/);
});
