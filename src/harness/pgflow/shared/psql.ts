/** A trace of pgflow as a script for psql, against a database where pgflow is installed. */
import { asText } from '../../../sql/call.ts';
import type { Query } from '../../../sql/driver.ts';
import type { AnyCommand } from '../../contract/command.ts';
import type { Trace } from '../../contract/trace.ts';
import { psqlScript } from '../../trace/psql-script.ts';
import { runId } from './run-ids.ts';

/**
 * The ids of runs are drawn by the server, so each `start_flow` keeps what it got in a variable of psql; where it is
 * refused, that has an id which no run has.
 */
export function toPsql<Command extends AnyCommand>(
  trace: Trace<Command>,
  call: (command: Command) => Query,
): string {
  let runs = 0;
  return psqlScript(trace, (command) => {
    let text = asText(call(command));
    for (let n = 1; n <= runs; n++) text = text.replaceAll(`'${runId(n)}'`, `:'run${n}_run_id'`);
    const { type } = command;
    if (type !== 'start_flow' && type !== 'start_flow_with_states') return [`${text};`];
    runs++;
    const variable = `run${runs}_run_id`;
    const lines = [`\\set ${variable} ${runId(runs)}`, `${text} \\gset run${runs}_`];
    if (type === 'start_flow_with_states') {
      const all = `run${runs}_${type}`;
      lines.unshift(`\\set ${all} {}`);
      lines.push(
        `select coalesce(:'${all}'::jsonb #>> '{run,run_id}', :'${variable}') as run_id \\gset run${runs}_`,
      );
    }
    return [...lines, `select * from pgflow.runs where run_id = :'${variable}';`];
  });
}
