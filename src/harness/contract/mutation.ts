/** Facet of a release: where `mutants` plants bugs, and which of them nothing can tell from the original. */

export interface Mutation {
  /** The functions of this schema get the bugs, or those of several. */
  readonly schema: string | readonly string[];
  readonly equivalents: readonly EquivalentMutants[];
}

export interface EquivalentMutants {
  /** Why no caller can tell the difference. */
  readonly reason: string;
  /** By id the mutant as `pgtwin mutants --list` shows it: `start_tasks: + where true`, `add_step: - and a = b`. */
  readonly mutants: Readonly<Record<string, string>>;
}
