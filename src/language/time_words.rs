//! The words by which times are written, from all languages of a case at once.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::words::fold;

/// A part of a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// 年初, 月初: the first two months, the first five days.
    Start,
    /// 上旬, “early”: the first third.
    Early,
    /// 中旬, 年中, “mid”: the second third.
    Middle,
    /// 下旬, “late”: the last third.
    Late,
    /// 年底, 月底: the last two months, the days from the 25th on.
    End,
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// From December on.
    Winter,
    /// January to March.
    Quarter1,
    /// April to June.
    Quarter2,
    /// July to September.
    Quarter3,
    /// October to December.
    Quarter4,
    /// January to June.
    Half1,
    /// July to December.
    Half2,
}

/// The part `times` of a language's table. Every list may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeWords {
    /// What may stand before a time that opens a block: on, 于.
    pub lead_ins: Vec<String>,
    /// What says before a time that something goes on from then: since, 自.
    pub since: Vec<String>,
    /// What says so after it: onwards, 起.
    pub onwards: Vec<String>,
    /// What says so only where nothing follows at once: 开始.
    pub onwards_alone: Vec<String>,
    /// Words that begin as one of those: 起诉.
    pub not_onwards: Vec<String>,
    /// The end of a range that has none yet: present, 今.
    pub present: Vec<String>,
    /// What may close a range: 间.
    pub after_range: Vec<String>,
    /// What makes a number of days before it a count: 日 before 内.
    pub after_count: Vec<String>,
    /// What a month before it only tells apart: 工资, 号.
    pub of_month: Vec<String>,
    /// Parts of the day that tell no hour: evening.
    pub parts_of_day: Vec<String>,
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
    /// What follows a whole hour: “o’clock”.
    pub o_clock: Vec<String>,
    /// What makes a month or a year less than the whole of it: 上旬, early, autumn.
    pub parts: BTreeMap<Part, Vec<String>>,
    /// Words that begin as such a part does, and are none: 2031年中国, 5月初步.
    pub not_parts: Vec<String>,
    /// Numbers in words, by their value.
    pub numbers: BTreeMap<u32, Vec<String>>,
    /// What makes a number before it one of days later, by the days that one of them has: 天后, weeks later.
    pub days_later: BTreeMap<i8, Vec<String>>,
    /// 去年, by the years before the one as of which the case is told.
    pub years_ago: BTreeMap<i8, Vec<String>>,
    /// What a field is called that tells when: 日期, Date.
    pub fields: Vec<String>,
    /// How the label of a date ends: 开庭日期.
    pub field_ends: Vec<String>,
    /// What makes such a label one of the text itself: 更新.
    pub of_the_text: Vec<String>,
    /// What makes a time after it a bound, or only near: before, “week of”.
    pub bounds: Vec<String>,
    /// What makes a time before it a bound: 之前.
    pub bounds_after: Vec<String>,
    /// What tells a time that cannot be reckoned: 几天后, last week.
    pub vague: Vec<String>,
    /// What the head of an entry holds that may tell another day, whether or not a time is read in it: 天, “weeks”.
    pub hints: Vec<String>,
    /// How such a head ends: 收到通知后.
    pub hint_ends: Vec<String>,
    /// What says, with a zone after it, that all times are in that zone.
    pub all_times: Vec<String>,
    /// Abbreviations of zones, with their offset or the name of their zone in the tz database.
    pub abbreviations: BTreeMap<String, String>,
    /// Abbreviations that mean different zones in different places.
    pub unclear_zones: Vec<String>,
    /// What joins the two ends of a range: 至, to.
    pub through: Vec<String>,
    /// The names of the months, each with its short forms, from January.
    pub months: Vec<Vec<String>>,
    /// The names of the days of the week.
    pub weekdays: Vec<String>,
    /// The month that was named last.
    pub same_month: Vec<String>,
    /// The year that was named last.
    pub same_year: Vec<String>,
    /// The year after that.
    pub next_year: Vec<String>,
    /// The day that was named last.
    pub same_day: Vec<String>,
    /// The day after that.
    pub next_day: Vec<String>,
    /// The words for a zone, by its name in the tz database.
    pub zones: BTreeMap<String, Vec<String>>,
}

impl TimeWords {
    /// The words for a part of a month.
    pub fn parts_of_month(&self) -> impl Iterator<Item = &String> {
        self.parts.iter().filter(|(part, _)| part.is_of_month()).flat_map(|(_, words)| words)
    }

    /// Adds the words of another language.
    pub(super) fn add(&mut self, other: &Self) {
        let lists = [
            (&mut self.lead_ins, &other.lead_ins),
            (&mut self.since, &other.since),
            (&mut self.onwards, &other.onwards),
            (&mut self.onwards_alone, &other.onwards_alone),
            (&mut self.not_onwards, &other.not_onwards),
            (&mut self.present, &other.present),
            (&mut self.after_range, &other.after_range),
            (&mut self.after_count, &other.after_count),
            (&mut self.of_month, &other.of_month),
            (&mut self.parts_of_day, &other.parts_of_day),
            (&mut self.about_before, &other.about_before),
            (&mut self.about_after, &other.about_after),
            (&mut self.morning, &other.morning),
            (&mut self.noon, &other.noon),
            (&mut self.afternoon, &other.afternoon),
            (&mut self.night, &other.night),
            (&mut self.o_clock, &other.o_clock),
            (&mut self.not_parts, &other.not_parts),
            (&mut self.fields, &other.fields),
            (&mut self.field_ends, &other.field_ends),
            (&mut self.of_the_text, &other.of_the_text),
            (&mut self.bounds, &other.bounds),
            (&mut self.bounds_after, &other.bounds_after),
            (&mut self.vague, &other.vague),
            (&mut self.hints, &other.hints),
            (&mut self.hint_ends, &other.hint_ends),
            (&mut self.all_times, &other.all_times),
            (&mut self.unclear_zones, &other.unclear_zones),
            (&mut self.through, &other.through),
            (&mut self.weekdays, &other.weekdays),
            (&mut self.same_month, &other.same_month),
            (&mut self.same_year, &other.same_year),
            (&mut self.next_year, &other.next_year),
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
        add_each(&mut self.zones, &other.zones);
        add_each(&mut self.parts, &other.parts);
        add_each(&mut self.numbers, &other.numbers);
        add_each(&mut self.days_later, &other.days_later);
        add_each(&mut self.years_ago, &other.years_ago);
        let folded = |(name, offset): (&String, &String)| (fold(name), offset.clone());
        self.abbreviations.extend(other.abbreviations.iter().map(folded));
    }
}

fn add_each<K: Ord + Clone>(words: &mut BTreeMap<K, Vec<String>>, more: &BTreeMap<K, Vec<String>>) {
    for (key, more) in more {
        add(words.entry(key.clone()).or_default(), more);
    }
}

/// Adds words folded, and keeps the longest first, so that the first that fits is the one meant.
pub(super) fn add(words: &mut Vec<String>, more: &[String]) {
    words.extend(more.iter().map(|word| fold(word)));
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
}
