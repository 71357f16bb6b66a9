/** Timers whose time has come send what they stand for. */

import { timeout } from '../language/failure.ts';
import { liveOf, push, putBack, stopTimer } from './live.ts';
import type { Draft, Live, Timer } from './state.ts';

export function ring(draft: Draft): void {
  const due = draft.timers
    .first(Infinity, draft.now)
    .sort((a, b) => a.due - b.due || a.timer_id - b.timer_id);
  for (const timer of due) {
    stopTimer(draft, timer.timer_id);
    const live = liveOf(draft, draft.executions.get(timer.execution)!);
    send(live, timer);
    draft.reached.push(`timer/${timer.kind}`);
    putBack(live);
  }
}

function send(live: Live, { id, kind }: Timer): void {
  switch (kind) {
    case 'wait':
      push(live, 'EndWait', { activity_id: id });
      return;
    case 'retry':
      push(live, 'RetryState', { activity_id: id, attempt: live.entered.get(id)!.attempts + 1 });
      return;
    case 'timeout':
      push(live, 'EndTask', { task_id: id, error: timeout, cause: null });
      return;
    case 'heartbeat':
      push(live, 'EndTask', { task_id: id, error: 'States.HeartbeatTimeout', cause: null });
      return;
    case 'execution':
      push(live, 'TimeOutExecution', {});
  }
}
