// The exhibits and what is made from them: every file is shown and offered with its sum, what must not be
// published is not, and the lists to hand in, the register of links and the index of identifiers are complete.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { arrival, browsers, onDisk, start, until } from './lib/browsers.mjs';
import { page, target } from './lib/html.mjs';
import { serve } from './lib/server.mjs';
import { files, folder, kind, language, languages, told } from './lib/site.mjs';

const bytes = (path) => readFileSync(join(folder, path));
const json = (path) => JSON.parse(bytes(path).toString());
const sum = (data) => createHash('sha256').update(data).digest('hex');
const plain = (text) => text.replaceAll(/\s+/g, ' ').trim();
const unique = (things) => [...new Set(things)];

const { exhibits, links, identifiers } = json('case.json');
const published = exhibits.filter(({ file }) => file?.published);
/** The files of an exhibit that has some, in the order in which they are shown. */
const filesOf = ({ file, further_files: further = [] }) => [file, ...further];
const inLanguage = (addresses, tag) => addresses.filter((address) => language(address) === tag);
/** The page of an exhibit in a language. */
const pageOf = (exhibit, tag) => inLanguage(exhibit.pages, tag)[0];
/** The SHA-256 sums that an element gives. */
const sums = (element) => named(element, 'code').map(({ text }) => plain(text)).filter((text) => /^[0-9a-f]{64}$/.test(text));
const ofType = (wanted) => published.filter(({ file }) => wanted.test(file.media_type));
const ofKind = (wanted) => told.filter((path) => kind(path) === wanted);
const catalogues = told.filter((path) => page(path).elements.some((element) => element.name === 'body' && element.has('catalogue')));
const made = ['exhibit', 'exhibits', 'link-register', 'identifiers'];
const proof = told.filter((path) => made.includes(kind(path)) || catalogues.includes(path));

const main = (path) => page(path).ids.get('main');
const named = (element, name) => [...element].filter((inner) => inner.name === name);
const within = (element, className) => [...element].filter((inner) => inner.has(className));
/** Where the links in a part of a page lead, as the addresses in case.json are written. */
const addresses = (path, element) =>
  named(element, 'a').map(({ href }) => {
    const { path: there, fragment } = target(path, href);
    return fragment === undefined ? there : `${there}#${fragment}`;
  });
/** The place that an address in case.json names: a heading's and a label's are what these stand in. */
const place = (address) => {
  const [path, fragment] = address.split('#');
  const element = page(path).ids.get(fragment);
  return element && /^(h[1-6]|span)$/.test(element.name) ? element.parent : element;
};
/** What a table shows, line by line: the first line is its head. */
const shown = (table) =>
  named(table, 'tr').map((line) => line.children.filter(({ name }) => ['th', 'td'].includes(name)).map(({ text }) => plain(text)));

/** What a CSV file says (RFC 4180), line by line. */
function csv(path) {
  const lines = [[]];
  const text = bytes(path).toString('utf8').replace(/^\uFEFF/, '');
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1).push(plain(quoted?.replaceAll('""', '"') ?? bare));
    if (end === '') break;
    if (end !== ',') lines.push([]);
  }
  return lines.filter((cells) => cells.length > 1 || cells[0] !== '');
}

/**
 * What a CSV file that the program wrote says: in it an apostrophe keeps a spreadsheet from reckoning with a cell, and
 * the dash of a range from taking pages 4-5 for a day in April.
 */
function written(path) {
  const lines = csv(path);
  assert.deepEqual(
    lines.flat().filter((cell) => /^[=+@]/.test(cell) || /^\d+-\d+$/.test(cell)),
    [],
  );
  return lines.map((cells) => cells.map((cell) => cell.replace(/^'(?=[=+@\d-])/, '').replace(/^(\d+)–(\d+)$/, '$1-$2')));
}

test('the case has exhibits that are pictures, tables, sounds and web pages, one that is only listed and one without a file', () => {
  for (const wanted of [/^image\//, /^text\/csv/, /^audio\//, /^text\/html/]) assert.ok(ofType(wanted).length > 0, String(wanted));
  assert.ok(exhibits.some(({ visibility }) => visibility === 'listed'));
  assert.ok(exhibits.some(({ file }) => !file));
  assert.ok(published.some(({ file }) => file.published_sha256 !== file.sha256), 'none from which something was removed');
});

for (const tag of languages) {
  for (const exhibit of exhibits) {
    const { number, file } = exhibit;
    const path = pageOf(exhibit, tag);

    if (file?.published) {
      test(`${path} offers the file by its full name, with the SHA-256 sum of the original and of what is published`, () => {
        const given = filesOf(exhibit).flatMap((file) => {
          const name = basename(file.published);
          const offers = within(main(path), 'file').filter(({ href }) => target(path, href).path === file.published);
          assert.equal(offers.length, 1);
          assert.ok(named(offers[0], 'code').some(({ text }) => plain(text) === name), offers[0].text);
          assert.ok([undefined, '', name].includes(offers[0].attributes.get('download')), offers[0].attributes.get('download'));

          const copy = sum(bytes(file.published));
          assert.equal(copy, file.published_sha256);
          // Nothing was removed where there is one sum. Where something was, the original is not in the site.
          return copy === file.sha256 ? [copy] : [file.sha256, copy];
        });
        assert.deepEqual(sums(main(path)), given);
      });
    } else {
      test(`${path} offers no file, and gives ${file ? 'the sum of the one that is not published' : 'no sum'}`, () => {
        assert.deepEqual(within(main(path), 'file'), []);
        assert.deepEqual(addresses(path, main(path)).filter((address) => address.startsWith('files/')), []);
        assert.deepEqual(['img', 'audio', 'video', 'source'].flatMap((name) => named(main(path), name)), []);
        assert.deepEqual(sums(main(path)), file ? [file.sha256] : []);
      });
    }

    test(`${path} and what exhibit ${number} bears on lead to each other`, () => {
      const bears = within(main(path), 'bears-on').flatMap((list) => addresses(path, list));
      assert.deepEqual([...bears].sort(), [...inLanguage(exhibit.bears_on, tag)].sort());
      for (const address of bears) {
        assert.ok(place(address), `${address}: no such place`);
        const back = within(place(address), 'exhibits-on').flatMap((list) => addresses(address.split('#')[0], list));
        assert.ok(back.includes(`${path}#exhibit-${number}`), `${address} does not lead back`);
      }
    });

    test(`${path} lists the places that cite or show it, all of them and no other`, () => {
      const listed = within(main(path), 'cited').flatMap((list) => addresses(path, list));
      assert.deepEqual([...listed].sort(), [...inLanguage(exhibit.cited, tag)].sort());
    });
  }

  for (const exhibit of ofType(/^text\/csv/)) {
    test(`the table on ${pageOf(exhibit, tag)} has the columns and the lines of the CSV file, cell by cell`, () => {
      const [table] = named(within(main(pageOf(exhibit, tag)), 'preview')[0], 'table');
      assert.deepEqual(shown(table), csv(exhibit.file.published));
    });
  }

  test(`the list of exhibits in ${tag} leads to each of them in their order, and from each to the next`, () => {
    const [list] = ofKind('exhibits').filter((path) => language(path) === tag);
    const wanted = exhibits.map((exhibit) => pageOf(exhibit, tag));
    assert.deepEqual(addresses(list, within(main(list), 'exhibit-list')[0]), wanted);
    const turns = (path, rel) => {
      const to = named(page(path).root, 'a').filter(({ attributes }) => attributes.get('rel') === rel);
      return to.map(({ href }) => target(path, href).path);
    };
    for (const [index, path] of wanted.entries()) {
      assert.deepEqual(turns(path, 'prev'), wanted.slice(Math.max(index - 1, 0), index));
      assert.deepEqual(turns(path, 'next'), wanted.slice(index + 1, index + 2));
    }
  });
}

test('no file of an exhibit that is only listed is in the site, not even under another name', () => {
  const kept = exhibits.filter(({ file }) => file && !file.published);
  assert.ok(kept.length > 0);
  const there = new Map(files.map((path) => [sum(bytes(path)), path]));
  for (const { file } of kept) {
    assert.equal(there.get(file.sha256), undefined);
    assert.deepEqual(files.filter((path) => basename(path).startsWith(basename(file.file))), []);
  }
  // Nor is the original where something was removed from it.
  const cleaned = published.filter(({ file }) => file.published_sha256 !== file.sha256);
  for (const { file } of cleaned) assert.equal(there.get(file.sha256), undefined);
});

test('no file below files/exhibits is without an exhibit that publishes it, or shows it smaller', () => {
  const all = published.flatMap(filesOf);
  const stems = all.map((file) => file.published.replace(/\.[^/]*$/, ''));
  const sizes = unique(
    told.flatMap((path) =>
      named(page(path).root, 'img')
        .flatMap(({ attributes }) => [attributes.get('src'), ...(attributes.get('srcset')?.split(/,\s+/) ?? [])])
        .map((candidate) => target(path, candidate.split(' ')[0]).path),
    ),
  );
  // The smallest picture of a further file is shown where something in the text leads to that file.
  const further = published.flatMap(({ further_files: more = [] }) => more).map((file) => file.published.replace(/\.[^/]*$/, ''));
  const isSmaller = (path, of) => of.some((stem) => path.startsWith(`${stem}-`));
  const wanted = (path) => all.some((file) => file.published === path) || (sizes.includes(path) && isSmaller(path, stems)) || isSmaller(path, further);
  assert.deepEqual(files.filter((path) => path.startsWith('files/exhibits/') && !wanted(path)), []);
});

test('no file below files has a name by which a browser would take it for a page or a script', () => {
  assert.deepEqual(
    files.filter((path) => path.startsWith('files/') && /\.(x?html?|xht|mht(ml)?|m?js|xml)$/i.test(path)),
    [],
  );
});

test('there is a list to hand in for every language', () => {
  assert.deepEqual(unique(catalogues.map(language)).sort(), [...languages].sort());
});

for (const path of catalogues) {
  test(`the CSV file beside ${path} begins with a byte-order mark and says the same, cell by cell`, () => {
    const beside = path.replace(/html$/, 'csv');
    assert.deepEqual(within(main(path), 'file').map(({ href }) => target(path, href).path), [beside]);
    assert.deepEqual([...bytes(beside).subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const [table] = named(main(path), 'table');
    const lines = written(beside);
    assert.deepEqual(lines, shown(table));
    const electronic = kind(path) === 'electronic-data-list';
    assert.equal(lines.length - 1, exhibits.filter(({ file }) => file || !electronic).length);
  });
}

for (const path of ofKind('link-register')) {
  test(`${path} lists every link out of the case once, and every entry leads to the places where it stands`, () => {
    const entries = within(main(path), 'host-links').flatMap((host) => named(host, 'li')).map((entry) => {
      const [backrefs] = within(entry, 'backrefs');
      const [link, ...more] = named(entry, 'a').filter(({ href }) => target(path, href).outside);
      assert.deepEqual(more.map(({ href }) => href), []);
      return { url: link.href.replace(/^mailto:/, ''), words: plain(link.text), places: addresses(path, backrefs) };
    });
    assert.deepEqual(entries.map(({ url }) => url).sort(), links.map(({ url }) => url).sort());
    for (const { url, words, places } of entries) {
      assert.equal(words, url);
      assert.ok(places.length > 0, url);
      const { places: all } = links.find((link) => link.url === url);
      assert.deepEqual(places, unique(inLanguage(all.map(({ address }) => address), language(path))));
      for (const address of places) {
        assert.ok(place(address), `${address}: no such place`);
        const leads = named(page(address.split('#')[0]).root, 'a').some(({ href }) => href?.replace(/^mailto:/, '') === url);
        assert.ok(leads || place(address).text.includes(url), `${url} is not at ${address}`);
      }
    }
  });
}

test('identifiers.json says what case.json says', () => assert.deepEqual(json('identifiers.json'), identifiers));

for (const path of ofKind('identifiers')) {
  test(`${path} lists everything in identifiers.json once, with whether its check digit is right and all its places`, () => {
    const lines = named(main(path), 'section').flatMap((section) =>
      named(named(section, 'tbody')[0], 'tr').map((line) => ({
        kind: named(section, 'h2')[0].id,
        value: plain(named(line, 'th')[0].text),
        wrong: within(line, 'bad').length > 0,
        places: addresses(path, within(line, 'places')[0]),
      })),
    );
    const wanted = identifiers.map(({ kind, value, check, places }) => ({
      kind,
      value,
      wrong: check === 'wrong',
      places: unique(inLanguage(places.map(({ address }) => address), language(path))),
    }));
    const order = (a, b) => (`${a.kind} ${a.value}` < `${b.kind} ${b.value}` ? -1 : 1);
    assert.deepEqual([...lines].sort(order), wanted.sort(order));
    for (const { value, places } of lines) for (const address of places) assert.ok(place(address), `${value}: ${address}: no such place`);
  });

  test(`the CSV file beside ${path} begins with a byte-order mark and has a line for every place`, () => {
    const beside = path.replace(/html$/, 'csv');
    assert.deepEqual(within(main(path), 'file').map(({ href }) => target(path, href).path), [beside, 'identifiers.json']);
    assert.deepEqual([...bytes(beside).subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const key = (value, file, address) => `${value} ${file} ${address}`;
    const wanted = identifiers.flatMap(({ value, places }) =>
      places
        .filter(({ address }) => language(address) === language(path))
        .map(({ file, line, column, address }) => key(value, `${file}:${line}:${column}`, address)),
    );
    const said = written(beside)
      .slice(1)
      .map(([, value, , file, address]) => key(value, file, address));
    assert.deepEqual(said.sort(), wanted.sort());
  });
}

/** What a reader must see: the class of a list, and the elements in it. */
const parts = [
  ['download', 'a'],
  ['facts', 'dd'],
  ['cited', 'a'],
  ['bears-on', 'a'],
  ['exhibit-list', 'h2'],
  ['address', 'code'],
  ['backrefs', 'a'],
  ['table', 'th'],
];

/** What can't be seen of what was asked for: so many of each. Asked in the page. */
function unseen(wanted) {
  return wanted.flatMap(([selector, many]) => {
    const parts = [...document.querySelectorAll(selector)].filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    });
    return parts.length === many ? [] : [`${selector}: ${parts.length} instead of ${many}`];
  });
}

for (const name of browsers) {
  for (const place of ['over http', 'from the disk']) {
    // Each browser is tried with scripts and without, and so is each place.
    const scripts = (name === 'Chromium') === (place === 'over http');
    describe(`In ${name}, ${place}, with scripts ${scripts ? 'on' : 'off'}`, () => {
      let server;
      let browser;
      before(async () => {
        server = await serve(folder);
        browser = await start(name, { scripts });
      });
      after(async () => {
        await browser?.stop();
        await server.stop();
      });
      const site = () => (place === 'over http' ? server.url : onDisk);
      /** For a file by itself a browser asks the host for an icon. */
      const icon = () => new URL('/favicon.ico', site()).href;
      const open = async (path) => {
        const { problems, requests } = await browser.visitAfresh(site() + path);
        assert.deepEqual(problems, []);
        assert.deepEqual(
          requests.filter((url) => !url.startsWith(site()) && !url.startsWith('data:') && (path.endsWith('.html') || url !== icon())),
          [],
        );
      };

      for (const tag of languages) {
        for (const exhibit of ofType(/^image\//)) {
          const path = pageOf(exhibit, tag);
          test(`${path} shows its picture, and a click on it the whole of it`, async () => {
            await open(path);
            const [{ width, natural, seen }] = await browser.page.evaluate(() =>
              [...document.querySelectorAll('.preview img')].map((image) => ({
                width: Number(image.getAttribute('width')),
                natural: image.naturalWidth,
                seen: image.getBoundingClientRect().width,
              })),
            );
            assert.ok(natural > 0 && seen > 100, `${natural} px, shown as ${seen} px`);
            await browser.click('.preview a');
            const whole = site() + exhibit.file.published;
            await until(browser.page, (whole) => location.href === whole && document.images[0]?.naturalWidth > 0, 'the picture is open', whole);
            assert.equal(await browser.page.evaluate(() => document.images[0].naturalWidth), width);
          });
        }

        const pictures = told
          .filter((path) => language(path) === tag && kind(path) !== 'print')
          .flatMap((path) => [...page(path).elements].filter((element) => element.has('exhibit-image')).map((link) => ({ path, link })));
        for (const { path, link } of pictures) {
          test(`the picture at ${path}#${link.id} leads to the page of its exhibit, and that page back to it`, async () => {
            assert.equal(named(link, 'img').length, 1);
            await open(path);
            await browser.click(`#${link.id} img`);
            await arrival(browser.page, new URL(link.href, site() + path).href);
            await browser.click(`.cited a[href="${basename(path)}#${link.id}"]`);
            await arrival(browser.page, `${site()}${path}#${link.id}`);
            await until(browser.page, (id) => document.querySelector(`#${id} img`).naturalWidth > 0, 'the picture is there', link.id);
          });
        }

        for (const exhibit of ofType(/^text\/csv/)) {
          test(`the table on ${pageOf(exhibit, tag)} shows every column`, async () => {
            await open(pageOf(exhibit, tag));
            const [head, ...lines] = csv(exhibit.file.published);
            const cells = [
              ['.preview thead th', head.length],
              ['.preview tbody td', head.length * lines.length],
            ];
            assert.deepEqual(await browser.page.evaluate(unseen, cells), []);
          });
        }

        for (const exhibit of ofType(/^audio\//)) {
          test(`the sound on ${pageOf(exhibit, tag)} can be played`, async () => {
            await open(pageOf(exhibit, tag));
            assert.deepEqual(await browser.page.evaluate(unseen, [['audio[controls]', 1]]), []);
            await until(browser.page, () => document.querySelector('audio').readyState >= HTMLMediaElement.HAVE_METADATA, 'the sound is there');
            assert.ok((await browser.page.evaluate(() => document.querySelector('audio').duration)) > 0);
            await browser.page.evaluate(() => {
              // A browser plays without being told to by the reader only what nobody hears.
              const audio = document.querySelector('audio');
              audio.muted = true;
              void audio.play();
            });
            await until(browser.page, () => document.querySelector('audio').currentTime > 0, 'the sound is played');
          });
        }

        // Without scripts nothing on any page is hidden (scripts-off.test.mjs).
        if (!scripts) continue;
        test(`the pages of the exhibits in ${tag}, their list and what is made from them are complete`, async () => {
          for (const path of proof.filter((path) => language(path) === tag)) {
            await open(path);
            const wanted = parts.map(([list, name]) => [`main .${list} ${name}`, within(main(path), list).flatMap((outer) => named(outer, name)).length]);
            assert.deepEqual(await browser.page.evaluate(unseen, wanted), [], path);
          }
        });
      }

      for (const { file } of ofType(/^text\/html|xml/)) {
        test(`${file.published} is shown as text, and nothing in it runs`, async () => {
          await open(file.published);
          const { type, script, text } = await browser.page.evaluate(() => ({
            type: document.contentType,
            script: document.querySelectorAll('script').length,
            text: document.body.textContent,
          }));
          assert.equal(type, 'text/plain');
          assert.equal(script, 0);
          // Without a server's word for it a browser may take the letters for others: these are the same in all.
          const ascii = (text) => text.replaceAll('\r', '').replaceAll(/[^\n -~]/g, '').trim();
          assert.equal(ascii(text), ascii(bytes(file.published).toString()));
        });
      }

      test('no host that the site names was asked for anything', () => assert.deepEqual(browser.way.named(), []));
    });
  }
}

/** The room between the margins of a sheet of A4 on its side, in CSS pixels. */
const sheet = Math.floor(((297 - 2 * 12) * 96) / 25.4);

describe('On paper, from Chromium', () => {
  let browser;
  before(async () => {
    browser = await start('Chromium', { width: sheet });
    await browser.page.emulateMediaType('print');
  });
  after(() => browser?.stop());

  for (const path of catalogues) {
    test(`${path} fits on sheets of A4 on their side`, async () => {
      await browser.visit(onDisk + path);
      const wide = await browser.page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.table, .table th, .table td')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map((element) => `${element.scrollWidth} px in ${element.clientWidth} px: ${element.outerHTML.slice(0, 100)}`),
      );
      assert.deepEqual(wide, []);

      const pdf = Buffer.from(await browser.page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const sheets = [...pdf.matchAll(/\/MediaBox\s*\[\s*([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)\s*\]/g)].map(([, ...box]) => box.map(Number));
      assert.ok(sheets.length > 0, 'the PDF says no size');
      for (const [left, bottom, right, top] of sheets) {
        const [width, height] = [right - left, top - bottom].map((points) => Math.round((points * 25.4) / 72));
        assert.deepEqual({ width, height }, { width: 297, height: 210 });
      }
    });
  }
});
