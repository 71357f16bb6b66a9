/** What the server answers, message by message: rows, columns and failures out of the bytes of the protocol. */
import type { Column, SqlFailure } from '../driver.ts';

const code = {
  parseComplete: 0x31,
  bindComplete: 0x32,
  dataRow: 0x44,
  error: 0x45,
  noData: 0x6e,
  rowDescription: 0x54,
  ready: 0x5a,
} as const;

/** Everything from one request of the session to its ReadyForQuery. */
export interface Answer {
  /** Absent unless the statement was described. */
  readonly columns?: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly failure?: ServerError;
  /** Whether the server took the statement's text in. */
  readonly parsed: boolean;
  /** Whether the server took the parameters in: what fails before that has not begun. */
  readonly bound: boolean;
  /** Where the next answer starts. */
  readonly end: number;
}

export interface ServerError {
  readonly failure: SqlFailure;
  /** 1-based, in characters of the text that was sent. */
  readonly position?: number;
  /** The function of the server that gave up. */
  readonly routine?: string;
}

/**
 * Reads the answer that starts at `start`.
 * @returns undefined where the bytes end before the answer does: the server stopped in the middle.
 */
export function readAnswer(bytes: Buffer, start: number): Answer | undefined {
  const rows: (string | null)[][] = [];
  let columns: Column[] | undefined;
  let failure: ServerError | undefined;
  let parsed = false;
  let bound = false;
  for (let at = start; at + 5 <= bytes.length; ) {
    const body = at + 5;
    const end = at + 1 + bytes.readInt32BE(at + 1);
    switch (bytes[at]) {
      case code.dataRow:
        rows.push(readRow(bytes, body));
        break;
      case code.bindComplete:
        bound = true;
        break;
      case code.parseComplete:
        parsed = true;
        break;
      case code.rowDescription:
        columns = readColumns(bytes, body);
        break;
      case code.noData:
        columns = [];
        break;
      case code.error:
        failure ??= readError(bytes, body, end);
        break;
      case code.ready:
        return {
          ...(columns && { columns }),
          ...(failure && { failure }),
          ...{ rows, parsed, bound, end },
        };
    }
    at = end;
  }
  return undefined;
}

/** The first error among these messages. */
export function failureIn(bytes: Buffer): ServerError | undefined {
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (bytes[at] === code.error) return readError(bytes, at + 5, end);
    at = end;
  }
  return undefined;
}

/** Where the answer that starts at `start` ends. */
export function answerEnd(bytes: Buffer, start: number): number {
  for (let at = start; at < bytes.length; ) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (bytes[at] === code.ready) return end;
    at = end;
  }
  return bytes.length;
}

/** Whether the first message at `start` says that the parameters were taken in: the common case, in one look. */
export function startsBound(bytes: Buffer, start: number): boolean {
  return bytes[start] === code.bindComplete;
}

/** The last byte of an answer that ends outside any transaction. */
export const idle = 0x49;

/** Whether the bytes from `start` to `end` finish with ReadyForQuery, as a whole answer does. */
export function endsReady(bytes: Buffer, start: number, end: number): boolean {
  const message = end - readyLength;
  return (
    message >= start && bytes[message] === code.ready && bytes.readInt32BE(message + 1) === readyLength - 1
  );
}

/** The length of ReadyForQuery. */
export const readyLength = 6;

function readRow(bytes: Buffer, start: number): (string | null)[] {
  const count = bytes.readInt16BE(start);
  const values: (string | null)[] = [];
  let at = start + 2;
  for (let index = 0; index < count; index++) {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) {
      values.push(null);
      continue;
    }
    values.push(bytes.toString('utf8', at, at + length));
    at += length;
  }
  return values;
}

function readColumns(bytes: Buffer, start: number): Column[] {
  const count = bytes.readInt16BE(start);
  const columns: Column[] = [];
  let at = start + 2;
  for (let index = 0; index < count; index++) {
    const end = bytes.indexOf(0, at);
    // After the name: table (4 bytes), number of the column (2), type (4), size (2), modifier (4), format (2).
    columns.push({ name: bytes.toString('utf8', at, end), type: bytes.readUInt32BE(end + 7) });
    at = end + 19;
  }
  return columns;
}

function readError(bytes: Buffer, start: number, end: number): ServerError {
  const fields = new Map<string, string>();
  for (let at = start; at < end && bytes[at] !== 0; ) {
    const stop = bytes.indexOf(0, at);
    fields.set(String.fromCharCode(bytes[at]!), bytes.toString('utf8', at + 1, stop));
    at = stop + 1;
  }
  const constraint = fields.get('n');
  const column = fields.get('c');
  const position = fields.get('P');
  const routine = fields.get('R');
  return {
    failure: {
      kind: 'failure',
      sqlstate: fields.get('C') ?? '',
      message: fields.get('M') ?? '',
      ...(constraint !== undefined && { constraint }),
      ...(column !== undefined && { column }),
    },
    ...(position !== undefined && { position: Number(position) }),
    ...(routine !== undefined && { routine }),
  };
}
