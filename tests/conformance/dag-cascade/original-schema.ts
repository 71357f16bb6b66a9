/** The SQL that ours stands for: a directory with six files that are no part of this repository. */
const { PGTWIN_DAG_CASCADE_SCHEMA: named = '' } = process.env;

/** Undefined where none is named. */
export const originalSchema = named === '' ? undefined : named;

export const whySkipped =
  'skipped, as the SQL of pgasync and of merlinm/pgflow is not at hand: name its directory in PGTWIN_DAG_CASCADE_SCHEMA';
