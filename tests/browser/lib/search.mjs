// Searching as a reader does, and what there is to be found, read from the Markdown of a case.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './browsers.mjs';

/** Opens the search of the page that is open. */
export async function openSearch(browser) {
  await browser.page.evaluate(() => document.body.focus());
  await browser.click('.tools > button.search');
  await until(browser.page, () => Boolean(document.querySelector('dialog[open] select')), 'the search is open');
}

/** Types a query at once, waits for the answer, and tells all of it. */
export async function answer(browser, query) {
  await browser.page.evaluate((query) => {
    const field = document.querySelector('dialog input');
    field.value = query;
    field.dispatchEvent(new Event('input'));
  }, query);
  await until(browser.page, () => !document.querySelector('dialog').hasAttribute('aria-busy'), `there is an answer to ${query.slice(0, 40)}`);
  return browser.page.evaluate(() => {
    const dialog = document.querySelector('dialog');
    const root = document.querySelector('script[src$="static/search.js"]').src.replace(/static\/[^/]*$/, '');
    for (let more; (more = dialog.querySelector('section .more')); ) more.click();
    const results = [...dialog.querySelectorAll('li a')].map((link) => ({
      path: link.href.slice(root.length).replace(/[?#].*$/, ''),
      hash: link.hash,
      lang: link.lang,
      words: link.querySelector('.path').textContent,
      text: link.querySelector('.snippet').textContent,
      marked: [...link.querySelectorAll('mark')].map((mark) => mark.textContent),
      group: link.closest('section').querySelector('h2').firstChild.data.trim(),
    }));
    return { status: dialog.querySelector('.status').textContent, results };
  });
}

/** Letters as they are compared. What is traditional is not simplified here: a test says what it wants to find. */
function plain(text) {
  const letters = text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/[\u0300-\u036f\u200b-\u200f]/g, '').normalize('NFC');
  const closed = letters.replace(/(?<=[\u2e80-\u9fff])[ \t]+|[ \t]+(?=[\u2e80-\u9fff])/g, '').replace(/[ \t]+/g, ' ');
  return closed.replace(/(?<=\d)[,'’](?=\d{3}(?!\d))/g, '');
}

/** What the demonstration withholds, and what stands in its place. */
const WITHHELD = [
  [/^.*\{private[^}]*\}\s*$/gm, ''],
  [/檀笠舟/g, '证人甲'],
  [/Tan Lizhou/g, 'Witness A'],
];

/** The documents of a case as they read, without the marks of Markdown: path in the site and text. */
export function textsOf(content, languages) {
  return languages.flatMap((language) =>
    readdirSync(join(content, language))
      .filter((name) => name.endsWith('.md'))
      .map((name) => {
        const [, written] = /^(?:---\n[\s\S]*?\n---\n)?([\s\S]*)$/.exec(readFileSync(join(content, language, name), 'utf8'));
        const text = WITHHELD.reduce((text, [name, shown]) => text.replace(name, shown), written);
        const read = text
          .replace(/\[\^[^\]]*\](?!:)/g, '')
          .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
          .replace(/\[([^\]]*)\]\((?:<[^>]*>|[^)\s]*)\)/g, '$1')
          .replace(/<((?:https?|mailto):[^>]*|[^\s<>@]+@[^\s<>]+)>/g, '$1')
          .replace(/\{%[^%]*%\}|\{[#.a-z][^}]*\}|<!--[\s\S]*?-->|<\/?[a-z][^>]*>/gi, '')
          .replace(/^\s*(?:[-*+>]|#+|\d+\.)\s+/gm, '')
          .replace(/\*\*|`|\$|\[![A-Z]+\]/g, '')
          .replace(/\\([!-/:-@[-`{-~])/g, '$1')
          .replace(/\|/g, '\n');
        return { path: `${language}/${name.replace(/\.md$/, '.html')}`, text: plain(read) };
      }),
  );
}

/** What finds a word in a text, as a reader would with grep: no part of a longer number, and from the beginning of a word on. */
export function pattern(word, whole = false) {
  const text = plain(word.trim());
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  let before = '';
  let after = '';
  const isLong = /\d{3}/.test(text);
  if (/^\d/.test(text)) before = isLong ? '(?<![\\da-z])' : '(?<![\\da-z]|\\d[.-])';
  else if (/^[a-z]/.test(text)) before = '(?<![a-z])';
  if (/\d$/.test(text)) after = isLong ? '(?!\\d)' : '(?!\\d|[.-]\\d)';
  else if (whole && /[a-z]$/.test(text)) after = '(?![\\da-z])';
  return new RegExp(before + escaped + after, 'u');
}
