// What a page weighs on its way to a reader with a slow line, compressed as servers do it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { makeCase } from './lib/cases.mjs';
import { page, target } from './lib/html.mjs';
import { folder, kind, told } from './lib/site.mjs';

/** The most that a document of 20 KB of text may take over the wire, with style and script, in bytes. */
const most = 60_000;

const weight = (path) => gzipSync(readFileSync(path), { level: 6 }).length;

/** Everything a browser fetches for a page before its pictures: the page, its style sheets and its scripts. */
function parts(site, path, elements) {
  const fetched = elements.filter(({ name, attributes }) => name === 'script' || attributes.get('rel') === 'stylesheet');
  return [path, ...fetched.map(({ attributes }) => target(path, attributes.get('href') ?? attributes.get('src')).path)].map((part) => weight(join(site, part)));
}

const sum = (weights) => weights.reduce((all, one) => all + one, 0);

for (const path of told.filter((path) => kind(path) !== 'print')) {
  test(`${path} takes less than ${most} bytes with its style and script`, () => {
    const weights = parts(folder, path, page(path).elements);
    assert.equal(weights.length, 6, 'a page, three style sheets and two scripts');
    assert.ok(sum(weights) <= most, `${weights.join(' + ')} bytes`);
  });
}

describe('A document of 20 KB of text with a note in every line', () => {
  let made;
  before(() => {
    const lines = [];
    for (let at = 1; Buffer.byteLength(lines.join('')) < 20_000; at += 1) {
      lines.push(`- 1-${at}，2031 年 5 月 ${(at % 28) + 1} 日，第 ${at * 37} 号仓单与余额 ${(at * 1234.5).toFixed(2)} 元不符【注1-${at}】。\n\n`);
      lines.push(`【注1-${at}】见第 ${at * 7} 页，由第 ${(at * 13) % 29} 号柜台导出，校对人记作 ${String.fromCodePoint(0x4e00 + at * 31)}${String.fromCodePoint(0x4f00 + at * 17)}。\n\n`);
    }
    made = makeCase({ 'content/zh/a.md': `# 对账\n\n${lines.join('')}` });
    made.build();
  });
  after(() => made?.remove());

  test(`takes less than ${most} bytes with its style and script`, () => {
    const text = readFileSync(join(made.folder, 'content/zh/a.md'));
    assert.ok(text.length >= 20_000, `${text.length} bytes of text`);
    const weights = ['zh/a.html', 'static/casefile.css', 'static/dark.css', 'static/casefile.js', 'zh/paper.css'].map((part) => weight(join(made.site, part)));
    assert.ok(sum(weights) <= most, `${weights.join(' + ')} bytes`);
  });
});
