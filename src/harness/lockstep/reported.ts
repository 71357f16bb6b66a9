/** A divergence as reports carry it: where, what it takes to see it again, and everything that differs. */
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import type { Divergence } from './lockstep.ts';
import { showValue, toJson } from './values.ts';

export interface ReportedDivergence extends Evidence {
  /** Its last command is the one that diverges. */
  readonly trace: Trace<AnyCommand>;
  /** How many commands the trace has. */
  readonly commands: number;
  /** The first place that differs: `step_tasks[0].status`. */
  readonly where: string;
  /** That row by its key; empty if it is no row of a table. */
  readonly row: string;
  /** SQL NULL and what is absent are null here; `differences` shows them apart. */
  readonly model: unknown;
  readonly sql: unknown;
  readonly differences: readonly ReportedDifference[];
}

/** Files of a divergence, and the line that replays it; whoever asked for the report writes them. */
export interface Evidence {
  /** Null if the trace was not written to a file. */
  readonly replay: string | null;
  readonly file: string | null;
  /** The same as a script for psql. */
  readonly psql: string | null;
  /** The same as a page of HTML. */
  readonly page: string | null;
}

export interface ReportedDifference {
  readonly where: string;
  readonly row: string;
  readonly model: unknown;
  readonly sql: unknown;
  /** Both as text that tells SQL NULL, JSON's null and what is absent apart. */
  readonly shown: { readonly model: string; readonly sql: string };
}

const noEvidence: Evidence = { replay: null, file: null, psql: null, page: null };

export function reportDivergence(trace: Trace<AnyCommand>, divergence: Divergence): ReportedDivergence {
  const startedAt = Date.parse(trace.startedAt);
  const differences = divergence.differences.map(({ where, row, model, sql }): ReportedDifference => {
    const shown = { model: showValue(model, startedAt), sql: showValue(sql, startedAt) };
    return { where, row, model: toJson(model), sql: toJson(sql), shown };
  });
  const first = differences[0]!;
  return {
    trace,
    commands: trace.commands.length,
    where: first.where,
    row: first.row,
    model: first.model,
    sql: first.sql,
    ...noEvidence,
    differences,
  };
}
