/** What to type to see a divergence again. */

/** `pgtwin replay …`, quoted for a POSIX shell. */
export function replayLine(file: string, migrations?: string, release?: string): string {
  const words = ['pgtwin', 'replay', file];
  if (release !== undefined) words.push('--release', release);
  if (migrations !== undefined) words.push('--migrations', migrations);
  return words.map(shellQuote).join(' ');
}

function shellQuote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
