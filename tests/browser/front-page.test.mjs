// The front page: the case in brief, taken from the pages it leads to.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, onDisk, start } from './lib/browsers.mjs';
import { page, target } from './lib/html.mjs';
import { serve } from './lib/server.mjs';
import { folder, kind, language, languages, some, told } from './lib/site.mjs';

const fronts = some(told.filter((path) => kind(path) === 'index'), 'front page');

const plain = (text) => text.replaceAll(/\s+/g, ' ').trim();
const within = (element, className) => [...element].filter((inner) => inner.has(className));
const named = (element, name) => [...element].filter((inner) => inner.name === name);
const part = (path, className) => within(page(path).root, className).find(({ name }) => name === 'section');
const links = (element) => [...element].filter(({ name, href }) => name === 'a' && href);

/** What an author wrote: the text without the lists of citing places. */
const written = (element) => plain(within(element, 'backrefs').reduce((text, list) => text.replace(list.text, ' '), element.text));

/** What an item of a list says itself, without the lists in it. */
const own = (item) => {
  const lists = item.children.filter(({ name }) => ['ul', 'ol'].includes(name));
  return plain(lists.reduce((text, list) => text.replace(list.text, ' '), item.text));
};

/** The place that a link on a page leads to: its element, or the whole page's. */
const place = (path, href) => {
  const { path: there, fragment } = target(path, href);
  if (fragment === undefined) return { path: there, element: page(there).ids.get('main') };
  const element = page(there).ids.get(fragment);
  return { path: there, element: element?.name === 'span' ? element.parent : element };
};

const figures = (path) => {
  const lines = named(part(path, 'figures'), 'tr').slice(1);
  return lines.flatMap((line, index) =>
    line.has('places')
      ? []
      : [{ name: plain(line.children[0].text), value: plain(line.children[1].text), places: links(lines[index + 1]) }],
  );
};

const parties = (path) =>
  named(part(path, 'parties'), 'li').map((line) => ({
    colour: line.attributes.get('class'),
    name: within(line, 'party').map(({ text }) => plain(text))[0],
    href: within(line, 'party')[0].href,
    role: within(line, 'role').map(({ text }) => plain(text))[0],
    claims: within(line, 'count').map(({ text }) => Number(/\d+/.exec(text)[0]))[0],
  }));

test('there is a front page in every language, with as many parties, figures, questions and parts', () => {
  assert.deepEqual(fronts.map(language).sort(), [...languages].sort());
  const [first, ...others] = fronts.map((path) => ({
    parties: parties(path).map(({ colour, claims }) => ({ colour, claims })),
    figures: figures(path).map(({ value }) => /[\d,.]+/.exec(value)[0]),
    happened: named(part(path, 'happened'), 'p').length,
    asked: named(part(path, 'asked'), 'li').length,
    begin: named(part(path, 'begin'), 'h3').length,
  }));
  for (const count of [first.parties.length, first.figures.length, first.happened, first.asked, first.begin]) assert.ok(count > 0);
  for (const other of others) assert.deepEqual(other, first);
});

for (const path of fronts) {
  test(`${path} names every party with its role and how many claims it makes, as on the page it leads to`, () => {
    for (const { name, role, href, claims, colour } of parties(path)) {
      assert.ok(name && role, name);
      const { path: there, element } = place(path, href);
      assert.ok(element, `${href}: no such place`);
      const made = within(page(there).root, 'claim').filter((claim) => claim.has(colour));
      assert.equal(claims, made.length, name);
      for (const claim of made) assert.equal(plain(within(claim, 'party')[0].text), name);
    }
  });

  test(`every key figure on ${path} stands at each place that is named for it`, () => {
    for (const { name, value, places } of figures(path)) {
      assert.ok(name !== '' && places.length > 0, name);
      const digits = /[\d,.]+/.exec(value)[0].replaceAll(',', '');
      for (const link of places) {
        assert.ok(plain(link.text) !== '', `${name}: ${link.href} has no text`);
        const { element } = place(path, link.href);
        const numbers = (element?.text.match(/\d[\d,]*(\.\d+)?/g) ?? []).map((number) => Number(number.replaceAll(',', '')));
        assert.ok(numbers.includes(Number(digits)), `${name}: ${digits} is not at ${link.href}`);
      }
    }
  });

  test(`every figure on ${path} has a unit`, () => {
    assert.deepEqual(
      figures(path).filter(({ value }) => !/\d\s*\p{L}+$/u.test(value)),
      [],
    );
  });

  for (const name of ['asked', 'begin']) {
    test(`what ${path} says in its part "${name}" stands word for word in the section it leads to`, () => {
      const section = part(path, name);
      const [heading] = named(section, 'h2');
      const { element: source } = place(path, links(heading)[0].href);
      assert.ok(source, 'the heading leads to no section');
      const original = written(source);
      assert.ok(original.includes(plain(heading.text)), heading.text);
      const said = ['p', 'h3', 'li'].flatMap((tag) => named(section, tag)).map(own);
      assert.ok(said.length > 0);
      for (const piece of said) assert.ok(original.includes(piece), piece);
    });
  }

  test(`every number of an item on ${path} leads to the item with that number`, () => {
    const numbers = within(page(path).root, 'number').filter(({ href }) => href);
    assert.ok(numbers.length > 0);
    for (const number of numbers) {
      const { element } = place(path, number.href);
      assert.equal(plain(within(element, 'number')[0].text), plain(number.text));
    }
  });

  test(`${path} leads to every other page of its language, to those of the exhibits by the list of exhibits`, () => {
    const reached = (from) => new Set(links(page(from).ids.get('main')).map(({ href }) => target(from, href).path));
    const list = told.find((other) => language(other) === language(path) && kind(other) === 'exhibits');
    const [here, listed] = [reached(path), list ? reached(list) : new Set()];
    assert.deepEqual(
      told.filter(
        (other) => language(other) === language(path) && other !== path && !(kind(other) === 'exhibit' ? listed : here).has(other),
      ),
      [],
    );
  });
}

for (const { name, place, on, width } of [
  { name: 'Chromium', place: 'from the disk', on: 'a phone', width: 320 },
  { name: 'Firefox', place: 'over http', on: 'a wide screen', width: 1280 },
]) {
  describe(`In ${name} without scripts, ${place}, on ${on}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await serve(folder);
      browser = await start(name, { scripts: false, width });
    });
    after(async () => {
      await browser?.stop();
      await server.stop();
    });

    for (const path of fronts) {
      test(`a click on the first and the last link in every part of ${path} shows the place it leads to`, async () => {
        const url = (place === 'over http' ? server.url : onDisk) + path;
        const parts = [...page(path).ids.get('main')].filter((element) => element.name === 'section' && links(element).length > 0);
        assert.ok(parts.length > 0);
        // That one can click on every other link too, is seen in scripts-off.test.mjs.
        for (const href of new Set(parts.flatMap((part) => [links(part)[0].href, links(part).at(-1).href]))) {
          await browser.page.goto(url);
          await browser.click(`main section a[href="${href}"]`);
          await arrival(browser.page, new URL(href, url).href);
        }
      });

      test(`${path} leads to every document ${on === 'a phone' ? 'from the first screens, and the list' : 'from the list'} stands ${on === 'a phone' ? 'below' : 'beside'} the brief`, async () => {
        await browser.visit((place === 'over http' ? server.url : onDisk) + path);
        const listed = await browser.page.evaluate(() => [...document.querySelectorAll('.documents-list a')].map((link) => link.getAttribute('href')));
        const near = await browser.page.evaluate(() => {
          const links = [...document.querySelectorAll('.at-once a')].filter((link) => link.getClientRects().length);
          return links.map((link) => [link.getAttribute('href'), link.getBoundingClientRect().bottom]);
        });
        if (on !== 'a phone') assert.deepEqual(near, []);
        else assert.deepEqual(listed.filter((href) => !near.some(([to, bottom]) => to === href && bottom < 844)), []);
      });

      test(`${path} shows the parties and the documents ${on === 'a phone' ? 'below' : 'beside'} the brief`, async () => {
        await browser.visit((place === 'over http' ? server.url : onDisk) + path);
        const [brief, register] = await browser.page.evaluate(() =>
          ['.brief', '.register'].map((selector) => {
            const { left, right, top, bottom } = document.querySelector(selector).getBoundingClientRect();
            return { left, right, top, bottom };
          }),
        );
        if (on === 'a phone') assert.ok(register.top >= brief.bottom);
        else assert.ok(register.left >= brief.right && Math.abs(register.top - brief.top) < 1);
      });
    }
  });
}
