//! The words by which times are written, from all languages of a case at once.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::lexicon::fold;

/// The part `times` of a language's table. Every list may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeWords {
    /// What may stand before a time that opens a block: on, 于.
    pub lead_ins: Vec<String>,
    /// What says before a time that it is not exact: about, 约.
    pub about_before: Vec<String>,
    /// What says so after it: 左右.
    pub about_after: Vec<String>,
    /// Words for hours that are told as they are: 上午, a.m.
    pub morning: Vec<String>,
    /// 中午: 11 and 12 as they are, 1 and 2 after noon.
    pub noon: Vec<String>,
    /// Words for hours after noon: 下午, p.m.
    pub afternoon: Vec<String>,
    /// Words for hours of the night: those from 6 on are before midnight.
    pub night: Vec<String>,
    /// 上旬, early: what makes a month less than the whole of it.
    pub parts_of_month: Vec<String>,
    /// What joins the two ends of a range: 至, to.
    pub through: Vec<String>,
    /// The names of the months, each with its short forms, from January.
    pub months: Vec<Vec<String>>,
    /// The names of the days of the week.
    pub weekdays: Vec<String>,
    /// The day that was named last.
    pub same_day: Vec<String>,
    /// The day after that.
    pub next_day: Vec<String>,
    /// The words for a zone, by its name in the tz database.
    pub zones: BTreeMap<String, Vec<String>>,
}

impl TimeWords {
    /// Adds the words of another language.
    pub(super) fn add(&mut self, other: &Self) {
        let lists = [
            (&mut self.lead_ins, &other.lead_ins),
            (&mut self.about_before, &other.about_before),
            (&mut self.about_after, &other.about_after),
            (&mut self.morning, &other.morning),
            (&mut self.noon, &other.noon),
            (&mut self.afternoon, &other.afternoon),
            (&mut self.night, &other.night),
            (&mut self.parts_of_month, &other.parts_of_month),
            (&mut self.through, &other.through),
            (&mut self.weekdays, &other.weekdays),
            (&mut self.same_day, &other.same_day),
            (&mut self.next_day, &other.next_day),
        ];
        for (words, more) in lists {
            add(words, more);
        }
        self.months.resize(self.months.len().max(other.months.len()), Vec::new());
        for (words, more) in self.months.iter_mut().zip(&other.months) {
            add(words, more);
        }
        for (zone, more) in &other.zones {
            add(self.zones.entry(zone.clone()).or_default(), more);
        }
    }
}

/// Adds words folded, and keeps the longest first, so that the first that fits is the one meant.
pub(super) fn add(words: &mut Vec<String>, more: &[String]) {
    words.extend(more.iter().map(|word| fold(word)));
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
}
