// A reader without scripts loses nothing but comfort: all of the text is there and can be seen, one can click on every
// link, and sees the place that it leads to.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onDisk, start, unseen } from './lib/browsers.mjs';
import { page, target } from './lib/html.mjs';
import { pages } from './lib/site.mjs';

const links = pages.flatMap((path) => page(path).elements.flatMap(({ name, href }) => (name === 'a' && href ? [target(path, href)] : [])));
/** The addresses on a page that choose which rows of the board are shown: no places (see positions.test.mjs). */
const filters = (path) => page(path).elements.filter((element) => element.has('only')).map(({ id }) => id);
/** The places on a page that any link of the site leads to. */
const places = (path) => {
  const none = filters(path);
  const fragments = links.filter((there) => there.path === path && there.fragment).map(({ fragment }) => fragment);
  return [...new Set(fragments)].filter((fragment) => !none.includes(fragment));
};

/** Text of the page's main part that cannot be seen, though nobody folded it away. Asked in the page. */
function hidden() {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    // What is drawn for the eye alone says nothing that is not said beside it, too.
    if (!data.trim() || parent.closest('details:not([open]), [aria-hidden="true"]')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) found.push(data.trim());
  }
  return found;
}

/** The links on which nobody could click: not visible, or with something before them. Asked in the page. */
function outOfReach() {
  return [...document.querySelectorAll('a[href]')].flatMap((link) => {
    // On a wide screen the list of documents itself stands where a phone has the way to it.
    if (link.closest('details:not([open])') || (link.closest('.at-once') && innerWidth > 900)) return [];
    link.scrollIntoView({ block: 'center', behavior: 'instant' });
    const line = [...link.getClientRects()].find(({ width, height }) => width > 0 && height > 0);
    const hit = line && document.elementFromPoint(line.x + line.width / 2, line.y + line.height / 2);
    // What is put out of the window, as the way past the navigation is, is there for the keyboard.
    if (!hit && !link.closest('main')) return [];
    return hit && link.contains(hit) ? [] : [`${link.outerHTML.slice(0, 120)}: ${hit ? `behind ${hit.outerHTML.slice(0, 120)}` : 'not in the window'}`];
  });
}

for (const [name, width] of [
  ['Chromium', 390],
  ['Firefox', 1440],
]) {
  describe(`In ${name} without scripts`, () => {
    let browser;
    before(async () => (browser = await start(name, { scripts: false })));
    after(() => browser?.stop());

    for (const path of pages) {
      test(`${path} shows all of its text, what is folded too; one can click on every link, and sees every place that a link leads to`, async () => {
        await browser.page.setViewport({ width: 390, height: 780 });
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

        await browser.page.setViewport({ width, height: 780 });
        assert.deepEqual(await browser.page.evaluate(outOfReach), []);
        assert.deepEqual(await browser.page.evaluate(unseen, places(path), true), []);
      });
    }
  });
}
