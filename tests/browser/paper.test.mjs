// What leaves the screen: the print edition, every other page on paper, and a document beside its translation.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { onDisk, start } from './lib/browsers.mjs';
import { page, target } from './lib/html.mjs';
import { readPdf } from './lib/pdf.mjs';
import { folder, language, languages, onePerKind, pages, some } from './lib/site.mjs';

const words = (element) => element.text.replace(/\s+/g, ' ').trim();
const body = (path) => page(path).elements.find((element) => element.name === 'body');
const inMain = (path) => page(path).elements.filter((element) => [...element.ancestors()].some((outer) => outer.name === 'main'));
const headings = (path) => inMain(path).filter((element) => /^h[1-6]$/.test(element.name));

const books = some(pages.filter((path) => body(path).has('print')), 'page for paper');
const documents = some(pages.filter((path) => body(path).has('document')), 'document');
const exhibits = some(pages.filter((path) => body(path).has('exhibit')), 'exhibit');
const facing = some(pages.filter((path) => body(path).has('parallel')), 'page side by side');
const rows = (path) => page(path).elements.filter((element) => element.has('pair') && !element.has('names'));

for (const path of books) {
  const own = (all) => all.filter((other) => language(other) === language(path));

  describe(path, () => {
    test('every document is a chapter under its own heading, and every address of it is on the page', () => {
      const chapters = headings(path).filter((heading) => heading.parent.has('title')).map(words);
      assert.deepEqual(chapters.toSorted(), own(documents).map((other) => words(headings(other)[0])).toSorted());
      for (const other of own(documents)) {
        const places = inMain(other).filter((element) => element.id && element.attributes.has('data-cite'));
        const lost = places.filter(({ id }) => !page(path).ids.has(`${basename(other, '.html')}/${id}`));
        assert.deepEqual(lost.map(({ id }) => id), [], other);
      }
    });

    test('every exhibit is there under its own heading', () => {
      const there = headings(path).map(words);
      for (const other of own(exhibits)) assert.ok(there.includes(words(headings(other)[0])), other);
    });

    test('the headings go down one step at a time', () => {
      const levels = headings(path).map((heading) => Number(heading.name[1]));
      const leaps = headings(path).filter((_, at) => levels[at] > (levels[at - 1] ?? 0) + 1);
      assert.deepEqual(leaps.map(words), []);
    });

    test('no id stands twice, and every link within the page leads to one', () => {
      const ids = page(path).elements.map(({ id }) => id).filter((id) => id !== undefined);
      assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), []);
      const within = page(path).elements.filter(({ href }) => href?.startsWith('#'));
      assert.ok(within.length > 0);
      const lost = within.filter(({ href }) => !page(path).ids.has(decodeURIComponent(href.slice(1))));
      assert.deepEqual(lost.map(({ href }) => href), []);
    });

    test('the contents list every chapter', () => {
      const contents = page(path).elements.find((element) => element.has('book-contents'));
      const listed = new Set([...contents].map(({ href }) => href));
      const chapters = page(path).elements.filter((element) => element.name === 'article' && element.has('chapter'));
      assert.deepEqual(chapters.map(({ id }) => `#${id}`).filter((href) => !listed.has(href)), []);
    });
  });
}

for (const tag of languages) {
  test(`the running head of ${tag} bears the case's name and day`, () => {
    const style = readFileSync(join(folder, tag, 'paper.css'), 'utf8');
    const home = body(`${tag}/index.html`);
    assert.ok(style.includes(`@top-left { content: "${home.attributes.get('data-case')}"`), style);
    const day = home.attributes.get('data-as-of');
    assert.match(style, new RegExp(`@top-right \\{ content: "[^"]*${day ?? ''}"`));
  });
}

for (const path of facing) {
  const both = language(path).split('-').map((tag) => `${tag}/${basename(path)}`);
  const cells = (row) => row.children.filter((cell) => cell.name === 'div');

  describe(path, () => {
    test('every row has a cell in each language', () => {
      const tags = both.map(language);
      assert.ok(rows(path).length > 0);
      for (const row of rows(path)) {
        assert.deepEqual(cells(row).map((cell) => cell.attributes.get('lang')), tags, `line ${row.line}`);
      }
    });

    test('a cell without a counterpart says so, and no other is empty', () => {
      for (const row of rows(path)) {
        for (const cell of cells(row)) assert.ok(words(cell) || [...cell].some(({ name }) => name === 'img'), `line ${row.line}`);
        assert.ok(cells(row).filter((cell) => cell.has('absent')).length < 2, `line ${row.line}`);
      }
    });

    test('every address of both documents is on the page', () => {
      for (const other of both) {
        const places = inMain(other).filter((element) => element.id && element.attributes.has('data-cite'));
        assert.deepEqual(places.filter(({ id }) => !page(path).ids.has(id)).map(({ id }) => id), [], other);
      }
    });

    test('its links stay among the pages side by side', () => {
      for (const row of rows(path)) {
        for (const { href } of row) {
          const to = href && target(path, href);
          if (!to?.path || !languages.includes(language(to.path))) continue;
          assert.ok(!pages.includes(`${language(path)}/${basename(to.path)}`), `${href} in line ${row.line}`);
        }
      }
    });
  });
}

describe('In Chromium', () => {
  let browser;
  before(async () => (browser = await start('Chromium', { dark: true })));
  after(() => browser?.stop());

  async function open(path, media) {
    await browser.page.emulateMediaType(media);
    await browser.visit(onDisk + path);
  }

  /** The boxes of the cells of every row. Asked in the page. */
  function boxes() {
    return [...document.querySelectorAll('.pair:not(.names)')].map((row) =>
      [...row.querySelectorAll(':scope > [lang]')].map((cell) => {
        const { left, right, top, bottom } = cell.getBoundingClientRect();
        return { left, right, top, bottom };
      }),
    );
  }

  for (const path of facing) {
    test(`${path} has its cells one above the other at 390 px and beside each other at 1440 px`, async () => {
      await open(path, 'screen');
      await browser.page.setViewport({ width: 390, height: 900 });
      for (const [one, other] of await browser.page.evaluate(boxes)) assert.ok(other.top >= one.bottom - 1);
      await browser.page.setViewport({ width: 1440, height: 900 });
      for (const [one, other] of await browser.page.evaluate(boxes)) {
        assert.ok(Math.abs(one.top - other.top) < 1 && other.left >= one.right - 1);
      }
    });
  }

  /** What of the screen would be printed. Asked in the page. */
  function leftOver() {
    const isSeen = (element) => element.getClientRects().length > 0;
    const tools = document.querySelectorAll('button, audio, video, textarea, nav, .skip, .anchor, .counterpart, .download');
    const found = [...tools].filter(isSeen).map((element) => element.outerHTML.slice(0, 100));
    for (const link of document.querySelectorAll('main a')) {
      if (isSeen(link) && getComputedStyle(link).textDecorationLine !== 'none') found.push(`underlined: ${link.outerHTML.slice(0, 100)}`);
    }
    for (const link of document.querySelectorAll('main a.external:not(.url)')) {
      if (!getComputedStyle(link, '::after').content.includes(link.getAttribute('href'))) found.push(`no address: ${link.outerHTML.slice(0, 100)}`);
    }
    for (const folded of document.querySelectorAll('details:not([open]) > :not(summary)')) {
      if (!isSeen(folded)) found.push(`folded: ${folded.outerHTML.slice(0, 100)}`);
    }
    for (const head of document.querySelectorAll('thead')) {
      if (getComputedStyle(head).display !== 'table-header-group') found.push('a head of a table that is not repeated');
    }
    const { color, backgroundColor } = getComputedStyle(document.body);
    const paper = getComputedStyle(document.documentElement).backgroundColor;
    if (color !== 'rgb(0, 0, 0)' || paper !== 'rgb(255, 255, 255)') found.push(`${color} on ${paper}, ${backgroundColor}`);
    return found;
  }

  for (const path of onePerKind) {
    test(`${path} is printed black on white, without what can only be clicked`, async () => {
      await open(path, 'print');
      assert.deepEqual(await browser.page.evaluate(leftOver), []);
    });
  }

  /** The width and height in points of every page of a PDF. */
  function sizes(pdf) {
    const text = Buffer.from(pdf).toString('latin1');
    const found = text.matchAll(/\/Type\s*\/Page\b[^]*?\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g);
    return [...found].map(([, width, height]) => [Math.round(width), Math.round(height)]);
  }

  for (const path of books) {
    test(`${path} is a book: a cover, the contents, and every chapter on a page of its own`, async () => {
      await open(path, 'print');
      const all = sizes(await browser.page.pdf({ preferCSSPageSize: true }));
      const { starts, numbers } = await browser.page.evaluate(() => ({
        starts: [...document.querySelectorAll('.book-contents, .chapter')].map((part) => getComputedStyle(part).breakBefore),
        numbers: getComputedStyle(document.querySelector('.book-contents a'), '::after').content,
      }));
      assert.ok(starts.every((value) => value === 'page'), starts.join());
      assert.ok(all.length > starts.length, `${all.length} pages for a cover and ${starts.length} parts`);
      assert.ok(all.every(([width, height]) => Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2), 'A4');
      assert.ok(['none', 'normal'].includes(numbers) || /target-counter/.test(numbers), numbers);
    });
  }

  for (const path of books) {
    test(`the head of every sheet of ${path} names the part that stands on it, by the number that the contents give it`, async () => {
      await open(path, 'print');
      const sheets = readPdf(await browser.page.pdf({ preferCSSPageSize: true }));
      const bare = (text) => text.replaceAll(/\s+/g, '');
      const heads = sheets.map(({ words }) => bare(words.filter(({ bottom }) => bottom < 71).map(({ text }) => text).join('')));
      const parts = await browser.page.evaluate(() =>
        Array.from(document.querySelectorAll('.chapter'), (part) => part.querySelector('h2').textContent.trim()),
      );
      const listed = await browser.page.evaluate(() => document.querySelectorAll('.book-contents > ol > li, .contents-fold > ol > li').length);
      assert.equal(parts.length, listed);
      // The cover has no head, and the contents that of every page.
      const numbers = heads.map((head) => parts.findIndex((title, at) => head.includes(bare(`${at + 1}${title.slice(0, 12)}`))) + 1);
      assert.deepEqual(numbers.slice(0, 2), [0, 0]);
      assert.deepEqual([...new Set(numbers.slice(2))], parts.map((_, at) => at + 1), heads.join('\n'));
    });
  }

  for (const path of pages.filter((path) => body(path).has('catalogue'))) {
    test(`${path} is printed across`, async () => {
      await open(path, 'print');
      const all = sizes(await browser.page.pdf({ preferCSSPageSize: true }));
      assert.ok(all.length > 0 && all.every(([width, height]) => width > height), JSON.stringify(all));
    });
  }
});
