/** HotMesh's activity ledger: its releases, its registry of deviations, and what its numbers say. */

import { SetupError } from '../../sql/setup-error.ts';
import type { AnyRelease, Engine, Explained } from '../contract/engine.ts';
import { ledgerDeviations } from './deviations/index.ts';
import { countdownUnderTest, incrementUnderTest } from './release.ts';
import { explain, type LedgerRelease, LedgerValueError } from './twin/index.ts';

export const activityLedger: Engine = {
  name: 'activity-ledger',
  releases: [countdownUnderTest, incrementUnderTest] as unknown as AnyRelease[],
  deviations: ledgerDeviations,
  explain: explained,
};

function explained(value: string, release: string | undefined): Explained {
  try {
    const { text, ...data } = explain(
      value,
      release === undefined ? {} : { release: release as LedgerRelease },
    );
    const next = data.next.map((each) => ({ ...each, becomes: String(each.becomes) }));
    return { text, data: { ...data, value: String(data.value), next } };
  } catch (error) {
    if (error instanceof LedgerValueError) throw new SetupError(error.message);
    throw error;
  }
}
