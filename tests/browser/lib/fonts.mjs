// The faces that the browsers under test find. What a machine has installed decides how wide a word is, so the tests bring
// settings of their own: a site must hold with wide letters and with narrow ones.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './site.mjs';

/** The sets of faces; each is a file in the folder fonts, with the families that must be there. */
const sets = {
  wide: ['DejaVu Serif', 'DejaVu Sans', 'DejaVu Sans Mono'],
  narrow: ['Liberation Serif', 'Liberation Sans', 'Liberation Mono'],
};
const chinese = ['Noto Sans CJK SC', 'Noto Serif CJK SC'];

export const fontSets = Object.keys(sets);

/** The set of the tests that look with one: the wide one, in which less has room, unless CASEFILE_FONTS names the other. */
export const usual = process.env.CASEFILE_FONTS ?? 'wide';

const looked = new Map();

/** What to add to the environment of a browser that is to find one set and nothing else; nothing but where fontconfig rules. */
export function environment(set) {
  if (process.platform !== 'linux') return {};
  if (!looked.has(set)) looked.set(set, look(set));
  return looked.get(set);
}

function look(set) {
  if (!sets[set]) throw new Error(`no set of fonts is called ${set}; there are ${fontSets.join(' and ')}`);
  const settings = { FONTCONFIG_FILE: join(root, 'fonts', `${set}.conf`) };
  const options = { encoding: 'utf8', env: { ...process.env, ...settings } };
  const found = new Set(execFileSync('fc-list', [':', 'family'], options).split(/[,\n]/));
  const missing = [...sets[set], ...chinese].filter((family) => !found.has(family));
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')} (Debian: fonts-dejavu-core fonts-liberation fonts-noto-cjk)`);
  return settings;
}
