// While an author writes, the page open in the browser follows: the text changes where the reader is, and what is wrong is
// said in the page, above the last good one.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { artefact } from './lib/artefacts.mjs';
import { browsers, start, until } from './lib/browsers.mjs';
import { makeCase } from './lib/cases.mjs';
import { program } from './lib/program.mjs';

const sections = Array.from({ length: 60 }, (_, at) => `## ${at + 1}. Section\n\n1-${at + 1}, The words of item ${at + 1}.\n`);
const long = `# Overview\n\n${sections.join('\n')}`;

for (const name of browsers) {
  describe(`In ${name}`, () => {
    const made = makeCase({
      'content/en/overview.md': long,
      'content/en/timeline.md': '# Timeline\n\n## 2 March 2031\n\n- 10:12, the parcel is sent.\n',
    });
    const overview = join(made.folder, 'content/en/overview.md');
    let served;
    let url;
    let browser;
    before(async () => {
      served = spawn(program, ['-r', made.folder, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
      [url] = await once(createInterface(served.stdout), 'line');
      browser = await start(name);
    });
    after(async () => {
      await browser?.stop();
      served.kill();
      await once(served, 'exit');
      made.remove();
    });

    const shows = (words) => until(browser.page, (words) => document.querySelector('main').innerText.includes(words), `the page shows "${words}"`, words);
    /** Whether nothing was loaded since the page was marked. */
    const mark = () => browser.page.evaluate(() => { window.marked = true; });
    const isSame = () => browser.page.evaluate(() => window.marked === true);
    const scrolled = () => browser.page.evaluate(() => Math.round(scrollY));

    test('an edit is shown where the reader is, without a flash', async () => {
      await browser.visit(`${url}en/overview.html`);
      await browser.page.evaluate(() => scrollTo({ top: 2400, behavior: 'instant' }));
      await mark();
      writeFileSync(overview, long.replace('The words of item 59.', 'Other words at last.'));
      await shows('Other words at last.');
      assert.ok(await isSame());
      assert.equal(await scrolled(), 2400);
    });

    test('a page that has been loaded anew is where it was', async () => {
      await browser.visit(`${url}en/overview.html`);
      await browser.page.evaluate(() => scrollTo({ top: 2400, behavior: 'instant' }));
      await mark();
      writeFileSync(join(made.folder, 'casefile.yaml'), 'title: Another title\n');
      await until(browser.page, () => document.title.includes('Another title'), 'the new title is there');
      await until(browser.page, () => Math.round(scrollY) === 2400, 'the page is where it was');
    });

    test('what is wrong is said above the last good page, until it is mended', async () => {
      await browser.visit(`${url}en/overview.html`);
      await mark();
      const config = join(made.folder, 'casefile.yaml');
      const good = readFileSync(config);
      writeFileSync(config, 'title: [\n');
      const problem = () => document.querySelector('[role=alert]')?.innerText ?? '';
      await until(browser.page, `(${problem})().includes('casefile.yaml:')`, 'the fault is told');
      await browser.page.screenshot({ path: artefact('serve', `problem-${name}.png`) });
      assert.doesNotMatch(await browser.page.evaluate(problem), /\x1b/);
      assert.match(await browser.page.evaluate(() => document.querySelector('main').innerText), /The words of item 1\./);
      // As editors do it: written beside, and then given the name.
      writeFileSync(`${config}~`, good);
      renameSync(`${config}~`, config);
      await until(browser.page, `(${problem})() === ''`, 'nothing is wrong any more');
      assert.ok(await isSame());
    });

    test('a page of another site reads nothing of the case, and may only lead readers to it', async () => {
      await browser.visit(`${url}en/overview.html`);
      const texts = await browser.page.evaluate(() => fetch('/search/manifest.js').then((answer) => answer.text()));
      assert.match(texts, /^casefileSearch\./);
      const other = createServer((_, response) => {
        const scripts = ['search/manifest.js', 'search/texts-0.js', '.live/live.js'].map((path) => `<script src="${url}${path}"></script>`);
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(`<!doctype html><title>other</title>
          <script>
            window.got = [];
            window.casefileSearch = new Proxy({}, { get: (_, name) => () => window.got.push(String(name)) });
          </script>
          ${scripts.join('')}<link rel="stylesheet" href="${url}static/casefile.css"><img src="${url}static/icon.svg">
          <iframe src="${url}en/overview.html"></iframe><object data="${url}en/overview.html"></object>
          <a href="${url}en/overview.html">the case</a>`);
      }).listen(0, '127.0.0.1');
      await once(other, 'listening');
      try {
        // Another port of this machine is the same site, and another name of it is another one.
        for (const host of ['127.0.0.1', 'localhost']) {
          await browser.page.goto(`http://${host}:${other.address().port}/`, { waitUntil: 'load' });
          const seen = await browser.page.evaluate(async (url) => ({
            got: window.got,
            image: document.images[0].naturalWidth,
            style: [...document.styleSheets].map((sheet) => { try { return sheet.cssRules.length; } catch { return 'closed'; } }),
            frames: [...document.querySelectorAll('iframe')].map((frame) => { try { return frame.contentDocument?.body?.innerText ?? ''; } catch { return 'closed'; } }),
            fetched: await fetch(`${url}case.json`, { mode: 'no-cors' }).then((answer) => answer.status, () => 'refused'),
            cors: await fetch(`${url}case.json`).then(() => 'read', () => 'refused'),
          }), url);
          assert.deepEqual(seen.got, [], host);
          assert.equal(seen.image, 0, host);
          assert.ok(seen.style.every((sheet) => sheet === 'closed' || sheet === 0), `${host}: ${seen.style}`);
          assert.doesNotMatch(seen.frames.join(''), /The words of item/, host);
          assert.ok(['refused', 0].includes(seen.fetched), `${host}: ${seen.fetched}`);
          assert.equal(seen.cors, 'refused', host);
          for (const frame of browser.page.frames().slice(1)) {
            const text = await frame.evaluate(() => document.body.innerText).catch(() => '');
            assert.doesNotMatch(text, /The words of item/, `${host}: ${frame.url()}`);
          }
          await Promise.all([
            browser.page.waitForNavigation({ waitUntil: 'load' }),
            browser.page.evaluate(() => document.querySelector('a').click()),
          ]);
          await shows('The words of item 1.');
        }
      } finally {
        other.closeAllConnections();
        other.close();
      }
    });

    test('a change of another document leaves the page as it is', async () => {
      await browser.visit(`${url}en/overview.html`);
      await mark();
      writeFileSync(join(made.folder, 'content/en/timeline.md'), '# Timeline\n\n## 2 March 2031\n\n- 10:12, the parcel is lost.\n');
      await until(browser.page, async () => (await (await fetch('/case.json')).text()).includes('the parcel is lost'), 'all of the site is made');
      // News come in order: once the next is there, that of the other document was.
      writeFileSync(overview, long.replace('The words of item 60.', 'The last words.'));
      await shows('The last words.');
      assert.ok(await isSame());
    });
  });
}
