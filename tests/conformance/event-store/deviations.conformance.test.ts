import { testDeviations } from '../deviations.ts';

testDeviations('event-store');
