// Every statement has an address, and every reference leads somewhere and back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page, target } from './lib/html.mjs';
import { files, pages } from './lib/site.mjs';

/** The attributes that make a browser go or fetch somewhere. */
const leading = ['href', 'src', 'srcset', 'poster', 'data', 'action', 'formaction', 'cite'];

/** The addresses in an attribute: one, but in a srcset one for every size of the picture. */
const written = (name, value) => (name === 'srcset' ? value.split(/,\s+/).map((candidate) => candidate.trim().split(/\s+/)[0]) : [value]);

const links = (path) =>
  page(path).elements.flatMap((element) =>
    leading
      .filter((name) => element.attributes.has(name))
      .flatMap((name) => written(name, element.attributes.get(name)))
      .map((href) => ({ element, href, at: `${path}:${element.line}` })),
  );

/** The element that a link inside the site points at. */
const definition = (path, href) => {
  const { path: there, fragment } = target(path, href);
  return { path: there, element: page(there).ids.get(fragment) };
};

/** The part of the page that belongs to a definition: the address of a heading or a label covers what that stands in. */
const block = (defined) => (/^(h[1-6]|span)$/.test(defined.name) ? defined.parent : defined);

const none = (findings) => assert.deepEqual(findings, []);

for (const path of pages) {
  test(`every link on ${path} leads to a file of the site and to a place in it`, () => {
    none(
      links(path).flatMap(({ href, at }) => {
        const { outside, path: there, fragment } = target(path, href);
        if (outside) return [];
        if (!files.includes(there)) return [`${at}: ${href}: no such file`];
        if (fragment === undefined) return [];
        if (!there.endsWith('.html')) return [`${at}: ${href}: a place in a file that is no page`];
        return page(there).ids.has(fragment) ? [] : [`${at}: ${href}: no such place`];
      }),
    );
  });

  test(`every link on ${path} is relative, or names a web address or a mailbox outright`, () => {
    none(
      links(path)
        .filter(({ href }) => !/^(https?:\/\/[^/]|mailto:[^@\s]+@|#)/i.test(href))
        .filter(({ href }) => href === '' || /^[/\\]|^[a-z][a-z0-9+.-]*:/i.test(href))
        .map(({ href, at }) => `${at}: ${JSON.stringify(href)}`),
    );
  });

  test(`no two places on ${path} have the same address, and every address is plain ASCII`, () => {
    const ids = page(path).elements.flatMap((element) => element.id ?? []);
    none(ids.filter((id, index) => ids.indexOf(id) !== index));
    // On the page of the whole dossier the address of a document stands before those of its places.
    none(ids.filter((id) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*([a-z0-9]+(-[a-z0-9]+)*)?$/.test(id)));
  });

  test(`every reference on ${path} leads to a definition that lists it among its citing places`, () => {
    none(
      links(path)
        .filter(({ element }) => element.cites)
        .flatMap(({ element, href, at }) => {
          if (!element.id) return [`${at}: the reference to ${href} has no address of its own`];
          const { path: there, element: defined } = definition(path, href);
          if (!defined) return [`${at}: ${href} is no definition`];
          const back = [...block(defined)].some((inner) => {
            if (inner.name !== 'a' || !inner.has('backref')) return false;
            const citing = target(there, inner.href);
            return citing.path === path && citing.fragment === element.id;
          });
          return back ? [] : [`${at}: ${href} does not lead back to #${element.id}`];
        }),
    );
  });

  test(`every citing place listed on ${path} is a reference to the definition that lists it, in readable words`, () => {
    none(
      links(path)
        .filter(({ element }) => element.name === 'a' && element.has('backref'))
        .flatMap(({ element, href, at }) => {
          const { path: there, element: citing } = definition(path, href);
          if (!citing?.cites) return [`${at}: ${href} is no reference`];
          if (element.text.trim() === '') return [`${at}: ${href} has no text`];
          const cited = definition(there, citing.href);
          const listed = cited.path === path && cited.element && [...element.ancestors()].includes(block(cited.element));
          return listed ? [] : [`${at}: ${href} cites ${citing.href}, which is not where it is listed`];
        }),
    );
  });
}

test('every file of the site has a path of plain lower-case ASCII', () => {
  none(files.filter((path) => path !== '.casefile' && !/^[a-z0-9._/-]+$/.test(path)));
});

test('every page of the site can be reached from the language chooser by following links', () => {
  const reached = new Set(['index.html']);
  for (const path of reached) {
    for (const { href } of links(path)) {
      const { path: there } = target(path, href);
      if (there?.endsWith('.html') && files.includes(there)) reached.add(there);
    }
  }
  none(pages.filter((path) => path !== '404.html' && !reached.has(path)));
});
