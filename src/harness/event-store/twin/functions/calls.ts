/** The functions, each as the command that it is. */
import type { EventStoreStatement } from '../../../../model/event-store/commands.ts';
import type { IdType } from '../../../../model/event-store/ids.ts';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import { localTimestamp } from '../../../../model/kernel/timestamp.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import type { PostgresError } from '../../../twin/database-error.ts';
import { throughJson } from '../../../twin/json.ts';
import { isDate, SimulationError, shown } from '../../../twin/simulation-error.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';
import { checkArguments } from './arguments.ts';
import { boundOf } from './binding.ts';
import type { EventStoreFunctions, NewEvent, NewView, Partition, Stream } from './functions.ts';
import { deciderEventOf, eventOf, lockOf, viewOf } from './rows.ts';

/** What executes a statement: the store, or a transaction on it. */
export interface Session {
  /** @throws PostgresError where it is refused. */
  execute(statement: EventStoreStatement): Promise<readonly Row[]>;
  /** A statement whose parameters cannot even be read. @throws PostgresError the error */
  refuse(type: EventStoreStatement['type'], error: PostgresError): Promise<never>;
  readonly ids: IdType;
  /** Something that a test should know, and that stops nothing. */
  warn(message: string): void;
}

export class Calls implements EventStoreFunctions {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async registerDeciderEvent(kind: Parameters<EventStoreFunctions['registerDeciderEvent']>[0]) {
    checkArguments('registerDeciderEvent', kind);
    const [row] = await this.#execute({
      type: 'register_decider_event',
      v_decider: kind.decider,
      v_event: kind.event,
      v_description: kind.description,
      v_event_version: kind.event_version,
    });
    return deciderEventOf(row!);
  }

  async appendEvent<Data>(event: NewEvent) {
    checkArguments('appendEvent', event);
    const data = this.#json(event.data, 'appendEvent');
    const [row] = await this.#execute({
      type: 'append_event',
      v_event: event.event,
      v_event_id: event.event_id,
      v_decider: event.decider,
      v_decider_id: event.decider_id,
      ...(data === undefined ? {} : { v_data: data }),
      v_command_id: event.command_id,
      v_previous_id: event.previous_id ?? null,
      v_event_version: event.event_version,
    });
    return eventOf<Data>(row!);
  }

  async insertEvent<Data>(event: NewEvent & { readonly final?: boolean }) {
    checkArguments('insertEvent', event);
    const data = this.#json(event.data, 'insertEvent');
    const [row] = await this.#execute({
      type: 'insert_event',
      event: event.event,
      event_id: event.event_id,
      decider: event.decider,
      decider_id: event.decider_id,
      ...(data === undefined ? {} : { data }),
      command_id: event.command_id,
      previous_id: event.previous_id ?? null,
      event_version: event.event_version,
      final: event.final,
    });
    return eventOf<Data>(row!);
  }

  async getEvents<Data>(stream: Stream) {
    checkArguments('getEvents', stream);
    const { decider_id: v_decider_id, decider: v_decider } = stream;
    const rows = await this.#execute({ type: 'get_events', v_decider_id, v_decider });
    return rows.map((row) => eventOf<Data>(row));
  }

  async getLastEvent<Data>(stream: Stream) {
    checkArguments('getLastEvent', stream);
    const { decider_id: v_decider_id, decider: v_decider } = stream;
    const [row] = await this.#execute({ type: 'get_last_event', v_decider_id, v_decider });
    return row && eventOf<Data>(row);
  }

  async registerView(view: NewView) {
    checkArguments('registerView', view);
    const { start_at } = view;
    const [row] = await this.#execute({
      type: 'register_view',
      v_view: view.view,
      v_start_at: isDate(start_at) ? localTimestamp(start_at.getTime()) : start_at,
      v_lock_timeout_s: view.lock_timeout_s,
      v_pooling_delay_s: view.pooling_delay_s,
      v_edge_function_url: view.edge_function_url,
    });
    return viewOf(row!);
  }

  async streamEvents<Data>(view: Parameters<EventStoreFunctions['streamEvents']>[0]) {
    checkArguments('streamEvents', view);
    const { view: v_view_name, limit: v_limit, seconds: v_seconds } = view;
    const rows = await this.#execute({ type: 'stream_events', v_view_name, v_limit, v_seconds });
    return rows.map((row) => eventOf<Data>(row));
  }

  async ackEvent(progress: Partition & { readonly offset: number }) {
    checkArguments('ackEvent', progress);
    const { view: v_view, decider_id: v_decider_id, offset: v_offset } = progress;
    const [row] = await this.#execute({ type: 'ack_event', v_view, v_decider_id, v_offset });
    return row && lockOf(row);
  }

  async nackEvent(partition: Partition) {
    checkArguments('nackEvent', partition);
    const { view: v_view, decider_id: v_decider_id } = partition;
    const [row] = await this.#execute({ type: 'nack_event', v_view, v_decider_id });
    return row && lockOf(row);
  }

  async scheduleNackEvent(partition: Partition & { readonly milliseconds: number }) {
    checkArguments('scheduleNackEvent', partition);
    const { view: v_view, decider_id: v_decider_id, milliseconds: v_milliseconds } = partition;
    const [row] = await this.#execute({
      type: 'schedule_nack_event',
      v_view,
      v_decider_id,
      v_milliseconds,
    });
    return row && lockOf(row);
  }

  async deleteView(view: { readonly view: string }) {
    checkArguments('deleteView', view);
    const [row] = await this.#execute({ type: 'delete_view', view: view.view });
    return row && viewOf(row);
  }

  #execute(statement: EventStoreStatement): Promise<readonly Row[]> {
    const { bound, refusal } = boundOf(statement, this.#session.ids);
    return refusal ? this.#session.refuse(statement.type, refusal) : this.#session.execute(bound);
  }

  /** The value as the database gets it; nothing for SQL NULL. */
  #json(data: unknown, name: string): Jsonb | undefined {
    if (data === null || data === undefined) return undefined;
    try {
      const { value, losses } = throughJson(data);
      for (const loss of losses) this.#session.warn(`data of ${name}(): ${loss}`);
      return value;
    } catch (error) {
      const [why] = messageOfThrown(error).split('\n');
      throw new SimulationError(`data of ${name}() is ${shown(data)}: expected JSON (${why})`);
    }
  }
}
