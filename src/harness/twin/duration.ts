/** Spans of virtual time as tests write them: `'90s'`, `'5m'`, `'1h 30m'`, or milliseconds as a number. */
import { SimulationError, shown } from './simulation-error.ts';

type Unit = 'ms' | 's' | 'm' | 'h' | 'd';
/** Milliseconds, or a text of whole or decimal numbers with units: `'250ms'`, `'1.5h'`, `'1d 2h'`. */
export type Duration = number | `${number}${Unit}` | `${number}${Unit} ${number}${Unit}`;

const milliseconds: Readonly<Record<Unit, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const part = String.raw`\d+(?:\.\d+)?(?:ms|s|m|h|d)`;
const whole = new RegExp(`^${part}(?: ${part})*$`);
/** A hundred years: beyond that, an instant would leave the years that Postgres and Date print alike. */
const most = 100 * 365 * milliseconds.d;

/** Whole milliseconds. @throws SimulationError which names the argument, `what`. */
export function toMilliseconds(duration: Duration, what: string): number {
  const ms = typeof duration === 'string' ? parse(duration) : duration;
  if (typeof ms !== 'number' || !(ms >= 0 && ms <= most)) {
    throw new SimulationError(
      `${what} is ${shown(duration)}: expected milliseconds, or a text such as '90s', '5m' or '1h 30m', up to 100 years`,
    );
  }
  return Math.round(ms);
}

function parse(text: string): number | undefined {
  if (!whole.test(text)) return undefined;
  return text.split(' ').reduce((sum, each) => {
    const unit = each.replace(/[\d.]+/, '') as Unit;
    return sum + Number.parseFloat(each) * milliseconds[unit];
  }, 0);
}

/** Milliseconds for a person to read: `+90.000s`. */
export function elapsedText(ms: number): string {
  return `+${(ms / 1000).toFixed(3)}s`;
}
