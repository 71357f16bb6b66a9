/** Machines that the tests of the twin share. */

export const order = {
  StartAt: 'Validate',
  States: {
    Validate: {
      Type: 'Choice',
      Choices: [{ Variable: '$.amount', NumericGreaterThan: 0, Next: 'Charge' }],
      Default: 'Refuse',
    },
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:charge',
      Parameters: { 'amount.$': '$.amount', 'order.$': '$$.Execution.Id' },
      ResultPath: '$.receipt',
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Apologise' }],
      Next: 'WaitForReview',
    },
    WaitForReview: { Type: 'Wait', Seconds: 365 * 86_400, Next: 'Pack' },
    Pack: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 1,
      ItemProcessor: {
        StartAt: 'PackOne',
        States: { PackOne: { Type: 'Task', Resource: 'pack', End: true } },
      },
      ResultPath: '$.parcels',
      End: true,
    },
    Apologise: { Type: 'Task', Resource: 'mail', End: true },
    Refuse: { Type: 'Fail', Error: 'NothingToPay', Cause: 'the amount is zero' },
  },
} as const;

export const input = { amount: 5, items: ['tea', 'cup'] };

/** A machine of one state. */
export const one = (state: object) => ({ StartAt: 'S', States: { S: state } });
