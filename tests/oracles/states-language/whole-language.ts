/** Random machines with what only the whole language has: functions, wildcards, slices and filters. */
import fc from 'fast-check';
import { machines } from '../../../src/harness/state-machine/states-language/arbitrary/machines.ts';
import type {
  MachineJson,
  StateJson,
} from '../../../src/model/state-machine/states-language/language/definition.ts';
import type { Json } from './values.ts';

const places = [
  '$.a',
  '$.b',
  '$.c',
  '$.s',
  '$.d.e',
  '$.d.f',
  '$.d.n',
  '$.c[0]',
  '$$.State.Name',
  '$.nothing',
];
/** In which order the fields of an object come the language leaves open: none of these depends on it. */
const queries = [
  ...['$.c[*]', '$.c[0:2]', '$.c[-1:]', '$.c[::2]', '$.c[0,1]', '$$.StateMachine.*', '$.c..a', '$..e'],
  ...['$.c[?(@.a == 1)]', '$.c[?(@.a)].a', '$.c[?(@ > 1)]', '$.c[?(@ == 1 || @ == 2)]', '$.nothing[*]'],
  ...["$.c[?(@ == 'x')]", '$.c[?(@.a > 0 && @.a < 9)]', '$$.Execution.Input.c[*]', '$.c[?(!@.a)]'],
];
const query = fc.constantFrom(...queries);
const place = fc.constantFrom(...places);
const literals = ["'x'", "'a, b'", "'it\\'s'", '1', '-2', '2.4', 'true', 'null', "'{}'", "'\\{\\}'", "''"];
const separators = ["','", "'., '", "'x'"];
const algorithms = ["'MD5'", "'SHA-1'", "'SHA-256'", "'SHA-384'", "'SHA-512'", "'none'"];
const formats = ["'{}'", "'{} of {}'", "'\\{{}\\}'", "'no place'", '$.b'];

/** A call of a function: mostly with arguments of the kinds that it takes. */
const invocation: fc.Arbitrary<string> = fc.letrec<{ call: string; any: string }>((tie) => {
  const some = (...values: readonly string[]) => fc.constantFrom(...values);
  const any = fc.oneof({ maxDepth: 2 }, place, query, some(...literals), tie('call'));
  /** Now and then something else. */
  const mostly = (likely: fc.Arbitrary<string>) =>
    fc.oneof({ weight: 8, arbitrary: likely }, { weight: 1, arbitrary: tie('any') });
  const list = mostly(
    fc.oneof(some('$.c', 'States.Array(1, 2, 2)', "States.StringSplit('a,b', ',')"), query),
  );
  const number = mostly(some('$.a', '$.s', '0', '1', '2', '3', '-1', '2.4', 'States.MathAdd(1, 1)'));
  const least = mostly(some('1', '2', '3', '$.s'));
  const words = mostly(some('$.b', "'a,b.c'", "'é'", '$.d.h', '$$.State.Name', "'YSxi'"));
  const object = mostly(some('$.d', '$$.StateMachine', '$.c[0]', 'States.StringToJson(\'{"k":1}\')'));
  const of = (name: string, ...given: readonly fc.Arbitrary<string>[]) =>
    fc.tuple(...given).map((all) => `States.${name}(${all.join(', ')})`);
  return {
    any,
    call: fc.oneof(
      { maxDepth: 3 },
      fc.array(any, { maxLength: 3 }).map((all) => `States.Array(${all.join(',')})`),
      of('ArrayPartition', list, least),
      of('ArrayContains', list, any),
      of('ArrayRange', number, number, least),
      of('ArrayGetItem', list, some('0', '1', '2', '9', '0.4')),
      of('ArrayLength', list),
      of('ArrayUnique', list),
      of('Base64Encode', words),
      of('Base64Decode', some("'YSxi'", "'w6k='", "'!'", "''")),
      of('Hash', some("'x'", "'é'", "''", '$$.State.Name'), some(...algorithms)),
      of('JsonMerge', object, object, some('false', 'false', 'false', 'true')),
      of('StringToJson', some('\'[1, {"a": null}]\'', "'7'", '\'"x"\'', "'{'", "''", '$.b')),
      of('JsonToString', fc.oneof(place, query)),
      of('MathRandom', some('1'), some('2')),
      of('MathAdd', number, number),
      of('StringSplit', words, some(...separators)),
      of('Format', some(...formats)),
      of('Format', some(...formats), any),
      of('Format', some(...formats), some(...places), any),
      of('ArrayLength', some('States.Array(States.UUID())')),
    ),
  };
}).call;

const computed = fc.oneof(
  { weight: 5, arbitrary: invocation },
  { weight: 2, arbitrary: query },
  { weight: 1, arbitrary: place },
);
/** With what the states that follow look for. */
const template = fc.oneof(
  fc
    .tuple(computed, fc.constantFrom('x', 'c', 'a', 'b'))
    .map(([text, key]): Json => ({ 'd.$': '$.d', 's.$': '$.s', 'c.$': '$.c', [`${key}.$`]: text })),
  computed.map((text): Json => ({ a: 1, c: [1, { 'a.$': text }, 'x'], s: 1 })),
  fc
    .dictionary(fc.constantFrom('a.$', 'b.$', 'c.$', 's.$'), computed, { minKeys: 1, maxKeys: 3 })
    .map((each): Json => each),
);

interface Drawn {
  readonly at: number;
  readonly template: Json;
  readonly query: string;
}
const drawn = fc.record({ at: fc.integer({ min: 0, max: 11 }), template, query });
const shaped: Readonly<Record<string, string>> = { Task: 'ResultSelector', Map: 'ItemSelector' };

/** Some of the fields of its states are replaced, each by the next that was drawn. */
function enriched(machine: MachineJson, next: () => Drawn): MachineJson {
  const stateOf = (state: StateJson): StateJson => {
    const { at, template: filled, query: path } = next();
    const inner = {
      ...(state.Branches && { Branches: state.Branches.map((each) => enriched(each, next)) }),
      ...(state.ItemProcessor && { ItemProcessor: enriched(state.ItemProcessor, next) }),
    };
    const isShaped = ['Pass', 'Task', 'Parallel'].includes(state.Type);
    const field = at % 2 === 0 ? shaped[state.Type] : isShaped ? 'Parameters' : shaped[state.Type];
    const own = {
      ...(at < 6 && field !== undefined && { [field]: filled }),
      ...(at === 6 && state.Type !== 'Fail' && { InputPath: path }),
      ...(at === 7 && state.Type !== 'Fail' && { OutputPath: path }),
      ...(at > 7 && state.Type === 'Map' && { ItemsPath: path }),
    };
    return { ...state, ...inner, ...own };
  };
  const states = Object.entries(machine.States).map(([name, state]) => [name, stateOf(state)] as const);
  return { ...machine, States: Object.fromEntries(states) };
}

export const wholeMachines: fc.Arbitrary<MachineJson> = fc
  .tuple(machines(0.5), fc.array(drawn, { minLength: 6, maxLength: 12 }))
  .map(([machine, all]) => {
    let count = 0;
    return enriched(machine, () => all[count++ % all.length]!);
  });
