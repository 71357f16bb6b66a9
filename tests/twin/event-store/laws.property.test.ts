/** Laws for every mixture of consumers and faults: at least once, in order, and drained in the end. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventStore } from '../../../src/harness/event-store/twin/index.ts';
import { longLock, play, scenario } from './scenario.ts';

const offsetsOf = (store: EventStore, id: string) =>
  store.events.filter(({ decider_id }) => decider_id === id).map(({ offset }) => offset);

it('a view sees each partition from its beginning to its end, in order and without gap, each event at least once', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (each) => {
      const { store, handled } = await play(each);
      for (const id of ['a', 'b', 'c']) {
        // What is handled again is what was handled last.
        const offsets = (handled.get(id) ?? []).filter((offset, i, all) => offset !== all[i - 1]);
        expect(offsets).toEqual(offsetsOf(store, id));
      }
      for (const { offset, last_offset } of store.locks) expect(last_offset).toBe(offset);
    }),
    { numRuns: 300 },
  );
});

it('no event is delivered while another of its partition is locked', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (each) => {
      const { store } = await play(each);
      const heldUntil = new Map<string, number>();
      for (const { what, decider_id = '', at } of store.timeline) {
        if (what === 'delivered') {
          expect(at).toBeGreaterThan(heldUntil.get(decider_id) ?? -1);
          heldUntil.set(decider_id, at + longLock * 1000);
        } else if (['acknowledged', 'given back', 'put off'].includes(what)) heldUntil.delete(decider_id);
      }
    }),
    { numRuns: 300 },
  );
});

it('where nothing goes wrong each event is handled once', async () => {
  const calm = scenario.map(({ consumers, ...rest }) => ({
    ...rest,
    consumers: consumers.map((each) => ({ ...each, faults: [] })),
  }));
  await fc.assert(
    fc.asyncProperty(calm, async (each) => {
      const { store, handled } = await play(each);
      for (const id of ['a', 'b', 'c']) expect(handled.get(id) ?? []).toEqual(offsetsOf(store, id));
      expect(store.timeline.every(({ delivery = 1 }) => delivery === 1)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it('with locks that end too soon order is lost, which these laws do find', async () => {
  const { failed } = await fc.check(
    fc.asyncProperty(scenario, async (each) => {
      const { store, handled } = await play(each, 1);
      const offsets = (handled.get('a') ?? []).filter((offset, i, all) => offset !== all[i - 1]);
      expect(offsets).toEqual(offsetsOf(store, 'a'));
    }),
    { seed: 1, numRuns: 500 },
  );
  expect(failed).toBe(true);
});

it('the same scenario is the same timeline', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (each) => {
      expect(String((await play(each)).store.timeline)).toBe(String((await play(each)).store.timeline));
    }),
    { numRuns: 50 },
  );
});
