/** The parameters of a statement as a client sends them and the server reads them: texts as UTF-8, numbers as integers. */
import { bind } from '../../../../model/event-store/binding.ts';
import type { EventStoreStatement } from '../../../../model/event-store/commands.ts';
import type { IdType } from '../../../../model/event-store/ids.ts';
import { parameterNames } from '../../../../model/event-store/signatures.ts';
import { isRefusal } from '../../../../model/kernel/outcome.ts';
import { PostgresError } from '../../../twin/database-error.ts';
import { readInteger, wellFormed } from '../../../twin/parameters.ts';

/** Parameters of type integer; other numbers are bigints. */
const integers: ReadonlySet<string> = new Set(['v_limit', 'v_seconds']);

export interface Bound {
  readonly bound: EventStoreStatement;
  /** Of the first parameter that cannot be read, where that is a number. */
  readonly refusal?: PostgresError;
}

export function boundOf(statement: EventStoreStatement, ids: IdType): Bound {
  const values: Record<string, unknown> = { ...statement };
  for (const name of parameterNames[statement.type]) {
    const value = values[name];
    if (typeof value === 'string') values[name] = name in jsonb ? value : wellFormed(value);
    if (typeof value !== 'number' || name in jsonb) continue;
    try {
      values[name] = Number(readInteger(value, integers.has(name) ? 'integer' : 'bigint'));
    } catch (error) {
      if (!(error instanceof PostgresError)) throw error;
      // What comes behind it is not looked at any more; what comes before it may be refused first, by the model.
      values[name] = null;
      const bound = values as unknown as EventStoreStatement;
      return isRefusal(bind(until(bound, name), ids)) ? { bound } : { bound, refusal: error };
    }
  }
  return { bound: values as unknown as EventStoreStatement };
}

/** JSON is written as such, and half a character in it as an escape. */
const jsonb = { v_data: true, data: true };

function until(statement: EventStoreStatement, last: string): EventStoreStatement {
  const names: readonly string[] = parameterNames[statement.type];
  const before = names.slice(0, names.indexOf(last));
  const given = Object.entries(statement).filter(([name]) => name === 'type' || before.includes(name));
  return Object.fromEntries(given) as unknown as EventStoreStatement;
}
