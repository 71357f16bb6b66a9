// Long tier: every check of the pages in a browser; one of them is in the first tier as well.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../../src/harness/pgflow/twin/index.ts';
import { writePage } from '../../src/harness/report/html/write-page.ts';
import { manySteps, pageInput, twoSteps } from '../support/page-input.ts';
import { Chain } from '../twin/pgflow/flows.ts';
import { chromiumPath, openChromium, whySkipped, withChromium } from './chromium.ts';
import { faintTexts } from './contrast.ts';

if (chromiumPath === undefined) process.stderr.write(`tests of the page: ${whySkipped}\n`);

let folder = '';
let browser: Browser;
const opened: { page: Page; requests: string[]; errors: string[] }[] = [];

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
// Whatever a test looks at: a page talks to nobody, and nothing goes wrong in it.
afterEach(async () => {
  for (const { page, requests, errors } of opened.splice(0)) {
    await page.close();
    expect(errors).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('file://'))).toEqual([]);
    expect(requests).toHaveLength(1);
  }
});

const pages = {
  diverging: pageInput(twoSteps, (table, row) => {
    if (table === 'pgflow.step_tasks' && row.step_slug === 'world') return null;
    return table === 'pgflow.step_states' && row.step_slug === 'world' ? { ...row, status: 'created' } : row;
  }),
  queues: pageInput(twoSteps, (table, row) => {
    if (table === 'pgmq.q_greet') return { ...row, vt: (row.vt as number) + 1000 };
    return table === 'pgmq.a_greet' || (table === 'pgflow.step_tasks' && row.step_slug === 'world')
      ? null
      : row;
  }),
  simulated: pageInput(twoSteps),
  wide: pageInput(manySteps(60, 100), (table, row) =>
    table === 'pgflow.runs' ? { ...row, status: 'failed' } : row,
  ),
  empty: pageInput([]),
};

async function open(
  name: keyof typeof pages,
  colorScheme: 'light' | 'dark' = 'light',
  hash = '',
): Promise<Page> {
  const file = join(folder, `${name}.html`);
  await writeFile(file, await writePage(pages[name]));
  return openFile(file, colorScheme, hash);
}

async function openFile(file: string, colorScheme: 'light' | 'dark' = 'light', hash = ''): Promise<Page> {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
  const requests: string[] = [];
  const errors: string[] = [];
  opened.push({ page, requests, errors });
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => errors.push(message.text()));
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  await page.waitForSelector('body[data-ready]');
  return page;
}

const position = (page: Page) => page.locator('#position').textContent();
const textsOf = (page: Page, selector: string) => page.locator(selector).allTextContents();

describe.skipIf(chromiumPath === undefined)(withChromium('the page of a divergence, in Chromium'), () => {
  it('opens from disk at the command that diverges', async () => {
    const page = await open('diverging');
    expect(await page.title()).toBe('The SQL differs from the model.');
    expect(await position(page)).toBe('8 / 8');
    expect(await page.locator('.sql').textContent()).toContain('pgflow.complete_task');
    expect(await textsOf(page, '#differences tbody th')).toEqual(['step_states[1].status', 'step_tasks[1]']);
  });

  it('opens at the command that the link names', async () => {
    expect(await position(await open('diverging', 'light', '#4'))).toBe('4 / 8');
    expect(await position(await open('diverging', 'light', '#99'))).toBe('8 / 8');
  });

  it('goes from moment to moment by the keyboard alone', async () => {
    const page = await open('diverging');
    const slider = page.getByRole('slider', { name: 'Command' });
    await slider.focus();
    for (const [key, at] of [
      ['Home', '1 / 8'],
      ['ArrowRight', '2 / 8'],
      ['ArrowLeft', '1 / 8'],
      ['End', '8 / 8'],
      ['ArrowLeft', '7 / 8'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await position(page)).toBe(at);
    }
    expect(await slider.getAttribute('aria-valuetext')).toMatch(
      /^7 of 8, at \+0\.600 s: pgflow\.start_tasks/,
    );

    // The same keys do it from anywhere that has no use of its own for them.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('ArrowRight');
    expect(await position(page)).toBe('8 / 8');
    await page.keyboard.press('Home');
    expect(await position(page)).toBe('1 / 8');
    expect(await page.getByRole('status').textContent()).toBe(
      'Command 1 of 8. Rows changed: 1 in pgflow.flows, 1 in pgmq.meta, 1 in pgmq.q_greet_msg_id_seq.',
    );
  });

  it('shows where the keyboard is', async () => {
    const page = await open('diverging');
    await page.locator('body').press('Tab');
    for (let i = 0; i < 12; i++) {
      const focused = await page.evaluate(() => {
        const element = document.activeElement!;
        return {
          name: element.outerHTML.slice(0, 60),
          width: Number.parseFloat(getComputedStyle(element).outlineWidth),
        };
      });
      expect(focused).toMatchObject({ width: expect.toSatisfy((width: number) => width >= 1) });
      await page.keyboard.press('Tab');
    }
  });

  it('goes to a command that is chosen from the list, or by a button', async () => {
    const page = await open('diverging');
    await page.getByRole('navigation', { name: 'Commands' }).getByRole('button').nth(4).click();
    expect(await position(page)).toBe('5 / 8');
    expect(await page.locator('[aria-current=step]').textContent()).toContain('start_flow');
    expect(await page.locator('.refusal').textContent()).toMatch(/^Refused, SQLSTATE \w{5}/);
    await page.getByRole('button', { name: 'Previous command' }).click();
    expect(await position(page)).toBe('4 / 8');
    await page.getByRole('button', { name: 'First command' }).click();
    expect(await page.getByRole('button', { name: 'Previous command' }).isDisabled()).toBe(true);
  });

  it('marks the cells that differ, side by side and in one table', async () => {
    const page = await open('diverging');
    const table = page.getByRole('region', { name: 'pgflow.step_states', exact: true });
    const marked = async () =>
      Promise.all(
        (await table.locator('td.differs').all()).map(async (cell) => {
          const side = cell.locator('xpath=../th');
          return [await side.textContent(), (await cell.locator('span').last().textContent())!];
        }),
      );
    expect(await marked()).toEqual([
      ['model', 'started'],
      ['SQL', 'created'],
    ]);

    await page.getByRole('button', { name: 'Side by side' }).click();
    const side = (name: string) => page.getByRole('region', { name: `pgflow.step_states, ${name}` });
    expect(await side('model').locator('td.differs > span').allTextContents()).toEqual(['started']);
    expect(await side('SQL').locator('td.differs > span').allTextContents()).toEqual(['created']);
    const tasks = page.getByRole('region', { name: 'pgflow.step_tasks, SQL' });
    expect(await tasks.locator('td.differs').allTextContents()).toEqual(['no such row']);
  });

  it('marks what a command changed, with what was there before', async () => {
    const page = await open('diverging', 'light', '#7');
    const status = page
      .getByRole('region', { name: 'pgflow.step_tasks' })
      .locator('td.changed', { hasText: 'queued' });
    expect(await status.locator('del').textContent()).toBe('queued');
    expect(await status.locator(':scope > span').textContent()).toBe('started');
    expect(await page.locator('td.differs').count()).toBe(0);
    expect(await page.locator('#differences').isVisible()).toBe(false);
    const shown = await page.locator('.table').count();
    await page.getByRole('button', { name: 'All rows' }).click();
    expect(await page.locator('.table').count()).toBeGreaterThan(shown);
  });

  it('colours the steps by their states at the moment, for the side that is chosen', async () => {
    const page = await open('diverging', 'light', '#4');
    const nodes = () =>
      page
        .locator('.graph .node')
        .evaluateAll((all) => all.map((node) => (node as HTMLElement).dataset.status));
    expect(await nodes()).toEqual(['started', 'created']);
    await page.getByRole('button', { name: 'Last command' }).click();
    expect(await nodes()).toEqual(['completed', 'started']);
    const world = page.getByRole('img', { name: /^world/ });
    expect(await world.getAttribute('aria-label')).toBe('world: started, task queued; SQL: created');
    expect(await world.getAttribute('class')).toContain('differs');
    await page
      .getByRole('group', { name: 'Steps and queues of' })
      .getByRole('button', { name: 'SQL' })
      .click();
    expect(await nodes()).toEqual(['completed', 'created']);
    await page.getByRole('button', { name: 'First command' }).click();
    expect(await page.locator('.graph .node.absent').count()).toBe(2);
  });

  it('lays the messages out on the axis of virtual time', async () => {
    const page = await open('diverging', 'light', '#6');
    const message = page.getByRole('listitem', { name: /^Message/ });
    expect(await message.getAttribute('aria-label')).toBe(
      'Message 1, hello: invisible until +5.500 s, read 1 time',
    );
    const x = (selector: string, name = 'x') =>
      message.locator(selector).evaluate((bar, of) => Number(bar.getAttribute(of)), name);
    // It could be read until it was, and can be again from the circle on.
    expect(await x('.visible:not(.ahead)')).toBeLessThan(await x('.hidden.ahead'));
    expect(await x('.turn', 'cx')).toBeCloseTo(await x('.visible.ahead'), 3);
    await page.getByRole('button', { name: 'Last command' }).click();
    const labels = await message.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    expect(labels).toEqual(['Message 1, hello: gone, read 1 time', 'Message 2, world: visible, never read']);
  });

  it('gives everything that can be operated a name', async () => {
    const page = await open('diverging');
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const operable = nodes.filter(
      ({ ignored, role, properties = [] }) =>
        !ignored &&
        role?.value !== 'RootWebArea' &&
        properties.some(({ name, value }) => name === 'focusable' && value.value === true),
    );
    expect(operable.length).toBeGreaterThan(15);
    expect(operable.filter(({ name }) => !name?.value).map(({ role }) => role?.value)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read in the %s', async (scheme) => {
    const page = await open('diverging', scheme);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [red = 0] = ground.match(/\d+/g)!.map(Number);
    expect(red > 128 ? 'light' : 'dark').toBe(scheme);
    expect(await page.evaluate(faintTexts)).toEqual([]);
    // And the question is one that can be answered otherwise.
    await page.locator('h1').evaluate((title) => title.style.setProperty('color', '#777'));
    expect(await page.evaluate(faintTexts)).toMatchObject([{ text: 'The SQL differs from the model.' }]);
  });

  it('keeps a change in sight in a graph of 60 steps, and shows all of it when asked', async () => {
    const page = await open('wide');
    expect(await page.locator('.graph .node').count()).toBe(60);
    const graphs = page.locator('#graphs');
    const sizes = () =>
      graphs.evaluate((each) => [each.scrollWidth - each.clientWidth, each.scrollHeight - each.clientHeight]);
    expect(Math.max(...(await sizes()))).toBeGreaterThan(50);
    await page.getByRole('button', { name: 'Previous command' }).click();
    for (let i = 0; i < 5; i++) {
      const isInSight = await graphs.evaluate((each) => {
        const outer = each.getBoundingClientRect();
        const changed = each.querySelector('.node.changed')?.getBoundingClientRect();
        return (
          !changed || (changed.left >= outer.left && changed.right <= outer.right && changed.top >= outer.top)
        );
      });
      expect(isInSight).toBe(true);
      await page.keyboard.press('ArrowLeft');
    }
    await page.getByRole('button', { name: 'Whole' }).click();
    expect(Math.max(...(await sizes()))).toBeLessThanOrEqual(1);
  });

  it('is there in less than a second, and keeps the chosen command in sight', async () => {
    // The machine may be busy with something else once, not each time.
    const took: number[] = [];
    let page: Page;
    do {
      page = await open('wide');
      took.push(
        await page.evaluate(
          () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).domComplete,
        ),
      );
    } while (took.at(-1)! >= 1000 && took.length < 3);
    expect(Math.min(...took)).toBeLessThan(1000);
    for (const name of ['Last command', 'First command'] as const) {
      if (name === 'First command') await page.getByRole('button', { name }).click();
      const chosen = page.locator('.commands [aria-current=step]');
      const box = (await chosen.boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(900);
      expect(box.y).toBeGreaterThan(0);
    }
  });

  it('shows what differs as the tables below show it: instants, rows, and queues by name', async () => {
    const page = await open('queues');
    const rows = await page.locator('#differences tbody tr').all();
    const cells = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
    expect(cells.map(([where]) => where)).toEqual(['step_tasks[1]', 'queue greet: vt', 'archive of greet']);
    expect(cells[1]).toEqual(['queue greet: vt', 'msg_id=2', '+1.500 s', '+2.500 s']);
    const [, , archived, lost] = cells[2]!;
    expect(archived).toMatch(/archived_at\s+\+1\.500 s/);
    expect(lost).toBe('no such row');
    const text = await page.locator('#differences').innerText();
    expect(text).not.toMatch(/\d{13}/);
    expect(text).not.toContain('"msg_id"');
  });

  it('shows both sides of what differs in a window of 420 px', async () => {
    const page = await open('queues');
    await page.setViewportSize({ width: 420, height: 800 });
    const cut = await page.locator('#differences').evaluate((section) =>
      [section, ...section.querySelectorAll('*')]
        .filter((each) => {
          const { left, right } = each.getBoundingClientRect();
          return left < 0 || right > innerWidth || each.scrollWidth > each.clientWidth + 1;
        })
        .filter((each) => getComputedStyle(each).display !== 'inline')
        .map((each) => each.outerHTML),
    );
    expect(cut).toEqual([]);
    const labels = await page
      .locator('#differences tbody tr')
      .first()
      .locator('td')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each, '::before').content));
    expect(labels).toEqual(['"row"', '"model"', '"SQL"']);
    expect(await page.evaluate(faintTexts)).toEqual([]);
  });

  it('shows notes below the facts, and folds them where there are many', async () => {
    const noted = async (remarks: readonly string[]) => {
      const file = join(folder, 'noted.html');
      await writeFile(file, await writePage({ ...pages.diverging, remarks }));
      const page = await openFile(file);
      const order = await page.locator('.head > *').evaluateAll((all) => all.map((each) => each.localName));
      expect(order).toEqual(['h1', 'dl', 'p', 'details']);
      return page.locator('.notes');
    };
    const few = await noted(['a.sql skipped']);
    expect(await few.innerText()).toMatch(/^1 note\s+a\.sql skipped$/);
    const many = await noted(['a.sql skipped', 'b.sql skipped', 'c.sql skipped']);
    expect(await many.innerText()).toBe('3 notes');
    await many.locator('summary').click();
    expect(await many.innerText()).toContain('c.sql skipped');
  });

  it('fits a narrow window without moving sideways', async () => {
    const page = await open('wide');
    await page.setViewportSize({ width: 420, height: 800 });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(excess).toBeLessThanOrEqual(0);
  });
});

describe.skipIf(chromiumPath === undefined)(withChromium('the page of a simulation, in Chromium'), () => {
  it('has no second side to choose, nor anything that differs', async () => {
    const page = await open('simulated');
    expect(await position(page)).toBe('8 / 8');
    expect(await page.getByRole('button', { name: 'Side by side' }).count()).toBe(0);
    expect(await page.locator('.differs').count()).toBe(0);
    expect(await page.locator('.graph .node').count()).toBe(2);
  });

  it('of a run tells what befalls its worker among the commands, which nothing answers', async () => {
    const sim = simulate(Chain);
    sim.step('second').crashes('after').takes('20s');
    const run = await sim.start({ n: 1 }).finish();
    await run.report(join(folder, 'run.html'));
    const page = await openFile(join(folder, 'run.html'));
    expect(await page.title()).toBe('Run 1 of chain is stuck: stalled-tasks-are-never-retried');
    expect(await textsOf(page, 'h1 + .reason')).toEqual([
      "Task second was left started (its worker crashed after the handler's work): pgflow 0.8.1 never starts a started task again.",
    ]);
    const crash = page.getByRole('button', { name: '-- worker 1 crashes after the work of run 1 second' });
    await crash.click();
    expect(await crash.locator('strong').count()).toBe(0);
    expect(await page.locator('#instant').textContent()).toBe('+20.000 s');
    expect(await page.locator('.result, .branches').count()).toBe(0);
    // In words, so none of it is coloured as a call.
    expect(await textsOf(page, '.sql > span')).toEqual([
      '-- worker 1 crashes after the work of run 1 second',
    ]);
    expect(await page.locator('.sql .sql-comment > *').count()).toBe(0);
    expect(await textsOf(page, '.graph .node')).toEqual([
      expect.stringContaining('completed'),
      expect.stringContaining('started'),
      expect.stringContaining('created'),
    ]);
    await page.getByRole('button', { name: /complete_task/ }).click();
    expect(await textsOf(page, '.note')).toEqual(['first completes with {"n":2}']);
  });

  it('without a command says so', async () => {
    const page = await open('empty');
    expect(await page.locator('#app').textContent()).toBe('No command was executed.');
  });
});
