// Light, dark and on paper. The pictures are kept in artefacts/, to be looked at.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { artefact } from './lib/artefacts.mjs';
import { browsers, onDisk, start } from './lib/browsers.mjs';
import { eachKind, folder, kind, language, languages, onePerKind, pages, some } from './lib/site.mjs';

/** Each picture takes a while, Firefox's longer. */
const pictures = {
  Chromium: { light: ['narrow', 'wide'], dark: ['narrow', 'wide'] },
  Firefox: { light: ['wide'], dark: ['narrow'] },
};
/** No language changes the colours. */
const coloured = (name, scheme) => (name === 'Chromium' && scheme === 'light' ? onePerKind : eachKind);
const widths = { narrow: 390, wide: 1440 };
/** The longest page of every language, and those with tables or a drawing of their own. */
const longest = languages.map((tag) => {
  const size = (path) => statSync(join(folder, path)).size;
  return some(pages.filter((path) => language(path) === tag), `page in ${tag}`).sort((a, b) => size(b) - size(a))[0];
});
const printed = pages.filter((path) => longest.includes(path) || ['index', 'positions', 'timeline'].includes(kind(path)));

const named = (path) => path.replace('/', '-').replace('.html', '');

/** Keeps a picture of the page, from its top down as far as anybody looks. */
async function picture({ name, page }, ...names) {
  const [width, height] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollHeight]);
  const clip = { x: 0, y: 0, width, height: Math.min(height, 6000) };
  await page.screenshot({ path: artefact(name, ...names), clip, captureBeyondViewport: true, optimizeForSpeed: name === 'Chromium' });
}

/** How bright the paper and the ink are, from 0 to 1. Asked in the page. */
function brightness() {
  const of = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
    return (2126 * red + 7152 * green + 722 * blue) / 2_550_000;
  };
  return {
    paper: of(getComputedStyle(document.documentElement).backgroundColor),
    ink: of(getComputedStyle(document.querySelector('main')).color),
  };
}

/** What a page shows that is useless on paper, or keeps to itself that only a click would tell. Asked in the page. */
function wrongOnPaper() {
  const text = (link) => link.textContent + getComputedStyle(link, '::after').content;
  return [
    ...[...document.querySelectorAll('nav, button')].filter((element) => element.checkVisibility()),
    ...[...document.querySelectorAll('main h1, main h2, main p')].filter((element) => !element.checkVisibility()),
    ...[...document.querySelectorAll('main a.external')].filter((link) => !text(link).includes(link.getAttribute('href'))),
  ].map((element) => element.outerHTML.slice(0, 200));
}

for (const name of browsers) {
  for (const scheme of ['light', 'dark']) {
    describe(`In ${name}, in the ${scheme} scheme`, () => {
      let browser;
      before(async () => (browser = await start(name, { dark: scheme === 'dark' })));
      after(() => browser?.stop());

      for (const path of coloured(name, scheme)) {
        test(`${path} is ${scheme === 'dark' ? 'light ink on dark' : 'dark ink on light'} paper`, async () => {
          await browser.visit(onDisk + path);
          const { paper, ink } = await browser.page.evaluate(brightness);
          if (scheme === 'dark') assert.ok(paper < 0.2 && ink > 0.6, `paper ${paper}, ink ${ink}`);
          else assert.ok(paper > 0.8 && ink < 0.4, `paper ${paper}, ink ${ink}`);
          for (const wideness of pictures[name][scheme]) {
            await browser.page.setViewport({ width: widths[wideness], height: 900 });
            await picture(browser, scheme, wideness, `${named(path)}.png`);
          }
        });
      }
    });
  }

  describe(`On paper, from ${name}`, () => {
    let browser;
    // A reader who works in the dark prints on white paper all the same.
    before(async () => (browser = await start(name, { dark: true })));
    after(() => browser?.stop());

    // Firefox takes its time, whatever is printed.
    for (const path of name === 'Firefox' ? printed.filter((path) => eachKind.includes(path)) : printed) {
      test(`${path} makes a PDF`, async () => {
        await browser.visit(onDisk + path);
        const file = artefact(name, 'paper', `${named(path)}.pdf`);
        await browser.page.pdf({ path: file, format: 'A4', preferCSSPageSize: true });
        assert.equal(readFileSync(file).subarray(0, 5).toString(), '%PDF-');
      });
    }
  });
}

describe('On paper', () => {
  let browser;
  // Only Chromium shows in its window what a printed page will look like.
  before(async () => {
    browser = await start('Chromium', { dark: true, width: 700 });
    await browser.page.emulateMediaType('print');
  });
  after(() => browser?.stop());

  for (const path of onePerKind) {
    test(`${path} has black ink on white, all of its text, nothing to click on and the full address of every link`, async () => {
      await browser.visit(onDisk + path);
      const { paper, ink } = await browser.page.evaluate(brightness);
      assert.deepEqual({ paper, ink }, { paper: 1, ink: 0 });
      assert.deepEqual(await browser.page.evaluate(wrongOnPaper), []);
      if (eachKind.includes(path)) await picture(browser, 'paper', `${named(path)}.png`);
    });
  }
});
