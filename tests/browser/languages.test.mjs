// Each page leads to the same page in every other language, and each section to the same section.
// Only from a list to hand in, which no other language has, one gets to the other language's home page.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, onDisk, start } from './lib/browsers.mjs';
import { page, target } from './lib/html.mjs';
import { serve } from './lib/server.mjs';
import { eachKind, folder, language, languages, some, told } from './lib/site.mjs';

const sameIn = (path, tag) => path.replace(/^[^/]+/, tag);
/** A list to hand in follows the rules of one country's courts, so it is there in that language alone. */
const alone = (path) => page(path).elements.some((element) => element.name === 'body' && element.has('catalogue'));
const counterpart = (path, tag) => (alone(path) ? `${tag}/index.html` : sameIn(path, tag));
const others = (path) => languages.filter((tag) => tag !== language(path));

test('the site has more than one language', () => assert.ok(languages.length > 1));

test('the language chooser offers every language in its own words', () => {
  const offered = page('index.html').elements.filter((element) => element.name === 'a' && element.attributes.has('hreflang'));
  assert.deepEqual(offered.map(({ href }) => href).sort(), languages.map((tag) => `${tag}/index.html`).sort());
  for (const link of offered) {
    assert.ok([...link.ancestors()].some(({ attributes }) => attributes.get('lang') === link.attributes.get('hreflang')));
  }
});

for (const path of told) {
  test(`${path} says which language it is in`, () => {
    assert.equal(page(path).root.attributes.get('lang'), language(path));
  });

  if (alone(path)) {
    test(`${path}, a list to hand in, is in no other language`, () => {
      assert.deepEqual(
        others(path).filter((tag) => told.includes(sameIn(path, tag))),
        [],
      );
    });
  } else {
    test(`${path} is there in every language`, () => {
      for (const tag of others(path)) assert.ok(told.includes(sameIn(path, tag)), sameIn(path, tag));
    });
  }

  test(`the language switcher on ${path} names every language, and leads to the page's counterpart in every other one`, () => {
    const [switcher] = page(path).elements.filter((element) => element.has('languages'));
    const links = [...switcher].filter(({ name, href }) => name === 'a' && href);
    assert.deepEqual(links.map(({ attributes }) => attributes.get('hreflang')).sort(), others(path).sort());
    for (const link of links) {
      assert.deepEqual(target(path, link.href), { path: counterpart(path, link.attributes.get('hreflang')), fragment: undefined });
    }
    const here = [...switcher].filter(({ attributes }) => attributes.has('aria-current'));
    assert.deepEqual(here.map(({ attributes }) => attributes.get('lang')), [language(path)]);
  });

  test(`every section of ${path} leads to the same section in the other language`, () => {
    const links = page(path).elements.filter((element) => element.name === 'a' && element.has('counterpart'));
    for (const link of links) {
      const there = target(path, link.href);
      assert.equal(there.path, counterpart(path, link.attributes.get('hreflang')));
      assert.ok(
        [...link.ancestors()].some(({ id }) => id === there.fragment),
        `${link.href}: the section here, on line ${link.line}, is named otherwise`,
      );
      const same = page(there.path).ids.get(there.fragment);
      assert.ok(same, `${link.href}: no such section there`);
      const back = [...same].find((inner) => inner.has('counterpart'));
      assert.deepEqual(target(there.path, back?.href ?? ''), { path, fragment: there.fragment });
    }
  });
}

/** Where the switcher is clicked on, there and back. */
const clicked = told.filter((path) => eachKind.includes(path));

/** The last section of the site that leads to another language. */
const [path, link] = some(
  told.flatMap((path) => page(path).elements.filter((element) => element.has('counterpart')).map((link) => [path, link])),
  'link from a section to its translation',
).at(-1);

for (const [name, place] of [
  ['Chromium', 'over http'],
  ['Firefox', 'from the disk'],
]) {
  describe(`In ${name}, ${place}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await serve(folder);
      browser = await start(name, { scripts: false });
    });
    after(async () => {
      await browser?.stop();
      await server.stop();
    });
    const site = () => (place === 'over http' ? server.url : onDisk);

    for (const path of clicked) {
      test(`the language switcher leads from ${path} to its counterparts and back`, async () => {
        await browser.page.goto(site() + path);
        for (const tag of others(path)) {
          await browser.click(`.languages a[hreflang="${tag}"]`);
          await arrival(browser.page, site() + counterpart(path, tag));
          await browser.click(`.languages a[hreflang="${language(path)}"]`);
          await arrival(browser.page, site() + counterpart(counterpart(path, tag), language(path)));
        }
      });
    }

    for (const tag of languages) {
      test(`the language chooser leads to ${tag}/index.html`, async () => {
        await browser.page.goto(`${site()}index.html`);
        await browser.click(`main a[hreflang="${tag}"]`);
        await arrival(browser.page, `${site()}${tag}/index.html`);
      });
    }

    test(`a section's link to the other language, clicked on ${path}, shows that section`, async () => {
      await browser.page.goto(site() + path);
      await browser.click(`a.counterpart[href="${link.href}"]`);
      await arrival(browser.page, new URL(link.href, site() + path).href);
      await browser.click(`a.counterpart[href$="${path}#${target(path, link.href).fragment}"]`);
      await arrival(browser.page, `${site()}${path}#${target(path, link.href).fragment}`);
    });
  });
}
