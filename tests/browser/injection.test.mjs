// Nothing that somebody writes into a case does anything in the reader's browser. Every payload stands in every
// place where text can stand, and every page is opened with the policy taken away, so that it hides no hole.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { start } from './lib/browsers.mjs';
import { makeCase } from './lib/cases.mjs';
import { end, mark, settingsCase, textsCase } from './lib/hostile-case.mjs';
import groups, { ended } from './lib/payloads.mjs';
import { serve } from './lib/server.mjs';

const payloads = ended(groups);

const kinds = [
  ['the case that has them in documents', textsCase, payloads],
  ['the case that has them in settings, exhibits and names', settingsCase, payloads],
];
const built = kinds.map(([name, files, texts]) => {
  const { site, build, remove } = makeCase(files(texts));
  return { name, site, files: build(), remove };
});
// The page for wrong addresses looks for its files where they may not be, and what is not there is an error.
for (const kind of built) kind.pages = kind.files.filter((path) => path.endsWith('.html') && path !== '404.html');
after(() => built.forEach(({ remove }) => remove()));

/** Makes what must not run tell that it ran. Runs first in every frame. */
function listen() {
  const tell = (name) => () => console.log(`ran ${name}`);
  const hold = (owner, name) => Object.defineProperty(owner, name, { value: tell(name), writable: false, configurable: false });
  for (const name of ['pwned', 'alert', 'confirm', 'prompt', 'print', 'open', 'eval']) hold(window, name);
  for (const name of ['write', 'writeln']) hold(document, name);
}

/** What there is in a page that must not be there. Asked in the page; `source` is the page as it was written. */
function inspect({ source, top, own }) {
  const harmless = new Set(
    (
      'a abbr article b bdi blockquote br caption center cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 ' +
      'hr i img ins kbd li mark ol p pre q rp rt ruby s small span strong sub summary sup table tbody td tfoot th thead tr u ul ' +
      'wbr math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt ' +
      'mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics'
    ).split(' '),
  );
  const followed = ['http:', 'https:', 'mailto:', 'tel:', 'file:'];
  const leads = ['href', 'xlink:href', 'action', 'formaction', 'cite', 'ping', 'longdesc', 'to', 'from', 'by', 'values'];
  const loads = ['src', 'srcset', 'data', 'poster', 'background', 'lowsrc', 'dynsrc', 'manifest', 'codebase', 'archive', 'srcdoc'];
  const found = [];

  const elements = (root) =>
    [...root.querySelectorAll('*')].flatMap((element) => (element.localName === 'template' ? [element, ...elements(element.content)] : [element]));
  const resolve = (address) => {
    try {
      return new URL(address, location.href);
    } catch {
      return undefined;
    }
  };
  const signature = (element) => {
    const telling = ['http-equiv', 'name', 'rel', 'type', 'charset'];
    const values = [...element.attributes].map(({ name, value }) => {
      if (telling.includes(name)) return `${name}=${value}`;
      return name === 'src' || (name === 'href' && element.localName === 'link') ? `${name}=${value.replace(/^(?:\.\.\/)*/, '')}` : name;
    });
    return `<${[element.localName, ...values.sort()].join(' ')}>`;
  };

  const look = (root, written) => {
    for (const element of elements(root)) {
      const { localName } = element;
      const tell = (what) => found.push(`${what} in ${element.outerHTML.slice(0, 160)}`);
      if (!harmless.has(localName)) {
        const self = signature(element);
        if (!own) found.push(self);
        else if (written && !own.includes(self)) tell(self);
      }
      if (!own) continue;
      if (localName === 'script' && element.textContent.trim() !== '') tell('a script of its own');
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) tell(name);
        // A script may move what the site has put there; what is written has no style.
        if (name === 'style' && written) tell('style');
        if (name === 'srcdoc' || name === 'formaction' || name === 'ping') tell(name);
        const url = leads.includes(name) || loads.includes(name) ? resolve(value) : undefined;
        if (leads.includes(name) && url && !followed.includes(url.protocol)) tell(`${name}=${value}`);
        const places = name === 'srcset' ? value.split(',').map((part) => part.trim().split(/\s+/)[0]) : [value];
        if (loads.includes(name) && !places.every((place) => resolve(place)?.href.startsWith(top))) tell(`${name}=${value}`);
        if (name === 'id' && !/^[\w/-]+$/.test(value)) tell(`id=${value}`);
      }
    }
  };

  if (own) {
    look(document, false);
    if (document.querySelectorAll('main').length !== 1) found.push('not one main');
    if (!document.querySelector('body > footer')?.textContent.trim()) found.push('no footer at the end of the page');
  }
  if (source !== undefined) look(new DOMParser().parseFromString(source, 'text/html'), true);
  return found;
}

/** Does to everything what could wake a handler, and follows what leads to no page. Asked in the page. */
async function provoke() {
  for (const { content } of document.querySelectorAll('template')) document.body.append(content.cloneNode(true));
  const names = ['mouseover', 'pointerenter', 'focus', 'error', 'load', 'toggle', 'begin'];
  // What has no attribute has no handler either.
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.hasAttributes()) continue;
    for (const name of names) element.dispatchEvent(new Event(name));
  }
  for (const element of [...document.querySelectorAll('a.ref')].slice(0, 30)) {
    for (const name of ['pointerover', 'mouseover', 'focusin']) element.dispatchEvent(new Event(name, { bubbles: true }));
  }
  for (const image of document.images) image.loading = 'eager';
  await Promise.all([...document.images].map((image) => image.complete || new Promise((done) => (image.onload = image.onerror = done))));
  // Ordinary links are clicked, and stay here; all others may do what they can.
  const stay = (event) => {
    const link = event.target.closest('[href]');
    const { protocol } = new URL(link?.getAttribute('href') ?? '', location.href);
    if (['http:', 'https:', 'mailto:', 'tel:', 'file:'].includes(protocol)) event.preventDefault();
  };
  addEventListener('click', stay, true);
  for (const element of document.querySelectorAll('main :is(a, area, summary, [href], [tabindex])')) {
    element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }
  await new Promise((done) => setTimeout(done));
}

/** A browser that notices whatever a page does beyond showing itself. */
async function watch({ bypass }) {
  const { page, way, stop } = await start('Chromium', { width: 1000, height: 600 });
  // A page that holds everything may take its time where many tests run at once.
  page.setDefaultNavigationTimeout(60_000);
  await page.setBypassCSP(bypass);
  await page.evaluateOnNewDocument(listen);
  let noticed = [];
  let top;
  let address;
  const notice = (what) => noticed.push(what);
  page.on('console', (message) => {
    if (message.text().startsWith('ran ') || message.type() === 'error') notice(message.text());
  });
  page.on('pageerror', (error) => notice(`failed: ${error.message}`));
  page.on('dialog', (dialog) => {
    notice(`asked ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('popup', (other) => {
    notice('opened a window');
    other?.close().catch(() => {});
  });
  page.on('frameattached', () => notice('has a frame'));
  page.on('framenavigated', (frame) => {
    if (plain(frame.url()) !== plain(address)) notice(`went to ${frame.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(top)) notice(`asked for ${request.url()}`);
  });

  return {
    page,
    stop,
    /** Opens a page of the site at `site`, lets `act` act on it, and returns what went on. */
    async open(site, path, act = async () => {}) {
      noticed = [];
      top = site;
      address = new URL(path, site).href;
      way.asked.clear();
      await page.goto(address, { waitUntil: 'load' });
      await act(page).catch((error) => notice(`broke off: ${error.message}`));
      // What the page did last has been told when it answers once more.
      await page.evaluate(() => new Promise((done) => setTimeout(done))).catch(notice);
      const hosts = [...way.asked].filter((host) => host.endsWith('example')).map((host) => `asked ${host}`);
      return [...noticed, ...hosts];
    },
  };
}

const plain = (address) => address.replace(/[?#].*$/, '');

const read = (site, path) => readFileSync(join(site, path), 'utf8');
const disk = (site) => pathToFileURL(`${site}/`).href;

/** The elements that such cases have when there is nothing wrong with them. */
async function ownElements(page) {
  const own = new Set();
  const words = ['one', 'two', 'three'].flatMap((word) => Array.from({ length: 8 }, (_, at) => `${word}${at}`));
  for (const [, files] of kinds) {
    const { site, build, remove } = makeCase(files(words));
    for (const path of build().filter((path) => path.endsWith('.html'))) {
      for (const element of await page.evaluate(inspect, { source: read(site, path) })) own.add(element);
    }
    remove();
  }
  return [...own];
}

/** How deep each mark stands in the page, as often as it does. Asked in the page. */
function marks() {
  const found = {};
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest('.backrefs')) continue;
    for (const [mark] of walker.currentNode.data.matchAll(/«\d+»/g)) {
      let depth = 0;
      for (let element = walker.currentNode.parentElement; element.localName !== 'main'; element = element.parentElement) depth += 1;
      (found[mark] ??= []).push(depth);
    }
  }
  return found;
}

const visible = () => document.querySelector('main').textContent;
/** Payloads that a page shows as they are: of white space and what is invisible it may show something else. */
const legible = payloads.filter((payload) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(payload.replace(/[\t\n]/g, ' ')));
const spaced = (text) => text.replaceAll(/\s+/g, ' ').trim();

test('there are many payloads, and no two are alike', () => {
  assert.ok(payloads.length >= 240);
  assert.equal(new Set(payloads).size, payloads.length);
});

test('no file beside the pages is of a kind that browsers run', () => {
  for (const { files, site } of built) {
    // A drawing may be shown as a picture; what it does when it is opened is tried below.
    const running = files.filter((path) => /\.(x?html?|xht|svgz|xml|xslt?|m?js|mht|swf|hta|jar|pdf)$/i.test(path) && !/\.html$/.test(path));
    assert.deepEqual(
      running.filter((path) => !path.startsWith('static/') && !path.startsWith('search/')),
      [],
    );
    // What the index hands over is data: one call, and nothing in it that is evaluated.
    for (const path of files.filter((path) => path.startsWith('search/'))) {
      const [, name, values] = /^casefileSearch\.(\w+)\((.*)\);\n$/s.exec(readFileSync(join(site, path), 'utf8'));
      assert.ok(['manifest', 'terms', 'texts'].includes(name) && Array.isArray(JSON.parse(`[${values}]`)), path);
    }
  }
});

describe('From the disk, with the policy taken away', () => {
  let browser;
  let own;
  before(async () => {
    browser = await watch({ bypass: true });
    own = await ownElements(browser.page);
  });
  after(() => browser?.stop());

  /** All that is wrong with a page. */
  const examine = async (site, path) => {
    const found = [];
    const went = await browser.open(disk(site), path, async (page) => {
      found.push(...(await page.evaluate(inspect, { source: read(site, path), top: disk(site), own })));
      await page.evaluate(provoke);
    });
    return [...found, ...went];
  };

  for (const { name, site, pages } of built) {
    describe(`in ${name}`, () => {
      for (const path of pages) {
        test(`${path} holds nothing that acts, and does nothing whatever is done to it`, async () => {
          assert.deepEqual(await examine(site, path), []);
        });
      }
    });
  }

  const [texts, settings] = built;

  for (const path of texts.pages.filter((path) => /^(en|zh)\/(prose|headings|lists|items|code|gitbook|searched|pictures|sums|appendix-1)\.html$/.test(path))) {
    test(`${path} shows every block, none inside another, and its last line`, async () => {
      await browser.open(disk(texts.site), path);
      const turn = path.startsWith('en/') ? 0 : 1;
      const found = await browser.page.evaluate(marks);
      const expected = payloads.map((_, at) => mark(at)).filter((_, at) => at % 2 === turn);
      assert.deepEqual(
        expected.filter((mark) => !found[mark]),
        [],
        'marks that are not there',
      );
      assert.ok((await browser.page.evaluate(visible)).includes(end));
      // What holds the end of a tag is no tag of GitBook, and the text in it stands by itself.
      if (path.endsWith('gitbook.html')) return;
      const usual = `${found[expected[0]]}`;
      assert.deepEqual(
        expected.filter((mark) => `${found[mark]}` !== usual).map((mark) => `${mark} at ${found[mark]}, the first at ${usual}`),
        [],
      );
    });
  }

  test('code shows every payload to the letter', async () => {
    const shown = [];
    for (const language of ['en', 'zh']) {
      await browser.open(disk(texts.site), `${language}/code.html`);
      shown.push(...(await browser.page.evaluate(() => [...document.querySelectorAll('main code')].map((code) => code.textContent))));
    }
    const all = new Set(shown.map(spaced));
    assert.deepEqual(
      legible.filter((payload) => !all.has(spaced(payload))),
      [],
    );
  });

  for (const path of ['en/exhibits.html', 'zh/exhibits.html', 'en/index.html', 'zh/index.html', 'en/exhibit-1.html']) {
    test(`${path} shows every payload to the letter`, async () => {
      await browser.open(disk(settings.site), path);
      const text = spaced(await browser.page.evaluate(visible));
      assert.deepEqual(
        legible.filter((payload) => !text.includes(spaced(payload))),
        [],
      );
    });
  }

  test('a drawing that holds a script does nothing when it is opened by itself', async () => {
    const drawings = texts.files.filter((path) => path.includes('drawing.svg'));
    assert.ok(drawings.length > 0);
    for (const path of drawings) assert.deepEqual(await browser.open(disk(texts.site), path), []);
  });

  test('references that are pointed at bring nothing to life', async () => {
    for (const path of ['en/labels.html', 'zh/labels.html', 'en/overview.html']) {
      const { site } = path.includes('overview') ? settings : texts;
      const went = await browser.open(disk(site), path, async (page) => {
        const references = await page.$$('main a.ref');
        assert.ok(references.length > 0, path);
        for (const reference of references.slice(0, 6)) {
          await reference.hover().catch(() => {});
          await page.evaluate(() => new Promise((done) => setTimeout(done, 60)));
        }
        assert.deepEqual(await page.evaluate(inspect, { top: disk(site), own }), []);
        await page.evaluate(provoke);
      });
      assert.deepEqual(went, [], path);
    }
  });

  test('what stands in the address is not believed', async () => {
    for (const payload of ['javascript:pwned()', '"><img src=x onerror=pwned()>', '//evil.example/x']) {
      const said = encodeURIComponent(payload);
      for (const ending of [`?from=${said}&theme=${said}`, `?theme=dark&from=${said}%23${said}`, `#${payload}`]) {
        const went = await browser.open(disk(texts.site), `en/drawings.html${ending}`, async (page) => {
          await page.evaluate(provoke);
          assert.deepEqual(await page.evaluate(inspect, { top: disk(texts.site), own }), []);
        });
        assert.deepEqual(went, []);
      }
    }
  });

  describe('a payload that gets through is noticed:', () => {
    const folder = mkdtempSync(join(tmpdir(), 'casefile-raw-'));
    after(() => rmSync(folder, { recursive: true }));
    const through = groups.filter((group) => !group.inert).flatMap((group) => group.payloads);
    through.forEach((payload, at) => {
      // One in six is enough to know.
      if (at % 6 !== 0) return;
      test(JSON.stringify(payload), async () => {
        const path = `raw-${at}.html`;
        writeFileSync(
          join(folder, path),
          `<!doctype html><meta charset="utf-8"><title>raw</title><link rel="icon" href="data:,"><body><main><p>${payload}</p></main><footer>end</footer>`,
        );
        assert.notDeepEqual(await examine(folder, path), []);
      });
    });
  });
});

// Where the policy has nothing to forbid, the pages do the same with it and without it.
describe('Over http, with the policy', () => {
  let browser;
  before(async () => (browser = await watch({ bypass: false })));
  after(() => browser?.stop());

  for (const { name, site, pages } of built) {
    describe(`in ${name}`, () => {
      let server;
      before(async () => (server = await serve(site)));
      after(() => server?.stop());

      for (const path of pages) {
        test(`${path} does nothing, and nothing that the policy forbids is tried`, async () => {
          assert.deepEqual(await browser.open(server.url, path), []);
        });
      }
    });
  }
});
