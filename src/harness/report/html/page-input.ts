/** What a page shows, whoever it is written for: a divergence, a replay, or a simulation, which has one side alone. */
import type { Result } from '../../../model/kernel/transition.ts';
import type { Drawing } from '../../contract/drawing.ts';
import type { Observation } from '../../contract/observation.ts';
import type { PageValue } from './page-data.ts';

export interface PageInput {
  /** A sentence: `The SQL differs from the model.` */
  readonly title: string;
  /** Whether the title is good news; `plain` where it is no news at all. */
  readonly tone: 'good' | 'bad' | 'plain';
  /** What a reader wants to know besides, by name: versions, seed. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Why it is so, in a sentence or two below the title. */
  readonly reason?: string | undefined;
  /** What else is good to know, in sentences: what was left out, what was not compared. */
  readonly remarks: readonly string[];
  /** The line that does it all again; null where there is none. */
  readonly replay: string | null;
  /** The instant that is shown as +0.000 s, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** What the sides are called. */
  readonly sides: readonly [first: string] | readonly [first: string, second: string];
  /** The columns that tell the rows of a table apart. */
  readonly key: (table: string) => readonly string[];
  readonly drawing: Drawing | undefined;
  /** What every side held before the first command. */
  readonly initial: Observation;
  /** In order; a page of none says so. */
  readonly moments: readonly PageMoment[];
}

/** How things stand after a command. */
export interface PageMoment {
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  /** The command as SQL; a comment, `-- worker 2 dies`, where it is none but what else happens in a simulation. */
  readonly sql: string;
  /** What a simulation has to say about it: `a completes with 1`. */
  readonly note?: string | undefined;
  /** Named branches of the model that it took. */
  readonly branches: readonly string[];
  /** As many as the page has sides. */
  readonly sides: readonly PageSide[];
  readonly differences: readonly PageDifference[];
}

export interface PageSide {
  readonly result: Result;
  /** When the command ended, in milliseconds since the epoch. */
  readonly finishedAt: number;
  readonly tables: Observation;
}

/** The values tell SQL NULL, JSON's null and what is absent apart. */
export interface PageDifference {
  readonly where: string;
  readonly row: string;
  /** One for each side. */
  readonly shown: readonly [first: PageValue, second: PageValue];
}
