/** Executions in the states language as it is documented. */
import { describeCall } from '../../kernel/describe.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { StatesLanguageCommand } from './commands.ts';
import { initialState, type StatesLanguageState } from './executing/state.ts';
import { invariants } from './invariants.ts';
import { knownToSql, type Language } from './language/language.ts';
import { jsonbParameters } from './signatures.ts';
import { transitionOf } from './transition.ts';
import { rareWitnesses, witnesses } from './witnesses.ts';

export interface StatesLanguageMachine extends Machine<StatesLanguageState, StatesLanguageCommand, never> {
  readonly transition: ReturnType<typeof transitionOf>;
}

/** `language`: what can be written where a value is looked for. */
export const statesLanguageOf = (language: Language): StatesLanguageMachine => ({
  initialState,
  transition: transitionOf(language),
  invariants,
  describe: (command) => describeCall('asl', command, jsonbParameters),
  witnesses,
  rareWitnesses,
});

/** As far as our SQL goes: without wildcards, filters and functions. */
export const statesLanguage: StatesLanguageMachine = statesLanguageOf(knownToSql);
