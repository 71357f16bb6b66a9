/** Runs of what no SQL knows: machines with functions and wildcards, and machines in JSONata. */
import { simulateStateMachine } from '../../src/harness/state-machine/twin/index.ts';
import { cases } from '../oracles/states-language/campaign.ts';
import { executed } from '../oracles/states-language/compare.ts';

const machine = (States: object) => ({ QueryLanguage: 'JSONata', StartAt: 'S', States });
const end = { End: true };
const last = { T: { Type: 'Succeed' } };
const inner = (name: string) => ({
  StartAt: name,
  States: { [name]: { Type: 'Pass', Assign: { y: '{% $x %}' }, Output: ['{% $x %}'], ...end } },
});

/** Each field that may hold an expression, given and left out. */
const inJsonata: readonly object[] = [
  machine({
    S: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
    M: {
      Type: 'Map',
      Items: '{% $states.input.c %}',
      ItemSelector: '{% $states.context.Map.Item %}',
      ItemProcessor: inner('P'),
      Next: 'N',
    },
    N: {
      Type: 'Parallel',
      Arguments: '{% $x %}',
      Branches: [inner('Q')],
      Output: '{% $states.result %}',
      ...end,
    },
  }),
  machine({ S: { Type: 'Map', ItemProcessor: inner('P'), ...end } }),
  machine({ S: { Type: 'Map', Items: '{% 1 %}', ItemProcessor: inner('P'), ...end } }),
  machine({ S: { Type: 'Parallel', Branches: [], ...end } }),
  machine({
    S: { Type: 'Wait', Seconds: '{% 1 %}', Next: 'U' },
    U: { Type: 'Wait', Timestamp: '{% "2031-01-01T00:00:00Z" %}', ...end },
  }),
  machine({ S: { Type: 'Wait', Timestamp: '{% 7 %}', ...end } }),
  machine({ S: { Type: 'Fail', Error: '{% "E" %}', Cause: '{% 1 %}' } }),
  machine({
    S: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.a = 1 %}', Assign: { x: 2 }, Next: 'T' }],
      Default: 'T',
    },
    ...last,
  }),
  machine({ S: { Type: 'Choice', Choices: [{ Condition: false, Next: 'T' }] }, ...last }),
  machine({ S: { Type: 'Choice', Choices: [{ Condition: 'text', Next: 'T' }] }, ...last }),
  ...[{ Output: '{% $states.errorOutput %}', Assign: { x: 1 } }, {}].map((more) =>
    machine({
      S: {
        Type: 'Task',
        Resource: 'fails',
        Arguments: '{% $uuid() %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'T', ...more }],
        ...end,
      },
      ...last,
    }),
  ),
  machine({
    S: { Type: 'Choice', Choices: [{ Condition: true, Assign: '{% null %}', Next: 'T' }] },
    ...last,
  }),
  // In JSONPath: a failure without a name is caught.
  {
    StartAt: 'S',
    States: {
      S: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'F', States: { F: { Type: 'Fail' } } }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'T' }],
        ...end,
      },
      ...last,
    },
  },
  // Refused.
  machine({ S: { Type: 'Pass', InputPath: '$', Output: '{% 1 + %}', ...end } }),
  machine({
    S: {
      Type: 'Choice',
      Choices: [{ Next: 'T' }],
      Catch: [{ ErrorEquals: ['E'], ResultPath: '$', Next: 'T' }],
    },
    ...last,
  }),
  machine({ S: { Type: 'Pass', QueryLanguage: 'JSONPath', Output: 1, Assign: {}, ...end } }),
  machine({ S: { Type: 'Wait', QueryLanguage: 'JSONPath', Seconds: '{% 1 %}', ...end } }),
];

const fails = () => {
  throw new Error('why');
};

export async function runWholeLanguage(): Promise<void> {
  for (const each of cases(1, 1500)) await executed(each);
  for (const definition of inJsonata) {
    for (const input of [{ a: 1, c: [1, 2] }, [1]]) {
      try {
        await simulateStateMachine(definition, { handlers: { fails } }).start(input).finish();
      } catch {
        // One that is refused enters what refuses it.
      }
    }
  }
}
