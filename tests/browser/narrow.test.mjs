
// What a phone must never hide or break: figures in tables, dates, labels and the names of files; and on desktops no table
// scrolls while there is room beside it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onDisk, start } from './lib/browsers.mjs';
import { languages, pages } from './lib/site.mjs';

const read = pages.filter((path) => languages.includes(path.split('/')[0]) && !path.endsWith('/print.html'));

/** The tables that are wider than the box they stand in. Asked in the page. */
const hidden = () => [...document.querySelectorAll('.table')].filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => `${box.textContent.trim().slice(0, 40)} ${box.clientWidth}<${box.scrollWidth}`);
/** Whatever stands in one line and does not. Asked in the page. */
const broken = () =>
  [...document.querySelectorAll('main .unbroken:not(.timed), .colophon .unbroken:not(.timed), main time, main a.ref:not(.long), .commands code > span')]
    .filter((element) => !element.closest('[hidden], .hidden, template') && new Set([...element.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
    .map((element) => element.textContent);

describe('In Chromium', () => {
  let browser;
  before(async () => (browser = await start('Chromium', { width: 390 })));
  after(() => browser?.stop());

  test('no table hides a figure at 320, 360, 375, 390 and 414 px, and no date, label or name of a file ends a line in the middle', async () => {
    const found = [];
    for (const path of read) {
      await browser.visit(onDisk + path);
      for (const width of [320, 360, 375, 390, 414]) {
        await browser.page.setViewport({ width, height: 844 });
        for (const what of await browser.page.evaluate(hidden)) found.push(`${path} ${width}: ${what}`);
        for (const what of await browser.page.evaluate(broken)) found.push(`${path} ${width} breaks ${what}`);
      }
    }
    assert.deepEqual(found, []);
  });

  test('a row of many columns is a list of names and values on a phone', async () => {
    await browser.page.setViewport({ width: 390, height: 844 });
    await browser.visit(`${onDisk}${languages[0]}/appendix-1.html`);
    const rows = await browser.page.evaluate(() => {
      const [first] = document.querySelectorAll('.many');
      const heads = [...first.querySelectorAll('th')].map(({ textContent }) => textContent);
      const cells = [...first.querySelector('tbody tr').cells].map((cell) => ({ name: getComputedStyle(cell, '::before').content, width: cell.getBoundingClientRect().width }));
      return { heads, cells };
    });
    assert.deepEqual(rows.cells.map(({ name }) => JSON.parse(name)), rows.heads);
    assert.ok(rows.cells.every(({ width }) => width > 300));
  });

  test('no table of a document scrolls at 1280 and 1440 px', async () => {
    const found = [];
    for (const path of read) {
      await browser.visit(onDisk + path);
      for (const width of [1280, 1440]) {
        await browser.page.setViewport({ width, height: 900 });
        for (const what of await browser.page.evaluate(hidden)) found.push(`${path} ${width}: ${what}`);
        assert.ok(await browser.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
      }
    }
    assert.deepEqual(found, []);
  });

  test('the heads of the board leave no slit below the head of the page, and the filter that holds is told', async () => {
    await browser.page.setViewport({ width: 1280, height: 700 });
    for (const language of languages) {
      await browser.visit(`${onDisk}${language}/positions.html#board-disputed`);
      const { bar, heads, current } = await browser.page.evaluate(() => {
        scrollTo(0, document.querySelector('.side .row:nth-of-type(4)').getBoundingClientRect().top + scrollY - 200);
        const bar = document.querySelector('.masthead').getBoundingClientRect().bottom;
        const heads = document.querySelector('.side > .heads').getBoundingClientRect().top;
        return { bar, heads, current: [...document.querySelectorAll('.filters [aria-current]')].map(({ hash }) => hash) };
      });
      assert.ok(heads <= bar + 1, `${heads} below ${bar}`);
      assert.deepEqual(current, ['#board-disputed']);
    }
  });

  test('every document can be gone to from the first screen of a phone', async () => {
    await browser.page.setViewport({ width: 390, height: 900 });
    for (const language of languages) {
      await browser.visit(`${onDisk}${language}/index.html`);
      const bottom = await browser.page.evaluate(() => document.querySelector('.at-once').getBoundingClientRect().bottom);
      assert.ok(bottom < 900, `${language}: ${bottom}`);
    }
  });
});
