/** The context object: what a path that begins with `$$` looks at. */
import { type Jsonb, type NullableJsonb, toJsonb } from '../../../kernel/jsonb.ts';
import { isoText } from '../language/instants.ts';
import type { View } from '../language/language.ts';
import { attemptOf, stateOfActivity } from './live.ts';
import type { Activity, Live, Part } from './state.ts';

/** `item`: of the iteration that is about to begin. */
export const contextOf =
  (
    live: Live,
    activity: Activity,
    item?: { readonly index: number; readonly item: NullableJsonb },
  ): View['context'] =>
  () => {
    const { execution, machine, input, started_at } = live;
    const { state_name, entered_at, attempts } = activity;
    const iteration = item ?? iterationOf(live, activity.part_id);
    const context: Record<string, Jsonb> = {
      Execution: { Id: `${execution}`, Input: input, Name: `${execution}`, StartTime: isoText(started_at) },
      State: { EnteredTime: isoText(entered_at), Name: state_name, RetryCount: attempts - 1 },
      StateMachine: { Id: machine, Name: machine },
    };
    if (stateOfActivity(live, activity).Type === 'Task') context.Task = { Token: attemptOf(activity) };
    if (iteration) context.Map = { Item: { Index: iteration.index, Value: toJsonb(iteration.item) } };
    return context;
  };

/** The nearest, also through the branches of a Parallel. */
function iterationOf({ parts, entered }: Live, part_id: string | null): Part | undefined {
  for (let id = part_id; id !== null; ) {
    const part = parts.get(id)!;
    if (part.kind === 'iteration') return part;
    id = entered.get(part.activity_id)!.part_id;
  }
  return undefined;
}
