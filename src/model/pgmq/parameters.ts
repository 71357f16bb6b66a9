/** The parameter that is the queue's own. */
import { text } from '../parameters/sql-types.ts';

/**
 * The name of a queue. What Postgres would do to the names of its tables is not modelled for names that a table
 * name of 63 bytes cannot hold, and for capital letters that each C library maps in its own way.
 */
export const queueName = text
  .refine((name) => [...name].length > 47 || new TextEncoder().encode(name).length <= 50, {
    error:
      'a name of at most 47 characters must fit into 50 bytes: Postgres cuts longer ones, which is not modelled',
  })
  .refine((name) => [...name].every((letter) => letter < '\u0530' || letter.toLowerCase() === letter), {
    error: 'capital letters beyond Latin, Greek and Cyrillic are not modelled',
  });
