import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
const [,, file, out, w = '1280', h = '900', scheme = 'light', hash = '', clicks = '', full = ''] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const p = await b.newPage({ viewport: { width: Number(w), height: Number(h) }, colorScheme: scheme as 'light' });
const t0 = performance.now();
await p.goto(`file://${file}${hash}`);
await p.waitForSelector('body[data-ready]');
const t = performance.now() - t0;
const nav = await p.evaluate(() => { const [n] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]; return { domInteractive: n!.domInteractive, complete: n!.domComplete, load: n!.loadEventEnd }; });
for (const name of clicks.split('|').filter(Boolean)) { await p.getByRole('button', { name, exact: true }).click(); }
await p.screenshot({ path: out, fullPage: full === 'full' });
console.log(out, Math.round(t), 'ms', JSON.stringify(nav));
await b.close();
