// The built site as it lies on disk: which pages there are, and what kind each one is.

import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of tests/browser. */
export const root = resolve(here, '..');

/** The folder of the site under test. */
export const folder = resolve(root, process.env.CASEFILE_SITE ?? '../../public');

if (!existsSync(join(folder, 'index.html'))) {
  throw new Error(`no site in ${folder}: build it first, or name its folder in CASEFILE_SITE`);
}

/** Every file of the site, as sorted paths with forward slashes. */
export const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
  .sort();

/** Every HTML page of the site. */
export const pages = files.filter((path) => path.endsWith('.html'));

/** The language folder a page lies in, or undefined for the pages at the top. */
export const language = (page) => (page.includes('/') ? page.slice(0, page.indexOf('/')) : undefined);

/** The languages of the site: the folders that have a home page. */
export const languages = pages.filter((page) => /^[^/]+\/index\.html$/.test(page)).map(language);

/** Pages that tell the case: all but the language chooser and the page for wrong addresses. */
export const told = pages.filter((page) => languages.includes(language(page)));

/** A list from which tests take what they look at. Were it empty, they would look at nothing and pass, or break off at random. */
export function some(list, what) {
  if (list.length === 0) throw new Error(`the site in ${folder} has no ${what}, so there is nothing to look at`);
  return list;
}

/** The kind of a page; appendix-1 and appendix-2 are of one kind. */
export const kind = (page) => basename(page, '.html').replace(/-\d+$/, '');

/** One page of every kind in every language. */
export const onePerKind = pages.filter(
  (page) => page === pages.find((other) => kind(other) === kind(page) && language(other) === language(page)),
);

/** One page of every kind, now in this language and now in that: for what no language changes. */
export const eachKind = [...new Set(pages.map(kind))].map((name, index) => {
  const all = onePerKind.filter((page) => kind(page) === name);
  return all[index % all.length];
});
