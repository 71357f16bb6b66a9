/** Chromium, where there is one: of the system, never downloaded. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const { PGTWIN_CHROMIUM: named } = process.env;

/** The program; undefined where there is none, or where the variable is set to nothing. */
export const chromiumPath = (named === undefined ? usual : [named]).find((path) => existsSync(path));

export const whySkipped =
  'skipped, as there is no Chromium: install it (apt-get install chromium) or name it in PGTWIN_CHROMIUM';

/** The title of a test that needs one: says why it is skipped, where it is. */
export const withChromium = (title: string) =>
  chromiumPath === undefined ? `${title}: ${whySkipped}` : title;

export function openChromium(): Promise<Browser> {
  // Its sandbox cannot be made where a container's root runs it; the pages that it opens are our own.
  return chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox'] });
}
