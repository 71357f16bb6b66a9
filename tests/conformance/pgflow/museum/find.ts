/** Finding an exhibit of the museum from nothing: no kept trace is read. */

import { comparePair } from '../../../../src/harness/commands/diff.ts';
import type { AnyCommand } from '../../../../src/harness/contract/command.ts';
import type { Trace } from '../../../../src/harness/contract/trace.ts';
import { openPair, type Pair } from '../../../../src/harness/diff/pair.ts';
import type { DiffReport } from '../../../../src/harness/diff/report.ts';
import { defaultServices, findEngine, verify } from '../../../../src/harness/services.ts';
import { positionOf } from '../../../../src/sql/pgflow/releases.ts';
import type { Exhibit } from './exhibits.ts';

export interface Finding {
  /** Nothing where the time was not enough. */
  readonly trace: Trace<AnyCommand> | undefined;
  /** With everything: opening what is not open yet, sampling, shrinking. */
  readonly seconds: number;
  readonly samples: number;
}

/** The older release first. */
export function sidesOf({ has, hasNot }: Exhibit): { readonly from: string; readonly to: string } {
  const [from, to] = [has, hasNot].toSorted((a, b) => positionOf(a) - positionOf(b));
  return { from: from!, to: to! };
}

/** Pairs of databases, one at a time: each takes a gigabyte, and exhibits of the same releases stand side by side. */
export class Pairs {
  #name = '';
  #open: Promise<Pair> | undefined;

  async get(exhibit: Exhibit): Promise<Pair> {
    const { from, to } = sidesOf(exhibit);
    const name = `${from} ${to}`;
    if (name !== this.#name) {
      await this.close();
      this.#name = name;
      this.#open = openPair(findEngine(), { from, to }, defaultServices.openDriver);
    }
    return this.#open!;
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#name = '';
    await (await open)?.close();
  }
}

export async function find(
  exhibit: Exhibit,
  pairs: Pairs,
  { seed, forMs }: { seed: number; forMs: number },
): Promise<Finding> {
  const begun = performance.now();
  const since = () => (performance.now() - begun) / 1000;
  const { found } = exhibit;
  if (found.by === 'verify') {
    const { divergence, samples } = await verify({
      release: exhibit.has,
      intended: [found.intended],
      seed,
      forMs,
    });
    return { trace: divergence?.trace, seconds: since(), samples };
  }
  const wanted = [{ type: found.function, what: found.where }];
  const report = await comparePair(await pairs.get(exhibit), { wanted, seed, forMs });
  return { trace: groupOf(exhibit, report)?.trace, seconds: since(), samples: report.samples };
}

/** The group that shows the exhibit, if one does. */
export function groupOf({ found }: Exhibit, { groups }: DiffReport) {
  if (found.by !== 'diff') return undefined;
  return groups.find((group) => group.function === found.function && group.places.includes(found.where));
}
