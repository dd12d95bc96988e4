// The zip of the demonstration case, unpacked by another program, is walked on file:// in both browsers: every link leads
// to something in it or openly out of it, every page opens, and nothing is asked for outside.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { program, repository } from './lib/program.mjs';

function run(command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stderr}`);
  return stdout;
}

const folder = mkdtempSync(join(tmpdir(), 'casefile-zip-'));
after(() => rmSync(folder, { recursive: true }));
const zip = join(folder, 'edition.zip');
const [, listed] = run(program, '-q', '-r', repository, 'zip', '-o', zip).trim().split('\n');
run('unzip', '-q', zip, '-d', folder);

// What the other tests ask of the site, this one asks of the bag.
process.env.CASEFILE_SITE = join(folder, listed.replace(/^\S+\s+/, '').split('/')[0]);
const { browsers, onDisk, start, until } = await import('./lib/browsers.mjs');
const { page, target } = await import('./lib/html.mjs');
const { files, pages: all } = await import('./lib/site.mjs');
// A server's page for wrong addresses looks for the site above it, wherever that may be; nothing leads there.
const pages = all.filter((path) => path !== 'data/404.html');

test('every address in the unpacked site is relative and there, or an open way out', () => {
  const lost = [];
  let inside = 0;
  for (const path of pages) {
    for (const { name, attributes, line } of page(path).elements) {
      for (const attribute of ['href', 'src', 'poster', 'data']) {
        const address = attributes.get(attribute);
        if (address === undefined) continue;
        const { outside, path: there, fragment } = target(path, address);
        if (outside) {
          if (name !== 'a' || !/^(https?|mailto|tel):/.test(address)) lost.push(`${path}:${line} ${address}`);
          continue;
        }
        inside += 1;
        const found = files.includes(there);
        // A page with a state of its own after the number sign is found by its script.
        const place = !fragment || !there.endsWith('.html') || page(there).ids.has(fragment);
        if (address.startsWith('/') || !found || !place) lost.push(`${path}:${line} ${address}`);
      }
    }
  }
  assert.deepEqual(lost, []);
  assert.ok(inside > 1000);
});

for (const name of browsers) {
  describe(`In ${name}`, () => {
    let browser;
    before(async () => {
      browser = await start(name);
    });
    after(() => browser?.stop());

    test('a double click on index.html opens the site', async () => {
      await browser.visit(`${onDisk}index.html`);
      await until(browser.page, `location.href === '${onDisk}data/index.html'`, 'the site is open');
    });

    test('every page opens from the disk without an error and asks for nothing outside', async () => {
      const wrong = [];
      for (const path of pages.filter((path) => path !== 'index.html')) {
        const { problems, requests } = await browser.visitAfresh(onDisk + path);
        const outside = requests.filter((url) => !url.startsWith(onDisk) && !url.startsWith('data:'));
        wrong.push(...[...problems, ...outside].map((what) => `${path}: ${what}`));
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(browser.way.named(), []);
    });
  });
}
