/** Machines that are written in JSONata. */
import { expect, it } from 'vitest';
import { simulateStateMachine } from '../../../src/harness/state-machine/twin/index.ts';

const machine = (States: object, StartAt = 'S') => ({ QueryLanguage: 'JSONata', StartAt, States });

it('arguments, output and variables are evaluated', async () => {
  const sim = simulateStateMachine(
    machine({
      S: {
        Type: 'Task',
        Resource: 'sum',
        Arguments: {
          items: '{% $states.input.items[price > 1].price %}',
          id: '{% $states.context.Execution.Id %}',
        },
        Assign: { total: '{% $states.result.sum %}', seen: [1, '{% $states.input.items[0].name %}'] },
        Output: { sum: '{% $states.result.sum * 2 %}', was: '{% $states.input.items ~> $count %}' },
        Next: 'T',
      },
      T: {
        Type: 'Pass',
        Output: '{% {"total": $total, "seen": $seen, "input": $states.input} %}',
        End: true,
      },
    }),
    { handlers: { sum: ({ items }) => ({ sum: items.reduce((a: number, b: number) => a + b) }) } },
  );
  const items = [
    { name: 'tea', price: 1 },
    { name: 'cup', price: 2 },
    { name: 'pot', price: 3 },
  ];
  const { output } = await sim.start({ items }).finish();
  expect(output).toEqual({ total: 5, seen: [1, 'tea'], input: { sum: 10, was: 3 } });
  expect(sim.calls[0]?.input).toEqual({ items: [2, 3], id: '1' });
});

it('a Choice is decided by conditions', async () => {
  const sim = simulateStateMachine(
    machine({
      S: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.a > 10 %}', Next: 'T' },
          { Condition: '{% $states.input.a > 5 %}', Output: '{% $states.input.a & "!" %}', Next: 'U' },
        ],
        Default: 'T',
      },
      T: { Type: 'Fail', Error: '{% "E" & $string($states.input.a) %}' },
      U: { Type: 'Succeed' },
    }),
  );
  expect(await sim.start({ a: 7 }).finish()).toMatchObject({ status: 'Succeeded', output: '7!' });
  expect(await sim.start({ a: 1 }).finish()).toMatchObject({ status: 'Failed', error: 'E1' });
  expect(sim.coverage.missing).toEqual(['S Choices[0]']);
});

it('a Map has items, and variables of its own', async () => {
  const sim = simulateStateMachine(
    machine({
      S: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
      M: {
        Type: 'Map',
        Items: '{% $states.input.names %}',
        ItemSelector: {
          name: '{% $states.context.Map.Item.Value %}',
          at: '{% $states.context.Map.Item.Index + $x %}',
        },
        ItemProcessor: {
          StartAt: 'P',
          States: {
            P: { Type: 'Pass', Assign: { x: '{% $states.input.at * 10 %}' }, Next: 'Q' },
            Q: { Type: 'Pass', Output: '{% $states.input.name & $string($x) %}', End: true },
          },
        },
        Output: '{% {"all": $states.result, "x": $x} %}',
        End: true,
      },
    }),
  );
  expect((await sim.start({ names: ['a', 'b'] }).finish()).output).toEqual({ all: ['a10', 'b20'], x: 1 });
});

it('times and catchers are expressions as well', async () => {
  const sim = simulateStateMachine(
    machine({
      S: { Type: 'Wait', Seconds: '{% $states.input.days * 86400 %}', Next: 'T' },
      T: {
        ...{ Type: 'Task', Resource: 'r', TimeoutSeconds: '{% $states.input.days + 1 %}', End: true },
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: '{% $states.errorOutput.Error & "/" & $string($states.input.days) %}',
            Assign: { why: '{% $states.errorOutput.Error %}' },
            Next: 'U',
          },
        ],
      },
      U: { Type: 'Pass', Output: ['{% $states.input %}', '{% $why %}'], End: true },
    }),
  );
  sim.state('T').hangs();
  const execution = await sim.start({ days: 2 }).finish();
  expect(execution.output).toEqual(['States.Timeout/2', 'States.Timeout']);
  expect(execution.endedMs).toBe(2 * 86_400_000 + 3000);
});

it('what an expression cannot do is a failure that can be caught', async () => {
  const failing = (expression: string) => {
    const task = { Type: 'Task', Resource: 'r', Arguments: expression, End: true };
    const Catch = [
      { ErrorEquals: ['States.QueryEvaluationError'], Output: '{% $states.errorOutput.Cause %}', Next: 'T' },
    ];
    return simulateStateMachine(machine({ S: { ...task, Catch }, T: { Type: 'Succeed' } }));
  };
  const causes = [];
  for (const expression of ['{% $states.input.nothing %}', '{% 1 + "a" %}', '{% $eval("1") %}']) {
    causes.push((await failing(expression).start().finish()).output);
  }
  expect(causes).toEqual([
    '{% $states.input.nothing %} gives nothing',
    expect.stringContaining('{% 1 + "a" %}: '),
    expect.stringContaining('$eval is not part of the language'),
  ]);
});

it('the functions that the language adds', async () => {
  const sim = simulateStateMachine(
    machine({
      S: {
        Type: 'Pass',
        Output: {
          parts: '{% $partition([1,2,3], 2) %}',
          range: '{% $range(1, 7, 3) %}',
          hash: '{% $hash("x", "SHA-1") %}',
          uuid: '{% $uuid() %}',
          random: '{% $random() < 1 %}',
          parsed: '{% $parse("[1]") %}',
        },
        End: true,
      },
    }),
  );
  expect((await sim.start().finish()).output).toEqual({
    parts: [[1, 2], [3]],
    range: [1, 4, 7],
    hash: '11f6ad8ec52a2984abaafd7c3b516503785c2072',
    uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    random: true,
    parsed: [1],
  });
});

it('a machine in which the languages are mixed is refused, and one whose expression is none', () => {
  const said = (state: object) => {
    try {
      simulateStateMachine(machine({ S: state }));
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing';
  };
  expect(said({ Type: 'Pass', InputPath: '$', End: true })).toBe('state S: InputPath is not part of JSONata');
  expect(said({ Type: 'Pass', Output: '{% 1 + %}', End: true })).toContain(
    'state S: Output: {% 1 + %} is no JSONata: ',
  );
  expect(said({ Type: 'Choice', Choices: [{ Next: 'S' }] })).toBe('state S: Choices[0].Condition is missing');
  expect(said({ Type: 'Pass', QueryLanguage: 'JSONPath', Output: 1, End: true })).toBe(
    'state S: Output is only part of JSONata',
  );
  expect(said({ Type: 'Wait', QueryLanguage: 'JSONPath', Seconds: '{% 1 %}', End: true })).toBe(
    'state S: Seconds has an expression, which is only part of JSONata',
  );
});

it('nothing is assigned by a state that fails', async () => {
  const sim = simulateStateMachine(
    machine({
      S: { Type: 'Pass', Assign: { x: 'before' }, Next: 'T' },
      T: {
        ...{
          Type: 'Task',
          Resource: 'r',
          End: true,
          Assign: { x: 'after' },
          Output: '{% $states.result & $states.result %}',
        },
        Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'U' }],
      },
      U: { Type: 'Pass', Output: '{% $x %}', End: true },
    }),
    { handlers: { r: () => 'x'.repeat(200_000) } },
  );
  expect((await sim.start().finish()).output).toBe('before');
});

it('time and chance are those of the simulation', async () => {
  const definition = machine({
    S: { Type: 'Wait', Seconds: 5, Next: 'T' },
    T: {
      Type: 'Pass',
      Output: [
        '{% $millis() %}',
        '{% $now() %}',
        '{% $uuid() %}',
        '{% $random() %}',
        '{% $random(1) = $random(1) %}',
      ],
      End: true,
    },
  });
  const outputs = [];
  for (let i = 0; i < 2; i++) outputs.push((await simulateStateMachine(definition).start().finish()).output);
  expect(outputs[0]).toEqual(outputs[1]);
  const at = Date.UTC(2030, 0, 1) + 5000;
  expect((outputs[0] as unknown[]).slice(0, 2)).toEqual([at, new Date(at).toISOString()]);
});

it('what is no JSON, and variables that are none, are failures', async () => {
  const errors = [];
  for (const expression of ['{% $sum %}', '{% 1/0 %}', '{% $partition([1], 0) %}']) {
    const sim = simulateStateMachine(machine({ S: { Type: 'Pass', Output: expression, End: true } }));
    errors.push((await sim.start().finish()).error);
  }
  const rule = { Condition: true, Assign: '{% null %}', Next: 'T' };
  const sim = simulateStateMachine(
    machine({ S: { Type: 'Choice', Choices: [rule] }, T: { Type: 'Succeed' } }),
  );
  errors.push((await sim.start().finish()).error);
  expect(errors).toEqual(errors.map(() => 'States.QueryEvaluationError'));
});
