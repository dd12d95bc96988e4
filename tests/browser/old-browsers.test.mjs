// Machines that nobody updates any more: Chromium 78, Firefox 78 and Safari 13 know all that the theme needs, and a real
// Chromium 78 reads the site, searches it and shows what a reference leads to.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { artefact } from './lib/artefacts.mjs';
import { onDisk } from './lib/browsers.mjs';
import { launch, missing } from './lib/chromium-78.mjs';
import { newInScript, newInStyle } from './lib/compatibility.mjs';
import { languages, onePerKind, root } from './lib/site.mjs';

const theme = (name) => readFileSync(resolve(root, '../../static', name), 'utf8');

/** What not all of them know, and why the page is readable all the same. */
const degradesInStyle = {
  // Polish: without it, text stands a little differently.
  ':where': 'Chinese beside English is as large as the English',
  ':dir': 'the sign of an entry written from right to left stands further out',
  ':marker': 'the signs of lists have the colour of their text',
  '@counter-style': '1. stands for 1)',
  'hanging-punctuation': 'punctuation stays within the line',
  'tab-size': 'Firefox has it with a prefix',
  'text-autospace': 'no thin space between Chinese and Latin letters',
  'text-decoration-thickness': 'lines below links are as thick as the browser draws them',
  'text-spacing-trim': 'full-width punctuation keeps its width',
  'text-underline-offset': 'lines below links are nearer to their words',
  'text-wrap': 'lines are filled from the first on',
  // Comfort: without it, the browser does what it always does.
  ':backdrop': 'only a browser that has the dialog has what is behind it',
  ':focus-visible': 'the focus is seen after a click too',
  '@media (forced-colors)': 'a target is known by its bar',
  '@media (prefers-contrast)': 'the contrast is AA without it',
  '@media (scripting)': 'without scripts the room of the button for dark colours stays empty',
  'align-self: start': 'grids know it; only boxes in a row do not',
  'color-scheme': 'scroll bars are light on dark pages',
  cursor: 'there is none on a telephone',
  'overscroll-behavior': 'the page scrolls on behind a box',
  resize: 'a field may be pulled larger',
  'scroll-behavior': 'it is only ever taken back',
  'scroll-margin-top': 'what sticks at the top and would cover a target does not stick there',
  'scrollbar-width': 'scroll bars are as wide as always',
  // Paper: without it, sheets end in other places and bear no running heads.
  ':details-content': 'the script unfolds for paper',
  ':first': 'Firefox knew it before the table says so',
  ':has': 'a row may be torn where a sheet ends',
  '@page': 'sheets have the margins of the browser',
  'break-after: avoid': 'a heading may stand last on a sheet',
  'break-before: avoid': 'the same',
  'content-visibility': 'the script unfolds for paper',
  orphans: 'one line may stand alone',
  page: 'a wide list is printed upright',
  size: 'the size of paper is the one of the printer',
  widows: 'one line may stand alone',
};
const degradesInScript = {
  createPolicy: 'asked for only where there are trusted types',
  createScriptURL: 'the same',
  showModal: 'where there is no dialog, the way to the index stays',
  writeText: 'asked for only where there is a clipboard, else a field is copied from',
};

/** What is new and stands in no table, and what stands there for nothing. */
function judge(found, degrades) {
  const unknown = [...found].filter(([name]) => !Object.hasOwn(degrades, name)).map(([name, browsers]) => `${name}: ${browsers}`);
  return [...unknown, ...Object.keys(degrades).filter((name) => !found.has(name)).map((name) => `${name} is not asked for any more`)];
}

test('the style asks for nothing without which those browsers show a page that cannot be read', () => {
  assert.deepEqual(judge(new Map([...newInStyle(theme('casefile.css')), ...newInStyle(theme('dark.css'))]), degradesInStyle), []);
});

test('the scripts ask for no syntax and no methods that those browsers do not know', () => {
  const found = ['casefile.js', 'search.js', 'lost.js'].flatMap((name) => [...newInScript(theme(name))]);
  assert.deepEqual(judge(new Map(found), degradesInScript), []);
});

test('what is too new is found: syntax, methods, names, selectors, properties, values, gaps between boxes in a row', () => {
  const scripts = ['a?.b', 'a ?? b', 'x.replaceChildren()', 'x.at(1)', 'x.replaceAll(a, b)', 'new ResizeObserver(f)', '/(?<=a)b/', 'structuredClone(a)', 'x.matches(":focus-visible")', 'class A { #b = 1 }'];
  assert.deepEqual(scripts.filter((script) => newInScript(script).size === 0), []);
  const styles = ['a { inset: 0 }', 'a { aspect-ratio: 1 }', 'a:is(b) {}', 'a { display: flex; gap: 1em }', 'a { width: min(1em, 2em) }', 'a { overflow: clip }', '@container (width > 1em) {}', 'a { & b { color: red } }'];
  assert.deepEqual(styles.filter((style) => newInStyle(style).size === 0), []);
  assert.deepEqual([...newInStyle('a { display: grid; gap: 1em; overflow-wrap: break-word; overflow-wrap: anywhere }').keys()], []);
  assert.deepEqual([...newInScript('if (window.ResizeObserver) new ResizeObserver(f); try { [...a].find(b) } catch { c }').keys()], []);
});

describe('In Chromium 78', { skip: missing }, () => {
  let browser;
  let page;
  const problems = [];
  before(async () => {
    browser = await launch();
    assert.match(await browser.version(), /Chrome\/78\./);
    page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
  });
  after(() => browser && browser.close());

  for (const path of onePerKind) {
    test(`${path} runs its scripts and is no wider than the window`, async () => {
      problems.length = 0;
      for (const width of [1280, 390]) {
        await page.setViewport({ width, height: 800 });
        await page.goto(onDisk + path);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `wider than ${width} px`);
        if (/positions|overview|^[^/]*\/index/.test(path)) await page.screenshot({ path: artefact('chromium-78', `${path.replace('/', '-')}-${width}.png`) });
      }
      assert.deepEqual(problems, []);
    });
  }

  for (const language of languages) {
    test(`the search of ${language} opens, finds a claim by its number, and leads to it`, async () => {
      await page.setViewport({ width: 1280, height: 800 });
      await page.goto(`${onDisk}${language}/overview.html`);
      await page.click('button.search');
      await page.waitForSelector('dialog[open] select');
      await page.type('dialog input', '1-3-1');
      await page.waitForSelector('dialog li a[href*="positions.html"][href$="#claim-1-3-1"]');
      await page.screenshot({ path: artefact('chromium-78', `${language}-search.png`) });
      await Promise.all([page.waitForNavigation(), page.click('dialog li a[href$="#claim-1-3-1"]')]);
      assert.match(await page.url(), /positions\.html#claim-1-3-1$/);
      assert.equal(await page.evaluate(() => document.querySelector(':target').id), 'claim-1-3-1');
    });

    test(`what a reference of ${language} leads to is shown beside it, at the pointer and at the focus`, async () => {
      await page.setViewport({ width: 1000, height: 800 });
      await page.goto(`${onDisk}${language}/overview.html`);
      await page.hover('article a.ref[href]');
      await page.waitForSelector('.popover', { visible: true });
      assert.ok((await page.evaluate(() => document.querySelector('.popover').textContent)).length > 10);
      await page.keyboard.press('Escape');
      assert.equal(await page.$('.popover'), null);
      await page.evaluate(() => document.querySelector('main').focus());
      for (let tabs = 0; tabs < 40 && !(await page.$('.popover')); tabs += 1) await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement.getAttribute('aria-describedby') === 'popover'));
    });
  }
});

describe('Where there is no dialog', () => {
  test('the way to the index stands in the place of the search', { skip: missing }, async () => {
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.evaluateOnNewDocument(() => delete window.HTMLDialogElement);
      await page.goto(`${onDisk}${languages[0]}/overview.html`);
      assert.equal(await page.$('button.search'), null);
      await Promise.all([page.waitForNavigation(), page.click('a.search')]);
      assert.match(await page.url(), /index-of-headings\.html$/);
    } finally {
      await browser.close();
    }
  });
});
