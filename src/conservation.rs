//! The law of conservation: every letter and digit of a source is shown, once and in its order, or is one of the exceptions
//! of [`exception::EXCEPTIONS`].
//!
//! Nothing here knows the parser or the pages. A source is read again as plain text, by the small scanners of the
//! exceptions, so that what the parser loses or makes up cannot be overlooked here for the same reason.

pub mod exception;
pub mod lost_text;

use std::collections::BTreeMap;
use std::ops::Range;

use exception::{Names, Passage, Take};

/// One sign of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A letter or digit.
    Letter(char),
    /// What is shown from here up to that index may be the program's.
    Either(usize),
    /// What is shown from here up to that index is the formula of the author's that stands here.
    Formula(usize),
}

/// Whether a character counts: marks of Markdown, punctuation and spaces may change.
pub fn counts(c: char) -> bool {
    c.is_alphanumeric()
}

/// The letters and digits of a text as they are shown.
pub fn signs(text: &str) -> impl Iterator<Item = Sign> {
    text.chars().filter(|&c| counts(c)).map(Sign::Letter)
}

/// Where a source and what is shown part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breach {
    /// The byte of the source from which on nothing fits.
    pub at: usize,
    /// The index of what is shown there instead.
    pub shown: usize,
}

/// A source that is compared with what is shown of it.
pub struct Original<'a> {
    text: &'a str,
    names: Names,
}

impl<'a> Original<'a> {
    /// A source with that text.
    pub fn new(text: &'a str) -> Self {
        Self { text, names: Names::default() }
    }

    /// Compares a part of the source with what is shown of it. `told` are the places about which a finding tells the author
    /// that something is left out, in their order and apart from each other.
    ///
    /// # Errors
    /// Where the two part: the furthest place to which any reading of the source goes.
    pub fn compare(&self, range: Range<usize>, shown: &[Sign], told: &[Range<usize>]) -> Result<(), Breach> {
        let passages = exception::passages(self.text, &self.names, range.clone());
        let first = told.partition_point(|told| told.end <= range.start);
        compare(self.text, range, shown, &passages, &told[first..])
    }
}

fn compare(
    text: &str,
    range: Range<usize>,
    shown: &[Sign],
    passages: &[Passage],
    told: &[Range<usize>],
) -> Result<(), Breach> {
    let mut passages = passages.iter().peekable();
    let mut told = told.iter().peekable();
    let most = (MAX_STEPS / range.len().max(1)).clamp(MIN_READINGS, MAX_READINGS);
    let mut here = Readings { places: Vec::new(), most };
    here.arrive(0, shown);
    let mut later: BTreeMap<usize, Readings> = BTreeMap::new();
    let mut furthest = Breach { at: range.start, shown: 0 };
    let mut before: Vec<usize> = Vec::new();
    for (offset, c) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        while let Some(entry) = later.first_entry().filter(|entry| *entry.key() <= at) {
            here.join(entry.remove(), shown);
        }
        while let Some(passage) = passages.next_if(|passage| passage.from <= at) {
            take(passage, &here, shown, text, &mut later);
        }
        if let Some(reached) = here.places.last().map(|&shown| Breach { at, shown })
            && reached.shown >= furthest.shown
        {
            furthest = reached;
        }
        if counts(c) {
            while told.next_if(|told| told.end <= at).is_some() {}
            let may_go = told.peek().is_some_and(|told| told.start <= at);
            std::mem::swap(&mut here.places, &mut before);
            for place in before.drain(..) {
                if may_go {
                    here.arrive(place, shown);
                }
                if shown.get(place) == Some(&Sign::Letter(c)) {
                    here.arrive(place + 1, shown);
                }
            }
            if here.places.is_empty() && later.is_empty() {
                return Err(furthest);
            }
        }
    }
    later.into_values().for_each(|readings| here.join(readings, shown));
    if here.places.contains(&shown.len()) {
        return Ok(());
    }
    let reached = here.places.last().map(|&shown| Breach { at: range.end, shown });
    Err(reached.filter(|reached| reached.shown >= furthest.shown).unwrap_or(furthest))
}

/// How many readings are followed at a time, the furthest ones: fewer in a long text, so that all their steps are no more
/// than [`MAX_STEPS`]. It bounds the time that text takes that was written to have very many of them; such text may be
/// reported though it is all there.
const MAX_READINGS: usize = 256;
const MIN_READINGS: usize = 16;
const MAX_STEPS: usize = 32_000_000;

/// How many pieces that may be the program's are passed over at one place of the source.
const MAX_PASSED: usize = 64;

/// The readings of a source up to one of its bytes.
struct Readings {
    /// To which index of what is shown each has come, in their order.
    places: Vec<usize>,
    /// How many are followed: the furthest.
    most: usize,
}

impl Readings {
    /// Notes that a reading has come to `place`, and past what may be the program's.
    fn arrive(&mut self, place: usize, shown: &[Sign]) {
        if self.note(place) {
            self.pass(place, shown, MAX_PASSED);
        }
    }

    /// Goes from `place` past what may be the program's.
    fn pass(&mut self, place: usize, shown: &[Sign], left: usize) {
        if let Some(&Sign::Either(end)) = shown.get(place).filter(|_| left > 0) {
            for next in [place + 1, end] {
                if self.note(next) {
                    self.pass(next, shown, left - 1);
                }
            }
        }
    }

    /// Adds a place if it is new and among the furthest.
    fn note(&mut self, place: usize) -> bool {
        let at = match self.places.last() {
            Some(&last) if last >= place => match self.places.binary_search(&place) {
                Ok(_) => return false,
                Err(at) => at,
            },
            _ => self.places.len(),
        };
        if self.places.len() == self.most {
            // What is further back than all that are followed is followed no more.
            if at == 0 {
                return false;
            }
            self.places.remove(0);
            self.places.insert(at - 1, place);
        } else {
            self.places.insert(at, place);
        }
        true
    }

    /// Takes in readings that come from further back.
    fn join(&mut self, others: Self, shown: &[Sign]) {
        let mut all = Vec::with_capacity(self.places.len() + others.places.len());
        let mut own = self.places.iter().copied().peekable();
        for &place in &others.places {
            all.extend(std::iter::from_fn(|| own.next_if(|&own| own < place)));
            own.next_if_eq(&place);
            all.push(place);
        }
        all.extend(own);
        all.drain(..all.len().saturating_sub(self.most));
        self.places = all;
        others.places.iter().for_each(|&place| self.pass(place, shown, MAX_PASSED));
    }
}

/// Goes through an exception from each of the places that readings have come to.
fn take(passage: &Passage, here: &Readings, shown: &[Sign], text: &str, later: &mut BTreeMap<usize, Readings>) {
    for &place in &here.places {
        let end = match &passage.take {
            Take::Nothing => Some(place),
            Take::Letter(c) => (shown.get(place) == Some(&Sign::Letter(*c))).then_some(place + 1),
            Take::Named => match shown.get(place) {
                Some(Sign::Letter(c)) if !c.is_ascii() => Some(place + 1),
                _ => None,
            },
            Take::Formula => match shown.get(place) {
                Some(Sign::Formula(end)) if same_formula(&text[passage.from..passage.to], &shown[place + 1..*end]) => {
                    Some(*end)
                }
                _ => None,
            },
        };
        let Some(end) = end else { continue };
        later.entry(passage.to).or_insert_with(|| Readings { places: Vec::new(), most: here.most }).note(end);
    }
}

/// Whether a formula shows the digits of what is written, and the letters too where it has no commands. Their order may
/// change: an exponent stands behind an index.
fn same_formula(written: &str, shown: &[Sign]) -> bool {
    let has_commands = written.contains('\\');
    let kept = |c: &char| c.is_ascii_digit() || (counts(*c) && !has_commands);
    let mut written: Vec<char> = written.chars().filter(kept).collect();
    let letter = |sign: &Sign| if let Sign::Letter(c) = sign { Some(plain_digit(*c)) } else { None };
    let mut shown: Vec<char> = shown.iter().filter_map(letter).filter(kept).collect();
    written.sort_unstable();
    shown.sort_unstable();
    written == shown
}

/// A digit in the type of mathematics (Unicode, U+1D7CE to U+1D7FF: five rows of ten) as a plain one, and any other
/// character as it is.
fn plain_digit(c: char) -> char {
    match c {
        '\u{1d7ce}'..='\u{1d7ff}' => char::from(b'0' + ((c as u32 - 0x1d7ce) % 10) as u8),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where source and page part, by what stands there in the source.
    fn parts<'a>(source: &'a str, page: &str) -> Option<&'a str> {
        let shown: Vec<Sign> = signs(page).collect();
        Original::new(source).compare(0..source.len(), &shown, &[]).err().map(|breach| &source[breach.at..])
    }

    fn holds(source: &str, page: &str) {
        assert_eq!(parts(source, page), None, "{source:?} as {page:?}");
    }

    fn broken(source: &str, page: &str) {
        assert!(parts(source, page).is_some(), "{source:?} as {page:?}");
    }

    #[test]
    fn what_is_lost_added_repeated_or_moved_is_found_where_it_stands() {
        holds("一 **二** 三", "一二三");
        assert_eq!(parts("一 **二** 三", "一三"), Some("二** 三"));
        assert_eq!(parts("甲乙丙", "甲丙乙"), Some("乙丙"));
        for page in ["甲乙丙丁", "甲甲乙丙", "甲乙乙丙", "甲乙", "乙丙", ""] {
            broken("甲乙丙", page);
        }
        broken("100~200元，300~400元", "100200元300");
    }

    #[test]
    fn digits_in_the_type_of_mathematics_are_digits() {
        let shown: Vec<Sign> = signs("𝟏A𝟘").collect();
        assert!(same_formula(r"\mathbf{1}_{A}\mathbb{0}", &shown));
        assert!(!same_formula(r"\mathbf{2}_{A}\mathbb{0}", &shown));
    }

    #[test]
    fn each_exception_may_be_left_out_and_only_it() {
        for exception in exception::EXCEPTIONS {
            for (source, page) in exception.examples {
                holds(source, page);
            }
            for (source, page) in exception.near {
                broken(source, page);
            }
        }
    }

    #[test]
    fn what_a_finding_tells_of_may_be_left_out() {
        let (source, shown) = ("甲乙丙", signs("甲丙").collect::<Vec<_>>());
        let second = source.find('乙').unwrap();
        let original = Original::new(source);
        assert!(original.compare(0..source.len(), &shown, std::slice::from_ref(&(second..second + 3))).is_ok());
        assert!(original.compare(0..source.len(), &shown, std::slice::from_ref(&(0..3))).is_err());
    }
}
