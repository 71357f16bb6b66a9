import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mutantsHtml } from '../../../src/harness/report/html/mutants-page.ts';
import type { PageData } from '../../../src/harness/report/html/page-data.ts';
import { writePage } from '../../../src/harness/report/html/write-page.ts';
import { hostileMutants, hostilePage, markups } from '../../support/hostile-pages.ts';
import { manySteps, pageInput, runOne, startedAt, twoSteps } from '../../support/page-input.ts';

const isQueued = (table: string, status: unknown) => table === 'pgflow.step_states' && status === 'started';
const diverging = () =>
  pageInput(twoSteps, (table, row) => (isQueued(table, row.status) ? { ...row, status: 'created' } : row));

function dataOf(page: string): PageData {
  const [, json] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page) ?? [];
  return JSON.parse(json!);
}

describe('the page of a divergence', () => {
  it('has all of it inside and asks nobody else for anything', async () => {
    const page = await writePage(diverging());
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<(?:link|img|iframe|script) [^>]*(?:src|href)=/);
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page)!;
    expect(policy).toContain("default-src 'none'");
    const [, script] = /<script>([\s\S]*)<\/script>\n<\/body>/.exec(page)!;
    const hash = createHash('sha256').update(script!).digest('base64');
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
  });

  it('holds what commands hold as data, never as markup', async () => {
    const page = await writePage(diverging());
    expect(page).not.toContain('<b>Ada');
    expect(dataOf(page).texts).toContain('{"name":"</script><b>Ada"}');
    // The closing tags are those of its two scripts.
    expect(page.match(/<\/script>/g)).toHaveLength(2);
  });

  it('is the same page for the same trace', async () => {
    expect(await writePage(diverging())).toBe(await writePage(diverging()));
  });

  it('names the moments by their command, with what differs at the last', async () => {
    const { moments, sides } = dataOf(await writePage(diverging()));
    expect(sides).toEqual(['model', 'SQL']);
    expect(moments.map(({ at }) => at)).toEqual([0, 0, 0, 10, 20, 500, 600, 1500]);
    expect(moments[3]!.sql).toContain("pgflow.start_flow(flow_slug => 'greet'");
    expect(moments.slice(0, -1).flatMap(({ differences }) => differences)).toEqual([]);
    const row = `run_id=${runOne}, step_slug=world`;
    expect(moments.at(-1)!.differences).toEqual([
      { where: 'step_states[1].status', row, shown: ['started', 'created'] },
    ]);
  });

  it('tells a refusal by its SQLSTATE', async () => {
    const { moments } = dataOf(await writePage(diverging()));
    expect(moments[4]!.sides[0]!.refusal?.[0]).toEqual(['sqlstate', expect.stringMatching(/^[0-9A-Z]{5}$/)]);
  });

  it('keeps a row once, however many moments and sides have it', async () => {
    const { rows, contents, tables, moments, texts } = dataOf(await writePage(diverging()));
    expect(new Set(rows.map((row) => row.join())).size).toBe(rows.length);
    const steps = tables.findIndex(({ name }) => name === 'pgflow.steps');
    const held = moments
      .slice(3)
      .flatMap(({ sides }) => sides.map((side) => side.tables.find(([table]) => table === steps)![1]));
    expect(new Set(held).size).toBe(1);
    const slug = tables[steps]!.columns.indexOf('step_slug');
    expect(contents[held[0]!]!.map((row) => texts[rows[row]![slug]!])).toEqual(['hello', 'world']);
  });

  it('looks at the run that a command touched, and before there is one at the flow', async () => {
    const { moments, runs, graphs } = dataOf(await writePage(diverging()));
    expect(graphs.map(({ id, nodes }) => [id, nodes])).toEqual([['greet', ['hello', 'world']]]);
    expect(moments.map(({ graph }) => graph)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(moments.map(({ run }) => runs[run]?.id)).toEqual([
      ...Array(3).fill(undefined),
      ...Array(5).fill(runOne),
    ]);
  });

  it('knows from when on each message can be read', async () => {
    const { moments, messages } = dataOf(await writePage(diverging()));
    const [first, second] = [5, 7].map((i) => moments[i]!.sides[0]!.messages.map((at) => messages[at]!));
    expect(first).toEqual([
      { queue: 'greet', id: '1', label: 'hello', enqueued: 10, visible: 5500, reads: 1 },
    ]);
    expect(second).toMatchObject([{ id: '2', label: 'world', enqueued: 1500, visible: 1500, reads: 0 }]);
  });
});

describe('the page of a simulation', () => {
  it('has one side', async () => {
    const { sides, moments } = dataOf(await writePage(pageInput(twoSteps)));
    expect(sides).toEqual(['model']);
    expect(moments.every((moment) => moment.sides.length === 1)).toBe(true);
  });

  it('draws each step at the same place at every moment', async () => {
    const page = await writePage(pageInput(twoSteps));
    expect(page.match(/<g class="node"/g)).toHaveLength(2);
    expect(page.match(/<path class="edge" data-from="0" data-to="1"/g)).toHaveLength(1);
  });

  it('shows names of steps that are properties of every object', async () => {
    const input = pageInput([
      { at: 0, command: { type: 'create_flow', flow_slug: 'constructor' } },
      { at: 0, command: { type: 'add_step', flow_slug: 'constructor', step_slug: '__proto__' } },
      { at: 0, command: { type: 'start_flow', flow_slug: 'constructor', input: {} } },
    ]);
    expect(dataOf(await writePage(input)).graphs).toEqual([{ id: 'constructor', nodes: ['__proto__'] }]);
  });
});

it('60 commands on 40 steps make a page of less than 1.5 MB', async () => {
  const entries = manySteps(40, 60);
  expect(entries).toHaveLength(60);
  const page = await writePage(pageInput(entries, (_, row) => row));
  expect(dataOf(page).graphs[0]!.nodes).toHaveLength(40);
  expect(Buffer.byteLength(page)).toBeLessThan(1.5e6);
});

it('values of a column have the same text only if they are the same', async () => {
  const { cellText } = await import('../../../src/harness/report/html/cell-text.ts');
  const jsonb = [
    undefined,
    null,
    '',
    'NULL',
    '"NULL"',
    'null',
    '1',
    1,
    'true',
    true,
    ' a',
    'a',
    '"a"',
    '[]',
    [],
  ];
  const texts = jsonb.map((value) => cellText(value, 'jsonb', startedAt));
  expect(new Set(texts).size).toBe(jsonb.length);
  expect(cellText({ b: 1, a: 2 }, 'jsonb', startedAt)).toBe(cellText({ a: 2, b: 1 }, 'jsonb', startedAt));
  expect(cellText(null, 'other', startedAt)).toBe('NULL');
  expect(cellText(startedAt + 1500, 'instant', startedAt)).toBe('+1.500 s');
});

it('a flow without steps is drawn on nothing, which has a size', async () => {
  const page = await writePage(pageInput([{ at: 0, command: { type: 'create_flow', flow_slug: 'f' } }]));
  expect(page).toContain('width="1" height="1" viewBox="0 0 1 1"');
  expect(page).not.toContain('Infinity"');
});

it.each(markups)('a text is no markup of the page of mutants: %j', (text) => {
  const page = mutantsHtml(hostileMutants(text), ({ type }) => `call.${type}()`);
  const plain = mutantsHtml(hostileMutants('x'), ({ type }) => `call.${type}()`);
  const tagsOf = (html: string) => html.match(/<[!/a-z][^>]*>/gi);
  expect(tagsOf(page)).toEqual(tagsOf(plain));
  const [, style] = /<style>([\s\S]*)<\/style>/.exec(page)!;
  const hash = createHash('sha256').update(style!).digest('base64');
  expect(page).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  );
});

it.each(markups)('a text is no markup of the page of commands: %j', async (text) => {
  const tagsOf = (html: string) =>
    html
      .replace(/ (?:data-room|width|viewBox|transform|d|x)="[^"]*"/g, '')
      .match(/<[!/a-z][^>]*>/gi)!
      .map((tag) => /^<[^ >]*/.exec(tag)![0]);
  const [page, plain] = [await writePage(hostilePage(text)), await writePage(hostilePage('x'))];
  expect(tagsOf(page)).toEqual(tagsOf(plain));
});
