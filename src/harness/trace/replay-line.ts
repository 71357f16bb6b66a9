/** What to type to see a divergence again. */
import type { SqlSource } from '../contract/sql.ts';

/** `pgtwin replay …`, quoted for a POSIX shell. */
export function replayLine(
  file: string,
  subject: { readonly source: SqlSource; readonly intended: readonly { readonly id: string }[] },
  release?: string,
): string {
  const words = ['pgtwin', 'replay', file];
  if (release !== undefined) words.push('--release', release);
  const { migrations, schema } = subject.source;
  if (migrations !== undefined) words.push('--migrations', migrations);
  if (schema !== undefined) words.push('--schema', schema);
  for (const { id } of subject.intended) words.push('--intended', id);
  return commandLine(words);
}

/** Words as a POSIX shell takes them. */
export const commandLine = (words: readonly string[]) => words.map(shellQuote).join(' ');

function shellQuote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
