/** Random flows with two runs, whose routines all end: they take a while, fail, push steps, and put themselves off. */
import fc from 'fast-check';
import {
  type CallbackArguments,
  type DagCascade,
  dagCascade,
  type RoutineContext,
} from '../../../src/harness/dag-cascade/twin/index.ts';

export interface Drawn {
  readonly isFar: boolean;
  readonly isEmpty: boolean;
  readonly isLenient: boolean;
  readonly seconds: number;
  readonly fails: boolean;
  readonly finishes: boolean;
  readonly defers: boolean;
  readonly steps: number;
  readonly pushes: number;
  /** Of each earlier node. */
  readonly parents: readonly ('none' | 'hard' | 'soft')[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  isFar: fc.boolean(),
  isEmpty: fc.nat(9).map((n) => n === 0),
  isLenient: fc.boolean(),
  seconds: fc.nat(3),
  fails: fc.nat(3).map((n) => n === 0),
  finishes: fc.boolean(),
  defers: fc.nat(3).map((n) => n === 0),
  steps: fc.nat(3),
  pushes: fc.nat(2),
  parents: fc.array(fc.constantFrom('none', 'none', 'hard', 'soft'), { minLength: 5, maxLength: 5 }),
});

/** The nodes, and when the second run is canceled. */
export const arbitraryRuns: fc.Arbitrary<[Drawn[], number | undefined]> = fc.tuple(
  fc.array(drawn, { minLength: 1, maxLength: 6 }),
  fc.option(fc.nat(8), { nil: undefined, freq: 2 }),
);

/** How many tasks of a target run at a time. */
export const room = 2;
export const nameOf = (i: number) => `n${i}`;

/** The second run is canceled after so many seconds, if any. */
export async function play(list: readonly Drawn[], cancelAt: number | undefined): Promise<DagCascade> {
  const dag = dagCascade({
    configuration: {
      targets: [
        { target: 'here', connection_string: 'x', max_concurrency: room },
        { target: 'far', connection_string: 'x', asynchronous_finish: true, max_concurrency: room },
      ],
    },
    routines: Object.fromEntries(
      list.map((each, i) => [
        nameOf(i),
        (call: CallbackArguments, self: RoutineContext) => routineOf(each, call, self),
      ]),
    ),
  });
  await dag.configureFlow('f', {
    nodes: list.map(({ isFar, isEmpty, isLenient, steps, parents }, i) => ({
      node: nameOf(i),
      target: isFar ? 'far' : 'here',
      empty: isEmpty,
      all_steps_must_complete: !isLenient,
      steps: Array.from({ length: steps }, (_, n) => ({ n })),
      dependencies: parents
        .slice(0, i)
        .flatMap((kind, parent) =>
          kind === 'none' ? [] : [{ parent: nameOf(parent), continue_on_failure: kind === 'soft' }],
        ),
    })),
  });
  await dag.createFlow('f');
  await dag.createFlow('f', { n: 1 }, { force_priority: -1 });
  if (cancelAt !== undefined) dag.after(cancelAt * 1000, () => dag.cancel(2));
  await dag.drain();
  return dag;
}

async function routineOf(each: Drawn, call: CallbackArguments, self: RoutineContext) {
  const isNode = call.step_arguments.n === undefined;
  if (each.seconds > 0) await self.sleep(each.seconds * 1000);
  if (isNode && each.pushes > 0) {
    await self.pushSteps(
      call.flow_id,
      call.node,
      Array.from({ length: each.pushes }, (_, n) => ({ n: n + 10 })),
    );
  }
  if (isNode && each.defers && self.call === 1) return self.defer(call, '10s');
  if (each.fails && call.flow_id === 1) throw new Error(`${call.node} has failed`);
  if (each.isFar && each.finishes) await self.finish(call);
}
