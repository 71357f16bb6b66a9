/** pgflow drawn: its flows as graphs, its runs as the states of their steps. The same in every release so far. */
import type { Row } from '../../../model/kernel/transition.ts';
import type { Drawing, DrawnGraph, DrawnRun, DrawnState } from '../../contract/drawing.ts';
import type { Observation } from '../../contract/observation.ts';
import { briefly, columnType as columnTypeOfPgmq, drawQueues, tableTitle } from '../../pgmq/drawing.ts';

const jsonbColumns: ReadonlySet<string> = new Set([
  'input',
  'output',
  'payload',
  'get_run_with_states',
  'start_flow_with_states',
]);

export const pgflowDrawing: Drawing = {
  graphs,
  runs,
  queues: (observation) => drawQueues(observation, taskOf),
  columnType: (column) => (jsonbColumns.has(column) ? 'jsonb' : columnTypeOfPgmq(column)),
  tableTitle,
};

function graphs(observation: Observation): readonly DrawnGraph[] {
  const steps = grouped(observation, 'pgflow.steps', 'flow_slug');
  const deps = grouped(observation, 'pgflow.deps', 'flow_slug');
  return rowsOf(observation, 'pgflow.flows').map(({ flow_slug }) => ({
    id: String(flow_slug),
    nodes: (steps.get(flow_slug) ?? [])
      .toSorted((a, b) => Number(a.step_index) - Number(b.step_index))
      .map(({ step_slug, step_type }) => ({
        id: String(step_slug),
        kind: step_type === 'single' ? '' : String(step_type),
      })),
    edges: (deps.get(flow_slug) ?? []).map(({ dep_slug, step_slug }) => ({
      from: String(dep_slug),
      to: String(step_slug),
    })),
  }));
}

function runs(observation: Observation): readonly DrawnRun[] {
  const states = grouped(observation, 'pgflow.step_states', 'run_id');
  const tasks = grouped(observation, 'pgflow.step_tasks', 'run_id');
  return rowsOf(observation, 'pgflow.runs')
    .map(({ run_id, flow_slug, status }) => {
      const ofStep = groupBy(tasks.get(run_id) ?? [], 'step_slug');
      return {
        id: String(run_id),
        graph: String(flow_slug),
        status: String(status),
        nodes: new Map(
          (states.get(run_id) ?? []).map((state) => [
            String(state.step_slug),
            stateOf(state, ofStep.get(state.step_slug) ?? []),
          ]),
        ),
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function stateOf({ status }: Row, tasks: readonly Row[]): DrawnState {
  return { status: String(status), note: noteOf(tasks) };
}

/** What a step's tasks are up to. */
function noteOf(tasks: readonly Row[]): string {
  if (tasks.length === 0) return '';
  const having = (status: string) => tasks.filter((task) => task.status === status).length;
  // A map may have more tasks than a function may have arguments.
  const attempts = tasks.reduce((most, task) => Math.max(most, Number(task.attempts_count)), 0);
  const attempted = attempts > 1 ? [`attempt ${attempts}`] : [];
  if (tasks.length > 1) return [`${having('completed')}/${tasks.length} done`, ...attempted].join(', ');
  const [task] = tasks;
  return [...(task!.status === 'completed' ? [] : [`task ${task!.status}`]), ...attempted].join(', ');
}

/** Messages are the tasks; anybody may send something else. */
function taskOf(message: unknown): string {
  if (typeof message !== 'object' || message === null || !('step_slug' in message)) return briefly(message);
  const { step_slug, task_index } = message as { step_slug: unknown; task_index?: unknown };
  return typeof task_index === 'number' && task_index > 0 ? `${step_slug}[${task_index}]` : String(step_slug);
}

const rowsOf = (observation: Observation, table: string) => observation.get(table) ?? [];

const grouped = (observation: Observation, table: string, column: string) =>
  groupBy(rowsOf(observation, table), column);

function groupBy(rows: readonly Row[], column: string): Map<unknown, Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[column]);
    if (group) group.push(row);
    else groups.set(row[column], [row]);
  }
  return groups;
}
