// Measures the search of a built site in Chromium, from the disk: how large the index is, and how long queries take.
//
//   node benches/search.mjs SITE [CONTENT]
//
// CONTENT is the folder the site was made of; with it the size of the index is told against the size of that text. The
// packages of tests/browser are needed (`npm ci --prefix tests/browser`).

import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import puppeteer from '../tests/browser/node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js';

const [site, content] = process.argv.slice(2).map((path) => resolve(path));
if (!site) {
  console.error('usage: node benches/search.mjs SITE [CONTENT]');
  process.exit(2);
}

const packed = (path) => gzipSync(readFileSync(path), { level: 9 }).length;
const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);
const scripts = readdirSync(join(site, 'search'));
const size = (kind) => sum(scripts.filter((name) => name.startsWith(kind)).map((name) => packed(join(site, 'search', name))));
const index = size('manifest') + size('terms');
console.log(`index, compressed: ${index} bytes in ${scripts.filter((name) => !name.startsWith('texts')).length} scripts`);
console.log(`texts, compressed: ${size('texts')} bytes in ${scripts.filter((name) => name.startsWith('texts')).length} scripts`);
if (content) {
  const files = readdirSync(content, { recursive: true }).filter((name) => name.endsWith('.md'));
  const text = sum(files.map((name) => packed(join(content, name))));
  console.log(`text of ${files.length} documents, each compressed: ${text} bytes; the index takes ${((100 * index) / text).toFixed(1)} % of that`);
}

// Words, names, numbers and phrases of the corpus that benches/corpus.rs makes; any other site finds some of them.
const queries = [
  '仓单', '公证', '手写', '银行大厅', '对账单', '暴雨', '平台', '码头', '冷库保管', '未盖章', '玻璃厂', '台风', '证',
  'warehouse', 'receipt', 'heavy rain', 'captain', 'notary statement', '"north quay"', 'bookkeeper', 'typhoon', 'crowns',
  '1-1-1', '注1-3', '2031-05-14', '2029', '12,000', 'order', '克朗 审计员', '倉單', 'provisional draft', '提取陶瓷', '送交', '单号', 'zzz',
];

const browser = await puppeteer.launch({ executablePath: process.env.CASEFILE_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--enable-precise-memory-info'] });
const page = await browser.newPage();
const language = readdirSync(site).find((name) => /^[a-z]{2}$/.test(name));
await page.goto(`${pathToFileURL(site)}/${language}/index.html`);
await page.click('.tools > button.search');
await page.waitForSelector('dialog[open] select');

/** How long it takes from a letter to the answer, in milliseconds, and what the answer is. */
const ask = (query) =>
  page.evaluate(
    (query) =>
      new Promise((done) => {
        const dialog = document.querySelector('dialog');
        const field = dialog.querySelector('input');
        const start = performance.now();
        new MutationObserver((_, observer) => {
          if (dialog.hasAttribute('aria-busy')) return;
          observer.disconnect();
          done([performance.now() - start, dialog.querySelector('.status').textContent]);
        }).observe(dialog, { attributes: true, attributeFilter: ['aria-busy'] });
        field.value = query;
        field.dispatchEvent(new Event('input'));
      }),
    query,
  );

const times = [];
for (const query of queries) {
  const [time, status] = await ask(query);
  times.push(time);
  console.log(`${time.toFixed(1).padStart(8)} ms  ${query}: ${status}`);
}
const again = [];
for (const query of queries) again.push((await ask(query))[0]);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const memory = await page.evaluate(() => performance.memory.usedJSHeapSize);
console.log(`first query ${times[0].toFixed(1)} ms; further ones, each new, ${median(times.slice(1)).toFixed(1)} ms (median), ${Math.max(...times.slice(1)).toFixed(1)} ms (slowest)`);
console.log(`asked again: ${median(again).toFixed(1)} ms (median); memory of scripts ${(memory / 1e6).toFixed(0)} MB`);
await browser.close();
