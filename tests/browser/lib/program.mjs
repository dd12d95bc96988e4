// The program under test.

import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** What `cargo build --release` made, or the one named in CASEFILE_PROGRAM. */
export const program =
  process.env.CASEFILE_PROGRAM ?? resolve(repository, process.env.CARGO_TARGET_DIR ?? 'target', 'release/casefile');

if (!existsSync(program)) {
  throw new Error(`no program at ${program}: cargo build --release, or name it in CASEFILE_PROGRAM`);
}
