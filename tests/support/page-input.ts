/** Pages to try: a trace on the model, and in the place of the SQL the same with a fault that is planted at the end. */

import type { Observation } from '../../src/harness/contract/observation.ts';
import type { TraceEntry } from '../../src/harness/contract/trace.ts';
import { compareObservations } from '../../src/harness/lockstep/comparison.ts';
import { pgflow081UnderTest } from '../../src/harness/pgflow/0.8.1/release.ts';
import { uuidAt } from '../../src/harness/pgflow/shared/run-ids.ts';
import { pageDifference } from '../../src/harness/report/html/page-difference.ts';
import type { PageInput, PageMoment } from '../../src/harness/report/html/page-input.ts';
import type { Row } from '../../src/model/kernel/transition.ts';
import type { PgflowCommand } from '../../src/model/pgflow/0.8.1/commands.ts';

const { machine, project, comparison, drawing } = pgflow081UnderTest;
export const startedAt = Date.UTC(2030, 0, 1);
export const runOne = '00000000-0000-4000-8000-000000000001';

export type Entries = readonly TraceEntry<PgflowCommand>[];

/** What the other side has in place of a row; null takes the row away. */
export type Fault = (table: string, row: Row) => Row | null;

/** One side where there is no fault to plant. */
export function pageInput(entries: Entries, fault?: Fault): PageInput {
  const moments: PageMoment[] = [];
  let state = machine.initialState;
  let now = startedAt;
  for (const [position, { at, command }] of entries.entries()) {
    const begun = Math.max(startedAt + at, now);
    const uuid = uuidAt(entries, position);
    const transition = machine.transition(state, command, { now: begun, uuid });
    state = transition.state;
    now = transition.finishedAt;
    const tables = project(state);
    const model = { result: transition.result, finishedAt: now, tables };
    const isLast = position === entries.length - 1;
    const other = fault && { ...model, tables: isLast ? planted(tables, fault) : tables };
    moments.push({
      at: begun,
      sql: machine.describe(command),
      branches: transition.reached,
      sides: other ? [model, other] : [model],
      differences: other ? differencesOf(tables, other.tables) : [],
    });
  }
  return {
    title: fault ? 'The SQL differs from the model.' : 'A simulation',
    tone: fault ? 'bad' : 'plain',
    facts: [['pgflow', '0.8.1']],
    remarks: [],
    replay: fault ? 'npx pgtwin replay trace.json' : null,
    startedAt,
    sides: fault ? ['model', 'SQL'] : ['model'],
    key: comparison.key,
    initial: project(machine.initialState),
    drawing,
    moments,
  };
}

function planted(tables: Observation, fault: Fault): Observation {
  return new Map(
    [...tables].map(
      ([table, rows]) =>
        [
          table,
          rows.flatMap((row): Row[] => {
            const other = fault(table, row);
            return other === null ? [] : [other];
          }),
        ] as const,
    ),
  );
}

function differencesOf(model: Observation, sql: Observation): PageMoment['differences'] {
  return compareObservations(model, sql, comparison).map(({ where, row, model: one, sql: other }) =>
    pageDifference({ where, row, values: [one, other] }, drawing, startedAt),
  );
}

/** Two steps, one after the other, of which the first is done. */
export const twoSteps: Entries = [
  { at: 0, command: { type: 'create_flow', flow_slug: 'greet', max_attempts: 2 } },
  { at: 0, command: { type: 'add_step', flow_slug: 'greet', step_slug: 'hello' } },
  { at: 0, command: { type: 'add_step', flow_slug: 'greet', step_slug: 'world', deps_slugs: ['hello'] } },
  { at: 10, command: { type: 'start_flow', flow_slug: 'greet', input: { name: '</script><b>Ada' } } },
  { at: 20, command: { type: 'start_flow', flow_slug: 'nobody', input: {} } },
  {
    at: 500,
    command: { type: 'pgmq.read_with_poll', queue_name: 'greet', vt: 5, qty: 1, max_poll_seconds: 1 },
  },
  { at: 600, command: { type: 'start_tasks', flow_slug: 'greet', msg_ids: [1], worker_id: null } },
  {
    at: 1500,
    command: { type: 'complete_task', run_id: runOne, step_slug: 'hello', task_index: 0, output: 'hi' },
  },
];

/** A flow of that many steps, started and worked on until there are that many commands. */
export function manySteps(steps: number, commands: number): Entries {
  const slug = (step: number) => `step_${step}`;
  const defined: PgflowCommand[] = Array.from({ length: steps }, (_, step) => ({
    type: 'add_step',
    flow_slug: 'wide',
    step_slug: slug(step),
    deps_slugs: step === 0 ? [] : [slug(Math.floor((step - 1) / 3))],
  }));
  const list: PgflowCommand[] = [
    { type: 'create_flow', flow_slug: 'wide' },
    ...defined,
    { type: 'start_flow', flow_slug: 'wide', input: { text: 'x'.repeat(200) } },
  ];
  for (let step = 0; list.length < commands; step++) {
    list.push({ type: 'pgmq.read_with_poll', queue_name: 'wide', vt: 5, qty: 1, max_poll_seconds: 1 });
    list.push({ type: 'start_tasks', flow_slug: 'wide', msg_ids: [step + 1], worker_id: null });
    const output = { of: slug(step) };
    list.push({ type: 'complete_task', run_id: runOne, step_slug: slug(step), task_index: 0, output });
  }
  return list.slice(0, commands).map((command, i) => ({ at: i * 250, command }));
}
