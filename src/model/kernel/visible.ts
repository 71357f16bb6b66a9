/** Text that is not ours, on its way to whoever reads lines: a terminal, the log of a workflow runner, a comment of a script. */

/**
 * What a terminal obeys, what breaks a line, what turns the order of reading round, and what has no width. The joiners of
 * scripts and emoji (U+200C, U+200D) and their variation selectors are ordinary text. Half of a character is none at all.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what this looks for.
  /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const short: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** What begins a command of a runner wherever it stands in a line: `##[error]`, `##vso[task.complete]`. */
const command = /(##(?:vso)?)\[/gi;
/** Only at the beginning of a line, white space left aside: `::error::`. Colours of ours may stand before it as well. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
const beginning = /^((?:[^\S\n]|\u001b\[[\d;]*m)*):(?=:)/gm;

/** The text as a part of a line: ordinary text as it is, all else as `\n`, `\t` or `\u001b`. The same where it is done twice. */
export function visible(text: string): string {
  return text
    .replace(unseen, (character) => short[character] ?? escaped(character))
    .replace(command, '$1\\u005b');
}

/** The same of a whole text that is no part of a line: its line breaks and tabs are meant to be there. */
export function visibleLines(text: string): string {
  const shown = text.replace(unseen, (character) =>
    character === '\n' || character === '\t' ? character : (short[character] ?? escaped(character)),
  );
  return withoutCommands(shown);
}

/** The same of one line of it, whose tabs are kept: people have such lines in snapshots. */
export const visibleLine = (text: string): string => visibleLines(text).replaceAll('\n', '\\n');

/** Lines that are put together of visible parts, none of which begins a command. */
export function withoutCommands(text: string): string {
  return text.replace(beginning, '$1\\u003a').replace(command, '$1\\u005b');
}

/** JSON, or TypeScript whose texts are written as JSON has them: another spelling of the same values, our line breaks kept. */
export function visibleJson(json: string): string {
  return json
    .replace(unseen, (character) => (character === '\n' ? character : escaped(character)))
    .replace(command, '$1\\u005b');
}
