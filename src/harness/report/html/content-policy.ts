/** Nothing may run, apply or load in a page but its own script and its own style, whatever texts the page holds. */
import { createHash } from 'node:crypto';

/** The tag for the head of the page, before either. Without a script none runs. */
export function contentPolicy({
  script,
  style,
}: {
  readonly script?: string;
  readonly style: string;
}): string {
  const scripts = script === undefined ? [] : [`script-src '${hashOf(script)}'`];
  const rules = [
    "default-src 'none'",
    ...scripts,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}">`;
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
