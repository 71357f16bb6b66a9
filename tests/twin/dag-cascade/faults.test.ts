/** What a test does to routines and to the orchestrator. */
import { expect, it } from 'vitest';
import { flowOf, nodes } from './flows.ts';

it('a routine fails at the calls that a rule names, by number, by subject or by a condition', async () => {
  const page = {
    node: 'a',
    target: 'here',
    node_routine: '',
    step_routine: 'page',
    all_steps_must_complete: false,
  };
  const dag = await flowOf([{ ...page, steps: [1, 2, 3, 4].map((n) => ({ n })) }]);
  dag.routine('page').throws(new Error('second')).on({ call: 2 });
  dag
    .routine('page')
    .throws(new Error('third'))
    .on({ step_arguments: { n: 3 } });
  dag
    .routine('page')
    .throws('no error')
    .on((call) => call.node === 'a' && call.call === 4);
  dag.routine('page').takes('1m').on({ call: 2 });
  dag.routine('page').takes('2m').on({ call: 3 });
  dag.routine('page').takes('3m').on({ call: 4 });
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.calls.map(({ outcome, error }) => [outcome, error])).toEqual([
    ['returned', undefined],
    ['threw', 'second'],
    ['threw', 'third'],
    ['threw', 'no error'],
  ]);
  expect(dag.calls[1]!.thrown).toEqual(new Error('second'));
  expect(
    dag
      .flow(1)
      .node('a')
      .steps.map(({ processing_error }) => processing_error),
  ).toEqual([null, 'second', 'third', 'no error']);
});

it('a rule for some calls comes before one for all, of which the last counts', async () => {
  const dag = await flowOf(nodes('a'), { routines: { a: () => expect.unreachable() } });
  dag.routine('a').throws(new Error('always'));
  dag.routine('a').returns();
  dag.routine('a').throws(new Error('twice')).times(2);
  for (let i = 0; i < 3; i++) {
    await dag.createFlow('f');
    await dag.drain();
  }
  expect(dag.flows.map((flow) => flow.node('a').status)).toEqual(['FAILED', 'FAILED', 'FINISHED']);
});

it('two replacements on a stub that is kept are two rules', async () => {
  const dag = await flowOf(nodes('a'));
  const a = dag.routine('a');
  a.throws(new Error('first')).times(1);
  a.runs(() => {
    throw new Error('then');
  });
  for (let i = 0; i < 2; i++) {
    await dag.createFlow('f');
    await dag.drain();
  }
  expect(a.calls.map(({ error }) => error)).toEqual(['first', 'then']);
});

it('a routine that hangs is canceled when its time is up', async () => {
  const dag = await flowOf(nodes('a', 'b <? a'));
  dag.routine('a').hangs();
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FAILED', b: 'FINISHED' });
  expect(dag.calls).toMatchObject([
    { outcome: 'canceled', endedAt: new Date(Date.UTC(2030, 0, 1, 1) + 1) },
    { outcome: 'returned' },
  ]);
});

it('an error whose message is the word for success is an error all the same', async () => {
  const dag = await flowOf(nodes('a', 'b'));
  dag.routine('a').throws(new Error('OK'));
  dag.routine('b').throws(new Error('nul \0 and half \ud800')).takes(1);
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.tasks.map(({ status, processing_error }) => [status, processing_error])).toEqual([
    ['FAILED', 'ERROR: OK'],
    ['FAILED', 'nul \ufffd and half \ufffd'],
  ]);
});

it('an orchestrator that starts again presumes that what runs has failed, and cancels what is open', async () => {
  const late: string[] = [];
  const dag = await flowOf([...nodes('a', 'b < a', 'wait'), { node: 'far', target: 'far' }], {
    routines: {
      async a(call, self) {
        await self.sleep('10m').catch(({ code }) => late.push(code));
        await self.pushSteps(call.flow_id, 'b', [{ n: 1 }]).catch(({ code }) => late.push(code));
      },
    },
    configuration: {
      targets: [
        { target: 'here', connection_string: 'x', max_concurrency: 1 },
        { target: 'far', connection_string: 'x', asynchronous_finish: true },
      ],
    },
  });
  await dag.createFlow('f');
  dag.after('5m', () => dag.orchestrator.restart());
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FAILED', b: null, wait: 'CANCELED', far: 'FAILED' });
  expect(dag.flow(1).node('a').error).toBe('presumed failed due to async startup');
  expect(dag.elapsedMs).toBe(300_000);
  await dag.advance(0);
  expect(late).toEqual(['57014', '57014']);
  expect(dag.orchestrator.isRunning).toBe(true);
  // The next flow runs as if nothing had been.
  dag.routine('a').returns();
  await dag.createFlow('f');
  await dag.advance('1m');
  expect(dag.flow(2).statuses).toMatchObject({ a: 'FINISHED', b: 'FINISHED', wait: 'FINISHED' });
});

it('while the orchestrator is stopped, what runs goes on, and nothing else begins', async () => {
  const done: number[] = [];
  const dag = await flowOf(nodes('a', 'b < a'), {
    routines: {
      async a(_, self) {
        await self.sleep('10m');
        done.push(dag.elapsedMs);
      },
    },
  });
  await dag.createFlow('f');
  dag.after('5m', () => dag.orchestrator.stop());
  await dag.advance('1h');
  expect(done).toEqual([600_000]);
  expect(dag.calls).toMatchObject([{ outcome: 'returned' }]);
  expect(dag.flow(1).statuses).toEqual({ a: 'RUNNING', b: null });
  await expect(dag.drain()).rejects.toThrow(
    'drain() cannot finish: the orchestrator is stopped: start() starts it\na of flow 1 (task 1) is running',
  );
  dag.orchestrator.stop();
  dag.orchestrator.start();
  dag.orchestrator.start();
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FAILED', b: null });
  expect(dag.timeline.filter(({ what }) => what === 'orchestrator').map(({ text }) => text)).toEqual([
    'the orchestrator starts',
    'the orchestrator stops',
    'the orchestrator starts',
  ]);
});

it('restartFlow runs a node and all below it once more', async () => {
  const dag = await flowOf(nodes('a', 'b < a', 'c < b', 'd < a'));
  dag.routine('b').throws(new Error('boom')).times(1);
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: 'FAILED', c: null, d: 'FINISHED' });
  await dag.restartFlow(1, 'b');
  expect(dag.flow(1).processed).toBe(null);
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: 'FINISHED', c: 'FINISHED', d: 'FINISHED' });
  expect(dag.calls.map(({ node }) => node)).toEqual(['a', 'b', 'd', 'b', 'c']);
  expect(`${dag.timeline}`).toContain('b of flow 1 is to be run again');
  await dag.restartFlow(1);
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: null, b: null, c: null, d: null });
});

it('rules that no call has met are warned of once every flow is over, with their place', async () => {
  const dag = await flowOf(nodes('a'));
  dag.routine('a').throws(new Error('boom')).on({ call: 7 }).times(2);
  dag
    .routine('b')
    .takes('1m')
    .on(() => true);
  await dag.createFlow('f');
  expect(dag.warnings).toEqual([]);
  await dag.drain();
  expect(dag.warnings).toEqual([
    expect.stringMatching(
      /^routine "a": throws\(\) on \{"call":7\}, 2 times was never reached \(tests\/twin\/dag-cascade\/faults\.test\.ts:\d+:\d+\)$/,
    ),
    expect.stringMatching(/^routine "b": takes\(\) on a condition was never reached/),
  ]);
});

it('functions that nothing has called are warned of once every flow is over, as rules are', async () => {
  const routines = { a() {}, b() {}, extarct() {} };
  const dag = await flowOf(nodes('a', 'b < a'), { routines });
  expect(dag.warnings).toEqual([]);
  await dag.createFlow('f');
  expect(dag.warnings).toEqual([]);
  // The function is replaced, and its routine is called.
  dag.routine('a').throws(new Error('boom'));
  await dag.drain();
  expect(dag.warnings).toEqual([
    'options.routines.b was never called',
    'options.routines.extarct was never called',
  ]);
  dag.routine('a').returns();
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.warnings).toContain('options.routines.extarct was never called');
  expect(dag.warnings).not.toContain('options.routines.b was never called');
});
