// What a script adds to pages that are complete without one: light and dark, a way back, contents that follow,
// notes beside the text, citations to copy. It asks nobody for anything and stores nothing: what is to last goes
// with the address to the next page, and from there into the history of the tab. It makes elements out of
// elements only, as the content security policy demands. What several parts need comes first; what starts them
// stands at the end.
'use strict';

const words = document.currentScript.dataset;
const site = document.currentScript.src.replace(/static\/[^/]*$/, '');
const plain = (address) => address.replace(/[?#].*$/, '');
const headings = 'h1, h2, h3, h4, h5, h6';
/** What the script adds stands in the main part of the page, where those look for it who go from part to part. */
const main = document.querySelector('main') || document.body;

function make(name, className, text = '', attributes = {}) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  return element;
}

/** Puts something in the place of all that an element holds. */
function fill(element, ...content) {
  element.textContent = '';
  element.append(...content);
}

/** What a hash names on this page. */
function named(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null; // a per cent sign that means nothing
  }
}

/** Does something once before the next frame, however often it is asked to. */
function once(task) {
  let waiting = false;
  return () => {
    if (!waiting) requestAnimationFrame(() => ((waiting = false), task()));
    waiting = true;
  };
}

/** What Escape closes, what opened last before the others: each tells whether there was anything to close. */
const closers = [];
let byTouch = false;
let byTab = false; // whether the focus is moved by hand: a jump moves it too, and nobody asked for what is there

function watchInput() {
  addEventListener('keydown', ({ key }) => {
    byTab = key === 'Tab';
    if (key === 'Escape') closers.some((close) => close());
  }, true);
  addEventListener('pointerdown', ({ pointerType }) => {
    byTouch = pointerType === 'touch';
    byTab = false;
  }, true);
  for (const jump of ['hashchange', 'popstate', 'pageshow']) addEventListener(jump, () => (byTab = false));
}


// -- what lasts beyond the page: the theme, and from where a reference was followed

let kept = {};

function keep(changes, address) {
  kept = { ...kept, ...changes };
  try {
    history.replaceState(kept, '', address);
  } catch {
    history.replaceState(kept, ''); // there are browsers in which a page from the disk may not tidy its address
  }
}

/** Moves into the history what the last page gave along in the address; reload and Back find it there. */
function arrive() {
  const address = new URL(location.href);
  const given = {};
  for (const name of ['theme', 'from', 'find']) {
    if (address.searchParams.has(name)) given[name] = address.searchParams.get(name);
    address.searchParams.delete(name);
  }
  kept = { ...given, ...history.state };
  if (!history.state) addEventListener('load', () => requestAnimationFrame(showAnswered));
  keep({}, Object.keys(given).length ? address.href : undefined);
  for (const click of ['click', 'auxclick']) {
    addEventListener(click, carryPlace);
    addEventListener(click, giveAlong);
  }
  addEventListener('hashchange', step);
  addEventListener('popstate', step);
}

/** In another language, or with both side by side, one goes on reading where one was: every address is the same there. */
function carryPlace(event) {
  const link = event.target.closest && event.target.closest('.languages a[href], .views a[href], .names a[href]');
  const written = link && link.getAttribute('href');
  const place = link && placeInView();
  if (!place) return;
  if (!link.hash) link.hash = place.id;
  else if (named(link.hash + place.id.replace(/^[^/]*\//, ''))) link.hash += place.id.replace(/^[^/]*\//, '');
  setTimeout(() => link.setAttribute('href', written));
}

/** What the address names while it is in view, else the first that begins on the screen below what sticks there, or goes on there where nothing begins soon; nothing at the page's top. */
function placeInView() {
  const isInView = (place, line) => place.getBoundingClientRect().bottom > line && place.getBoundingClientRect().top < innerHeight;
  const target = location.hash && named(location.hash);
  if (target && target.matches('[data-cite], .pair, .book :not(a)') && isInView(target, 0)) return target;
  const places = [...document.querySelectorAll('main [id][data-cite]:not(h1), main .pair[id], .book:not([hidden]) :not(a)[id]')];
  const bar = Math.max(0, ...Array.from(document.querySelectorAll('.masthead, .jump, .names'), stuckUntil));
  const top = (place) => place.getBoundingClientRect().top;
  const first = places.find((place) => top(place) > bar - 2);
  const around = places.filter((place) => top(place) <= bar - 2 && isInView(place, bar)).pop();
  if (scrollY <= 0) return undefined;
  return first && (!around || top(first) < bar + (innerHeight - bar) / 2) ? first : around;
}

/** How far down an element covers the text that scrolls below it. */
function stuckUntil(element) {
  return getComputedStyle(element).position === 'sticky' && element.getBoundingClientRect().top < 80 ? element.getBoundingClientRect().bottom : 0;
}

let stepping; // to another place of this page: what its entry of the history is to keep

/** Gives along on a link that is being followed what the next page should know, and leaves no trace on this one. */
function giveAlong(event) {
  const link = event.target.closest && event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button === 2) return;
  if (!String(link.href).startsWith(site) || !/(\.html|\/)$/.test(link.pathname) || link.hasAttribute('download')) return;
  const id = link.dataset.from || (link.matches('.ref, [id*="via-"], [id*="shown-"]') && link.id);
  const from = id ? `${plain(location.href).slice(site.length)}#${id}` : undefined;
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
  if (link.hash && plain(link.href) === plain(location.href) && !elsewhere) {
    stepping = { from };
    if (link.hash === location.hash) {
      step(); // nothing else will tell of it
      setTimeout(showAnswered);
    }
    return;
  }
  const query = [link.search.slice(1), isChosen() && `theme=${kept.theme}`, from && `from=${encodeURIComponent(from).replace(/%2F/g, '/')}`].filter(Boolean);
  if (!query.length) return;
  const written = link.getAttribute('href');
  link.search = query.join('&');
  setTimeout(() => link.setAttribute('href', written));
}

/** Another entry of the history, on the same page. */
function step() {
  // What was left before has its place in the history; one that is new is looked for.
  if (!history.state) requestAnimationFrame(showAnswered);
  kept = { ...history.state, ...stepping, theme: kept.theme };
  stepping = undefined;
  keep({});
  showWayBack();
}


// -- light and dark

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = () => (systemDark.matches ? 'dark' : 'light');
const isChosen = () => ['light', 'dark'].includes(kept.theme) && kept.theme !== systemTheme();
const themeNow = () => (isChosen() ? kept.theme : systemTheme());

function startTheme() {
  const sheet = document.querySelector('style.dark, link[href$="static/dark.css"]');
  const whereSystemIsDark = sheet.media;
  const button = document.querySelector('button.theme');
  const show = () => {
    const dark = themeNow() === 'dark';
    sheet.media = !isChosen() ? whereSystemIsDark : dark ? 'screen' : 'not all';
    document.querySelector('meta[name="color-scheme"]').content = isChosen() ? kept.theme : 'light dark';
    if (button) button.textContent = dark ? words.light : words.dark;
  };
  show();
  systemDark.addListener(show); // Safari knows the event only from 14 on
  if (!button) return;
  button.classList.add('ready');
  button.addEventListener('click', () => {
    keep({ theme: themeNow() === 'dark' ? 'light' : 'dark' });
    show();
  });
}


// -- the way back to where a reference was followed

const wayBack = make('div', 'way-back');

/** Shows one of the page's own links to its citing places; what the address says only chooses among them. */
function showWayBack() {
  const place = kept.from && site + kept.from;
  const link = place && [...document.querySelectorAll('a.backref')].find(({ href }) => href.replace(/\?[^#]*/, '') === place);
  document.documentElement.classList.toggle('has-way-back', Boolean(link));
  wayBack.remove();
  if (!link) return;
  const text = words.backTo.replace('{place}', () => link.textContent.trim());
  const close = make('button', '', '×', { type: 'button', 'aria-label': words.close });
  close.addEventListener('click', closeWayBack);
  fill(wayBack, make('a', '', `← ${text}`, { href: link.getAttribute('href') }), close);
  main.append(wayBack);
}

function closeWayBack() {
  if (!wayBack.isConnected) return false;
  keep({ from: undefined });
  showWayBack();
  return true;
}

function startWayBack() {
  closers.push(closeWayBack);
  showWayBack();
}


// -- an answer is shown with the claim that it answers

let answered; // the claim, repeated above an answer that stands far below it

/** The claim that an answer, or what supports one, belongs to: it stands around it, or before it. */
function claimOf(place) {
  const statement = place && (place.matches('.pair') ? place.querySelector('.statement') : place.closest('.statement'));
  if (!statement || statement.matches('.claim')) return undefined;
  const cell = statement.closest('.pair > *');
  for (let at = cell ? cell.parentElement : statement; at && !at.matches('section, article, main'); at = at.previousElementSibling || at.parentElement) {
    const here = cell ? at.querySelector(`:scope > [lang="${cell.lang}"] .claim`) : at.matches('.claim') && at;
    if (here) return here;
    if (at.matches(headings) || (cell && at.querySelector(headings))) return undefined;
  }
  return undefined;
}

/** Who claims it, and its words. */
function repeated(claim) {
  const line = make('div', 'answered');
  const [item, voice] = [claim.querySelector(':scope > .item'), claim.querySelector(':scope > .voice')];
  line.append(...copyOf(item ? [voice, ...item.childNodes].filter(Boolean) : claim.childNodes).childNodes);
  nameClaimant(line);
  return line;
}

/** Beside who makes a claim stands what became of it; apart from the page that would read as if it were theirs to dispute. */
function nameClaimant(copy) {
  const standing = copy.querySelector('.voice > .standing');
  if (standing) standing.replaceWith(make('span', '', words.claims));
}

/** A claim with what is said of it, each answer with who gives it. */
function withAnswers(claim, copy) {
  const own = claim.querySelector('.voice > .standing');
  nameClaimant(copy);
  const answers = [...(claim.closest('section, article') || claim).querySelectorAll('.statement.answer')].filter((answer) => claimOf(answer) === claim);
  const told = new Set();
  for (const answer of answers) {
    const voice = answer.querySelector('.voice');
    if (!voice || told.has(voice.textContent)) continue;
    told.add(voice.textContent);
    const line = asLine(voice, 'voice');
    const gist = answer.id && document.querySelector(`.row dd a[href="#${answer.id}"]`);
    if (gist) line.append(words.introduces, gist.textContent);
    copy.append(line);
  }
  if (own && !answers.length) {
    const line = make('p', 'voice');
    line.append(own.cloneNode(true));
    copy.append(line);
  }
}

/** Where the address names an answer, brings both into view: as they stand, or, where the claim is too far above, with its words repeated. */
function showAnswered() {
  if (answered) answered.remove();
  answered = undefined;
  const target = location.hash && named(location.hash);
  const claim = claimOf(target);
  if (!claim) return;
  const { top } = claim.getBoundingClientRect();
  const { top: from, bottom } = target.getBoundingClientRect();
  const room = innerHeight - (parseFloat(getComputedStyle(claim).scrollMarginTop) || 0) - 16;
  if (Math.min(bottom, from + room / 2) - top < room) {
    claim.scrollIntoView();
  } else {
    answered = repeated(claim);
    const statement = target.closest('.statement') || target.querySelector('.statement');
    statement.insertBefore(answered, statement.firstChild);
    answered.scrollIntoView();
  }
}


// -- contents that follow

function startContents() {
  const list = document.querySelector('nav.contents');
  const links = list ? [...list.querySelectorAll('a[href^="#"]')] : [];
  const entries = links.map((link) => ({ link, place: named(link.hash) })).filter(({ place }) => place);
  if (!entries.length) return;
  const box = list.closest('.sidebar') || list; // what scrolls
  let current;
  let jumped; // where the address led, until the reader scrolls on from there
  const follow = () => {
    const entry = jumped && Math.abs(scrollY - jumped.at) < 4 ? jumped.entry : entries[entryInView(entries)];
    if (entry === current) return;
    if (current) current.link.removeAttribute('aria-current');
    if (entry) entry.link.setAttribute('aria-current', 'location');
    if (entry && !box.matches(':hover')) bringIntoView(box, entry.link);
    current = entry;
  };
  const jump = () => {
    const entry = entries.find(({ link }) => link.hash === location.hash);
    jumped = entry && { entry, at: scrollY };
    follow();
  };
  addEventListener('scroll', once(follow), { passive: true });
  addEventListener('hashchange', once(jump));
  addEventListener('load', once(jump));
}

/** The last section that begins above a line near the window's top. Towards the page's end, where sections can
    no longer get up there, the line wanders down. Only a few of the places are looked at. */
function entryInView(entries) {
  const left = document.documentElement.scrollHeight - innerHeight - scrollY;
  const line = 96 + Math.max(0, 1 - left / innerHeight) * (innerHeight - 96);
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle].place.getBoundingClientRect().top <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Scrolls the list's own box, and nothing but that. */
function bringIntoView(list, link) {
  const [box, line] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
  const [top, bottom] = [box.top + box.height / 4, box.bottom - box.height / 4];
  if (line.top < top) list.scrollTop -= top - line.top;
  if (line.bottom > bottom) list.scrollTop += line.bottom - bottom;
}


// -- what a reference leads to, repeated where the eye is

const references = 'a.ref[href], a[id*="via-"][href], .exhibits-on a[href], .backrefs a[href], a.backref[href], .bears-on a[href], .places a[href]';
const parts = '.backrefs, .exhibits-on, .anchor, .counterpart, .offered, .item, .statement, .event, .note';
let quotations;

/** Nothing in a copy may be found, reached or pointed at in place of what it is a copy of. */
function copyOf(nodes) {
  const copy = make('div', 'copy');
  copy.append(...[...nodes].map((node) => node.cloneNode(true)));
  for (const element of copy.querySelectorAll(parts)) element.remove();
  for (const list of copy.querySelectorAll('ul, ol')) if (!list.children.length) list.remove();
  for (const element of copy.querySelectorAll('[id]')) element.removeAttribute('id');
  for (const link of copy.querySelectorAll('a.number')) link.removeAttribute('href');
  for (const element of copy.querySelectorAll('a[href], summary, [tabindex]')) element.tabIndex = -1;
  return copy;
}

/** What stands in an element, as a line of its own. */
function asLine(element, className = '') {
  const line = make('p', className);
  line.append(...element.cloneNode(true).childNodes);
  return line;
}

/** A copy of what a reference leads to, and whether it is short enough for the margin; undefined if it is not at hand. */
function quoted(reference) {
  const href = reference.getAttribute('href');
  quotations = quotations || new Map(Array.from(document.querySelectorAll('template.quoted'), (template) => [template.dataset.for, template]));
  const template = quotations.get(href);
  if (template) return { copy: copyOf(template.content.childNodes), short: template.classList.contains('note') };
  const target = href.startsWith('#') && named(href);
  if (!target) return undefined;
  // Side by side, what is named is a row of two languages; its cells hold what elsewhere is named itself.
  const cell = target.matches('.pair') && [...target.children].find(({ lang }) => lang === reference.closest('[lang]').lang);
  const place = cell ? cell.querySelector('.note, .item, .statement, .event') || cell : target;
  const whole = place.closest('.pair > *, .note, .item, .statement, .event, tr');
  if (whole) {
    const nodes = whole.matches('tr') ? [...whole.cells].map((cell) => asLine(cell)) : whole.childNodes;
    const copy = copyOf(nodes);
    const statement = whole.closest('.statement');
    if (statement && statement.matches('.claim')) withAnswers(statement, copy);
    const claim = claimOf(whole);
    if (claim) copy.insertBefore(repeated(claim), copy.firstChild);
    return { copy, short: whole.matches('.note') || target.matches('.label') };
  }
  const line = target.matches('a') && target.closest('p, li');
  if (line) return { copy: copyOf([asLine(line)]), short: false };
  const section = target.closest('section, article') || target.parentElement;
  const first = [...section.querySelectorAll('p')].find((line) => !line.matches('.meta, .backrefs, .exhibits-on'));
  const heading = section.querySelector(headings);
  const picture = section.matches('.exhibit') && section.querySelector('.preview img');
  const text = section.matches('.exhibit') && section.querySelector('.preview pre, .preview table');
  const lines = text && make('pre', 'beginning', text.innerText.slice(0, 240));
  return { copy: copyOf([heading && asLine(heading, 'label'), picture, lines, !picture && !lines && first && asLine(first)].filter(Boolean)), short: false };
}

/** What stands on another page, of which this one has no quotation: search knows it. A promise of a copy, or of nothing;
    undefined where there is no such page or no search. */
function asked(reference) {
  const known = window.casefileSearch && window.casefileSearch.at;
  if (!known || !site || !reference.href.startsWith(site)) return undefined;
  const path = decodeURIComponent(plain(reference.href).slice(site.length));
  const anchor = 'at' in reference.dataset ? reference.dataset.at : decodeURIComponent(reference.hash.slice(1));
  // Search has no page of two languages.
  const inLanguage = path.replace(/^[^/]*/, reference.closest('[lang]').lang);
  return known(path, anchor).then((entry) => entry || known(inLanguage, anchor)).then((entry) => entry && copyOfEntry(entry, reference)).catch(() => undefined);
}

/** What search knows of a place, as a reader sees it there: who claims it and to what it answers stand first; of a longer
    text the lines that cite what the reader came from. */
function copyOfEntry({ title, name, within, text, said }, reference) {
  const copy = make('div', 'copy');
  const [speaker, claim] = (said || '').split('\n');
  if (claim) copy.append(make('p', 'answered', claim));
  if (speaker) copy.append(make('p', 'voice', speaker));
  else copy.append(make('p', 'label', [title, within, !text.startsWith(name) && name].filter((part, at) => part && (!at || part !== title)).join(' › ')));
  const cited = reference.matches('.backref') && reference.closest('.note, .exhibit article');
  const label = cited && cited.querySelector('.exhibit-label, .label');
  const mark = label && label.textContent.replace(/[【】[\]：:]/g, '').trim();
  const lines = text.trim().split('\n');
  const citing = mark ? lines.filter((line, at) => at && line.split(mark).slice(1).some((rest) => !/^[\d-]/.test(rest))) : [];
  const shown = citing.length ? [lines[0], ...citing].join('\n') : text.trim();
  for (const line of shortened(shown).split('\n')) copy.append(make('p', '', line.replace(/\t/g, ' · ')));
  return copy;
}

/** A link to the original; to follow it is to follow the reference. */
const linkOn = (reference, text, className) =>
  make('a', className, text, { href: reference.getAttribute('href'), 'data-from': reference.id, tabindex: '-1' });


// -- notes in the margin

const margin = make('div', 'margin', '', { 'aria-hidden': 'true' });
let marginNotes; // made when there is room for the first time
let lit;

/** One note for the first reference to each. */
function makeMarginNotes() {
  const first = new Map();
  for (const reference of document.querySelectorAll('article a.ref[href]')) {
    const href = reference.getAttribute('href');
    if (!first.has(href)) first.set(href, reference);
  }
  marginNotes = new Map();
  for (const reference of first.values()) {
    const { copy, short } = quoted(reference) || {};
    if (!short) continue;
    const element = make('div', 'margin-note');
    element.append(copy, linkOn(reference, '…', 'more'));
    marginNotes.set(reference, { reference, element, copy, fold: reference.closest('details') });
  }
  margin.append(...[...marginNotes.values()].map(({ element }) => element));
}

/** First everything is measured, then everything is moved, so that the page is laid out once. */
function placeMargin() {
  const room = getComputedStyle(margin).display !== 'none';
  if (room && !marginNotes) makeMarginNotes();
  const notes = marginNotes ? [...marginNotes.values()] : [];
  const { top, height } = margin.parentElement.getBoundingClientRect();
  for (const note of notes) {
    const line = room && (!note.fold || note.fold.open) && note.reference.getClientRects()[0];
    note.line = line ? line.top - top : Infinity; // Infinity: nowhere
    note.height = note.element.offsetHeight;
    note.isLong = note.copy.scrollHeight > note.copy.clientHeight + 2;
  }
  // A wide table takes the room of the margin beside it.
  const { left } = margin.getBoundingClientRect();
  const tables = room ? Array.from(document.querySelectorAll('.table'), (table) => table.getBoundingClientRect()).filter((table) => table.right > left - 12) : [];
  let free = 0;
  for (const note of [...notes].sort((a, b) => a.line - b.line)) {
    let place = Math.max(free, note.line);
    for (const table of tables) if (place < table.bottom - top + 12 && place + note.height > table.top - top - 12) place = table.bottom - top + 12;
    // Far below its line, or below the text, a note is of no use: there it is shown beside the pointer instead.
    note.isShown = place - note.line < innerHeight / 2 && place + note.height < height;
    if (note.isShown) free = place + note.height + 12;
    note.element.style.top = `${note.isShown ? Math.round(place) : 0}px`;
    note.element.classList.toggle('shown', note.isShown);
    note.element.classList.toggle('long', note.isLong);
  }
}

const isInMargin = (reference) => Boolean(marginNotes && marginNotes.has(reference) && marginNotes.get(reference).isShown);

/** A reference and its note light up together. */
function light({ target }) {
  const over = target.closest && target.closest('a.ref, .margin-note');
  const note = over && marginNotes && [...marginNotes.values()].find(({ reference, element }) => reference === over || element === over);
  if (note === lit) return;
  if (lit) for (const part of [lit.reference, lit.element]) part.classList.remove('lit');
  lit = note && note.isShown ? note : undefined;
  if (lit) for (const part of [lit.reference, lit.element]) part.classList.add('lit');
}

function startMargin() {
  if (!document.querySelector('.document main article a.ref')) return;
  main.append(margin);
  const place = once(placeMargin);
  if (window.ResizeObserver) new ResizeObserver(place).observe(main);
  else addEventListener('resize', place);
  document.fonts.ready.then(place);
  addEventListener('pointerover', light);
  addEventListener('focusin', light);
}


// -- notes beside the pointer, the focus or the finger

const popover = make('div', 'popover', '', { id: 'popover', role: 'tooltip' });
let explained; // the reference whose note is open
let isHeld = false; // by the focus
let waiting;
let awaited; // the reference of which a copy is being asked for

function later(milliseconds, task) {
  clearTimeout(waiting);
  waiting = setTimeout(task, milliseconds);
}

function openPopover(reference) {
  clearTimeout(waiting);
  if (explained === reference) return true;
  if (reference.closest('.copy')) return false;
  const quote = quoted(reference);
  const coming = !quote && asked(reference);
  if (!quote && !coming) return false;
  closePopover();
  if (quote) {
    showPopover(reference, quote.copy);
    return true;
  }
  awaited = reference;
  coming.then((copy) => {
    if (awaited !== reference) return;
    awaited = undefined;
    if (copy) showPopover(reference, copy);
    else if (byTouch) reference.click(); // there is nothing to see before one goes there
  });
  return true;
}

function showPopover(reference, copy) {
  explained = reference;
  reference.setAttribute('aria-describedby', popover.id);
  fill(popover, copy, linkOn(reference, words.openPlace, 'open-place'));
  main.append(popover);
  placePopover(reference.getClientRects());
}

/** Below its line where there is room, else above, and never out of the window. */
function placePopover(lines) {
  const edge = 8;
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const above = first.top - 2 * edge;
  const below = innerHeight - last.bottom - 2 * edge;
  const goesUp = popover.offsetHeight > below && above > below;
  popover.style.maxHeight = `${Math.max(goesUp ? above : below, 96)}px`;
  const rightmost = document.documentElement.clientWidth - popover.offsetWidth - edge;
  const box = main.getBoundingClientRect();
  popover.style.left = `${Math.max(edge, Math.min(first.left - edge, rightmost)) - box.left}px`;
  popover.style.top = `${(goesUp ? first.top - popover.offsetHeight - edge / 2 : last.bottom + edge / 2) - box.top}px`;
}

function closePopover() {
  clearTimeout(waiting);
  awaited = undefined;
  if (!explained) return false;
  explained.removeAttribute('aria-describedby');
  explained = undefined;
  isHeld = false;
  popover.remove();
  popover.removeAttribute('style');
  return true;
}

function pointAt({ target, pointerType, buttons }) {
  if (pointerType === 'touch' || buttons) return;
  const reference = target.closest(references);
  if (reference === explained || reference === awaited ? reference : popover.contains(target)) clearTimeout(waiting);
  else if (reference && !isInMargin(reference)) later(250, () => openPopover(reference));
  else if (!isHeld) later(300, closePopover);
}

/** A finger cannot hover: its first tap opens the note, the second follows the reference. */
function tap(event) {
  const reference = event.target.closest(references);
  if (byTouch && reference && reference !== explained && reference !== awaited && !isInMargin(reference) && openPopover(reference)) event.preventDefault();
  else if (!popover.contains(event.target) || event.target.closest('a')) setTimeout(closePopover);
}

function startPopovers() {
  if (!document.querySelector(references)) return;
  closers.unshift(closePopover);
  document.addEventListener('pointerover', pointAt);
  document.documentElement.addEventListener('pointerleave', () => isHeld || later(300, closePopover));
  document.addEventListener('click', tap);
  document.addEventListener('focusin', ({ target }) => {
    if (byTab && target.matches(references) && !isInMargin(target)) isHeld = openPopover(target);
  });
  document.addEventListener('focusout', () => isHeld && closePopover());
  addEventListener('resize', closePopover);
}


// -- citations to copy

const cite = make('button', 'cite', words.citeButton, { type: 'button' });
const said = make('p', 'hidden', '', { 'aria-live': 'polite' });
const byHand = make('textarea', 'by-hand', '', { readonly: '', rows: '3', 'aria-label': words.copyByHand });
const also = make('span', 'also'); // the ways to the same place in the other languages
const offered = make('span', 'offered');
offered.append(cite, also);
let cited; // what the button belongs to
let moving;

const citable = (node) => (node && node.closest ? node.closest('main [data-cite]') : null);
/** What the button belongs to when no pointer says otherwise. */
const citableAtRest = () => citable(document.activeElement) || citable(location.hash && named(location.hash));
/** Whether there is a margin beside the text; where there is none, nothing comes between the lines but what was asked for. */
const hasMargin = matchMedia('(min-width: 56em)');

/** Puts the one button where the next Tab finds it, and out of the text's way: into the margin, else below the words. */
function offer(element) {
  clearTimeout(moving);
  if (element === cited) return;
  cited = element;
  offered.remove();
  if (!element) return;
  const link = [...element.querySelectorAll('.number[href], .anchor')].find((inner) => citable(inner) === element);
  const heading = element.matches('section, article') && element.querySelector(headings);
  const holder = heading || element.querySelector(':scope > p:not(.footnote-label), :scope > th, :scope > td') || element;
  cite.textContent = words.citeButton;
  cite.setAttribute('aria-label', words.citePlace.replace('{words}', () => element.dataset.cite));
  offerAlso(element);
  if (!hasMargin.matches) {
    const below = [...holder.children].find((child) => child.matches('ul, ol, .statement'));
    holder.insertBefore(offered, below || null);
    return;
  }
  if (link) link.after(offered);
  else holder.prepend(offered);
  const line = (link || holder).getBoundingClientRect();
  const middle = line.top + Math.min(line.height, link ? line.height : 30) / 2;
  cite.style.top = also.style.top = `${middle - cite.offsetParent.getBoundingClientRect().top}px`;
}

/** Beside the button, the ways to the same place in the other languages; a heading has its own. */
function offerAlso(element) {
  const own = element.closest('.book');
  const links = [...document.querySelectorAll('.languages a[hreflang]')].filter((link) => !own || link.lang !== own.lang);
  const id = own ? element.id.slice(own.lang.length + 1) : element.id;
  const wayIn = (link) => (own ? `#${link.lang}/${id}` : `${plain(link.getAttribute('href'))}#${id}`);
  const hasPlace = (link) => id && (!own || named(wayIn(link)));
  const isHeading = !own && element.matches('section, article, h1, h2, h3, h4, h5, h6, .pair');
  const ways = isHeading || (!own && !site) ? [] : links.filter(hasPlace);
  fill(also, ...ways.map((link) => make('a', '', link.hreflang.split('-')[0].toUpperCase(), { href: wayIn(link), hreflang: link.hreflang, title: link.textContent.trim() })));
}

/** The most of a text that is quoted, in characters: whole but for long ones, which end where a clause does. */
const QUOTED = 240;

function shortened(text) {
  if (text.length <= QUOTED) return text;
  const start = text.slice(0, QUOTED);
  const end = Math.max(...['。', '；', '，', '. ', '; ', ', '].map((mark) => start.lastIndexOf(mark)));
  const stop = end > QUOTED / 2 ? end + 1 : start.lastIndexOf(' ') > QUOTED / 2 ? start.lastIndexOf(' ') : QUOTED;
  return `${start.slice(0, stop).trim()}…`;
}

/** What is cited in its own words, who says it and to which claim; the words of a section are its heading's, those of a row
    of two languages are those of the first. */
function citedWords() {
  const place = cited.matches('.pair') ? cited.querySelector('.statement, .item') || cited.firstElementChild : cited;
  const heading = cited.matches('section, article') && cited.querySelector(headings);
  const copy = copyOf((heading || place).childNodes);
  const [voice] = copy.querySelectorAll('.voice .party');
  const own = place.closest('.statement');
  const claim = claimOf(place);
  const party = voice || (own && own.querySelector('.voice .party')) || (claim && claim.querySelector('.voice .party'));
  for (const part of copy.querySelectorAll('.voice, .moment, .number, .sep, .answered, .mark, .exhibit-label')) part.remove();
  // What is listed below an entry of the register tells of it; the entry is what is cited.
  if (place.matches('li.note')) for (const list of copy.querySelectorAll('ul, ol')) list.remove();
  // The label by which it is cited stands there already; one amid its words is quoted with them.
  const label = copy.querySelector('.label');
  if (label && copy.textContent.trim().startsWith(label.textContent.trim())) label.remove();
  const text = (copy.querySelector('.exhibit-title') || copy).textContent.replace(/\s+/g, ' ').replace(/^[\s，,、.．：:）)]+/, '').trim();
  // Quotation marks within quotation marks are single (GB/T 15834, section 4.8).
  const within = text.replace(/“/g, '‘').replace(/”/g, '’');
  const number = claim && place.matches('.answer') && claim.querySelector('.number');
  return { speaker: party && party.textContent, claim: number && number.textContent.replace(/[^\w-]+$/, ''), words: shortened(within) };
}

/** Of an exhibit the file that can be had and its sum, by which nobody takes another for it. */
function citedFile() {
  const [facts, file] = [cited.querySelector('.facts'), cited.querySelector('.download code')];
  if (!facts) return [];
  const sums = facts.querySelectorAll('code.grouped');
  const name = file || facts.querySelector('dd > code:not(.grouped)');
  return [name && name.textContent, sums.length && `SHA-256 ${sums[sums.length - 1].textContent.replace(/\s/g, '')}`];
}

/** Where it is found: on the web where the page has an address there, else in the files of the dossier, wherever they lie. */
function citedAt() {
  const canonical = document.querySelector('link[rel="canonical"]');
  const hash = cited.id && `#${cited.id}`;
  if (canonical) return `${new URL(hash, canonical.href)}`;
  if (location.protocol !== 'file:') return `${new URL(hash, plain(location.href))}`;
  const path = site ? plain(location.href).slice(site.length) : location.pathname.replace(/^.*\//, '');
  return words.citeWithin.replace('{path}', () => `${path}${hash}`);
}

function citation() {
  const { asOf } = document.body.dataset;
  const { case: name, version } = (cited.closest('.book') || document.body).dataset;
  const { speaker, claim, words: text } = citedWords();
  const fingerprint = document.querySelector('.colophon .fingerprint');
  const put = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, key) => values[key]);
  const parts = [
    put(words.citeCase, { case: name }),
    claim ? put(words.citeAnswer, { place: cited.dataset.cite, claim }) : cited.dataset.cite,
    text && put(speaker ? words.citeSaid : words.citeQuoted, { speaker, words: text }),
    ...citedFile(),
    version,
    asOf && put(words.citedAsOf, { date: asOf }),
    fingerprint && `${words.fingerprint} ${fingerprint.textContent}`,
  ];
  return `${parts.filter(Boolean).join(words.citeSeparator)}\n${citedAt()}`;
}

/** The way without a clipboard: through a field whose text is selected. If that fails too, the field stays for the reader's own hand. */
function copyThroughField(text) {
  byHand.value = text;
  main.append(byHand);
  byHand.select();
  if (!document.execCommand('copy')) throw new Error('nothing was copied');
  closeByHand();
}

function closeByHand() {
  if (!byHand.isConnected) return false;
  cite.focus();
  byHand.remove();
  return true;
}

async function copyCitation() {
  const text = citation();
  try {
    await (navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => copyThroughField(text)) : copyThroughField(text));
    said.textContent = cite.textContent = words.copied;
  } catch {
    said.textContent = words.copyByHand;
  }
  setTimeout(() => ((said.textContent = ''), (cite.textContent = words.citeButton)), 2500);
}

function startCitations() {
  if (!document.querySelector('main [data-cite]')) return;
  main.append(said);
  closers.unshift(closeByHand);
  cite.addEventListener('click', copyCitation);
  byHand.addEventListener('blur', () => byHand.remove());
  document.addEventListener('pointerover', ({ target, pointerType, buttons }) => {
    if (pointerType === 'touch' || buttons || !hasMargin.matches) return;
    clearTimeout(moving);
    const element = citable(target);
    // On its way to the button the pointer crosses what lies around the element, so that gets the button later.
    const patience = !cited ? 80 : element && !element.contains(cited) ? 160 : 700;
    if (element !== cited) moving = setTimeout(() => offer(element || citableAtRest()), patience);
  });
  document.addEventListener('click', ({ target }) => (byTouch || !hasMargin.matches) && citable(target) && offer(citable(target)));
  document.addEventListener('focusin', ({ target }) => citable(target) && offer(citable(target)));
  addEventListener('hashchange', () => offer(citableAtRest()));
  offer(citableAtRest());
}


// -- the edition in one file: one language at a time, the one in which the address leads

function startBooks() {
  const books = [...document.querySelectorAll('.book')];
  if (!books.length) return;
  const preferred = (books.find(({ lang }) => (navigator.languages || []).some((tag) => tag.split('-')[0] === lang.split('-')[0])) || books[0]).lang;
  const show = () => {
    const target = location.hash && named(location.hash);
    const own = target && target.closest('.book');
    const shown = own || books.find(({ hidden }) => !hidden && books.some((other) => other.hidden)) || books.find(({ lang }) => lang === preferred);
    for (const book of books) book.hidden = book !== shown;
    document.documentElement.lang = shown.lang;
    Object.assign(words, shown.dataset);
    for (const paper of document.querySelectorAll('style.paper')) paper.media = paper.dataset.for === shown.lang ? 'print' : 'not all';
    for (const link of document.querySelectorAll('.languages a')) {
      if (link.lang === shown.lang) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const contents = document.querySelector('.to-contents a');
    contents.textContent = words.contents;
    contents.hash = `${shown.lang}/contents`;
    const skip = document.querySelector('.skip');
    skip.textContent = words.skip;
    skip.lang = shown.lang;
    const search = document.querySelector('.search'); // or what stands in its place
    search.dataset.search = words.search;
    search.textContent = search.matches('a') ? words.index : words.search;
    const brand = document.querySelector('.brand');
    brand.textContent = document.title = words.title;
    brand.hash = `${shown.lang}/`;
    document.querySelector('button.theme').textContent = themeNow() === 'dark' ? words.light : words.dark;
    if (own) target.scrollIntoView();
  };
  show();
  addEventListener('hashchange', show);
  // The contents stand beside the text where there is room; elsewhere they are folded until somebody goes there.
  const folds = [...document.querySelectorAll('.contents-fold')];
  const beside = matchMedia('(min-width: 80em)');
  const unfold = () => {
    for (const fold of folds) fold.open = beside.matches;
  };
  unfold();
  beside.addListener(unfold);
  document.addEventListener('click', ({ target }) => {
    const link = target.closest('.to-contents a');
    const heading = link && named(link.hash);
    if (heading && heading.closest('details')) heading.closest('details').open = true;
  });
}


// -- the board of positions: Tab stops at it once, arrows move within

function startBoards() {
  for (const board of document.querySelectorAll('.board')) {
    rove(board, [...board.querySelectorAll('.side a')], '.row, .heads');
    rove(board, [...board.querySelectorAll('.owing a')], '.owing > div');
    board.querySelector('.filters').after(keysOf(board));
    board.classList.add('roving');
    const count = make('p', 'hidden', '', { 'aria-live': 'polite' });
    board.append(count);
    const filters = [...board.querySelectorAll('.filters a')];
    markCurrent(filters);
    addEventListener('hashchange', () => {
      if (!filters.some((link) => link.hash === location.hash)) return;
      markCurrent(filters);
      const shown = [...board.querySelectorAll('.row')].filter((row) => row.getClientRects().length);
      count.textContent = board.dataset.shown.replace('{count}', shown.length);
    });
  }
}

/** Which keys move within an element: no part of the text, and not on paper. */
const keysOf = (element) => make('div', 'legend keys', element.dataset.keys);

/** Tells which filter holds; all rows are shown where the address names none. */
function markCurrent(filters) {
  const current = filters.find((link) => link.hash === location.hash) || filters[0];
  for (const link of filters) {
    if (link === current) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

/** Of some links only one is in the order of Tab; up and down lead to the first link of another line, left and right to the next. */
function rove(box, all, line) {
  const isShown = (link) => link.getClientRects().length > 0; // a filter hides those of other rows
  const choose = (chosen) => {
    for (const link of all) link.tabIndex = link === chosen ? 0 : -1;
  };
  const begin = () => {
    if (!all.some((link) => link.tabIndex === 0 && isShown(link))) choose(all.find(isShown));
  };
  choose(all[0]);
  addEventListener('hashchange', begin);
  box.addEventListener('focusin', ({ target }) => all.includes(target) && choose(target));
  box.addEventListener('keydown', (event) => {
    if (!all.includes(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const shown = all.filter(isShown);
    const isFirst = (link, at) => !at || link.closest(line) !== shown[at - 1].closest(line);
    const [before, after] = [shown.slice(0, shown.indexOf(event.target)), shown.slice(shown.indexOf(event.target) + 1)];
    const aim = {
      ArrowRight: () => after[0],
      ArrowLeft: () => before[before.length - 1],
      ArrowDown: () => after.find((link) => isFirst(link, shown.indexOf(link))),
      ArrowUp: () => before.filter(isFirst).reverse().find((link) => link.closest(line) !== event.target.closest(line)),
      Home: () => shown[0],
      End: () => shown[shown.length - 1],
    }[event.key];
    if (!aim) return;
    event.preventDefault();
    const next = aim();
    if (next) next.focus();
  });
}


// -- a book on one page has hundreds of links: each section of it is one stop of Tab, left and right move among its links

function startSections() {
  const book = document.querySelector('.print main');
  if (!book) return;
  const sections = new Map(); // section: its links
  const sectionOf = (link) => link.closest('section, article, .cover');
  for (const link of book.querySelectorAll('a[href]')) {
    if (link.tabIndex < 0 || link.closest('.board, .breadcrumb')) continue; // what has no stop, and what has its own
    const section = sectionOf(link);
    sections.set(section, [...(sections.get(section) || []), link]);
  }
  const choose = (links, chosen) => {
    for (const link of links) link.tabIndex = link === chosen ? 0 : -1;
  };
  sections.forEach((links) => choose(links, links[0]));
  book.classList.add('roving');
  for (const contents of book.querySelectorAll('.book-contents')) contents.prepend(keysOf(contents));
  const linksAround = (target) => (sections.get(sectionOf(target)) || []).includes(target) && sections.get(sectionOf(target));
  book.addEventListener('focusin', ({ target }) => {
    const links = target.matches('a[href]') && linksAround(target);
    if (links) choose(links, target);
  });
  book.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const links = step && event.target.matches('a[href]') && linksAround(event.target);
    if (!links || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const shown = links.filter((link) => link.getClientRects().length);
    const next = shown[shown.indexOf(event.target) + step];
    if (next) next.focus();
  });
}


// -- beside a heading one stop of Tab: its own address; the right arrow leads on to the same section in other languages

function startHeadings() {
  document.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !event.target.matches('.anchor, .counterpart')) return;
    const links = [...event.target.parentElement.querySelectorAll('.anchor, .counterpart')];
    const next = links[links.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}


// -- search within reach of the thumb, where the bar at the top stays and the head of the page does not

function startSearchNear() {
  const near = document.querySelector('.to-search');
  const opener = () => document.querySelector('button.search');
  if (!near) return;
  addEventListener('DOMContentLoaded', () => {
    if (opener()) near.textContent = opener().textContent;
  });
  near.addEventListener('click', (event) => {
    if (!opener()) return; // it leads to the index
    event.preventDefault();
    opener().click();
  });
}


// -- on paper nobody can unfold anything

function startPaper() {
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    for (const fold of folded) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of folded) fold.open = false;
  });
}


for (const start of [arrive, startBooks, startTheme, watchInput, startWayBack, startContents, startPopovers, startCitations, startMargin, startBoards, startSections, startHeadings, startSearchNear, startPaper]) {
  try {
    start();
  } catch (error) {
    console.error(error); // one part less, and all of the others
  }
}
