/** A trace as the model says it goes: each command with its outcome, and the state it leaves. */
import type { Circumstances, Transition } from '../../model/kernel/transition.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ModelFacet } from '../contract/model.ts';
import type { Observation } from '../contract/observation.ts';
import { startOf, type Trace } from '../contract/trace.ts';

export interface Told {
  /** Milliseconds since the start of the trace at which the command begins: later than asked where the last one waited. */
  readonly at: number;
  /** When it ends, in the same milliseconds. */
  readonly endedAt: number;
  readonly command: AnyCommand;
  /** What `gen_random_uuid()` draws in it. */
  readonly uuid: string;
  /** What the SQL was free to choose in it, by the names that the model has for that; the model takes the first. */
  readonly choices: readonly string[];
  readonly result: Transition<unknown, unknown>['result'];
  /** The tables before and after it. */
  readonly before: Observation;
  readonly after: Observation;
}

export function tell(release: ModelFacet<unknown, AnyCommand>, trace: Trace<AnyCommand>): Told[] {
  const startedAt = startOf(trace);
  const { machine } = release;
  let state = machine.initialState;
  let now = startedAt;
  let before = release.project(state);
  return trace.commands.map(({ at, command }, position) => {
    const uuid = release.uuid(trace.commands, position);
    now = Math.max(startedAt + at, now);
    const begun = now - startedAt;
    const choices: string[] = [];
    const order: Circumstances['order'] = (members, what = '') => {
      if (members.length > 1) choices.push(what);
      return members;
    };
    const transition = machine.transition(state, command, { now, uuid, order });
    state = transition.state;
    now = transition.finishedAt;
    const told = {
      at: begun,
      endedAt: now - startedAt,
      command,
      uuid,
      choices,
      result: transition.result,
      before,
      after: release.project(state),
    };
    before = told.after;
    return told;
  });
}
