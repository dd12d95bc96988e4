//! What it takes to draw the pages of a PDF, told before they are drawn.
//!
//! Forms may draw each other, so that a few of them are drawn without end, and each is unfolded anew every time (ISO 32000-2, section
//! 8.10). The library cannot be stopped within a page. So all that a page would draw is counted first: each form once, and as often
//! as it is drawn.

use std::collections::{HashMap, HashSet};

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::content::UntypedIter;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use memchr::memmem;

use crate::work::Work;

/// The most that what one page or form draws may hold, and all pages with their fonts, which are kept, in bytes.
const MAX_CONTENT: u64 = 16 << 20;
const MAX_KEPT: u64 = 128 << 20;

/// The longest text and the most lines that are drawn at once, and how many states may wait for their end.
const MAX_RUN: usize = 1 << 17;
const MAX_LINES: usize = 1 << 19;
const MAX_WAITING: usize = 4096;

/// What a byte of what is drawn costs, a byte of a text, and one of which the outline is kept.
const BYTE: u64 = 4;
const LETTER: u64 = 32;
const OUTLINE: u64 = 1 << 16;

/// What an operator costs that leads to an object, whatever that holds.
const OBJECT: u64 = 256;

/// What it costs to begin and end a form, whatever it draws.
const FORM: u64 = 1 << 13;

/// How deep forms are followed into each other, and what an object leads to. The library draws none that lie deeper.
const MAX_FORMS: usize = 50;
const MAX_DEPTH: usize = 8;

/// Entries that lead to what is not unfolded with an object.
const APART: &[&str] = &["Resources", "Parent", "Kids", "P", "StructParent", "SMask", "Mask"];

/// Counts what drawing takes, for all pages of a file.
pub(super) struct Drawing<'a> {
    file: &'a File,
    /// What each stream unfolds to.
    sizes: HashMap<ObjectIdentifier, u64>,
    /// What forms with all their resources take, and how many are being counted, each within the one before.
    forms: HashMap<ObjectIdentifier, u64>,
    within: usize,
    /// What unfolds with an object that a page uses by its name.
    reached: HashMap<ObjectIdentifier, u64>,
    /// What a letter of each font costs, and one of the font that is set.
    fonts: HashMap<Vec<u8>, u64>,
    letter: u64,
    kept: u64,
    outlines: bool,
    /// Whether all is drawn, and not only looked through for text.
    all: bool,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(file: &'a File, sizes: HashMap<ObjectIdentifier, u64>) -> Self {
        Self {
            file,
            sizes,
            forms: HashMap::new(),
            within: 0,
            reached: HashMap::new(),
            fonts: HashMap::new(),
            letter: LETTER,
            kept: 0,
            outlines: false,
            all: false,
        }
    }

    /// The same where pictures of the pages are made: what repeats, masks, and letters that are drawings count as well.
    pub(super) fn of_all(file: &'a File, sizes: HashMap<ObjectIdentifier, u64>) -> Self {
        Self { all: true, ..Self::new(file, sizes) }
    }

    /// Whether there is work left to draw a page, which then counts as done.
    pub(super) fn allows(&mut self, page: &Page<'a>, work: &mut Work) -> bool {
        self.page(page, work).is_some_and(|cost| work.take(cost))
    }

    fn page(&mut self, page: &Page<'a>, work: &mut Work) -> Option<u64> {
        let contents = match page.raw().get::<Object<'_>>("Contents") {
            Some(Object::Stream(stream)) => self.size(&stream),
            Some(Object::Array(streams)) => streams.iter::<Stream<'_>>().map(|stream| self.size(&stream)).sum(),
            _ => 0,
        };
        self.keep(contents)?;
        let content = if contents > MAX_CONTENT || !work.take(contents) { None } else { page.page_stream() };
        let mut cost = match content {
            Some(content) => self.content(content, page.resources(), work)?,
            None if contents > 0 => return None,
            None => 0,
        };
        cost = cost.saturating_add(self.layers());
        for note in page.raw().get::<Array<'_>>("Annots").iter().flat_map(|notes| notes.iter::<Dict<'_>>()) {
            let looks = note.get::<Dict<'_>>("AP").and_then(|looks| looks.get::<Object<'_>>("N"));
            let forms: Vec<Stream<'_>> = match looks {
                Some(Object::Stream(form)) => vec![form],
                Some(Object::Dict(states)) => {
                    states.keys().filter_map(|state| states.get::<Stream<'_>>(state)).collect()
                }
                _ => Vec::new(),
            };
            cost = cost.saturating_add(OBJECT);
            for form in forms {
                cost = cost.saturating_add(self.form(&form, page.resources(), work)?);
            }
        }
        Some(cost)
    }

    /// What it takes to see which layers are on, which is done for each page.
    fn layers(&self) -> u64 {
        let catalog = self.file.xref().get::<Dict<'_>>(self.file.xref().root_id());
        let layers = catalog.and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties"));
        let first = layers.as_ref().and_then(|layers| layers.get::<Dict<'_>>("D"));
        let lists = layers.iter().chain(&first).flat_map(|dict| {
            let lists = ["OCGs", "ON", "OFF"].into_iter().filter_map(|key| dict.get::<Array<'_>>(key));
            lists.map(|list| list.data().len()).chain([dict.data().len()]).collect::<Vec<_>>()
        });
        OBJECT + 16 * lists.sum::<usize>() as u64
    }

    fn size(&self, stream: &Stream<'a>) -> u64 {
        self.sizes.get(&stream.obj_id()).copied().unwrap_or(0)
    }

    /// Whether so much more may be kept as long as the file is read.
    fn keep(&mut self, size: u64) -> Option<()> {
        self.kept = self.kept.saturating_add(size);
        (self.kept <= MAX_KEPT).then_some(())
    }

    /// What a form takes each time that it is drawn; none if it is too much.
    fn form(&mut self, form: &Stream<'a>, outer: &Resources<'a>, work: &mut Work) -> Option<u64> {
        let id = form.obj_id();
        if let Some(&cost) = self.forms.get(&id) {
            return Some(cost);
        }
        let size = self.size(form);
        if self.within == MAX_FORMS || size > MAX_CONTENT || !work.take(size.saturating_add(FORM)) {
            return None;
        }
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let content = form.decoded_data().unwrap_or_default();
        self.within += 1;
        let drawn = self.content(&content, own.as_ref().unwrap_or(outer), work);
        self.within -= 1;
        let cost = drawn?.saturating_add(size + FORM);
        if own.is_some() {
            self.forms.insert(id, cost);
        }
        Some(cost)
    }

    fn content(&mut self, content: &[u8], resources: &Resources<'a>, work: &mut Work) -> Option<u64> {
        let mut cost = (content.len() as u64).saturating_mul(BYTE).saturating_add(search_for_ends(content));
        if !work.take(cost) {
            return None;
        }
        let mut waiting = 0_usize;
        let mut lines = 0_usize;
        let mut operators = UntypedIter::new(content);
        while let Some(operator) = operators.next() {
            let operands: Vec<&Object<'_>> = match &**operator.operator {
                b"q" => {
                    waiting += 1;
                    if waiting > MAX_WAITING {
                        return None;
                    }
                    continue;
                }
                b"Q" => {
                    waiting = waiting.saturating_sub(1);
                    continue;
                }
                b"m" | b"l" | b"c" | b"v" | b"y" | b"re" => {
                    lines += 1;
                    if lines > MAX_LINES {
                        return None;
                    }
                    continue;
                }
                b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" => {
                    lines = 0;
                    continue;
                }
                b"Do" | b"gs" | b"sh" | b"cs" | b"CS" | b"scn" | b"SCN" | b"Tf" | b"Tr" | b"Tj" | b"'" | b"\""
                | b"TJ" => operator.operands().collect(),
                _ => continue,
            };
            let name = operands.iter().find_map(|operand| match operand {
                Object::Name(name) => Some(name),
                _ => None,
            });
            let more = match (&**operator.operator, name) {
                (b"Do", Some(name)) => match resources.get_x_object(name) {
                    Some(drawn) if is_form(&drawn) => self.form(&drawn, resources, work)?,
                    Some(picture) => {
                        picture.dict().get::<Object<'_>>("ColorSpace").map_or(OBJECT, |space| self.reach(&space, work))
                    }
                    None => OBJECT,
                },
                (b"gs", Some(name)) => self.named(&resources.ext_g_states, name, work).saturating_add(self.mask(
                    &resources.ext_g_states,
                    name,
                    resources,
                    work,
                )?),
                (b"sh", Some(name)) => self.named(&resources.shadings, name, work),
                (b"cs" | b"CS", Some(name)) => self.named(&resources.color_spaces, name, work),
                (b"scn" | b"SCN", Some(name)) => match resources.get_pattern(name) {
                    Some(Object::Dict(_)) => self.named(&resources.patterns, name, work),
                    Some(Object::Stream(repeated)) if self.all => self.form(&repeated, resources, work)?,
                    // What repeats is drawn when it is shown, and nothing is.
                    _ => OBJECT,
                },
                (b"Tf", Some(name)) => self.font(resources, name, work)?,
                (b"Tr", _) => {
                    let mode = operands.iter().find_map(|&operand| operand.clone().into_number());
                    self.outlines = mode.is_some_and(|mode| mode.as_i64() > 3);
                    0
                }
                (b"Tj" | b"'" | b"\"" | b"TJ", _) => {
                    let letters: usize = operands.iter().map(|operand| letters(operand)).sum();
                    if letters > MAX_RUN {
                        return None;
                    }
                    (letters as u64).saturating_mul(self.letter + if self.outlines { OUTLINE } else { 0 })
                }
                _ => OBJECT,
            };
            cost = cost.saturating_add(more);
        }
        Some(cost)
    }

    /// What it takes to draw the mask that a state of graphics has.
    fn mask(&mut self, states: &Dict<'a>, name: &Name<'_>, resources: &Resources<'a>, work: &mut Work) -> Option<u64> {
        let state = if self.all { states.get::<Dict<'_>>(name) } else { None };
        let mask = state.and_then(|state| state.get::<Dict<'_>>("SMask"));
        let drawn = mask.and_then(|mask| mask.get::<Stream<'_>>("G"));
        drawn.map_or(Some(0), |drawn| self.form(&drawn, resources, work))
    }

    /// What the dearest letter takes of a font whose letters are drawings.
    fn drawn_letter(&mut self, font: &Dict<'a>, resources: &Resources<'a>, work: &mut Work) -> Option<u64> {
        let letters = if self.all { font.get::<Dict<'_>>("CharProcs") } else { None };
        let Some(letters) = letters else { return Some(0) };
        let own = font.get::<Dict<'_>>("Resources").map(Resources::new);
        let mut most = 0;
        for letter in letters.keys().filter_map(|name| letters.get::<Stream<'_>>(name)) {
            most = most.max(self.form(&letter, own.as_ref().unwrap_or(resources), work)?);
        }
        Some(most)
    }

    /// What unfolds with the object that a list of resources calls by a name.
    fn named(&mut self, list: &Dict<'a>, name: &Name<'_>, work: &mut Work) -> u64 {
        let id = list.get_ref(name).map(ObjectIdentifier::from);
        if let Some(known) = id.and_then(|id| self.reached.get(&id)) {
            return *known;
        }
        let size = list.get::<Object<'_>>(name).map_or(OBJECT, |object| self.reach(&object, work));
        if let Some(id) = id {
            self.reached.insert(id, size);
        }
        size
    }

    /// What setting a font takes. What it unfolds to is kept.
    fn font(&mut self, resources: &Resources<'a>, name: &Name<'_>, work: &mut Work) -> Option<u64> {
        let Some(font) = resources.get_font(name) else { return Some(OBJECT) };
        if let Some(letter) = self.fonts.get(font.data()) {
            self.letter = *letter;
        } else {
            let size = self.reach(&Object::Dict(font.clone()), work);
            self.keep(size)?;
            let stands_for = font.get::<Stream<'_>>("ToUnicode").and_then(|map| map.decoded_data().ok());
            let drawn = self.drawn_letter(&font, resources, work)?;
            self.letter = LETTER + drawn + stands_for.map_or(0, |map| longest(&map));
            self.fonts.insert(font.data().to_vec(), self.letter);
            if !work.take(size) {
                return None;
            }
        }
        Some(OBJECT + font.data().len() as u64)
    }

    /// What all unfolds that an object leads to.
    fn reach(&self, object: &Object<'a>, work: &mut Work) -> u64 {
        let mut seen = HashSet::new();
        let mut next = vec![(object.clone(), 0)];
        let mut size = OBJECT;
        while let Some((object, depth)) = next.pop() {
            if !work.take(OBJECT) {
                return u64::MAX;
            }
            let inner: Vec<MaybeRef<Object<'_>>> = match &object {
                Object::Array(array) => {
                    size = size.saturating_add(array.data().len() as u64);
                    array.raw_iter().collect()
                }
                Object::Dict(dict) => {
                    size = size.saturating_add(dict.data().len() as u64);
                    with_it(dict)
                }
                Object::Stream(stream) => {
                    size = size.saturating_add(self.size(stream));
                    with_it(stream.dict())
                }
                _ => continue,
            };
            if depth == MAX_DEPTH {
                continue;
            }
            next.extend(inner.into_iter().filter_map(|value| {
                let value = match value {
                    MaybeRef::NotRef(value) => value,
                    MaybeRef::Ref(reference) => {
                        let id = ObjectIdentifier::from(reference);
                        seen.insert(id).then(|| self.file.xref().get::<Object<'_>>(id)).flatten()?
                    }
                };
                Some((value, depth + 1))
            }));
        }
        size
    }
}

/// What a dictionary leads to that unfolds with it. A mask of what is drawn does, one of a picture does not: they bear the same name.
fn with_it<'a>(dict: &Dict<'a>) -> Vec<MaybeRef<Object<'a>>> {
    let is_picture = dict.contains_key("Width");
    let is_apart = |key: &str| APART.contains(&key) && (is_picture || key != "SMask");
    dict.entries().filter(|(key, _)| !is_apart(key.as_str())).map(|(_, value)| value).collect()
}

/// How long a text is at most that a letter stands for, in a list of them in hexadecimal digits (section 9.10.3). The library makes
/// one for each letter that is drawn.
fn longest(map: &[u8]) -> u64 {
    let texts = map.split(|byte| *byte == b'<').filter_map(|text| memchr::memchr(b'>', text));
    texts.max().unwrap_or(0) as u64
}

/// How far is looked for the ends of pictures that stand within what is drawn, which every `BI` may begin.
fn search_for_ends(content: &[u8]) -> u64 {
    let mut ends = memmem::find_iter(content, b"EI").chain([content.len()]);
    let mut end = ends.next().unwrap_or(0);
    let mut far = 0;
    for start in memmem::find_iter(content, b"BI") {
        while end < start {
            end = ends.next().unwrap_or(content.len());
        }
        far += (end - start) as u64;
    }
    far
}

fn is_form(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Form")
}

/// How many letters a text has that is drawn at once.
fn letters(operand: &Object<'_>) -> usize {
    match operand {
        Object::String(text) => text.as_bytes().len(),
        Object::Array(texts) => texts.iter::<Object<'_>>().map(|text| letters(&text)).sum(),
        _ => 0,
    }
}
