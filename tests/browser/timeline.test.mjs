// The timeline: the list of all events, its drawing to scale beside it, and the events in the text.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { arrival, browsers, onDisk, start, until } from './lib/browsers.mjs';
import { page } from './lib/html.mjs';
import { serve } from './lib/server.mjs';
import { folder, kind, language, languages, some, told } from './lib/site.mjs';

const timelines = some(told.filter((path) => kind(path) === 'timeline'), 'timeline');

const words = (element) => element.text.replaceAll(/\s+/g, ' ').trim();
const within = (element, className) => [...element].filter((inner) => inner.has(className));

/** The rows of the list: the time for machines and for readers, and where the row leads. */
const rows = (path) => {
  const [list] = within(page(path).root, 'chronology');
  return [...list]
    .filter(({ name }) => name === 'li')
    .map((row) => {
      const time = [...row].find(({ name }) => name === 'time');
      return {
        row,
        datetime: time.attributes.get('datetime'),
        local: words(time),
        utc: within(row, 'utc').map(words)[0],
        circa: within(row, 'circa').map(words)[0],
        id: within(row, 'what')[0].href.slice(1),
        title: words(within(row, 'what')[0]),
      };
    });
};

test('there is a timeline in every language, with the same events at the same times and addresses', () => {
  assert.deepEqual(timelines.map(language).sort(), [...languages].sort());
  const [first, ...others] = timelines.map((path) => rows(path).map(({ datetime, utc, circa, id }) => ({ datetime, utc, about: circa !== undefined, id })));
  assert.ok(first.length > 1);
  for (const other of others) assert.deepEqual(other, first);
});

for (const path of timelines) {
  test(`the list on ${path} holds every event of the text once, from the earliest to the latest`, () => {
    const told = within(page(path).root, 'event').map(({ id }) => id);
    const listed = rows(path);
    assert.deepEqual(listed.map(({ id }) => id).sort(), told.sort());
    const times = listed.map(({ datetime }) => datetime);
    assert.deepEqual(times, [...times].sort());
  });

  test(`each row on ${path} tells what its event in the text tells`, () => {
    const plain = (text) => text.replaceAll(/[\s\p{P}]+/gu, '');
    for (const { id, title } of rows(path)) {
      assert.ok(title !== '', id);
      assert.ok(plain(words(page(path).ids.get(id))).includes(plain(title)), `${id}: ${title}`);
    }
  });

  test(`every time of day on ${path} is given in UTC as well, with the day where it is another one`, () => {
    const clocked = rows(path).filter(({ datetime }) => datetime.includes('T'));
    assert.ok(clocked.length > 0);
    for (const { id, datetime, local, utc } of clocked) {
      const [, day, clock] = /^(\S+)T([\d:]+)[+-]\d\d:\d\d$/.exec(datetime);
      assert.equal(local, `${day} ${clock}`, id);
      const [utcDay, utcClock] = new Date(datetime).toISOString().split('T');
      const shown = utcClock.slice(0, clock.length);
      assert.equal(utc, `${utcDay === day ? '' : `${utcDay} `}${shown} UTC`, id);
    }
  });

  test(`what is only about right on ${path} says so in a word`, () => {
    const about = rows(path).filter(({ row }) => row.has('about'));
    assert.ok(about.length > 0);
    assert.deepEqual(about.filter(({ circa }) => !circa), []);
    assert.deepEqual(rows(path).filter(({ row, circa }) => circa && !row.has('about')), []);
  });
}

/** Where the rows are, and where the drawing's dots and the ends of its lines are, in the window. Asked in the page. */
function geometry() {
  const svg = document.querySelector('svg.scale');
  const place = (element, x, y) => {
    const point = new DOMPoint(x, y).matrixTransform(element.getScreenCTM());
    return { x: point.x, y: point.y };
  };
  const rows = [...document.querySelectorAll('.chronology li')].map((row) => {
    const { left, top, bottom, height } = row.getBoundingClientRect();
    return { left, height, middle: (top + bottom) / 2, datetime: row.querySelector('time').getAttribute('datetime'), lasts: row.textContent.includes('–') };
  });
  const dots = [...svg.querySelectorAll('circle')].map((dot) => place(dot, dot.cx.baseVal.value, dot.cy.baseVal.value));
  const lines = [...svg.querySelectorAll('path.join')].map((line) => {
    const [from, to] = [line.getPointAtLength(0), line.getPointAtLength(line.getTotalLength())];
    return { from: place(line, from.x, from.y), to: place(line, to.x, to.y), about: line.classList.contains('about') };
  });
  lines.sort((one, other) => one.to.y - other.to.y);
  return { rows, dots, lines, abouts: [...document.querySelectorAll('.chronology li')].map((row) => row.classList.contains('about')) };
}

/** Times in the list that are not wholly in their row. Asked in the page. */
function cutTimes() {
  const cut = [];
  for (const row of document.querySelectorAll('.chronology li')) {
    const when = row.querySelector('.when');
    const boxes = [row, when].map((box) => box.getBoundingClientRect());
    // A letter's box is a little higher than its line.
    const more = parseFloat(getComputedStyle(when).fontSize) / 4;
    for (const part of [...when.children].filter((child) => child.textContent.trim() !== '')) {
      const range = document.createRange();
      range.selectNodeContents(part);
      const lines = [...range.getClientRects()];
      if (lines.some((line) => boxes.some((box) => line.right > box.right + 1 || line.bottom > box.bottom + more || line.top < box.top - more))) cut.push(part.textContent);
    }
  }
  return cut;
}

/** Rows that have hardly any room for what happened. Asked in the page. */
const cramped = () =>
  [...document.querySelectorAll('.chronology .what')].filter((what) => what.scrollWidth > what.clientWidth && what.clientWidth < 120).map((what) => what.textContent);

/** Labels of the drawing that lie over each other or stick out of the window. Asked in the page. */
function crowded() {
  const labels = [...document.querySelectorAll('svg.scale text')].map((label) => ({ text: label.textContent, box: label.getBoundingClientRect() }));
  const over = (one, other) =>
    one.left < other.right && other.left < one.right && one.top + 2 < other.bottom && other.top + 2 < one.bottom;
  return labels
    .filter(({ box }, index) => box.left < 0 || labels.some((other, at) => at > index && over(box, other.box)))
    .map(({ text }) => text);
}

const near = (one, other, what, tolerance = 1) => assert.ok(Math.abs(one - other) <= tolerance, `${what}: ${one}, ${other}`);

/** Checks the drawing against the rows beside it. */
function meets({ rows, dots, lines, abouts }) {
  assert.ok(rows.length > 1);
  for (const { height, datetime } of rows) near(height, rows[0].height, `the height of the row of ${datetime}`, 0.1);
  assert.equal(lines.length, rows.length);
  rows.forEach(({ left, middle, datetime }, index) => {
    near(lines[index].to.y, middle, `the line to ${datetime} ends at the middle of its row`);
    near(lines[index].to.x, left, `the line to ${datetime} ends where its row begins`);
    assert.equal(lines[index].about, abouts[index], `the line to ${datetime} is drawn as about right`);
    assert.ok(
      dots.some((dot) => Math.abs(dot.x - lines[index].from.x) < 0.5 && Math.abs(dot.y - lines[index].from.y) < 0.5),
      `the line to ${datetime} begins at no dot`,
    );
  });
}

for (const name of browsers) {
  describe(`In ${name} without scripts`, () => {
    let browser;
    before(async () => (browser = await start(name, { scripts: false })));
    after(() => browser?.stop());

    for (const path of timelines) {
      for (const width of [320, 700, 1280]) {
        test(`on ${path} all rows are of one height and every line of the drawing runs from its dot to the middle of its row, at ${width} px`, async () => {
          await browser.page.setViewport({ width, height: 900 });
          await browser.visit(onDisk + path);
          meets(await browser.page.evaluate(geometry));
        });

        test(`on ${path} no time is cut off, every event has room, and no label of the drawing covers another, at ${width} px`, async () => {
          await browser.page.setViewport({ width, height: 900 });
          await browser.visit(onDisk + path);
          assert.deepEqual(await browser.page.evaluate(cutTimes), []);
          assert.deepEqual(await browser.page.evaluate(cramped), []);
          assert.deepEqual(await browser.page.evaluate(crowded), []);
        });
      }

      test(`the gaps between the dots on ${path} are to scale`, async () => {
        await browser.page.setViewport({ width: 1280, height: 900 });
        await browser.visit(onDisk + path);
        const { rows, lines } = await browser.page.evaluate(geometry);
        const moments = rows.flatMap(({ datetime, lasts }, index) =>
          datetime.includes('T') && !lasts ? [{ ...lines[index].from, at: Date.parse(datetime), datetime }] : [],
        );
        const axes = new Map();
        for (const moment of moments) {
          const axis = Math.round(moment.x);
          axes.set(axis, [...(axes.get(axis) ?? []), moment]);
        }
        assert.ok(axes.size > 0);
        for (const dots of axes.values()) {
          assert.ok(dots.length > 2, 'two dots are always to scale');
          const [first, last] = [dots[0], dots.at(-1)];
          for (const { y, at, datetime } of dots) {
            near(y, first.y + ((at - first.at) / (last.at - first.at)) * (last.y - first.y), `where ${datetime} stands`);
          }
        }
      });
    }
  });
}

for (const name of browsers) {
  describe(`In ${name}, for a reader who has set letters twice as large`, () => {
    let browser;
    before(async () => (browser = await start(name, { letters: 32 })));
    after(() => browser?.stop());

    for (const path of timelines) {
      for (const width of [640, 1280]) {
        test(`the drawing on ${path} meets its rows, and no time is cut off, at ${width} px`, async () => {
          await browser.page.setViewport({ width, height: 900 });
          await browser.visit(onDisk + path);
          assert.equal(await browser.page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '32px');
          meets(await browser.page.evaluate(geometry));
          assert.deepEqual(await browser.page.evaluate(cutTimes), []);
        });
      }
    }
  });
}

describe('On paper, from Chromium', () => {
  let browser;
  before(async () => {
    browser = await start('Chromium', { width: 640 });
    await browser.page.emulateMediaType('print');
  });
  after(() => browser?.stop());

  for (const path of timelines) {
    test(`the drawing on ${path} meets its rows, and no time is cut off`, async () => {
      await browser.visit(onDisk + path);
      meets(await browser.page.evaluate(geometry));
      assert.deepEqual(await browser.page.evaluate(cutTimes), []);
    });
  }
});

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

    for (const path of timelines) {
      test(`a click on a row of the list on ${path} leads to its event and marks it`, async () => {
        const url = (place === 'over http' ? server.url : onDisk) + path;
        const all = rows(path);
        await browser.page.goto(url);
        // That one can click on every other row too, is seen in scripts-off.test.mjs.
        for (const { id } of [all[0], all[all.length >> 1], all.at(-1)]) {
          await browser.click(`.chronology a[href="#${id}"]`);
          await arrival(browser.page, `${url}#${id}`);
          await until(browser.page, (id) => document.querySelector(':target')?.id === id, `#${id} is marked`, id);
        }
      });
    }
  });
}
