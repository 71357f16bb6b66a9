// Long tier: it searches each deviation in up to 480 samples, and shrinks what it finds.
import { deviations as of0120 } from '../../../src/model/pgflow/0.1.20/deviations.ts';
import { deviations as of081 } from '../../../src/model/pgflow/0.8.1/deviations.ts';
import { testRegistry } from '../../support/deviations.ts';

// A chain of fifty maps takes fifty commands to add, beside the flow and its start.
testRegistry('pgflow', { '0.1.20': of0120, '0.8.1': of081 }, /0\.\d+\.\d+/, {
  'fifty-empty-maps-in-a-chain-are-refused': 52,
});
