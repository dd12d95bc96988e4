// Search finds what grep finds, and leads there: from a server and from the disk, in both browsers.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { artefact } from './lib/artefacts.mjs';
import { browsers, onDisk, start, until } from './lib/browsers.mjs';
import { makeCase } from './lib/cases.mjs';
import { textsCase } from './lib/hostile-case.mjs';
import { page as read } from './lib/html.mjs';
import groups, { ended } from './lib/payloads.mjs';
import { answer, openSearch, pattern, textsOf } from './lib/search.mjs';
import { serve } from './lib/server.mjs';
import { folder, language, languages, root, told } from './lib/site.mjs';

const texts = textsOf(resolve(root, '../../content'), languages);
const documents = texts.map(({ path }) => path);

/** Stretches of some length out of the running text of all documents, evenly spread. */
function stretches(script, length, count) {
  const found = texts.flatMap(({ text }) => text.match(new RegExp(`[${script}]{${length},}`, 'g')) ?? []);
  const step = found.length / count;
  return Array.from({ length: count }, (_, at) => {
    const run = found[Math.floor(at * step)];
    const from = (at * 7) % (run.length - length + 1);
    return run.slice(from, from + length);
  });
}

/** Whole words and numbers, evenly spread. */
function tokens(expression, count) {
  const found = [...new Set(texts.flatMap(({ text }) => text.match(expression) ?? []))];
  return Array.from({ length: Math.min(count, found.length) }, (_, at) => found[Math.floor((at * found.length) / Math.min(count, found.length))]);
}

const han = '\\u4e00-\\u9fff';
/** What is asked, and what has to be found: the words of which a document must have every one. */
const queries = [
  ...[...stretches(han, 1, 12), ...stretches(han, 2, 50), ...stretches(han, 3, 25), ...stretches(han, 4, 20), ...stretches(han, 7, 15)].map((text) => [text, [text]]),
  ...tokens(/(?<![\p{L}\d.-])[a-z]{3,}(?![\p{L}\d])/gu, 30).map((text) => [text, [text]]),
  ...tokens(/(?<![\p{L}\d.,-])\d[\d.]*\d(?![\p{L}\d.,-])/gu, 14).map((text) => [text, [text]]),
  ...tokens(/(?<![\p{L}\d.-])\d{1,2}(?:-\d{1,2}){1,2}(?![\d.-])/gu, 10).map((text) => [text, [text]]),
  ...tokens(/[注附录证据链接邮箱]{1,2}\d(?:-\d+)?(?![\d-])/gu, 12).map((text) => [text, [text]]),
  ...tokens(/\d{4}-\d\d-\d\d/gu, 5).map((text) => [text, [text]]),
  // Traditional forms, look-alike radicals and full width, with what is written.
  ['損失', ['损失']],
  ['凍結', ['冻结']],
  ['爭議', ['争议']],
  ['平臺', ['平台']],
  ['證據', ['证据']],
  ['時間線', ['时间线']],
  ['⽉台', ['月台']],
  ['ＡＰＩ', ['api']],
  ['２０３１', ['2031']],
  // With and without separators; phrases; two words.
  ['206539.30', ['206539.30']],
  ['206,539.30', ['206539.30']],
  ['206,539', ['206539']],
  ['206539.3', ['206539.30']],
  ['206,539.300', ['206539.30']],
  ['净损失206539.3元', ['净损失206539.30元']],
  ['"night time"', ['night time'], true],
  ['“the client”', ['the client'], true],
  ['「沃夸兰」', ['沃夸兰'], true],
  ['沃夸兰 月台', ['沃夸兰', '月台']],
  ['客户 密钥 警方', ['客户', '密钥', '警方']],
  ['refund client', ['refund', 'client']],
  ['沃夸兰 refund', ['沃夸兰', 'refund']],
  ['VORQUALAND', ['vorqualand']],
  ['vorq', ['vorq']],
  ['【注1-8】', ['注1-8']],
  ['203.0.113', ['203.0.113']],
  ['192.0.2.1', ['192.0.2.1']],
  ['绝对没有的话', ['绝对没有的话']],
  ['xyzzy', ['xyzzy']],
];

/** The letters of the one passage in traditional forms, beside those in which the others are written; any of them may be asked for. */
const [simple, traditional] = ['阁来经该终现资仅应关请见谅纪录将', '閣來經該終現資僅應關請見諒紀錄將'];
const asWritten = (text) => text.replace(new RegExp(`[${traditional}]`, 'g'), (letter) => simple[traditional.indexOf(letter)]);

const truth = ([, words, whole]) => {
  const wanted = words.map((word) => pattern(word, whole));
  return texts.filter(({ text }) => wanted.every((one) => one.test(text) || one.test(asWritten(text)))).map(({ path }) => path);
};

test('there are two hundred queries and more, and most of them have an answer', () => {
  assert.ok(queries.length >= 200, `${queries.length}`);
  assert.ok(queries.filter((query) => truth(query).length > 0).length > 180);
});

for (const name of browsers) {
  for (const place of ['over http', 'from the disk']) {
    describe(`In ${name}, ${place}`, () => {
      let server;
      let browser;
      let site;
      before(async () => {
        server = await serve(folder);
        site = place === 'over http' ? server.url : onDisk;
        browser = await start(name);
      });
      after(async () => {
        await browser?.stop();
        await server.stop();
      });

      test('every query finds the documents that grep finds, no more and no fewer', async () => {
        const { problems, requests } = await browser.visitAfresh(`${site}zh/overview.html`);
        await openSearch(browser);
        const wrong = [];
        for (const query of queries) {
          const { results } = await answer(browser, query[0]);
          const found = [...new Set(results.map(({ path }) => path))].filter((path) => documents.includes(path)).sort();
          const expected = truth(query).sort();
          if (String(found) !== String(expected)) {
            const [more, fewer] = [found.filter((path) => !expected.includes(path)), expected.filter((path) => !found.includes(path))];
            wrong.push(`${query[0]}: too many ${more}; too few ${fewer}`);
          }
        }
        assert.deepEqual(wrong, []);
        assert.deepEqual(problems, []);
        const asked = requests.filter((url) => !url.startsWith(`${site}search/`) && !/\/(static|files)\/|\.html$|paper\.css$|^data:/.test(url));
        assert.deepEqual(asked, []);
        // Firefox does not tell of every script from the disk.
        if (place === 'over http') assert.ok(requests.some((url) => url === `${site}search/manifest.js`));
      });

      test('nothing of the index is loaded before somebody searches', async () => {
        const { requests } = await browser.visitAfresh(`${site}en/overview.html`);
        assert.deepEqual(requests.filter((url) => url.startsWith(`${site}search/`)), []);
      });

      test('a result leads to the very place, and the words are marked there', async () => {
        await browser.visit(`${site}zh/overview.html`);
        await openSearch(browser);
        const { results } = await answer(browser, '注1-8');
        const note = results.find(({ group, words }) => group === '注释' && words.includes('【注1-8】'));
        assert.ok(note, JSON.stringify(results));
        await browser.page.evaluate((hash) => [...document.querySelectorAll('dialog li a')].find((link) => link.hash === hash).click(), note.hash);
        await until(browser.page, (hash) => location.hash === hash && Boolean(document.querySelector(`${hash} mark.found`)), 'the word is marked', note.hash);
        assert.equal(await browser.page.evaluate(() => new URL(location.href).search), '');
        assert.ok(await browser.page.evaluate((hash) => document.querySelector(hash).contains(document.querySelector(':target')) || document.querySelector(':target').id === hash.slice(1), note.hash));
        const marked = await browser.page.evaluate(() => [...document.querySelectorAll('mark.found')].map((mark) => mark.textContent));
        assert.ok(marked.length > 0 && marked.every((text) => '注1-8'.includes(text)), String(marked));
        // Whatever else Escape closes first; a Firefox without a screen gives its pages no keyboard.
        const escape = () => dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })) && !document.querySelector('mark.found');
        await until(browser.page, escape, 'Escape takes the marks away');
      });
    });
  }
}

describe('The dialog', () => {
  let browser;
  before(async () => (browser = await start('Chromium')));
  after(() => browser?.stop());

  const focused = () => browser.page.evaluate(() => document.activeElement.matches('dialog input') ? 'field' : document.activeElement.closest('dialog li') ? [...document.querySelectorAll('dialog li a')].indexOf(document.activeElement) : document.activeElement.className);

  test('opens with a slash, is gone through with the arrows, and closes with Escape, which gives the focus back', async () => {
    await browser.visit(`${onDisk}zh/overview.html`);
    await browser.page.keyboard.press('/');
    await until(browser.page, () => Boolean(document.querySelector('dialog[open] select')), 'the search is open');
    assert.equal(await focused(), 'field');
    const { results } = await answer(browser, '沃夸兰');
    assert.ok(results.length > 3);
    await browser.page.focus('dialog input');
    await browser.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 0);
    await browser.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 1);
    await browser.page.keyboard.press('ArrowUp');
    await browser.page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'field');
    await browser.page.keyboard.press('Escape');
    assert.equal(await browser.page.evaluate(() => document.querySelector('dialog').open), false);
    await until(browser.page, () => document.activeElement.matches('button.search'), 'the button has the focus again');
  });

  test('Enter in the field opens the first result', async () => {
    await browser.visit(`${onDisk}zh/overview.html`);
    await openSearch(browser);
    const { results } = await answer(browser, '1-3-1');
    assert.match(results[0].words, /^各方说法 › .+ › 1-3-1/);
    await browser.page.focus('dialog input');
    await browser.page.keyboard.press('Enter');
    await until(browser.page, (hash) => location.hash === hash && document.readyState === 'complete', 'the first result is open', results[0].hash);
    assert.equal(results[0].hash, '#claim-1-3-1');
  });

  test('a figure is shown with what its row is called, and no sum of a file stands for what an exhibit says', async () => {
    await browser.visit(`${onDisk}zh/index.html`);
    await openSearch(browser);
    const figures = await answer(browser, '206539.30');
    const row = figures.results.find(({ path, hash }) => path === 'zh/overview.html' && hash === '#s2');
    assert.ok(row.text.includes('净损失') && row.text.includes('= 206539.30'), row.text);
    const exhibits = await answer(browser, '证据5');
    assert.ok(exhibits.results.length > 1);
    assert.deepEqual(exhibits.results.filter(({ text }) => /[0-9a-f]{40}/.test(text)), []);
  });

  test('a slash in a field is a slash', async () => {
    await browser.visit(`${onDisk}zh/overview.html`);
    await openSearch(browser);
    await browser.page.type('dialog input', 'a/b');
    assert.equal(await browser.page.evaluate(() => document.querySelector('dialog input').value), 'a/b');
  });

  test('results are grouped by kind, marked, told by number and path, and filtered by language and kind', async () => {
    await browser.visit(`${onDisk}zh/overview.html`);
    await openSearch(browser);
    const { status, results } = await answer(browser, '沃夸兰');
    assert.match(status, new RegExp(`找到 ${results.length} 处`));
    assert.ok(new Set(results.map(({ group }) => group)).size >= 4);
    assert.ok(results.filter(({ marked }) => marked.includes('沃夸兰')).length > results.length / 2);
    const choose = async (select, value) => {
      await browser.page.select(`.filters select:nth-of-type(${select})`, value);
      return browser.page.evaluate(() => [...document.querySelectorAll('dialog li a')].map((link) => [link.lang, link.closest('section').querySelector('h2').firstChild.data.trim()]));
    };
    const both = await answer(browser, 'vorqualand');
    assert.deepEqual([...new Set(both.results.map(({ lang }) => lang))].sort(), ['en', 'zh']);
    const english = await choose(1, 'en');
    assert.ok(english.length > 0 && english.every(([lang]) => lang === 'en'));
    const notes = await choose(2, '4');
    assert.ok(notes.length > 0 && notes.every(([lang, group]) => lang === 'en' && group === '注释'));
  });

  test('says plainly when there is nothing, and what cannot be searched for', async () => {
    await browser.visit(`${onDisk}en/overview.html`);
    await openSearch(browser);
    assert.deepEqual(await answer(browser, 'xyzzy plugh'), { status: 'Nothing was found.', results: [] });
    for (const query of ['，。！', '""', '--- ...']) {
      assert.match((await answer(browser, query)).status, /letters or digits/, query);
    }
  });

  for (const width of [390, 1440]) {
    test(`with its results breaks no rule of accessibility at ${width} px, and nothing scrolls sideways`, async () => {
      await browser.page.setViewport({ width, height: 900 });
      await browser.visit(`${onDisk}zh/overview.html`);
      await openSearch(browser);
      assert.ok((await answer(browser, '沃夸兰')).results.length > 3);
      await browser.page.evaluate(axe.source);
      const { violations, passes } = await browser.page.evaluate(() =>
        window.axe.run(document.querySelector('dialog'), { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: { 'target-size': { enabled: true } } }),
      );
      assert.ok(passes.length > 0);
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`), []);
      assert.ok(await browser.page.evaluate(() => document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth));
      await browser.page.screenshot({ path: artefact(`search-${width}.png`) });
      await browser.page.setViewport({ width: 1440, height: 900 });
    });
  }

  test('stands odd queries', async () => {
    const { problems } = await browser.visit(`${onDisk}en/overview.html`);
    await openSearch(browser);
    const odd = ['交'.repeat(10_000), 'ab '.repeat(3_000), '<script>alert(1)</script>', '😀', '\u202e\u200b', '"', '“', '\\', '.*', '%E4%B8', '1-', '-1', '1.'.repeat(500), '𠮷', '\ud800'];
    for (const query of odd) {
      const { status } = await answer(browser, query);
      assert.ok(status.length > 0, query.slice(0, 20));
    }
    assert.deepEqual(problems, []);
    assert.equal(await browser.page.evaluate(() => document.querySelectorAll('dialog script').length), 0);
  });
});

test('a script of the index that is missing is named, and the others still answer', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'casefile-site-'));
  cpSync(folder, copy, { recursive: true });
  rmSync(join(copy, 'search/texts-0.js'));
  const browser = await start('Chromium');
  try {
    await browser.visit(`${pathToFileURL(copy)}/zh/overview.html`);
    await openSearch(browser);
    const { status, results } = await answer(browser, '沃夸兰');
    assert.match(status, /search\/texts-0\.js/);
    assert.ok(results.length > 0);
    writeFileSync(join(copy, 'search/manifest.js'), '');
    await browser.visit(`${pathToFileURL(copy)}/zh/overview.html`);
    await browser.click('.tools > button.search');
    await until(browser.page, () => /search\/manifest\.js/.test(document.querySelector('dialog .status').textContent), 'the missing manifest is named');
  } finally {
    await browser.stop();
    rmSync(copy, { recursive: true });
  }
});

/** What stands in a document, and queries that find it. */
const parted = [
  ['电话 138-0000-0001，电话：139 0000 0002，合同编号 AB-2031-0007', ['13800000001', '138 0000 0001', '13900000002', '电话 139-0000-0002', 'ab20310007', 'AB 2031 0007']],
  ['订单 13700000009，卡号6222020000000004，合同XY20310008', ['137-0000-0009', '6222 0200 0000 0004', 'xy-2031-0008']],
  ['电话 (0755) 2555 0127；+1 (202) 555-0143；138.0000.0005', ['075525550127', '12025550143', '+1 202 555 0143', '13800000005']],
  ['2031‑05‑04 到 2031/07/08，sort code 12-34-56，1-800-555-0199', ['2031-05-04', '20310504', '20310708', '18005550199']],
  ['账户 GB82 WEST 1234 5698 7654 32，单号 A-10001', ['gb82west12345698765432', 'A10001']],
];
/** Queries that find nothing there: decimals, parts of longer numbers, numbers that only stand side by side. */
const elsewhere = ['1234567.8', '1234567.890.1', '123456789', '31200000', '3800000001', '1380000000', '99999999999'];

test('numbers are found however they are parted, and nothing else is taken for them', async () => {
  const made = makeCase({
    'casefile.yaml': 'languages: [zh]\n',
    ...Object.fromEntries(parted.map(([text], at) => [`content/zh/d${at}.md`, `# 甲\n\n${text}。\n`])),
    'content/zh/other.md': '# 乙\n\n金额 1234567.89 元，共 3 1200000 个。\n',
  });
  for (const name of browsers) {
    const browser = await start(name);
    try {
      made.build();
      await browser.visit(`${pathToFileURL(made.site)}/zh/index.html`);
      await openSearch(browser);
      for (const [at, [, queries]] of parted.entries()) {
        for (const query of queries) {
          const { results } = await answer(browser, query);
          assert.deepEqual([...new Set(results.map(({ path }) => path))], [`zh/d${at}.html`], `${name}: ${query}`);
          assert.ok(results[0].marked.length > 0, query);
        }
      }
      for (const query of elsewhere) assert.deepEqual((await answer(browser, query)).results, [], `${name}: ${query}`);
    } finally {
      await browser.stop();
    }
  }
  made.remove();
});

test('what an author writes stays text in the results', async () => {
  const made = makeCase(textsCase(ended(groups)));
  const browser = await start('Chromium');
  try {
    made.build();
    await browser.visit(`${pathToFileURL(made.site)}/en/index.html`);
    await openSearch(browser);
    for (const query of ['script', 'onerror', 'alert', 'img', 'javascript']) {
      await answer(browser, query);
      const names = await browser.page.evaluate(() => [...new Set([...document.querySelectorAll('dialog .results *')].map(({ localName }) => localName))]);
      assert.deepEqual(names.filter((name) => !['section', 'h2', 'span', 'ol', 'li', 'a', 'strong', 'mark', 'button'].includes(name)), [], query);
    }
  } finally {
    await browser.stop();
    made.remove();
  }
});

describe('One character a million times, and a document of megabytes', () => {
  const sentence = '客户于次日凌晨发现余额不足，随即联系平台，未获答复。';
  const made = makeCase({
    'casefile.yaml': 'languages: [zh]\n',
    'content/zh/one.md': `# 一\n\n${'哈'.repeat(1_000_000)}终\n`,
    'content/zh/large.md': `# 大\n\n${Array.from({ length: 20_000 }, (_, at) => `- 1-${at % 900}，${sentence}编号甲${at}。`).join('\n')}\n`,
  });
  let browser;
  before(async () => {
    made.build();
    browser = await start('Chromium');
  });
  after(async () => {
    await browser?.stop();
    made.remove();
  });

  test('are searched like others', async () => {
    await browser.visit(`${pathToFileURL(made.site)}/zh/index.html`);
    await openSearch(browser);
    assert.deepEqual((await answer(browser, '哈终')).results.map(({ path }) => path), ['zh/one.html']);
    assert.deepEqual((await answer(browser, '甲19999')).results.map(({ path }) => path), ['zh/large.html']);
    assert.ok((await answer(browser, '随即联系')).results.length > 100);
  });
});

test('without scripts there is no search, and the index of each language, one click away from every page, leads to every heading, number and note', async () => {
  for (const tag of languages) {
    const index = read(`${tag}/index-of-headings.html`);
    const ways = new Set(index.elements.filter(({ name }) => name === 'a').map(({ href }) => href));
    for (const path of documents.filter((path) => language(path) === tag)) {
      const { elements } = read(path);
      const places = elements.filter(({ name, attributes }) => attributes.get('id') && (/^(section|li)$/.test(name) || attributes.get('class')?.includes('note')));
      const own = path.slice(tag.length + 1);
      assert.deepEqual(places.map(({ attributes }) => `${own}#${attributes.get('id')}`).filter((way) => !ways.has(way)), [], path);
    }
    for (const path of told.filter((path) => language(path) === tag && !/print|-\d|missing/.test(path))) {
      assert.ok(read(path).elements.some(({ href }) => href === 'index-of-headings.html'), path);
    }
  }
  const browser = await start('Chromium', { scripts: false });
  try {
    await browser.visit(`${onDisk}zh/overview.html`);
    await browser.click('a.search');
    await until(browser.page, () => location.pathname.endsWith('/zh/index-of-headings.html'), 'the index is open');
  } finally {
    await browser.stop();
  }
});

test('the script is small: less than 12,000 bytes as it is sent', async () => {
  const { gzipSync } = await import('node:zlib');
  assert.ok(gzipSync(readFileSync(join(folder, 'static/search.js'))).length < 12_000);
});
