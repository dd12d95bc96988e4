// Every page opens cleanly in both browsers, over http below a project path and straight from the disk,
// and asks nobody but the site for anything.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browsers, onDisk, start } from './lib/browsers.mjs';
import { serve } from './lib/server.mjs';
import { folder, languages, pages } from './lib/site.mjs';

/** What the page should have loaded and has not. Asked in the page. */
function notLoaded() {
  const missing = [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src);
  if (!getComputedStyle(document.documentElement).getPropertyValue('--paper')) missing.push('the style sheet');
  return missing;
}

for (const name of browsers) {
  describe(`In ${name}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await serve(folder);
      browser = await start(name);
    });
    after(async () => {
      await browser?.stop();
      await server.stop();
    });

    for (const place of ['over http', 'from the disk']) {
      // The page for wrong addresses knows no depth, and asks for its files at several.
      for (const path of pages.filter((path) => path !== '404.html')) {
        test(`${path} opens ${place} without an error, with its style and pictures, and asks only the site`, async () => {
          const site = place === 'over http' ? server.url : onDisk;
          const { problems, requests } = await browser.visitAfresh(site + path);
          assert.deepEqual(problems, []);
          assert.deepEqual(await browser.page.evaluate(notLoaded), []);
          assert.deepEqual(
            requests.filter((url) => !url.startsWith(site) && !url.startsWith('data:')),
            [],
          );
        });
      }
    }

    for (const path of ['no-such-page.html', 'zh/no-such-page.html', 'a/b/c/d/', '404.html']) {
      test(`the wrong address ${path} shows the page for wrong addresses, with its style and the way home`, async () => {
        const { status, requests } = await browser.visitAfresh(server.url + path);
        assert.equal(status, path === '404.html' ? 200 : 404);
        assert.deepEqual(await browser.page.evaluate(notLoaded), []);
        const ways = () => [...document.querySelectorAll('main a')].map((link) => link.href).sort();
        assert.deepEqual(
          await browser.page.evaluate(ways),
          languages.map((tag) => `${server.url}${tag}/index.html`),
        );
        const host = new URL(server.url).origin;
        assert.deepEqual(requests.filter((url) => !url.startsWith(`${host}/`)), []);
      });
    }

    test('no host that the site names was asked for anything', () => {
      assert.deepEqual(browser.way.named(), []);
    });
  });
}
