/** What a command amounts to in the timeline: what it has changed. */
import type { DagCascadeState, FlowRun, Task } from '../../../../model/dag-cascade/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Result } from '../../../../model/kernel/transition.ts';
import { elapsedText } from '../../../twin/duration.ts';
import { errorText } from '../../../twin/timeline.ts';
import type { CommandEntry } from '../engine/log.ts';
import { errorOf } from '../engine/words.ts';
import { statementOf } from '../routines/statement.ts';
import { type FlowTask, nameOf, statusOf, taskSeen } from './rows.ts';
import type { TimelineEntry } from './timeline.ts';
import { touchedFlows, touchedTasks } from './touched.ts';

export interface Told {
  readonly entry: CommandEntry;
  readonly before: DagCascadeState;
  readonly after: DagCascadeState;
  readonly result: Result;
  readonly startedAt: Instant;
}

type Line = Omit<TimelineEntry, 'at'>;

export function tellCommand(told: Told): TimelineEntry[] {
  const { entry } = told;
  return linesOf(told).map((line) => ({ at: entry.atMs, ...line }));
}

function linesOf(told: Told): Line[] {
  const { entry, before, after, result } = told;
  const { command } = entry;
  if (!result.ok) {
    const { code, message } = errorOf(result.refusal, command.type);
    return [{ what: 'refused', text: `${command.type} is refused: ${code} ${message}` }];
  }
  const tasks = before.tasks === after.tasks ? [] : taskLines(told);
  const flows = before.flows === after.flows ? [] : flowLines(told);
  const isCreated = ({ what }: Line) => what === 'flow created' || what === 'flow open again';
  return [...own(told), ...flows.filter(isCreated), ...tasks, ...flows.filter((line) => !isCreated(line))];
}

/** What shows in no row of a flow. */
function own({ entry: { command } }: Told): Line[] {
  switch (command.type) {
    case 'configure': {
      const names = (command._configuration?.targets ?? []).map(({ target }) => target).join(', ');
      return [{ what: 'configured', text: `targets are configured: ${names === '' ? 'none' : names}` }];
    }
    case 'configure_flow': {
      const names = (command._configuration?.nodes ?? []).map(({ node }) => node).join(', ');
      const verb = command._append ? 'gets more nodes' : 'is configured';
      const text = `flow ${command._flow_name} ${verb}: ${names === '' ? 'none' : names}`;
      return [{ what: 'configured', flow: command._flow_name ?? '', text }];
    }
    case 'start_orchestrator':
      return [{ what: 'orchestrator', text: 'the orchestrator starts' }];
    default:
      return [];
  }
}

/** First those that ended, then those that were sent, each in its order. */
function taskLines({ entry, before, after, startedAt }: Told): Line[] {
  const ended: Line[] = [];
  const begun: Task[] = [];
  const deleted: Line[] = [];
  for (const id of touchedTasks(entry.command, before, after)) {
    const [earlier, task] = [before.tasks.get(id), after.tasks.get(id)];
    if (task === earlier) continue;
    if (task === undefined) {
      deleted.push(...line(earlier!, 'deleted', 'is deleted'));
      continue;
    }
    const lines = changeOf(earlier, task, startedAt);
    if (lines === 'begins') begun.push(task);
    else ended.push(...lines);
  }
  ended.push(...deleted);
  begun.sort((a, b) => a.priority - b.priority || a.entered - b.entered || a.task_id - b.task_id);
  return [...ended, ...begun.flatMap((task) => line(task, 'begins', beginning(task)))];
}

function beginning({ query }: Task): string {
  const statement = statementOf(query);
  switch (statement.type) {
    case 'empty':
      return 'begins, with nothing to call';
    case 'call':
      return `begins: calls ${statement.routine}`;
    case 'flow':
      return `begins: creates a flow ${statement.flow}`;
  }
}

function changeOf(earlier: Task | undefined, task: Task, startedAt: Instant): Line[] | 'begins' {
  const status = statusOf(task);
  const was = earlier && statusOf(earlier);
  const isOver = earlier?.processed != null;
  const { processing_error: error } = task;
  if (task.processed !== null) {
    if (isOver && was === status && earlier.processing_error === error) return [];
    const again = isOver ? ', although it was over' : '';
    switch (status) {
      case 'FINISHED': {
        const unrun = task.consumed === task.entered && task.times_up === null ? ' without being run' : '';
        return line(task, 'finished', `is finished${isOver ? again : unrun}`);
      }
      case 'DOA':
        return line(task, 'dead on arrival', 'is dead on arrival');
      case 'CANCELED':
        return line(task, 'canceled', `is canceled${again}`);
      default:
        return line(task, 'failed', `fails: ${errorText(error)}${again}`, { error });
    }
  }
  if (isOver) return line(task, 'ready again', 'is to be run again');
  if (status === was || earlier === undefined) return status === 'RUNNING' && !earlier ? 'begins' : [];
  switch (status) {
    case 'RUNNING':
      return 'begins';
    case 'YIELDED':
      return task.source === 'step processing'
        ? line(task, 'waits for its steps', 'waits for its steps')
        : line(task, 'waits for finish', 'has returned, and waits for finish()');
    case 'DEFERRED': {
      const until = task.eligible_when;
      const when = until === null ? '' : ` until ${elapsedText(until - startedAt)}`;
      return line(task, 'deferred', `is deferred${when}`);
    }
    default:
      return [];
  }
}

function line(task: Task, what: Line['what'], text: string, more: Partial<Line> = {}): Line[] {
  const seen = taskSeen(task);
  if (!seen) return [];
  return [{ what, ...subjectOf(seen), ...more, text: `${nameOf(seen)} ${text}` }];
}

const subjectOf = ({ flow_id, node, step_arguments, task_id }: FlowTask) => ({
  flow_id,
  node,
  ...(Object.keys(step_arguments ?? 0).length === 0 && typeof step_arguments === 'object'
    ? {}
    : { step_arguments }),
  task_id,
});

function flowLines({ entry, before, after }: Told): Line[] {
  const lines: Line[] = [];
  for (const id of touchedFlows(entry.command, before, after)) {
    const [earlier, run] = [before.flows.get(id), after.flows.get(id)];
    if (run === earlier) continue;
    if (run === undefined) {
      const { flow_id, flow } = earlier!;
      lines.push({ what: 'deleted', flow_id, flow, text: `flow ${flow_id} (${flow}) is deleted` });
      continue;
    }
    const { flow_id, flow } = run;
    const subject = { flow_id, flow };
    const name = `flow ${flow_id} (${flow})`;
    if (!earlier) {
      const by = run.parent_task_id === null ? '' : ` by task ${run.parent_task_id}`;
      lines.push({ what: 'flow created', ...subject, text: `${name} is created${by}` });
    }
    if (run.processed !== null && earlier?.processed == null) {
      lines.push({ what: 'flow done', ...subject, text: `${name} is done: ${countsText(run)}` });
    } else if (run.processed === null && earlier && earlier.processed !== null) {
      lines.push({ what: 'flow open again', ...subject, text: `${name} is open again` });
    }
  }
  return lines;
}

/** As they are kept in its row. */
const countsText = ({ count_nodes, count_finished_nodes, count_failed_nodes }: FlowRun) =>
  `of ${count_nodes} nodes, ${count_finished_nodes} finished, ${count_failed_nodes} failed`;
