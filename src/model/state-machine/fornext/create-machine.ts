/** A machine is kept, where it is one that is modelled. */
import type { Jsonb } from '../../kernel/jsonb.ts';
import { jsonbOrder } from '../../kernel/jsonb-order.ts';
import { raised, type SqlError } from '../../kernel/sql-error.ts';
import { compareBytes } from '../shared/bytes.ts';
import type { MachineJson, RuleJson, StateJson } from '../shared/definition.ts';
import { isArray, isObject, isPath, pathOf } from '../shared/paths.ts';
import { isStateType } from '../shared/types.ts';
import { pathOperators } from './choice.ts';
import type { CommandOf } from './commands.ts';
import type { Draft } from './state.ts';

export function createMachine(
  draft: Draft,
  { machine, definition }: CommandOf<'create_machine'>,
): SqlError | undefined {
  if (draft.machines.has(machine)) return raised(`machine ${machine} is there`);
  const states = new Map<string, StateJson>();
  const twice = new Set<string>();
  collect(definition, states, twice);
  const fault = faultIn(definition, twice);
  if (fault !== undefined) return raised(fault);
  draft.machines = draft.machines.set(machine, { machine, definition, states }, draft.owner);
  return undefined;
}

/** All states, also those that are nested in others, and the names that more than one of them has. */
function collect({ States }: MachineJson, states: Map<string, StateJson>, twice: Set<string>): void {
  for (const [name, state] of Object.entries(States)) {
    if (states.has(name)) twice.add(name);
    states.set(name, state);
    for (const inner of nestedIn(state)) collect(inner, states, twice);
  }
}

/** What is wrong first: with a machine's own states, then with what is nested in them. */
function faultIn({ States }: MachineJson, twice: ReadonlySet<string>): string | undefined {
  const named = Object.entries(States).sort(([a], [b]) => compareBytes(a, b));
  return (
    first(
      named.map(
        ([name, state]) =>
          () =>
            stateFault(name, state, twice),
      ),
    ) ?? first(named.flatMap(([, state]) => nestedIn(state)).map((inner) => () => faultIn(inner, twice)))
  );
}

function stateFault(name: string, state: StateJson, twice: ReadonlySet<string>): string | undefined {
  const { Type = '' } = state;
  if (!isStateType(Type)) return `unsupport state type: ${Type}`;
  if (twice.has(name)) return `state ${name} is used twice`;
  const path = pathFault(state);
  return path === undefined ? undefined : `path ${path} is not modelled`;
}

function nestedIn({ Type, Branches, ItemProcessor }: StateJson): readonly MachineJson[] {
  if (Type === 'Parallel') return Branches ?? [];
  return Type === 'Map' ? [ItemProcessor!] : [];
}

/** The first path that is none, or has a form that is not modelled where it stands. */
function pathFault(state: StateJson): string | undefined {
  const { InputPath, OutputPath, ResultPath, Choices, Type, ResultSelector } = state;
  for (const path of [InputPath, OutputPath]) if (path != null && path !== '' && !isPath(path)) return path;
  if (ResultPath != null && !isResultPath(ResultPath)) return ResultPath;
  return (
    first((Choices ?? []).map((choice) => () => ruleFault(choice))) ??
    (Type === 'Map' && ResultSelector !== undefined ? templateFault(ResultSelector) : undefined)
  );
}

/** What is made on the way has one item. */
function isResultPath(path: string): boolean {
  if (path === '') return true;
  if (!isPath(path)) return false;
  const { isOfContext, steps } = pathOf(path);
  return (
    !isOfContext &&
    steps.every((step, i) => typeof step === 'string' || step === 0 || typeof steps[i - 1] !== 'string')
  );
}

function ruleFault(rule: RuleJson): string | undefined {
  const wrong = ['Variable', ...pathOperators]
    .map((field) => rule[field] as string | null | undefined)
    .find((path) => path != null && (!isPath(path) || pathOf(path).isOfContext));
  if (wrong != null) return wrong;
  const inner = [...(rule.And ?? []), ...(rule.Or ?? []), ...(rule.Not ? [rule.Not] : [])];
  return first(inner.map((each) => () => ruleFault(each)));
}

function templateFault(template: Jsonb): string | undefined {
  if (isArray(template)) return first(template.map((each) => () => templateFault(each)));
  if (!isObject(template)) return undefined;
  return first(
    jsonbOrder(Object.keys(template)).map((key) => () => {
      const value = template[key]!;
      if (!key.endsWith('.$')) return templateFault(value);
      return typeof value === 'string' && value.startsWith('$') && !isPath(value) ? value : undefined;
    }),
  );
}

function first(looks: readonly (() => string | undefined)[]): string | undefined {
  for (const look of looks) {
    const fault = look();
    if (fault !== undefined) return fault;
  }
  return undefined;
}
