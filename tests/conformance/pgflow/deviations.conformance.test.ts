import { testDeviations } from '../deviations.ts';

// A chain of fifty maps takes fifty commands to add; everything else can be shown in a few.
testDeviations('pgflow', { 'fifty-empty-maps-in-a-chain-are-refused': 52 });
