/** The lines of a recording: what they are, how they are checked, and their published schema. */
import { z } from 'zod';
import { SetupError } from '../../sql/setup-error.ts';
import { quoted } from '../contract/names.ts';
import type { Observation } from '../contract/observation.ts';
import type { Versions } from '../contract/version.ts';
import type { Known } from '../lockstep/answer.ts';
import { describeIssue } from '../trace/issue.ts';
import { mostCommands } from '../trace/limits.ts';
import type { Changes } from './changes.ts';
import type { EncodedRow } from './values.ts';

/** Of the format. A reader takes those up to its own. */
export const recordingVersion = 1;

/** A recording that cannot be read: one line with the place and what is wrong. Ends with status 2 as any SetupError. */
export class RecordingError extends SetupError {}

const columns = z.array(z.string());

const headingSchema = z.object({
  recording: z.literal(recordingVersion).meta({ description: 'Version of this format.' }),
  engine: z.string().meta({ description: 'Whose commands these are, such as pgflow.' }),
  release: z.string(),
  by: z.string().meta({ description: 'The program that wrote it, with its version.' }),
  recordedAt: z.iso.datetime().meta({ description: 'ISO 8601, UTC.' }),
  versions: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .meta({ description: 'Of everything that took part, by name.' }),
  sql: z
    .object({
      from: z.string().meta({ description: 'Where what was installed came from.' }),
      sha256: z.string().nullable().meta({ description: 'Hash of what was installed.' }),
      license: z.string().nullable().meta({ description: 'Of what was installed, if it is not ours.' }),
    })
    .meta({ description: 'What answered.' }),
  drawn: z
    .object({ seed: z.int().min(0), maxCommands: z.int().min(1) })
    .nullable()
    .meta({ description: 'How the traces were drawn; null where they were kept ones.' }),
  observed: z
    .object({
      results: z
        .union([z.boolean(), z.array(z.string())])
        .meta({ description: 'Whether rows and refusals are told; or of which commands.' }),
      instants: z.boolean().meta({ description: 'Whether it is told when each command ended.' }),
      tables: z.record(z.string(), columns).meta({
        description: 'Tables that are there from the beginning, without rows, and the columns of their keys.',
      }),
      otherTables: z.boolean().meta({ description: 'Whether tables that are made later are told.' }),
      leftOut: z
        .array(z.string())
        .optional()
        .meta({ description: 'What the SQL had beyond the engine, and what is not told.' }),
    })
    .meta({ description: 'What is told of the real side. What is not is not compared.' }),
});

const traceSchema = z.object({
  trace: z.int().min(0).meta({ description: 'Number of the trace, from 0.' }),
  name: z.string().optional().meta({ description: 'Of a kept trace: its file.' }),
  startedAt: z.iso.datetime().meta({ description: 'ISO 8601, UTC: the instant that at 0 means.' }),
  commands: z.int().min(0).max(mostCommands).meta({ description: 'How many lines of commands follow.' }),
});

const row = z.record(z.string(), z.unknown());
const refusalSchema = z.object({
  sqlstate: z.string(),
  message: z.string().optional(),
  constraint: z.string().optional(),
  column: z.string().optional(),
});
const changeSchema = z.union([
  z.null(),
  z.strictObject({ key: columns.optional(), rows: z.array(row) }),
  z.strictObject({
    key: columns.optional(),
    set: z.array(row).optional(),
    gone: z.array(z.array(z.unknown())).optional(),
  }),
]);

const answerSchema = z.object({
  at: z.int().min(0).meta({ description: 'Virtual milliseconds since startedAt; never runs backwards.' }),
  command: z.unknown().meta({ description: "As in a trace: see the trace's schema." }),
  finishedAt: z
    .int()
    .optional()
    .meta({ description: 'When it had ended, in virtual milliseconds since startedAt.' }),
  uuid: z
    .string()
    .optional()
    .meta({ description: 'What gen_random_uuid() gave during the command, where it may be asked for.' }),
  rows: z.array(row).optional().meta({ description: 'What was returned.' }),
  unordered: z
    .literal(true)
    .optional()
    .meta({ description: 'The rows have no promised order: compare them as a set.' }),
  refusal: refusalSchema.optional().meta({ description: 'How it was refused, in place of rows.' }),
  changes: z
    .record(z.string(), changeSchema)
    .meta({ description: 'By table: what changed. Null where the table is no longer there.' }),
});

const endSchema = z.object({
  end: z
    .object({ traces: z.int().min(0), commands: z.int().min(0) })
    .meta({ description: 'How many there are.' }),
});

/** The first line. */
export interface RecordingHeading extends z.infer<typeof headingSchema> {
  readonly versions: Versions;
}
export type TraceLine = z.infer<typeof traceSchema>;
export interface AnswerLine extends Omit<z.infer<typeof answerSchema>, 'rows' | 'changes'> {
  readonly rows?: readonly EncodedRow[] | undefined;
  readonly changes: Changes;
}
export type EndLine = z.infer<typeof endSchema>;

/** What a heading says of it, for the comparison; undefined where all is told. */
export function knownOf(
  { observed }: RecordingHeading,
  {
    project,
    machine,
  }: { project(state: never): Observation; readonly machine: { readonly initialState: unknown } },
): Known | undefined {
  const { results, instants, tables, otherTables } = observed;
  // Those that are there from the beginning, as far as the model knows.
  const fresh = new Set(project(machine.initialState as never).keys());
  const isToldWhole = [...fresh].every((name) => Object.hasOwn(tables, name));
  if (results === true && instants && otherTables && isToldWhole) return undefined;
  const commands = Array.isArray(results) ? new Set(results) : undefined;
  return {
    result: (command) => commands?.has(command) ?? results === true,
    instants,
    table: (name) => Object.hasOwn(tables, name) || (otherTables && !fresh.has(name)),
  };
}

export const holdsNothing = ({ observed }: RecordingHeading): boolean => {
  const { results, instants, tables, otherTables } = observed;
  const tellsResults = results === true || (Array.isArray(results) && results.length > 0);
  return !tellsResults && !instants && Object.keys(tables).length === 0 && !otherTables;
};

/** Throws {@link RecordingError} for a line that does not tell what the heading says that is told. */
export function checkTold(
  place: string,
  { rows, refusal, finishedAt, command, changes }: AnswerLine,
  known: Known | undefined,
): void {
  const refuse = (what: string) => new RecordingError(`${place}: ${what}`);
  if (rows && refusal) throw refuse('it has both rows and a refusal');
  const isTold = known?.result(String(Object(command).type)) !== false;
  if (isTold && !rows && !refusal)
    throw refuse('it has neither rows nor a refusal, and the heading says that results are told');
  if (known?.instants !== false && finishedAt === undefined) {
    throw refuse('it has no finishedAt, and the heading says that instants are told');
  }
  const more = known && Object.keys(changes).find((table) => !known.table(table));
  if (more !== undefined)
    throw refuse(`it has changes of ${quoted(more)}, and the heading does not say that it is told`);
}

/** Throws {@link RecordingError} for a first line that is none. */
export function parseHeading(file: string, line: unknown): RecordingHeading {
  const version = Object(line).recording;
  if (version === undefined) throw new RecordingError(`${file}: not a recording`);
  if (typeof version === 'number' && version > recordingVersion) {
    throw new RecordingError(
      `${file}: its format is ${version}, and this pgtwin reads up to ${recordingVersion}: install a later pgtwin`,
    );
  }
  return parsed(file, 1, headingSchema, line);
}

export const parseTraceLine = (file: string, number: number, line: unknown): TraceLine =>
  parsed(file, number, traceSchema, line);

/** Most lines are these, so the schema is only asked for its words. */
export const parseAnswerLine = (file: string, number: number, line: unknown): AnswerLine =>
  isAnswerLine(line) ? line : (parsed(file, number, answerSchema, line) as AnswerLine);

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown, isMember: (member: unknown) => boolean) =>
  Array.isArray(value) && value.every(isMember);
const isText = (value: unknown) => typeof value === 'string';

function isAnswerLine(line: unknown): line is AnswerLine {
  if (!isObject(line)) return false;
  const { at, finishedAt, rows, refusal, changes, uuid, unordered } = line;
  return (
    isCount(at) &&
    (uuid === undefined || isText(uuid)) &&
    (unordered === undefined || unordered === true) &&
    (finishedAt === undefined || Number.isSafeInteger(finishedAt)) &&
    (rows === undefined || isList(rows, isObject)) &&
    refusal === undefined &&
    isObject(changes) &&
    Object.values(changes).every(isChange)
  );
}

function isChange(change: unknown): boolean {
  if (change === null) return true;
  if (!isObject(change)) return false;
  const { key = [], set = [], gone = [], rows, ...others } = change;
  if (Object.keys(others).length > 0 || !isList(key, isText)) return false;
  if (rows !== undefined) return isList(rows, isObject) && !('set' in change || 'gone' in change);
  return isList(set, isObject) && isList(gone, Array.isArray);
}

export const parseEndLine = (file: string, number: number, line: unknown): EndLine =>
  parsed(file, number, endSchema, line);

function parsed<Line>(file: string, number: number, schema: z.ZodType<Line>, line: unknown): Line {
  const result = schema.safeParse(line);
  if (result.success) return result.data;
  throw new RecordingError(`${file}: line ${number}: ${describeIssue(result.error.issues[0]!)}`);
}

/** Any line. */
export const recordingLineSchema = z.union([headingSchema, traceSchema, answerSchema, endSchema]);

/** The JSON schema of a line. */
export function recordingJsonSchema(): object {
  return z.toJSONSchema(recordingLineSchema, { unrepresentable: 'any' });
}
