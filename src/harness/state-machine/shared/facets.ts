/** What both releases have alike: our own SQL, how it is read, and how it is compared. */

import { readResult } from '../../../sql/result.ts';
import { SetupError } from '../../../sql/setup-error.ts';
import { installStateMachine } from '../../../sql/state-machine/install.ts';
import { observeStateMachine, readStateMachine } from '../../../sql/state-machine/observe.ts';
import { resetStateMachine } from '../../../sql/state-machine/reset.ts';
import type { AnyCommand } from '../../contract/command.ts';
import type { TestedRelease } from '../../contract/engine.ts';
import { observationOf } from '../../lockstep/observation.ts';

type Scripts = Parameters<typeof installStateMachine>[0];
type Installation<State, Command extends AnyCommand> = TestedRelease<State, Command>['installation'];

/** `what` has no SQL of its own, in words. */
export const installationOf =
  <State, Command extends AnyCommand>(scripts: Scripts, what: string): Installation<State, Command> =>
  async ({ migrations, schema }) => {
    if (migrations === undefined && schema === undefined) return installStateMachine(scripts);
    const option = migrations === undefined ? '--schema' : '--migrations';
    throw new SetupError(`${what}, not SQL: remove ${option}`);
  };

type KeyOf = (table: string) => readonly string[];

export const facetsOf = (keyOf: KeyOf) =>
  ({
    observe: observeStateMachine,
    readObservation: (results) => observationOf(readStateMachine(results), keyOf),
    readResult: (_, result) => readResult(result),
    reset: resetStateMachine,
    comparison: { key: keyOf, resultIsOrdered: () => true, loose: [] },
    order: () => (members) => members,
    // Nothing here draws one.
    uuid: () => '00000000-0000-4000-8000-000000000000',
    drawsUuid: () => false,
  }) satisfies Partial<TestedRelease<never, AnyCommand>>;
