/** `States.Format`, and texts in quotes. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import type { Arguments } from './arguments.ts';

/** What a text in quotes says: a backslash stands before a quote, a brace or a backslash that is itself. */
export const unescaped = (text: string): string => text.replace(/\\([\s\S])/g, '$1');

/** Braces in the first argument are filled with the others. */
export function format(given: Arguments): Jsonb {
  const [, ...values] = given.values;
  const template = given.text(0);
  let used = 0;
  const text = template.replace(/\\([\s\S])|\{\}/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    const value = values[used++];
    // Told below, where there are too few.
    if (value === undefined) return found;
    return typeof value === 'object' && value !== null
      ? given.wrong(used, 'text, number, boolean or null')
      : String(value);
  });
  given.count(used + 1);
  return text;
}
