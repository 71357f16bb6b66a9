/** What is wrong with a machine, in words that name the state and the field. */

import { isJsonata, type MachineJson, type StateJson } from '../language/definition.ts';
import type { Language } from '../language/language.ts';
import { nestedIn, type Scope, statesIn } from '../language/scopes.ts';
import { faultsOfHandlers } from './handlers.ts';
import { faultsOfJsonata, faultsOfJsonPath } from './jsonata.ts';
import { faultsOfPaths } from './paths.ts';
import { faultsOfRules } from './rules.ts';

/** In no order. */
export function faultsOf(machine: MachineJson, language: Language): string[] {
  const names = [...statesIn(machine)].map(([name]) => name);
  const twice = new Set(names.filter((name, i) => names.indexOf(name) < i));
  return [
    ...[...twice].map((name) => `state ${name}: the name is used twice`),
    ...faultsOfScope({ name: 'machine', machine }, language, machine),
  ];
}

function faultsOfScope({ name: scope, machine }: Scope, language: Language, whole: MachineJson): string[] {
  const { StartAt, QueryLanguage, States } = machine;
  const start =
    StartAt === undefined
      ? ['StartAt is missing']
      : Object.hasOwn(States, StartAt)
        ? []
        : [`StartAt names no state: ${StartAt}`];
  return [
    ...[...start, ...faultsOfLanguage(QueryLanguage, language)].map((fault) => `${scope}: ${fault}`),
    ...(start.length > 0 ? [] : unreached(machine, StartAt!)),
    ...Object.entries(States).flatMap(([name, state]) => [
      ...faultsOfState(state, States, language, isJsonata(whole, state)).map(
        (fault) => `state ${name}: ${fault}`,
      ),
      ...([...name].length > 80 ? [`state ${name}: the name is longer than 80 characters`] : []),
      ...nestedIn(name, state).flatMap((inner) => faultsOfScope(inner, language, whole)),
    ]),
  ];
}

const faultsOfLanguage = (query: string | undefined, { jsonataFault }: Language): string[] =>
  query === 'JSONata' && !jsonataFault ? ['QueryLanguage JSONata is not known to the SQL'] : [];

function unreached({ States }: MachineJson, start: string): string[] {
  const reached = new Set([start]);
  // A set is walked on while it grows.
  for (const name of reached) {
    const state = Object.hasOwn(States, name) ? States[name] : undefined;
    for (const [, to] of state ? leadsOf(state) : []) reached.add(to);
  }
  return Object.keys(States)
    .filter((name) => !reached.has(name))
    .map((name) => `state ${name}: is never reached`);
}

const goesOn: ReadonlySet<string> = new Set(['Pass', 'Task', 'Wait', 'Parallel', 'Map']);
export const isHandling = ({ Type }: StateJson): boolean =>
  Type === 'Task' || Type === 'Parallel' || Type === 'Map';

/** The fields that name another state, and whom they name. */
function leadsOf(state: StateJson): readonly (readonly [string, string])[] {
  const { Type, Next, Default, Choices = [], Catch = [] } = state;
  return [
    ...(goesOn.has(Type) && Next !== undefined ? [['Next', Next] as const] : []),
    ...(Type === 'Choice' && Default !== undefined ? [['Default', Default] as const] : []),
    ...(Type === 'Choice' ? Choices : []).map((choice, i) => [`Choices[${i}].Next`, choice.Next] as const),
    ...(isHandling(state) ? Catch : []).map((catcher, i) => [`Catch[${i}].Next`, catcher.Next] as const),
  ];
}

function faultsOfState(
  state: StateJson,
  States: MachineJson['States'],
  language: Language,
  isInJsonata: boolean,
): readonly string[] {
  return [
    ...faultsOfLanguage(state.QueryLanguage, language),
    ...leadsOf(state)
      .filter(([, to]) => !Object.hasOwn(States, to))
      .map(([field, to]) => `${field} names no state here: ${to}`),
    ...faultsOfEnd(state),
    ...missing(state),
    ...exclusive(state),
    ...notModelled(state, isInJsonata && language.jsonataFault !== undefined),
    ...(isHandling(state) ? faultsOfHandlers(state, language) : []),
    ...faultsOfQueries(state, language, isInJsonata),
  ];
}

/** Of what is looked up, in either language. */
function faultsOfQueries(state: StateJson, language: Language, isInJsonata: boolean): readonly string[] {
  const { jsonataFault } = language;
  if (isInJsonata && jsonataFault) return faultsOfJsonata(state, jsonataFault);
  return [
    ...(state.Type === 'Choice' ? faultsOfRules(state.Choices ?? [], language) : []),
    ...faultsOfPaths(state, language),
    ...(jsonataFault ? faultsOfJsonPath(state) : []),
  ];
}

function faultsOfEnd({ Type, Next, End }: StateJson): readonly string[] {
  if (!goesOn.has(Type) || (Next !== undefined) !== (End === true)) return [];
  return [Next === undefined ? 'Next or End is missing' : 'Next and End exclude each other'];
}

function missing(state: StateJson): readonly string[] {
  const { Type, Resource, Choices = [], Branches, ItemProcessor, Iterator: older } = state;
  if (Type === 'Task' && Resource === undefined) return ['Resource is missing'];
  if (Type === 'Choice' && Choices.length === 0) return ['Choices is missing or empty'];
  if (Type === 'Parallel' && Branches === undefined) return ['Branches is missing'];
  if (Type === 'Map' && !ItemProcessor && !older) return ['ItemProcessor is missing'];
  const times = [state.Seconds, state.Timestamp, state.SecondsPath, state.TimestampPath];
  return Type === 'Wait' && times.filter((time) => time !== undefined).length !== 1
    ? ['one of Seconds, Timestamp, SecondsPath and TimestampPath is needed']
    : [];
}

/** Fields that are given as a value, or by a path. */
const eitherOr = {
  Task: ['TimeoutSeconds', 'HeartbeatSeconds'],
  Map: ['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'],
  Fail: ['Error', 'Cause'],
} as const;

function exclusive(state: StateJson): readonly string[] {
  const { Type, TimeoutSeconds, HeartbeatSeconds } = state;
  const fields = Type === 'Task' || Type === 'Map' || Type === 'Fail' ? eitherOr[Type] : [];
  const both = fields
    .filter((field) => state[field] !== undefined && state[`${field}Path`] !== undefined)
    .map((field) => `${field} and ${field}Path exclude each other`);
  const isBelow =
    Type !== 'Task' ||
    typeof TimeoutSeconds !== 'number' ||
    typeof HeartbeatSeconds !== 'number' ||
    HeartbeatSeconds < TimeoutSeconds;
  return isBelow ? both : [...both, 'HeartbeatSeconds is not below TimeoutSeconds'];
}

function notModelled(state: StateJson, isInJsonata: boolean): readonly string[] {
  const fields = [
    ...(isInJsonata ? [] : ['Assign']),
    ...(state.Type === 'Map' ? ['ItemReader', 'ItemBatcher', 'ResultWriter'] : []),
  ];
  return fields.filter((field) => Object.hasOwn(state, field)).map((field) => `${field} is not modelled`);
}
