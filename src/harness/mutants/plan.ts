/** What a run of mutants is to do: the release installed, its mutants planted, those of this run chosen. */
import { createHash } from 'node:crypto';
import type { SqlDriver } from '../../sql/driver.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { defaultMaxCommands, defaultSeed } from '../campaign/options.ts';
import { type Subject, versionsOf } from '../contract/subject.ts';
import { pgtwinVersion } from '../contract/version.ts';
import { reasonsOf } from './equivalents.ts';
import { functionsInForce } from './functions-in-force.ts';
import { type PlantedMutant, plantMutants } from './mutant.ts';
import {
  defaultMutantMs,
  defaultMutantSamples,
  defaultShrinkAttempts,
  type MutantsBudget,
} from './options.ts';
import { loadSqlParser } from './parsing/sql-parser.ts';
import type { MutantsHeading } from './report.ts';
import { select, shareOf } from './selection.ts';

export interface Plan {
  readonly subject: Subject;
  readonly heading: MutantsHeading;
  /** Of the chosen mutants those of this share. */
  readonly share: readonly PlantedMutant[];
  /** Why a mutant is equivalent to the original, by its id. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly remarks: readonly string[];
}

/**
 * Plants the mutants in the functions that `driver` has in force.
 * @throws SetupError for a name that nothing goes by, and for an argument that fits no mutant any more
 */
async function planOn(driver: SqlDriver, subject: Subject, budget: MutantsBudget): Promise<Plan> {
  const { release, installation } = subject;
  const of = `${release.engine} ${release.release}`;
  if (!release.mutation)
    throw new SetupError(`${of} has no mutants: its engine does not name the functions to change`);
  const { schema, equivalents } = release.mutation;
  const functions = await functionsInForce(driver, schema, installation);
  const { mutants, remarks } = plantMutants(await loadSqlParser(), functions);
  const reasons = new Map([
    ...mutants.flatMap(({ id, equivalence }) => (equivalence ? [[id, equivalence] as const] : [])),
    ...reasonsOf(mutants, equivalents, of),
  ]);

  const { sample = null } = budget;
  const selection = {
    functions: budget.functions ?? [],
    operators: budget.operators ?? [],
    mutants: budget.mutants ?? [],
    sample,
  };
  const seed = budget.seed ?? defaultSeed;
  // A sample is of those that there is something to find out about.
  const candidates = sample === null ? mutants : mutants.filter(({ id }) => !reasons.has(id));
  const chosen = select(candidates, selection, seed);
  return {
    subject,
    heading: {
      pgtwin: pgtwinVersion,
      engine: release.engine,
      release: release.release,
      versions: versionsOf(driver, subject),
      fingerprint: fingerprintOf(mutants),
      seed,
      ...budgetOf(budget),
      maxCommands: budget.maxCommands ?? defaultMaxCommands,
      shrinkAttempts: budget.shrinkAttempts ?? defaultShrinkAttempts,
      selection,
      chosen: chosen.length,
    },
    share: shareOf(chosen, budget.shard ?? null),
    reasons,
    remarks: [...subject.remarks, ...remarks],
  };
}

/**
 * Hands the plan on with a way to open databases, of which the first is the one that the functions were read from.
 * Whoever opens one closes it.
 */
export async function withPlan<T>(
  subject: Subject,
  budget: MutantsBudget,
  use: (plan: Plan, openDriver: () => Promise<SqlDriver>) => Promise<T>,
): Promise<T> {
  const open = () => subject.openDriver(() => {});
  let first: SqlDriver | undefined = await open();
  try {
    const plan = await planOn(first, subject, budget);
    return await use(plan, async () => {
      const driver = first ?? (await open());
      first = undefined;
      return driver;
    });
  } finally {
    await first?.close();
  }
}

/** Samples and time, whichever is over first; one that is given alone decides alone. */
function budgetOf({ samples, forMs }: MutantsBudget): Pick<MutantsHeading, 'samples' | 'forMs'> {
  return samples === undefined && forMs === undefined
    ? { samples: defaultMutantSamples, forMs: defaultMutantMs }
    : { samples: samples ?? Number.MAX_SAFE_INTEGER, forMs: forMs ?? null };
}

function fingerprintOf(mutants: readonly PlantedMutant[]): string {
  const ids = mutants.map(({ id }) => id).join();
  return createHash('sha256').update(ids).digest('hex').slice(0, 16);
}
