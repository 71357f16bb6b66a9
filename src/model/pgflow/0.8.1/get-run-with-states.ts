/** `pgflow.get_run_with_states`: a run and its steps as one jsonb value. */
import { type Instant, timestampText } from '../../kernel/instant.ts';
import { type Jsonb, toJsonb } from '../../kernel/jsonb.ts';
import { runRow, stepStateRow } from './rows.ts';
import type { Run } from './state.ts';

/** The steps come in the order of their slugs here; the SQL promises none. */
export function runWithStates(run: Run): Jsonb {
  const states = run.step_states.toSorted((a, b) => (a.step_slug < b.step_slug ? -1 : 1));
  return {
    run: { ...runRow(run), output: toJsonb(run.output), ...texts(run) },
    steps: states.map((state) => ({
      ...stepStateRow(run, state),
      ...texts(state),
      created_at: timestampText(state.created_at),
    })),
  };
}

interface Stamped {
  readonly started_at: Instant | null;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
}

const texts = ({ started_at, completed_at, failed_at }: Stamped) => ({
  started_at: textOf(started_at),
  completed_at: textOf(completed_at),
  failed_at: textOf(failed_at),
});

const textOf = (instant: Instant | null) => (instant === null ? null : timestampText(instant));
