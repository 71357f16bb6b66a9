/** Orders that no table tells are tried in turn; whatever is wrong stays wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyRelease } from '../../../src/harness/contract/engine.ts';
import type { Trace } from '../../../src/harness/contract/trace.ts';
import { otherOrders } from '../../../src/harness/dag-cascade/order/others.ts';
import { dagCascadeUnderTest } from '../../../src/harness/dag-cascade/release.ts';
import type { Answer } from '../../../src/harness/lockstep/answer.ts';
import { ModelSide } from '../../../src/harness/lockstep/model-side.ts';
import type { DagCascadeCommand } from '../../../src/model/dag-cascade/commands.ts';
import type { Row } from '../../../src/model/kernel/transition.ts';
import { forAll } from '../../support/for-all.ts';

const startedAt = Date.UTC(2030, 0, 1);
const asTheyAre = (members: readonly string[]) => members;
const backwards = (members: readonly string[]) => members.toReversed();

const commands: readonly DagCascadeCommand[] = [
  { type: 'configure', _configuration: { targets: [{ target: 't', connection_string: 'here' }] } },
  { type: 'start_orchestrator' },
  {
    type: 'configure_flow',
    _flow_name: 'f',
    _configuration: { nodes: ['a', 'b', 'c'].map((node) => ({ node, target: 't' })) },
  },
  { type: 'create_flow', _flow: 'f' },
];
const trace: Trace<DagCascadeCommand> = {
  ...{ engine: 'dag-cascade', release: '1.0', startedAt: new Date(startedAt).toISOString() },
  commands: commands.map((command) => ({ at: 0, command })),
};

/** What SQL would answer that goes through everything in this order. */
function answers(order: (members: readonly string[]) => readonly string[]): Answer[] {
  let state = dagCascadeUnderTest.machine.initialState;
  return commands.map((command) => {
    const circumstances = { now: startedAt, uuid: '', order };
    const after = dagCascadeUnderTest.machine.transition(state, command, circumstances);
    state = after.state;
    return {
      result: after.result,
      finishedAt: after.finishedAt,
      tables: dagCascadeUnderTest.project(state),
    } as Answer;
  });
}

/** How many differences there are where no table tells an order. */
function differences(answered: readonly Answer[], isTried = true): number {
  const release = {
    ...dagCascadeUnderTest,
    order: () => asTheyAre,
    otherOrders: isTried ? () => otherOrders(asTheyAre) : undefined,
  };
  const side = new ModelSide(release as unknown as AnyRelease, trace as never);
  return answered.reduce(
    (sum, answer, position) => sum + side.compare(answer, position).differences.length,
    0,
  );
}

/** The last answer with another value in a row of a table. */
function tampered(table: string, change: (row: Row) => Row): Answer[] {
  const all = answers(backwards);
  const last = all.at(-1)!;
  const tables = new Map(last.tables);
  const [first, ...rest] = tables.get(table)!;
  tables.set(table, [change(first as Row), ...rest] as never);
  return [...all.slice(0, -1), { ...last, tables } as Answer];
}

describe('an order that nothing tells', () => {
  it('is found where the SQL was free to choose it', () => {
    expect(differences(answers(asTheyAre), false)).toBe(0);
    expect(differences(answers(backwards), false)).toBeGreaterThan(0);
    expect(differences(answers(backwards))).toBe(0);
  });

  it.each([
    ['a priority', 'async.task', (row: Row) => ({ ...row, priority: 1 })],
    ['a task of another node', 'async.task', (row: Row) => ({ ...row, query: 'CALL d()' })],
    ['a number of workers', 'async.concurrency_pool_tracker', (row: Row) => ({ ...row, workers: 1 })],
    ['a run', 'flow.flow', (row: Row) => ({ ...row, processed: startedAt })],
  ])('excuses nothing else: %s', (_, table, change) => {
    expect(differences(tampered(table, change))).toBeGreaterThan(0);
  });

  it('excuses no other result', () => {
    const all = answers(backwards);
    const last = { ...all.at(-1)!, result: { ok: true, rows: [{ flow_id: 2 }] } };
    expect(differences([...all.slice(0, -1), last as unknown as Answer])).toBeGreaterThan(0);
  });
});

it('an order that is tried has the members that were asked for, each as often', () => {
  const asked = fc.array(fc.array(fc.string(), { maxLength: 9 }), { minLength: 1, maxLength: 4 });
  forAll(asked, 100, (questions) => {
    for (const order of otherOrders(asTheyAre)) {
      for (const members of questions) {
        expect([...order(members, 'pushed')].sort()).toEqual([...members].sort());
      }
    }
  });
});
