// Who comes for an answer sees it with the claim that it answers, who says it and how it stands, wherever the way began.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { artefact } from './lib/artefacts.mjs';
import { arrival, onDisk, start, until } from './lib/browsers.mjs';
import { answer, openSearch } from './lib/search.mjs';
import { languages } from './lib/site.mjs';

/** Whether the beginning of an element's own words is in the window and nothing lies before it. Asked in the page. */
function isSeen(element) {
  const line = element && element.getClientRects()[0];
  if (!line || line.top < 0 || line.top + 12 > innerHeight) return false;
  const hit = document.elementFromPoint(line.x + Math.min(20, line.width / 2), line.top + 10);
  return element.contains(hit);
}

for (const width of [390, 1280]) {
  describe(`In Chromium, ${width} px wide`, () => {
    let browser;
    before(async () => (browser = await start('Chromium', { width, height: width === 390 ? 844 : 800 })));
    after(() => browser?.stop());

    for (const language of languages) {
      test(`every answer of ${language} is shown with its claim, its speaker and its standing`, async () => {
        const url = `${onDisk}${language}/positions.html`;
        await browser.visit(url);
        const ids = await browser.page.evaluate(() => [...document.querySelectorAll('.answer')].map((answer) => answer.id || answer.querySelector('[id]').id));
        assert.ok(ids.length > 15, `${ids.length} answers`);
        const lost = [];
        for (const id of ids) {
          await browser.page.evaluate((id) => (location.hash = `#${id}`), id);
          await browser.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
          const seen = await browser.page.evaluate(`(() => {
            const isSeen = ${isSeen};
            const target = document.querySelector(':target');
            const statement = target.closest('.statement');
            const number = target.id.replace(/^claim-(\\d+-\\d+).*/, '$1');
            const claim = document.getElementById('claim-' + number);
            const claimNumber = document.querySelector('.answered .number') || claim.querySelector('.number');
            return [isSeen(statement.querySelector('.voice .party') || statement), isSeen(claimNumber), claimNumber.textContent.startsWith(number)];
          })()`);
          if (seen.includes(false)) lost.push(`${id}: ${seen}`);
        }
        assert.deepEqual(lost, []);
        await browser.page.evaluate(() => (location.hash = '#claim-1-3-1'));
        await browser.page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
        await browser.page.screenshot({ path: artefact('landing', `${language}-${width}.png`) });
      });

      test(`a search of ${language} for 1-3-1 names speaker, standing and claim, and leads to both`, async () => {
        await browser.visit(`${onDisk}${language}/overview.html`);
        await openSearch(browser);
        await answer(browser, '1-3-1');
        const link = `dialog li a[href*="/${language}/positions.html"][href$="#claim-1-3-1"]`;
        const words = await browser.page.evaluate((link) => [document.querySelector(`${link} .said`)?.textContent, document.querySelector(`${link} .claim-above`)?.textContent], link);
        assert.match(words[0], /[✕] /);
        assert.match(words[1], /^1-3 ./);
        await browser.page.screenshot({ path: artefact('landing', `${language}-search-${width}.png`) });
        await browser.click(link);
        await until(browser.page, `location.hash === '#claim-1-3-1' && document.readyState === 'complete' && (${isSeen})(document.querySelector('#claim-1-3 > .voice, .answered'))`, 'the claim is in view');
        assert.ok(await browser.page.evaluate(`(${isSeen})(document.querySelector('#claim-1-3-1 .number'))`));
      });
    }

    test('Back restores the place from which one left, to the pixel, and opens nothing unasked', async () => {
      await browser.visit(`${onDisk}zh/overview.html`);
      const left = await browser.page.evaluate(() => {
        const link = document.querySelector('a.ref[href^="positions.html#"], a[id^="via-"][href^="positions.html#"], a.ref[href*="#note"]');
        link.scrollIntoView({ block: 'center' });
        link.setAttribute('data-followed', '');
        return scrollY;
      });
      const href = await browser.page.evaluate(() => document.querySelector('[data-followed]').href);
      await browser.page.focus('[data-followed]');
      await browser.page.keyboard.press('Enter');
      await arrival(browser.page, href);
      await browser.page.goBack();
      await until(browser.page, `document.readyState === 'complete' && Math.abs(scrollY - ${left}) < 2`, 'the place is the same');
      assert.equal(await browser.page.evaluate(() => document.querySelector('.popover')), null);
    });
  });
}

test('a claim shown beside a reference is its speaker’s, and what the others say stands below with their names', async () => {
  const browser = await start('Chromium', { width: 1280, height: 800 });
  try {
    for (const language of languages) {
      for (const [page, id] of [['overview', 'claim-3-3'], ['timeline', 'claim-1-6']]) {
        await browser.visit(`${onDisk}${language}/${page}.html`);
        const link = `article a[href="positions.html#${id}"]:not(.backref)`;
        await browser.page.$eval(link, (element) => element.scrollIntoView({ block: 'center' }));
        await browser.page.hover(link);
        await until(browser.page, () => Boolean(document.querySelector('.popover')), 'the claim is shown');
        const [claim, answer] = await browser.page.evaluate(() =>
          [...document.querySelectorAll('.popover .voice')].map((voice) => ({ party: voice.querySelector('.party').textContent, disputes: Boolean(voice.querySelector('.disputed')), text: voice.textContent })),
        );
        assert.ok(!claim.disputes && /主张|claims/.test(claim.text), claim.text);
        assert.ok(answer.disputes && answer.party !== claim.party && answer.text.length > 20, answer.text);
      }
    }
  } finally {
    await browser.stop();
  }
});

test('every way to another language keeps the place: the switch, side by side, and the link beside an item', async () => {
  const browser = await start('Chromium', { width: 1280, height: 800 });
  const [first, second] = languages;
  try {
    for (const selector of ['.languages a[hreflang]', '.views a', '.also a']) {
      await browser.visit(`${onDisk}${first}/positions.html#claim-1-3-1`);
      await until(browser.page, (selector) => Boolean(document.querySelector(selector)), `${selector} is there`, selector);
      // Clicked as it stands: to bring it into view would be to leave the place.
      await browser.page.evaluate((selector) => document.querySelector(selector).click(), selector);
      await until(browser.page, (first) => !location.pathname.includes(`/${first}/`) && document.readyState === 'complete', 'another page is open', first);
      assert.equal(await browser.page.evaluate(() => location.hash), '#claim-1-3-1', selector);
    }
    // Where the address names nothing that is in view, what stands at the top of the window is the place.
    await browser.visit(`${onDisk}${first}/positions.html`);
    await browser.page.evaluate(() => document.getElementById('claim-2-4').scrollIntoView());
    await browser.page.evaluate(() => document.querySelector('.languages a[hreflang]').click());
    await until(browser.page, (second) => location.pathname.includes(`/${second}/`) && document.readyState === 'complete', 'the other language is open', second);
    assert.equal(await browser.page.evaluate(() => location.hash), '#claim-2-4');
    assert.ok(await browser.page.evaluate(() => Boolean(document.querySelector(':target'))));
    // On a phone, too: the first whose beginning can be read below the bar, not the end of the one above it.
    await browser.page.setViewport({ width: 390, height: 844 });
    await browser.visit(`${onDisk}${first}/positions.html`);
    await browser.page.evaluate(() => scrollTo(0, document.getElementById('claim-3-4').getBoundingClientRect().top + scrollY - 120));
    await browser.page.evaluate(() => document.querySelector('.languages a[hreflang]').click());
    await until(browser.page, (second) => location.pathname.includes(`/${second}/`) && document.readyState === 'complete', 'the other language is open', second);
    assert.equal(await browser.page.evaluate(() => location.hash), '#claim-3-4');
  } finally {
    await browser.stop();
  }
});
