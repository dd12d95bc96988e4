// Who says what: the tables at the top say the same as the text below, name who says it, and lead to it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, browsers, onDisk, start, unseen, until } from './lib/browsers.mjs';
import { page } from './lib/html.mjs';
import { serve } from './lib/server.mjs';
import { folder, kind, language, languages, some, told } from './lib/site.mjs';

const positions = some(told.filter((path) => kind(path) === 'positions'), 'page of positions');

const none = (findings) => assert.deepEqual(findings, []);
const words = (element) => element.text.replaceAll(/\s+/g, ' ').trim();
const within = (element, ...classes) => [...element].filter((inner) => classes.every((name) => inner.has(name)));
const partyOf = (element) => (element.attributes.get('class') ?? '').split(/\s+/).find((name) => /^party-\d+$/.test(name));
/** The element that has the address of a statement: itself, or the paragraph in it. */
const address = (statement) => [...statement].find(({ id }) => id).id;
const voice = (statement) => statement.children.find((child) => child.has('voice'));

/** What is said in words and what in a sign. */
function standing(element) {
  const [shown] = within(element, 'standing');
  if (!shown) return undefined;
  const sign = shown.children.find(({ attributes }) => attributes.has('aria-hidden'));
  return { sign: sign?.text.trim() ?? '', word: words(shown).replace(sign?.text ?? '', '').trim() };
}

/** The claims of a page in the order of the text, each with the answers to it. */
function threads(path) {
  const all = [];
  for (const statement of within(page(path).root, 'statement')) {
    if (statement.has('claim')) all.push({ claim: statement, id: address(statement), answers: [] });
    if (statement.has('answer')) all.at(-1).answers.push(statement);
  }
  return all;
}

/** The rows of the board: which claim of which party, how it stands, and what each other party says. */
const rows = (path) =>
  within(page(path).root, 'side').flatMap((side) => {
    const [heads] = within(side, 'heads');
    const owner = partyOf(heads.children[0]);
    const columns = heads.children[1].children.map((column) => ({ party: partyOf(column), head: words(column) }));
    return within(side, 'row').map((row) => {
      const [said] = within(row, 'said');
      const [link] = [...said].filter(({ href }) => href);
      const cells = [...row].filter(({ name }) => name === 'dl').flatMap(({ children }) => children);
      return {
        row,
        owner,
        columns,
        id: link.href.slice(1),
        text: words(link),
        heading: [...said].find(({ name }) => /^h[1-6]$/.test(name)),
        standing: standing(said),
        cells: cells.map((cell) => {
          const answer = [...cell].find(({ href }) => href);
          return { party: partyOf(cell), name: words(cell.children[0]), missing: cell.has('none'), said: standing(cell), leads: answer?.href.slice(1), gist: answer && words(answer) };
        }),
      };
    });
  });

/** What anybody says of a claim, without signs and spaces. */
const bare = (text) => text.replaceAll(/[\s\p{P}\p{S}]+/gu, '');

test('there is a page of positions in every language', () => {
  assert.deepEqual(positions.map(language).sort(), [...languages].sort());
  for (const path of positions) assert.ok(rows(path).length > 0 && rows(path).length === rows(positions[0]).length);
});

for (const path of positions) {
  test(`the board on ${path} holds every claim of the text once, in its order, below the party that makes it`, () => {
    assert.deepEqual(
      rows(path).map(({ owner, id }) => [owner, id]),
      threads(path).map(({ claim, id }) => [partyOf(claim), id]),
    );
  });

  test(`how a claim stands is said alike on the board and in the text of ${path}`, () => {
    assert.deepEqual(
      rows(path).map(({ id, standing }) => [id, standing]),
      threads(path).map(({ claim, id }) => [id, standing(voice(claim))]),
    );
  });

  test(`each row on ${path} is a heading with the claim's words, and has a cell for each other party`, () => {
    for (const { id, text, heading, owner, columns, cells } of rows(path)) {
      assert.ok(heading && text.length > 5, id);
      assert.ok(bare(words(page(path).ids.get(id))).includes(bare(text)), `${id}: ${text}`);
      assert.deepEqual(cells.map(({ party, name }) => ({ party, head: name })), columns, id);
      assert.ok(!columns.some(({ party }) => party === owner), id);
    }
  });

  test(`the board on ${path} shows an answer of exactly those parties that answer in the text, what they say there, and of the others that none stands here`, () => {
    const answers = new Map(threads(path).map(({ id, answers }) => [id, answers]));
    for (const { id, cells } of rows(path)) {
      const given = cells.filter(({ leads }) => leads);
      assert.deepEqual(given.map(({ party }) => party).sort(), [...new Set(answers.get(id).map(partyOf))].sort(), id);
      for (const { party, said, leads, gist } of given) {
        const answer = answers.get(id).find((answer) => [...answer].some((inner) => inner.id === leads));
        assert.ok(answer, `${id}: ${leads}`);
        assert.equal(partyOf(answer), party, id);
        assert.equal(standing(voice(answer)).word, said.word, id);
        assert.ok(bare(words(answer)).includes(bare(gist)), `${id}: ${gist}`);
      }
      // Who is not named may be anybody: then of nobody it is said that no answer of theirs stands here.
      const isOpen = answers.get(id).some((answer) => !partyOf(answer));
      for (const { party, said, missing } of cells.filter(({ leads, party }) => !leads && party)) {
        assert.equal(missing, !isOpen, `${id} ${party}`);
        assert.ok(said.word.length > 5, id);
      }
    }
    assert.ok(rows(path).some(({ cells }) => cells.some(({ party, leads }) => !party && leads)), 'an answer of which nobody knows who gives it');
    assert.ok(rows(path).some(({ cells }) => cells.some(({ missing }) => missing)));
  });

  test(`who has not answered what is told by name on ${path}`, () => {
    const [list] = within(page(path).root, 'owing').filter(({ name }) => name === 'dl');
    const told = list.children.map((line) => [partyOf(line), [...line].filter(({ href }) => href).map(({ href }) => href.slice(1))]);
    const owed = new Map();
    for (const { id, cells } of rows(path)) {
      for (const { party } of cells.filter(({ missing, party }) => missing && party)) owed.set(party, [...(owed.get(party) ?? []), id]);
    }
    assert.deepEqual(told.sort(), [...owed].sort());
  });

  test(`every claim and every answer on ${path} names its party and says in a sign and a word how it stands`, () => {
    const heads = within(page(path).root, 'heads').map(({ children }) => children[0]);
    const names = new Map(heads.map((head) => [partyOf(head), words(head)]));
    const unnamed = within(page(path).root, 'heads').flatMap((head) => head.children[1].children).find((column) => !partyOf(column));
    names.set(undefined, words(unnamed));
    const speaking = within(page(path).root, 'statement').filter((statement) => !statement.has('support'));
    assert.ok(speaking.some((statement) => statement.has('answer')));
    for (const statement of speaking) {
      const { sign, word } = standing(voice(statement));
      assert.equal(words(within(voice(statement), 'party')[0]), names.get(partyOf(statement)), address(statement));
      assert.ok(sign !== '' && word !== '', address(statement));
    }
  });

  test(`no two ways to stand share a sign on ${path}, and every sign has its word`, () => {
    const cells = rows(path).flatMap((row) => row.cells.filter(({ party, leads }) => party || leads).map(({ said }) => said));
    // What is open is one way to stand, whatever it is that nobody knows.
    const signs = (said) => new Map(said.map(({ sign, word }) => [sign === '?' ? sign : word, sign]));
    for (const said of [rows(path).map((row) => row.standing), cells]) {
      none(said.filter(({ sign, word }) => sign === '' || word === ''));
      const bySign = signs(said);
      assert.ok(bySign.size > 1);
      assert.equal(new Set(bySign.values()).size, bySign.size, JSON.stringify([...bySign]));
    }
  });

  test(`no claim on ${path} is answered by the party that makes it`, () => {
    none(threads(path).flatMap(({ claim, id, answers }) => (answers.some((answer) => partyOf(answer) === partyOf(claim)) ? [id] : [])));
  });
}

/** Where the columns of each side stand: those of its head and those of its rows. Asked in the page. */
const columnsOfSides = () =>
  [...document.querySelectorAll('.side')].map((side) => {
    const left = (element) => Math.round(element.getBoundingClientRect().left);
    const heads = [...side.querySelectorAll('.heads span')].map(left);
    return { heads, rows: [...side.querySelectorAll('.row')].map((row) => [...row.querySelectorAll('dl > div')].map(left)) };
  });

/** Which rows each filter leaves, and which parties it leaves without any. Asked in the page. */
function shownByFilters() {
  const isShown = (element) => element.getClientRects().length > 0;
  return [...document.querySelectorAll('.filters a')].map((link) => {
    location.replace(link.hash);
    const sides = [...document.querySelectorAll('.side')].filter(isShown);
    return {
      href: link.hash,
      count: Number(link.querySelector('small').textContent),
      seen: [...document.querySelectorAll('.row')].filter(isShown).map((row) => row.querySelector('a').hash.slice(1)),
      empty: sides.filter((side) => ![...side.querySelectorAll('.row')].some(isShown)).map((side) => side.className),
    };
  });
}

/** Parts of the board that are wider than their box or stick out of the window. Asked in the page. */
const cutParts = () =>
  [...document.querySelectorAll('.board .heads, .board .heads span, .board .said, .board dl > div, .filters a, .owing > div')]
    .filter((part) => part.getClientRects().length && (part.scrollWidth > Math.ceil(part.getBoundingClientRect().width) + 1 || part.getBoundingClientRect().right > innerWidth))
    .map((part) => part.textContent);

/**
 * Those statements whose party's name is not in the window, or is behind the bar at its top. Asked in the page, which
 * stays where it is, or goes to each statement in turn.
 */
function speakersUnseen(ids, go) {
  const range = document.createRange();
  return ids.filter((id) => {
    if (go) location.replace(`#${id}`);
    const party = document.querySelector(':target').closest('.statement').querySelector('.voice > .party');
    range.selectNodeContents(party);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const spots = [top + 1, (top + bottom) / 2, bottom - 1].map((y) => document.elementFromPoint((left + right) / 2, y));
    return !spots.every((hit) => hit && (party.contains(hit) || hit.contains(party)));
  });
}

for (const name of browsers) {
  for (const width of [320, 1280]) {
    describe(`In ${name}, ${width} px wide`, () => {
      let browser;
      before(async () => (browser = await start(name, { scripts: false, width })));
      after(() => browser?.stop());

      for (const path of positions) {
        test(`nothing on the board of ${path} is cut, and its columns meet where it has some`, async () => {
          await browser.visit(onDisk + path);
          assert.deepEqual(await browser.page.evaluate(cutParts), []);
          for (const { heads, rows } of await browser.page.evaluate(columnsOfSides)) {
            for (const row of rows) {
              if (width > 1000) assert.deepEqual(row, heads);
              else assert.equal(new Set(row).size, 1);
            }
          }
        });

        test(`each filter on ${path} leaves as many rows as it says, and the right ones`, async () => {
          await browser.visit(onDisk + path);
          const filtered = await browser.page.evaluate(shownByFilters);
          assert.ok(filtered.length > 6);
          for (const { href, count, seen, empty } of filtered) {
            assert.equal(seen.length, count, href);
            const key = href.replace('#board-', '');
            const right = rows(path).filter(({ row, owner }) => (/^by-/.test(key) ? key.slice(3) === owner.replace('party-', '') : href === '#matrix' || row.has(key)));
            assert.deepEqual(seen, right.map(({ id }) => id), href);
            none(empty);
          }
        });

        test(`whoever opens the address of a claim or an answer on ${path} sees it, and who makes it`, async () => {
          const ids = within(page(path).root, 'statement').filter(voice).map(address);
          await browser.page.goto(`${onDisk}${path}#${ids[0]}`);
          await arrival(browser.page, `${onDisk}${path}#${ids[0]}`);
          assert.deepEqual(await browser.page.evaluate(speakersUnseen, [ids[0]], false), []);
          assert.deepEqual(await browser.page.evaluate(unseen, ids, true), []);
          assert.deepEqual(await browser.page.evaluate(speakersUnseen, ids, true), []);
        });
      }
    });
  }
}

for (const { name, place, on, width } of [
  { name: 'Chromium', place: 'from the disk', on: 'a phone', width: 320 },
  { name: 'Firefox', place: 'over http', on: 'a wide screen', width: 1280 },
]) {
  describe(`In ${name} without scripts, ${place}, on ${on}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await serve(folder);
      browser = await start(name, { scripts: false, width });
    });
    after(async () => {
      await browser?.stop();
      await server.stop();
    });

    for (const path of positions) {
      test(`the links on the board and in the list of missing answers on ${path} lead to what they name, and mark it`, async () => {
        const url = (place === 'over http' ? server.url : onDisk) + path;
        const links = rows(path).flatMap(({ id, cells }) => [id, ...cells.flatMap(({ leads }) => leads ?? [])]);
        await browser.page.goto(url);
        // That one can click on every other link too, is seen in scripts-off.test.mjs.
        for (const [list, id] of [['.row', links[0]], ['.row', links[1]], ['.row', links.at(-1)], ['.owing', rows(path)[0].id]]) {
          await browser.click(`.board ${list} a[href="#${id}"]`);
          await arrival(browser.page, `${url}#${id}`);
          await until(browser.page, (id) => document.querySelector(':target')?.id === id, `${id} is marked`, id);
        }
      });
    }
  });
}

describe('In Chromium, on a phone', () => {
  let browser;
  before(async () => (browser = await start('Chromium', { width: 390, height: 844 })));
  after(() => browser?.stop());

  for (const path of positions) {
    test(`the first claim on ${path} is on the first screen, with its words and where it stands`, async () => {
      await browser.visit(onDisk + path);
      const bottom = await browser.page.$eval('.board .said', (said) => said.getBoundingClientRect().bottom);
      assert.ok(bottom <= 844, `it ends at ${bottom} px`);
    });
  }
});

describe('In Chromium, to a reader who listens', () => {
  let browser;
  before(async () => (browser = await start('Chromium')));
  after(() => browser?.stop());

  for (const path of positions) {
    test(`each claim on the board of ${path} is read out as a heading, and each cell as its party and what that says`, async () => {
      await browser.visit(onDisk + path);
      const heard = { heading: [], term: [], definition: [] };
      const listen = (node) => {
        if (node.role === 'heading') heard.heading.push(node.name.trim());
        if (/term$/i.test(node.role)) heard.term.push(textOf(node));
        if (/definition$/i.test(node.role)) heard.definition.push(textOf(node));
        for (const child of node.children ?? []) listen(child);
      };
      const textOf = (node) => (node.children?.length ? node.children.map(textOf).join(' ') : node.name ?? '').replaceAll(/\s+/g, ' ').trim();
      for (const side of await browser.page.$$('.side')) {
        listen(await browser.page.accessibility.snapshot({ root: side, interestingOnly: false }));
      }
      const written = rows(path);
      none(written.filter(({ text }) => !heard.heading.includes(text)));
      assert.deepEqual(heard.term.map(bare), written.flatMap(({ cells }) => cells.map(({ name }) => bare(name))));
      assert.deepEqual(heard.definition.map(bare), written.flatMap(({ cells }) => cells.map(({ said, gist }) => bare(gist === said.word ? gist : said.word + (gist ?? '')))));
    });

    test(`Tab stops once at the rows of ${path}, and the arrows lead from row to row and from answer to answer`, async () => {
      await browser.visit(onDisk + path);
      assert.equal(await browser.page.$$eval('.side a', (links) => links.filter((link) => link.tabIndex === 0).length), 1);
      const here = () => browser.page.evaluate(() => document.activeElement.getAttribute('href').slice(1));
      const all = rows(path);
      await browser.page.focus('.side .heads a');
      const press = async (key) => {
        await browser.page.keyboard.press(key);
        return here();
      };
      assert.equal(await press('ArrowDown'), all[0].id);
      assert.equal(await press('ArrowRight'), all[0].cells.find(({ leads }) => leads).leads);
      assert.equal(await press('ArrowDown'), all[1].id);
      assert.equal(await press('ArrowUp'), all[0].id);
      await press('End');
      assert.equal(await browser.page.$$eval('.side a', (links) => links.indexOf(document.activeElement) - links.length), -1);
      await browser.page.evaluate(() => (location.hash = 'board-unanswered'));
      await until(browser.page, () => [...document.querySelectorAll('.side a')].some((link) => link.tabIndex === 0 && link.getClientRects().length > 0), 'a row that is shown can be reached');
    });
  }
});
