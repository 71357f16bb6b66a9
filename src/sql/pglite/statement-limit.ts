/** How long a statement may take in real time: a loop without an end, and a wait of years, would go on for ever. */
import { SetupError } from '../setup-error.ts';

export interface StatementLimit {
  readonly ms: number;
  /** As people say it. */
  readonly text: string;
}

const usual = '60s';
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `PGTWIN_STATEMENT_LIMIT`, or a minute. Throws {@link SetupError} where it is no duration. */
export function statementLimit(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): StatementLimit {
  const text = environment.PGTWIN_STATEMENT_LIMIT || usual;
  const [, count, unit] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(count) * (units[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0 && ms <= 0x7fffffff)) {
    throw new SetupError(`PGTWIN_STATEMENT_LIMIT is "${text}": give a duration such as 90s or 5m`);
  }
  return { ms, text };
}
