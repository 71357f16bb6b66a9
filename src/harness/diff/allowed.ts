/** The differences that are meant: a file of them, and which of them were met. */
import { z } from 'zod';
import { SetupError } from '../../sql/setup-error.ts';
import { describeIssue } from '../trace/issue.ts';
import { readInput } from '../trace/read-input.ts';

const entrySchema = z.strictObject({
  function: z.string().meta({ description: 'The command after which it differs; * is any.' }),
  where: z.string().meta({ description: 'What differs, as a report says it: step_states.status' }),
  reason: z.string().min(1),
});
const fileSchema = z.array(entrySchema);

export type AllowedDifference = z.infer<typeof entrySchema>;

/** Throws {@link SetupError}: the file, the path in it, what is wrong. */
export async function readAllowed(file: string, signal?: AbortSignal): Promise<readonly AllowedDifference[]> {
  const text = await readInput(file, signal);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SetupError(`${file}: not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  const read = fileSchema.safeParse(json);
  if (!read.success) throw new SetupError(`${file}: ${describeIssue(read.error.issues[0]!)}`);
  return read.data;
}

/** Which entries allow what, and which have met nothing yet. */
export class Allowance {
  readonly #entries: readonly AllowedDifference[];
  readonly #met = new Set<AllowedDifference>();

  constructor(entries: readonly AllowedDifference[]) {
    this.#entries = entries;
  }

  allows(type: string, what: string): boolean {
    const entry = this.#entries.find(
      (each) => (each.function === '*' || each.function === type) && each.where === what,
    );
    if (entry) this.#met.add(entry);
    return entry !== undefined;
  }

  get met(): readonly AllowedDifference[] {
    return this.#entries.filter((entry) => this.#met.has(entry));
  }

  get stale(): readonly AllowedDifference[] {
    return this.#entries.filter((entry) => !this.#met.has(entry));
  }
}
