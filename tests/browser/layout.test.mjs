// No figure is cut and none is printed over: at any width of the window and on paper, with wide letters and with narrow
// ones, nothing passes its cell or the page, and no two texts share a place.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browsers, onDisk, start } from './lib/browsers.mjs';
import { fontSets } from './lib/fonts.mjs';
import { faults, unfold } from './lib/geometry.mjs';
import { page } from './lib/html.mjs';
import { printFaults, readPdf } from './lib/pdf.mjs';
import { pages } from './lib/site.mjs';

const widths = [280, 300, 320, 344, 360, 390, 412, 480, 540, 600, 640, 700, 768, 800, 896, 960, 1024, 1100, 1280, 1366, 1440, 1920];

const body = (path) => page(path).elements.find((element) => element.name === 'body');

/** The paper a page is printed on, in millimetres: its width and its margins at the sides, as the style sheet has them. */
function paper(path) {
  const is = (name) => body(path).has(name);
  if (is('catalogue')) return { width: 297, margin: 12 };
  return { width: 210, margin: is('parallel') ? 17 : is('share') ? 20 : 22 };
}

for (const fonts of fontSets) {
  for (const name of browsers) {
    describe(`In ${name}, with ${fonts} letters`, () => {
      let browser;
      before(async () => (browser = await start(name, { fonts })));
      after(() => browser?.stop());

      for (const [index, path] of pages.entries()) {
        test(`all that ${path} says can be read at ${widths.length} widths from ${widths[0]} to ${widths.at(-1)} px`, async () => {
          await browser.visit(onDisk + path);
          await browser.page.evaluate(unfold);
          const found = {};
          // Now from the narrowest to the widest and now back, for a page opens in the width that the one before was left in.
          for (const width of index % 2 ? widths.toReversed() : widths) {
            await browser.page.setViewport({ width, height: 900 });
            const at = await browser.page.evaluate(faults, false);
            if (at.length > 0) found[width] = at;
          }
          assert.deepEqual(found, {});
        });
      }

      // Firefox takes long to print, and what it lays out it has shown above; its paper is looked at where it is full.
      for (const path of name === 'Chromium' ? pages : pages.filter((path) => body(path).has('parallel') || body(path).has('print'))) {
        test(`all that ${path} says can be read on paper`, async () => {
          const { width, margin } = paper(path);
          await browser.visit(onDisk + path);
          if (name === 'Chromium') {
            await browser.page.emulateMediaType('print');
            await browser.page.setViewport({ width: Math.floor(((width - 2 * margin) / 25.4) * 96), height: 900 });
            assert.deepEqual(await browser.page.evaluate(faults, true), []);
          }
          const printed = readPdf(await browser.page.pdf({ preferCSSPageSize: true }));
          if (name === 'Chromium') await browser.page.emulateMediaType('screen');
          assert.ok(printed.some(({ words }) => words.length > 0), 'nothing was printed');
          assert.deepEqual(printFaults(printed, (margin / 25.4) * 72), []);
        });
      }
    });
  }
}
