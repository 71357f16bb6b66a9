import { testDeviations } from '../deviations.ts';

// What is found when several messages have come to their end takes so many deliveries.
testDeviations('state-machine', {
  'a-task-that-ends-twice-leads-on-twice': 12,
  'outputs-are-in-the-order-of-their-ends': 25,
});
