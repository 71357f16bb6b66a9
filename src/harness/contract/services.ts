/** What commands are run with: the engines, and a database to install them in. Tests bring their own. */
import type { Engine } from './engine.ts';
import type { OpenDriver } from './sql.ts';

export interface Services {
  readonly engines: readonly Engine[];
  /** The engine that is meant where none is named. Default: the first. */
  readonly defaultEngine?: string;
  readonly openDriver: OpenDriver;
}

/** The words that name the engine on a command line: none for the one that is meant anyway. */
export const engineWords = ({ name }: Engine, { defaultEngine }: Services): readonly string[] =>
  name === defaultEngine ? [] : ['--engine', name];
