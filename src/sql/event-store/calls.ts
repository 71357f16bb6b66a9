/** One statement for each command, nothing around it; several in one transaction where a command is several. */
import type { EventStoreCommand, EventStoreStatement } from '../../model/event-store/commands.ts';
import type { IdType } from '../../model/event-store/ids.ts';
import { callOf, type ParameterType, sqlNull } from '../call.ts';
import type { Query } from '../driver.ts';

type Parameters = Readonly<Record<string, ParameterType>>;

const functionsOf = (id: IdType) =>
  ({
    register_decider_event: {
      v_decider: 'text',
      v_event: 'text',
      v_description: 'text',
      v_event_version: 'bigint',
    },
    append_event: {
      v_event: 'text',
      v_event_id: 'uuid',
      v_decider: 'text',
      v_decider_id: id,
      v_data: 'jsonb',
      v_command_id: 'uuid',
      v_previous_id: 'uuid',
      v_event_version: 'bigint',
    },
    get_events: { v_decider_id: id, v_decider: 'text' },
    get_last_event: { v_decider_id: id, v_decider: 'text' },
    register_view: {
      v_view: 'text',
      v_start_at: 'timestamp',
      v_lock_timeout_s: 'bigint',
      v_pooling_delay_s: 'bigint',
      v_edge_function_url: 'text',
    },
    stream_events: { v_view_name: 'text', v_limit: 'integer', v_seconds: 'integer' },
    ack_event: { v_view: 'text', v_decider_id: id, v_offset: 'bigint' },
    nack_event: { v_view: 'text', v_decider_id: id },
    schedule_nack_event: { v_view: 'text', v_decider_id: id, v_milliseconds: 'bigint' },
  }) satisfies Record<string, Parameters>;

const eventColumns = (id: IdType): Parameters => ({
  event: 'text',
  event_id: 'uuid',
  decider: 'text',
  decider_id: id,
  data: 'jsonb',
  command_id: 'uuid',
  previous_id: 'uuid',
  event_version: 'bigint',
  final: 'boolean',
});

/** The functions of the API with the types of their parameters, in their order. */
export const signaturesOf = (id: IdType): readonly string[] =>
  Object.entries<Parameters>(functionsOf(id)).map(
    ([name, parameters]) => `${name}(${Object.values(parameters).join(', ')})`,
  );

export function callsOf(id: IdType): (command: EventStoreCommand) => Query {
  const functions = functionsOf(id);
  const columns = eventColumns(id);
  const call = (command: EventStoreCommand): Query => {
    switch (command.type) {
      case 'transaction':
        return { text: 'begin', transaction: command.commands.map(call) };
      case 'insert_event':
        return insertion('public.events', columns, { data: sqlNull, ...command });
      case 'update_view':
        return changed(
          'update public.views set lock_timeout_s = $2::bigint where view = $1::text returning *',
          [command.view, command.lock_timeout_s],
        );
      case 'delete_view':
        return changed('delete from public.views where view = $1::text returning *', [command.view]);
      case 'truncate_events':
        return { text: 'truncate public.events' };
      case 'update_event':
      case 'delete_event':
      case 'update_decider':
      case 'delete_decider':
        return againstRules(command);
      case 'append_event':
        return callOf('public.append_event', functions.append_event, { v_data: sqlNull, ...command });
      default:
        return callOf(`public.${command.type}`, functions[command.type], command);
    }
  };
  return call;
}

type AgainstRules = Extract<EventStoreStatement, { returning?: boolean | undefined }>;

function againstRules(command: AgainstRules): Query {
  const returning = command.returning ? ' returning *' : '';
  switch (command.type) {
    case 'update_event':
      return changed(`update public.events set final = $2::boolean where event_id = $1::uuid${returning}`, [
        command.event_id,
        command.final,
      ]);
    case 'delete_event':
      return changed(`delete from public.events where event_id = $1::uuid${returning}`, [command.event_id]);
    case 'update_decider':
      return changed(
        `update public.deciders set description = $2::text where decider = $1::text${returning}`,
        [command.decider, command.description],
      );
    case 'delete_decider':
      return changed(`delete from public.deciders where decider = $1::text${returning}`, [command.decider]);
  }
}

const changed = (text: string, values: readonly unknown[]): Query => ({
  text,
  params: values.map((value) => (value === null ? null : String(value))),
});

/** Columns that are left out are left to their defaults. */
function insertion(table: string, columns: Parameters, values: object): Query {
  const { params = [] } = callOf('', columns, values);
  const given = Object.entries(columns).filter(
    ([name]) => (values as Record<string, unknown>)[name] !== undefined,
  );
  const places = given.map(([, type], i) => `$${i + 1}::${type}`);
  return {
    text: `insert into ${table} (${given.map(([name]) => name).join(', ')}) values (${places.join(', ')}) returning *`,
    params,
  };
}
