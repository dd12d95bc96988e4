// Where pictures of the pages are kept for people to look at; the folder is not part of the repository.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './site.mjs';

/** The path for one artefact; its folder is there. */
export function artefact(...names) {
  const path = join(root, 'artefacts', ...names);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
