/** Executions in virtual time: what comes out, when, and by which way. */
import { expect, it } from 'vitest';
import {
  SimulationError,
  simulateStateMachine,
  TaskFailure,
} from '../../../src/harness/state-machine/twin/index.ts';
import { input, one, order } from './machines.ts';

it('a Wait of a year is over at once', async () => {
  const sim = simulateStateMachine(order);
  sim.state('Charge').returns({ id: 'r-1' });
  sim.resource('pack').runs((item) => `packed ${item}`);
  const execution = await sim.start(input).finish();
  expect(execution.status).toBe('Succeeded');
  expect(execution.output).toEqual({
    ...input,
    receipt: { id: 'r-1' },
    parcels: ['packed tea', 'packed cup'],
  });
  expect(execution.endedMs).toBe(365 * 86_400_000);
  expect(execution.path).toEqual(['Validate', 'Charge', 'WaitForReview', 'Pack', 'PackOne', 'PackOne']);
  expect(sim.calls.map(({ state, input: given, index }) => [state, given, index])).toEqual([
    ['Charge', { amount: 5, order: '1' }, undefined],
    ['PackOne', 'tea', 0],
    ['PackOne', 'cup', 1],
  ]);
});

it('retries at the documented instants, to the millisecond', async () => {
  const sim = simulateStateMachine(order);
  sim.state('Charge').fails('Busy', 'later').times(3);
  sim.state('Charge').returns('r').on({ attempt: 4 });
  sim.state('PackOne').returns(null);
  const execution = await sim.start(input).finish();
  expect(sim.state('Charge').calls.map(({ atMs }) => atMs)).toEqual([0, 2000, 6000, 14_000]);
  expect(execution.status).toBe('Succeeded');
  expect(String(sim.timeline)).toContain('+2.000s  Charge fails: Busy: later; again at +6.000s by Retry[0]');
  expect(sim.warnings).toEqual([]);
});

it('what is tried too often is caught', async () => {
  const sim = simulateStateMachine(order, { handlers: { mail: (given) => given.failure } });
  sim.state('Charge').throws(new TaskFailure('Busy', 'never'));
  const execution = await sim.start(input).finish();
  expect(execution.output).toEqual({ Error: 'Busy', Cause: 'never' });
  expect(execution.path).toEqual(['Validate', 'Charge', 'Apologise']);
  expect(sim.coverage.missing).toEqual(['Validate Default', 'WaitForReview', 'Pack', 'PackOne', 'Refuse']);
});

it('a worker that has died is noticed when the time of its task is up', async () => {
  const sim = simulateStateMachine(order);
  sim.state('Charge').hangs();
  sim.state('Apologise').returns('sorry');
  const execution = await sim.start(input).finish();
  expect(execution.endedMs).toBe(60_000);
  expect(sim.state('Charge').calls).toMatchObject([{ outcome: 'canceled' }]);
});

it('a handler works in virtual time', async () => {
  const beats = {
    ...{ Type: 'Task', Resource: 'work', HeartbeatSeconds: 10, End: true },
    Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'T' }],
  };
  const sim = simulateStateMachine(
    { StartAt: 'S', States: { S: beats, T: { Type: 'Succeed' } } },
    {
      handlers: {
        work: async (_, self) => {
          for (let i = 0; i < 3; i++) {
            await self.sleep('9s');
            self.heartbeat();
          }
          await self.sleep('11s');
        },
      },
    },
  );
  const execution = await sim.start().finish();
  expect(execution.endedMs).toBe(37_000);
  expect(execution.path).toEqual(['S', 'T']);
  expect(execution.output).toEqual({ Error: 'States.HeartbeatTimeout' });
});

it('time is driven by hand, and an execution can be canceled', async () => {
  const sim = simulateStateMachine(order);
  sim.state('Charge').takes('5s').returns('r');
  const [kept, canceled] = [sim.start(input), sim.start(input)];
  sim.after('3s', () => canceled.cancel());
  await sim.advance('4s');
  expect([kept.status, canceled.status]).toEqual(['Running', 'Canceled']);
  await sim.runUntil(() => kept.path.includes('WaitForReview'));
  expect(sim.elapsedMs).toBe(5000);
  expect(canceled.endedMs).toBe(3000);
});

it('functions and paths with wildcards are known', async () => {
  const machine = one({
    Type: 'Pass',
    End: true,
    Parameters: {
      'text.$': "States.Format('{} of \\{{}\\}', $.name, States.ArrayLength($.items))",
      'all.$': '$.items[*].price',
      'dear.$': '$.items[?(@.price > 2)].name',
      'hash.$': "States.Hash($.name, 'SHA-1')",
      'id.$': 'States.UUID()',
    },
  });
  const items = [
    { name: 'tea', price: 2 },
    { name: 'cup', price: 3 },
  ];
  const [first, second] = [simulateStateMachine(machine), simulateStateMachine(machine)];
  const { output } = await first.start({ name: 'x', items }).finish();
  expect(output).toEqual({
    text: 'x of {2}',
    all: [2, 3],
    dear: ['cup'],
    hash: '11f6ad8ec52a2984abaafd7c3b516503785c2072',
    id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  });
  expect((await second.start({ name: 'x', items }).finish()).output).toEqual(output);
});

it('a definition may be a text of JSON or YAML', async () => {
  const json = simulateStateMachine(JSON.stringify(one({ Type: 'Succeed' })));
  const yaml = simulateStateMachine('StartAt: S\nStates:\n  S:\n    Type: Fail\n    Error: Late\n');
  expect((await json.start(7).finish()).output).toBe(7);
  expect(await yaml.start().finish()).toMatchObject({ status: 'Failed', error: 'Late', cause: null });
});

it('what nobody carries out is told by name', async () => {
  const sim = simulateStateMachine(order, { handlers: { charge: () => 1 } });
  await expect(sim.start(input).finish()).rejects.toThrow(
    'nobody carries out the task of state "Charge" (arn:aws:states:::lambda:charge)',
  );
});

it('what is no machine is told with the state and the field', () => {
  const said = (definition: object | string) => {
    try {
      simulateStateMachine(definition);
    } catch (error) {
      expect(error).toBeInstanceOf(SimulationError);
      return (error as Error).message;
    }
    return 'nothing';
  };
  expect(said({ States: {} })).toContain('machine: StartAt is missing');
  expect(said(one({ Type: 'Pass', Next: 'T' }))).toContain('state S: Next names no state here: T');
  expect(
    said(one({ Type: 'Task', Resource: 'r', End: true, Retry: [{ ErrorEquals: ['E'], MaxAttempts: -1 }] })),
  ).toContain('state S, Retry[0].MaxAttempts: ');
  expect(said(one({ Type: 'Walk' }))).toContain('state S, Type: ');
  expect(said(one({ Type: 'Pass', End: true, InputPath: '$.[' }))).toContain(
    'state S: InputPath is no path: $.[',
  );
  expect(said('no: [')).toContain('the definition is no YAML');
  expect(said('{')).toContain('the definition is no JSON');
});

it('a machine that goes round without a Wait is told, and one that waits for nothing', async () => {
  const round = simulateStateMachine({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } },
  });
  await expect(round.start().finish()).rejects.toThrow(
    'execution 1 goes round without end at one instant, through A, B',
  );
  const stuck = simulateStateMachine(one({ Type: 'Task', Resource: 'r', End: true }));
  stuck.state('S').hangs();
  await expect(stuck.start().finish()).rejects.toThrow(
    'execution 1 waits for state "S", which nothing will end',
  );
});

it('a result that is no JSON is told, and one that is too large fails as documented', async () => {
  const machine = one({ Type: 'Task', Resource: 'r', End: true });
  const odd = simulateStateMachine(machine, { handlers: { r: () => 1n } });
  await expect(odd.start().finish()).rejects.toThrow(
    'the handler of state "S" (execution 1, attempt 1) returned 1n, which is no JSON',
  );
  const large = simulateStateMachine(machine, { handlers: { r: () => 'x'.repeat(262_145) } });
  expect(await large.start().finish()).toMatchObject({ status: 'Failed', error: 'States.DataLimitExceeded' });
});
