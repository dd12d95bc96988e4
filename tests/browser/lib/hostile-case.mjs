// Cases in which a list of texts stands in every place where text can stand. Each text has a mark beside it,
// «7» for the seventh, by which a test sees that the block is there. Given payloads, the cases are hostile;
// given plain words, they show what such pages look like when nothing is wrong with them.

export const mark = (at) => `«${at + 1}»`;

/** The line that ends each document; if it is there, nothing before it has swallowed it. */
export const end = 'The last line of this document.';

const languages = {
  en: {
    comma: ', ',
    colon: ': ',
    note: (n) => `[Note ${n}]`,
    link: (n) => `[Link ${n}]`,
    section: (n, title) => `## ${n}. ${title}`,
    buyer: 'The buyer',
    shop: 'The shop',
    disputes: 'The shop disputes this',
    disagrees: 'The buyer disagrees',
    asked: 'What is asked',
    begin: 'Where to begin',
    described: ['Owner', 'Purpose', 'Archived', 'Checked'],
    order: 'order no. ',
    phone: 'telephone ',
  },
  zh: {
    comma: '，',
    colon: '：',
    note: (n) => `【注${n}】`,
    link: (n) => `【链接${n}】`,
    section: (n, title) => `## ${n}，${title}`,
    buyer: '买家',
    shop: '店家',
    disputes: '店家对此有争议',
    disagrees: '买家不认可',
    asked: '诉求',
    begin: '从哪里看起',
    described: ['归属', '用途', '存档', '核对日期'],
    order: '订单号',
    phone: '电话',
  },
};

/** Without what hides text, which a title or summary may not hold. */
const hidesNothing = (text) => text.replaceAll(/<!--|%%|\shidden/gi, '');
const oneLine = (text) => text.replaceAll(/[\r\n]+/g, ' ');
/** As text that Markdown takes for nothing else. */
const literal = (text) => text.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
const entities = (text) => text.replaceAll(/["&'<>`[\]]/g, (c) => `&#${c.codePointAt(0)};`);
/** In quotation marks of HTML, of a Markdown title, of a GitBook tag. */
const quoted = (text) => text.replaceAll('"', '&quot;');
/** Further lines of a text belong to the block that the first begins. */
const indented = (text, by) => text.replaceAll(/\r\n?|\n/g, `\n${by}`);
/** In YAML; JSON's strings are YAML's, but for characters that YAML wants escaped. */
const yaml = (text) =>
  JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const both = (text) => `{ zh: ${yaml(text)}, en: ${yaml(text)} }`;
const minute = (at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

/** Places in a document: for each, what one text looks like there. */
const blocks = {
  paragraphs: (text, mark) => `${mark} ${text}`,
  escaped: (text, mark) => `${mark} ${literal(text)} and ${entities(text)}`,
  emphasis: (text, mark) => `${mark} **${text}** and *${text}* and ~~${text}~~`,
  headings: (text, mark) => `## ${mark} ${oneLine(text)}\n\nText.\n\n### ${literal(oneLine(text))}`,
  'heading-ids': (text, mark) => `## ${mark} words {#${oneLine(text)}}`,
  underlined: (text, mark) => `${mark} ${oneLine(text)}\n---`,
  bullets: (text, mark) => `- ${mark} ${indented(text, '  ')}`,
  numbers: (text, mark, at) => `${at + 1}. ${mark} ${indented(text, '      ')}`,
  tasks: (text, mark) => `- [ ] ${mark} ${indented(text, '  ')}`,
  items: (text, mark, at, { comma }) => `1-${at + 1}${comma}${mark} ${oneLine(text)}`,
  'listed-items': (text, mark, at, { comma }) => `- 1-${at + 1}${comma}${mark} ${oneLine(text)}`,
  'quotations': (text, mark) => `> ${mark} ${indented(text, '> ')}\n\nText.`,
  'boxes': (text, mark) => `> [!NOTE] ${oneLine(text)}\n>\n> ${mark} ${indented(text, '> ')}\n\nText.`,
  'raw-blocks': (text, mark) => `- ${mark}\n\n  ${indented(text, '  ')}`,
  'raw-tables': (text, mark) => `- ${mark}\n\n  <table><tr><td>${indented(text, '  ')}</td></tr></table>`,
  attributes: (text, mark) =>
    [
      `${mark} <a href="${quoted(text)}">a</a> <a href=${oneLine(text)}>b</a> <a title='${text.replaceAll("'", '&#39;')}'>c</a>`,
      `<abbr title="${quoted(text)}">d</abbr> <img src="${quoted(text)}" alt="${quoted(text)}" title="${quoted(text)}">`,
      `<b class="${quoted(text)}" id="${quoted(text)}">e</b> <u ${oneLine(text)}>f</u>`,
    ].join(' '),
  'block-attributes': (text, mark) =>
    `- ${mark}\n\n  <details open="${quoted(indented(text, '  '))}"><summary>${oneLine(text)}</summary><a href="${quoted(oneLine(text))}">a</a></details>\n\n` +
    `  <table><tr><td colspan="${quoted(oneLine(text))}">b</td><th ${oneLine(text)}>c</th></tr></table>\n\n` +
    `  <figure><img src="photo.png" alt="${quoted(oneLine(text))}"><figcaption>${oneLine(text)}</figcaption></figure>`,
  addresses: (text, mark) =>
    `${mark} [a](<${literal(oneLine(text))}>) [b](${oneLine(text)}) [c](<${entities(oneLine(text))}>) [d](#${oneLine(text)})`,
  'link-texts': (text, mark) =>
    `${mark} [${text}](https://example.com/) [${literal(text)}](photo.png) [f](https://example.com/ '${literal(oneLine(text))}')`,
  autolinks: (text, mark) => `${mark} <${oneLine(text)}> https://example.com/${oneLine(text)} x@example.com${oneLine(text)} www.example.com/?${oneLine(text)}`,
  pictures: (text, mark) =>
    [
      `${mark} ![${literal(text)}](photo.png "${literal(oneLine(text))}") ![${text}](photo.png)`,
      `![a](<${literal(oneLine(text))}>) ![b](${oneLine(text)}) ![${literal(text)}](https://example.com/x.png)`,
    ].join(' '),
  references: (text, mark, at) =>
    [
      `${mark} [a][r${at}] ![b][r${at}] [${literal(text)}] [s${at}]`,
      `[r${at}]: <${literal(oneLine(text))}> "${literal(oneLine(text))}"`,
      `[${literal(text)}]: photo.png`,
      `[s${at}]: ${oneLine(text)}`,
    ].join('\n\n'),
  labels: (text, mark, at, { note, comma }) =>
    `${note(`1-${at + 1}`)}${mark} ${text} ${literal(text)}\n\nsee ${note(`1-${at + 1}${comma}9-${at + 1}`)}`,
  'own-labels': (text, mark, at) =>
    `${mark} 【${literal(text)}${at + 1}】 【${text}${at + 1}】 【${literal(text)} 网站${at + 1}】https://example.com/${at} 【《${literal(text)}》注1】 ["${literal(text)}" Note 1]`,
  footnotes: (text, mark, at) => `${mark} word[^f${at}] and [^${text}]\n\n[^f${at}]: ${indented(text, '    ')}\n\n[^${oneLine(text)}]: ${literal(text)}`,
  sums: (text, mark) =>
    `${mark} $${text.replaceAll('$', '')}$ and $\\text{${text.replaceAll('$', '')}}$`,
  code: (text, mark) => `${mark} \`\`\`\` ${text} \`\`\`\``,
  fences: (text, mark) => `${mark}\n\n\`\`\`\`\`\`\n${text}\n\`\`\`\`\`\`\n\n~~~~~~ ${oneLine(text)}\ncode\n~~~~~~\n\n    ${indented(text, '    ')}`,
  hints: (text, mark) =>
    `{% hint style="${quoted(oneLine(text))}" %}\n${mark} ${text}\n{% endhint %}\n\n` +
    `{% tabs %}\n{% tab title="${quoted(oneLine(text))}" %}\nText.\n{% endtab %}\n{% endtabs %}`,
  embeds: (text, mark) =>
    ['embed url', 'file src', 'content-ref url']
      .map((tag) => `{% ${tag}="${quoted(oneLine(text))}" %}\n{% end${tag.split(' ')[0]} %}`)
      .concat(`${mark} {% embed url="${oneLine(text)}" %}`)
      .join('\n\n'),
  templates: (text, mark) => `${mark} {{ ${text} }} {% ${text} %} {# ${text} #} {{ "${text}" | safe }}`,
  searched: (text, mark, at, { order, phone }) =>
    `${mark} ${order}AB2031${String(at).padStart(6, '0')}${text} ${phone}138${String(at).padStart(8, '0')}${text} 203.0.113.${at % 256}${text} txid ${text}`,
};

/** The documents, and what stands in each. */
const plan = {
  prose: ['paragraphs', 'escaped', 'emphasis'],
  headings: ['headings', 'heading-ids', 'underlined'],
  lists: ['bullets', 'numbers', 'tasks', 'quotations', 'boxes'],
  items: ['items', 'listed-items'],
  raw: ['raw-blocks', 'raw-tables', 'attributes', 'block-attributes'],
  addresses: ['addresses', 'link-texts', 'autolinks', 'references'],
  pictures: ['pictures'],
  labels: ['labels', 'own-labels', 'footnotes'],
  sums: ['sums'],
  code: ['code', 'fences'],
  gitbook: ['hints', 'embeds', 'templates'],
  searched: ['searched'],
};

/** The documents of one language. The texts are dealt out to the languages, so that each stands once in each place. */
function documents(everything, language) {
  const words = languages[language];
  const turn = Object.keys(languages).indexOf(language);
  const texts = everything.filter((_, at) => at % Object.keys(languages).length === turn);
  const marks = texts.map((text) => mark(everything.indexOf(text)));
  const all = (write, between = '\n\n') => texts.map((text, at) => write(text, marks[at], at, words)).join(between);
  const files = {};
  for (const [name, places] of Object.entries(plan)) {
    const sections = places.map((place, at) => `${words.section(at + 1, place)}\n\n${all(blocks[place])}`);
    files[name] = `# Places: ${name}\n\n${sections.join('\n\n')}`;
  }

  const cell = (text) => oneLine(text).replaceAll('|', '\\|');
  const row = (text, mark) => `| ${mark} | ${cell(text)} | ${literal(oneLine(text))} |`;
  const head = (at) => `| ${texts.slice(at, at + 4).map(cell).join(' | ')} |\n|${'---|'.repeat(Math.min(4, texts.length - at))}\n| a |\n\nText.`;
  files.tables =
    `# Tables\n\n| a | b | c |\n|---|---|---|\n${all(row, '\n')}\n\nText.\n\n` +
    texts.map((_, at) => (at % 4 === 0 ? `${head(at)}\n\n` : '')).join('');

  const claim = (text, mark, at) =>
    [
      `- 1-${at + 1}${words.comma}${mark} ${indented(text, '  ')}`,
      `  - 1-${at + 1}-1${words.comma}${words.disputes}${words.colon}${indented(text, '    ')}`,
      `  - 1-${at + 1}-2${words.comma}{by=${oneLine(text)} disputes} ${literal(oneLine(text))}`,
    ].join('\n');
  files.positions =
    `# Positions\n\n${words.section(1, words.buyer)}\n\n${all(claim, '\n')}\n\n` +
    `${words.section(2, words.shop)}\n\n${all((text, mark, at) => `2-${at + 1}${words.comma}${text}\n\n(${words.disagrees}${words.colon}${text})`)}\n\n` +
    all((text, mark, at) => `## ${at + 3}. ${oneLine(text)}`);

  const event = (text, mark, at) => `- 2031-05-04 ${minute(at)}:30${words.comma}${mark} ${indented(text, '  ')}`;
  const heading = (text, mark, at) => `### 2031-05-05 ${minute(at)}${words.comma}${oneLine(text)}\n\n${literal(text)}`;
  const time = (text, mark, at) => `| 2031-06-04 ${minute(at)} | ${cell(text)} |`;
  files.timeline = `# Timeline\n\n${all(event)}\n\n${all(heading)}\n\n## Table\n\n| a | b |\n|---|---|\n${all(time, '\n')}`;

  const entry = (text, mark, at) =>
    [
      `- ${words.link(at + 1)} ${mark} ${oneLine(text)} - <https://example.com/${at}/${encodeURIComponent(text)}>`,
      ...words.described.map((key) => `  - ${key}${words.colon}${oneLine(text)}`),
    ].join('\n');
  files.links = `# Links\n\n${all(entry)}\n\n| a | ${words.described[0]} | ${words.described[1]} |\n|---|---|---|\n${all(
    (text, mark, at) => `| <https://example.org/${at}> | ${cell(text)} | ${literal(oneLine(text))} |`,
    '\n',
  )}`;

  const list = (heading) => `## ${heading}\n\n${all((text, mark) => `- ${mark} ${indented(text, '  ')}`, '\n')}`;
  files.overview =
    `---\nsummary: ${yaml(all((text, mark) => `${mark} ${hidesNothing(text)}`, '\n'))}\n---\n# Overview\n\n` +
    `${list(words.asked)}\n\n${list(words.begin)}`;

  files['appendix-1'] = `# Appendix 1\n\n${all((text, mark, at) => `## 1-${at + 1}${words.comma}${mark} ${oneLine(text)}\n\n${literal(text)}`)}`;
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`content/${language}/${name}.md`, `${text}\n\n${end}\n`]));
}

// The smallest picture there is: one pixel.
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A picture that is a document too, and runs what it holds when it is opened by itself. */
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="pwned()" width="9" height="9"><script>pwned()</script>' +
  '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="pwned()" /></foreignObject></svg>';

/** A case with the texts in every place of a document, in both languages. */
export function textsCase(texts) {
  const parties = '{ id: buyer, name: { en: The buyer, zh: 买家 } }, { id: shop, name: { en: The shop, zh: 店家 } }';
  const files = { 'casefile.yaml': `title: Places\nlanguages: [en, zh]\ntime_zone: Asia/Shanghai\nparties: [${parties}]\n` };
  for (const language of Object.keys(languages)) {
    Object.assign(files, documents(texts, language), { [`content/${language}/photo.png`]: pixel });
    files[`content/${language}/drawing.svg`] = drawing;
    files[`content/${language}/drawings.md`] = `# Drawings\n\n![shown](drawing.svg) and [linked](drawing.svg)\n\n${end}\n`;
  }
  return files;
}

/** As much of a text as a file can be called; what stands for a slash looks like one. */
const fileName = (text) => {
  const name = oneLine(text).replaceAll('/', '\u2044').replaceAll('\0', '').replace(/^\.+|[~.\s]+$/g, '');
  return Buffer.from(name).subarray(0, 120).toString().replaceAll('\ufffd', '') || 'name';
};

/** Into how many parts the texts are split where all together would be too much for one page. */
const shares = 4;
const lines = (texts) => texts.map((text, at) => `${mark(at)} ${text}`).join('\n');
const table = (texts, gap) => ['a', ...texts.map((text) => `"${text.replaceAll('"', '""')}"`)].map((cell) => `x${gap}${cell}`).join('\n');

/** A case with the texts in casefile.yaml, in front matter, in exhibits.yaml, in exhibits and in names of files. */
export function settingsCase(texts) {
  const joined = (some) => some.map((text) => `${mark(texts.indexOf(text))} ${text}`).join(' ');
  const everything = joined(texts);
  const share = (of) => texts.filter((_, at) => at % shares === of);
  const pick = (of, further) => share(of)[(of + further) % share(of).length];

  // No two parties may share a name, capitals aside.
  const aliases = (id, at) => texts.filter((_, text) => text % 3 === at).map((text, own) => yaml(`${id} ${own} ${text}`));
  const party = (id, at) =>
    `- { id: ${id}, role: ${both(everything)}, name: ${both(`${id} ${everything}`)}, aliases: [${aliases(id, at).join(', ')}] }`;
  const files = {
    'casefile.yaml': [
      `title: ${both(everything)}`,
      `summary: ${both(everything)}`,
      'languages: [en, zh]',
      'time_zone: Asia/Shanghai',
      'as_of: 2031-06-30',
      `parties:\n${['buyer', 'shop', 'bank'].map(party).join('\n')}`,
      `markers: { disputes: [${texts.map(yaml).join(', ')}], accepts: [${texts.map((text) => yaml(`yes ${text}`)).join(', ')}] }`,
      `figures:\n- { id: loss, value: 12.50, unit: ${both(everything)}, names: ${both(`loss ${everything}`)} }`,
      `filing: { name: ${both(everything)}, number: ${yaml(everything)}, submitter: ${both(everything)}, date: 2031-07-01 }`,
      'rules: { missing-translation: off }',
    ].join('\n'),
  };

  // A file may be called anything, but its ending decides what becomes of it.
  const endings = ['txt', 'csv', 'tsv', 'png', 'html', 'svg', 'xml', 'js'];
  const exhibits = endings.map((ending, at) => {
    const of = at % shares;
    const all = both(joined(share(of)));
    const name = `${fileName(pick(of, at))}.${ending}`;
    files[`content/exhibits/${name}`] = { csv: table(texts.slice(0, 99), ','), tsv: table(texts.slice(99), '\t'), png: pixel }[ending] ?? lines(texts);
    return [
      `- number: ${at + 1}`,
      `  file: ${yaml(name)}`,
      ...['title', 'kind', 'source', 'method', 'caption', 'content', 'purpose', 'remarks'].map((key) => `  ${key}: ${all}`),
      `  captured_at: ${yaml(joined(share(of)))}`,
      `  proves: [1-1, ${share(of).map(yaml).join(', ')}]`,
    ].join('\n');
  });
  files['content/exhibits/exhibits.yaml'] = exhibits.join('\n');

  const pictures = new Map();
  texts.forEach((text, at) => {
    const name = `${at} ${fileName(text)}`;
    files[`content/images/${name}.png`] = pixel;
    pictures.set(mark(at), `../images/${name}.png`);
  });
  const shown = [...pictures].map(([mark, path]) => `${mark} ![${mark}](<${literal(path)}>) [picture](${encodeURI(path)})`);

  for (const language of Object.keys(languages)) {
    const words = languages[language];
    const put = (name, text) => (files[`content/${language}/${name}.md`] = `${text}\n\n${end}\n`);
    put('overview', `# Overview\n\nThe loss is 12.50. See ${[1, 2, 3, 5].map((n) => (language === 'zh' ? `【证据${n}】` : `[Exhibit ${n}]`)).join(' ')}.`);
    put('pictures', `# Pictures\n\n${shown.join('\n\n')}`);
    put('positions', `# Positions\n\n${words.section(1, 'buyer')}\n\n1-1${words.comma}A.\n\n1-2${words.comma}B.\n\n${words.section(2, 'shop')}\n\n2-1${words.comma}C.`);
    for (let of = 0; of < shares; of += 1) {
      const path = (of) => `${fileName(`${pick(of, 8)} ${of}`)}/${fileName(pick(of, 16))}`;
      const some = joined(share(of));
      const others = `[others](<${literal(`../${path((of + 1) % shares)}.md`)}>), 【《${literal(some.slice(0, 40))}》注1】`;
      put(path(of), `---\ntitle: ${yaml(hidesNothing(some))}\nsummary: ${yaml(hidesNothing(some))}\n---\n\n# ${literal(oneLine(some))}\n\nText; see ${others}.`);
    }
  }
  return files;
}
