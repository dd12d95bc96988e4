// Documents that nobody plans for and somebody will write: far too long, far too wide, empty, in scripts that run the
// other way, with characters that nobody sees. They stay readable, on a phone and on a wide screen.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { start } from './lib/browsers.mjs';
import { makeCase } from './lib/cases.mjs';

const widths = [320, 390, 1440];
const times = (count, write) => Array.from({ length: count }, (_, at) => write(at + 1));

const longTitle = times(60, (n) => `word${n % 10}`).join(' ').slice(0, 300);
const longTitleZh = '长'.repeat(299) + '题';
const longWord = `${'abcdefghij'.repeat(39)}abcdefgend`;
const arabic = 'هذه فقرة مكتوبة باللغة العربية، وفيها رقم 2031 واسم Orion في وسطها.';
const hebrew = 'זוהי פסקה בעברית, ובה המספר 2031 והשם Orion באמצע.';
const english = 'This paragraph is in English, and one Arabic word stands in it: رقم.';
/** Marks, embeddings, overrides and isolates: all that change the order in which letters are shown. */
const controls = ['\u200e', '\u200f', '\u061c', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'];
const codePoint = (c) => `U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

const table = (columns) =>
  [
    `|${times(columns, (n) => ` Column ${n} |`).join('')}`,
    `|${'---|'.repeat(columns)}`,
    ...times(3, (row) => `|${times(columns, (n) => ` row ${row} cell ${n} |`).join('')}`),
  ].join('\n');

const items = (section) => times(100, (n) => `${section}-${n}, Item ${section}-${n} says so.`);

/** The documents, each with what must be there to be read. */
const documents = {
  'en/title.md': [`---\ntitle: ${longTitle}\n---\n\n# ${longTitle}\n\nText.`, [longTitle, 'Text.']],
  'zh/title.md': [`---\ntitle: ${longTitleZh}\n---\n\n# ${longTitleZh}\n\n正文。`, [longTitleZh, '正文。']],
  'en/items.md': [
    ['# Items', ...times(20, (n) => [`## ${n}. Section`, ...items(n)]).flat()].join('\n\n'),
    times(20, items).flat(),
  ],
  'en/notes.md': [
    [
      '# Notes',
      ...times(500, (n) => `Statement ${n} [Note 1-${n}].`),
      '## Notes',
      ...times(500, (n) => `[Note 1-${n}] What note ${n} says.`),
    ].join('\n\n'),
    times(500, (n) => [`Statement ${n} `, `What note ${n} says.`]).flat(),
  ],
  'en/plain.md': ['# No notes\n\nA paragraph without a note, an item or a reference.', ['A paragraph without a note, an item or a reference.']],
  'en/table.md': [`# Table\n\n${table(30)}\n\nAfter.`, [...times(30, (n) => `Column ${n}`), ...times(30, (n) => `row 3 cell ${n}`), 'After.']],
  'zh/table.md': [`# 表格\n\n${table(30)}\n\n后文。`, ['row 3 cell 30', '后文。']],
  'en/word.md': [
    [
      `# Word\n\nBefore ${longWord} after.\n\n- ${longWord}\n\n## ${longWord}`,
      `| a | b |\n|---|---|\n| ${longWord} | c |`,
      `[${longWord}](https://example.com/${longWord}) and \`${longWord}\``,
    ].join('\n\n'),
    [longWord, 'after.'],
  ],
  'zh/word.md': [`# 长词\n\n前 ${longWord} 后。\n\n1-1，${longWord}`, [longWord, '后。']],
  'en/right-to-left.md': [
    [
      `# From right to left\n\n${arabic}\n\n${hebrew}\n\n${english}\n\n- ${arabic}\n- ${hebrew}`,
      `## 1. Items\n\n1-1, ${english}\n\n1-2, ${arabic}\n\n- 1-3, ${hebrew}`,
      `> ${arabic}\n\n| a | b |\n|---|---|\n| ${arabic} | ${hebrew} |`,
    ].join('\n\n'),
    [arabic, hebrew, english],
  ],
  'en/controls.md': [
    [
      '# Controls',
      ...controls.map((c) => `Before${c}after ${codePoint(c).slice(2)}.`),
      '- In a list \u202egpj.exe',
      '`code \u202ex` **bold \u202ex** [link \u202ex](https://example.com/)',
    ].join('\n\n'),
    ['gpj.exe', ...controls.map((c) => `after ${codePoint(c).slice(2)}.`)],
  ],
  'en/only.md': ['# Only in English\n\nThere is no translation.', ['There is no translation.']],
  'zh/alone.md': ['# 只有中文\n\n没有译文。', ['没有译文。']],
  'en/empty.md': ['# Empty translation\n\nThe translation has no bytes.', ['The translation has no bytes.']],
  'zh/empty.md': ['', []],
  'en/blank.md': ['# Blank translation\n\nThe translation has only white space.', ['The translation has only white space.']],
  'zh/blank.md': [' \n\t\n\u3000\n\n', []],
  'en/heading.md': ['# One heading', ['One heading']],
  'zh/heading.md': ['# 一个标题', ['一个标题']],
  'en/quotes.md': [
    `# Quotes\n\n${times(40, (n) => `${'> '.repeat(n)}Level ${n}.\n${'> '.repeat(n)}`).join('\n')}\n\nAfter.`,
    [...times(40, (n) => `Level ${n}.`), 'After.'],
  ],
  'zh/quotes.md': [`# 引用\n\n${'> '.repeat(40)}最里面一层。\n\n后文。`, ['最里面一层。', '后文。']],
};

const { site, build, check, remove } = makeCase({
  'casefile.yaml': 'title: Extremes\nlanguages: [en, zh]\n',
  ...Object.fromEntries(Object.entries(documents).map(([path, [text]]) => [`content/${path}`, text])),
});
// The page for wrong addresses looks for its files where they may not be, and what is not there is an error.
const pages = build().filter((path) => path.endsWith('.html') && path !== '404.html');
const top = pathToFileURL(`${site}/`).href;
const pageOf = (document) => document.replace(/\.md$/, '.html');
after(remove);

/** What is wider than the window, what is cut off at its left, and what at its right, where one cannot scroll to it. Asked in the page. */
function outside() {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`${scrollWidth} px of page in ${clientWidth} px`);
  const moves = (element) => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) || moves(element.parentElement));
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    for (const { width, left, right } of range.getClientRects()) {
      const off = width > 1 && (left < -1 ? 'left' : right > clientWidth + 1 && !moves(walker.currentNode.parentElement) ? 'right' : undefined);
      if (off) found.push(`${off}: ${walker.currentNode.data.slice(0, 60)}`);
    }
  }
  return found;
}

/** The text of the page as it is read, line ends and the spaces around them being one space. Asked in the page. */
const readText = () => document.querySelector('main').textContent.replaceAll(/\s+/g, ' ');

for (const name of ['Chromium', 'Firefox']) {
  // What Firefox shows of the other pages it shows of these.
  const looked = name === 'Chromium' ? pages : Object.keys(documents).map(pageOf);

  describe(`In ${name}`, () => {
    let browser;
    before(async () => (browser = await start(name)));
    after(() => browser?.stop());

    for (const path of looked) {
      test(`${path} never scrolls sideways, cuts nothing off and has no errors, at ${widths.join(', ')} px`, async () => {
        const { problems } = await browser.visit(top + path);
        for (const width of widths) {
          await browser.page.setViewport({ width, height: 900 });
          assert.deepEqual(await browser.page.evaluate(outside), [], `at ${width} px`);
        }
        assert.deepEqual(problems, []);
      });
    }

    test('paragraphs and items that begin from right to left run so, and the others do not', async () => {
      await browser.visit(`${top}en/right-to-left.html`);
      const runs = await browser.page.evaluate(() =>
        [...document.querySelectorAll('article :is(p, li)')]
          .filter((element) => !element.querySelector('p'))
          .map((element) => [element.textContent.trim(), getComputedStyle(element).direction]),
      );
      const wrong = runs.filter(([text, direction]) => direction !== (/^[\d\s,-]*[\u0590-\u06ff]/.test(text) ? 'rtl' : 'ltr'));
      assert.deepEqual(wrong, []);
      const count = (wanted) => runs.filter(([, direction]) => direction === wanted).length;
      assert.ok(count('rtl') >= 7 && count('ltr') >= 2, `${count('rtl')} from right to left, ${count('ltr')} from left to right`);
    });
  });
}

describe('In Chromium, of all that was written', () => {
  let browser;
  before(async () => (browser = await start('Chromium')));
  after(() => browser?.stop());

  for (const [path, [, expected]] of Object.entries(documents)) {
    if (expected.length === 0) continue;
    test(`${path} nothing is lost`, async () => {
      await browser.visit(top + pageOf(path));
      const text = await browser.page.evaluate(readText);
      assert.deepEqual(
        expected.filter((part) => !text.includes(part)),
        [],
      );
    });
  }

  test('the page of 2,000 items answers: a place far down is reached, and is where its address says', async () => {
    await browser.visit(`${top}en/items.html`);
    const items = await browser.page.evaluate(() => [...document.querySelectorAll('main .item[id]')].map(({ id, textContent }) => [id, textContent]));
    assert.equal(items.length, 2000);
    const [id] = items.find(([, text]) => text.startsWith('19-87,'));
    await browser.visit(`${top}en/items.html#${id}`);
    const line = await browser.page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, id);
    assert.ok(line >= -1 && line < 900, `at ${line} px`);
  });

  test('every one of 500 notes is led to, and names the place that cites it', async () => {
    await browser.visit(`${top}en/notes.html`);
    const wrong = await browser.page.evaluate(() =>
      Array.from({ length: 500 }, (_, at) => `note-1-${at + 1}`).filter((id) => {
        const note = document.getElementById(id);
        const reference = document.querySelector(`main a.ref[href="#${id}"]`);
        return !reference || !note?.querySelector(`a.backref[href="#${reference.id}"]`);
      }),
    );
    assert.deepEqual(wrong, []);
  });

  for (const [path, other] of [
    ['zh/empty.html', '../en/empty.html'],
    ['zh/blank.html', '../en/blank.html'],
    ['zh/only.html', '../en/only.html'],
    ['en/alone.html', '../zh/alone.html'],
  ]) {
    test(`${path}, where there is no text, has a name and a link to the text there is`, async () => {
      await browser.visit(top + path);
      const { name, links } = await browser.page.evaluate(() => ({
        name: document.querySelector('main h1').textContent.trim(),
        links: [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')),
      }));
      assert.notEqual(name, '');
      assert.ok(links.includes(other), `${links}`);
    });
  }

  test('the check tells of translations without text', () => {
    const told = new Set(check().findings.flatMap((finding) => finding.places ?? [finding]).map(({ file }) => file));
    assert.ok(told.has('content/zh/empty.md') && told.has('content/zh/blank.md'));
  });
});

describe('Characters that nobody sees and that turn the order of others around', () => {
  let browser;
  before(async () => (browser = await start('Chromium')));
  after(() => browser?.stop());

  test('are no longer in any page', () => {
    const found = [];
    for (const path of pages) {
      const left = controls.filter((c) => readFileSync(join(site, path), 'utf8').includes(c)).map(codePoint);
      if (left.length) found.push(`${path}: ${left}`);
    }
    assert.deepEqual(found, []);
  });

  test('have their names in their place, where one can see them', async () => {
    await browser.visit(`${top}en/controls.html`);
    const shown = await browser.page.evaluate(() =>
      [...document.querySelectorAll('main .control')].map((control) => [control.textContent, control.getBoundingClientRect().width > 0]),
    );
    assert.deepEqual(
      shown.filter(([, visible]) => !visible),
      [],
    );
    const names = shown.map(([text]) => text);
    for (const c of controls) assert.ok(names.includes(codePoint(c)), codePoint(c));
    // Once by itself, and in a list, in code, in bold and in a link.
    assert.equal(names.filter((name) => name === 'U+202E').length, 5);
  });

  test('are told by the check, each where it stands', () => {
    const lines = documents['en/controls.md'][0].split('\n');
    const expected = lines.flatMap((line, at) => [...line].filter((c) => controls.includes(c)).map((c) => `${at + 1} ${codePoint(c)}`));
    const found = check()
      .findings.filter(({ name }) => name === 'bidi-control')
      .flatMap((finding) => finding.places ?? [finding]);
    assert.deepEqual([...new Set(found.map(({ file }) => file))], ['content/en/controls.md']);
    const told = found.map(({ line, message }) => `${line} ${message.match(/U\+[0-9A-F]{4}/)}`);
    assert.deepEqual(told.sort(), expected.sort());
  });
});
