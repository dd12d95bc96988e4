// The timeline: every event once, where the text tells it, with the time since the one before; above them an axis to scale.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browsers, onDisk, start } from './lib/browsers.mjs';
import { page } from './lib/html.mjs';
import { kind, language, languages, some, told } from './lib/site.mjs';

const timelines = some(told.filter((path) => kind(path) === 'timeline'), 'timeline');

const words = (element) => element.text.replaceAll(/\s+/g, ' ').trim();
const within = (element, className) => [...element].filter((inner) => inner.has(className));

/** What is said beside the events: the times for machines and for readers, and the time since the event before. */
const moments = (path) =>
  within(page(path).root, 'moment').map((moment) => ({
    gap: within(moment, 'gap').map(words)[0],
    times: [...moment].filter(({ name }) => name === 'time').map((time) => ({ datetime: time.attributes.get('datetime'), text: words(time) })),
  }));

test('there is a timeline in every language, with the same events and the same times', () => {
  assert.deepEqual(timelines.map(language).sort(), [...languages].sort());
  const told = (path) => [within(page(path).root, 'event').map(({ id }) => id), moments(path).map(({ times }) => times.map(({ datetime }) => datetime))];
  for (const path of timelines) assert.deepEqual(told(path), told(timelines[0]));
});

for (const path of timelines) {
  test(`every event on ${path} stands there once, and nothing lists them again`, () => {
    const events = within(page(path).root, 'event');
    assert.ok(events.length > 10);
    const list = within(page(path).root, 'chronology')[0];
    assert.deepEqual([...list].filter(({ name }) => name === 'li'), []);
    // The dots of the axis lead to the rows, for the pointer alone, and name them where it rests.
    const dots = [...list].filter(({ name }) => name === 'a');
    assert.ok(dots.length > 10 && dots.every(({ attributes }) => attributes.get('tabindex') === '-1' && page(path).ids.get(attributes.get('href').slice(1))?.has('event')));
    const named = [...list].filter(({ name }) => name === 'title').map(({ text }) => text.replaceAll(/\s+/g, ''));
    const article = [...page(path).root].find(({ name }) => name === 'article').text.replaceAll(/\s+/g, '');
    const text = named.reduce((rest, words) => rest.replace(words, ''), article);
    for (const event of events.filter(({ name }) => name === 'li')) {
      const sentence = event.children.length ? words(event).slice(-30).replaceAll(/\s+/g, '') : '';
      assert.equal(text.split(sentence).length, 2, sentence);
    }
  });

  test(`every time of day on ${path} is given in UTC as well, with the day where it is another one`, () => {
    const clocked = moments(path).flatMap(({ times }) => times.slice(-1)).filter(({ datetime }) => datetime.includes('T'));
    assert.ok(clocked.length > 5);
    for (const { datetime, text } of clocked) {
      const [, day, clock] = /^(\S+)T([\d:]+)[+-]\d\d:\d\d$/.exec(datetime);
      const [utcDay, utcClock] = new Date(datetime).toISOString().split('T');
      assert.equal(text, `${utcDay === day ? '' : `${utcDay} `}${utcClock.slice(0, clock.length)} UTC`);
    }
  });

  test(`the gaps on ${path} between times told to the second are right to the second`, () => {
    const all = moments(path);
    const second = ({ times }) => (/T\d\d:\d\d:\d\d[+-]/.test(times.at(-1)?.datetime) ? Date.parse(times.at(-1).datetime) / 1000 : undefined);
    const told = all.flatMap((moment, at) => {
      const [from, to] = [at > 0 ? second(all[at - 1]) : undefined, second(moment)];
      return from && to && to - from < 3600 ? [{ gap: moment.gap, numbers: [Math.floor((to - from) / 60), (to - from) % 60].filter(Boolean).map(String) }] : [];
    });
    assert.ok(told.length >= 4);
    for (const { gap, numbers } of told) assert.deepEqual(gap.match(/\d+/g), numbers, gap);
  });
}

/** Where the parts of the drawing are, and which of its words lie over each other or stick out. Asked in the page. */
function drawing() {
  const svg = document.querySelector('svg.scale');
  const box = (element) => element.getBoundingClientRect();
  const middle = (element) => (box(element).left + box(element).right) / 2;
  const labels = [...svg.querySelectorAll('text')].map((label) => ({ text: label.textContent, box: box(label) }));
  const over = (one, other) => one.left < other.right && other.left < one.right && one.top + 2 < other.bottom && other.top + 2 < one.bottom;
  return {
    axes: [...svg.querySelectorAll('.axis')].map((axis) => ({ y: Math.round(box(axis).top), left: box(axis).left, right: box(axis).right })),
    dots: [...svg.querySelectorAll('circle')].map((dot) => ({ x: middle(dot), y: Math.round((box(dot).top + box(dot).bottom) / 2) })),
    crowded: labels
      .filter(({ box }, index) => box.left < 0 || box.right > innerWidth || labels.some((other, at) => at > index && over(box, other.box)))
      .map(({ text }) => text),
    labels: labels.length,
    events: document.querySelectorAll('.event').length,
    days: new Set([...document.querySelectorAll('.event')].map(({ id }) => id.slice(0, 'event-2031-05-04'.length))).size,
  };
}

/** Parts of what is said beside the events that are not wholly in the window, or broken over two lines. Asked in the page. */
const cutMoments = () =>
  [...document.querySelectorAll('.moment > *')].filter((part) => part.getClientRects().length !== 1 || part.getBoundingClientRect().right > innerWidth).map((part) => part.textContent);

function holds({ axes, dots, crowded, labels, events, days }) {
  assert.deepEqual(crowded, []);
  assert.ok(labels >= 4 && axes.length === 2, `${labels} words, ${axes.length} axes`);
  const near = (one, other) => Math.abs(one - other) <= 1.5;
  for (const { y } of dots) assert.ok(axes.some((axis) => near(axis.y, y)), `a dot at ${y} is on no axis`);
  // Events that fall together on the long axis share a dot; no two days do.
  const outer = dots.filter(({ y }) => near(axes[0].y, y)).length;
  assert.ok(outer >= days && outer <= events && days > 5, `${outer} dots for ${events} events on ${days} days`);
  for (const { x, y } of dots) assert.ok(axes.some((axis) => near(axis.y, y) && x >= axis.left - 1 && x <= axis.right + 1));
}

for (const name of browsers) {
  describe(`In ${name} without scripts`, () => {
    let browser;
    before(async () => (browser = await start(name, { scripts: false })));
    after(() => browser?.stop());

    for (const path of timelines) {
      for (const width of [280, 320, 390, 700, 1280]) {
        test(`on ${path} every event has its dot on the axis, no word of it covers another, and no time is cut, at ${width} px`, async () => {
          await browser.page.setViewport({ width, height: 900 });
          await browser.visit(onDisk + path);
          holds(await browser.page.evaluate(drawing));
          assert.deepEqual(await browser.page.evaluate(cutMoments), []);
        });
      }

      test(`the dots of the bunch on ${path} are to scale`, async () => {
        await browser.page.setViewport({ width: 1280, height: 900 });
        await browser.visit(onDisk + path);
        const { axes, dots } = await browser.page.evaluate(drawing);
        const inner = dots.filter(({ y }) => Math.abs(y - axes[1].y) <= 1.5).map(({ x }) => x);
        const seconds = moments(path).flatMap(({ times }) => times.slice(-1)).map(({ datetime }) => Date.parse(datetime) / 1000);
        assert.ok(inner.length > 2, 'two dots are always to scale');
        const run = seconds.findIndex((_, at) => {
          const part = seconds.slice(at, at + inner.length);
          const share = (value) => (value - part[0]) / (part.at(-1) - part[0]);
          return part.length === inner.length && part.every((value, index) => Math.abs(share(value) - (inner[index] - inner[0]) / (inner.at(-1) - inner[0])) < 0.005);
        });
        assert.ok(run >= 0, `no events follow each other as the dots do: ${inner}`);
      });
    }
  });
}

describe('In Chromium, for a reader who has set letters twice as large', () => {
  let browser;
  before(async () => (browser = await start('Chromium', { letters: 32 })));
  after(() => browser?.stop());

  for (const path of timelines) {
    test(`the axis on ${path} holds, and no time is cut, at 640 px`, async () => {
      await browser.page.setViewport({ width: 640, height: 900 });
      await browser.visit(onDisk + path);
      holds(await browser.page.evaluate(drawing));
      assert.deepEqual(await browser.page.evaluate(cutMoments), []);
    });
  }
});

describe('On paper, from Chromium', () => {
  let browser;
  before(async () => {
    browser = await start('Chromium', { width: 640 });
    await browser.page.emulateMediaType('print');
  });
  after(() => browser?.stop());

  for (const path of timelines) {
    test(`the axis on ${path} holds with its months, and no time is cut`, async () => {
      await browser.visit(onDisk + path);
      holds(await browser.page.evaluate(drawing));
      assert.deepEqual(await browser.page.evaluate(cutMoments), []);
    });
  }
});
