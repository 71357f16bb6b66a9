/** A machine is kept, where it is one that is modelled. */
import type { Jsonb } from '../../kernel/jsonb.ts';
import { raised, type SqlError } from '../../kernel/sql-error.ts';
import { compareBytes } from '../shared/bytes.ts';
import type { MachineJson, RuleJson, StateJson } from '../shared/definition.ts';
import { isArray, isObject, isPath, pathOf } from '../shared/paths.ts';
import { isStateType } from '../shared/types.ts';
import type { CommandOf } from './commands.ts';
import type { Draft } from './state.ts';

export function createMachine(
  draft: Draft,
  { machine, definition }: CommandOf<'create_machine'>,
): SqlError | undefined {
  if (draft.machines.has(machine)) return raised(`machine ${machine} is there`);
  const states = new Map<string, StateJson>();
  const fault = read(definition, states);
  if (fault !== undefined) return raised(fault);
  draft.machines = draft.machines.set(machine, { machine, definition, states }, draft.owner);
  return undefined;
}

/** Collects all states; gives what is wrong first: with a machine's own states, then with what is nested in them. */
function read({ States }: MachineJson, states: Map<string, StateJson>): string | undefined {
  const named = Object.entries(States).sort(([a], [b]) => compareBytes(a, b));
  for (const [name, state] of named) {
    if (!isStateType(state.Type ?? '')) return `unsupport state type: ${state.Type ?? ''}`;
    if (states.has(name)) return `state ${name} is used twice`;
    states.set(name, state);
    const fault = pathFault(state);
    if (fault !== undefined) return `path ${fault} is not modelled`;
  }
  for (const [, state] of named) {
    for (const inner of nestedIn(state)) {
      const fault = read(inner, states);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
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
  for (const choice of Choices ?? []) {
    const fault = ruleFault(choice);
    if (fault !== undefined) return fault;
  }
  return Type === 'Map' && ResultSelector !== undefined ? templateFault(ResultSelector) : undefined;
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
  const paths = Object.keys(rule)
    .filter((key) => key === 'Variable' || key.endsWith('Path'))
    .sort(compareBytes)
    .map((key) => rule[key]);
  const wrong = paths.find(
    (path) => typeof path === 'string' && !(isPath(path) && !pathOf(path).isOfContext),
  );
  if (wrong !== undefined) return wrong as string;
  for (const inner of [...(rule.And ?? []), ...(rule.Or ?? []), ...(rule.Not ? [rule.Not] : [])]) {
    const fault = ruleFault(inner);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function templateFault(template: Jsonb): string | undefined {
  if (isArray(template)) return first(template.map((each) => () => templateFault(each)));
  if (!isObject(template)) return undefined;
  return first(
    Object.keys(template)
      .sort(compareBytes)
      .map((key) => () => {
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
