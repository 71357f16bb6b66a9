/** The format of a trace: checking what was read, printing it, and its published schema. */
import { z } from 'zod';
import { SetupError } from '../../sql/setup-error.ts';
import type { CommandFormat } from '../contract/model.ts';
import type { Trace, TraceEntry } from '../contract/trace.ts';
import { describeIssue } from './issue.ts';
import { findTooLarge, mostCommands } from './limits.ts';

/** A trace that cannot be read: one line with the path to what is wrong. Ends with status 2 as any SetupError. */
export class TraceError extends SetupError {}

// What a Date can hold, and so what a trace's clock can show.
const latestInstant = 8.64e15;

const entrySchema = z.strictObject({
  at: z.int().min(0).meta({ description: 'Virtual milliseconds since startedAt; never runs backwards.' }),
  command: z.unknown(),
});

const traceSchema = z.strictObject({
  engine: z.string(),
  release: z.string(),
  startedAt: z.iso
    .datetime()
    // A Date has milliseconds; more digits would be dropped in silence.
    .regex(/:\d\d(\.\d{1,3})?Z$/, 'expected UTC with at most milliseconds')
    .meta({ description: 'ISO 8601, UTC: the instant that at 0 means.' }),
  commands: z.array(entrySchema),
});

/**
 * A trace from parsed JSON. Which release reads the commands is told by `formatOf`, given the trace's own engine
 * and release; what it throws names those known. Throws {@link TraceError}: `<name>: <path>: <what is wrong>`.
 */
export function parseTrace<Command>(
  json: unknown,
  formatOf: (engine: string, release: string) => Pick<CommandFormat<Command>, 'parseCommand'>,
  name = 'trace',
): Trace<Command> {
  const tooLarge = findTooLarge(json);
  if (tooLarge) throw refuse(name, tooLarge);
  const outer = traceSchema.safeParse(json);
  if (!outer.success) throw refuse(name, outer.error.issues[0]!);
  const { engine, release, startedAt, commands } = outer.data;
  if (commands.length > mostCommands) {
    throw refuse(name, {
      path: ['commands'],
      message: `${commands.length} commands: at most ${mostCommands} are executed`,
    });
  }
  const format = known(name, () => formatOf(engine, release));
  return { engine, release, startedAt, commands: parseEntries(commands, startedAt, format, name) };
}

/** Entries whose form is checked. Throws {@link TraceError} for a command that is none, and for time that runs backwards. */
export function parseEntries<Command>(
  commands: readonly { readonly at: number; readonly command?: unknown }[],
  startedAt: string,
  format: Pick<CommandFormat<Command>, 'parseCommand'>,
  name: string,
): TraceEntry<Command>[] {
  const start = Date.parse(startedAt);
  let previous = 0;
  return commands.map((entry, position): TraceEntry<Command> => {
    const refuseAt = (message: string) => refuse(name, { path: ['commands', position, 'at'], message });
    if (entry.at < previous) throw refuseAt(`time runs backwards (${entry.at} after ${previous})`);
    if (start + entry.at > latestInstant) {
      throw refuseAt('too late: the clock ends in the year 275760');
    }
    previous = entry.at;
    return { at: entry.at, command: parseCommand(format, entry.command, name, position) };
  });
}

function known<T>(name: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof SetupError) throw new TraceError(`${name}: ${error.message}`);
    throw error;
  }
}

function parseCommand<Command>(
  format: Pick<CommandFormat<Command>, 'parseCommand'>,
  value: unknown,
  name: string,
  position: number,
): Command {
  try {
    return format.parseCommand(value);
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error;
    const issue = error.issues[0]!;
    throw refuse(name, issue, { value, path: ['commands', position, 'command'] });
  }
}

const refuse = (name: string, ...fault: Parameters<typeof describeIssue>) =>
  new TraceError(`${name}: ${describeIssue(...fault)}`);

/** A trace as the text of its file: an entry a line, so that it is read and compared by people. */
export function printTrace(trace: Trace<unknown>): string {
  const { engine, release, startedAt, commands } = trace;
  const head = Object.entries({ engine, release, startedAt }).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const entries = commands.map(({ at, command }) => `    ${JSON.stringify({ at, command })}`);
  const list = entries.length === 0 ? '[]' : `[\n${entries.join(',\n')}\n  ]`;
  return `{\n${head.join('\n')}\n  "commands": ${list}\n}\n`;
}

/** The JSON schema of a trace of that release. */
export function traceJsonSchema(format: Pick<CommandFormat<unknown>, 'commandJsonSchema'>): object {
  const command = { ...format.commandJsonSchema() } as Record<string, unknown>;
  const definitions = command.$defs;
  delete command.$schema;
  delete command.$defs;
  const schema = z.toJSONSchema(traceSchema, {
    override: ({ path, jsonSchema }) => {
      if (path.at(-1) === 'command') Object.assign(jsonSchema, command);
    },
  });
  return definitions === undefined ? schema : { ...schema, $defs: definitions };
}
