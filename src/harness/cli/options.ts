/** How the command line's words are read. */
import { InvalidArgumentError } from 'commander';

/** A whole number of at least `least`, in plain digits. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`expected a whole number of at least ${least}`);
    }
    return value;
  };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `60s`, `5m`, `500ms`, `1.5h` as milliseconds. */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const value = match ? Number(match[1]) * units[match[2]!]! : 0;
  if (!(value > 0)) throw new InvalidArgumentError('expected a time such as 60s, 5m or 500ms');
  return value;
}

/** An option that may be given several times. */
export function listed(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** `1/8`: the first of eight shares. */
export function share(text: string): { index: number; of: number } {
  const [index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (!index || !of || index > of)
    throw new InvalidArgumentError('expected a share such as 1/8, the first of eight');
  return { index, of };
}

/** 0 to 100. */
export function percentage(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 100)
    throw new InvalidArgumentError('expected a number up to 100');
  return value;
}
