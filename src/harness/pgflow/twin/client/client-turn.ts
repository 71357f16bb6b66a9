/** A call of a client in virtual time: it happens when everything else does, and time is driven until it is done. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import { DatabaseError } from '../../../twin/database-error.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import type { Engine } from '../engine/engine.ts';

/** How often the promises of others get a turn: most handlers need a few. */
const turnsOfOthers = 20;

type Act<T> = () => T | Promise<T>;

/** Acts once: now, as an event, or when `nextTurn` says. @throws DatabaseError as the act does; all else breaks the simulation. */
export async function inTurn<T>(engine: Engine, act: Act<T>, nextTurn?: () => Instant): Promise<T> {
  let outcome: { readonly value: T } | { readonly error: DatabaseError } | undefined;
  const keep = (value: T) => {
    outcome = { value };
  };
  const refuse = (error: unknown) => {
    if (!(error instanceof DatabaseError)) throw error;
    outcome = { error };
  };
  const take = (): void | Promise<void> => {
    try {
      const value = act();
      if (value instanceof Promise) return value.then(keep, refuse);
      keep(value);
    } catch (error) {
      refuse(error);
    }
  };
  const waiting = nextTurn && { nextTurn, take };
  if (waiting) engine.waiting.add(waiting);
  else engine.after(0, take);
  while (outcome === undefined) {
    // Time does not go on before those had their say who go on at once with what has happened.
    for (let turn = 0; nextTurn && turn < turnsOfOthers; turn++) await null;
    const { length } = engine.log;
    const goesOn = () => outcome !== undefined || (!!nextTurn && engine.log.length !== length);
    if ((await engine.clock.drive(goesOn)) || !waiting || waiting.nextTurn() !== Number.POSITIVE_INFINITY)
      continue;
    engine.waiting.delete(waiting);
    throw new SimulationError(
      'readMessages() waits for a message for ever, as its maxPollSeconds is null, and nothing else will happen',
    );
  }
  const done = outcome!;
  if ('error' in done) throw done.error;
  return done.value;
}
