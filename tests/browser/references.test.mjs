// With scripts switched off, a reader who clicks on a reference sees its definition, and a click on the citing place
// listed there leads back to the sentence where it stands. That every reference has its definition and every definition
// its citing places, is seen without a browser (addresses.test.mjs), and that nothing covers a link or the place it
// leads to, in every page (scripts-off.test.mjs); here it is done, with references of every kind.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, onDisk, start, until } from './lib/browsers.mjs';
import { page, target } from './lib/html.mjs';
import { serve } from './lib/server.mjs';
import { folder, kind, language, languages, pages } from './lib/site.mjs';

const className = (element) => element?.attributes.get('class')?.split(/\s+/)[0];

/** All of the references in a language, each with what matters for how it is followed. */
const references = (tag) =>
  pages
    .filter((path) => language(path) === tag && kind(path) !== 'print')
    .flatMap((path) =>
      page(path)
        .elements.filter((element) => element.cites)
        .map((element) => {
          const there = target(path, element.href);
          const cited = page(there.path).ids.get(there.fragment);
          const block = [...element.ancestors()].find(({ name }) => /^(p|li|dd|t[dh]|h[1-6]|figure)$/.test(name));
          return {
            path,
            element,
            traits: [
              `from ${kind(path)}`,
              `to ${kind(there.path)}`,
              `${className(element)} in ${block?.name} of class ${className(block)}`,
              `to ${cited?.name} of class ${className(cited)} on ${there.path === path ? 'the same page' : 'another page'}`,
            ],
          };
        }),
    );

/** References among which every trait is there that any of them has. */
function sample(references) {
  const known = new Set();
  return references.filter(({ traits }) => {
    const news = traits.filter((trait) => !known.has(trait));
    for (const trait of news) known.add(trait);
    return news.length > 0;
  });
}

test('there are references of many kinds to click on, and none is of a kind that is left out', () => {
  for (const tag of languages) {
    const all = references(tag);
    const traits = (some) => [...new Set(some.flatMap(({ traits }) => traits))].sort();
    assert.ok(sample(all).length > 10);
    assert.deepEqual(traits(sample(all)), traits(all));
  }
});

/** Marks, for the next click, the link among the citing places that leads to the given address. */
function markWayBack(url) {
  for (const link of document.querySelectorAll('[data-next]')) link.removeAttribute('data-next');
  const link = [...document.querySelectorAll('a.backref')].find((link) => link.href === url);
  link?.setAttribute('data-next', '');
  return Boolean(link);
}

const readers = [
  { name: 'Chromium', place: 'from the disk', on: 'a phone', width: 390, height: 780 },
  { name: 'Firefox', place: 'over http', on: 'a wide screen', width: 1440, height: 900 },
  { name: 'Chromium', place: 'over http', on: 'a wide screen', width: 1440, height: 900 },
  { name: 'Firefox', place: 'from the disk', on: 'a phone', width: 390, height: 780 },
];

for (const [index, { name, place, on, width, height }] of readers.entries()) {
  describe(`In ${name} without scripts, ${place}, on ${on}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await serve(folder);
      browser = await start(name, { scripts: false, width, height });
    });
    after(async () => {
      await browser?.stop();
      await server.stop();
    });

    // Every language is read in both browsers, both ways, and on both screens.
    const chosen = sample(references(languages[(index >> 1) % languages.length]));
    for (const path of new Set(chosen.map(({ path }) => path))) {
      test(`references of every kind on ${path} lead to their definitions and back`, async () => {
        const site = place === 'over http' ? server.url : onDisk;
        await browser.page.goto(site + path);
        for (const { element } of chosen.filter((reference) => reference.path === path)) {
          await browser.click(`#${element.id}`);
          await arrival(browser.page, new URL(element.href, site + path).href);
          const here = `${site}${path}#${element.id}`;
          assert.ok(await browser.page.evaluate(markWayBack, here), `${element.href} lists #${element.id}`);
          await browser.click('a.backref[data-next]');
          await arrival(browser.page, here);
        }
      });
    }
  });
}

describe('Where something is cited on another page', () => {
  let server;
  before(async () => (server = await serve(folder)));
  after(() => server?.stop());

  for (const [name, place] of [['Chromium', 'from the disk'], ['Firefox', 'over http']]) {
    describe(`In ${name}, ${place}`, () => {
      let browser;
      before(async () => (browser = await start(name, { width: 1280, height: 900 })));
      after(() => browser?.stop());

      /** What the note beside a link shows once somebody points at it. */
      async function note(link) {
        await browser.page.mouse.move(2, 2);
        await browser.page.evaluate((link) => document.querySelector(link).scrollIntoView({ block: 'center' }), link);
        await browser.page.hover(link);
        await until(browser.page, () => Boolean(document.querySelector('.popover')), `a note beside ${link}`);
        return browser.page.evaluate(() => ['.answered', '.voice', '.label', 'p:not(.answered):not(.voice):not(.label)'].map((part) => document.querySelector(`.popover .copy > ${part}`)?.textContent));
      }

      for (const tag of languages) {
        const url = (path) => `${place === 'over http' ? server.url : onDisk}${tag}/${path}`;

        test(`what an exhibit bears on shows in ${tag} who says it, how it stands and its words`, async () => {
          await browser.visit(url('exhibit-1.html'));
          const [claim, voice, , words] = await note('.bears-on a[href$="#claim-1-1-1"]');
          assert.match(claim, /^1-1 ./);
          assert.match(voice, /. \+ ./);
          assert.match(words, /^1-1-1/);
        });

        test(`a place that cites shows in ${tag} where it is and what it says`, async () => {
          await browser.visit(url('positions.html'));
          const [, , label, words] = await note('a.backref[href^="overview.html#"]');
          assert.ok(label.length > 3 && words.length > 20, `${label}: ${words}`);
          // Of a long section the lines that cite the exhibit.
          await browser.visit(url('exhibit-1.html'));
          await note('.cited li:nth-child(2) a.backref');
          const [exhibit, ...lines] = await browser.page.evaluate(() => [
            document.querySelector('h1 > .exhibit-label').textContent,
            ...Array.from(document.querySelectorAll('.popover .copy > p:not(.label)'), (line) => line.textContent),
          ]);
          assert.ok(lines.length > 1 && lines.slice(1).every((line) => line.includes(exhibit)), lines.join('\n'));
        });
      }
    });
  }
});
