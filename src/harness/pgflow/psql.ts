/** A trace of pgflow as a script for psql, against a database where pgflow is installed. */
import type { PgflowCommand } from '../../model/pgflow/0.1.20/commands.ts';
import { asText } from '../../sql/call.ts';
import { callPgflow } from '../../sql/pgflow/calls.ts';
import { psqlScript } from '../psql-script.ts';
import type { Trace } from '../trace.ts';
import { runId } from './run-ids.ts';

/** The ids of runs are drawn by the server, so each `start_flow` keeps what it got in a variable of psql. */
export function toPsql(trace: Trace<PgflowCommand>): string {
  let runs = 0;
  return psqlScript(trace, (command) => {
    let text = asText(callPgflow(command));
    for (let n = 1; n <= runs; n++) text = text.replaceAll(`'${runId(n)}'`, `:'run${n}_run_id'`);
    if (command.type !== 'start_flow') return [`${text};`];
    runs++;
    return [`${text} \\gset run${runs}_`, `select * from pgflow.runs where run_id = :'run${runs}_run_id';`];
  });
}
