/** The eighteen intrinsic functions, as documented: by the twin, and by the interpreter of the tests. */
import { expect, test } from 'vitest';
import { simulateStateMachine } from '../../../src/harness/state-machine/twin/index.ts';
import { call, functionNames } from '../../oracles/states-language/functions.ts';
import type { Json, StateError } from '../../oracles/states-language/values.ts';
import { one } from './machines.ts';

const input = {
  ...{ n: 2, text: 'a.b,c', empty: '', nothing: null, yes: true, json: '{"x":[1,null]}', bad: '{x' },
  ...{
    list: [1, 2, 2, { a: 1 }, { a: 1 }, '2'],
    object: { a: 1, o: { b: 1 } },
    other: { a: 2, o: { c: 1 } },
  },
  ...{ template: "it's {}", long: 'x'.repeat(10_000), tooLong: 'x'.repeat(10_001), algorithm: 'SHA-1' },
};
const fails = Symbol('States.IntrinsicFailure');
type Expected = Json | typeof fails | RegExp;

const table: Readonly<Record<string, readonly (readonly [string, Expected])[]>> = {
  'States.Format': [
    ["States.Format('Hello, my name is {}.', $.text)", 'Hello, my name is a.b,c.'],
    ["States.Format('{} {} {}', $.n, $.yes, $.nothing)", '2 true null'],
    ["States.Format($.template, 'x')", "it's x"],
    ["States.Format('\\{{}\\} it\\'s \\\\', 1)", "{1} it's \\"],
    ["States.Format('no place')", 'no place'],
    ["States.Format('{}')", fails],
    ["States.Format('{}', 1, 2)", fails],
    ["States.Format('{}', $.list)", fails],
    ['States.Format($.n, 1)', fails],
  ],
  'States.StringToJson': [
    ['States.StringToJson($.json)', { x: [1, null] }],
    ['States.StringToJson(\'"x"\')', 'x'],
    ["States.StringToJson('7')", 7],
    ['States.StringToJson($.bad)', fails],
    ['States.StringToJson($.empty)', fails],
    ['States.StringToJson($.n)', fails],
  ],
  'States.JsonToString': [
    ['States.JsonToString($.list)', '[1,2,2,{"a":1},{"a":1},"2"]'],
    ['States.JsonToString($.text)', '"a.b,c"'],
    ['States.JsonToString($.nothing)', 'null'],
    ['States.JsonToString($.n, $.n)', fails],
  ],
  'States.Array': [
    ['States.Array()', []],
    ["States.Array($.n, 'x', null, true, -1.5)", [2, 'x', null, true, -1.5]],
    ['States.Array( $.list[3] , States.Array(1) )', [{ a: 1 }, [1]]],
    ['States.Array($.list[*])', [[1, 2, 2, { a: 1 }, { a: 1 }, '2']]],
  ],
  'States.ArrayPartition': [
    [
      'States.ArrayPartition($.list, 4)',
      [
        [1, 2, 2, { a: 1 }],
        [{ a: 1 }, '2'],
      ],
    ],
    ['States.ArrayPartition(States.Array(), 4)', []],
    ['States.ArrayPartition(States.Array(1, 2), 1.4)', [[1], [2]]],
    ['States.ArrayPartition($.list, 0)', fails],
    ['States.ArrayPartition($.text, 1)', fails],
  ],
  'States.ArrayContains': [
    ['States.ArrayContains($.list, 2)', true],
    ['States.ArrayContains($.list, $.list[3])', true],
    ["States.ArrayContains($.list, '1')", false],
    ["States.ArrayContains($.text, 'a')", fails],
    ['States.ArrayContains($.list)', fails],
  ],
  'States.ArrayRange': [
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(9, 2, -4)', [9, 5]],
    ['States.ArrayRange(1.4, 3.6, 1)', [1, 2, 3, 4]],
    ['States.ArrayRange(1, 1001, 1)', fails],
    ['States.ArrayRange(1, 9, 0)', fails],
    ['States.ArrayRange(1, 9)', fails],
  ],
  'States.ArrayGetItem': [
    ['States.ArrayGetItem($.list, 0)', 1],
    ['States.ArrayGetItem($.list, 5)', '2'],
    ['States.ArrayGetItem(States.Array(null), 0)', null],
    ['States.ArrayGetItem($.list, 6)', fails],
    ['States.ArrayGetItem($.object, 0)', fails],
  ],
  'States.ArrayLength': [
    ['States.ArrayLength($.list)', 6],
    ['States.ArrayLength(States.Array())', 0],
    ['States.ArrayLength($.list[?(@.a == 1)])', 2],
    ['States.ArrayLength($.text)', fails],
  ],
  'States.ArrayUnique': [
    ['States.ArrayUnique($.list)', [1, 2, { a: 1 }, '2']],
    ['States.ArrayUnique(States.Array())', []],
    ["States.ArrayUnique(States.Array(1, '1', true, 1))", [1, '1', true]],
    ['States.ArrayUnique($.object)', fails],
  ],
  'States.Base64Encode': [
    ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
    ["States.Base64Encode('é')", 'w6k='],
    ['States.Base64Encode($.empty)', ''],
    ['States.Base64Encode($.tooLong)', fails],
    ['States.Base64Encode($.n)', fails],
  ],
  'States.Base64Decode': [
    ["States.Base64Decode('RGVjb2RlZCBkYXRh')", 'Decoded data'],
    ["States.Base64Decode('w6k=')", 'é'],
    ["States.Base64Decode('')", ''],
    ["States.Base64Decode('!')", fails],
    ['States.Base64Decode($.tooLong)', fails],
    ['States.Base64Decode($.n)', fails],
  ],
  'States.Hash': [
    ["States.Hash('input data', $.algorithm)", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ["States.Hash('', 'MD5')", 'd41d8cd98f00b204e9800998ecf8427e'],
    ["States.Hash($.text, 'SHA-256')", /^"[0-9a-f]{64}"$/],
    ["States.Hash($.text, 'SHA-384')", /^"[0-9a-f]{96}"$/],
    ["States.Hash($.long, 'SHA-512')", /^"[0-9a-f]{128}"$/],
    ["States.Hash($.text, 'CRC')", fails],
    ["States.Hash($.tooLong, 'MD5')", fails],
  ],
  'States.JsonMerge': [
    ['States.JsonMerge($.object, $.other, false)', { a: 2, o: { c: 1 } }],
    ["States.JsonMerge($.object, States.StringToJson('{}'), false)", { a: 1, o: { b: 1 } }],
    ['States.JsonMerge(States.StringToJson(\'{"z":1}\'), $.list[3], false)', { z: 1, a: 1 }],
    ['States.JsonMerge($.object, $.other, true)', fails],
    ['States.JsonMerge($.object, $.list, false)', fails],
    ['States.JsonMerge($.object, $.other)', fails],
  ],
  'States.MathRandom': [
    ['States.MathRandom(1, 2)', 1],
    ['States.MathRandom(1, 3)', /^[12]$/],
    ['States.MathRandom(-5, -4, 7)', -5],
    ["States.MathRandom('1', 3)", fails],
    ['States.MathRandom(1)', fails],
  ],
  'States.MathAdd': [
    ['States.MathAdd($.n, -3)', -1],
    ['States.MathAdd(1.4, 2)', 3],
    ['States.MathAdd(0, 0)', 0],
    ["States.MathAdd('1', 1)", fails],
    ['States.MathAdd(1)', fails],
  ],
  'States.StringSplit': [
    ["States.StringSplit('1,2,3', ',')", ['1', '2', '3']],
    ["States.StringSplit('This.is+a,test=string', '.+,=')", ['This', 'is', 'a', 'test', 'string']],
    ['States.StringSplit($.text, $.json)', ['a.b', 'c']],
    ["States.StringSplit($.n, ',')", fails],
    ['States.StringSplit($.text)', fails],
  ],
  'States.UUID': [
    ['States.UUID()', /^"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"$/],
    ['States.ArrayLength(States.ArrayUnique(States.Array(States.UUID(), States.UUID())))', 2],
    ['States.UUID(1)', fails],
  ],
};
const rows = Object.values(table).flat();

test('each of the eighteen functions has three cases or more', () => {
  expect(functionNames).toHaveLength(18);
  expect(Object.keys(table).sort()).toEqual([...functionNames].sort());
  expect(Object.entries(table).filter(([, all]) => all.length < 3)).toEqual([]);
});

function check(found: Json | typeof fails, expected: Expected) {
  if (expected instanceof RegExp) expect(JSON.stringify(found)).toMatch(expected);
  else expect(found).toEqual(expected);
}

test.each(rows)('the interpreter: %s', (text, expected) => {
  let found: Json | typeof fails;
  try {
    found = call(text, { input, context: {} });
  } catch (thrown) {
    expect((thrown as StateError).error).toBe('States.IntrinsicFailure');
    found = fails;
  }
  check(found, expected);
});

test.each(rows)('the twin: %s', async (text, expected) => {
  const sim = simulateStateMachine(one({ Type: 'Pass', Parameters: { 'x.$': text }, End: true }));
  const execution = await sim.start(input).finish();
  if (execution.status === 'Failed') expect(execution.error).toBe('States.IntrinsicFailure');
  const found = execution.status === 'Failed' ? fails : (execution.output as { x: Json }).x;
  check(found, expected);
});
