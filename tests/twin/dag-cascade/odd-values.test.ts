/** Whatever a test hands over, and whatever its routines throw: an error that the documents know, and never one of our own making. */
import { describe, expect, it } from 'vitest';
import { type DagCascade, dagCascade, SimulationError } from '../../../src/harness/dag-cascade/twin/index.ts';
import { DatabaseError } from '../../../src/harness/twin/database-error.ts';
import { oddValues } from '../../support/odd-values.ts';
import { flowOf, nodes } from './flows.ts';

/** Not a word of the language about how we have read it. */
async function expectKnown(act: () => unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    expect(error instanceof SimulationError || error instanceof DatabaseError, String(error)).toBe(true);
    expect((error as Error).message).not.toMatch(
      /undefined \(reading|is not a function|is not iterable|\[object Proxy/,
    );
  }
}

type Use = (dag: DagCascade, value: never) => unknown;

const uses: Readonly<Record<string, Use>> = {
  'the options': (_, value) => dagCascade(value),
  'options.routines': (_, value) => dagCascade({ routines: value }),
  'a routine of the options': (_, value) => dagCascade({ routines: { a: value } }),
  'options.configuration': (_, value) => dagCascade({ configuration: value }),
  'options.startedAt': (_, value) => dagCascade({ startedAt: value }),
  'options.handlerTimeout': (_, value) => dagCascade({ handlerTimeout: value }),
  'configure()': (dag, value) => dag.configure(value),
  'a target': (dag, value) => dag.configure({ targets: [value] }),
  'the name of a target': (dag, value) => dag.configure({ targets: [{ target: value }] }),
  'a flow that is configured': (dag, value) => dag.configureFlow(value, {}),
  'the configuration of a flow': (dag, value) => dag.configureFlow('g', value),
  'the options of configureFlow()': (dag, value) => dag.configureFlow('g', {}, value),
  'the nodes of a flow': (dag, value) => dag.configureFlow('g', { nodes: value }),
  'a node': (dag, value) => dag.configureFlow('g', { nodes: [value] }),
  'the steps of a node': (dag, value) => dag.configureFlow('g', { nodes: [{ node: 'a', steps: value }] }),
  'a step of a node': (dag, value) => dag.configureFlow('g', { nodes: [{ node: 'a', steps: [value] }] }),
  'an interval': (dag, value) => dag.configureFlow('g', { nodes: [{ node: 'a', node_timeout: value }] }),
  'a flow that is created': (dag, value) => dag.createFlow(value),
  'the arguments of a flow': (dag, value) => dag.createFlow('f', value),
  'the options of createFlow()': (dag, value) => dag.createFlow('f', {}, value),
  only_these_nodes: (dag, value) => dag.createFlow('f', {}, { only_these_nodes: value }),
  'one of only_these_nodes': (dag, value) => dag.createFlow('f', {}, { only_these_nodes: [value] }),
  parent_task_id: (dag, value) => dag.createFlow('f', {}, { parent_task_id: value }),
  'steps that are pushed': (dag, value) => dag.pushSteps(1, 'a', value),
  'a step that is pushed': (dag, value) => dag.pushSteps(1, 'a', [value]),
  'a node that steps are pushed to': (dag, value) => dag.pushSteps(1, value, []),
  'a task that is finished': (dag, value) => dag.finish(value),
  'the id of a task': (dag, value) => dag.finish({ task_id: value }),
  'the options of finish()': (dag, value) => dag.finish({ task_id: 1 }, value),
  error_message: (dag, value) => dag.finish({ task_id: 1 }, { error_message: value }),
  'the duration of defer()': (dag, value) => dag.defer({ task_id: 1 }, value),
  'cancel()': (dag, value) => dag.cancel(value),
  'a priority': (dag, value) => dag.setPriority(1, value),
  'the priority of a step': (dag, value) => dag.setStepPriority(1, 1, value),
  'a node that is restarted': (dag, value) => dag.restartFlow(1, value),
  'args()': (dag, value) => dag.args(value),
  'flow()': (dag, value) => dag.flow(value),
  'a node of a flow': (dag, value) => dag.flow(1).node(value),
  'routine()': (dag, value) => dag.routine(value),
  'runs()': (dag, value) => dag.routine('a').runs(value),
  'takes()': (dag, value) => dag.routine('a').takes(value),
  'times()': (dag, value) => dag.routine('a').times(value),
  'on()': (dag, value) => dag.routine('a').on(value),
  'the steps of on()': (dag, value) => dag.routine('a').on({ step_arguments: value }),
  'advance()': (dag, value) => dag.advance(value),
  'the duration of after()': (dag, value) => dag.after(value, () => {}),
};

const routines: Readonly<Record<string, (value: unknown) => () => unknown>> = {
  'returned by a routine': (value) => () => value,
  'resolved by a routine': (value) => async () => value,
  'thrown by a routine': (value) => () => {
    throw value;
  },
  'rejected by a routine': (value) => () => Promise.reject(value),
};

describe.each(Object.entries(oddValues))('%s', (_, make) => {
  it('wherever it is handed over, is taken or refused in words, and leaves a flow that runs', async () => {
    for (const use of Object.values(uses)) {
      const dag = await flowOf(nodes('a'));
      await dag.createFlow('f');
      await expectKnown(() => use(dag, make() as never));
      await expectKnown(() => dag.drain());
      expect(`${dag.timeline}`).toContain('flow 1');
      expect(dag.warnings.every((each) => typeof each === 'string')).toBe(true);
    }
  });

  it.each(Object.entries(routines))('%s, is recorded in words', async (_name, routineOf) => {
    const dag = await flowOf(nodes('a', 'b <? a'), { routines: { a: routineOf(make()) } });
    await dag.createFlow('f');
    await dag.drain();
    expect(dag.flow(1).statuses.b).toBe('FINISHED');
    expect(dag.calls).toHaveLength(2);
    expect(['string', 'undefined']).toContain(typeof dag.calls[0]!.error);
  });
});
