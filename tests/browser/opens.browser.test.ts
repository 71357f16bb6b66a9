/** That a page works in a browser at all. All other checks of pages are in the second tier. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { writePage } from '../../src/harness/report/html/write-page.ts';
import { pageInput, twoSteps } from '../support/page-input.ts';
import { chromiumPath, openChromium, withChromium } from './chromium.ts';

it.skipIf(chromiumPath === undefined)(
  withChromium('a page opens from disk in Chromium, and its script shows the last command'),
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pgtwin-page-'));
    const browser = await openChromium();
    try {
      const file = join(folder, 'page.html');
      await writeFile(file, await writePage(pageInput(twoSteps)));
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(pathToFileURL(file).href);
      await page.waitForSelector('body[data-ready]');
      expect(await page.locator('#position').textContent()).toBe('8 / 8');
      expect(await page.locator('.graph .node').count()).toBe(2);
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
      await rm(folder, { recursive: true });
    }
  },
);
