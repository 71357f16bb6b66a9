/** The functions as a client calls them: what comes back, and what is refused with which words. */
import { describe, expect, it } from 'vitest';
import { eventStore, PostgresError } from '../../../src/harness/event-store/twin/index.ts';
import { accounts, uuid } from './account.ts';
import { next, opened, refusals } from './refusals.ts';

describe('an event', () => {
  it('comes back as the row that it became', async () => {
    const { store } = await accounts({ startedAt: new Date('2031-02-03T04:05:06.789Z') });
    expect(await store.appendEvent(opened)).toEqual({
      ...opened,
      event_version: 1,
      previous_id: null,
      final: false,
      offset: 1,
      // Four statements, of a millisecond each, were before it.
      created_at: new Date('2031-02-03T04:05:06.793Z'),
    });
  });

  it('is read in its stream, and is the last of its id whichever decider it is of', async () => {
    const { store } = await accounts();
    await store.registerDeciderEvent({ decider: 'Card', event: 'Issued', description: '' });
    await store.appendEvent(opened);
    await store.appendEvent(next);
    await store.appendEvent({ ...opened, event: 'Issued', event_id: uuid(3), decider: 'Card' });
    const events = await store.getEvents({ decider_id: 'a', decider: 'Account' });
    expect(events.map(({ event, offset }) => [event, offset])).toEqual([
      ['Opened', 1],
      ['Deposited', 2],
    ]);
    const last = await store.getLastEvent({ decider_id: 'a', decider: 'Account' });
    expect(last?.event).toBe('Issued');
    expect(await store.getLastEvent({ decider_id: 'b', decider: 'Account' })).toBeUndefined();
  });

  it('is a copy: what is done to it changes nothing in the database, and nothing there changes with what was given', async () => {
    const { store } = await accounts();
    const data = { owner: { name: 'Ada' } };
    const row = await store.appendEvent<typeof data>({ ...opened, data });
    data.owner.name = 'Bob';
    row.data.owner.name = 'Eve';
    const [read] = await store.getEvents<typeof data>({ decider_id: 'a', decider: 'Account' });
    expect(read?.data).toEqual({ owner: { name: 'Ada' } });
  });

  it('has its data as the database gives it back, and what that changed is told', async () => {
    const { store } = await accounts();
    const data = { when: new Date(0), nothing: undefined, longer: 1, a: Number.NaN };
    const row = await store.appendEvent({ ...opened, data });
    expect(JSON.stringify(row.data)).toBe('{"a":null,"when":"1970-01-01T00:00:00.000Z","longer":1}');
    expect(store.warnings).toEqual([
      'data of appendEvent(): $.when: a Date became a string',
      'data of appendEvent(): $.nothing: undefined was left out',
      'data of appendEvent(): $.a: NaN became null',
    ]);
  });

  it('that is final closes its stream, and can only be put there by hand', async () => {
    const { store } = await accounts();
    await store.insertEvent({ ...opened, event: 'Closed', final: true });
    await expect(store.appendEvent(next)).rejects.toMatchObject({
      code: 'P0001',
      message:
        'last event for this decider stream is already final. the stream is closed, you can not append events to it.',
    });
    expect(store.events.map(({ final }) => final)).toEqual([true]);
  });
});

describe('a view', () => {
  it('is registered with its defaults, and streams what nobody else reads', async () => {
    const { store } = await accounts({}, []);
    expect(await store.registerView({ view: 'v' })).toEqual({
      view: 'v',
      start_at: new Date('2030-01-01T00:00:00.003Z'),
      lock_timeout_s: 300,
      pooling_delay_s: null,
      edge_function_url: null,
      created_at: new Date('2030-01-01T00:00:00.003Z'),
      updated_at: new Date('2030-01-01T00:00:00.003Z'),
    });
    await store.appendEvent(opened);
    const [event] = await store.streamEvents({ view: 'v' });
    expect(event).toEqual(store.events[0]);
    expect(await store.streamEvents({ view: 'v' })).toEqual([]);
    expect(await store.ackEvent({ view: 'v', decider_id: 'a', offset: 1 })).toEqual({
      view: 'v',
      decider_id: 'a',
      offset: 1,
      last_offset: 1,
      locked_until: new Date('2030-01-01T00:00:00.007Z'),
      offset_final: false,
      created_at: new Date('2030-01-01T00:00:00.004Z'),
      updated_at: new Date('2030-01-01T00:00:00.007Z'),
    });
  });

  it('begins in the partitions that are there at their first event from start_at on', async () => {
    const { store, deposit } = await accounts({}, []);
    await deposit('old');
    await store.advance('1h');
    await deposit('old');
    await deposit('new');
    await store.registerView({ view: 'from the beginning', start_at: new Date(0) });
    await store.registerView({ view: 'of the last hour', start_at: new Date(store.now.getTime() - 1000) });
    const read = async (view: string) =>
      (await store.streamEvents({ view, limit: null })).map(({ offset }) => offset);
    expect(await read('from the beginning')).toEqual([1, 3]);
    expect(await read('of the last hour')).toEqual([2, 3]);
  });

  it('takes start_at as a text, to the microsecond and for ever', async () => {
    const { store, deposit } = await accounts({}, []);
    await deposit('a');
    const read = async (start_at: string) => {
      const view = await store.registerView({ view: start_at, start_at });
      return [view.start_at, (await store.streamEvents({ view: start_at })).length];
    };
    await store.advance(1);
    const now = (await store.getEvents({ decider_id: 'a', decider: 'Account' }))[0]!.created_at;
    const at = (microseconds: string) => `${now.toISOString().slice(0, -1)}${microseconds}`;
    expect(await read(at(''))).toEqual([now, 1]);
    expect(await read(at('001'))).toEqual([now, 0]);
    expect(await read(at('+02:00'))).toEqual([now, 1]);
    expect(await read('2023-01-28 12:17:17.078384')).toEqual([new Date('2023-01-28T12:17:17.078Z'), 1]);
    expect(await read('2023-01-28')).toEqual([new Date('2023-01-28'), 1]);
    expect(await read('-infinity')).toEqual([new Date(-8.64e15), 1]);
    expect(await read('infinity')).toEqual([new Date(8.64e15), 0]);
  });

  it('forgets its acknowledgements where it is registered again', async () => {
    const { store, deposit } = await accounts({}, []);
    await deposit('a');
    await store.registerView({ view: 'v', start_at: new Date(0) });
    await store.streamEvents({ view: 'v' });
    await store.ackEvent({ view: 'v', decider_id: 'a', offset: 1 });
    await store.registerView({ view: 'v', start_at: new Date(0) });
    expect(await store.streamEvents({ view: 'v' })).toHaveLength(1);
  });

  it('is deleted with its locks', async () => {
    const { store, deposit } = await accounts();
    await deposit('a');
    expect(store.locks).toHaveLength(1);
    expect((await store.deleteView({ view: 'balances' }))?.view).toBe('balances');
    expect([store.views, store.locks]).toEqual([[], []]);
    expect(await store.deleteView({ view: 'balances' })).toBeUndefined();
  });

  it('that is unknown is given nothing, and has nothing to give back', async () => {
    const { store, deposit } = await accounts();
    await deposit('a');
    expect(await store.streamEvents({ view: 'nope' })).toEqual([]);
    expect(await store.ackEvent({ view: 'nope', decider_id: 'a', offset: 1 })).toBeUndefined();
    expect(await store.nackEvent({ view: 'balances', decider_id: 'nope' })).toBeUndefined();
    expect(await store.scheduleNackEvent({ view: 'nope', decider_id: 'a', milliseconds: 1 })).toBeUndefined();
  });
});

describe('what the database refuses is an error as a client throws it', () => {
  it.each(refusals)('%s', async (_, act, properties) => {
    const { store } = await accounts();
    await store.appendEvent(opened);
    const error = await act(store).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(PostgresError);
    expect(error).toMatchObject({ name: 'PostgresError', severity: 'ERROR', ...properties });
  });

  it('by the names of either client', async () => {
    const { store } = await accounts();
    await store.appendEvent(opened);
    await expect(store.appendEvent(opened)).rejects.toMatchObject({ code: 'P0001', sqlstate: 'P0001' });
    await expect(store.appendEvent({ ...next, event_id: uuid(1) })).rejects.toMatchObject({
      constraint_name: 'events_event_id_key',
      table_name: 'events',
      schema_name: 'public',
      column_name: undefined,
    });
  });

  it('has used up an offset, but for what could not even be read', async () => {
    const { store } = await accounts();
    await store.appendEvent(opened);
    await store.appendEvent({ ...opened, event_id: 'x' }).catch(() => {});
    await store.appendEvent({ ...opened, event_id: uuid(5) }).catch(() => {});
    expect((await store.appendEvent(next)).offset).toBe(3);
  });
});

it('ids of deciders are any text, or uuids', async () => {
  const { store } = await accounts({ ids: 'uuid' });
  await expect(store.appendEvent(opened)).rejects.toMatchObject({
    code: '22P02',
    message: 'invalid input syntax for type uuid: "a"',
  });
  const row = await store.appendEvent({ ...opened, decider_id: uuid(7).toUpperCase() });
  expect(row.decider_id).toBe(uuid(7));
});

it('two stores know nothing of each other', async () => {
  const { store } = await accounts();
  await store.appendEvent(opened);
  expect(eventStore().events).toEqual([]);
});

it('calls take place in the order in which they were made, awaited or not', async () => {
  const { store } = await accounts();
  const all = Promise.all([store.appendEvent(opened), store.appendEvent(next)]);
  expect(store.events.map(({ event }) => event)).toEqual(['Opened', 'Deposited']);
  expect((await all).map(({ offset }) => offset)).toEqual([1, 2]);
});
