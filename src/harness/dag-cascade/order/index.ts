/** Which order the SQL chose where it promises none, read off the tables that it left behind. */
import type { DagCascadeCommand } from '../../../model/dag-cascade/commands.ts';
import { jsonbText } from '../../../model/dag-cascade/values.ts';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import type { Circumstances } from '../../../model/kernel/transition.ts';
import type { Observation } from '../../contract/observation.ts';
import { inFinishedOrder } from './finished.ts';
import { inEndedOrder, inReapedOrder } from './reaped.ts';
import { type Tasks, tasksIn } from './tasks.ts';

type Tables = Pick<Observation, 'get'>;
type Told = (members: readonly string[], tasks: Tasks, tables: Tables) => readonly string[];

/** By what is asked. What is not among them shows in nothing, and any order will do. */
const told: Readonly<Record<string, Told>> = {
  pushed: (members, tasks) => byScore(members, (member) => idOf(tasks, JSON.parse(member))),
  groups: (members, tasks) =>
    byScore(members, (member) =>
      Math.min(...(JSON.parse(member) as Jsonb[]).map((data) => idOf(tasks, data))),
    ),
  reaped: inReapedOrder,
  ended: inEndedOrder,
  canceled: inRequestedOrder,
  run: inRunOrder,
  flows: inFlowOrder,
};

export function orderOf(_: DagCascadeCommand, tables: Tables): NonNullable<Circumstances['order']> {
  let tasks: Tasks | undefined;
  return (members, what = '') => {
    if (members.length < 2) return members;
    const number = Number(/ (\d+)$/.exec(what)?.[1]);
    if (what.startsWith('first error of')) return inErrorOrder(members, number, tables);
    const tell = told[what];
    if (!tell && !what.startsWith('finished after')) return members;
    tasks ??= tasksIn(tables);
    if (!tell) return inFinishedOrder(members, tasks, number, tables);
    return tell(members, tasks, tables);
  };
}

const byScore = (members: readonly string[], score: (member: string) => number) => {
  const scores = new Map(members.map((member) => [member, score(member)]));
  return members.toSorted((a, b) => scores.get(a)! - scores.get(b)! || 0);
};

/** Last where it is no longer there. */
const idOf = ({ byData }: Tasks, data: Jsonb): number =>
  byData.get(jsonbText(data)) ?? Number.MAX_SAFE_INTEGER;

/** A request to cancel names them as they were found. */
function inRequestedOrder(members: readonly string[], { all }: Tasks): readonly string[] {
  const wanted = new Set(members);
  for (const { task_data } of all.toReversed()) {
    const ids = task_data !== null && 'task_ids' in task_data ? task_data.task_ids : undefined;
    if (ids?.length === members.length && ids.every((id) => wanted.has(String(id)))) return ids.map(String);
  }
  return members;
}

const triedWorker = /^connection "async\.worker_(\d+)" not available$/;

/** The first is the one that now has the worker that would be next. */
function inRunOrder(members: readonly string[], { byId }: Tasks, tables: Tables): readonly string[] {
  const slots = new Map((tables.get('async.worker') ?? []).map(({ task_id, slot }) => [task_id, slot]));
  return byScore(members, (member) => {
    const [id, slot] = member.split('@').map(Number) as [number, number];
    const task = byId.get(id);
    // Where it failed to connect, its error tells with whom.
    const tried = triedWorker.exec(task?.processing_error ?? '')?.[1];
    if (tried !== undefined) return Number(tried) === slot ? -1 : 2;
    if (slots.get(id) === slot) return 0;
    if (task?.consumed == null) return 3;
    // Whoever has another worker came when this one was taken, be it by one that has lost it since.
    return slots.has(id) ? 2 : 1;
  });
}

/** What is over asks for its parent step to be finished, or finishes it, and for its own tasks to be canceled. */
function inFlowOrder(members: readonly string[], { all, byId }: Tasks): readonly string[] {
  const asked = new Map<string, number>();
  const note = (flow_id: unknown, task_id: number) => {
    const member = String(flow_id);
    if (!asked.has(member)) asked.set(member, task_id);
  };
  for (const { task_id, task_data, processing_error } of all) {
    const [, finished] = viaFlow.exec(processing_error ?? '') ?? [];
    if (finished !== undefined) asked.set(finished, 0);
    if (task_data === null || !('task_ids' in task_data)) continue;
    const [, flow] = viaFlow.exec(task_data.error_message ?? '') ?? [];
    if (flow !== undefined) note(flow, task_id);
    const canceled = byId.get(task_data.task_ids[0] ?? 0)?.task_data;
    if (task_data.status === 'CANCELED' && canceled && 'flow_id' in canceled) note(canceled.flow_id, task_id);
  }
  return byScore(members, (member) => asked.get(member) ?? Number.MAX_SAFE_INTEGER);
}

const viaFlow = /^via finishing of flow (\d+)$/;
/** Of errors of the same instant, the one that the run has kept. */
function inErrorOrder(members: readonly string[], flow_id: number, tables: Tables): readonly string[] {
  const run = tables.get('flow.flow')?.find((each) => each.flow_id === flow_id);
  return byScore(members, (member) => (member === run?.first_error ? 0 : 1));
}
