/** Turns for the promises of others. The real functions of Node: a test may put fakes in their place after this was loaded. */

const { setImmediate: immediate } = globalThis;
const { nextTick } = globalThis.process ?? {};

/** Most handlers need a few turns of promises, and a callback of `nextTick` costs more than all of them. */
const firstTurns = 8;
/** How often a callback of `nextTick` may beget another one and is still waited for. */
const rounds = 4;

/**
 * Until no promise has anything left to do that is resolved by now. Neither timers nor anything from outside gets a turn, so
 * that what has happened after it does not depend on real time.
 */
export async function promisesSettle(isOver: () => boolean): Promise<void> {
  for (let turn = 0; turn < firstTurns && !isOver(); turn++) await null;
  for (let round = 0; round < rounds && !isOver(); round++) {
    await new Promise<void>((resolve) => (nextTick ?? queueMicrotask)(resolve));
  }
}

/** Until everything that is due in real time by now had its turn. */
export const turnOfNode = (): Promise<void> => new Promise((resolve) => void immediate(resolve));
