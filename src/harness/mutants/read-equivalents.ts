/** The lists of equivalent mutants are data: a file of JSON beside the release whose functions they are of. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { EquivalentMutants } from '../contract/mutation.ts';

const listOfEquivalents = z.array(
  z.strictObject({
    reason: z.string().min(1),
    mutants: z.record(z.string().regex(/^[0-9a-f]{8}$/, 'expected the id of a mutant'), z.string().min(1)),
  }),
);

/** Read with each call. Throws an Error that names the file where it is no such list. */
export function readEquivalents(file: URL): readonly EquivalentMutants[] {
  try {
    return listOfEquivalents.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const fault = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Error(`no list of equivalent mutants: ${fileURLToPath(file)}: ${fault}`, { cause: error });
  }
}
