// What is long stays on the page: sums, hashes, addresses and words without a place to break, tables of twelve columns,
// lists that go down and down, names that fill a line, wide and tall pictures. In each language, side by side and on paper.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsers, start } from './lib/browsers.mjs';
import { makeCase } from './lib/cases.mjs';
import { faults, unfold } from './lib/geometry.mjs';

const widths = [280, 320, 390, 540, 768, 1024, 1366, 1920];
const times = (count, write) => Array.from({ length: count }, (_, at) => write(at));

const digits = '5e1f0a9c'.repeat(8);
const hash = `0x${digits}`;
const address = `https://files.example.com/${'archive-of-everything/'.repeat(6)}${digits}?token=${digits}`;
const word = 'Kaltlagerhausverwaltungsgesellschaftsvertragsänderungsentwurf';
const summands = times(40, (at) => 1000 + at);
const sum = `${summands.map((value) => `${value}.00`).join(' + ')} = ${summands.reduce((all, value) => all + value)}.00`;
const large = '12345678901234567890.12 + 9876543210987654.98 = 12355555444445555545.10';
const fraction = '\\frac{123456.78 + 234567.89 + 345678.90}{1234567.89 - 987654.32} = 7.00';
const root = 'x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a} + \\sum_{i=1}^{n} x_i + \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}';
const company = 'Northern Harbour International Logistics and Warehousing Company Limited';

const table = (columns, align, head, cell) =>
  [
    `|${times(columns, (at) => ` ${head(at)} |`).join('')}`,
    `|${times(columns, align).join('|')}|`,
    ...times(4, (row) => `|${times(columns, (at) => ` ${cell(row, at)} |`).join('')}`),
  ].join('\n');
const amounts = (columns) =>
  table(
    columns,
    (at) => (at === 0 ? '---' : '---:'),
    (at) => (at === 0 ? 'Item' : `Amount ${at} (yuan)`),
    (row, at) => (at === 0 ? `Goods lot ${row}` : `${123456 * (row + 1) * at}.00`),
  );

/** A document in a language; what the program reads as a number, a note or an answer is written as that language writes it. */
function long(tag) {
  const zh = tag === 'zh';
  const say = (chinese, english) => (zh ? chinese : english);
  const item = (number, text) => `${number}${say('，', ', ')}${text}`;
  const far = say('【附录：关于一个名字非常长的附件的说明以及它的所有版本和修订】', '[Appendix: on the meaning of an attachment with an extraordinarily long name and all its versions]');
  const sums = [
    `# ${say('很长的一切', 'All that is long')}\n\n## ${item(1, say('算式', 'Sums'))}`,
    `${say('合计是', 'The total is')} $${sum}$ ${say('元，另一笔', 'yuan, another')} $${large}$ ${say('。', '.')}`,
    `$$${sum}$$`,
    `$${fraction}$ ${say('以及', 'and')} $$${root}$$`,
    item('1-1', `$${sum}$`),
    item('1-1-1', `$${sum}$`),
    `| ${say('项目', 'Item')} | ${say('算式', 'Calculation')} | ${say('金额（元）', 'Amount (yuan)')} |\n|---|---|---:|\n| ${say('合计', 'Total')} | $${sum}$ | **206539.30** |\n| ${hash} | $${large}$ | ${hash} |`,
  ];
  const words = [
    `## ${item(2, hash)}`,
    `${hash} ${say('和', 'and')} \`${hash}\` ${say('和', 'and')} ${address} ${say('和', 'and')} [${hash}](${address}) \`${address}\``,
    `${word} **${word}** \`${word}\` ${'长'.repeat(200)}`,
    `\`\`\`\n${address} ${hash}\n\`\`\``,
    `| a | b |\n|---|---|\n| ${hash} | \`${hash}\` |\n| ${address} | ${word} |`,
    `- ${hash}\n- \`${address}\``,
    times(8, (at) => `${'> '.repeat(at + 1)}${hash}\n${'> '.repeat(at + 1)}`).join('\n'),
    `${say('见', 'See')} ${say('【注1-1】', '[Note 1-1]')} ${say('和', 'and')} ${far}`,
  ];
  const tables = [
    `## ${item(3, say('表格', 'Tables'))}`,
    table(12, () => '---', (at) => `Column ${at}`, (row, at) => `row ${row} cell ${at} with words`),
    table(12, () => '---', (at) => `第${at}列`, (row, at) => (at % 3 === 0 ? digits : `第${at}格有一些字`)),
    amounts(12),
    amounts(5),
    `<details><summary>${hash} ${word}</summary>\n\n${amounts(9)}\n\n</details>`,
  ];
  const deep = [
    `## ${item(4, say('深', 'Deep'))}`,
    times(14, (at) => `${'  '.repeat(at)}- level ${at} of a list that goes down and down`).join('\n'),
    item('1-2', 'x'),
    item('1-2-1', 'y'),
    item('1-2-1-1', hash),
    item('1-2-1-1-1', address),
    `{% hint style="warning" %}\n${address} $${sum}$\n{% endhint %}`,
  ];
  const notes = [`## ${item(5, say('备注', 'Notes'))}`, `${say('【注1-1】', '[Note 1-1]')} ${address}`, `${far} ${say('文字。', 'text.')}`];
  return [...sums, ...words, ...tables, ...deep, ...notes].join('\n\n');
}

const documents = (tag) => {
  const zh = tag === 'zh';
  const comma = zh ? '，' : ', ';
  return {
    [`content/${tag}/long.md`]: long(tag),
    [`content/${tag}/timeline.md`]: `# ${zh ? '时间线' : 'Timeline'}\n\n- 2031-05-04 01:09:08${comma}${hash} ${address}\n- 2031-05-04 01:19:08${comma}${word} $${sum}$\n- 2031-05${comma}x\n- 2031-08-01 – 2031-09-01${comma}${'x'.repeat(100)}\n`,
    [`content/${tag}/positions.md`]: `# ${zh ? '各方说法' : 'Positions'}\n\n## 1${zh ? '，' : '. '}${company}\n\n1-1${comma}${hash} $${sum}$\n\n1-1-1${comma}${zh ? '客户不同意：' : 'The customer disputes this: '}${address}\n\n## 2${zh ? '，客户' : '. The customer'}\n\n2-1${comma}${word}\n`,
    [`content/${tag}/links.md`]: `# ${zh ? '链接' : 'Links'}\n\n- ${address} - ${hash} ${word}\n`,
  };
};

const settings = `title: {zh: 很长的一切, en: All that is long}
languages: [zh, en]
as_of: 2031-06-30
time_zone: Asia/Shanghai
parties:
  - {id: company, name: {zh: ${company}, en: ${company}}}
  - {id: customer, name: {zh: 客户, en: The customer}}
`;

const { site, build, remove } = makeCase({ 'casefile.yaml': settings, ...documents('zh'), ...documents('en') });
// The page for wrong addresses looks for its files where they may not be.
const pages = build().filter((path) => path.endsWith('.html') && path !== '404.html');
const top = pathToFileURL(`${site}/`).href;
after(remove);

for (const name of browsers) {
  describe(`In ${name}`, () => {
    let browser;
    before(async () => (browser = await start(name)));
    after(() => browser?.stop());

    for (const path of pages) {
      test(`all that ${path} says can be read, at ${widths.join(', ')} px${name === 'Chromium' ? ' and on paper' : ''}`, async () => {
        await browser.visit(top + path);
        await browser.page.evaluate(unfold);
        const found = {};
        for (const width of widths) {
          await browser.page.setViewport({ width, height: 900 });
          const at = await browser.page.evaluate(faults, false);
          if (at.length > 0) found[width] = at;
        }
        if (name === 'Chromium') {
          await browser.page.emulateMediaType('print');
          await browser.page.setViewport({ width: path.startsWith('zh-en/') ? 665 : 627, height: 900 });
          const at = await browser.page.evaluate(faults, true);
          await browser.page.emulateMediaType('screen');
          if (at.length > 0) found.paper = at;
        }
        assert.deepEqual(found, {});
      });
    }
  });
}
