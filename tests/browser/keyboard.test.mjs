// A reader without a mouse. Only in Chromium: a Firefox that has no screen gives its pages no keyboard focus.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, onDisk, start } from './lib/browsers.mjs';
import { kind, onePerKind, some, told } from './lib/site.mjs';

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

describe('The book, which has hundreds of links', () => {
  let browser;
  before(async () => (browser = await start('Chromium', { width: 1280 })));
  after(() => browser?.stop());

  for (const path of some(told.filter((path) => kind(path) === 'print'), 'page for paper')) {
    test(`${path} has few stops of Tab, and the arrows lead to every other link of a section`, async () => {
      await browser.visit(onDisk + path);
      const links = () => [...document.querySelectorAll('main a[href]')].filter((link) => link.getClientRects().length);
      const { stops, all } = await browser.page.evaluate(`(${links})().reduce(({ stops, all }, link) => ({ stops: stops + (link.tabIndex >= 0), all: all + 1 }), { stops: 0, all: 0 })`);
      assert.ok(all > 300 && stops < 160, `${stops} of ${all}`);
      const walked = await browser.page.evaluate(() => {
        const linksOf = (section) => [...section.querySelectorAll('a[href]')].filter((link) => link.closest('section, article') === section && !link.closest('.board'));
        const own = Array.from(document.querySelectorAll('.chapter section'), linksOf).find((links) => links.length > 3);
        own[0].focus();
        return own.map(({ id, href }) => id || href);
      });
      const reached = [];
      for (let at = 0; at < walked.length; at += 1) {
        reached.push(await browser.page.evaluate(() => document.activeElement.id || document.activeElement.href));
        assert.equal(await browser.page.evaluate(() => document.activeElement.tabIndex), 0);
        await browser.page.keyboard.press('ArrowRight');
      }
      assert.deepEqual(reached, walked);
    });
  }
});
