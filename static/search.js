// Search: what is typed is looked up in the scripts below search/, loaded when they are needed, then in the texts. How
// they are made is told in docs/search.md. Elements are made out of elements only, as the policy demands.
'use strict';

(() => {
  const instead = document.querySelector('a.search'); // the way to the index, where this script cannot work
  const root = document.currentScript.src.replace(/static\/[^/]*$/, '');
  if (!instead || !window.HTMLDialogElement) return;

  // -- the scripts of the index

  /** The most scripts of texts that are read before all that answers is told at once; where more would have to be, how
      many are read at a time; and how many are kept. */
  const [READ, AT_A_TIME, KEPT] = [32, 4, 200];
  const address = (name) => {
    if (!/^[a-z]+(-\d+)?$/.test(name)) throw new TypeError('not a part of the index');
    return `${root}search/${name}.js`;
  };
  const policy = window.trustedTypes && trustedTypes.createPolicy('casefile', { createScriptURL: address });

  /** Where a result is: on a page of its own, or, where all pages are one, at the place that has their addresses before its own. */
  function wayTo({ path, anchor }, query) {
    if (root) return `${root}${path}?find=${encodeURIComponent(query)}${anchor && `#${anchor}`}`;
    const page = path.replace(/\.html$/, '');
    const [tag] = path.split('/');
    const ids = [`${page}/${anchor}`, `${tag}/${anchor}`, `${page.replace(/-\d+$/, '')}`, `${tag}/`];
    return `#${ids.find((id) => document.getElementById(id))}`;
  }

  let index; // the manifest, once it is there
  const asked = new Map(); // name of a script: promise of what it holds
  const handed = {}; // what scripts have handed over, by their names
  window.casefileSearch = {
    manifest: (manifest) => (handed.manifest = manifest),
    terms: (at, terms) => (handed[`terms-${at}`] = readTerms(terms)),
    texts: (at, places) => (handed[`texts-${at}`] = places),
  };

  /** What a script of the index holds; rejected if it cannot be read. */
  function load(name) {
    const known = asked.get(name);
    if (known) return known;
    if (handed[name]) return Promise.resolve(handed[name]); // it stands in the page itself
    const promise = new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = policy ? policy.createScriptURL(name) : address(name);
      const end = () => {
        script.remove();
        const value = handed[name];
        delete handed[name];
        if (value) return resolve(value);
        asked.delete(name); // it may be there the next time
        reject(new Error(`search/${name}.js`));
      };
      script.onload = script.onerror = end;
      document.head.append(script);
    });
    asked.set(name, promise);
    const texts = [...asked.keys()].filter((other) => other.startsWith('texts'));
    if (texts.length > KEPT) asked.delete(texts[0]);
    return promise;
  }

  function readTerms(written) {
    const terms = new Map();
    for (const term of written.split('!')) {
      const space = term.indexOf(' ');
      if (space > 0) terms.set(term.slice(0, space), term.slice(space + 1));
    }
    return terms;
  }

  /** Tells every one of some rising numbers, written as the distances between them: see Numbers in src/search/postings.rs. */
  function readNumbers(written, tell) {
    let [next, distance, place] = [0, 0, 1];
    for (let at = 0; at < written.length; at += 1) {
      const code = written.charCodeAt(at);
      if (code > 93) {
        distance += (code - 94 + 58) * place;
        place *= 32;
      } else {
        next += distance + (code === 93 ? 57 : code - 35) * place;
        tell(next);
        next += 1;
        [distance, place] = [0, 1];
      }
    }
  }

  function numbersOf(written) {
    const numbers = [];
    readNumbers(written, (number) => numbers.push(number));
    return numbers;
  }

  async function loadIndex() {
    if (index) return index;
    const manifest = await load('manifest');
    const places = numbersOf(manifest.places);
    const placeOf = new Uint32Array(manifest.blocks); // the place that holds each block
    places.forEach((first, place) => placeOf.fill(place, first, places[place + 1]));
    index = { ...manifest, count: places.length, placeOf, texts: numbersOf(manifest.texts) };
    const [from, to] = manifest.variants;
    for (let at = 0; at < from.length; at += 1) simple[from.charCodeAt(at)] = to.charCodeAt(at);
    return index;
  }

  /** The last of rising numbers that is not above `number`. */
  function lastUpTo(numbers, number) {
    let [low, high] = [0, numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] <= number) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  // -- letters: the rules of src/language/alphabet.rs and folding.rs

  const unspaced =
    /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3021-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const alphanumeric = /[\p{Alphabetic}\p{N}]/u;
  const signs = /[$%+=<>#&@\u00a2-\u00a5\u20a0-\u20cf\u2100-\u2bff\u3200-\u33ff\u{1f000}-\u{1faff}]/u;
  const unseen = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]/;
  const classes = new Map(); // letter: u(nspaced), w(ord), d(igit), s(ign), or nothing
  function classOf(letter) {
    let found = classes.get(letter);
    if (found === undefined) {
      if (letter >= '0' && letter <= '9') found = 'd';
      else if (unspaced.test(letter)) found = 'u';
      else if (alphanumeric.test(letter)) found = 'w';
      else found = signs.test(letter) ? 's' : '';
      classes.set(letter, found);
    }
    return found;
  }
  const isWord = (letter) => letter !== undefined && letter !== '' && (classOf(letter) === 'w' || classOf(letter) === 'd');
  const isDigit = (letter) => letter >= '0' && letter <= '9';

  const simple = new Uint16Array(1 << 16); // code units of variants: what they are compared as
  const folded = new Map(); // other letters: what they are compared as
  function foldLetter(letter) {
    let found = folded.get(letter);
    if (found === undefined) {
      const lower = letter.normalize('NFKC').toLowerCase();
      const bare = lower.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').replace(/\s/g, '').replace(/\u2010/g, '-');
      const simplify = (one) => (one.length === 1 && simple[one.charCodeAt(0)] ? String.fromCharCode(simple[one.charCodeAt(0)]) : one);
      found = unseen.test(letter) ? '' : Array.from(bare, simplify).join('');
      folded.set(letter, found);
    }
    return found;
  }

  /** A text as it is compared. `from` is told for each of its code units where it was in the text. */
  function fold(text, from) {
    let out = '';
    let space = '';
    let spaceAt = 0;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      let letter;
      if (code < 128 || (code >= 0x3400 && code < 0xa000)) letter = text[at];
      else letter = String.fromCodePoint(text.codePointAt(at));
      if (code <= 32 || (code > 127 && /[\s\u0085]/.test(letter) && code !== 0xfeff)) {
        if (!space) spaceAt = at;
        space = code === 10 ? '\n' : space || ' ';
      } else {
        let same = letter;
        if (code < 128) same = code > 64 && code < 91 ? letter.toLowerCase() : letter;
        else if (simple[code]) same = String.fromCharCode(simple[code]);
        else if (code < 0x3400 || code >= 0xa000) same = foldLetter(letter);
        if (same) {
          if (space && out && (space === '\n' || (classOf(same[0]) !== 'u' && classOf(out[out.length - 1]) !== 'u'))) {
            out += space;
            if (from) from.push(spaceAt);
          }
          space = '';
          out += same;
          if (from) for (let unit = 0; unit < same.length; unit += 1) from.push(at);
        }
      }
      at += letter.length;
    }
    if (from) from.push(text.length);
    return withoutThousands(out, from);
  }

  function withoutThousands(text, from) {
    const separator = /(\d+)[,'\u2019](?=\d{3}(?!\d))/g;
    if (!separator.test(text)) return text;
    separator.lastIndex = 0;
    let gone = 0;
    return text.replace(separator, (all, digits, at) => {
      if (digits.length > 3) return all; // two numbers
      if (from) from.splice(at + digits.length - gone, 1);
      gone += 1;
      return digits;
    });
  }

  // -- queries

  /** The words and phrases of a query. */
  function parse(query) {
    const parts = query.matchAll(/["“”]([^"“”]*)["“”]?|「([^」]*)」?|『([^』]*)』?|[^\s"“”「『]+/g);
    const words = new Map();
    for (const [whole, ...insides] of parts) {
      const inside = insides.find((text) => text !== undefined);
      const quoted = inside !== undefined;
      let text = fold(quoted ? inside : whole);
      if (!quoted) {
        const letters = Array.from(text);
        while (letters.length && !classOf(letters[letters.length - 1])) letters.pop();
        while (letters.length && !classOf(letters[0])) letters.shift();
        text = letters.join('');
      }
      const parts = text.split(amounts);
      text = parts.join('');
      const terms = termsOf(text, quoted);
      if (terms.length) words.set(text, { text, terms, same: sameAmount(parts), parted: partings(text), ...edges(text, quoted) });
    }
    return [...words.values()];
  }

  /** Amounts with decimals: what stands before one, and the amount without the zeros at its end. */
  const amounts = /(^|[^\d.-])(\d{3,}\.\d+?)0*(?=$|[^\d.-])/g;

  /** What finds a text however many zeros end its amounts, 206539.3 in 206539.30; nothing for a text without any. */
  function sameAmount(parts) {
    if (parts.length < 2) return undefined;
    const escaped = parts.map((part) => part.replace(/[^\p{L}\p{N}\s]/gu, '\\$&'));
    return new RegExp(escaped.map((part, at) => (at % 3 === 2 ? `${part}0*` : part)).join(''), 'g');
  }

  /** The ways to read a query: as its words, and with what may be one number that spaces part, 138 0000 0001, as that. */
  function readings(query) {
    const words = parse(query);
    const whole = fold(query).trim();
    const run = /(?:(?:^|\s)[a-z]{1,6}(?= ))?(?:(?:^| )[+(]*\d[a-z\d()/.-]*)+(?= |$)/.exec(whole);
    const text = run ? run[0].trim() : '';
    const parted = text.includes(' ') && !/["“”「『]/.test(query) ? partings(text) : undefined;
    if (!parted) return [words];
    const one = { text: parted.bare, terms: [], parted };
    const others = `${whole.slice(0, run.index)} ${whole.slice(run.index + run[0].length)}`;
    return [[...parse(others), one], words];
  }

  const parting = /[ ()/.\u2012-\u2015-]/g;

  /** Whether points part a number, and are not those of a decimal. */
  const isParted = (text) => !text.includes('.') || text.split('.').every((part) => part.length > 2);

  /** How a number may be parted that is long enough to be known by its figures alone: 13800000001 is 138-0000-0001. */
  function partings(text) {
    const bare = text.replace(/^\+/, '').replace(parting, '');
    const digits = bare.replace(/\D/g, '').length;
    const isLong = bare.length > 5 && bare.length < 25 && digits > (digits === bare.length ? 6 : 3);
    if (!isLong || !/^[a-z]{0,6}\d[a-z\d]*$/.test(bare) || !isParted(text)) return undefined;
    return { bare, pattern: new RegExp(Array.from(bare).join(`${parting.source}{0,3}`), 'g') };
  }

  const number = /^\d+(?:[.-]\d+(?![\p{Alphabetic}]*\d))*/u;
  const mixed = /^\d+(?:(?![\d.-])[\p{Alphabetic}\p{N}])+\d/u;

  /** What the index must have for a text, as terms() in src/search/terms.rs says, the last word of it perhaps only begun. */
  function termsOf(text, quoted) {
    const terms = [];
    const letters = Array.from(text);
    for (let at = 0; at < letters.length; at += 1) {
      const kind = classOf(letters[at]);
      const next = letters[at + 1];
      if (kind === 'u') {
        if (next !== undefined && classOf(next) === 'u') terms.push({ term: letters[at] + next });
        else if (next !== undefined) terms.push({ term: letters[at] });
        else if (at === 0 || classOf(letters[at - 1]) !== 'u') terms.push({ term: letters[at], begun: true });
      } else if (kind === 's') {
        terms.push({ term: letters[at] });
      } else if (kind) {
        let end = at;
        while (isWord(letters[end])) end += 1;
        let word = letters.slice(at, end).join('');
        if (kind === 'd' && !mixed.test(word)) {
          [word] = number.exec(letters.slice(at).join(''));
          terms.push(...numberTerms(word));
          end = at + word.length;
        } else {
          terms.push({ term: word, begun: !quoted && end === letters.length && end - at > 1 });
        }
        at = end - 1;
      }
    }
    return terms;
  }

  function numberTerms(written) {
    const terms = [];
    let before; // a short part, and what joins it to the next
    const parts = written.split(/([.-])/);
    for (let at = 0; at < parts.length; at += 2) {
      const part = parts[at];
      if (part.length >= 3) terms.push({ term: part });
      else if (before) terms.push({ term: before + parts[at - 1] + part });
      else if (parts.length === 1) terms.push({ term: part });
      before = part.length >= 3 ? undefined : part;
    }
    return terms;
  }

  /** What a text may stand beside. A number with a part of three digits may stand in a longer one, at its joints. */
  function edges(text, quoted) {
    const [first] = /^\d[\d.-]*/.exec(text) || [''];
    const [last] = /[\d.-]*\d$/.exec(text) || [''];
    const firstWord = (/^[\p{Alphabetic}\p{N}]+/u.exec(text) || [''])[0];
    const lastWord = (/[\p{Alphabetic}\p{N}]+$/u.exec(text) || [''])[0];
    const beforeLast = text.slice(0, text.length - last.length);
    return {
      beginsWithNumber: first !== '' && !mixed.test(firstWord),
      endsWithNumber: last !== '' && !isWord(beforeLast.slice(-1)),
      isLongAtStart: /\d{3}/.test(first),
      isLongAtEnd: /\d{3}/.test(last),
      beginsWithLetters: firstWord !== '' && !/\d/.test(firstWord),
      isWhole: quoted || Array.from(lastWord).length === 1,
    };
  }

  /** Whether a word that is found at a place stands there as a word. */
  function stands(word, text, start, end) {
    const [first, last] = [String.fromCodePoint(word.text.codePointAt(0)), Array.from(word.text.slice(-2)).pop()];
    const before = text[start - 1];
    if (isWord(first)) {
      const isJoint = (before === '.' || before === '-') && isDigit(text[start - 2] || '');
      if (word.beginsWithNumber) {
        if (isWord(before) || (isJoint && !word.isLongAtStart)) return false;
      } else if (isWord(before)) {
        let at = start - 1;
        while (at >= 0 && isDigit(text[at])) at -= 1;
        // In 100USDT a word begins after the number.
        if (at === start - 1 || isWord(text[at]) || !word.beginsWithLetters) return false;
      }
    }
    const after = text[end];
    if (isWord(last)) {
      if (word.endsWithNumber) {
        if (isDigit(after || '')) return false;
        const isJoint = (after === '.' || after === '-') && isDigit(text[end + 1] || '');
        if (isJoint && !word.isLongAtEnd) return false;
        let at = end;
        while (isWord(text[at]) && !isDigit(text[at])) at += 1;
        if (at > end && isDigit(text[at] || '')) return false;
      } else if (word.isWhole && isWord(after)) {
        return false;
      }
    }
    return true;
  }

  /** Where a word stands in a folded text. */
  function* occurrences(word, text) {
    if (word.same) {
      for (const { 0: same, index: at } of text.matchAll(word.same)) if (stands(word, text, at, at + same.length)) yield [at, at + same.length];
    }
    for (let at = word.same ? -1 : text.indexOf(word.text); at >= 0; at = text.indexOf(word.text, at + 1)) {
      if (stands(word, text, at, at + word.text.length)) yield [at, at + word.text.length];
    }
    if (!word.parted) return;
    for (const { 0: same, index: at } of text.matchAll(word.parted.pattern)) {
      if (isWord(text[at - 1]) || isWord(text[at + same.length]) || !isParted(same)) continue;
      // A figure by itself is a number of its own, but for the code of a country.
      const isAlone = (part, place) => part.length < 2 && !(place === 0 && text[at - 1] === '+');
      if (!same.split(/[ ()]+/).some(isAlone)) yield [at, at + same.length];
    }
  }

  // -- looking up

  /** The script of terms that holds a term: see script_of() in src/search/postings.rs. */
  function scriptOf(term) {
    const letters = Array.from(term);
    const isNumber = /^[\d.-]+$/.test(term);
    let key = letters.slice(0, classOf(letters[0]) === 'u' ? 1 : 2);
    if (isNumber) key = key.slice(0, /^\d*/.exec(term)[0].length);
    let hash = 0x811c9dc5;
    for (const letter of key) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
    return hash % index.terms;
  }

  /** The most terms of a word that are looked up; its text is compared as a whole. */
  const TERMS = 200;

  /** Marks the blocks in which a word may stand; none if nobody can tell. */
  async function blocksOf(word, missing) {
    const [whole, parted] = await Promise.all([
      word.terms.length ? blocksOfTerms(word, '', missing) : undefined,
      word.parted ? blocksOfParts(word.parted.bare, missing) : undefined,
    ]);
    return whole && parted ? whole.map((has, block) => has | parted[block]) : whole || parted;
  }

  /** Marks the blocks that hold a number in parts. The index does not have it whole; but each part that is no shorter
      than three figures is a term, and so are two shorter ones together. Up to two figures may be without a term. */
  async function blocksOfParts(bare, missing) {
    const places = Array.from(bare.slice(1), (letter, at) => `terms-${scriptOf(bare.slice(at, at + 2))}`);
    const terms = await Promise.all(places.map((name) => load(name).catch((error) => void missing.add(error.message))));
    const [BY_TERM, BY_GAP] = [1, 2];
    const upTo = Array.from(bare, () => new Uint8Array(index.blocks)); // how the figures before one are accounted for
    upTo.push(new Uint8Array(index.blocks));
    upTo[0].fill(BY_TERM);
    for (let at = 0; at < bare.length; at += 1) {
      const here = upTo[at];
      const follow = (term, end) => {
        const list = terms[at] && terms[at].get(term);
        if (list) readNumbers(list, (block) => void (here[block] && (upTo[end][block] |= BY_TERM)));
      };
      for (let end = at + 2; end <= bare.length; end += 1) {
        const part = bare.slice(at, end);
        follow(part, end);
        for (let cut = 1; part.length < 5 && cut < part.length; cut += 1) {
          follow(`${part.slice(0, cut)}-${part.slice(cut)}`, end);
        }
      }
      for (const end of [at + 1, at + 2]) {
        if (end <= bare.length) here.forEach((how, block) => void (how & BY_TERM && (upTo[end][block] |= BY_GAP)));
      }
    }
    return upTo[bare.length].map((how) => (how ? 1 : 0));
  }

  /** Marks the blocks that hold all terms of a word, or, with `mark`, whose headings and names do. */
  async function blocksOfTerms(word, mark, missing) {
    const looked = await Promise.all(
      word.terms.slice(0, TERMS).map(async ({ term, begun }) => {
        const terms = await load(`terms-${scriptOf(term)}`).catch((error) => void missing.add(error.message));
        if (!terms) return undefined;
        const marked = mark + term;
        if (!begun) return [terms.get(marked) || ''];
        return [...terms.keys()].filter((key) => key.startsWith(marked)).map((key) => terms.get(key));
      }),
    );
    const known = looked.filter(Boolean);
    if (!known.length) return undefined;
    const had = new Uint8Array(index.blocks); // of how many terms, as long as of all so far
    known.forEach((lists, at) => {
      for (const list of lists) readNumbers(list, (block) => void (had[block] === at && (had[block] = at + 1)));
    });
    return had.map((count) => (count === known.length ? 1 : 0));
  }

  const languageOf = (place) => index.languages.filter(([, , first]) => first <= place).pop();

  /** The places in which all words may stand, best first, each with the blocks to look at. */
  async function candidates(words, own, missing) {
    const looked = await Promise.all(words.map((word) => blocksOf(word, missing)));
    const marks = await Promise.all(words.map((word) => blocksOfTerms(word, '^', missing)));
    const known = looked.filter(Boolean);
    const had = new Uint8Array(index.count);
    known.forEach((blocks, at) => {
      for (let block = blocks.indexOf(1); block >= 0; block = blocks.indexOf(1, block + 1)) {
        const place = index.placeOf[block];
        if (had[place] === at) had[place] = at + 1;
      }
    });
    const found = new Map();
    for (const blocks of known) {
      for (let block = blocks.indexOf(1); block >= 0; block = blocks.indexOf(1, block + 1)) {
        const place = index.placeOf[block];
        if (had[place] < known.length) continue;
        let candidate = found.get(place);
        if (!candidate) found.set(place, (candidate = { place, blocks: [], rank: 0, words }));
        candidate.blocks.push(block);
        if (candidate.rank < 3 && marks.some((marked) => marked && marked[block])) candidate.rank += 1;
      }
    }
    const ranks = [[], [], [], [], [], [], [], []];
    for (const candidate of found.values()) {
      if (known.length > 1) candidate.blocks = [...new Set(candidate.blocks)].sort((a, b) => a - b);
      ranks[2 * candidate.rank + (languageOf(candidate.place)[0] === own ? 1 : 0)].push(candidate);
    }
    return ranks.reverse().flat();
  }

  /** The entries of a block, with the place that holds them. */
  async function entriesOf(block) {
    const at = lastUpTo(index.texts, block);
    const places = await load(`texts-${at}`);
    if (!places.blocks) {
      places.blocks = [];
      for (const [path, title, rows] of places) {
        let around = '';
        for (const [kind, anchor, name, within, heading, text, said] of rows) {
          around = within || (within === 0 ? around : '');
          if (kind & 8) places.blocks.push([]);
          const entry = { path, title, kind: kind & 7, anchor, name, within: around, heading, text, said };
          places.blocks[places.blocks.length - 1].push(entry);
        }
      }
    }
    return places.blocks[block - index.texts[at]];
  }

  /** What stands at an address of a page, for whoever wants a look at it; undefined for what search does not know. */
  async function entryAt(path, anchor) {
    const { paths, placeOf } = await loadIndex();
    const place = paths.indexOf(path);
    if (place < 0) return undefined;
    let block = placeOf.indexOf(place);
    for (; block < index.blocks && placeOf[block] === place; block += 1) {
      const entry = (await entriesOf(block)).find((other) => other.path === path && other.anchor === anchor);
      if (entry) return entry;
    }
    return undefined;
  }
  window.casefileSearch.at = entryAt;

  /** How well an entry answers a word; nothing if it does not hold it. */
  function worth(entry, word) {
    if (entry.folded === undefined) {
      entry.folded = fold(entry.text);
      entry.foldedHeading = fold(entry.text.slice(0, entry.heading)).length;
      entry.foldedName = fold(entry.name);
    }
    const [first] = occurrences(word, entry.folded);
    if (!first) return 0;
    const [start, end] = first;
    const isWhole = !isWord(entry.folded[end]) || !isWord(word.text.slice(-1));
    const inName = !occurrences(word, entry.foldedName).next().done;
    return 1 + (isWhole ? 1 : 0) + (start < entry.foldedHeading ? 4 : 0) + (inName ? 4 : 0) + (entry.foldedName === word.text ? 8 : 0);
  }

  /** What answers the words in one place: every entry with all of them, or else the one that has most. */
  async function verify({ place, blocks, words }, missing) {
    const had = new Set();
    const partly = [];
    for (const block of blocks) {
      const entries = await entriesOf(block).catch((error) => void missing.add(error.message));
      for (const entry of entries || []) {
        const worths = words.map((word) => worth(entry, word));
        worths.forEach((own, at) => own && had.add(at));
        const count = worths.filter(Boolean).length;
        if (count) partly.push({ entry, place, count, worth: worths.reduce((sum, own) => sum + own) });
      }
    }
    if (had.size < words.length) return [];
    const whole = partly.filter(({ count }) => count === words.length);
    return whole.length ? whole : [partly.reduce((best, other) => (other.count > best.count ? other : best))];
  }

  // -- the dialog

  const make = (name, className = '', text = '', attributes = {}) => {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return element;
  };
  const own = () => document.documentElement.lang;
  const labels = instead.dataset;
  const opener = make('button', 'search', labels.search, { type: 'button', 'aria-haspopup': 'dialog' });
  const say = (key, values = {}) => {
    const words = index.words[own()] || Object.values(index.words)[0];
    return words[key].replace(/\{(\w+)\}/g, (all, name) => values[name]);
  };

  /** How to ask; of keys nothing is said where there are none. */
  const hint = () => say('hint') + (matchMedia('(hover: none)').matches ? '' : ` ${say('hint_keys')}`);

  /** Results of one kind that are shown at once; and where much would have to be read, how many of all kinds are looked
      for before anybody asks for more, and in how many blocks at a time. */
  const [OF_KIND, AT_ONCE, BLOCKS] = [8, 8, 120];
  let dialog;
  let field;
  let status;
  let list;
  let filters;
  let turn = 0; // of the newest query; older ones say nothing more
  let shown; // what the newest query found

  function build() {
    dialog = make('dialog', 'search-dialog', '', { 'aria-label': opener.textContent });
    const form = make('form', '', '', { role: 'search' });
    field = make('input', '', '', { type: 'search', 'aria-label': opener.textContent, autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go' });
    const close = make('button', 'close', '×', { type: 'button', 'aria-label': labels.close });
    filters = make('div', 'filters');
    status = make('p', 'status', '', { role: 'status' });
    list = make('div', 'results');
    form.append(field, close);
    dialog.append(form, filters, status, list);
    document.body.append(dialog);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const [first] = list.querySelectorAll('a');
      if (first) first.click();
    });
    close.addEventListener('click', () => dialog.close());
    field.addEventListener('input', ({ isComposing }) => isComposing || ask());
    field.addEventListener('compositionend', ask);
    dialog.addEventListener('keydown', move);
    dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
    dialog.addEventListener('close', () => opener.focus());
  }

  function buildFilters() {
    if (filters.lang === own()) return;
    filters.lang = own();
    filters.textContent = '';
    const select = (label, choices) => {
      const box = make('select', '', '', { 'aria-label': label });
      box.append(...choices.map(([value, text]) => make('option', '', text, { value })));
      box.addEventListener('change', show);
      filters.append(box);
      return box;
    };
    const languages = index.languages.map(([tag, name]) => [tag, name]);
    if (languages.length > 1) filters.language = select(say('language'), [['', say('all_languages')], ...languages]);
    filters.kind = select(say('kind'), [['', say('all_kinds')], ...kinds().map((name, at) => [at, name])]);
  }

  const kinds = () => ['section', 'claim', 'item', 'event', 'note', 'exhibit', 'link'].map((kind) => say(kind));

  async function open() {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    field.select();
    try {
      await loadIndex();
    } catch (error) {
      status.textContent = labels.missing.replace('{file}', () => error.message);
      return;
    }
    field.placeholder = say('placeholder');
    buildFilters();
    if (field.value) ask();
    else status.textContent = hint();
  }

  /** Up and down go through the results; letters go to the field. */
  function move(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches('select')) return;
    if (key === 'Escape') {
      event.preventDefault(); // else some browsers only empty the field
      dialog.close();
      return;
    }
    const links = [...list.querySelectorAll('a, button')];
    const at = links.indexOf(target);
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const next = at + (key === 'ArrowDown' ? 1 : -1);
      if (target === field && key === 'ArrowUp') return;
      event.preventDefault();
      const goal = next < 0 ? field : links[Math.min(next, links.length - 1)];
      if (goal) goal.focus();
    } else if (target !== field && key.length === 1 && key !== ' ' && !target.matches('button')) {
      field.focus();
    }
  }

  async function ask() {
    turn += 1;
    const mine = turn;
    const missing = new Set();
    if (!index) return;
    const query = field.value;
    const ways = readings(query);
    if (!ways[0].length) {
      dialog.removeAttribute('aria-busy');
      shown = undefined;
      list.textContent = '';
      status.textContent = query.trim() ? say('nothing_to_find') : hint();
      return;
    }
    dialog.setAttribute('aria-busy', 'true');
    const places = await Promise.all(ways.map((words) => candidates(words, own(), missing)));
    if (mine !== turn) return;
    shown = { query, words: ways.flat(), left: places.flat(), results: [], missing, opened: new Set() };
    await more(mine, 0);
  }

  /** Compares further places with their texts: all of them, or, where that is much to read, as many as fill a page. */
  async function more(mine, from) {
    const now = shown;
    do {
      const count = isMuchToRead(now.left) ? portion(now.left) : now.left.length;
      const found = await Promise.all(now.left.splice(0, count).map((candidate) => verify(candidate, now.missing)));
      if (mine !== turn) return;
      const known = new Set(now.results.map(({ entry }) => entry));
      now.results.push(...found.flat().filter(({ entry }) => !known.has(entry) && known.add(entry)));
    } while (now.left.length && now.results.length < from + AT_ONCE);
    show();
  }

  /** How many of some places can be read with few scripts. */
  function portion(places) {
    const scripts = new Set();
    let count = 0;
    let looked = 0;
    for (const { blocks } of places) {
      for (const block of blocks) scripts.add(lastUpTo(index.texts, block));
      looked += blocks.length;
      if (count && (scripts.size > AT_A_TIME || looked > BLOCKS)) break;
      count += 1;
    }
    return count;
  }

  /** Whether some places cannot be read all at once. */
  function isMuchToRead(places) {
    const scripts = new Set();
    for (const { blocks } of places) {
      for (const block of blocks) scripts.add(lastUpTo(index.texts, block));
      if (scripts.size > READ) return true;
    }
    return false;
  }

  function show() {
    if (!shown) return;
    const { results, left, missing } = shown;
    const language = filters.language ? filters.language.value : '';
    const kind = filters.kind.value;
    const wanted = results.filter(({ entry, place }) => (!language || languageOf(place)[0] === language) && (!kind || entry.kind === Number(kind)));
    const groups = kinds().map((name, at) => ({ name, at, results: wanted.filter(({ entry }) => entry.kind === at) }));
    for (const group of groups) group.results.sort((a, b) => b.worth - a.worth || a.place - b.place);
    const filled = groups.filter((group) => group.results.length);
    filled.sort((a, b) => b.results[0].worth - a.results[0].worth || a.at - b.at);
    list.textContent = '';
    list.append(...filled.map(groupOf));
    if (left.length) {
      const button = make('button', 'more', say('search_on', { count: left.length }), { type: 'button' });
      button.addEventListener('click', () => more(turn, results.length));
      list.append(button);
    }
    const places = new Set(wanted.map(({ entry }) => entry.path)).size;
    let told = wanted.length ? say('found', { count: wanted.length, places }) : say(left.length ? 'none_yet' : 'none');
    if (left.length) told += ` ${say('unread', { count: left.length })}`;
    dialog.removeAttribute('aria-busy');
    if (missing.size) told += ` ${labels.missing.replace('{file}', () => [...missing].join(', '))}`;
    status.textContent = told;
  }

  function groupOf({ name, at, results }) {
    const section = make('section');
    const entries = make('ol');
    const title = `${name} `;
    const heading = make('h2', '', title);
    heading.append(make('span', 'count', String(results.length)));
    const all = shown.opened.has(at) ? results : results.slice(0, OF_KIND);
    entries.append(...all.map(resultOf));
    section.append(heading, entries);
    if (all.length < results.length) {
      const button = make('button', 'more', say('show_all', { count: results.length }), { type: 'button' });
      button.addEventListener('click', () => {
        shown.opened.add(at);
        show();
        const link = [...list.querySelectorAll('section')].find((other) => other.firstChild.firstChild.data === title);
        link.querySelectorAll('a')[OF_KIND].focus();
      });
      section.append(button);
    }
    return section;
  }

  function resultOf({ entry, place }) {
    const [tag, language] = languageOf(place);
    const item = make('li');
    const link = make('a', '', '', { href: wayTo(entry, shown.query.slice(0, 200)), lang: tag });
    link.addEventListener('click', () => link.hash && !root && dialog.close());
    const path = make('span', 'path');
    const names = [entry.title, ...(entry.within ? [entry.within] : []), ...(entry.name && entry.name !== entry.title ? [entry.name] : [])];
    names.forEach((name, at) => {
      if (at) path.append(' › ');
      path.append(at === names.length - 1 ? make('strong', /^[\d.-]+$/.test(name) ? 'whole' : '', name) : name);
    });
    if (index.languages.length > 1) path.append(' ', make('span', 'tag', language));
    link.append(path);
    if (entry.said) {
      const [speaker, claim] = entry.said.split('\n');
      link.append(make('span', 'said', speaker));
      if (claim) link.append(make('span', 'claim-above', claim));
    }
    link.append(snippet(entry));
    item.append(link);
    return item;
  }

  /** The text around the first word that is found, with all words marked in it. */
  function snippet(entry) {
    const around = 70;
    const text = entry.text.startsWith(entry.name) ? entry.text.slice(entry.name.length).replace(/^[\s,.:、，。：．]+/, '') : entry.text;
    const ranges = found(text, shown.words);
    const first = ranges.length ? ranges[0][0] : 0;
    const line = text.lastIndexOf('\n', first) + 1;
    const row = text.slice(line).split('\n')[0].split('\t');
    const start = first - line > around / 2 ? first - around / 3 : line;
    const end = Math.min(text.length, Math.max(start + 2 * around, ranges.length ? ranges[0][1] : 0));
    const rowName = row[1] ? row[0] : '';
    const out = make('span', 'snippet', start > line ? `${rowName} …` : '');
    let done = Math.ceil(start);
    for (const [from, to] of ranges) {
      if (from < done || to > end) continue;
      out.append(text.slice(done, from), make('mark', '', text.slice(from, to)));
      done = to;
    }
    out.append(text.slice(done, end), end < text.length ? '…' : '');
    return out;
  }

  /** Where words stand in a text, in order. */
  function found(text, words) {
    const from = [];
    const same = fold(text, from);
    const ranges = words.flatMap((word) => [...occurrences(word, same)]);
    const inText = ranges.map(([start, end]) => [from[start], from[end - 1] + String.fromCodePoint(text.codePointAt(from[end - 1])).length]);
    return inText.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  }

  // -- on the page that a result leads to

  /** The most words that are marked on a page. */
  const MARKS = 500;
  const blocks = 'p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, pre, figcaption, summary, blockquote, div, section';

  async function markFound() {
    const query = history.state && history.state.find;
    const main = document.querySelector('main');
    if (!query || !main) return;
    await loadIndex();
    const words = readings(query).flat();
    const texts = new Map(); // block: its nodes with text
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.parentElement || node.parentElement.closest('.margin, .cite, math, script, style')) continue;
      const block = node.parentElement.closest(blocks);
      texts.set(block, [...(texts.get(block) || []), node]);
    }
    let count = 0;
    for (const nodes of texts.values()) {
      if (count > MARKS) break;
      const ranges = found(nodes.map(({ data }) => data).join(''), words);
      markIn(nodes, ranges);
      count += ranges.length;
    }
    if (typeof closers === 'undefined') return;
    closers.push(() => {
      const marks = document.querySelectorAll('mark.found'); // those in copies of notes too
      for (const mark of marks) mark.replaceWith(...mark.childNodes);
      return marks.length > 0;
    });
  }

  /** Marks stretches of a text that is made of several nodes. */
  function markIn(nodes, ranges) {
    let before = 0;
    for (const node of nodes) {
      const { length } = node.data;
      let rest = node;
      let done = 0;
      for (const [from, to] of ranges) {
        const [start, end] = [Math.max(from - before, done), Math.min(to - before, length)];
        if (start >= end) continue;
        rest = rest.splitText(start - done);
        const mark = make('mark', 'found');
        const after = rest.splitText(end - start);
        rest.replaceWith(mark);
        mark.append(rest);
        rest = after;
        done = end;
      }
      before += length;
    }
  }

  // -- what starts it

  instead.replaceWith(opener);
  opener.addEventListener('click', open);
  addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (target.matches && target.matches('input, textarea, select, [contenteditable]')) return;
    event.preventDefault();
    open();
  });
  markFound().catch(() => {}); // the words are not marked, and the place is still there
})();
