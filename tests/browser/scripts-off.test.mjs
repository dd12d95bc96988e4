// A reader without scripts loses nothing but comfort: all of the text is there and can be seen.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browsers, onDisk, start } from './lib/browsers.mjs';
import { page } from './lib/html.mjs';
import { pages } from './lib/site.mjs';

/** Text of the page's main part that cannot be seen, though nobody folded it away. Asked in the page. */
function hidden() {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    if (!data.trim() || parent.closest('details:not([open])')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) found.push(data.trim());
  }
  return found;
}

for (const name of browsers) {
  describe(`In ${name} without scripts`, () => {
    let browser;
    before(async () => (browser = await start(name, { scripts: false, width: 390 })));
    after(() => browser?.stop());

    for (const path of pages) {
      test(`${path} shows all of its text, and folded parts open with a click`, async () => {
        await browser.visit(onDisk + path);
        assert.ok((await browser.page.evaluate(() => document.querySelector('main').innerText.trim())).length > 0);
        assert.deepEqual(await browser.page.evaluate(hidden), []);

        const folds = page(path).elements.filter((element) => element.name === 'summary').length;
        for (let index = 0; index < folds; index += 1) {
          await browser.page.evaluate((index) => document.querySelectorAll('summary')[index].setAttribute('data-fold', index), index);
          const open = () => browser.page.evaluate((index) => document.querySelector(`[data-fold="${index}"]`).parentElement.open, index);
          const before = await open();
          await browser.click(`[data-fold="${index}"]`);
          assert.equal(await open(), !before);
          if (before) await browser.click(`[data-fold="${index}"]`);
        }
        assert.deepEqual(await browser.page.evaluate(hidden), []);
      });
    }
  });
}
