/** The laws that every engine has, and those of flows; each of them notices a transition that breaks it. */
import { describe, expect, it } from 'vitest';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import type { FlowTask } from '../../../src/model/dag-cascade/draft.ts';
import type { DagCascadeState, Task } from '../../../src/model/dag-cascade/state.ts';
import { isOfNode, release, type Step, stepsOf, tasksIn, withTask } from '../../support/dag-cascade.ts';
import { laws } from '../../support/dag-cascade-laws.ts';
import { arbitraryPlan, runToEnd } from '../../support/dag-cascade-runs.ts';
import { Tally } from '../../support/event-store.ts';
import { forAll, seed } from '../../support/for-all.ts';
import { testLaws } from '../../support/laws.ts';
import { follow } from '../../support/play.ts';
import { alongTracesOf } from '../../support/traces.ts';

const alongTraces = alongTracesOf(release);

testLaws(release, alongTraces, new Set());

describe('along every trace', () => {
  it.each(Object.entries(laws))('%s', (_, { law, meets: [least, ...what] }) => {
    const tally = new Tally();
    alongTraces((steps) => law(steps, tally));
    // Of these, far more get to their end.
    forAll(arbitraryPlan, 150, (plan) => law(runToEnd(plan).steps, tally));
    tally.expect(least, ...what);
  });
});

/** A fault in one transition: the state that it leaves behind, given what it should be. */
type Fault = (should: DagCascadeState, step: Pick<Step, 'before' | 'command'>) => DagCascadeState;

const isNew =
  ({ before }: Pick<Step, 'before'>) =>
  ({ task_id }: Task) =>
    !before.tasks.get(task_id);

const changed = (state: DagCascadeState, task: FlowTask | undefined, to: Partial<Task>) =>
  task ? withTask(state, { ...task, ...to }) : state;

/** By the title of its law. */
const faults: Readonly<Record<string, Fault>> = {
  'there is at most one task for a flow, a node and arguments': (should, { command }) => {
    const [first] = tasksIn(should);
    if (command.type !== 'push_steps' || !first) return should;
    return { ...withTask(should, { ...first, task_id: should.lastTask + 1 }), lastTask: should.lastTask + 1 };
  },
  'a node is started when all its parents are done': (should, step) => {
    const isChild = ({ source }: Task) => source?.startsWith('node complete') === true;
    const child = tasksIn(should).filter(isNew(step)).find(isChild);
    const parent = child && should.tasks.get(Number(/\d+/.exec(child.source!)));
    return parent ? withTask(should, { ...parent, processed: null }) : should;
  },
  'a node is dead on arrival where a parent has failed whose failure matters, and nowhere else': (
    should,
    step,
  ) => {
    const doomed = tasksIn(should)
      .filter(isNew(step))
      .find(({ finish_status }) => finish_status === 'DOA');
    return changed(should, doomed, { finish_status: null, processed: null, consumed: null, failed: null });
  },
  'a node is finished after its steps': (should, { command }) => {
    if (command.type !== 'do_work') return should;
    const waits = (task: FlowTask) => task.yielded !== null && stepsOf(should, task).some(isOpen);
    const node = tasksIn(should).filter(isOfNode).find(waits);
    return changed(should, node, { finish_status: 'FINISHED', processed: 1, yielded: null });
  },
  'what is done stays done': (should, { command }) =>
    command.type === 'async_loop'
      ? changed(
          should,
          tasksIn(should).find((task) => !isOpen(task)),
          { processed: null },
        )
      : should,
  'a pool has as many workers as tasks that count in it, and never too many': (should, { command }) => {
    const [tracker] = [...should.trackers.values()];
    if (command.type !== 'finish' || !tracker) return should;
    const fewer = { ...tracker, workers: tracker.workers - 1 };
    return { ...should, trackers: should.trackers.set(tracker.concurrency_pool, fewer) };
  },
};

const isOpen = ({ processed }: Task) => processed === null;

describe('a fault in the model is noticed by the law that', () => {
  it('each law has one', () => expect(Object.keys(faults)).toEqual(Object.keys(laws)));

  it.each(Object.entries(faults))('%s', (title, fault) => {
    const { transition } = release.machine;
    const faulty = {
      ...release,
      machine: {
        ...release.machine,
        transition: (...[before, command, circumstances]: Parameters<typeof transition>) => {
          const outcome = transition(before, command, circumstances);
          return { ...outcome, state: fault(outcome.state, { before, command }) };
        },
      },
    };
    const isBroken = (index: number) => {
      const trace = generateTrace(release, { seed, index, maxCommands: 60 });
      try {
        laws[title]!.law(follow(faulty, trace), new Tally());
        return false;
      } catch {
        return true;
      }
    };
    expect(Array.from({ length: 60 }, (_, index) => index).some(isBroken)).toBe(true);
  });
});
