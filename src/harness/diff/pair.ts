/** Two installations of an engine's SQL, open side by side. */

import { stat } from 'node:fs/promises';
import { notCompared } from '../../sql/added.ts';
import type { SqlDriver } from '../../sql/driver.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { stateAfterReset } from '../contract/additions.ts';
import { readCatalogue } from '../contract/catalogue.ts';
import type { AnyCommand } from '../contract/command.ts';
import { type Both, type DiffSupport, type SideName, sideNames } from '../contract/diff.ts';
import { type AnyRelease, type Engine, releaseOf } from '../contract/engine.ts';
import { knownNames, shortened } from '../contract/names.ts';
import type { Installation, OpenDriver } from '../contract/sql.ts';
import { pgtwinVersion } from '../contract/version.ts';
import type { DiffHeading, Side } from './report.ts';
import { SharedSchema } from './shared-schema.ts';
import { Tandem, type TandemOptions } from './tandem.ts';
import { SharedVocabulary } from './vocabulary.ts';

export interface PairNames {
  /** A release whose SQL is at hand, or a directory of migrations. */
  readonly from: string;
  readonly to: string;
}

export interface Pair {
  readonly heading: DiffHeading;
  readonly support: DiffSupport;
  /** The modelled release whose commands are asked of both. */
  readonly release: AnyRelease;
  readonly vocabulary: SharedVocabulary;
  readonly tandem: Tandem;
  /** What both have, and the databases. */
  readonly sides: Pick<TandemOptions, 'schema' | 'drivers'>;
  close(): Promise<void>;
}

/** When the catalogue is read and statements are probed: before any trace begins. */
const beforeTraces = Date.UTC(2029, 0, 1);

/** Throws SetupError or ScriptError where a side is not there or does not install. */
export async function openPair(engine: Engine, names: PairNames, openDriver: OpenDriver): Promise<Pair> {
  const { diff: support } = engine;
  if (!support) {
    throw new SetupError(`${engine.name} has no SQL of its users: there is nothing to compare`);
  }
  const found = await findSides(names, support);
  const notices: string[] = [];
  const drivers = await openBoth(found, openDriver, (line) => {
    if (!notices.includes(line)) notices.push(line);
  });
  const close = async () => {
    await Promise.all(sideNames.map((side) => drivers[side].close()));
  };
  try {
    return { ...(await pairOf(engine, support, found, drivers, notices)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface FoundSide {
  readonly name: string;
  readonly installation: Installation;
}

async function pairOf(
  engine: Engine,
  support: DiffSupport,
  found: Both<FoundSide>,
  drivers: Both<SqlDriver>,
  notices: readonly string[],
): Promise<Omit<Pair, 'close'>> {
  const names = { from: found.from.name, to: found.to.name };
  const { release, vocabulary, can } = await findVocabulary(engine, support, drivers);
  // As every trace finds it: without what was done with the engine when it was installed.
  const initial = {
    from: await stateAfterReset(release, drivers.from, beforeTraces),
    to: await stateAfterReset(release, drivers.to, beforeTraces),
  };
  const catalogues = {
    from: await readCatalogue(drivers.from, support.schemas, beforeTraces),
    to: await readCatalogue(drivers.to, support.schemas, beforeTraces),
  };
  const schema = new SharedSchema(catalogues, initial);
  const sideOf = (side: SideName): Side => ({
    name: names[side],
    migrations: found[side].installation.migrations,
    onlyHere: schema.onlyIn[side],
    remarks: remarksOf(found[side].installation, schema.onlyIn[side]),
  });
  const heading: DiffHeading = {
    pgtwin: pgtwinVersion,
    engine: engine.name,
    versions: { ...drivers.from.versions },
    from: sideOf('from'),
    to: sideOf('to'),
    commandsOf: release.release,
    remarks: [...support.remarks(can, names), ...notices],
  };
  const tandem = new Tandem({ release, support, schema, drivers });
  return { heading, support, release, vocabulary, tandem, sides: { schema, drivers } };
}

/** What the SQL adds is named once: not again where it is only on this side. */
function remarksOf(
  { remarks, additions = [] }: Installation,
  onlyHere: readonly string[],
): readonly string[] {
  const named = notCompared(additions);
  const rest = notCompared(additions.filter((name) => !onlyHere.includes(name)));
  return [...remarks.filter((line) => !named.includes(line)), ...rest];
}

/** Both with the stand-ins that either needs: what is called by one alone is a difference, and no part of the schema. */
async function findSides(names: PairNames, support: DiffSupport): Promise<Both<FoundSide>> {
  const from = await findSide('from', names.from, support);
  const to = await findSide('to', names.to, support);
  const withThoseOf = async (side: SideName, found: FoundSide, { installation }: FoundSide) => {
    const others =
      installation.standIns?.filter((each) => !found.installation.standIns?.includes(each)) ?? [];
    return others.length === 0 ? found : findSide(side, found.name, support, others);
  };
  return { from: await withThoseOf('from', from, to), to: await withThoseOf('to', to, from) };
}

async function findSide(
  side: SideName,
  name: string,
  support: DiffSupport,
  standIns?: readonly string[],
): Promise<FoundSide> {
  const release = support.sameSql(name);
  if (release !== undefined) return { name, installation: await support.installation({ release }, standIns) };
  const { source } = support;
  const isThere = await stat(name).then(
    (found) => (source === 'file' ? found.isFile() : found.isDirectory()),
    () => false,
  );
  if (isThere) return { name, installation: await support.installation({ path: name }, standIns) };
  const releases = await support.releases();
  const wanted = {
    directory: 'a directory of migrations',
    file: 'a file with a schema',
    files: 'a directory with the files of a schema',
  }[source];
  throw new SetupError(
    `--${side} ${shortened(name, 300)}: expected a release or ${wanted}; releases: ${knownNames(releases, name)}`,
  );
}

async function openBoth(
  found: Both<FoundSide>,
  openDriver: OpenDriver,
  note: (line: string) => void,
): Promise<Both<SqlDriver>> {
  const opening = sideNames.map((side) => openDriver(found[side].installation, note));
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
async function findVocabulary(engine: Engine, support: DiffSupport, drivers: Both<SqlDriver>) {
  const answers = new Map<string, Both<boolean>>();
  let chosen: { release: AnyRelease; vocabulary: SharedVocabulary } | undefined;
  for (const { release: name, needs } of support.vocabularies) {
    const release = releaseOf(engine, name);
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
