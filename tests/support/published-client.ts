/** The client that `@pgflow/core` publishes, on a database of a driver: what it answers is what production would. */
import { PgflowSqlClient } from '@pgflow/core';
import type { AnyFlow } from '@pgflow/dsl';
import type { Query, SqlDriver } from '../../src/sql/driver.ts';

/** How a refusal is told apart. */
export interface Refusal {
  readonly code: string | undefined;
  readonly message: string;
  readonly constraint: string | undefined;
}

/** Writes parameters as the library does that it is published for: as texts, null as SQL NULL. */
class Statement implements PromiseLike<readonly unknown[]> {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver, strings: readonly string[], values: readonly unknown[]) {
    this.#driver = driver;
    this.strings = strings;
    this.values = values;
  }

  /** A statement of that library is executed when it is awaited. */
  // biome-ignore lint/suspicious/noThenProperty: as above.
  readonly then: PromiseLike<readonly unknown[]>['then'] = (done, failed) =>
    this.#execute().then(done, failed);

  async #execute(): Promise<readonly unknown[]> {
    const params: (string | null)[] = [];
    const text = textOf(this, params);
    const query: Query = { text, params };
    const { results } = await this.#driver.run({ at: start, queries: [query] });
    const [result] = results;
    if (result?.kind === 'rows') {
      const names = result.columns.map(({ name }) => name);
      return result.rows.map((row) => Object.fromEntries(row.map((value, i) => [names[i], value])));
    }
    if (result?.kind !== 'failure') throw new Error('no result');
    const { sqlstate: code, message, constraint } = result;
    throw Object.assign(new Error(message), { code, constraint });
  }
}

const start = Date.UTC(2030, 0, 1);

class JsonParameter {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

function textOf({ strings, values }: Statement, params: (string | null)[]): string {
  return strings.reduce((text, next, i) => {
    const value = values[i - 1];
    if (value instanceof Statement) return text + textOf(value, params) + next;
    return `${text}$${params.push(written(value))}${next}`;
  });
}

function written(value: unknown): string | null {
  if (value instanceof JsonParameter)
    return value.value === null ? null : JSON.stringify(defined(value.value));
  if (value === null) return null;
  if (!Array.isArray(value)) return String(defined(value));
  return `{${value.map((item) => (item === null ? 'null' : `"${String(defined(item))}"`)).join(',')}}`;
}

function defined<T>(value: T): T {
  if (value !== undefined) return value;
  throw Object.assign(new Error('UNDEFINED_VALUE: Undefined values are not allowed'), {
    code: 'UNDEFINED_VALUE',
  });
}

export function publishedClient(driver: SqlDriver): PgflowSqlClient<AnyFlow> {
  const sql = (strings: readonly string[], ...values: unknown[]) => new Statement(driver, strings, values);
  return new PgflowSqlClient(
    Object.assign(sql, { json: (value: unknown) => new JsonParameter(value) }) as never,
  );
}

/** What came of a call: how many rows, or how it was refused. */
export async function answerOf(call: () => Promise<unknown>): Promise<number | 'done' | Refusal> {
  try {
    const value = await call();
    return Array.isArray(value) ? value.length : 'done';
  } catch (error) {
    const { code, message, constraint } = error as Error & Refusal;
    return { code, message, constraint };
  }
}
