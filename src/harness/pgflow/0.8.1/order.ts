/** Which order the SQL chose where it promises none, read off the ids of what it sent and broadcast. */
import type { Row } from '../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import type { Observation } from '../../contract/observation.ts';

type Tables = Pick<Observation, 'get'>;

/**
 * Of steps that started at once there are two: that of their broadcasts and that of their messages. As given,
 * where one of the steps has left nothing to read it off, as after a refusal.
 */
export function orderOf(command: PgflowCommand, observation: Tables) {
  return (members: readonly string[], what?: string): readonly string[] => {
    if (members.length < 2) return members;
    if (what?.startsWith('vt of ')) return visibleFirst(command, members, what.slice(6), observation);
    const run_id = runOf(command, observation);
    if (what === 'maps') return namedFirst(members, run_id, observation);
    const ids =
      what === 'messages' ? messageIds(run_id, observation) : broadcastIds(run_id, what, observation);
    if (!members.every((slug) => ids.has(slug))) return members;
    return members.toSorted((a, b) => ids.get(a)! - ids.get(b)!);
  };
}

/** Of several instants for one message, the one that its row has. */
function visibleFirst(
  command: PgflowCommand,
  instants: readonly string[],
  msg_id: string,
  observation: Tables,
): readonly string[] {
  const name = 'queue_name' in command ? (command.queue_name ?? '').toLowerCase() : '';
  const row = observation.get(`pgmq.q_${name}`)?.find((each) => String(each.msg_id) === msg_id);
  return row && instants.includes(String(row.vt)) ? [String(row.vt)] : instants;
}

const broadcasts = (observation: Tables) => observation.get('realtime.sent') ?? [];

/** The run that the command is about; one that it has just started has the last announcement of that kind. */
function runOf(command: PgflowCommand, observation: Tables): unknown {
  if ('run_id' in command && command.run_id) return command.run_id;
  const started = broadcasts(observation).findLast((row) => row.event === 'run:started');
  return (started?.payload as { run_id?: unknown } | undefined)?.run_id;
}

function messageIds(run_id: unknown, observation: Tables): Map<string, number> {
  const ids = new Map<string, number>();
  for (const row of observation.get('pgflow.step_tasks') ?? []) {
    if (row.run_id === run_id && row.task_index === 0) {
      ids.set(row.step_slug as string, row.message_id as number);
    }
  }
  return ids;
}

/** The last broadcast of that event for each step. */
function broadcastIds(run_id: unknown, event_type: string | undefined, observation: Tables) {
  const ids = new Map<string, number>();
  for (const row of ofRun(run_id, observation)) {
    const payload = (row.payload ?? {}) as { event_type?: string; step_slug: string };
    if (payload.event_type === event_type) ids.set(payload.step_slug, row.id as number);
  }
  return ids;
}

const ofRun = (run_id: unknown, observation: Tables): readonly Row[] =>
  broadcasts(observation).filter((row) => row.topic === `pgflow:run:${run_id}`);

/** Of several maps that an output is not good for, the error names one. */
function namedFirst(members: readonly string[], run_id: unknown, observation: Tables): readonly string[] {
  const { error_message } = (ofRun(run_id, observation).at(-1)?.payload ?? {}) as { error_message?: string };
  const named = /Map step (\S+) expects/.exec(error_message ?? '')?.[1];
  return named !== undefined && members.includes(named) ? [named] : members;
}
