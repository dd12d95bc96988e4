// A reader without a mouse. Only in Chromium: a Firefox that has no screen gives its pages no keyboard focus.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, onDisk, start } from './lib/browsers.mjs';
import { onePerKind } from './lib/site.mjs';

describe('In Chromium', () => {
  let browser;
  before(async () => (browser = await start('Chromium', { scripts: false, width: 390 })));
  after(() => browser?.stop());

  for (const path of onePerKind) {
    test(`the first Tab on ${path} shows the way past the navigation, all that Tab reaches can be seen, and Enter takes that way`, async () => {
      await browser.visit(onDisk + path);
      const focused = () =>
        browser.page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body || element === document.documentElement) return undefined;
          const { top, bottom, left, right } = element.getBoundingClientRect();
          const seen = element.checkVisibility() && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
          const again = element.hasAttribute('data-reached');
          element.setAttribute('data-reached', '');
          return { href: element.getAttribute('href'), top, again, seen, html: element.outerHTML.slice(0, 100) };
        });
      const tab = async () => {
        await browser.page.keyboard.press('Tab');
        return focused();
      };

      const first = await tab();
      assert.equal(first.href, '#main');
      assert.ok(first.seen && first.top >= 0, 'the link is out of sight');
      const unseen = [];
      let reached = 0;
      for (let where = await tab(); where && !where.again; where = await tab()) {
        reached += 1;
        if (!where.seen) unseen.push(where.html);
      }
      assert.ok(reached > 0);
      assert.deepEqual(unseen, []);

      await browser.page.focus('[href="#main"]');
      await browser.page.keyboard.press('Enter');
      await arrival(browser.page, `${onDisk}${path}#main`);
      assert.equal(await browser.page.evaluate(() => document.activeElement.id), 'main');
    });
  }
});
