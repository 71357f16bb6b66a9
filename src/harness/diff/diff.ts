/** `diff` as a function: two installations of an engine's SQL, held against each other. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlDriver } from '../../sql/driver.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { defaultMaxCommands, defaultSeed } from '../campaign/options.ts';
import type { AnyCommand, Installation } from '../engine.ts';
import { type AnyRelease, findEngine, findRelease } from '../engines.ts';
import { defaultServices, type Services } from '../services.ts';
import { readTraceFile, type Trace, writeTraceFile } from '../trace.ts';
import { pgtwinVersion } from '../version.ts';
import { Allowance, type AllowedDifference, readAllowed } from './allowed.ts';
import { readCatalogue } from './catalogue.ts';
import type { Group, Signature } from './groups.ts';
import { type DiffHeading, type DiffReport, type ReportedGroup, reportGroup, type Side } from './report.ts';
import { lookAt, type SearchProgress, type SearchReport, searchDifferences } from './search.ts';
import { SharedSchema } from './shared-schema.ts';
import { type Both, type DiffSupport, type SideName, sideNames } from './support.ts';
import { Tandem } from './tandem.ts';
import { SharedVocabulary } from './vocabulary.ts';

export interface DiffOptions {
  /** Default `pgflow`. */
  readonly engine?: string | undefined;
  /** A release whose SQL is at hand, or a directory of migrations. */
  readonly from: string;
  readonly to: string;
  /** How many samples. Default {@link defaultDiffSamples}. */
  readonly samples?: number | undefined;
  /** Milliseconds instead of a number of samples. */
  readonly forMs?: number | undefined;
  readonly seed?: number | undefined;
  readonly maxCommands?: number | undefined;
  /** A trace file: that trace alone, as it is. */
  readonly trace?: string | undefined;
  /** A file of differences that are meant. */
  readonly allowed?: string | undefined;
  /** Only these are looked for, and the search ends when each was found. */
  readonly wanted?: readonly Signature[] | undefined;
  /** Directory for the traces, made if need be. Default: nothing is written. */
  readonly out?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onReady?: ((heading: DiffHeading) => void) | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
  readonly services?: Services | undefined;
}

export const defaultDiffSamples = 200;
/** Executions for shrinking one trace. */
const shrinkAttempts = 600;
/** When the catalogue is read and statements are probed: before any trace begins. */
const beforeTraces = Date.UTC(2029, 0, 1);

/**
 * Throws SetupError or ScriptError where it cannot run, or where an allowed difference no longer differs, and
 * DriverError where a database breaks.
 */
export async function diff(options: DiffOptions): Promise<DiffReport> {
  const services = options.services ?? defaultServices;
  const engine = findEngine(options.engine ?? 'pgflow', services.engines);
  const { diff: support } = engine;
  if (!support)
    throw new SetupError(`${engine.name} has one release and no migrations: there is nothing to compare`);
  const allowed = options.allowed === undefined ? [] : await readAllowed(options.allowed);
  const found = {
    from: await findSide('from', options.from, support),
    to: await findSide('to', options.to, support),
  };
  const remarks: string[] = [];
  const drivers = await openBoth(found, services, (line) => {
    if (!remarks.includes(line)) remarks.push(line);
  });
  try {
    return await compare({ ...options, services, allowed }, engine.name, support, found, drivers, remarks);
  } finally {
    await Promise.all(sideNames.map((side) => drivers[side].close()));
  }
}

interface FoundSide {
  readonly name: string;
  readonly installation: Installation;
}

type Asked = Omit<DiffOptions, 'allowed' | 'services'> & {
  readonly services: Services;
  readonly allowed: readonly AllowedDifference[];
};

async function compare(
  options: Asked,
  engine: string,
  support: DiffSupport,
  found: Both<FoundSide>,
  drivers: Both<SqlDriver>,
  notices: readonly string[],
): Promise<DiffReport> {
  const { services, seed = defaultSeed, maxCommands = defaultMaxCommands } = options;
  const names = { from: found.from.name, to: found.to.name };
  const catalogues = {
    from: await readCatalogue(drivers.from, support.schemas, beforeTraces),
    to: await readCatalogue(drivers.to, support.schemas, beforeTraces),
  };
  const schema = new SharedSchema(catalogues);
  const { release, vocabulary, can } = await findVocabulary(engine, support, services, drivers);
  const sideOf = (side: SideName): Side => ({
    name: names[side],
    migrations: found[side].installation.migrations,
    onlyHere: schema.onlyIn[side],
    remarks: found[side].installation.remarks,
  });
  const heading: DiffHeading = {
    pgtwin: pgtwinVersion,
    engine,
    versions: { ...drivers.from.versions },
    from: sideOf('from'),
    to: sideOf('to'),
    commandsOf: release.release,
    remarks: [...support.remarks(can, names), ...notices],
  };
  options.onReady?.(heading);

  const tandem = new Tandem({ release, support, schema, drivers });
  const allowance = new Allowance(options.allowed);
  const search = {
    ...{ release, tandem, vocabulary, allowance, seed, maxCommands },
    samples: options.samples ?? defaultDiffSamples,
    forMs: options.forMs,
    wanted: options.wanted,
    attempts: shrinkAttempts,
    signal: options.signal,
    onProgress: options.onProgress,
  };
  const trace = options.trace === undefined ? undefined : await readTrace(options.trace, services);
  const result = trace ? await lookAt(trace, search) : await searchDifferences(search);
  checkAllowance(allowance, options, result);

  const evidence = new Evidence(options, engine, seed);
  const groups: ReportedGroup[] = [];
  for (const group of result.groups.all) {
    const file = trace ? null : await evidence.keep(group, groups.length + 1);
    groups.push(
      reportGroup(group, groups.length + 1, {
        samples: result.groups.samplesOf(group),
        groupOf: (signature) =>
          result.groups.all.findIndex(
            (each) => each.type === signature.type && each.places.some(({ what }) => what === signature.what),
          ) + 1,
        file,
      }),
    );
  }
  return {
    ...heading,
    remarks: [...heading.remarks, ...evidence.remarks],
    returnedOnlyIn: {
      from: [...tandem.returnedOnlyIn.from].sort(),
      to: [...tandem.returnedOnlyIn.to].sort(),
    },
    notAsked: vocabulary.missing,
    leftOut: support.leftOut,
    seed,
    maxCommands,
    samples: result.samples,
    commands: result.commands,
    seconds: result.seconds,
    groups,
    notFollowed: result.notFollowed,
    allowed: allowance.met,
    interrupted: result.interrupted,
    verdict: result.interrupted ? 'interrupted' : groups.length > 0 ? 'different' : 'same',
  };
}

/** What no longer matches anything would hide the next difference in the same place. */
function checkAllowance(
  allowance: Allowance,
  { allowed, trace }: Asked,
  { interrupted }: SearchReport,
): void {
  const [stale] = allowance.stale;
  if (!stale || interrupted || trace !== undefined) return;
  const position = allowed.indexOf(stale);
  throw new SetupError(
    `allowed difference [${position}] (${stale.function}, ${stale.where}) was not met; remove it, or look longer with --samples or --for`,
  );
}

async function readTrace(file: string, { engines }: Services): Promise<Trace<AnyCommand>> {
  return readTraceFile(file, (engine, release) => findRelease(engine, release, engines));
}

async function findSide(side: SideName, name: string, support: DiffSupport): Promise<FoundSide> {
  const release = support.sameSql(name);
  if (release !== undefined) return { name, installation: await support.installation({ release }) };
  const isDirectory = await stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isDirectory) return { name, installation: await support.installation({ directory: name }) };
  const releases = await support.releases();
  throw new SetupError(
    `--${side} ${name}: neither a release nor a directory of migrations; releases: ${releases.join(', ')}`,
  );
}

async function openBoth(
  found: Both<FoundSide>,
  services: Services,
  note: (line: string) => void,
): Promise<Both<SqlDriver>> {
  const opening = sideNames.map((side) => services.openDriver(found[side].installation, note));
  const opened = await Promise.allSettled(opening);
  const failed = opened.find((each) => each.status === 'rejected');
  if (failed) {
    await Promise.all(opened.map((each) => each.status === 'fulfilled' && each.value.close()));
    throw failed.reason;
  }
  const [from, to] = opened.map((each) => (each as PromiseFulfilledResult<SqlDriver>).value);
  return { from: from!, to: to! };
}

/** The commands to ask: of the first release whose own way of working both sides know. */
async function findVocabulary(
  engine: string,
  support: DiffSupport,
  { engines }: Services,
  drivers: Both<SqlDriver>,
) {
  const answers = new Map<string, Both<boolean>>();
  let chosen: { release: AnyRelease; vocabulary: SharedVocabulary } | undefined;
  for (const { release: name, needs } of support.vocabularies) {
    const release = findRelease(engine, name, engines);
    const vocabulary = new SharedVocabulary(release, drivers, beforeTraces);
    let isKnown = true;
    for (const command of needs) {
      const answer = { from: await vocabulary.can('from', command), to: await vocabulary.can('to', command) };
      answers.set(JSON.stringify(command), answer);
      isKnown &&= answer.from && answer.to;
    }
    if (isKnown) chosen ??= { release, vocabulary };
  }
  if (!chosen) throw new Error('the last vocabulary needs nothing');
  const can = (side: SideName, command: AnyCommand) => answers.get(JSON.stringify(command))?.[side] ?? false;
  return { ...chosen, can };
}

/** Traces of groups as files. That one cannot be written is a remark, and hides nothing. */
class Evidence {
  readonly remarks: string[] = [];
  readonly #options: Asked;
  readonly #name: string;

  constructor(options: Asked, engine: string, seed: number) {
    this.#options = options;
    const label = (side: string) => side.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '');
    this.#name = `${engine}-${label(options.from)}-to-${label(options.to)}-seed${seed}`;
  }

  async keep({ trace }: Group, number: number): Promise<{ file: string; replay: readonly string[] } | null> {
    const { out, from, to, engine } = this.#options;
    if (out === undefined) return null;
    const file = join(out, `${this.#name}-${number}.json`);
    try {
      await writeTraceFile(file, trace);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      this.remarks.push(`a trace is not kept: ${error.message}`);
      return null;
    }
    const named = engine === undefined ? [] : ['--engine', engine];
    return { file, replay: ['diff', ...named, '--from', from, '--to', to, '--trace', file] };
  }
}
