/** The fields of a machine in JSON: how they are named, and those that the executor reads and does nothing with. */
import * as z from 'zod';
import { text } from '../../parameters/sql-types.ts';

/** JSON null is as if the field was left out. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().optional();
/** RFC 3339. */
export const timestamp = z.iso.datetime({ offset: true });

/** As the executor's library of JSON compares names. */
const folded = (name: string): string => name.toUpperCase().toLowerCase();

/** The library takes a field for the one that is meant where the cases of their letters differ. That is not modelled. */
export function fieldsOf<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = new Set(Object.keys(shape));
  const alike = new Set([...known].map(folded));
  return z
    .looseObject(shape)
    .refine((value) => Object.keys(value).every((name) => known.has(name) || !alike.has(folded(name))), {
      error: 'a field differs from one of the language in the case of its letters alone',
    });
}

const whole = optional(z.int());
const textual = optional(text);
const texts = optional(z.array(textual));

/** Of another type they are refused, each with words of its own. */
export const ignoredOfMachine = { Comment: textual, Version: textual, TimeoutSeconds: whole };

export const ignoredOfState = {
  ...{ Comment: textual, Error: textual, Cause: textual },
  ...{ Seconds: whole, SecondsPath: textual, Timestamp: optional(timestamp) },
  ...{ TimeoutSeconds: whole, TimeoutSecondsPath: textual },
  ...{ HeartbeatSeconds: whole, HeartbeatSecondsPath: textual },
  ...{ ItemsPath: textual, MaxConcurrency: whole, MaxConcurrencyPath: textual },
  ...{ ToleratedFailureCount: whole, ToleratedFailureCountPath: textual },
  ...{ ToleratedFailurePercentage: whole, ToleratedFailurePercentagePath: textual },
  ItemBatcher: optional(
    fieldsOf({
      ...{ MaxItemsPerBatch: whole, MaxItemsPerBatchPath: textual },
      ...{ MaxInputBytesPerBatch: whole, MaxInputBytesPerBatchPath: textual },
    }),
  ),
  Retry: optional(
    z.array(
      fieldsOf({
        ErrorEquals: texts,
        IntervalSeconds: whole,
        MaxAttempts: whole,
        // A number of 32 bits.
        BackoffRate: optional(z.number().min(-3.4e38).max(3.4e38)),
      }),
    ),
  ),
  Catch: optional(z.array(fieldsOf({ ErrorEquals: texts, Next: textual, ResultPath: textual }))),
};
