/** Texts that mean harm to whoever prints them, and what is wrong with lines that hold one. */
import fc from 'fast-check';

const pieces = [
  ...['::', ':', '::error::', '::error file=a,line=1::', '::set-output name=x::', '::stop-commands::x'],
  ...[
    '##[',
    '##',
    '[',
    '##[error]',
    '##[group]',
    '##vso[',
    '##vso[task.complete result=Failed;]',
    '##VSO[x]',
  ],
  ...['\n', '\r', '\r\n', '\t', '\v', '\f', '\0', '\b', '\u0007', '\u007f', '\u0085', '\u2028', '\u2029'],
  ...['\u001b[31m', '\u001b[0m', '\u001b[2J', '\u001b]0;title\u0007', '\u009b31m', '\u001b'],
  ...['\u202e', '\u202c', '\u2066', '\u2069', '\u200e', '\u061c', '\ufeff', '\u200b', '\ud800', '\udc00'],
  ...[
    ' ',
    '\u00a0',
    '\u3000',
    'a',
    'x.json',
    "'",
    '"',
    '`',
    '``',
    '\\',
    '$',
    '$$',
    '--',
    '*/',
    '</',
    '&',
    ']]>',
    '{}',
  ],
  ...[
    '<img src=x onerror="alert(1)">',
    '</script><script>alert(1)</script>',
    '<!--',
    '-->',
    '[x](javascript:alert(1))',
  ],
];

/** Mostly a few of these in a row. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

/** What ordinary texts of ours and of others may hold besides ASCII. */
export const ordinaryTexts = [
  'é',
  'naïve',
  '日本語',
  '😀',
  '👨‍👩‍👧',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'ǆ',
  'می‌خواهم',
  'a::b',
  '#[x]',
  "'{}'::jsonb",
  '# [x]',
];

const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what this looks for.
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
const colour = /\u001b\[\d+m/g;

/** Nothing, where the lines of the text are those of the harmless one, with nothing hidden in them and no command. */
export function faultsOf(text: string, harmless: string): string[] {
  const faults: string[] = [];
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  const expected = harmless.split('\n').length;
  if (lines.length !== expected) faults.push(`${lines.length} lines in place of ${expected}`);
  const colours = (of: string) => of.match(colour)?.length ?? 0;
  if (colours(text) !== colours(harmless)) faults.push('colours that are not ours');
  const hidden = text.replace(colour, '').match(unseen);
  if (hidden) faults.push(`holds ${JSON.stringify(hidden.join(''))}`);
  if (Buffer.from(text).toString() !== text) faults.push('half a character');
  for (const line of lines) {
    const seen = line.replace(colour, '');
    if (seen.trim().startsWith('::')) faults.push(`begins a command: ${seen}`);
    if (/##(?:vso)?\[/i.test(seen)) faults.push(`holds a command: ${seen}`);
  }
  return faults;
}
