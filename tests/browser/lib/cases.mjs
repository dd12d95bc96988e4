// Cases made up for a test: written to a temporary folder, built and checked by the program itself.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { program } from './program.mjs';

function run(folder, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, ['-r', folder, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** A case of the given files, a map from paths to contents, in a folder of its own. */
export function makeCase(files) {
  const folder = mkdtempSync(join(tmpdir(), 'casefile-case-'));
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  const site = join(folder, 'public');
  return {
    folder,
    site,

    /** Makes the site; what the program says if it refuses is the error. Returns the paths of all its files. */
    build() {
      const { status, stderr } = run(folder, '-q', 'build');
      const faults = stderr.split('\n\n').filter((part) => !part.startsWith('warning'));
      if (status !== 0) throw new Error(`the build ended with ${status}:\n${faults.join('\n\n').slice(0, 4000)}`);
      return readdirSync(site, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
        .sort();
    },

    /** The findings of `casefile check`. */
    check() {
      const { status, stdout, stderr } = run(folder, 'check', '--format', 'json');
      if (status > 1) throw new Error(`the check ended with ${status}:\n${stderr.slice(0, 4000)}`);
      return JSON.parse(stdout);
    },

    remove: () => rmSync(folder, { recursive: true }),
  };
}
