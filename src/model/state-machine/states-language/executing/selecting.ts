/** What the fields of a state select in its input. */

import type { Jsonb } from '../../../kernel/jsonb.ts';
import { isArray } from '../../shared/paths.ts';
import { isJsonata, type StateJson } from '../language/definition.ts';
import { fail, runtime } from '../language/failure.ts';
import { instantOf } from '../language/instants.ts';
import type { Language, View } from '../language/language.ts';
import { filled } from '../language/templates.ts';
import { contextOf } from './context.ts';
import { type Evaluate, evaluatorOf, must } from './jsonata.ts';
import { nextUuid, stateOfActivity } from './live.ts';
import type { Activity, Live } from './state.ts';

/** A state at work: its definition, and what its paths look at. */
export interface Scene {
  readonly state: StateJson;
  readonly language: Language;
  readonly context: View['context'];
  readonly uuid: View['uuid'];
  readonly isJsonata: boolean;
  readonly evaluate: Evaluate;
}

export function sceneOf(live: Live, activity: Activity): Scene {
  const context = contextOf(live, activity);
  const state = stateOfActivity(live, activity);
  return {
    state,
    language: live.draft.language,
    context,
    uuid: () => nextUuid(live.draft),
    isJsonata: isJsonata(live.draft.machines.get(live.machine)!.definition, state),
    evaluate: evaluatorOf(live, activity, context),
  };
}

export const viewOf = ({ context, uuid }: Scene, input: Jsonb): View => ({ input, context, uuid });

export function select(scene: Scene, field: string, path: string, input: Jsonb): Jsonb {
  const value = scene.language.select(path, viewOf(scene, input));
  return value === undefined ? fail(runtime, `${field} ${path} selects nothing`) : value;
}

/** Of `InputPath` and `OutputPath`: JSON null throws all away. */
export function through(scene: Scene, field: 'InputPath' | 'OutputPath', value: Jsonb): Jsonb {
  const path = scene.state[field];
  if (path === undefined) return value;
  return path === null ? {} : select(scene, field, path, value);
}

/** A template, where the state has one. */
export function shaped(scene: Scene, field: 'Parameters' | 'ResultSelector', value: Jsonb): Jsonb {
  const template = scene.state[field];
  if (template === undefined) return value;
  return filled(scene.language, field, template, viewOf(scene, value));
}

/** What a path selects must be of use. */
function usable<T>(
  scene: Scene,
  field: keyof StateJson,
  path: string,
  input: Jsonb,
  read: (value: Jsonb) => T | undefined,
): T {
  const value = read(select(scene, field, path, input));
  return value === undefined ? fail(runtime, `${field} ${path} selects what it cannot use`) : value;
}

const most = 99_999_999;
const wholeFrom =
  (least: number) =>
  (value: Jsonb): number | undefined =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : undefined;
const percentage = (value: Jsonb): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= 100 ? value : undefined;

/** Those that are given as a number, or by a path. */
const readers = {
  Seconds: wholeFrom(0),
  TimeoutSeconds: wholeFrom(1),
  HeartbeatSeconds: wholeFrom(1),
  MaxConcurrency: wholeFrom(0),
  ToleratedFailureCount: wholeFrom(0),
  ToleratedFailurePercentage: percentage,
} as const;

export function numberOf(scene: Scene, field: keyof typeof readers, input: Jsonb): number | undefined {
  const path = scene.state[`${field}Path`];
  if (path !== undefined) return usable(scene, `${field}Path`, path, input, readers[field]);
  const value = scene.state[field];
  return typeof value === 'string' ? must(field, scene.evaluate(value), readers[field]) : value;
}

export function itemsOf(scene: Scene, input: Jsonb): readonly Jsonb[] {
  const { Items } = scene.state;
  if (scene.isJsonata) {
    const items = Items === undefined ? input : scene.evaluate(Items);
    return must('Items', items, (value) => (isArray(value) ? value : undefined));
  }
  return usable(scene, 'ItemsPath', scene.state.ItemsPath ?? '$', input, (value) =>
    isArray(value) ? value : undefined,
  );
}

/** In milliseconds since 1970. */
export function timestampOf(scene: Scene, input: Jsonb): number {
  const { Timestamp, TimestampPath } = scene.state;
  const read = (value: Jsonb) => (typeof value === 'string' ? instantOf(value) : undefined);
  if (Timestamp === undefined) return usable(scene, 'TimestampPath', TimestampPath!, input, read);
  return must('Timestamp', scene.isJsonata ? scene.evaluate(Timestamp) : Timestamp, read);
}

/** `Error` or `Cause` of a Fail. */
export function wordsOf(scene: Scene, field: 'Error' | 'Cause', input: Jsonb): string | null {
  const path = scene.state[`${field}Path`];
  const words = scene.state[field];
  if (words !== undefined && scene.isJsonata)
    return must(field, scene.evaluate(words), (value) => (typeof value === 'string' ? value : undefined));
  if (path === undefined) return words ?? null;
  return usable(scene, `${field}Path`, path, input, (value) =>
    typeof value === 'string' ? value : undefined,
  );
}
