import { testDeviations } from '../deviations.ts';

testDeviations('state-machine');
