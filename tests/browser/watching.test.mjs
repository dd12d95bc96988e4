// The tests that find nothing wrong prove something only if they would notice. Here they look at pages
// that break the rules, and at a server asked for what it must not give.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsers, start } from './lib/browsers.mjs';
import { serve } from './lib/server.mjs';

const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;
const bad = {
  'script.html': `${policy}<script>document.title = 'ran'</script>`,
  'style.html': `${policy}<p style="color: red">red</p>`,
  'error.html': `<script>console.error('alas')</script>`,
  'throws.html': `<script>throw new Error('alas')</script>`,
  'picture.html': '<img src="missing.png" alt="">',
  'tracker.html': '<img src="http://tracker.example/dot.png" alt="">',
  '404.html': 'no such page',
};

const top = mkdtempSync(join(tmpdir(), 'casefile-bad-'));
const folder = join(top, 'site');
let server;

before(async () => {
  mkdirSync(folder);
  writeFileSync(join(top, 'secret.html'), 'secret');
  for (const [path, html] of Object.entries(bad)) {
    writeFileSync(join(folder, path), `<!doctype html><title>bad</title><link rel="icon" href="data:,">${html}`);
  }
  server = await serve(folder);
});
after(async () => {
  await server.stop();
  rmSync(top, { recursive: true });
});

for (const name of browsers) {
  describe(`In ${name}`, () => {
    let browser;
    before(async () => (browser = await start(name)));
    after(() => browser?.stop());

    const noticed = async (url, problem) => {
      const { problems } = await browser.visit(url);
      assert.ok(
        problems.some((found) => problem.test(found)),
        `noticed only ${JSON.stringify(problems)}`,
      );
    };

    test('a script that the policy forbids is noticed, over http', () => noticed(`${server.url}script.html`, /policy/));
    test('a script that the policy forbids is noticed, from the disk', () =>
      noticed(pathToFileURL(join(folder, 'script.html')).href, /policy/));
    test('a style that the policy forbids is noticed', () => noticed(`${server.url}style.html`, /policy/));
    test('an error on the console is noticed', () => noticed(`${server.url}error.html`, /console: alas/));
    test('a script that throws is noticed', () => noticed(`${server.url}throws.html`, /script: .*alas/));
    test('a missing picture is noticed', () => noticed(`${server.url}picture.html`, /status 404/));

    for (const [place, url] of [
      ['over http', () => `${server.url}tracker.html`],
      ['from the disk', () => pathToFileURL(join(folder, 'tracker.html')).href],
    ]) {
      test(`a request to another host is noticed, ${place}, and goes nowhere`, async () => {
        browser.way.asked.clear();
        await browser.visit(url());
        assert.ok(browser.way.asked.has('tracker.example'));
      });
    }

    test('a page without scripts is one where no script runs', async () => {
      const quiet = await start(name, { scripts: false });
      try {
        for (const path of ['error.html', 'throws.html']) {
          const { problems } = await quiet.visit(server.url + path);
          assert.deepEqual(problems, []);
        }
      } finally {
        await quiet.stop();
      }
    });
  });
}

describe('The test server', () => {
  /** Asks for a path exactly as written, dots and all. */
  const ask = (path) =>
    new Promise((done, fail) => {
      let answer = '';
      const socket = connect(server.port, '127.0.0.1');
      socket.on('data', (data) => (answer += data));
      socket.on('close', () => done(answer));
      socket.on('error', fail);
      socket.write(`GET ${path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n`);
    });

  const outside = ['/secret.html', '/some/project/../secret.html', '/some/project/..%2fsecret.html', '/some/project/%2e%2e/secret.html'];
  for (const path of outside) {
    test(`gives nothing from outside its folder for ${path}`, async () => {
      const answer = await ask(path);
      assert.match(answer, /^HTTP\/1.1 404 /);
      assert.match(answer, /no such page/);
      assert.doesNotMatch(answer, /secret$/);
    });
  }

  test('gives a page that is there', async () => {
    assert.match(await ask('/some/project/style.html'), /^HTTP\/1.1 200 /);
  });
});
