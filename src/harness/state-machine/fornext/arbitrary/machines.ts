/** Random machines: each name once, nested up to two deep, mostly with an end. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type {
  ChoiceJson,
  MachineJson,
  StateJson,
} from '../../../../model/state-machine/shared/definition.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { present } from '../../../contract/present.ts';
import {
  broken,
  choosing,
  comparison,
  headless,
  selecting,
  setting,
  template,
  wide,
} from './made-machines.ts';
import { resultPath, valuePath } from './paths.ts';
import { rule } from './rules.ts';

export const resources = ['work', 'check', 'send'];

interface Names {
  count: number;
}
const named = (names: Names) => `S${++names.count}`;

/** What a state can be, with the name of the next, if there is one. */
function stateOf(
  type: string,
  next: string | undefined,
  inner: () => Arbitrary<MachineJson>,
): Arbitrary<StateJson> {
  const leads =
    next === undefined ? { End: true } : { Next: next, ...(next.endsWith('3') && { End: false }) };
  const common = { Type: type, ...leads };
  const rare = (value: Jsonb) =>
    fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(value) });
  switch (type) {
    case 'Succeed':
      return fc
        .record({ InputPath: valuePath, OutputPath: valuePath })
        .map((paths) => present({ Type: type, ...paths }) as StateJson);
    case 'Fail':
      return fc.constant({ Type: type, Error: 'E', Cause: 'c' } as StateJson);
    case 'Wait':
      return fc
        .record({ Seconds: fc.constantFrom(1, 60), InputPath: valuePath, OutputPath: valuePath })
        .map((rest) => present({ ...common, ...rest }) as StateJson);
    case 'Pass':
      return fc
        .record({
          InputPath: valuePath,
          OutputPath: valuePath,
          ResultPath: resultPath,
          Result: rare({ r: 1 }),
          Parameters: rare({ p: 1 }),
        })
        .map((rest) => present({ ...common, ...rest }) as StateJson);
    case 'Task':
      return fc
        .record({
          Resource: fc.constantFrom(...resources, ...resources, '__sleep'),
          ...{ InputPath: valuePath, OutputPath: valuePath, ResultPath: resultPath },
          ...{ ResultSelector: rare({ 'r.$': '$' }), Parameters: rare({ p: 1 }) },
        })
        .map((rest) => present({ ...common, ...rest }) as StateJson);
    case 'Parallel':
      return fc
        .record({
          Branches: fc
            .integer({ min: 0, max: 3 })
            .chain((size) => fc.tuple(...Array.from({ length: size }, inner))),
          ...{ InputPath: valuePath, OutputPath: valuePath, ResultPath: resultPath },
          ...{ ResultSelector: rare({ 'r.$': '$' }), Parameters: rare({ p: 1 }) },
        })
        .map((rest) => present({ ...common, ...rest }) as StateJson);
    default:
      return fc
        .record({
          ItemProcessor: inner(),
          InputPath: fc.constantFrom('$.c', '$.c', '$', undefined),
          ...{ OutputPath: valuePath, ResultPath: resultPath },
          ResultSelector: fc.oneof(
            { weight: 3, arbitrary: fc.constant(undefined) },
            { weight: 2, arbitrary: template },
          ),
        })
        .map((rest) => present({ ...common, ...rest }) as StateJson);
  }
}

const kinds = ['Pass', 'Pass', 'Task', 'Task', 'Wait', 'Choice', 'Parallel', 'Map'];
const ends = ['Pass', 'Pass', 'Task', 'Succeed', 'Fail', 'Wait', 'Parallel', 'Map', 'Map'];
const innerEnds = ['Pass', 'Pass', 'Pass', 'Task', 'Succeed', 'Fail', 'Wait', 'Parallel', 'Map'];

/** A chain of states, in which a Choice leads to any that comes later. */
function machineOf(names: Names, depth: number): Arbitrary<MachineJson> {
  return fc.constantFrom(...(depth === 0 ? [1, 2, 3, 4] : [1, 1, 1, 2])).chain((length) => {
    const chain = Array.from({ length }, () => named(names));
    const inner = () => machineOf(names, depth + 1);
    const flat = (types: string[]) =>
      depth < 2 ? types : types.filter((type) => type !== 'Parallel' && type !== 'Map');
    const states = chain.map((_, i) => {
      const isLast = i === length - 1;
      return fc
        .constantFrom(...flat(isLast ? (depth === 0 ? ends : innerEnds) : kinds))
        .chain((type) =>
          type === 'Choice' ? choiceOf(chain.slice(i + 1)) : stateOf(type, chain[i + 1], inner),
        );
    });
    return fc.tuple(...states).map((all) => ({
      StartAt: chain[0]!,
      States: Object.fromEntries(all.map((state, i) => [chain[i]!, state])),
    }));
  });
}

function choiceOf(targets: readonly string[]): Arbitrary<StateJson> {
  const target = fc.constantFrom(...targets);
  const choices = fc.array(
    fc.tuple(rule, target).map(([each, Next]) => ({ ...each, Next }) as ChoiceJson),
    { minLength: 1, maxLength: 3 },
  );
  return fc
    .record({
      Choices: choices,
      Default: fc.oneof({ weight: 3, arbitrary: target }, { weight: 1, arbitrary: fc.constant(undefined) }),
      InputPath: valuePath,
      OutputPath: valuePath,
    })
    .map((rest) => present({ Type: 'Choice', ...rest }) as unknown as StateJson);
}

const anyMachine = drawnLater(
  (): Arbitrary<MachineJson> =>
    fc.oneof(
      { weight: 16, arbitrary: fc.constant(0).chain(() => machineOf({ count: 0 }, 0)) },
      { weight: 2, arbitrary: fc.constantFrom(...wide) },
      { weight: 8, arbitrary: selecting },
      { weight: 8, arbitrary: setting },
      { weight: 5, arbitrary: choosing },
      { weight: 5, arbitrary: comparison },
      { weight: 4, arbitrary: fc.constantFrom(...headless) },
      { weight: 6, arbitrary: broken },
    ),
);

/** In some samples mostly comparisons, of which there are many, in some mostly what fills a queue. */
export function machines(character: number): Arbitrary<MachineJson> {
  if (character < 0.3)
    return fc.oneof({ weight: 12, arbitrary: comparison }, { weight: 1, arbitrary: anyMachine });
  if (character < 0.36)
    return fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...wide) }, { weight: 1, arbitrary: anyMachine });
  return anyMachine;
}
