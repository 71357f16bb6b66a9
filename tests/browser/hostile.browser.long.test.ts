// Long tier: each kind of page is opened once for each text that would do harm.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../../src/harness/pgflow/twin/index.ts';
import { mutantsHtml } from '../../src/harness/report/html/mutants-page.ts';
import { writePage } from '../../src/harness/report/html/write-page.ts';
import { hostileMutants, hostilePage, markups } from '../support/hostile-pages.ts';
import { pageInput } from '../support/page-input.ts';
import { Greet } from '../twin/pgflow/flows.ts';
import { chromiumPath, openChromium, withChromium } from './chromium.ts';

let folder = '';
let browser: Browser;
beforeAll(async () => {
  if (chromiumPath === undefined) return;
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-page-'));
  browser = await openChromium();
});
afterAll(async () => {
  if (chromiumPath === undefined) return;
  await browser.close();
  await rm(folder, { recursive: true });
});

/** Opens the page; what it may not do is listed, and it is looked at by `look`. */
async function opened(
  file: string,
  look: (page: Awaited<ReturnType<Browser['newPage']>>) => Promise<void>,
): Promise<string[]> {
  const faults: string[] = [];
  const page = await browser.newPage();
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) faults.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await look(page);
  if (await page.evaluate(() => 'harmed' in window)) faults.push('a script of the value was executed');
  const frames = await page.evaluate(
    () => document.querySelectorAll('iframe, img, link, object, embed').length,
  );
  if (frames > 0) faults.push('markup of the value is in the page');
  await page.close();
  return faults;
}

const hashless = (html: string) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');

describe.skipIf(chromiumPath === undefined)(withChromium('a text that is markup'), () => {
  it.each(markups)('stays a text on the page of commands: %j', async (text) => {
    const file = join(folder, 'commands.html');
    const html = await writePage(hostilePage(text));
    // Escaping alone has to do; the policy is there for what nobody thought of.
    for (const written of [html, hashless(html)]) {
      await writeFile(file, written);
      const faults = await opened(file, async (page) => {
        await page.waitForSelector('body[data-ready]');
        expect(await page.locator('#position').textContent()).toBe('2 / 2');
        await page.keyboard.press('Home');
        expect(await page.locator('#position').textContent()).toBe('1 / 2');
        for (const summary of await page.locator('summary:visible').all()) await summary.click();
        for (const button of await page.locator('.controls button:visible').all()) await button.click();
        await page.keyboard.press('End');
        expect(await page.locator('.graph:not([hidden]) .node').count()).toBeGreaterThan(0);
      });
      expect(faults).toEqual([]);
    }
  });

  it.each(markups)('stays a text on the page of mutants: %j', async (text) => {
    const file = join(folder, 'mutants.html');
    const html = mutantsHtml(hostileMutants(text), ({ type }) => `call.${type}()`);
    for (const written of [html, hashless(html)]) {
      await writeFile(file, written);
      const faults = await opened(file, async (page) => {
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await page.locator('details').count()).toBe(4);
        const line = await page.locator('table').evaluate((table) => getComputedStyle(table).borderCollapse);
        expect(line).toBe('collapse');
      });
      expect(faults).toEqual([]);
    }
  });

  it('stays a text on the page of a run', async () => {
    for (const markup of markups) {
      // What a database refuses is never shown.
      const text = markup.replace(/[\0\ud800]/g, '');
      const sim = simulate(Greet);
      sim.step('hello').throws(text);
      const run = await sim.start({ name: text }).finish();
      const file = join(folder, 'run.html');
      await run.report(file);
      const faults = await opened(file, async (page) => {
        await page.waitForSelector('body[data-ready]');
        await page.keyboard.press('Home');
        await page.keyboard.press('End');
      });
      expect(faults).toEqual([]);
    }
  });
});

it.skipIf(chromiumPath === undefined)(
  withChromium('the policy of a page lets no other script or style in'),
  async () => {
    const pages = [await writePage(pageInput([])), mutantsHtml(hostileMutants('x'), () => 'x')];
    for (const html of pages) {
      const file = join(folder, 'policy.html');
      const more = `<script>window.harmed=1</script><img src="x" onerror="window.harmed=1"><p id="p" style="color:rgb(1, 2, 3)">x</p>`;
      await writeFile(file, html.replace('<body', `<body`).replace(/<h1>/, `${more}<h1>`));
      const page = await browser.newPage();
      await page.goto(pathToFileURL(file).href);
      expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
      expect(await page.locator('#p').evaluate((p) => getComputedStyle(p).color)).not.toBe('rgb(1, 2, 3)');
      await page.close();
    }
  },
);

it.skipIf(chromiumPath === undefined)(
  withChromium('a page of nothing, of a flow without steps, and of one step has no errors'),
  async () => {
    const lonely = [{ at: 0, command: { type: 'create_flow', flow_slug: 'f' } }] as const;
    const single = [
      ...lonely,
      { at: 0, command: { type: 'add_step', flow_slug: 'f', step_slug: 'a' } },
    ] as const;
    for (const entries of [[], lonely, single]) {
      const file = join(folder, 'little.html');
      const html = await writePage(pageInput(entries));
      expect(html.replace(/<script>[\s\S]*<\/script>/, '')).not.toMatch(/Infinity|NaN|undefined/);
      await writeFile(file, html);
      const faults = await opened(file, async (page) => {
        await page.waitForSelector('body[data-ready]');
      });
      expect(faults).toEqual([]);
    }
  },
);
