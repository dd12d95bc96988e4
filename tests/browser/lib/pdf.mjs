// What stands where in a PDF that a browser printed, as pdftotext tells it.

import { execFileSync } from 'node:child_process';

/** The pages of a PDF, each with its size and words, in points from its upper left corner. */
export function readPdf(pdf) {
  const text = execFileSync('pdftotext', ['-bbox', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1 << 28 });
  const pages = [];
  for (const [, page, word, attributes, content] of text.matchAll(/<(?:(page)|(word)) ([^>]*)>(?:([^<]*)<\/word>)?/g)) {
    const value = (name) => Number(new RegExp(`${name}="([^"]*)"`).exec(attributes)[1]);
    if (page) pages.push({ width: value('width'), height: value('height'), words: [] });
    if (word) pages.at(-1).words.push({ text: content, left: value('xMin'), right: value('xMax'), top: value('yMin'), bottom: value('yMax') });
  }
  return pages;
}

/** What is wrong with printed pages: words beyond the margin, in points, at the sides, and words printed over each other. */
export function printFaults(pages, margin) {
  const found = [];
  for (const [at, { width, height, words }] of pages.entries()) {
    const lines = words.map((word) => {
      // The box of a word is as high as its face, not as its letters; and of Chinese punctuation, half of the square is blank.
      const [middle, half] = [(word.top + word.bottom) / 2, (word.bottom - word.top) / 4];
      const left = word.left + (/^[“‘（【《「『〔〈]/.test(word.text) ? half * 1.5 : 0);
      const right = word.right - (/[”’，。、：；！？）】》」』〕〉]$/.test(word.text) ? half * 1.5 : 0);
      return { ...word, left, right, top: middle - half, bottom: middle + half };
    });
    lines.sort((a, b) => a.top - b.top);
    let open = [];
    for (const word of lines) {
      if (word.left < margin - 1.5 || word.right > width - margin + 1.5 || word.top < 0 || word.bottom > height) {
        found.push(`page ${at + 1}: “${word.text}” at ${Math.round(word.left)} to ${Math.round(word.right)} of ${Math.round(width)} pt`);
      }
      open = open.filter((other) => other.bottom > word.top + 1);
      for (const other of open) {
        const shared = Math.min(word.right, other.right) - Math.max(word.left, other.left);
        // Of text that runs downwards every letter is a word, with the box it would have if it ran across.
        if (shared > 1 && word.text.length + other.text.length > 2) found.push(`page ${at + 1}: “${other.text}” and “${word.text}” overlap by ${shared.toFixed(1)} pt`);
      }
      open.push(word);
    }
  }
  return found;
}
