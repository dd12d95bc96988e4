//! The search index, as classic scripts that a page loads when somebody first searches: no other kind works from the disk.
//!
//! There are three kinds of them. The *manifest* tells how the others are cut. A script of *terms* lists the blocks that
//! hold its terms; a block is a few entries that follow one another. A script of *texts* holds the entries of some blocks
//! with their texts. A query is looked up in the terms, which tell where it may be found, and then compared with the
//! texts, which tell whether it is. `docs/search.md` describes the scripts.

pub mod entry;
mod postings;
pub mod terms;

use std::collections::HashSet;
use std::fmt::Write;
use std::ops::Range;

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::language::LanguageId;
use crate::language::folding::folding;
use crate::language::phrases::Phrases;
use crate::site::Site;
use entry::{SearchEntry, SearchedPage};
use postings::{Numbers, Postings};

/// The folder of the scripts, in that of the site.
pub const FOLDER: &str = "search/";

/// The script that tells how the others are cut.
const MANIFEST: &str = "manifest.js";

/// How much text makes a block, in bytes. In a large block there are more entries to compare with a query that are not
/// what was looked for; many small ones make a large index.
const BLOCK: usize = 800;

/// How much text makes a script of texts, in bytes of the sources.
const TEXTS: usize = 32 << 10;

/// How many stretches of places are indexed by themselves, and then merged: a few for each processor.
const STRETCHES: usize = 16;

/// The index of a site.
pub struct Search {
    places: Vec<SearchedPage>,
    /// The places of each script of texts.
    texts: Vec<Range<usize>>,
    /// The scripts of terms.
    terms: Vec<String>,
    manifest: String,
}

impl Search {
    /// Builds the index. The same site gives the same index.
    pub fn of(site: &Site) -> Self {
        // Language by language, so that the blocks of a term lie close together.
        let languages = LanguageId::all(&site.case.languages);
        let by_language: Vec<Vec<SearchedPage>> =
            languages.map(|language| SearchedPage::all(site, language).collect()).collect();
        let places = by_language.concat();
        let sizes: Vec<usize> = places.iter().map(|place| place.size(site)).collect();
        let texts = cut(&sizes, TEXTS);
        let stretches = cut(&sizes, sizes.iter().sum::<usize>() / STRETCHES + 1);
        let indexed: Vec<(Vec<u32>, Postings)> =
            stretches.into_par_iter().map(|stretch| index(site, &places[stretch])).collect();
        let (counts, parts): (Vec<Vec<u32>>, Vec<Postings>) = indexed.into_iter().unzip();
        let parts_start = starts(counts.iter().map(|counts| counts.iter().sum()));
        let places_start = starts(counts.concat());
        let terms = postings::merge(&parts, &parts_start);
        let letters: HashSet<char> = parts.iter().flat_map(Postings::letters).collect();
        let manifest = json!({
            "terms": terms.len(),
            "blocks": places_start.last(),
            "places": Numbers::of(places_start[..places.len()].iter().copied()),
            "paths": places.iter().map(|place| place.path(site)).collect::<Vec<_>>(),
            "texts": Numbers::of(texts.iter().map(|range| places_start[range.start])),
            "languages": languages_of(site, &by_language),
            "words": words(site),
            "variants": folding().variants(|c| letters.contains(&c)),
        });
        let manifest = script("manifest", &[manifest]);
        Self { places, texts, terms, manifest }
    }

    /// The names of the scripts in their folder.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let terms = (0..self.terms.len()).map(|at| format!("terms-{at}.js"));
        let texts = (0..self.texts.len()).map(|at| format!("texts-{at}.js"));
        std::iter::once(MANIFEST.to_owned()).chain(terms).chain(texts)
    }

    /// The script of that name, for the site that the index was built of; none if there is none.
    pub fn content(&self, site: &Site, name: &str) -> Option<String> {
        if name == MANIFEST {
            return Some(self.manifest.clone());
        }
        let (kind, at) = name.strip_suffix(".js")?.split_once('-')?;
        let at: usize = at.parse().ok()?;
        match kind {
            "terms" => self.terms.get(at).map(|terms| script("terms", &[json!(at), json!(terms)])),
            "texts" => {
                let mut out = format!("casefileSearch.texts({at},[");
                for (at, place) in self.places[self.texts.get(at)?.clone()].iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    write_place(site, *place, &mut out);
                }
                out.push_str("]);\n");
                Some(out)
            }
            _ => None,
        }
    }
}

/// Writes a place with its entries: for each its kind (and 8, if a block begins with it), anchor, name, the sections
/// around it (0 for those of the entry before), the length of its heading in UTF-16 code units, its text and, of claims and
/// answers, who says it.
fn write_place(site: &Site, place: SearchedPage, out: &mut String) {
    let entries = place.entries(site);
    let begins: HashSet<usize> = blocks(&entries).into_iter().map(|block| block.start).collect();
    let _ = write!(out, "[{},{},[", quoted(place.path(site)), quoted(place.title(site)));
    let mut before = None;
    for (at, entry) in entries.iter().enumerate() {
        let kind = entry.kind as u8 + if begins.contains(&at) { 8 } else { 0 };
        let within = if before == Some(&entry.within) { "0".to_owned() } else { quoted(&entry.within) };
        before = Some(&entry.within);
        let heading = entry.text[..entry.heading].encode_utf16().count();
        let (anchor, name, text) = (quoted(&entry.anchor), quoted(&entry.name), quoted(&entry.text));
        let _ = write!(out, "{}[{kind},{anchor},{name},{within},{heading},{text}", if at > 0 { "," } else { "" });
        if !entry.said.is_empty() {
            let _ = write!(out, ",{}", quoted(&entry.said));
        }
        out.push(']');
    }
    out.push_str("]]");
}

/// A text as a string of JSON, which is one of JavaScript too (ECMA-262, since 2019).
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A script that hands over values: `casefileSearch.terms(…)`.
fn script(name: &str, values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(Value::to_string).collect();
    format!("casefileSearch.{name}({});\n", values.join(","))
}

/// For each language its tag and name, its first place, and its first one that is no document.
fn languages_of(site: &Site, by_language: &[Vec<SearchedPage>]) -> Vec<Value> {
    let mut first = 0;
    let languages = site.case.languages.iter().zip(by_language);
    languages
        .map(|(language, places)| {
            let documents = places.iter().filter(|place| place.is_document()).count();
            let value = json!([language.tag, language.table.name, first, first + documents]);
            first += places.len();
            value
        })
        .collect()
}

/// What the dialog says, by language.
fn words(site: &Site) -> Value {
    let words = |phrases: &Phrases| {
        json!({
            "placeholder": phrases.search_placeholder,
            "hint": phrases.search_hint,
            "hint_keys": phrases.search_hint_keys,
            "nothing_to_find": phrases.search_nothing_to_find,
            "language": phrases.search_language,
            "all_languages": phrases.search_all_languages,
            "kind": phrases.search_kind,
            "all_kinds": phrases.search_all_kinds,
            "section": phrases.search_section,
            "claim": phrases.search_claim,
            "item": phrases.search_item,
            "event": phrases.search_event,
            "note": phrases.search_note,
            "exhibit": phrases.search_exhibit,
            "link": phrases.search_link,
            "found": phrases.search_found,
            "none": phrases.search_none,
            "none_yet": phrases.search_none_yet,
            "unread": phrases.search_unread,
            "search_on": phrases.search_search_on,
            "show_all": phrases.search_show_all,
        })
    };
    let languages = site.case.languages.iter();
    languages.map(|language| (language.tag.clone(), words(&language.table.phrases))).collect()
}

/// The numbers of the first blocks, and that of the one after all.
fn starts(counts: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let mut next = 0;
    let mut starts = vec![0];
    starts.extend(counts.into_iter().map(|count| {
        next += count;
        next
    }));
    starts
}

/// Cuts a row of things into stretches that are at least `least` in size, but for the last.
fn cut(sizes: &[usize], least: usize) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, own) in sizes.iter().enumerate() {
        size += own;
        if size >= least || at + 1 == sizes.len() {
            stretches.push(start..at + 1);
            (start, size) = (at + 1, 0);
        }
    }
    stretches
}

/// The blocks of a place.
fn blocks(entries: &[SearchEntry]) -> Vec<Range<usize>> {
    let sizes: Vec<usize> = entries.iter().map(|entry| entry.text.len()).collect();
    cut(&sizes, BLOCK)
}

/// How many blocks each place has, and what they hold.
fn index(site: &Site, places: &[SearchedPage]) -> (Vec<u32>, Postings) {
    let mut postings = Postings::default();
    let mut counts = Vec::with_capacity(places.len());
    let mut block = 0;
    for place in places {
        let entries = place.entries(site);
        let blocks = blocks(&entries);
        // A place without text takes a number too: those of the places rise.
        let next = block + (blocks.len() as u32).max(1);
        counts.push(next - block);
        for range in blocks {
            for entry in &entries[range] {
                terms::terms(&folding().fold(&entry.text), |term| postings.add(term, block));
                for strong in [&entry.name, &entry.text[..entry.heading]] {
                    terms::terms(&folding().fold(strong), |term| postings.add_strong(term, block));
                }
            }
            block += 1;
        }
        block = next;
    }
    (counts, postings)
}
