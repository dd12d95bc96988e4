// With scripts switched off, a reader who clicks on a reference sees its definition, and a click on the
// citing place listed there leads back to the sentence where it stands. Every reference is clicked in both browsers.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, onDisk, start } from './lib/browsers.mjs';
import { page, target } from './lib/html.mjs';
import { serve } from './lib/server.mjs';
import { folder, pages } from './lib/site.mjs';

const references = (path) => page(path).elements.filter((element) => element.cites);
const citing = pages.filter((path) => references(path).length > 0);

test('the site has references to click on', () => assert.ok(citing.length > 0));

/** Marks, for the next click, the link among the citing places that leads to the given address. */
function markWayBack(url) {
  for (const link of document.querySelectorAll('[data-next]')) link.removeAttribute('data-next');
  const link = [...document.querySelectorAll('a.backref')].find((link) => link.href === url);
  link?.setAttribute('data-next', '');
  return Boolean(link);
}

/** The first of a page's references to each page that it cites. */
const onePerPage = (path) => {
  const cited = (href) => target(path, href).path;
  return references(path).filter(({ href }, index, all) => index === all.findIndex((other) => cited(other.href) === cited(href)));
};

const readers = [
  { name: 'Chromium', place: 'from the disk', on: 'a phone', width: 390, height: 780, clicked: references },
  { name: 'Firefox', place: 'over http', on: 'a wide screen', width: 1440, height: 900, clicked: references },
  { name: 'Chromium', place: 'over http', on: 'a wide screen', width: 1440, height: 900, clicked: onePerPage },
  { name: 'Firefox', place: 'from the disk', on: 'a phone', width: 390, height: 780, clicked: onePerPage },
];

for (const { name, place, on, width, height, clicked } of readers) {
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

    for (const path of citing) {
      const which = clicked === references ? 'every reference' : 'a reference to each cited page';
      test(`${which} on ${path} leads to its definition and back`, async () => {
        const site = place === 'over http' ? server.url : onDisk;
        await browser.page.goto(site + path);
        for (const { id, href } of clicked(path)) {
          await browser.click(`#${id}`);
          await arrival(browser.page, new URL(href, site + path).href);
          const here = `${site}${path}#${id}`;
          assert.ok(await browser.page.evaluate(markWayBack, here), `${href} lists #${id}`);
          await browser.click('a.backref[data-next]');
          await arrival(browser.page, here);
        }
      });
    }
  });
}
