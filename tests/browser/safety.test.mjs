// What the pages may hold: nothing that runs, nothing that is fetched from elsewhere, no way out that
// tells the other side where the reader came from.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { page } from './lib/html.mjs';
import { files, folder, pages } from './lib/site.mjs';

const none = (findings) => assert.deepEqual(findings, []);
const line = (element) => `line ${element.line}: <${element.name}>`;

for (const path of pages) {
  const { elements } = page(path);

  test(`${path} forbids, before anything is loaded, whatever is not the site's own`, () => {
    const policy = elements.findIndex(({ attributes }) => attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy');
    const loading = elements.findIndex(({ name }) => ['link', 'script', 'style', 'img', 'base'].includes(name));
    assert.ok(policy !== -1 && policy < loading);
    const directives = new Map(
      elements[policy].attributes
        .get('content')
        .split(';')
        .map((directive) => directive.trim().split(/\s+/))
        .map(([name, ...sources]) => [name, sources]),
    );
    assert.deepEqual(directives.get('default-src'), ["'none'"]);
    assert.deepEqual(directives.get('base-uri'), ["'none'"]);
    assert.deepEqual(directives.get('form-action'), ["'none'"]);
    assert.deepEqual(directives.get('require-trusted-types-for'), ["'script'"]);
    for (const [name, sources] of directives) {
      if (name === 'require-trusted-types-for') continue;
      // The one policy is that of the search, which makes addresses below search/ and no others.
      if (name === 'trusted-types') {
        assert.deepEqual(sources, ['casefile']);
        continue;
      }
      none(sources.filter((source) => !["'none'", "'self'"].includes(source)).map((source) => `${name} ${source}`));
    }
  });

  test(`${path} holds no script or style of its own, no event handler, no frame and no form`, () => {
    none(elements.filter(({ name, attributes, text }) => name === 'script' && (!attributes.has('src') || text.trim() !== '')).map(line));
    none(elements.filter(({ name }) => ['style', 'iframe', 'frame', 'object', 'embed', 'base', 'portal'].includes(name)).map(line));
    none(elements.filter(({ name, attributes }) => name === 'form' && attributes.has('action')).map(line));
    none(elements.filter(({ attributes }) => [...attributes.keys()].some((name) => name === 'style' || name.startsWith('on'))).map(line));
  });

  test(`every way out of ${path} shows its host, and says nothing of where the reader came from`, () => {
    for (const link of elements.filter(({ name, href }) => name === 'a' && /^https?:/i.test(href ?? ''))) {
      const rel = (link.attributes.get('rel') ?? '').split(/\s+/);
      assert.ok(rel.includes('noreferrer') && rel.includes('noopener'), line(link));
      const after = link.parent.children[link.parent.children.indexOf(link) + 1];
      const shown = link.text + (after?.has('host') ? after.text : '');
      assert.ok(shown.includes(new URL(link.href).hostname), `${line(link)} hides ${link.href}`);
    }
    const referrer = elements.find(({ name, attributes }) => name === 'meta' && attributes.get('name') === 'referrer');
    assert.equal(referrer?.attributes.get('content'), 'no-referrer');
  });
}

for (const path of files.filter((path) => /\.(css|svg|js)$/.test(path) && !path.startsWith('search/'))) {
  test(`${path} fetches nothing from elsewhere`, () => {
    const text = readFileSync(join(folder, path), 'utf8').replaceAll(/xmlns(:\w+)?="[^"]*"/g, '');
    none(text.match(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z][^\s'")]*|@import[^;]*/gi) ?? []);
  });
}
