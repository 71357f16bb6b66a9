/** What came back of a call, as the caller sees it: rows, or a refusal. Read, not tidied. */
import type { Result } from '../model/kernel/transition.ts';
import type { QueryResult } from './driver.ts';
import { DriverError } from './driver.ts';
import { readRows } from './rows.ts';

export function readResult(result: QueryResult): Result {
  switch (result.kind) {
    case 'rows':
      return { ok: true, rows: readRows(result) };
    case 'failure': {
      const { sqlstate, message, constraint, column } = result;
      return {
        ok: false,
        refusal: {
          sqlstate,
          message,
          ...(constraint === undefined ? {} : { constraint }),
          ...(column === undefined ? {} : { column }),
        },
      };
    }
    case 'expanded':
      throw new DriverError('a call does not expand');
  }
}
