// Nothing sticks out of the window: not on the narrowest phone, not on a wide screen.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browsers, onDisk, start } from './lib/browsers.mjs';
import { pages } from './lib/site.mjs';

const widths = [320, 390, 1440];

/** Whether the page can be scrolled sideways, and what makes it so. Asked in the page. */
function sideways() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
  return [`${scrollWidth} px of page in ${clientWidth} px`, ...wide.map((element) => element.outerHTML.slice(0, 100))];
}

/** Text that is cut off at the window's left edge, where no scrolling reaches. Asked in the page. */
function cutOff() {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    if ([...range.getClientRects()].some((rect) => rect.width > 1 && rect.left < -1)) found.push(walker.currentNode.data);
  }
  return found;
}

for (const name of browsers) {
  describe(`In ${name}`, () => {
    let browser;
    before(async () => (browser = await start(name)));
    after(() => browser?.stop());

    for (const [index, path] of pages.entries()) {
      test(`${path} never scrolls sideways and cuts nothing off, at ${widths.join(', ')} px`, async () => {
        await browser.visit(onDisk + path);
        // Now from the narrowest to the widest and now back, for a page opens in the width that the one before was left in.
        for (const width of index % 2 ? widths.toReversed() : widths) {
          await browser.page.setViewport({ width, height: 900 });
          assert.deepEqual(await browser.page.evaluate(sideways), [], `at ${width} px`);
          assert.deepEqual(await browser.page.evaluate(cutOff), [], `at ${width} px`);
        }
      });
    }
  });
}
