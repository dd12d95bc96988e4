// A Chromium of 2019, as an office that cannot update has it: packed in npm's chrome-aws-lambda, driven by the puppeteer of its time.

import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { environment, usual } from './fonts.mjs';
import { root } from './site.mjs';

const folder = join(root, 'chromium-78');

/** Why it cannot be started here; undefined if it can. scripts/test installs its packages. */
export const missing =
  process.platform !== 'linux' || process.arch !== 'x64'
    ? 'there is one for Linux on x64 only'
    : existsSync(join(folder, 'node_modules/chrome-aws-lambda'))
      ? undefined
      : 'not installed: npm ci --prefix tests/browser/chromium-78';

/** The program, unpacked once. */
function program() {
  const place = join(folder, 'node_modules/.chromium-78');
  const path = join(place, 'chromium');
  if (!existsSync(path)) {
    mkdirSync(place, { recursive: true });
    const half = `${path}.${process.pid}`;
    writeFileSync(half, brotliDecompressSync(readFileSync(join(folder, 'node_modules/chrome-aws-lambda/bin/chromium.br'))));
    chmodSync(half, 0o755);
    renameSync(half, path); // whole or not at all, whoever else unpacks it at the same time
  }
  return path;
}

/** Starts it; the browser of puppeteer 1.20. */
export function launch() {
  const puppeteer = createRequire(join(folder, 'package.json'))('puppeteer-core');
  // It has no sandbox of its own, and asks nobody: the site is on the disk.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
  return puppeteer.launch({ executablePath: program(), headless: true, args, env: { ...process.env, ...environment(usual) } });
}
