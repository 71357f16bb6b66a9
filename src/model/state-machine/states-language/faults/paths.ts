/** What is wrong with the paths and templates of a state. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { isArray, isObject } from '../../shared/paths.ts';
import type { StateJson } from '../language/definition.ts';
import type { Language } from '../language/language.ts';
import { isLookedUp } from '../language/templates.ts';

const through = ['InputPath', 'OutputPath'] as const;
/** The fields of each type that hold a path. */
const paths = {
  Pass: through,
  Succeed: through,
  Choice: through,
  Wait: [...through, 'SecondsPath', 'TimestampPath'],
  Task: [...through, 'TimeoutSecondsPath', 'HeartbeatSecondsPath'],
  Parallel: through,
  Map: [
    ...[...through, 'ItemsPath', 'MaxConcurrencyPath'],
    ...['ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'],
  ],
  Fail: ['ErrorPath', 'CausePath'],
} as Readonly<Record<StateJson['Type'], readonly (keyof StateJson)[]>>;

/** The fields of each type that hold a template. */
const templates: Readonly<Partial<Record<StateJson['Type'], readonly (keyof StateJson)[]>>> = {
  Pass: ['Parameters'],
  Task: ['Parameters', 'ResultSelector'],
  Parallel: ['Parameters', 'ResultSelector'],
  Map: ['Parameters', 'ResultSelector', 'ItemSelector'],
};

export function faultsOfPaths(state: StateJson, language: Language): readonly string[] {
  const { Type, ResultPath } = state;
  const own = templates[Type] ?? [];
  // Words may be made by functions.
  const isKnown = Type === 'Fail' ? language.isExpression : language.isPath;
  // The types that have a template have a result as well.
  const isPlaced = own.length === 0 || typeof ResultPath !== 'string' || language.isReferencePath(ResultPath);
  return [
    ...paths[Type]
      .filter((field) => typeof state[field] === 'string' && !isKnown(state[field]))
      .map((field) => `${field} is no ${language.known}: ${state[field]}`),
    ...(isPlaced ? [] : [`ResultPath is no ${language.known}: ${ResultPath}`]),
    ...own.flatMap((field) =>
      unknownKeys((state[field] ?? null) as Jsonb, language).map(
        (key) => `${field}: key ${key} needs a ${language.known}`,
      ),
    ),
  ];
}

function unknownKeys(template: Jsonb, language: Language): readonly string[] {
  if (isArray(template)) return template.flatMap((each) => unknownKeys(each, language));
  if (!isObject(template)) return [];
  return Object.entries(template).flatMap(([key, value]) => {
    if (!isLookedUp(key)) return unknownKeys(value, language);
    return typeof value === 'string' && language.isExpression(value) ? [] : [key];
  });
}
