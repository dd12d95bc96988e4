// The Nu Html Checker finds no error in any page, and has no warning either. Nothing it says is filtered out.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import vnu from 'vnu-jar';
import { serve } from './lib/server.mjs';
import { folder, pages } from './lib/site.mjs';

let server;
let messages;

before(async () => {
  // Over http, because the checker takes every file on a disk for a site of its own and then says
  // that the policy keeps the style sheet out. (No browser does: see loading.test.mjs.)
  server = await serve(folder);
  const urls = pages.map((path) => server.url + path);
  const answer = await new Promise((done, fail) => {
    // The checker ends with an error code if it has found anything: what counts is what it says.
    const allowed = '-Dnu.validator.servlet.allow-forbidden-hosts=true'; // the loopback address is one
    execFile('java', [allowed, '-jar', vnu, '--format', 'json', '--stdout', ...urls], { maxBuffer: 1 << 28 }, (error, stdout) =>
      stdout ? done(stdout) : fail(error),
    );
  });
  ({ messages } = JSON.parse(answer));
});
after(() => server.stop());

const said = (wanted) =>
  messages
    .filter(({ url }) => wanted(url))
    .map(({ type, subType, message, lastLine, extract }) => `${subType ?? type}, line ${lastLine}: ${message} ${extract ?? ''}`);

for (const path of pages) {
  test(`${path} is correct by the HTML standard`, () => {
    assert.deepEqual(
      said((url) => url === server.url + path),
      [],
    );
  });
}

test('the checker says nothing that belongs to no page', () => {
  assert.deepEqual(
    said((url) => !pages.some((path) => url === server.url + path)),
    [],
  );
});
