import { testDeviations } from '../deviations.ts';

testDeviations('dag-cascade');
