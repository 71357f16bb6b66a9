/** How a state completes: what comes out of it, and where it leads. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { isObject } from '../../shared/paths.ts';
import { chosen } from '../language/choice.ts';
import { fail, tooLarge } from '../language/failure.ts';
import { placed } from '../language/result-path.ts';
import { largest, sizeOf } from '../language/sizes.ts';
import { end, startState } from './entering.ts';
import { assign, type Known, must } from './jsonata.ts';
import { putActivity, tell } from './live.ts';
import { type Scene, shaped, through, viewOf } from './selecting.ts';
import type { Activity, Live } from './state.ts';

export function complete(live: Live, activity: Activity, scene: Scene, result: Jsonb): void {
  const { state } = scene;
  const output = handOn(live, activity, outputOf(activity, scene, result));
  const to = state.End || state.Type === 'Succeed' ? null : state.Next!;
  leave(live, activity, output, to);
  if (to === null) end(live, activity.part_id, { output });
  else startState(live, activity.part_id, to, output);
}

function outputOf(activity: Activity, scene: Scene, result: Jsonb): Handed {
  if (!scene.isJsonata)
    return { output: through(scene, 'OutputPath', combined(scene, activity.input, result)) };
  const { Output, Assign, Type } = scene.state;
  const hasResult = Type === 'Task' || Type === 'Parallel' || Type === 'Map';
  return handedOn(scene, { Output, Assign }, result, hasResult ? { result } : {});
}

interface Handed {
  readonly output: Jsonb;
  /** Variables. */
  readonly assigned?: Jsonb;
}

/** What a state, a rule or a catcher that is written in JSONata hands on, and the variables that it assigns. Both see the variables as they were. */
export function handedOn(
  scene: Scene,
  { Output, Assign }: { readonly Output?: Jsonb | undefined; readonly Assign?: Jsonb | undefined },
  otherwise: Jsonb,
  known: Known,
): Handed {
  const output = Output === undefined ? otherwise : scene.evaluate(Output, known);
  if (Assign === undefined) return { output };
  const assigned = must('Assign', scene.evaluate(Assign, known), (value) =>
    isObject(value) ? value : undefined,
  );
  return { output, assigned };
}

/** Nothing is assigned where the output is too large. */
export function handOn(live: Live, { part_id }: Activity, { output, assigned }: Handed): Jsonb {
  limited(live, output);
  if (assigned !== undefined) assign(live, part_id, assigned);
  return output;
}

/** A Choice has no result. */
export function choose(live: Live, activity: Activity, scene: Scene, input: Jsonb): void {
  if (scene.isJsonata) {
    chooseByCondition(live, activity, scene);
    return;
  }
  const { language, state } = scene;
  const { by, to } = chosen(state, { language, view: viewOf(scene, input), reached: live.draft.reached });
  const output = limited(live, through(scene, 'OutputPath', input));
  tell(live, activity, { what: 'chose', by, to });
  leave(live, activity, output, to);
  startState(live, activity.part_id, to, output);
}

function chooseByCondition(live: Live, activity: Activity, scene: Scene): void {
  const { Choices = [], Default, Output, Assign } = scene.state;
  const place = Choices.findIndex(({ Condition }) =>
    must('Condition', scene.evaluate(Condition!), (value) =>
      typeof value === 'boolean' ? value : undefined,
    ),
  );
  const rule = Choices[place];
  const by = rule ? `Choices[${place}]` : 'Default';
  const to = rule?.Next ?? Default ?? fail('States.NoChoiceMatched');
  const handed = handedOn(scene, rule ?? { Output, Assign }, activity.input, {});
  const output = handOn(live, activity, handed);
  tell(live, activity, { what: 'chose', by, to });
  leave(live, activity, output, to);
  startState(live, activity.part_id, to, output);
}

function leave(live: Live, activity: Activity, output: Jsonb, to: string | null): void {
  putActivity(live, { ...activity, status: 'Succeeded', timer: undefined });
  tell(live, activity, { what: 'left', output, to });
}

/** The result in the state's input. */
function combined(scene: Scene, input: Jsonb, result: Jsonb): Jsonb {
  switch (scene.state.Type) {
    case 'Pass':
      return placed(scene.state.ResultPath, input, result);
    case 'Task':
    case 'Parallel':
    case 'Map':
      return placed(scene.state.ResultPath, input, shaped(scene, 'ResultSelector', result));
    default:
      return result;
  }
}

export function limited(live: Live, output: Jsonb): Jsonb {
  if (sizeOf(output) <= largest) return output;
  live.draft.reached.push('too-large');
  return fail(tooLarge);
}
