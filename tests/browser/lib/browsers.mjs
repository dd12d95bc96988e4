// The two browsers, started the same way and watched the same way.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { exit } from './exit.mjs';
import { environment, usual } from './fonts.mjs';
import { folder } from './site.mjs';

export const browsers = ['Chromium', 'Firefox'];

/** Where the site is read from: the address of its top over http (see server.mjs) or on disk. */
export const onDisk = pathToFileURL(`${folder}/`).href;

const programs = {
  Chromium: [process.env.CASEFILE_CHROMIUM, '/usr/bin/chromium', 'chromium', 'chromium-browser', 'google-chrome'],
  Firefox: [process.env.CASEFILE_FIREFOX, '/usr/bin/firefox-esr', 'firefox-esr', 'firefox'],
};

function program(name) {
  for (const wanted of programs[name].filter(Boolean)) {
    for (const place of wanted.includes('/') ? [''] : process.env.PATH.split(delimiter)) {
      const path = join(place, wanted);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here; the next place may have it
      }
    }
  }
  throw new Error(`${name} is not installed: install it, or name it in CASEFILE_${name.toUpperCase()}`);
}

function options(name, { scripts, dark, letters, fonts, port }) {
  const env = { ...process.env, ...environment(fonts) };
  const common = { executablePath: program(name), env, headless: true, timeout: 60_000, protocolTimeout: 60_000 };
  if (name === 'Chromium') {
    const args = [`--proxy-server=127.0.0.1:${port}`, '--no-first-run', '--disable-gpu', '--disable-quic'];
    if (letters !== 16) args.push(`--blink-settings=defaultFontSize=${letters}`);
    // Chromium refuses its sandbox to root, which is who one is in most containers.
    if (process.getuid?.() === 0) args.push('--no-sandbox');
    return { ...common, browser: 'chrome', args };
  }
  return {
    ...common,
    browser: 'firefox',
    extraPrefsFirefox: {
      // However many places of a page are looked at, none is one too many.
      'dom.navigation.navigationRateLimit.count': 0,
      'font.size.variable.x-western': letters,
      'font.size.variable.zh-CN': letters,
      'javascript.enabled': scripts,
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': port,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': port,
      'ui.useOverlayScrollbars': 1,
    },
  };
}

/** Browsers that were stopped and wait a moment for somebody else, for a start costs more than most tests. */
const resting = new Set();

async function launch(name, settings) {
  const way = await exit();
  const browser = await puppeteer.launch(options(name, { ...settings, port: way.port }));
  return { browser, way, page: (await browser.pages())[0] ?? (await browser.newPage()) };
}

/** Takes up a resting browser that was started the same way, with a new window, or launches one. */
async function take(name, settings) {
  // What Chromium can be told at any time makes no other browser of it.
  const way = JSON.stringify(name === 'Chromium' ? [name, settings.letters, settings.fonts] : [name, settings]);
  const found = [...resting].find((other) => other.started === way && other.browser.connected);
  if (!found) return { started: way, ...(await launch(name, settings)) };
  resting.delete(found);
  clearTimeout(found.bedtime);
  const page = await found.browser.newPage();
  await found.page.close();
  return { ...found, page };
}

/** Lets a browser rest, and closes it for good if nobody takes it up again. */
function rest(taken) {
  const close = async () => {
    resting.delete(taken);
    await taken.browser.close();
    await taken.way.stop();
  };
  resting.add(taken);
  taken.bedtime = setTimeout(close, 300);
}

/**
 * Starts a browser with one window, in which page after page is opened. The letters' size is the reader's own setting;
 * which faces there are, the machine's (see fonts.mjs).
 */
export async function start(name, { scripts = true, dark = false, letters = 16, fonts = usual, width = 1440, height = 900 } = {}) {
  const taken = await take(name, { scripts, dark, letters, fonts });
  let { page } = taken;
  let told = await prepare();

  /** Makes the window ready; what is told of it goes into lists of its own, however late. */
  async function prepare() {
    await page.setViewport({ width, height });
    if (name === 'Chromium') {
      await page.setJavaScriptEnabled(scripts);
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
    }
    const lists = { problems: [], requests: [] };
    page.on('console', (message) => {
      if (['error', 'warn', 'warning', 'assert'].includes(message.type())) lists.problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => lists.problems.push(`script: ${error.message}`));
    page.on('requestfailed', (request) => {
      // Firefox asks for the icon last, and breaks that off itself when the next page is opened.
      if (request.failure()?.errorText === 'NS_BINDING_ABORTED') return;
      lists.problems.push(`failed: ${request.url()}`);
    });
    page.on('request', (request) => lists.requests.push(request.url()));
    page.on('response', (response) => {
      if (response.status() >= 400) lists.problems.push(`status ${response.status()}: ${response.url()}`);
    });
    await page.evaluateOnNewDocument(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`content security policy: ${event.violatedDirective} blocked ${event.blockedURI}`);
      });
    });
    return lists;
  }

  return {
    name,
    way: taken.way,

    /** The window. */
    get page() {
      return page;
    },

    /** Visits an address in a new window, so that what a page before it still asks for is not taken for its own. */
    async visitAfresh(url) {
      const before = page;
      page = taken.page = await taken.browser.newPage();
      await before.close();
      told = await prepare();
      return this.visit(url);
    },

    /** Opens an address, looks at all of the page, and returns what went wrong and what was asked for. */
    async visit(url) {
      told.problems = [];
      told.requests = [];
      // Firefox refuses an address that is asked for while a link is being followed, or never says that it is there.
      await until(page, () => document.readyState === 'complete', 'the page before has loaded');
      const response = await page.goto(url, { waitUntil: 'load' });
      const complete = () => {
        // Pictures further down are only fetched when somebody gets there.
        for (const image of document.images) image.loading = 'eager';
        return [...document.images].every((image) => image.complete);
      };
      await until(page, complete, 'every picture is there');
      return { status: response?.status(), problems: told.problems, requests: told.requests };
    },

    /** Clicks where a person would: in the middle of the first line of what the selector names. */
    async click(selector) {
      let last;
      for (let looks = 0; looks < 100; looks += 1) {
        const spot = await page.evaluate(find, selector, name === 'Chromium');
        if (spot.problem) throw new Error(`${selector} ${spot.problem} on ${page.url()}`);
        // A page that has only just opened may still be moving to its place, and until Chromium has drawn it
        // a click may go astray. Nobody clicks on a moving link, or on one not yet to be seen.
        if (spot.drawn && spot.x === last?.x && spot.y === last?.y) return page.mouse.click(spot.x, spot.y);
        last = spot;
        await pause(15);
      }
      throw new Error(`${selector} does not stand still on ${page.url()}`);
    },

    async stop() {
      rest(taken);
    },
  };
}

/** Brings an element into view and says where to click on it, and why not if one can't. Asked in the page. */
function find(selector, waits) {
  const element = document.querySelector(selector);
  if (!element) return { problem: 'is not on the page' };
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const line = [...element.getClientRects()].find((rect) => rect.width > 0 && rect.height > 0);
  if (!line) return { problem: 'is not visible' };
  const [x, y] = [line.x + line.width / 2, line.y + line.height / 2];
  const hit = document.elementFromPoint(x, y);
  const drawn = !waits || performance.getEntriesByName('first-contentful-paint').length > 0;
  return element.contains(hit) ? { x, y, drawn } : { problem: `is covered by ${hit?.outerHTML.slice(0, 120)}` };
}

/** Waits until a question asked in the page is answered with yes. Works with scripts switched off too. */
export async function until(page, question, what, ...args) {
  const end = Date.now() + 30_000;
  for (let wait = 1; ; wait = Math.min(wait * 2, 16)) {
    // While a page gives way to the next one there is nobody to ask.
    if (await page.evaluate(question, ...args).catch(() => false)) return;
    if (Date.now() > end) throw new Error(`${what}: not so after half a minute, on ${page.url()}`);
    await pause(wait);
  }
}

/**
 * The places among those named that a person does not see, or only behind something else. Asked in the page, which
 * stays where it is, or goes to each place in turn and must mark it.
 */
export function unseen(ids, go) {
  return ids.filter((id) => {
    if (go) location.replace(`#${id}`);
    const place = document.getElementById(id);
    const line = place?.getClientRects()[0];
    if (!line || line.top < -1 || line.top >= innerHeight) return true;
    const top = document.elementFromPoint(line.x + line.width / 2, line.y + Math.min(6, line.height / 2));
    return !place.contains(top) || (go && document.querySelector(':target') !== place);
  });
}

/** Waits until a person who followed a link is where it led, and sees that place. */
export function arrival(page, url) {
  const id = decodeURIComponent(new URL(url).hash.slice(1));
  const open = `location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`;
  return until(page, `${open} && (${unseen})(${JSON.stringify(id ? [id] : [])}).length === 0`, `${url} is open and its place is in view`);
}
