/** What the types promise. */
import { expect, expectTypeOf, it } from 'vitest';
import {
  type CallbackArguments,
  type DagCascade,
  type DagFunctions,
  dagCascade,
  type Flow,
  type Routine,
  type RoutineContext,
  type TaskStatus,
} from '../../../src/harness/dag-cascade/twin/index.ts';

it('a routine may say what it is called with', () => {
  const charge = async (
    call: CallbackArguments<{ order: number }, { item: string }>,
    dag: RoutineContext,
  ) => {
    expectTypeOf(call.flow_arguments.order).toBeNumber();
    expectTypeOf(call.step_arguments.item).toBeString();
    await dag.finish(call);
  };
  const dag = dagCascade({
    routines: {
      charge,
      async other(call, self) {
        expectTypeOf(call.flow_id).toBeNumber();
        expectTypeOf(self.sleep).parameter(0).toExtend<string | number>();
      },
    },
  });
  expectTypeOf(charge).toExtend<Routine>();
  expectTypeOf(dag).toEqualTypeOf<DagCascade>();
  expectTypeOf(dag).toExtend<DagFunctions>();
  expectTypeOf(dag.createFlow).returns.resolves.toBeNumber();
  expectTypeOf(dag.args<{ day: string }>).returns.resolves.toEqualTypeOf<{ day: string } | undefined>();
  expectTypeOf<Flow['processed']>().toEqualTypeOf<Date | null>();
  expectTypeOf<Flow['statuses'][string]>().toEqualTypeOf<TaskStatus | null>();
  expect(dag.flows).toEqual([]);
});

it('what is left out or misspelt does not compile', () => {
  const dag = dagCascade();
  // Never called: they are for the compiler.
  const wrong = () => [
    // @ts-expect-error: a target has a name.
    dag.configure({ targets: [{ connection_string: 'x' }] }),
    // @ts-expect-error: keys are spelt as in SQL.
    dag.configureFlow('f', { nodes: [{ node: 'a', nodeRoutine: 'b' }] }),
    // @ts-expect-error: options are spelt as in SQL.
    dag.createFlow('f', {}, { forcePriority: 1 }),
    // @ts-expect-error: a task is named by its id.
    dag.finish({ flow_id: 1 }),
    // @ts-expect-error: there is no such option.
    dagCascade({ backend: 'pglite' }),
    // @ts-expect-error: there is no such subject.
    dag.routine('a').on({ attempt: 1 }),
  ];
  expect(wrong).toBeTypeOf('function');
});
