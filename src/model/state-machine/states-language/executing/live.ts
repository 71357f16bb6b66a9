/** An execution that carries out a message: its queue, its rows, its machine. */
import type { Instant } from '../../../kernel/instant.ts';
import type { StateJson } from '../language/definition.ts';
import type { Deed } from './happenings.ts';
import type {
  Activity,
  Draft,
  Execution,
  Live,
  Message,
  MessageKind,
  Part,
  Payloads,
  Timer,
} from './state.ts';

/** Field by field, as spreads and rests of so many take several times as long. */
export const liveOf = (draft: Draft, execution: Execution): Live => ({
  execution: execution.execution,
  machine: execution.machine,
  status: execution.status,
  input: execution.input,
  output: execution.output,
  error: execution.error,
  cause: execution.cause,
  started_at: execution.started_at,
  stopped_at: execution.stopped_at,
  activities: execution.activities,
  jitter: execution.jitter,
  timer: execution.timer,
  variables: execution.variables,
  queue: execution.queue,
  entered: execution.entered,
  parts: execution.parts,
  draft,
});

export function putBack(live: Live): void {
  const { draft } = live;
  const execution: Execution = {
    execution: live.execution,
    machine: live.machine,
    status: live.status,
    input: live.input,
    output: live.output,
    error: live.error,
    cause: live.cause,
    started_at: live.started_at,
    stopped_at: live.stopped_at,
    activities: live.activities,
    jitter: live.jitter,
    timer: live.timer,
    variables: live.variables,
    queue: live.queue,
    entered: live.entered,
    parts: live.parts,
  };
  draft.executions = draft.executions.set(live.execution, execution, draft.owner);
}

/** At the end of the queue. */
export function push<Kind extends MessageKind>(live: Live, kind: Kind, payload: Payloads[Kind]): void {
  const message_id = ++live.draft.lastMessage;
  const message = { message_id, kind, payload } as unknown as Message;
  live.queue = live.queue.set(message_id, message, live.draft.owner);
}

export const firstOf = ({ queue }: Execution): Message | undefined => queue.first(1, Infinity)[0];

/** What happens to an activity, for whoever tells it. */
export function tell({ draft, execution }: Live, { id, state_name }: Activity, deed: Deed): void {
  draft.happenings.push({ execution, activity_id: id, state: state_name, deed });
}

/** However deep it is nested. */
export const stateOfActivity = (live: Live, { state_name }: Activity): StateJson =>
  live.draft.machines.get(live.machine)!.states.get(state_name)!;

export function putActivity(live: Live, activity: Activity): void {
  live.entered = live.entered.set(activity.id, activity, live.draft.owner);
}
export function putPart(live: Live, part: Part): void {
  live.parts = live.parts.set(part.id, part, live.draft.owner);
}

/** One try of an activity; a task has the same id. What is nested in it has an id that begins with this one. */
export const attemptOf = ({ id, attempts }: Activity): string => `${id}#${attempts}`;

/** Each is another one: the last digits count. */
export function nextUuid(draft: Draft): string {
  const { uuid } = draft.circumstances;
  const last = (Number.parseInt(uuid.slice(-12), 16) + draft.drawn++) % 2 ** 48;
  return uuid.slice(0, -12) + last.toString(16).padStart(12, '0');
}

/** The id of the timer that is set. */
export function setTimer(
  { draft, execution }: { readonly draft: Draft; readonly execution: number },
  kind: Timer['kind'],
  id: string,
  due: Instant,
): number {
  const timer_id = ++draft.lastTimer;
  draft.timers = draft.timers.set(timer_id, { timer_id, execution, id, kind, due }, draft.owner);
  return timer_id;
}

export function stopTimer(draft: Draft, timer_id: number | undefined): void {
  if (timer_id !== undefined) draft.timers = draft.timers.delete(timer_id, draft.owner);
}
