// A reader without a mouse. Only in Chromium: a Firefox that has no screen gives its pages no keyboard focus.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, onDisk, start } from './lib/browsers.mjs';
import { pages } from './lib/site.mjs';

describe('In Chromium', () => {
  let browser;
  before(async () => (browser = await start('Chromium', { scripts: false, width: 390 })));
  after(() => browser?.stop());

  for (const path of pages) {
    test(`the first Tab on ${path} shows the way past the navigation, and Enter takes it`, async () => {
      await browser.visit(onDisk + path);
      await browser.page.keyboard.press('Tab');
      const { href, top } = await browser.page.evaluate(() => {
        const link = document.activeElement;
        return { href: link.getAttribute('href'), top: link.getBoundingClientRect().top };
      });
      assert.equal(href, '#main');
      assert.ok(top >= 0, 'the link is out of sight');
      await browser.page.keyboard.press('Enter');
      await arrival(browser.page, `${onDisk}${path}#main`);
      assert.equal(await browser.page.evaluate(() => document.activeElement.id), 'main');
    });

    test(`whatever the Tab key reaches on ${path} can be seen`, async () => {
      await browser.visit(onDisk + path);
      const unseen = [];
      const seen = new Set();
      for (;;) {
        await browser.page.keyboard.press('Tab');
        const where = await browser.page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body || element === document.documentElement) return undefined;
          const all = [...document.querySelectorAll('*')];
          const { top, bottom, left, right } = element.getBoundingClientRect();
          const visible = element.checkVisibility() && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
          return { index: all.indexOf(element), visible, html: element.outerHTML.slice(0, 100) };
        });
        if (!where || seen.has(where.index)) break;
        seen.add(where.index);
        if (!where.visible) unseen.push(where.html);
      }
      assert.ok(seen.size > 0);
      assert.deepEqual(unseen, []);
    });
  }
});
