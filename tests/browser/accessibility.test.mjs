// axe-core finds nothing against WCAG 2.2, levels A and AA, on a page of every kind in every language.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import axe from 'axe-core';
import { onDisk, start } from './lib/browsers.mjs';
import { onePerKind } from './lib/site.mjs';

const options = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  // Left out by axe unless asked for.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

for (const scheme of ['light', 'dark']) {
  for (const [wideness, width] of [
    ['narrow', 390],
    ['wide', 1440],
  ]) {
    describe(`In the ${scheme} scheme, on a ${wideness} screen`, () => {
      let browser;
      before(async () => (browser = await start('Chromium', { dark: scheme === 'dark', width })));
      after(() => browser?.stop());

      for (const path of onePerKind) {
        test(`${path} breaks no rule of accessibility`, async () => {
          await browser.visit(onDisk + path);
          await browser.page.evaluate(axe.source);
          const { violations, passes } = await browser.page.evaluate((options) => window.axe.run(document, options), options);
          assert.ok(passes.length > 0, 'axe looked at nothing');
          assert.deepEqual(
            violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html.slice(0, 200)}\n${failureSummary}`)),
            [],
          );
        });
      }
    });
  }
}
