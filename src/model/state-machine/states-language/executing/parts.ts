/** Branches of a Parallel and iterations of a Map: how they begin and how they end. */
import type { Jsonb, NullableJsonb } from '../../../kernel/jsonb.ts';
import type { StateJson } from '../language/definition.ts';
import { Failure, fail } from '../language/failure.ts';
import { processorOf } from '../language/scopes.ts';
import { filled } from '../language/templates.ts';
import { complete } from './completing.ts';
import { contextOf } from './context.ts';
import { startState } from './entering.ts';
import { attemptOf, putActivity, putPart } from './live.ts';
import { numberOf, type Scene, through, viewOf } from './selecting.ts';
import type { Activity, End, Live, Part, Progress } from './state.ts';

export function startBranches(live: Live, activity: Activity, scene: Scene, input: Jsonb): void {
  const branches = scene.state.Branches!;
  begin(live, activity, scene, branches.length, branches.length);
  for (const [index, { StartAt }] of branches.entries()) {
    const id = add(live, activity, { kind: 'branch', index, input, item: undefined, status: 'Running' });
    startState(live, id, StartAt!, input);
  }
}

export function startIterations(
  live: Live,
  activity: Activity,
  scene: Scene,
  input: Jsonb,
  items: readonly Jsonb[],
): void {
  const most = numberOf(scene, 'MaxConcurrency', input) || items.length;
  numberOf(scene, 'ToleratedFailureCount', input);
  numberOf(scene, 'ToleratedFailurePercentage', input);
  const inputs = items.map((item, index) => inputOf(live, activity, scene, input, { index, item }));
  const started = Math.min(most, items.length);
  if (started < items.length) live.draft.reached.push('map/waits');
  begin(live, activity, scene, items.length, started);
  for (const [index, item] of items.entries()) {
    const status = index < started ? 'Running' : 'Pending';
    add(live, activity, { kind: 'iteration', index, input: inputs[index]!, item, status });
  }
  for (let index = 0; index < started; index++) startIteration(live, activity, scene.state, index);
}

/** Nothing to wait for is an end at once. */
function begin(live: Live, activity: Activity, scene: Scene, all: number, started: number): void {
  if (all === 0) {
    live.draft.reached.push('parts/none');
    complete(live, activity, scene, []);
  } else putActivity(live, { ...activity, progress: { all, started, over: 0, failed: 0 } });
}

type New = Pick<Part, 'kind' | 'index' | 'input' | 'status'> & { readonly item: NullableJsonb };

/** The id of the part. */
function add(live: Live, activity: Activity, part: New): string {
  const id = `${attemptOf(activity)}/${part.index}`;
  putPart(live, { id, activity_id: activity.id, output: undefined, activities: 0, variables: {}, ...part });
  return id;
}

/** What the first state of an iteration gets. */
function inputOf(
  live: Live,
  activity: Activity,
  scene: Scene,
  input: Jsonb,
  item: { readonly index: number; readonly item: Jsonb },
): Jsonb {
  const { state, language } = scene;
  if (scene.isJsonata) {
    if (state.ItemSelector === undefined) return item.item;
    return scene.evaluate(state.ItemSelector, {}, contextOf(live, activity, item));
  }
  const field = state.ItemSelector === undefined ? 'Parameters' : 'ItemSelector';
  const template = state[field];
  if (template === undefined) return item.item;
  return filled(language, field, template, {
    ...viewOf(scene, input),
    context: contextOf(live, activity, item),
  });
}

function startIteration(live: Live, activity: Activity, state: StateJson, index: number): void {
  const part = live.parts.get(`${attemptOf(activity)}/${index}`)!;
  if (part.status === 'Pending') putPart(live, { ...part, status: 'Running' });
  startState(live, part.id, processorOf(state)!.StartAt!, part.input);
}

/** The activity goes on, completes or fails. */
export function endPart(live: Live, activity: Activity, part: Part, ended: End, scene: Scene): void {
  const isFailed = 'error' in ended;
  putPart(live, {
    ...part,
    status: isFailed ? 'Failed' : 'Succeeded',
    output: isFailed ? undefined : ended.output,
  });
  const before = activity.progress!;
  const progress = { ...before, over: before.over + 1, failed: before.failed + Number(isFailed) };
  const now = { ...activity, progress };
  putActivity(live, now);
  if (isFailed) tolerate(live, activity, scene, progress, ended);
  if (progress.started < progress.all) {
    putActivity(live, { ...now, progress: { ...progress, started: progress.started + 1 } });
    startIteration(live, activity, scene.state, progress.started);
  } else if (progress.over === progress.all) complete(live, now, scene, outputsOf(live, now));
}

/** A Map may bear some failures of its iterations. */
function tolerate(
  live: Live,
  activity: Activity,
  scene: Scene,
  { all, failed }: Progress,
  { error, cause }: { readonly error: string | null; readonly cause: string | null },
): void {
  const { Type } = scene.state;
  const input = Type === 'Map' ? through(scene, 'InputPath', activity.input) : null;
  const [count, percentage] =
    Type === 'Map'
      ? [
          numberOf(scene, 'ToleratedFailureCount', input),
          numberOf(scene, 'ToleratedFailurePercentage', input),
        ]
      : [undefined, undefined];
  if (count === undefined && percentage === undefined) throw new Failure(error, cause);
  const isTooMuch = failed > (count ?? all) || failed * 100 > (percentage ?? 100) * all;
  live.draft.reached.push(`map/${isTooMuch ? 'too-many-failures' : 'tolerates'}`);
  if (isTooMuch) fail('States.ExceedToleratedFailureThreshold');
}

/** In the order of the branches or items, whenever they ended. */
function outputsOf({ parts }: Live, activity: Activity): readonly Jsonb[] {
  const outputs: Jsonb[] = [];
  for (let index = 0; index < activity.progress!.all; index++) {
    const { status, output } = parts.get(`${attemptOf(activity)}/${index}`)!;
    if (status === 'Succeeded') outputs.push(output!);
  }
  return outputs;
}
