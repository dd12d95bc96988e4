// axe-core finds nothing against WCAG 2.2, levels A and AA, nor against what is good practice besides, on a page of every
// kind in every language, also while search, a note beside its reference and the way back are open.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import axe from 'axe-core';
import { arrival, onDisk, start, until } from './lib/browsers.mjs';
import { answer, openSearch } from './lib/search.mjs';
import { eachKind, kind, languages, onePerKind } from './lib/site.mjs';

const all = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Left out by axe unless asked for.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};
/** The colours are the only thing that is otherwise in the dark, and in every language they are the same. */
const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] };
/** The page for paper is as long as all others together, and nobody reads it on a phone. */
const widthsOf = (path) => (kind(path) === 'print' ? [1440] : [390, 1440]);

/** What axe finds on the page that is open, a line each. */
async function faults(page, options) {
  const { violations, passes } = await page.evaluate((options) => window.axe.run(document, options), options);
  assert.ok(passes.length > 0, 'axe looked at nothing');
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html.slice(0, 200)}\n${failureSummary}`));
}

for (const [scheme, paths, options] of [
  ['light', onePerKind, all],
  ['dark', eachKind, colours],
]) {
  describe(`In the ${scheme} scheme`, () => {
    let browser;
    before(async () => (browser = await start('Chromium', { dark: scheme === 'dark' })));
    after(() => browser?.stop());

    for (const path of paths) {
      test(`${path} breaks no rule of accessibility, at ${widthsOf(path).join(' and ')} px`, async () => {
        await browser.visit(onDisk + path);
        await browser.page.evaluate(axe.source);
        for (const width of widthsOf(path)) {
          await browser.page.setViewport({ width, height: 900 });
          assert.deepEqual(await faults(browser.page, options), [], `at ${width} px`);
        }
      });
    }
  });
}

for (const language of languages) {
  describe(`While something is open, in ${language}`, () => {
    let browser;
    before(async () => (browser = await start('Chromium', { width: 1000 })));
    after(() => browser?.stop());

    test('search with its results breaks no rule', async () => {
      await browser.visit(`${onDisk}${language}/overview.html`);
      await browser.page.evaluate(axe.source);
      await openSearch(browser);
      assert.ok((await answer(browser, '1-3')).results.length > 0);
      assert.deepEqual(await faults(browser.page, all), []);
    });

    test('a note beside its reference, and the way back behind it, break no rule', async () => {
      await browser.visit(`${onDisk}${language}/overview.html`);
      await browser.page.evaluate(axe.source);
      await browser.page.hover('article a.ref[href^="#"]');
      await until(browser.page, () => Boolean(document.querySelector('.popover')), 'the note is open');
      await browser.page.evaluate(settled);
      assert.deepEqual(await faults(browser.page, all), []);
      const to = await browser.page.evaluate(() => document.querySelector('article a.ref[href^="#"]').href);
      await browser.click('article a.ref[href^="#"]');
      await arrival(browser.page, to);
      await until(browser.page, () => Boolean(document.querySelector('.way-back')), 'the way back is there');
      await browser.page.evaluate(settled);
      assert.deepEqual(await faults(browser.page, all), []);
    });
  });
}

/** What fades in has the contrast of its colours once it is there. */
async function settled() {
  await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
}

test('headings read as their words, and the links behind them have names and one stop of the Tab key', async () => {
  const browser = await start('Chromium');
  try {
    for (const path of onePerKind) {
      await browser.visit(onDisk + path);
      const heard = await browser.page.evaluate(() =>
        [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].flatMap((heading) =>
          [...heading.querySelectorAll('.anchor, .counterpart')]
            .filter((link) => !link.getAttribute('aria-label') || link.tabIndex !== (link.matches('.anchor') ? 0 : -1) || !heading.getAttribute('aria-label'))
            .map((link) => link.outerHTML),
        ),
      );
      assert.deepEqual(heard, [], path);
      const misread = await browser.page.evaluate(() =>
        [...document.querySelectorAll('[aria-label]:is(h1, h2, h3, h4, h5, h6)')].flatMap((heading) => {
          const copy = heading.cloneNode(true);
          for (const link of copy.querySelectorAll('.anchor, .counterpart, .offered')) link.remove();
          const letters = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '');
          return letters(copy.textContent) === letters(heading.getAttribute('aria-label')) ? [] : [heading.outerHTML];
        }),
      );
      assert.deepEqual(misread, [], path);
      const links = await browser.page.evaluate(() => {
        const heading = [...document.querySelectorAll('h2, h3')].find((heading) => heading.querySelector('.anchor + .counterpart'));
        if (heading) heading.querySelector('.anchor').focus();
        return Boolean(heading);
      });
      if (!links) continue;
      await browser.page.keyboard.press('ArrowRight');
      assert.equal(await browser.page.evaluate(() => document.activeElement.className), 'counterpart', path);
      await browser.page.keyboard.press('ArrowLeft');
      assert.equal(await browser.page.evaluate(() => document.activeElement.className), 'anchor', path);
    }
  } finally {
    await browser.stop();
  }
});

test('in the colours that a system forces, drawings have them too', async () => {
  const browser = await start('Chromium');
  try {
    const session = await browser.page.createCDPSession();
    await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
    await browser.visit(`${onDisk}${languages[0]}/timeline.html`);
    const same = await browser.page.evaluate(() => {
      const axis = document.querySelector('.scale .axis');
      const probe = document.createElement('i');
      probe.style.color = 'CanvasText';
      document.body.append(probe);
      return getComputedStyle(axis).stroke === getComputedStyle(probe).color;
    });
    assert.ok(same, 'the axis has a colour of its own');
  } finally {
    await browser.stop();
  }
});
