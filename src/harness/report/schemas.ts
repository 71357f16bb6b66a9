/** The published schemas of what the commands write as JSON. Fields may be added to it; none is taken away within a version. */
import { z } from 'zod';
import { mutantsReportSchema } from '../mutants/report-format.ts';

/** Of these schemas. */
export const schemaVersion = 1;

const count = z.int().min(0);
const texts = z.array(z.string());
const versions = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .meta({ description: 'Of everything that took part, by name.' });
const trace = z.object({
  engine: z.string(),
  release: z.string(),
  startedAt: z.string(),
  commands: z.array(z.object({ at: count, command: z.looseObject({ type: z.string() }) })),
});
const anyJson = z.json();

const differences = <Sides extends Record<string, string>>(sides: Sides) =>
  z.array(
    z.object({
      where: z.string().meta({ description: 'Such as step_tasks[0].status.' }),
      row: z.string().meta({ description: 'The row by its key; empty where it is none of a table.' }),
      ...Object.fromEntries(Object.values(sides).map((side) => [side, anyJson])),
      shown: z
        .object(Object.fromEntries(Object.values(sides).map((side) => [side, z.string()])))
        .meta({ description: 'As text that tells SQL NULL, JSON null and what is absent apart.' }),
    }),
  );

const divergence = z.object({
  trace: trace.meta({ description: 'Its last command is the one that diverges.' }),
  commands: count,
  where: z.string(),
  row: z.string(),
  model: anyJson,
  sql: anyJson,
  replay: z.string().nullable().meta({ description: 'The line that shows it again.' }),
  file: z.string().nullable(),
  psql: z.string().nullable(),
  page: z.string().nullable(),
  differences: differences({ model: 'model', sql: 'sql' }),
});

const heading = {
  pgtwin: z.string(),
  engine: z.string(),
  release: z.string(),
  versions,
  commands: count,
  seconds: z.number(),
  interrupted: z.boolean(),
  remarks: texts,
};

const verifySchema = z.object({
  ...heading,
  seed: count.nullable().meta({ description: 'Null for a recording of traces that were not drawn.' }),
  recording: z.string().nullable().meta({ description: 'File of the recording, in place of a database.' }),
  samples: count,
  samplesPerSecond: z.number(),
  maxCommands: count,
  verdict: z.enum(['agreed', 'diverged', 'unwitnessed', 'interrupted']),
  witnesses: z
    .record(z.string(), count)
    .meta({ description: 'How often each branch of the model was reached.' }),
  unwitnessed: texts.meta({ description: 'Branches of the model that no sample reached.' }),
  divergence: divergence
    .extend({
      sample: count,
      commandsBefore: count.meta({ description: 'Of the sample, before it was shrunk.' }),
      isShrunk: z.boolean().meta({ description: 'Or else only cut behind the first difference.' }),
    })
    .nullable(),
});

const replaySchema = z.object({
  ...heading,
  file: z.string().nullable(),
  page: z.string().nullable(),
  verdict: z.enum(['agreed', 'diverged', 'interrupted']),
  divergence: divergence.nullable(),
});

const side = z.object({ name: z.string(), migrations: count, onlyHere: texts, remarks: texts });
const signature = z.object({ type: z.string(), what: z.string() });
const allowed = z.array(z.object({ function: z.string(), where: z.string(), reason: z.string() }));

const diffSchema = z.object({
  pgtwin: z.string(),
  engine: z.string(),
  versions,
  from: side,
  to: side,
  commandsOf: z.string(),
  remarks: texts,
  returnedOnlyIn: z.object({ from: texts, to: texts }),
  notAsked: texts,
  leftOut: z.array(z.object({ table: z.string(), reason: z.string() })),
  seed: count,
  maxCommands: count,
  samples: count,
  commands: count,
  seconds: z.number(),
  groups: z.array(
    z.object({
      number: count,
      function: z.string(),
      where: z.string(),
      places: texts,
      samples: count,
      firstSample: count,
      follows: z.array(count),
      trace,
      commands: count,
      commandsBefore: count,
      file: z.string().nullable(),
      page: z.string().nullable(),
      replay: z.string().nullable(),
      differences: differences({ from: 'from', to: 'to' }),
    }),
  ),
  notFollowed: z.array(signature),
  unsteady: z.array(signature),
  allowed,
  stale: allowed,
  page: z.string().nullable(),
  interrupted: z.boolean(),
  verdict: z.enum(['same', 'different', 'interrupted']),
});

const summary = z.object({
  killed: count,
  survived: count,
  equivalent: count,
  notInstalled: count,
  score: z.number().nullable(),
  medianSize: z.number().nullable(),
  seconds: z.number(),
});
const mutantsSchema = mutantsReportSchema.extend({ summary, functions: z.record(z.string(), summary) });

/** What each command writes with `--json`, by its name; a run of several releases writes a list of them. */
export const reportSchemas = {
  verify: z.union([verifySchema, z.array(verifySchema)]),
  replay: replaySchema,
  diff: diffSchema,
  mutants: mutantsSchema,
} as const;

/** As JSON Schemas. */
export function reportJsonSchemas(): Record<keyof typeof reportSchemas, object> {
  const { verify, replay, diff, mutants } = reportSchemas;
  const asJson = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any' });
  return { verify: asJson(verify), replay: asJson(replay), diff: asJson(diff), mutants: asJson(mutants) };
}
