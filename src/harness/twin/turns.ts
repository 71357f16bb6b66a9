/** Turns for the promises of others. The real functions of Node: a test may put fakes in their place after this was loaded. */

const { setImmediate: immediate } = globalThis;
const { nextTick } = globalThis.process ?? {};

/** How often a callback of `nextTick` may beget another one and is still waited for. */
const rounds = 4;

/**
 * Until no promise has anything left to do that is resolved by now. Neither timers nor anything from outside gets a turn, so
 * that what has happened after it does not depend on real time.
 */
export async function promisesSettle(isOver: () => boolean): Promise<void> {
  for (let round = 0; round < rounds && !isOver(); round++) {
    await new Promise<void>((resolve) => (nextTick ?? queueMicrotask)(resolve));
  }
}

/** Until everything that is due in real time by now had its turn. */
export const turnOfNode = (): Promise<void> => new Promise((resolve) => void immediate(resolve));
