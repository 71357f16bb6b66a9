/** The schema that ours stands for: a file that is no part of this repository. */
const { PGTWIN_FSTORE_SCHEMA: named = '' } = process.env;

/** Undefined where none is named. */
export const originalSchema = named === '' ? undefined : named;

export const whySkipped =
  'skipped, as the schema of fstore-sql is not at hand: name its file in PGTWIN_FSTORE_SCHEMA';
