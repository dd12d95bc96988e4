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

/** The rows of all matrices: which claim of which party, how it stands, and what each other party says. */
const rows = (path) =>
  within(page(path).root, 'matrix').flatMap((matrix) => {
    const all = [...matrix];
    const owner = partyOf(all.find(({ name }) => name === 'caption'));
    const [heads, ...lines] = all.filter(({ name }) => name === 'tr').map((row) => row.children);
    return lines.map((cells) => ({
      owner,
      id: [...cells[0]].find(({ href }) => href).href.slice(1),
      standing: standing(cells[1]),
      cells: cells.slice(2).map((cell, index) => ({ party: partyOf(heads[index + 2]), head: words(heads[index + 2]), said: standing(cell) })),
    }));
  });

test('there is a page of positions in every language', () => {
  assert.deepEqual(positions.map(language).sort(), [...languages].sort());
  for (const path of positions) assert.ok(rows(path).length > 0 && rows(path).length === rows(positions[0]).length);
});

for (const path of positions) {
  test(`the tables on ${path} hold every claim of the text once, in its order, below the party that makes it`, () => {
    assert.deepEqual(
      rows(path).map(({ owner, id }) => [owner, id]),
      threads(path).map(({ claim, id }) => [partyOf(claim), id]),
    );
  });

  test(`how a claim stands is said alike in the tables and in the text of ${path}`, () => {
    assert.deepEqual(
      rows(path).map(({ id, standing }) => [id, standing]),
      threads(path).map(({ claim, id }) => [id, standing(voice(claim))]),
    );
  });

  test(`the tables on ${path} show an answer of exactly those parties that answer in the text, and what they say there`, () => {
    const answers = new Map(threads(path).map(({ id, answers }) => [id, answers]));
    for (const { id, cells } of rows(path)) {
      const filled = cells.filter(({ said }) => said);
      assert.deepEqual(filled.map(({ party }) => party).sort(), [...new Set(answers.get(id).map(partyOf))].sort(), id);
      for (const { party, said } of filled) {
        const given = answers.get(id).filter((answer) => partyOf(answer) === party);
        assert.ok(
          given.some((answer) => standing(voice(answer)).word === said.word),
          `${id}: ${said.word}`,
        );
      }
    }
  });

  test(`the list of unanswered claims on ${path} names exactly those without an answer, each with its party`, () => {
    const [list] = within(page(path).root, 'unanswered').filter(({ name }) => name === 'ul');
    const open = threads(path).filter(({ answers }) => answers.length === 0);
    assert.ok(open.length > 0);
    assert.deepEqual(
      list.children.map((line) => [[...line].find(({ href }) => href).href.slice(1), words(within(line, 'party')[0])]),
      open.map(({ claim, id }) => [id, words(within(voice(claim), 'party')[0])]),
    );
  });

  test(`every claim and every answer on ${path} names its party and says in a sign and a word how it stands`, () => {
    const heads = [...page(path).root].filter((element) => element.name === 'caption');
    const names = new Map(heads.map((caption) => [partyOf(caption), words(caption)]));
    const speaking = within(page(path).root, 'statement').filter((statement) => !statement.has('support'));
    assert.ok(speaking.some((statement) => statement.has('answer')));
    for (const statement of speaking) {
      const { sign, word } = standing(voice(statement));
      assert.equal(words(within(voice(statement), 'party')[0]), names.get(partyOf(statement)), address(statement));
      assert.ok(sign !== '' && word !== '', address(statement));
    }
  });

  test(`no two ways to stand share a sign on ${path}, and every sign has its word`, () => {
    const cells = rows(path).flatMap((row) => row.cells.flatMap(({ said }) => said ?? []));
    const signs = (said) => new Map(said.map(({ sign, word }) => [word, sign]));
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

/** Columns whose party is not wholly to be seen in the table's head. Asked in the page. */
function cutHeads() {
  return [...document.querySelectorAll('.matrix thead .party')]
    .filter((name) => {
      const outer = name.closest('th').getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(name);
      return [...range.getClientRects()].some(
        (line) => line.left < outer.left - 2 || line.right > outer.right + 2 || line.top < outer.top - 2 || line.bottom > outer.bottom + 2,
      );
    })
    .map((name) => name.textContent);
}

/** Tables of which a part can only be reached by scrolling sideways. Asked in the page. */
const wideTables = () =>
  [...document.querySelectorAll('.matrices > .table')].filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.getAttribute('aria-label'));

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
        test(`the tables on ${path} are all in the window, and the head of every column names its party in full`, async () => {
          await browser.visit(onDisk + path);
          assert.deepEqual(await browser.page.evaluate(wideTables), []);
          assert.deepEqual(await browser.page.evaluate(cutHeads), []);
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
      test(`the links in the tables and in the list of unanswered claims on ${path} lead to what they name, and mark it`, async () => {
        const url = (place === 'over http' ? server.url : onDisk) + path;
        const hrefs = (list) => [...list].filter(({ name, href }) => name === 'a' && href).map(({ href }) => href);
        const [digest] = within(page(path).root, 'digest');
        const lists = ['matrix', 'unanswered']
          .flatMap((name) => within(digest, name).map((list) => [name, hrefs(list)]))
          .filter(([, links]) => links.length > 0);
        assert.equal(new Set(lists.map(([name]) => name)).size, 2);
        await browser.page.goto(url);
        // That one can click on every other link too, is seen in scripts-off.test.mjs.
        for (const [list, links] of lists) {
          for (const href of [links[0], links.at(-1)]) {
            await browser.click(`.digest .${list} a[href="${href}"]`);
            await arrival(browser.page, url + href);
            await until(browser.page, (href) => document.querySelector(':target')?.id === href.slice(1), `${href} is marked`, href);
          }
        }
      });
    }
  });
}

describe('In Chromium, to a reader who listens', () => {
  let browser;
  before(async () => (browser = await start('Chromium')));
  after(() => browser?.stop());

  for (const path of positions) {
    test(`each cell of the tables on ${path} is read out as the word for its sign, and each column as its party`, async () => {
      await browser.visit(onDisk + path);
      const heard = { rowheader: [], columnheader: [], cell: [] };
      const listen = (node) => {
        heard[node.role]?.push(node.name.trim());
        for (const child of node.children ?? []) listen(child);
      };
      for (const matrix of await browser.page.$$('.matrix')) {
        listen(await browser.page.accessibility.snapshot({ root: matrix, interestingOnly: false }));
      }
      const written = rows(path);
      assert.deepEqual(heard.rowheader, written.map(({ id }) => id.replace('claim-', '')));
      assert.deepEqual(heard.cell, written.flatMap((row) => [row.standing.word, ...row.cells.map(({ said }) => said?.word ?? '')]));
      for (const { cells } of written) none(cells.filter(({ head }) => !heard.columnheader.includes(head)));
    });
  }
});
