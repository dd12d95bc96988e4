// What is handed over: the cover sheet, and a site in a folder that nobody can guess.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { onDisk, start, until } from './lib/browsers.mjs';
import { makeCase } from './lib/cases.mjs';
import { serve } from './lib/server.mjs';
import { languages } from './lib/site.mjs';

const secret = '4k9q2m7x1v8c5b3n6z0a';
const settings = `
title: {zh: 一个名称相当长的案卷：${'很长的案名'.repeat(8)}, en: ${'A long name of a case '.repeat(6)}}
languages: [zh, en]
as_of: 2031-06-30
version: 3
base_url: https://a-rather-long-name.example.com/some/project/
secret_path: ${secret}
contact:
  name: {zh: 客户商行, en: The customer}
  email: office@example.com
  reply: {zh: "${'请写信，并写明是哪一处。'.repeat(4)}", en: "${'Please write, and say which place you mean. '.repeat(4)}"}
`;
const files = {
  'casefile.yaml': settings,
  'content/zh/overview.md': '# 概述\n\n见【注1】。\n\n【注1】文字。\n',
  'content/en/overview.md': '# Overview\n\nSee [Note 1].\n\n[Note 1] text.\n',
  'content/zh/timeline.md': '# 时间线\n\n- 2031-05-04，付款。\n',
};

/** How many sheets a page takes on paper. */
async function sheets(browser, url) {
  await browser.visit(url);
  const pdf = Buffer.from(await browser.page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return Number(/\/Type\s*\/Pages\b[^>]*\/Count\s+(\d+)/.exec(pdf)?.[1] ?? /\/Count\s+(\d+)/.exec(pdf)[1]);
}

describe('In Chromium', () => {
  let made;
  let server;
  let browser;
  before(async () => {
    made = makeCase(files);
    made.build();
    server = await serve(made.site);
    browser = await start('Chromium');
  });
  after(async () => {
    await browser?.stop();
    await server.stop();
    made.remove();
  });

  for (const tag of languages) {
    test(`the cover sheet in ${tag} is one sheet of paper, in a plain case and in one with long names`, async () => {
      const other = pathToFileURL(`${made.site}/${secret}/${tag}/share.html`).href;
      assert.deepEqual([await sheets(browser, `${onDisk}${tag}/share.html`), await sheets(browser, other)], [1, 1]);
    });
  }

  test('from the address that was sent every page of the site is reached, below a project path, without an error', async () => {
    const home = `${server.url}${secret}/index.html`;
    const reached = new Set([home]);
    for (const url of reached) {
      const { status, problems, requests } = await browser.visitAfresh(url);
      assert.equal(status, 200, url);
      assert.deepEqual(problems, [], url);
      assert.deepEqual(requests.filter((asked) => !asked.startsWith(`${server.url}${secret}/`)), []);
      const links = await browser.page.$$eval('a[href]', (links) => links.map((link) => link.href));
      for (const link of links) {
        const page = link.replace(/#.*$/, '');
        if (page.startsWith(server.url) && page.endsWith('.html')) reached.add(page);
      }
    }
    assert.ok(reached.size > 10);
    assert.deepEqual([...reached].filter((url) => !url.startsWith(`${server.url}${secret}/`)), []);
  });

  for (const path of ['', '404.html', 'zh/index.html', 'no/such/page.html']) {
    test(`whoever guesses at /${path} learns nothing`, async () => {
      await browser.page.goto(server.url + path);
      const shown = await browser.page.evaluate(() => document.documentElement.outerHTML);
      for (const told of [secret, '案卷', 'A long name']) assert.ok(!shown.includes(told), shown);
      assert.deepEqual(await browser.page.$$('a, link, script, img'), []);
    });
  }

  test('the cover sheet can be read on a phone', async () => {
    await browser.page.setViewport({ width: 320, height: 640 });
    await browser.visit(`${server.url}${secret}/en/share.html`);
    await until(browser.page, () => document.documentElement.scrollWidth <= innerWidth, 'nothing is wider than the screen');
  });
});
