/** What a command, or a note, amounts to in the timeline. */
import type { EventStoreCommand, EventStoreStatement } from '../../../../model/event-store/commands.ts';
import type { EventStoreState } from '../../../../model/event-store/state.ts';
import { unreachable } from '../../../../model/kernel/assert.ts';
import type { Refused, Result, Row } from '../../../../model/kernel/transition.ts';
import { elapsedText } from '../../../twin/duration.ts';
import { type Deliveries, rowsOfStatement } from '../database/deliveries.ts';
import type { CommandEntry } from '../database/log.ts';
import type { ResolvedOptions } from '../database/options.ts';
import { isRollback } from '../database/rollback.ts';
import { errorOf } from '../database/words.ts';
import type { TimelineEntry } from './timeline.ts';

export interface Told {
  readonly entry: CommandEntry;
  readonly before: EventStoreState;
  readonly result: Result;
  readonly deliveries: Deliveries;
  /** By {@link partitionKey}. */
  readonly readers: Map<string, Reader>;
  readonly options: ResolvedOptions;
}

/** Who has read last in a partition: the test itself where it is no consumer. */
export interface Reader {
  readonly consumer: number | undefined;
  /** Milliseconds since the beginning: until then nobody else can. */
  readonly until: number;
}

type Line = Omit<TimelineEntry, 'at' | 'consumer'>;

export function tellCommand(told: Told): TimelineEntry[] {
  const { atMs: at, command, consumer } = told.entry;
  return linesOf(command, told.result, told).map((line) => ({
    at,
    ...(consumer === undefined ? {} : { consumer }),
    ...line,
  }));
}

function linesOf(command: EventStoreCommand, result: Result, told: Told): Line[] {
  if (!result.ok) return [refused(command, result, told)];
  const { rows } = result;
  if (command.type !== 'transaction') return statement(command, rows, told);
  return command.commands.flatMap((each, i) => statement(each, rowsOfStatement(rows, i), told));
}

/** Of a transaction, the statement that undid it is the last one. */
function refused(command: EventStoreCommand, result: Refused, { options }: Told): Line {
  if (command.type !== 'transaction') return { what: 'refused', text: refusalText(command, result, options) };
  const cause = command.commands.at(-1)!;
  if (isRollback(cause)) return { what: 'refused', text: 'a transaction is rolled back' };
  return { what: 'refused', text: `${refusalText(cause, result, options)}, and its transaction is undone` };
}

function refusalText(statement: EventStoreStatement, { refusal }: Refused, { ids }: ResolvedOptions): string {
  const { code, message } = errorOf(refusal, statement, ids);
  return `${statement.type} is refused: ${code} ${message}`;
}

function statement(command: EventStoreStatement, rows: readonly Row[], told: Told): Line[] {
  told.deliveries.note(command, rows);
  switch (command.type) {
    case 'register_decider_event':
      return rows.map(({ decider, event }) => ({
        what: 'kind registered',
        ...texts({ decider, event }),
        text: `${decider} may publish ${event}`,
      }));
    case 'append_event':
    case 'insert_event':
      return rows.map((row) => ({
        what: 'appended',
        ...subjectOf(row),
        text: `${row.event} is appended to ${row.decider} ${row.decider_id} (offset ${row.offset}${row.final ? ', final' : ''})`,
      }));
    case 'register_view': {
      const again = told.before.subscriptions.has(command.v_view!) ? ' again' : '';
      const view = command.v_view!;
      return [{ what: 'view registered', view, text: `view ${view} is registered${again}` }];
    }
    case 'delete_view':
      return rows.map(({ view }) => ({
        what: 'view deleted',
        view: view as string,
        text: `view ${view} is deleted`,
      }));
    case 'stream_events':
      return rows.map((row) => delivered(row, command.v_view_name!, command.v_seconds, told));
    case 'ack_event':
    case 'nack_event':
    case 'schedule_nack_event':
      return givenBack(command, rows, told);
    default:
      // Nothing changes.
      return [];
  }
}

function delivered(row: Row, view: string, seconds: number | null | undefined, told: Told): Line {
  const { atMs, consumer } = told.entry;
  const until = atMs + (seconds ?? 300) * 1000;
  told.readers.set(partitionKey(view, row.decider_id), { consumer, until });
  const delivery = told.deliveries.count(view, row);
  const again = delivery === 1 ? '' : ` again (delivery ${delivery})`;
  return {
    what: 'delivered',
    view,
    ...subjectOf(row),
    delivery,
    text: `${who(told, view)} reads ${nameOf(row)}${again}, locked until ${elapsedText(until)}`,
  };
}

type GivenBack = Extract<EventStoreStatement, { type: 'ack_event' | 'nack_event' | 'schedule_nack_event' }>;

function givenBack(command: GivenBack, rows: readonly Row[], told: Told): Line[] {
  const { v_view: view, v_decider_id: decider_id } = command;
  const subject = texts({ view, decider_id });
  const by = who(told, String(view));
  const [lock] = rows;
  if (!lock) {
    const text = `${by} has nothing to give back of ${decider_id}`;
    return [{ what: 'nothing to give back', ...subject, text }];
  }
  const until = (lock.locked_until as number) - told.options.startedAt;
  const but = late(partitionKey(view, decider_id), until, told);
  switch (command.type) {
    case 'ack_event': {
      const offset = command.v_offset!;
      const text = `${by} acknowledges offset ${offset} of ${decider_id}${but}`;
      return [{ what: 'acknowledged', ...subject, offset, text }];
    }
    case 'nack_event':
      return [{ what: 'given back', ...subject, text: `${by} gives ${decider_id} back${but}` }];
    case 'schedule_nack_event': {
      const text = `${by} puts ${decider_id} off until ${elapsedText(until)}${but}`;
      return [{ what: 'put off', ...subject, text }];
    }
    default:
      return unreachable(command);
  }
}

/** What somebody else was free to do meanwhile, or did; from now on the partition is locked until then. */
function late(key: string, until: number, { entry, readers }: Told): string {
  const reader = readers.get(key);
  if (!reader) return '';
  const { consumer } = reader;
  readers.set(key, { consumer, until });
  if (reader.until <= entry.atMs) return ', which is not locked any more';
  if (consumer === entry.consumer) return '';
  return `, which ${consumer === undefined ? 'somebody else' : `consumer ${consumer}`} has locked by now`;
}

const partitionKey = (view: string | null, decider_id: unknown) => `${view}\0${decider_id}`;

const who = ({ entry }: Told, view: string) =>
  entry.consumer === undefined ? `view ${view}` : `consumer ${entry.consumer} of ${view}`;

export const nameOf = ({ event, decider_id, offset }: Row) => `${event} of ${decider_id} (offset ${offset})`;

const texts = (values: Readonly<Record<string, unknown>>) => values as Readonly<Record<string, string>>;

export function subjectOf({ decider, decider_id, event, offset }: Row) {
  return { ...texts({ decider, decider_id, event }), offset: offset as number };
}
