/** A divergence as reports carry it: where, what it takes to see it again, and everything that differs. */
import type { AnyCommand } from '../engine.ts';
import type { Divergence } from '../lockstep.ts';
import type { Trace } from '../trace.ts';
import { showValue, toJson } from './values.ts';

export interface ReportedDivergence {
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
  /** The line that replays it; null if the trace was not written to a file. */
  readonly replay: string | null;
  readonly file: string | null;
  /** The same as a script for psql. */
  readonly psql: string | null;
  /** The same as a page of HTML. */
  readonly page: string | null;
  readonly differences: readonly ReportedDifference[];
}

export interface ReportedDifference {
  readonly where: string;
  readonly row: string;
  readonly model: unknown;
  readonly sql: unknown;
  /** Both as text that tells SQL NULL, JSON's null and what is absent apart. */
  readonly shown: { readonly model: string; readonly sql: string };
}

/** Files of a divergence, and the line that replays it. */
export interface Evidence {
  readonly replay: string;
  readonly file: string;
  readonly psql: string | null;
  readonly page: string | null;
}

export function reportDivergence(
  trace: Trace<AnyCommand>,
  divergence: Divergence,
  evidence: Evidence | null,
): ReportedDivergence {
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
    replay: evidence?.replay ?? null,
    file: evidence?.file ?? null,
    psql: evidence?.psql ?? null,
    page: evidence?.page ?? null,
    differences,
  };
}
