/** Rows as values: what Postgres prints, read by the type of each column, and nothing else done to it. */
import type { RowSet } from './driver.ts';
import { parseJson } from './json-text.ts';

const OID = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  float8: 701,
  json: 114,
  jsonb: 3802,
  timestamptz: 1184,
};

/**
 * The rows of a result, a value per column: numbers for integers and doubles (a bigint beyond 2^53 stays a
 * `bigint`), booleans, milliseconds since the epoch for timestamptz (with a fraction where the server has
 * microseconds), parsed JSON (an `ExactNumber` for what no number holds), and text for every other type. SQL NULL is `null`, but `undefined` in a column of
 * type json or jsonb, where `null` is JSON's own null.
 */
export function readRows(set: RowSet): Record<string, unknown>[] {
  const { columns } = set;
  return set.rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      row[column.name] = readValue(values[i] ?? null, column.type);
    }
    return row;
  });
}

export function readValue(text: string | null, type: number): unknown {
  switch (type) {
    case OID.json:
    case OID.jsonb:
      return text === null ? undefined : parseJson(text);
  }
  if (text === null) return null;
  switch (type) {
    case OID.bool:
      return text === 't';
    case OID.int2:
    case OID.int4:
    case OID.float8:
      return Number(text);
    case OID.int8: {
      const value = Number(text);
      return Number.isSafeInteger(value) ? value : BigInt(text);
    }
    case OID.timestamptz:
      return readTimestamp(text);
    default:
      return text;
  }
}

const timestampFormat = /^(\d+)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?\+00( BC)?$/;

/** A timestamptz printed in UTC and ISO style as milliseconds since the epoch; `infinity` stays text. */
function readTimestamp(text: string): number | string {
  const match = timestampFormat.exec(text);
  if (!match) return text;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [fraction, beforeChrist] = match.slice(7);
  // There is no year 0: 1 BC comes before 1. And Date.UTC takes the years below 100 for those of our century.
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  date.setUTCFullYear(beforeChrist ? 1 - year : year, month - 1, day);
  return fraction === undefined
    ? date.getTime()
    : date.getTime() + Math.round(Number(`0.${fraction}`) * 1e6) / 1000;
}
