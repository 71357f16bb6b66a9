/** Checks a tree of source files against the import rules; each fault names file, line and rule. */
import { posix } from 'node:path';
import {
  type Allowance,
  doorOf,
  type EntryPoint,
  entryPoints,
  listOfEngines,
  mostImportersOfEngines,
  ruleOf,
} from './import-rules.ts';
import { type Import, importsOf } from './import-scan.ts';

/** Source texts by path below `src/`, with slashes. */
export type Tree = ReadonlyMap<string, string>;

interface Edge extends Import {
  readonly file: string;
  /** Below `src/`; nothing for a package. */
  readonly target: string | undefined;
}

type Graph = ReadonlyMap<string, readonly Edge[]>;

function graphOf(tree: Tree): Graph {
  const edges = (file: string, text: string): Edge[] =>
    importsOf(file, text).map((each) => ({ ...each, file, target: targetOf(file, each.specifier) }));
  return new Map([...tree].map(([file, text]) => [file, edges(file, text)]));
}

function targetOf(file: string, specifier: string | undefined): string | undefined {
  return specifier?.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

export function faultsIn(tree: Tree, entries: readonly EntryPoint[] = entryPoints): string[] {
  const graph = graphOf(tree);
  const edges = [...graph.values()].flat();
  return [
    ...edges.flatMap((edge) => fault(edge, tree) ?? []),
    ...cyclesIn(graph),
    ...roomCirclesIn(graph),
    ...strangersToEngines(graph),
    ...roomsWithoutName(tree),
    ...entries.flatMap((entry) => overloads(graph, entry)),
  ];
}

/** In development a database's thread is bundled by this file, and then imported: what is in it are source files. */
const bundler = 'sql/pglite/worker-from-source.mjs';
const bundle = 'node_modules/.cache/pgtwin/worker.mjs';

function fault(edge: Edge, tree: Tree): string | undefined {
  const { file, line, specifier, target, kind } = edge;
  const told = (what: string) => `src/${file}:${line}: ${what}`;
  if (specifier === undefined) return told('imports what only running it can tell; name it');
  const rule = ruleOf(file);
  if (!rule) return told('belongs to no room of the house: add it to the import rules');
  if (target === undefined) {
    const allowed = rule.packages.some((name) => specifier === name || isBelow(specifier, name));
    return allowed ? undefined : told(`imports ${specifier}; ${rule.title}`);
  }
  if (file === bundler && specifier.endsWith(bundle)) return undefined;
  if (!tree.has(target)) return told(`imports ${specifier}, which is no source file`);
  if (permits(rule.allows(target), kind)) return undefined;
  return told(`imports ${kind === 'type' ? 'types of ' : ''}src/${target}; ${rule.title}`);
}

const isBelow = (specifier: string, name: string) =>
  specifier.startsWith(/[:/]$/.test(name) ? name : `${name}/`);

function permits(allowance: Allowance, kind: Import['kind']): boolean {
  switch (allowance) {
    case 'yes':
      return true;
    case 'types':
      return kind === 'type';
    case 'on demand':
      return kind !== 'static';
    case 'no':
      return false;
  }
}

/** Cycles of files that load each other; types that refer to each other load nothing. */
function cyclesIn(graph: Graph): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly Edge[]): void => {
    const start = path.findIndex((edge) => edge.file === file);
    if (start >= 0) {
      const round = path.slice(start);
      const stations = round.map((edge) => `src/${edge.file}:${edge.line}`);
      found.push(`${stations.join(' -> ')} -> src/${file}: files import each other in a circle`);
      return;
    }
    if (done.has(file)) return;
    for (const edge of graph.get(file) ?? []) {
      if (edge.kind !== 'type' && edge.target !== undefined) visit(edge.target, [...path, edge]);
    }
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

/**
 * Circles of folders: a folder imports another, which gets back to it by whatever way. Types count, and imports on
 * demand: what a room is about cannot be read without the other. One fault a pair of folders that import each other's way.
 */
function roomCirclesIn(graph: Graph): string[] {
  const ways = new Map<string, Map<string, Edge>>();
  for (const edge of [...graph.values()].flat()) {
    if (edge.target === undefined) continue;
    const [from, to] = [posix.dirname(edge.file), posix.dirname(edge.target)];
    if (from === to) continue;
    const known = ways.get(from) ?? new Map<string, Edge>();
    if (!known.has(to)) known.set(to, edge);
    ways.set(from, known);
  }
  const found: string[] = [];
  for (const [from, targets] of ways) {
    for (const [to, edge] of targets) {
      // Each pair once, from the folder whose name comes first.
      const back = from < to ? wayBetween(ways, to, from) : undefined;
      if (!back) continue;
      const stations = [edge, ...back].map((each) => `src/${each.file}:${each.line}`);
      found.push(`${stations.join(' -> ')}: the rooms ${from} and ${to} import each other in a circle`);
    }
  }
  return found;
}

function wayBetween(
  ways: ReadonlyMap<string, ReadonlyMap<string, Edge>>,
  start: string,
  end: string,
): readonly Edge[] | undefined {
  const seen = new Set([start]);
  const pending: { room: string; way: readonly Edge[] }[] = [{ room: start, way: [] }];
  for (let next = pending.shift(); next; next = pending.shift()) {
    if (next.room === end) return next.way;
    for (const [room, edge] of ways.get(next.room) ?? []) {
      if (seen.has(room)) continue;
      seen.add(room);
      pending.push({ room, way: [...next.way, edge] });
    }
  }
  return undefined;
}

/** A folder of the harness is a room that the rules name, or an engine; an engine has a door. */
function roomsWithoutName(tree: Tree): string[] {
  const missing = new Map<string, string>();
  for (const file of tree.keys()) {
    const door = doorOf(file);
    if (door !== undefined && !tree.has(door) && !missing.has(door)) missing.set(door, file);
  }
  return [...missing].map(
    ([door, file]) =>
      `src/${file}: belongs to no room of the harness, and to no engine, as there is no src/${door}: add the room to the import rules`,
  );
}

/** Everything else is handed an engine, not its name. */
function strangersToEngines(graph: Graph): string[] {
  const importers = [...graph.values()]
    .flat()
    .filter(({ target }) => target === listOfEngines)
    .map(({ file, line }) => `src/${file}:${line}`);
  if (new Set(importers).size <= mostImportersOfEngines) return [];
  return [
    `${importers.join(', ')}: import src/${listOfEngines}; at most ${mostImportersOfEngines} files may, everything else is handed an engine`,
  ];
}

/** Packages that an entry point loads and must not, with the way there. */
function overloads(graph: Graph, { file, title, mayLoad }: EntryPoint): string[] {
  if (!graph.has(file)) return [`src/${file}: no such entry point; ${title}`];
  const found: string[] = [];
  const seen = new Set([file]);
  const pending: { file: string; way: readonly string[] }[] = [{ file, way: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const { file: from, line, specifier, target, kind } of graph.get(next.file) ?? []) {
      if (kind !== 'static' || specifier === undefined) continue;
      const way = [...next.way, `src/${from}:${line}`];
      if (target === undefined) {
        if (!mayLoad(packageOf(specifier))) found.push(`${way.join(' -> ')} -> ${specifier}; ${title}`);
      } else if (!seen.has(target)) {
        seen.add(target);
        pending.push({ file: target, way });
      }
    }
  }
  return found;
}

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
