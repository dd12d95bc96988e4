// axe-core finds nothing against WCAG 2.2, levels A and AA, on a page of every kind in every language.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import axe from 'axe-core';
import { onDisk, start } from './lib/browsers.mjs';
import { eachKind, kind, onePerKind } from './lib/site.mjs';

const all = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  // Left out by axe unless asked for.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};
/** The colours are the only thing that is otherwise in the dark, and in every language they are the same. */
const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] };
/** The page for paper is as long as all others together, and nobody reads it on a phone. */
const widthsOf = (path) => (kind(path) === 'print' ? [1440] : [390, 1440]);

for (const [scheme, paths, options] of [
  ['light', onePerKind, all],
  ['dark', eachKind, colours],
]) {
  describe(`In the ${scheme} scheme`, () => {
    let browser;
    before(async () => (browser = await start('Chromium', { dark: scheme === 'dark' })));
    after(() => browser?.stop());

    for (const path of paths) {
      test(`${path} breaks no rule of accessibility, at ${widthsOf(path).join(' and ')} px`, async () => {
        await browser.visit(onDisk + path);
        await browser.page.evaluate(axe.source);
        for (const width of widthsOf(path)) {
          await browser.page.setViewport({ width, height: 900 });
          const { violations, passes } = await browser.page.evaluate((options) => window.axe.run(document, options), options);
          assert.ok(passes.length > 0, 'axe looked at nothing');
          assert.deepEqual(
            violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html.slice(0, 200)}\n${failureSummary}`)),
            [],
            `at ${width} px`,
          );
        }
      });
    }
  });
}
