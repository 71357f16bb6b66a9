import { testDeviations } from '../deviations.ts';

testDeviations('activity-ledger');
