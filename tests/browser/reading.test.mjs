// What the script adds for readers: light and dark, notes beside the text, contents that follow, citations to
// copy, a way back. Everything is done as a person would do it, with the mouse, the keyboard or a finger.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { arrival, browsers, onDisk, start, until } from './lib/browsers.mjs';
import { page as read, target } from './lib/html.mjs';
import { serve } from './lib/server.mjs';
import { folder, language, languages, some, told } from './lib/site.mjs';

const documents = told.filter((path) => read(path).elements.some((element) => element.name === 'body' && element.has('document')));
const references = (path) => read(path).elements.filter((element) => element.name === 'a' && element.has('ref') && element.href);
/** The references of a page to notes on the same page that are short enough for the margin. */
const toNotes = (path) => references(path).filter(({ href }) => href.startsWith('#') && read(path).ids.get(href.slice(1))?.has('note'));
const [citing] = some(documents.filter((path) => toNotes(path).length > 1), 'document that refers to notes of its own').sort((a, b) => toNotes(b).length - toNotes(a).length);
const [ownNote] = toNotes(citing);
/** A reference to a note on another page of the same language, and the page where it stands. */
const toFarNotes = documents
  .flatMap((path) => references(path).map((link) => [path, link]))
  .filter(([path, { href }]) => {
    const there = target(path, href);
    return there.path !== path && language(there.path) === language(path) && read(there.path).ids.get(there.fragment)?.has('note');
  });
const [[farPath, farNote]] = some(toFarNotes, 'reference to a note on another page');
const translated = languages.map((tag) => citing.replace(/^[^/]+/, tag));
const [longest] = documents.toSorted((a, b) => read(b).elements.length - read(a).elements.length);
const citable = (path) => read(path).elements.filter(({ attributes }) => attributes.has('data-cite') && attributes.has('id'));
const nested = documents
  .flatMap((path) => citable(path).map((element) => [path, element]))
  .filter(([, element]) => element.name === 'li' && element.has('item') && element.parent.parent.has('item'));
const [[itemPath, item]] = some(nested, 'item within an item');

const scheme = () => {
  const [red] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g);
  return red < 128 ? 'dark' : 'light';
};
const words = (path, name) => read(path).elements.find((element) => element.name === 'script').attributes.get(`data-${name}`);
const rest = (page) => page.mouse.move(2, 2);
/** After whatever the script does in the next frames. */
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))));

/** As in a browser that lets nobody store anything. Run in the page before its own script. */
function forbidStorage() {
  const forbidden = { get: () => { throw new Error('storage is forbidden'); }, set: () => { throw new Error('storage is forbidden'); } };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, forbidden);
  Object.defineProperty(document, 'cookie', forbidden);
}

/** Where every piece of the page's text stands, but for what the script put there. Asked in the page. */
function textPlaces() {
  const places = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest('.cite, .also, .margin, [aria-live]')) continue;
    range.selectNodeContents(walker.currentNode);
    for (const { x, y, width, height } of range.getClientRects()) places.push([x, y + scrollY, width, height].map(Math.round).join());
  }
  return places;
}

/** Puts the mouse on something, in steps as a hand does. */
async function pointAt(page, selector) {
  const spot = await page.evaluate((selector) => {
    const element = document.querySelector(selector);
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = element.getClientRects()[0];
    return { x: x + width / 2, y: y + height / 2 };
  }, selector);
  await settled(page);
  await page.mouse.move(spot.x, spot.y, { steps: 3 });
  return spot;
}

/** Loads the page again, by the page's own means: Firefox does not always tell who drives it that it has done so. */
async function again(page) {
  await page.evaluate(() => {
    window.isOld = true;
    location.reload();
  });
  await until(page, () => !window.isOld && document.readyState === 'complete', 'the page is there again');
}

const open = (page) => until(page, () => document.querySelector('.popover') !== null, 'the note is open');
const closed = (page) => until(page, () => !document.querySelector('.popover'), 'the note is closed');

for (const name of browsers) {
  describe(`In ${name}`, () => {
    let server;
    let browser;
    let page;
    before(async () => {
      server = await serve(folder);
      browser = await start(name);
      ({ page } = browser);
      await page.evaluateOnNewDocument(forbidStorage);
    });
    after(async () => {
      await browser?.stop();
      await server.stop();
    });

    for (const place of name === 'Chromium' ? ['over http', 'from the disk'] : ['from the disk']) {
      const site = () => (place === 'over http' ? server.url : onDisk);

      test(`light or dark, once chosen, goes along to the next page, outlives a reload, and nothing is stored, ${place}`, async () => {
        const { problems } = await browser.visit(site() + citing);
        assert.equal(await page.evaluate(scheme), 'light');
        await browser.click('button.theme');
        assert.equal(await page.evaluate(scheme), 'dark');
        assert.equal(await page.$eval('button.theme', (button) => button.textContent), words(citing, 'light'));
        await again(page);
        assert.equal(await page.evaluate(scheme), 'dark');
        const next = '.documents li:not(:first-child) > a:not([aria-current])';
        const href = await page.$eval(next, (link) => link.href);
        await browser.click(next);
        await arrival(page, href);
        assert.equal(await page.evaluate(scheme), 'dark');
        await again(page);
        assert.equal(await page.evaluate(scheme), 'dark');
        assert.equal(page.url(), href);
        await browser.click('.contents a');
        await again(page);
        assert.equal(await page.evaluate(scheme), 'dark', 'after a step on the same page');
        for (const url of [href, site() + citing]) {
          // Not at once, for the answer must come before the page is gone.
          await page.evaluate(() => void setTimeout(() => history.back()));
          await arrival(page, url);
        }
        assert.equal(await page.evaluate(scheme), 'dark');
        await browser.click('button.theme');
        assert.equal(await page.evaluate(scheme), 'light');
        await browser.click(next);
        await arrival(page, href);
        assert.equal(await page.evaluate(scheme), 'light');
        assert.deepEqual(problems, []);
      });

      test(`who followed a reference to another page is led back to exactly that place, ${place}`, async () => {
        await browser.visit(site() + farPath);
        await browser.click(`#${farNote.id}`);
        await arrival(page, new URL(farNote.href, site() + farPath).href);
        const backref = await page.evaluate((url) => [...document.querySelectorAll('a.backref')].find(({ href }) => href === url).textContent, `${site()}${farPath}#${farNote.id}`);
        assert.equal(await page.$eval('.way-back a', (link) => link.textContent), `← ${words(farPath, 'back-to').replace('{place}', backref)}`);
        await again(page);
        await browser.click('.way-back a');
        await arrival(page, `${site()}${farPath}#${farNote.id}`);
        assert.equal(await page.$('.way-back'), null);
      });

      test(`a crafted address changes neither colours nor words nor links, ${place}`, async () => {
        const crafted = ['theme=sepia', 'theme=%3Cscript%3E', 'from=javascript:alert(1)%23ref-1', 'from=https://evil.example/%23ref-1', 'from=%E0%A4%A&theme=%', `from=${farPath}%23no-such`, 'from='];
        for (const query of crafted) {
          await page.goto(`${site()}${citing}?${query}${ownNote.href}`);
          assert.equal(await page.evaluate(scheme), 'light', query);
          assert.equal(await page.$('.way-back'), null, query);
          assert.equal(await page.$$eval('[href*="evil"], [href^="javascript"]', (links) => links.length), 0);
        }
      });
    }

    test('who followed a reference on the same page is led back, and Escape or the cross closes the way', async () => {
      await browser.visit(server.url + citing);
      for (const close of ['follow', 'Escape', 'cross']) {
        await browser.click(`#${ownNote.id}`);
        await until(page, () => document.querySelector('.way-back') !== null, 'the way back is shown');
        if (close === 'follow') {
          await browser.click('.way-back a');
          await arrival(page, `${server.url}${citing}#${ownNote.id}`);
        } else if (close === 'Escape') await page.keyboard.press('Escape');
        else await browser.click('.way-back button');
        await until(page, () => !document.querySelector('.way-back'), `closed: ${close}`);
      }
      await again(page);
      assert.equal(await page.$('.way-back'), null, 'closed is closed, after a reload too');
    });

    test('the way back leaves the last line of the page free', async () => {
      await page.setViewport({ width: 390, height: 780 });
      await browser.visit(`${server.url}${target(farPath, farNote.href).path}?from=${farPath}%23${farNote.id}`);
      const { line, chip } = await page.evaluate(() => {
        scrollTo(0, document.documentElement.scrollHeight);
        return {
          line: document.querySelector('.colophon p:last-child').getBoundingClientRect().bottom,
          chip: document.querySelector('.way-back').getBoundingClientRect().top,
        };
      });
      assert.ok(line < chip, `${line} is below ${chip}`);
      await page.setViewport({ width: 1440, height: 900 });
    });

    for (const path of translated) {
      test(`on a wide screen the notes of ${path} stand beside their lines, none on another, none twice`, async () => {
        await browser.visit(onDisk + path);
        await until(page, () => document.querySelector('.margin-note.shown') !== null, 'there are notes in the margin');
        await settled(page);
        const notes = await page.evaluate(() =>
          [...document.querySelectorAll('.margin-note.shown')].map((note) => {
            const { top, bottom, left } = note.getBoundingClientRect();
            const href = note.querySelector('.more').getAttribute('href');
            const reference = document.querySelector(`a.ref[href="${CSS.escape(href).replace(/\\/g, '\\')}"]`) ?? [...document.querySelectorAll('a.ref')].find((link) => link.getAttribute('href') === href);
            return { href, top, bottom, left, line: reference.getClientRects()[0].top, text: document.querySelector('article').getBoundingClientRect().right };
          }),
        );
        notes.sort((a, b) => a.top - b.top);
        assert.equal(new Set(notes.map(({ href }) => href)).size, notes.length);
        notes.forEach(({ href, top, left, line, text }, index) => {
          const free = index ? notes[index - 1].bottom : -Infinity;
          assert.ok(top >= free, `${href} stands on the note before it`);
          assert.ok(Math.abs(top - line) < 2 || top - free < 14, `${href} stands away from its line without need`);
          assert.ok(left > text, `${href} stands in the text`);
        });
      });
    }

    test('the margin is for the eye alone: no ids, nothing to tab to, nothing for whoever copies the text', async () => {
      await browser.visit(onDisk + citing);
      await until(page, () => document.querySelector('.margin-note.shown') !== null, 'there are notes in the margin');
      const { hidden, ids, reached, selected, twice } = await page.evaluate(() => {
        const margin = document.querySelector('.margin');
        const hidden = margin.getAttribute('aria-hidden');
        const ids = margin.querySelectorAll('[id]').length;
        const reached = [...margin.querySelectorAll('a[href], [tabindex]')].filter((element) => element.tabIndex >= 0).length;
        getSelection().selectAllChildren(document.querySelector('main'));
        const selected = getSelection().toString();
        margin.remove();
        getSelection().selectAllChildren(document.querySelector('main'));
        return { hidden, ids, reached, selected, twice: getSelection().toString() };
      });
      assert.deepEqual({ hidden, ids, reached }, { hidden: 'true', ids: 0, reached: 0 });
      assert.equal(selected.trim(), twice.trim());
    });

    test('a reference and its note in the margin light up together', async () => {
      await browser.visit(onDisk + citing);
      await until(page, () => document.querySelector('.margin-note.shown') !== null, 'there are notes in the margin');
      for (const [pointed, other] of [[`#${ownNote.id}`, '.margin-note.lit'], ['.margin-note.shown', 'a.ref.lit']]) {
        await pointAt(page, pointed);
        await until(page, (other) => document.querySelector(other) !== null, `${other} is lit`, other);
        await rest(page);
        await until(page, () => !document.querySelector('.lit'), 'nothing is lit');
      }
    });

    test('beside the pointer a note opens, lets the pointer onto it, closes behind it and on Escape', async () => {
      await page.setViewport({ width: 1000, height: 800 });
      for (const [path, link] of [[citing, ownNote], [farPath, farNote]]) {
        await browser.visit(onDisk + path);
        const spot = await pointAt(page, `#${link.id}`);
        await open(page);
        assert.equal(await page.$eval(`#${link.id}`, (link) => document.getElementById(link.getAttribute('aria-describedby')).getAttribute('role')), 'tooltip');
        const there = target(path, link.href);
        const label = [...read(there.path).ids.get(there.fragment)].find((element) => element.has('label')).text;
        assert.ok((await page.$eval('.popover', (note) => note.textContent)).includes(label));
        const box = await page.$eval('.popover', (note) => note.getBoundingClientRect().toJSON());
        const onto = box.top > spot.y ? box.top + 6 : box.bottom - 6;
        await page.mouse.move(Math.min(Math.max(spot.x, box.left + 6), box.right - 6), onto, { steps: 4 });
        await pause(500);
        assert.ok(await page.$('.popover'), 'closed while the pointer was on it');
        await rest(page);
        await closed(page);
        await pointAt(page, `#${link.id}`);
        await open(page);
        await page.keyboard.press('Escape');
        await closed(page);
        await rest(page);
      }
      await page.setViewport({ width: 1440, height: 900 });
    });

    test('the contents follow the reader, down to the last section, and never move the page', async () => {
      await browser.visit(onDisk + longest);
      const places = await page.$$eval('nav.contents a', (links) => links.map((link) => link.hash));
      for (const hash of [...places.slice(0, 3), ...places.slice(-2), places[0]]) {
        await browser.click(`nav.contents a[href="${hash}"]`);
        await until(page, (hash) => document.querySelector('nav.contents a[aria-current]')?.hash === hash, `${hash} is current`, hash);
      }
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const at = await page.evaluate(() => scrollY);
      await until(page, (last) => document.querySelector('nav.contents a[aria-current="location"]')?.hash === last, 'the last section is current', places.at(-1));
      assert.equal(await page.evaluate(() => scrollY), at);
      assert.ok(
        await page.evaluate(() => {
          const [link, list] = ['nav.contents a[aria-current]', 'nav.contents'].map((name) => document.querySelector(name).getBoundingClientRect());
          return link.top >= list.top - 1 && link.bottom <= list.bottom + 1;
        }),
        'the current entry is in sight',
      );
      for (const hash of places.slice(0, 6)) {
        await page.evaluate((hash) => scrollTo(0, document.getElementById(decodeURIComponent(hash.slice(1))).getBoundingClientRect().top + scrollY - 40), hash);
        await settled(page);
        assert.equal(await page.$eval('nav.contents a[aria-current]', (link) => link.hash), hash);
      }
    });

    test('the innermost thing under the pointer can be cited, no text moves, and what is copied is exact', async () => {
      const { problems } = await browser.visit(onDisk + itemPath);
      await rest(page);
      const before = await page.evaluate(textPlaces);
      const tell = () => {
        const copied = [];
        Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text) => Promise.resolve(copied.push(text)) } });
        window.copied = copied;
      };
      await page.evaluate(tell);
      await pointAt(page, `#${item.id} > .number`);
      await until(page, (id) => document.querySelector('.cite')?.closest('[data-cite]').id === id, 'the button is there', item.id);
      assert.deepEqual(await page.evaluate(textPlaces), before);
      const cited = item.attributes.get('data-cite');
      assert.equal(await page.$eval('.cite', (button) => button.getAttribute('aria-label')), words(itemPath, 'cite-place').replace('{words}', cited));
      await pause(1);
      const { x, y, width, height } = await page.$eval('.cite', (button) => button.getBoundingClientRect().toJSON());
      assert.ok(height >= 24 && width >= 24);
      await page.mouse.move(x + width / 2, y + height / 2, { steps: 12 });
      await page.mouse.down();
      await page.mouse.up();
      const body = read(itemPath).elements.find((element) => element.name === 'body').attributes;
      const separator = words(itemPath, 'cite-separator');
      const begins = `${words(itemPath, 'cite-case').replace('{case}', body.get('data-case'))}${separator}${cited}${separator}`;
      const ends = [
        ...(body.has('data-version') ? [body.get('data-version')] : []),
        ...(body.has('data-as-of') ? [words(itemPath, 'cited-as-of').replace('{date}', body.get('data-as-of'))] : []),
        `${words(itemPath, 'fingerprint')} ${await page.$eval('.colophon .fingerprint', (code) => code.textContent)}`,
      ];
      // No path of the disk: whoever is sent it has another.
      const where = words(itemPath, 'cite-within').replace('{path}', `${itemPath}#${item.id}`);
      await until(page, () => window.copied.length === 1, 'something was copied');
      const exact = await page.evaluate(() => window.copied[0]);
      assert.ok(exact.startsWith(begins), exact);
      assert.ok(exact.endsWith(`${separator}${ends.join(separator)}\n${where}`), exact);
      const said = exact.slice(begins.length).split('\n')[0];
      const text = await page.evaluate((id) => document.getElementById(id).textContent, item.id);
      const [, quote] = /“(.*?)…?”/.exec(said);
      assert.ok(quote.length > 5 && text.replace(/\s+/g, ' ').includes(quote.slice(0, 20)), said);
      assert.equal(await page.$eval('.cite', (button) => button.textContent), words(itemPath, 'copied'));
      assert.equal(await page.$eval('[aria-live]', (line) => line.textContent), words(itemPath, 'copied'));

      // Without a clipboard the old way does the same.
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
        document.addEventListener('copy', ({ target }) => window.copied.push(target.value.slice(target.selectionStart, target.selectionEnd)));
      });
      await page.mouse.down();
      await page.mouse.up();
      await until(page, () => window.copied.length === 2, 'something was copied');
      assert.equal(await page.evaluate(() => window.copied[1]), exact);
      assert.equal(await page.$('.by-hand'), null);

      // Where neither is allowed, the text is there to be copied by hand.
      await page.evaluate(() => (document.execCommand = () => false));
      await page.mouse.down();
      await page.mouse.up();
      await until(page, () => document.querySelector('.by-hand') !== null, 'the text is shown');
      assert.equal(await page.$eval('.by-hand', ({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd)), exact);
      await page.keyboard.press('Escape');
      assert.equal(await page.$('.by-hand'), null);
      assert.deepEqual(await page.evaluate(textPlaces), before);
      assert.deepEqual(problems, []);
    });

    test('with a script that never comes, the page is painted at once and its links work', async () => {
      const slow = createServer(async (request, response) => {
        if (request.url.endsWith('.js')) return;
        const answer = await fetch(new URL(request.url, server.url));
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
      await new Promise((done) => slow.listen(0, '127.0.0.1', done));
      const site = server.url.replace(/:\d+/, `:${slow.address().port}`);
      try {
        page.goto(site + citing).catch(() => {});
        await until(page, (url) => location.href === url && performance.getEntriesByName('first-contentful-paint').length === 1, 'painted', site + citing);
        assert.equal(await page.evaluate(() => document.readyState), 'interactive');
        assert.equal(await page.$eval('button.theme', (button) => getComputedStyle(button).visibility), 'hidden');
        await browser.click(`#${ownNote.id}`);
        await until(page, (hash) => location.hash === hash, 'the reference leads to its note', ownNote.href);
      } finally {
        slow.closeAllConnections();
        await new Promise((done) => slow.close(done));
      }
    });
  });
}

describe('In Chromium', () => {
  let server;
  let browser;
  let page;
  before(async () => {
    server = await serve(folder);
    browser = await start('Chromium');
    ({ page } = browser);
  });
  after(async () => {
    await browser?.stop();
    await server.stop();
  });

  for (const [width, height] of [
    [1440, 900],
    [1000, 800],
    [390, 780],
  ]) {
    test(`nothing moves when the script comes, at ${width} px`, async () => {
      await page.setViewport({ width, height });
      for (const path of [...translated, longest, itemPath]) {
        await page.goto(server.url + path, { waitUntil: 'load' });
        const shift = await page.evaluate(
          () =>
            new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value))).observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(sum), 300);
            }),
        );
        assert.ok(shift < 0.001, `${path}: ${shift}`);
      }
    });
  }

  test('the button for light and dark takes the same room with and without the script, and a finger hits it', async () => {
    await browser.visit(onDisk + citing);
    const box = () => page.$eval('button.theme', (button) => button.getBoundingClientRect().toJSON());
    const { width, height } = await box();
    assert.ok(height >= 24 && width >= 24);
    await page.evaluate(() => document.querySelector('button.theme').classList.remove('ready'));
    assert.deepEqual([(await box()).width, (await box()).height], [width, height]);
    assert.equal(await page.$eval('button.theme', (button) => getComputedStyle(button).visibility), 'hidden');
  });

  test('a link opened in a new tab takes the chosen colours along', async () => {
    await browser.visit(server.url + citing);
    await browser.click('button.theme');
    const next = '.documents li:not(:first-child) > a:not([aria-current])';
    const spot = await pointAt(page, next);
    const opened = new Promise((done) => page.browser().once('targetcreated', done));
    await page.mouse.click(spot.x, spot.y, { button: 'middle' });
    const tab = await (await opened).page();
    await until(tab, () => document.readyState === 'complete' && location.href !== 'about:blank' && !location.search, 'the tab is open');
    assert.equal(await tab.evaluate(scheme), 'dark');
    await tab.close();
    assert.equal(await page.$eval(next, (link) => link.search), '');
  });

  test('the Tab key opens a note and closes it behind itself; Escape closes it and leaves the focus', async () => {
    await page.setViewport({ width: 1000, height: 800 });
    await browser.visit(onDisk + citing);
    await rest(page);
    await page.evaluate((id) => {
      const links = [...document.querySelectorAll('a[href]')].filter((link) => link.tabIndex >= 0);
      links[links.findIndex((link) => link.id === id) - 1].focus();
    }, ownNote.id);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), ownNote.id);
    await open(page);
    await page.keyboard.press('Escape');
    await closed(page);
    assert.equal(await page.evaluate(() => document.activeElement.id), ownNote.id);
    await page.keyboard.press('Tab');
    await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    await page.keyboard.up('Shift');
    await open(page);
    await page.keyboard.press('Tab');
    await until(page, (id) => document.querySelector('.popover') === null || document.activeElement.matches('a.ref'), 'closed, or of the next one', ownNote.id);
  });

  test('whatever the Tab key reaches is not covered by the way back', async () => {
    await page.setViewport({ width: 390, height: 600 });
    await browser.visit(`${onDisk}${target(citing, ownNote.href).path}?from=${citing}%23${ownNote.id}`);
    const covered = [];
    for (let tabs = 0; tabs < 40; tabs += 1) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(() => {
        const [element, chip] = [document.activeElement, document.querySelector('.way-back').getBoundingClientRect()];
        if (element.closest('.way-back')) return undefined;
        const { top, bottom, left, right } = element.getBoundingClientRect();
        const covers = top >= chip.top && bottom <= chip.bottom && left >= chip.left && right <= chip.right;
        return covers ? element.outerHTML.slice(0, 100) : undefined;
      });
      if (found) covered.push(found);
    }
    assert.deepEqual(covered, []);
    await page.setViewport({ width: 1000, height: 800 });
  });

  test('who is on the number of an item, or was led to a note, reaches its citation with the next Tab', async () => {
    await browser.visit(onDisk + itemPath);
    await page.focus(`#${item.id} > .number`);
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate((id) => document.activeElement.matches(`#${id} > .offered > .cite, #${id} > p > .offered > .cite`), item.id));
    await browser.visit(onDisk + citing + ownNote.href);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'cite');
    assert.equal(await page.evaluate(() => `#${document.activeElement.closest('[data-cite]').id}`), ownNote.href);
  });

  for (const width of [390, 1440]) {
    const moves = width < 896;
    test(`wherever the citation stands, ${moves ? 'it has a line of its own' : 'no text moves'} and nothing is covered or sticks out, at ${width} px`, async () => {
      await page.setViewport({ width, height: 780 });
      for (const path of new Set([citing, itemPath])) {
        await browser.visit(onDisk + path);
        await rest(page);
        await page.evaluate(`window.textPlaces = ${textPlaces}`);
        const before = await page.evaluate(() => window.textPlaces());
        for (const { id } of citable(path)) {
          await page.evaluate((id) => void (location.hash = id), id);
          await until(page, (id) => document.querySelector('.cite')?.closest('[data-cite]').id === id, 'the button is there', id);
          const { at, places, wide, covered } = await page.evaluate(() => {
            const wide = document.documentElement.scrollWidth > innerWidth;
            const buttons = [...document.querySelectorAll('.cite, .also a')].map((button) => button.getBoundingClientRect());
            const places = window.textPlaces();
            const covered = places.filter((place) => {
              const [x, y, width, height] = place.split(',').map(Number);
              return buttons.some((box) => x + 1 < box.right && box.left + 1 < x + width && y - scrollY + 1 < box.bottom && box.top + 1 < y - scrollY + height);
            });
            return { at: document.querySelector('.cite')?.closest('[data-cite]').id, places, wide, covered };
          });
          assert.equal(at, id);
          assert.deepEqual(covered, [], `#${id}`);
          // Below the words of what is cited the others make room for that line, and keep theirs.
          const lines = (all) => (moves ? all.map((place) => place.replace(/,-?\d+/, '')) : all);
          assert.deepEqual(lines(places), lines(before), `#${id}`);
          assert.ok(!wide, `#${id} sticks out`);
        }
      }
    });
  }

  test('with a finger the first tap opens a note, the second follows, a tap elsewhere closes; at 320 px it stays in the window', async () => {
    await page.setViewport({ width: 320, height: 568, hasTouch: true, isMobile: true });
    for (const [path, link] of [[citing, ownNote], [farPath, farNote]]) {
      await page.goto(onDisk + path);
      const tap = async (selector) => {
        const spot = await page.evaluate((selector) => {
          const element = document.querySelector(selector);
          element.scrollIntoView({ block: 'center', behavior: 'instant' });
          const { x, y, width, height } = element.getClientRects()[0];
          return { x: x + width / 2, y: y + height / 2 };
        }, selector);
        await settled(page);
        await page.touchscreen.tap(spot.x, spot.y);
      };
      await tap(`#${link.id}`);
      await open(page);
      assert.equal(page.url(), onDisk + path);
      const box = await page.$eval('.popover', (note) => note.getBoundingClientRect().toJSON());
      assert.ok(box.left >= 0 && box.top >= 0 && box.right <= 320 && box.bottom <= 568, JSON.stringify(box));
      await page.touchscreen.tap(4, 300);
      await closed(page);
      await tap(`#${link.id}`);
      await open(page);
      await tap(`#${link.id}`);
      await until(page, (url) => location.href === url, 'the second tap follows', new URL(link.href, onDisk + path).href);
      await page.goBack();
    }
    await page.setViewport({ width: 1440, height: 900 });
  });

  test('five hundred notes in the margin and two thousand items are placed without laying out the page for each', async () => {
    await page.goto(onDisk + citing);
    await page.evaluate(() => {
      const article = document.querySelector('article');
      const list = document.createElement('ul');
      for (let index = 0; index < 2000; index += 1) {
        const item = document.createElement('li');
        item.className = 'item';
        item.id = `many-${index}`;
        item.textContent = 'Pallets '.repeat(20);
        list.append(item);
      }
      article.append(list);
      for (let index = 0; index < 500; index += 1) {
        const note = document.createElement('div');
        note.className = 'note';
        note.id = `many-note-${index}`;
        note.textContent = `Note ${index}: ${'a few words '.repeat(index % 40)}`;
        article.append(note);
        const link = document.createElement('a');
        link.className = 'ref';
        link.id = `many-ref-${index}`;
        link.href = `#many-note-${index}`;
        link.textContent = `[${index}]`;
        list.children[index * 4].append(link);
      }
      document.body.offsetHeight;
    });
    const { LayoutCount: before } = await page.metrics();
    await page.evaluate(() => {
      makeMarginNotes();
      placeMargin();
    });
    const { LayoutCount: after } = await page.metrics();
    assert.ok(after - before < 25, `${after - before} layouts`);
  });
});
