//! What happened when: the events of a timeline.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use percent_encoding::percent_decode_str;

use crate::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::gap::Dated;
use crate::document::label::{self, Bracket};
use crate::document::section::SectionId;
use crate::document::time::{self, Fault, Moment, Part, Precision};
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{Document, Time, TimeId, section};
use crate::language::alphabet::is_unspaced;
use crate::language::lexicon::Lexicon;
use crate::language::words::first_sentence;
use crate::language::words::fold;
use crate::list_of;
use crate::source::{Source, Span};

index_type! {
    /// An event of a document.
    EventId of Event
}

/// An event: a heading, list item, paragraph, row or line that opens with a time.
#[derive(Debug)]
pub struct Event {
    /// The block, or the first node of the line.
    pub block: NodeId,
    /// One past the last node that belongs to it.
    pub end: NodeId,
    /// Which of the document's times opens it.
    pub time: TimeId,
    /// When, or from when, on the clock of its zone: the first instant of what is told.
    pub start: DateTime,
    /// The first moment after all that the start may mean: a day for a day, so that events of different precision compare.
    pub covers: DateTime,
    /// Up to when.
    pub until: Option<DateTime>,
    /// Whether it goes on without an end that is told: 起, 至今, since.
    pub open_end: bool,
    /// How exactly the start is told.
    pub precision: Precision,
    /// How exactly the end is told.
    pub until_precision: Precision,
    /// The part of the month or year that is meant, which its numbers do not tell: 年底, “early May”.
    pub part: Option<Part>,
    /// Whether a word such as 左右 or “about” stands beside it.
    pub approximate: bool,
    /// The zone that the author names.
    pub zone: Option<TimeZone>,
    /// Whether something stands where a zone would, and is none: then that of the case is not meant either.
    pub zone_unclear: bool,
    /// The section it stands in; for a heading the one it opens.
    pub section: Option<SectionId>,
    /// What happened: the first sentence after the time, or else of what stands below it.
    pub title: String,
}

impl Event {
    /// Whether it tells the time of day.
    pub fn has_clock(&self) -> bool {
        self.precision >= Precision::Hour
    }

    /// Its own zone or else that of the case; none if neither is known.
    pub fn zone_in<'a>(&'a self, case: Option<&'a TimeZone>) -> Option<&'a TimeZone> {
        self.zone.as_ref().or(case).filter(|_| !self.zone_unclear)
    }

    /// The first instant, in its own zone or else in that of the case; none if neither is known.
    pub fn instant(&self, case: Option<&TimeZone>) -> Option<jiff::Timestamp> {
        let zone = self.zone_in(case)?;
        zone.to_ambiguous_timestamp(self.start).compatible().ok()
    }
}

/// An entry of a timeline that looks dated, and whose time is not known.
#[derive(Debug)]
pub struct Undated {
    /// The block, or the first node of the line.
    pub block: NodeId,
    /// Which of the document's times it is.
    pub time: TimeId,
    /// How many events stand before it in the text.
    pub after: usize,
    /// What it says happened.
    pub title: String,
}

/// A heading that names the time of the events below it.
#[derive(Debug)]
pub struct DatedHeading {
    /// The heading.
    pub block: NodeId,
    /// The first instant of what is told.
    pub start: DateTime,
    /// How exactly it is told.
    pub precision: Precision,
}

/// What a document tells of what happened when.
#[derive(Debug, Default)]
pub struct Timeline {
    /// The events in the order of the text.
    pub events: Vec<Event>,
    /// What looks dated and was not read, in the order of the text.
    pub undated: Vec<Undated>,
    /// The headings that only say when the events below them were.
    pub headings: Vec<DatedHeading>,
}

/// A span of months beyond which an entry that goes back without a year may belong to the year after.
const YEAR_IS_OPEN_DAYS: i32 = 180;

/// The hour in which the night ends.
const MORNING: i8 = 6;

/// How many Latin letters at the head of an entry may tell its day; a third of them where each is a word.
const MAX_HEAD: usize = 24;

/// How long after the day of a document its first entry may be, if it has its year from there: such a text is added to.
const MAX_DAYS_AFTER: i32 = 60;

/// Reads the events of a document. What a time leaves unsaid (the year of `3月21日`, the day of `14:20`) it has from the
/// heading it stands under, or else from the event before, as long as no entry stands between whose time was not read.
pub fn of(document: &Document, source: &Source, lexicon: &Lexicon, as_of: Option<Date>) -> Timeline {
    let named = Named::of(document, source, lexicon);
    let (headed, found) = (Vec::new(), Timeline::default());
    let (last, gaps, lost) = (None, 0, Dated::No);
    let mut reader = Reader {
        document,
        source,
        lexicon,
        as_of,
        named,
        last,
        last_block: 0,
        block: 0,
        gaps,
        lost,
        day_part: None,
        headed,
        found,
    };
    for (index, time) in TimeId::each(&document.times) {
        if let Some(block) = time.opens {
            reader.entry(index, time, block);
        }
    }
    reader.found.events.sort_by_key(|event| event.block);
    reader.found
}

struct Reader<'a> {
    document: &'a Document,
    source: &'a Source,
    lexicon: &'a Lexicon,
    as_of: Option<Date>,
    /// What the document names before its first entry.
    named: Named,
    /// The day that was named last, and how exactly.
    last: Option<(Date, Precision)>,
    /// The block of the entry that named it, and that of the entry which is being read.
    last_block: NodeId,
    block: NodeId,
    /// How many of the document's gaps stand before.
    gaps: usize,
    /// What of the time that was named last is withheld.
    lost: Dated,
    /// Below a heading that names one whole day: where its section ends, and the part of the day that was named last.
    day_part: Option<(NodeId, usize)>,
    /// The headings above, each with the end of its section and what it tells.
    headed: Vec<(NodeId, (Date, Precision))>,
    found: Timeline,
}

impl Reader<'_> {
    fn entry(&mut self, index: TimeId, time: &Time, block: NodeId) {
        self.block = block;
        while self.headed.pop_if(|(end, _)| *end <= block).is_some() {}
        self.pass_gaps(time.span.start);
        let title = title(self.document, self.source, time, self.lexicon);
        let is_heading = matches!(self.document.tree.get(block).kind, NodeKind::Heading(_));
        // 当夜 as the title of a section dates nothing.
        let is_relative = |time: &Time| time.expression.as_ref().is_ok_and(|told| told.start.days_later.is_some());
        if is_heading && title.is_empty() && is_relative(time) {
            return;
        }
        if self.is_remark(time, block) {
            return;
        }
        let part = self.part_of_day(time);
        let is_known =
            part.is_none_or(|part| self.day_part.is_some_and(|(reach, before)| block < reach && before <= part));
        let read = time.expression.as_ref().ok().filter(|_| is_known).and_then(|expression| {
            let covered = self.covers(&expression.start)?;
            let Some(end) = &expression.end else { return Some((expression, covered, None)) };
            // What ends before it begins, or nobody knows when, was not read.
            let until = end_after(end, covered.start, self.as_of).filter(|until| until.end > covered.start)?;
            Some((expression, covered, Some(until.start)))
        });
        let Some((expression, covered, until)) = read else {
            self.found.undated.push(Undated { block, time: index, after: self.found.events.len(), title });
            // The year may still be that of the entry before; the day is not known any more.
            self.last = self.last.map(|(date, _)| (date, Precision::Year));
            return;
        };
        let start = covered.start;
        let precision = expression.start.precision();
        let told = (start.date(), precision);
        let (section, end) = extent(self.document, block, time);
        let reach = match section.filter(|_| is_heading) {
            Some(section) => section::reach(&self.document.sections, section),
            None => end,
        };
        if is_heading {
            self.headed.push((reach, told));
            // In the evening of a day begins no morning of it.
            let is_whole = precision == Precision::Day && until.is_none() && self.names_no_part(time);
            self.day_part = is_whole.then_some((reach, 0));
        } else if let Some((_, last)) = &mut self.day_part {
            let of_clock = [12, 13, 18].iter().filter(|&&hour| start.hour() >= hour).count();
            *last = part.unwrap_or(if precision >= Precision::Hour { of_clock } else { *last });
        }
        (self.last, self.last_block) = (Some(told), block);
        self.lost = Dated::No;
        let mut event = Event {
            block,
            end,
            time: index,
            start,
            covers: covered.end,
            until,
            open_end: expression.open_end,
            precision,
            until_precision: expression.end.map_or(precision, |end| end.precision()),
            part: expression.start.part,
            approximate: expression.approximate,
            zone: expression.zone.as_ref().map(|zone| zone.time_zone()),
            zone_unclear: time.no_zone.is_some(),
            section,
            title,
        };
        if !event.title.is_empty() {
            self.found.events.push(event);
            return;
        }
        if matches!(self.document.tree.get(block).kind, NodeKind::Row { .. }) {
            // Where the date stands in the last column, the words stand before it.
            event.title = self.words_before(time, block);
            if event.title.is_empty() {
                event.title = self.shown_in(time, block..end).unwrap_or_default();
            }
            if !event.title.is_empty() {
                self.found.events.push(event);
            }
            return;
        }
        if let Some(heading) = self.heading_of_field(time, block) {
            let section = self.document.section(heading);
            (event.block, event.end, event.section) = (section.node, section.end, Some(heading));
            event.title = section.title.to_string();
            self.found.events.push(event);
            return;
        }
        let below = if is_heading { block + 1..reach } else { self.below(block, end) };
        let words = match is_heading || !self.opens_within(below.clone()) {
            true => self.first_words(below.clone(), &event).or_else(|| self.shown_in(time, block..below.end.max(end))),
            false => None,
        };
        match words {
            Some(title) => {
                event.title = title;
                if !is_heading {
                    event.end = event.end.max(below.end);
                }
                self.found.events.push(event);
            }
            // It only says when the events below it were.
            None if is_heading => self.found.headings.push(DatedHeading { block, start, precision }),
            None => {}
        }
    }

    /// Which part of the day an entry begins with that tells no other time, in their order: 上午, “in the evening”.
    fn part_of_day(&self, time: &Time) -> Option<usize> {
        let moment = time.expression.as_ref().ok()?.start;
        if moment.days_later != Some(0) || moment.hour.is_some() {
            return None;
        }
        let written = fold(self.source.slice(time.span));
        let words = &self.lexicon.times;
        let parts = [&words.morning, &words.noon, &words.afternoon, &words.night];
        let begins = parts.iter().position(|words| words.iter().any(|word| written.starts_with(word.as_str())));
        let named = || ["morning", "noon", "afternoon"].iter().position(|word| written.contains(word));
        let is_latin = words.parts_of_day.iter().any(|word| written.contains(word.as_str()));
        begins.or_else(|| is_latin.then(|| named().unwrap_or(3)))
    }

    /// Whether a time names no part of its day.
    fn names_no_part(&self, time: &Time) -> bool {
        let words = &self.lexicon.times;
        let written = fold(self.source.slice(time.span));
        let mut parts = [&words.morning, &words.noon, &words.afternoon, &words.night].into_iter().flatten();
        !parts.any(|word| !word.is_ascii() && written.contains(word.as_str()))
            && !words.parts_of_day.iter().any(|word| written.contains(word.as_str()))
    }

    /// Forgets what the gaps before byte `at` would have told.
    fn pass_gaps(&mut self, at: u32) {
        while let Some(gap) = self.document.gaps.get(self.gaps).filter(|gap| gap.span.start < at) {
            self.lost = self.lost.max(gap.dated);
            self.gaps += 1;
        }
    }

    /// Whether what a moment leaves unsaid would be that of something withheld.
    fn is_lost(&self, moment: &Moment) -> bool {
        let is_full = moment.is_full() || moment.years_ago.is_some();
        let counts_from_last = moment.days_later.is_some() || self.headed.is_empty();
        counts_from_last
            && match self.lost {
                Dated::No => false,
                Dated::WithoutYear => !is_full && (moment.needs_day() || moment.month.is_none()),
                Dated::WithYear => !is_full,
            }
    }

    /// What the cells of a row say before the one with the date.
    fn words_before(&self, time: &Time, row: NodeId) -> String {
        let tree = &self.document.tree;
        let cells = tree.below(row).filter(|(_, node)| matches!(node.kind, NodeKind::Cell { .. }));
        let before = cells.filter(|(_, node)| node.span.end <= time.span.start);
        let text: Vec<String> = before.map(|(id, _)| tree.text(self.source, id)).collect();
        let text = text.join(" ");
        // A running number is no event.
        if text.contains(char::is_alphabetic) { words(&text, self.lexicon) } else { String::new() }
    }

    /// Whether a date behind the words only tells of something beside what happened: in a list below an entry with a day.
    fn is_remark(&self, time: &Time, block: NodeId) -> bool {
        let tree = &self.document.tree;
        let before = Span { start: time.words.start.min(time.span.start), end: time.span.start };
        let is_behind = self.source.slice(before).contains(char::is_alphabetic);
        if !is_behind {
            return false;
        }
        // A paragraph without a date at its head goes on with the entry before.
        if matches!(tree.get(block).kind, NodeKind::Paragraph { .. }) {
            return time.expression.is_err() && !self.found.events.is_empty();
        }
        if !matches!(tree.get(block).kind, NodeKind::Item { .. }) {
            return false;
        }
        let of_title = self.document.title_section.map(|title| self.document.section(title).node);
        let below_heading = self
            .found
            .headings
            .iter()
            .map(|heading| (heading.block, heading.precision))
            .chain(self.found.events.iter().map(|event| (event.block, event.precision)));
        let reaches = |heading: NodeId| match tree.get(heading).kind {
            NodeKind::Heading(section) if Some(heading) != of_title => {
                section::reach(&self.document.sections, section) > block
            }
            _ => false,
        };
        let is_day = |precision: Precision| precision >= Precision::Day;
        if !self.headed.is_empty() && below_heading.into_iter().any(|(at, told)| is_day(told) && reaches(at)) {
            return true;
        }
        let Some(before) = self.found.events.last().filter(|event| is_day(event.precision)) else { return false };
        if matches!(tree.get(before.block).kind, NodeKind::Item { .. }) {
            return block < tree.get(before.block).end;
        }
        let end = tree.get(self.document.times[before.time].block).end;
        let is_list = |kind: NodeKind| matches!(kind, NodeKind::Bullets { .. } | NodeKind::Numbers { .. });
        end < tree.len() && is_list(tree.get(end).kind) && block < tree.get(end).end
    }

    /// What a time may mean here; none if what it leaves unsaid is not known.
    fn covers(&self, moment: &Moment) -> Option<std::ops::Range<DateTime>> {
        let covered = self.follows(moment)?;
        // In `23:00 …`, `00:45 …` it may be past midnight: the day is for the author to tell.
        let is_night = moment.needs_day() && moment.hour.is_some() && covered.start.hour() < MORNING;
        let before = self.found.events.last().filter(|event| is_night && event.has_clock());
        let hours_back = before.map_or(0, |event| event.start.duration_since(covered.start).as_hours());
        (!(12..24).contains(&hours_back)).then_some(covered)
    }

    /// What a moment means behind what stands before it.
    fn follows(&self, moment: &Moment) -> Option<std::ops::Range<DateTime>> {
        if self.is_lost(moment) {
            return None;
        }
        let above = self.headed.last().map(|&(_, told)| told);
        // Below a heading that names a day, “the next day” counts from the event before all the same.
        let before = if moment.days_later.is_some() { self.last.or(above) } else { above.or(self.last) };
        if before.is_none() {
            return self.covers_by_document(moment);
        }
        let counts_from_last = moment.days_later.is_some() || (above.is_none() && moment.needs_day());
        let mut before = before;
        if counts_from_last && self.last.is_some() && self.passes_undated() {
            // 同日 below a heading that names a day is that day, whatever stands between.
            let of_heading = above.filter(|(_, precision)| *precision == Precision::Day);
            before = of_heading.filter(|_| moment.days_later == Some(0));
            before?;
        }
        // The day after “May 2031” is no day.
        let before = before.filter(|(_, precision)| !moment.needs_day() || *precision >= Precision::Day);
        let covered = moment.covers(before.map(|(date, _)| date), self.as_of)?;
        // After December comes January: of which year, only the author can tell.
        let without_year = moment.month.is_some() && moment.year.is_none() && moment.years_ago.is_none();
        let back = before.filter(|_| without_year).and_then(|(date, _)| covered.start.date().until(date).ok());
        back.is_none_or(|back| back.get_days() <= YEAR_IS_OPEN_DAYS).then_some(covered)
    }

    /// Whether an entry stands between the one that named the last day and this one which may tell of another day, though no
    /// time was read in it: “Some time in summer”, “Day 3”, 民国113年.
    fn passes_undated(&self) -> bool {
        let tree = &self.document.tree;
        let last = tree.get(self.last_block);
        let is_below_heading = matches!(last.kind, NodeKind::Heading(_));
        let is_entry = |id: NodeId, kind: &NodeKind| match kind {
            NodeKind::Heading(_) => true,
            NodeKind::Item { .. } | NodeKind::Row { .. } => !is_below_heading,
            // What begins an item is the item's.
            NodeKind::Paragraph { .. } => {
                !is_below_heading && !matches!(tree.get(id.saturating_sub(1)).kind, NodeKind::Item { .. })
            }
            _ => false,
        };
        let between = last.end.max(self.last_block + 1)..self.block;
        // What stands around this entry is not before it.
        let mut entries = between.filter(|&id| tree.get(id).end <= self.block && is_entry(id, &tree.get(id).kind));
        entries.any(|id| {
            let text = tree.text(self.source, id);
            let len = if text.contains(is_unspaced) { MAX_HEAD / 3 } else { MAX_HEAD };
            let head: String = text.chars().take(len).take_while(|c| !"，。；：\n".contains(*c)).collect();
            let head = fold(&head);
            let times = &self.lexicon.times;
            holds_figure_of_date(&head)
                || times.hints.iter().any(|hint| holds_hint(&head, hint))
                || times.hint_ends.iter().any(|end| head.len() > end.len() && head.ends_with(end.as_str()))
        })
    }

    /// What the first times of a timeline mean by the one day or year that the document names above them.
    fn covers_by_document(&self, moment: &Moment) -> Option<std::ops::Range<DateTime>> {
        if moment.is_full() || moment.years_ago.is_some() {
            return moment.covers(None, self.as_of);
        }
        if moment.needs_day() {
            let day = self.named.day.filter(|_| moment.days_later.is_none())?;
            return moment.covers(Some(day), self.as_of);
        }
        let date = self.named.date.filter(|_| moment.month.is_some())?;
        let covered = moment.covers(Some(date), self.as_of)?;
        let before = covered.start.date().until(date).ok()?.get_days();
        (-MAX_DAYS_AFTER..=YEAR_IS_OPEN_DAYS).contains(&before).then_some(covered)
    }

    /// Whether a time in one of these blocks opens an event.
    fn opens_within(&self, blocks: std::ops::Range<NodeId>) -> bool {
        let times = &self.document.times;
        let from = times.partition_point(|time| time.block < blocks.start);
        times[from..].iter().take_while(|time| time.block < blocks.end).any(|time| time.opens.is_some())
    }

    /// The section whose heading `日期：2031年5月4日` dates, if it is the only date in it.
    fn heading_of_field(&self, time: &Time, block: NodeId) -> Option<SectionId> {
        let tree = &self.document.tree;
        let before = Span { start: tree.get(block).span.start, end: time.span.start };
        if !self.source.slice(before).contains([':', '：']) {
            return None;
        }
        let heading = self.document.section_at(block.checked_sub(1)?)?;
        let section = self.document.section(heading);
        let reach = section::reach(&self.document.sections, heading);
        let alone = !self.opens_within(section.node..time.block) && !self.opens_within(time.block + 1..reach);
        (alone && self.document.title_section != Some(heading)).then_some(heading)
    }

    /// What stands below a date that fills a block: the rest of the item, or the block after the paragraph.
    fn below(&self, block: NodeId, end: NodeId) -> std::ops::Range<NodeId> {
        let tree = &self.document.tree;
        match tree.get(block).kind {
            NodeKind::Paragraph { .. } if end < tree.len() && !matches!(tree.get(end).kind, NodeKind::Heading(_)) => {
                end..tree.get(end).end
            }
            NodeKind::Item { .. } => tree.get(block + 1).end..end,
            _ => end..end,
        }
    }

    /// The first sentence among these nodes; none if it belongs to an event of its own. What begins with a date outside of
    /// the day of its heading only speaks of it: 12月8日 above “1月11日通报中最早的病例”.
    fn first_words(&self, nodes: std::ops::Range<NodeId>, above: &Event) -> Option<String> {
        let tree = &self.document.tree;
        let is_text = |kind: &NodeKind| {
            matches!(
                kind,
                NodeKind::Paragraph { .. } | NodeKind::Heading(_) | NodeKind::Cell { .. } | NodeKind::Caption
            )
        };
        let mut blocks = nodes.filter(|&id| is_text(&tree.get(id).kind)).map(|id| (id, tree.text(self.source, id)));
        let (id, text) = blocks.find(|(_, text)| !text.trim().is_empty())?;
        let opens = self.opens_within(id..id + 1) && !self.speaks_of_other_day(id, above);
        Some(words(&text, self.lexicon)).filter(|words| !opens && !words.is_empty())
    }
}

impl Reader<'_> {
    /// What a picture shows, or where a link leads, in an entry that has no words: a dated screenshot. None where entries
    /// stand below the time that have words of their own.
    fn shown_in(&self, time: &Time, nodes: std::ops::Range<NodeId>) -> Option<String> {
        if self.opens_within(time.block + 1..nodes.end) {
            return None;
        }
        let name = |url: &str| {
            let path = url.split(['#', '?']).next().unwrap_or(url).trim_end_matches('/');
            path.rsplit('/').next().unwrap_or(path).to_owned()
        };
        let within = |node: NodeId| nodes.contains(&node);
        let image = self.document.images.iter().find(|image| within(image.node));
        let picture = image.map(|image| match image.alt.trim() {
            "" => percent_decode_str(&name(&image.url)).decode_utf8_lossy().into_owned(),
            alt => words(alt, self.lexicon),
        });
        let link = self.document.links.iter().find(|link| within(link.node) && !link.url.starts_with('#'));
        let address = link.map(|link| link.url.split_once("://").map_or(&*link.url, |(_, rest)| rest).to_owned());
        picture.or(address).filter(|words| !words.is_empty())
    }
}

/// What a document says of the time of all that it tells, before its first entry.
#[derive(Debug, Default)]
struct Named {
    /// The one day of its title, of another heading or of a field such as 日期.
    day: Option<Date>,
    /// A day about which it was written, whose year is that of the entries near it: also that of its front matter and name.
    date: Option<Date>,
}

impl Named {
    fn of(document: &Document, source: &Source, lexicon: &Lexicon) -> Self {
        let opens_entry = |time: &Time| {
            time.opens.is_some_and(|block| !matches!(document.tree.get(block).kind, NodeKind::Heading(_)))
        };
        let first = document.times.iter().position(opens_entry).unwrap_or(document.times.len());
        // What is withheld above the first entry may have named another day.
        let begins = document.times.get(first).map_or(u32::MAX, |time| time.span.start);
        if document.gaps.iter().any(|gap| gap.span.start < begins) {
            return Self::default();
        }
        let day_of = |time: &&Time| {
            let start = time.expression.as_ref().ok().filter(|told| told.end.is_none())?.start;
            start.start(None).filter(|_| start.year.is_some() && start.day.is_some()).map(|start| start.date())
        };
        let above = &document.times[..first];
        let only = |holds: &dyn Fn(&Time) -> bool| {
            let mut days = above.iter().filter(|time| holds(time)).filter_map(|time| day_of(&time));
            let first = days.next()?;
            days.all(|day| day == first).then_some(first)
        };
        let is_heading = |time: &Time| matches!(document.tree.get(time.block).kind, NodeKind::Heading(_));
        let is_field = |time: &Time| {
            let start = document.tree.get(time.block).span.start;
            let before = source.slice(Span { start, end: time.span.start });
            let name = before
                .rsplit(['\n', '|'])
                .next()
                .and_then(|line| line.trim_end_matches(['*', ' ']).strip_suffix([':', '：']));
            name.is_some_and(|name| lexicon.times.fields.contains(&fold(name.trim_matches(['*', ' ', '-', '>']))))
        };
        let named = only(&|time| is_heading(time) || is_field(time));
        let front = || {
            let name = source.path.rsplit('/').next().unwrap_or("");
            let front = source.text.strip_prefix("---\n").and_then(|rest| rest.split("\n---").next());
            let line = front.and_then(|front| front.lines().find_map(|line| line.strip_prefix("date:")));
            let of_line = line.map(|line| line.trim().trim_matches(['"', '\'']));
            let of_text = |text: &str| {
                let found = time::parse(text, 0, time::Position::Running, &lexicon.times)?;
                found.expression.ok()?.start.start(None).map(|start| start.date())
            };
            let dates = [of_line.and_then(of_text), name.get(..10).and_then(of_text)];
            let mut dates = dates.into_iter().flatten();
            let first = dates.next()?;
            dates.all(|date| date.year() == first.year()).then_some(first)
        };
        Self { day: named, date: named.or_else(front) }
    }
}

impl Reader<'_> {
    /// Whether the date that opens a block lies outside of the day that the heading above it names.
    fn speaks_of_other_day(&self, block: NodeId, above: &Event) -> bool {
        let is_day = above.precision == Precision::Day && above.until.is_none();
        if !is_day || !matches!(self.document.tree.get(above.block).kind, NodeKind::Heading(_)) {
            return false;
        }
        let times = &self.document.times;
        let time = times.get(times.partition_point(|time| time.block < block)).filter(|time| time.block == block);
        let Some(Ok(expression)) = time.map(|time| &time.expression) else { return false };
        let moment = &expression.start;
        let names_day = moment.month.is_some() || moment.year.is_some();
        let date = moment.covers(Some(above.start.date()), self.as_of).map(|covered| covered.start);
        names_day && date.is_some_and(|date| date < above.start || date >= above.covers)
    }
}

/// Whether a text holds figures that may be those of a date: a year, `31/5/8`, `15th`, 113年. Other numbers count things.
fn holds_figure_of_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(from) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let len = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let rest = &text[from + len..];
        let year = len == 4 && (1900..=2100).contains(&text[from..from + len].parse().unwrap_or(0));
        let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| rest.starts_with(end));
        let joined =
            rest.strip_prefix(['-', '/', '.', ':']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if year || ordinal || joined || rest.starts_with(['年', '月', '日', '号', '天', '周']) {
            return true;
        }
        at = from + len;
    }
    false
}

/// Whether a text holds a word that hints at a time. Unlike elsewhere a digit may touch it: `3pm`, `4May`.
fn holds_hint(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    text.match_indices(word).any(|(at, _)| {
        !word.is_ascii() || (!text[..at].ends_with(is_letter) && !text[at + word.len()..].starts_with(is_letter))
    })
}

/// The section of an event and the end of what belongs to it: a heading's section, the block, or the line.
fn extent(document: &Document, block: NodeId, time: &Time) -> (Option<SectionId>, NodeId) {
    let tree = &document.tree;
    match tree.get(block).kind {
        NodeKind::Heading(section) => (Some(section), document.section(section).end.max(block + 1)),
        ref kind => {
            let section = document.section_at(block);
            let is_block = matches!(kind, NodeKind::Paragraph { .. } | NodeKind::Item { .. } | NodeKind::Row { .. });
            // A line ends where its words do.
            let after_line = || {
                let end = tree.get(time.block).end;
                (block + 1..end).find(|&id| tree.get(id).span.start >= time.words.end).unwrap_or(end)
            };
            let end = if is_block { tree.get(block).end } else { after_line() };
            (section, end)
        }
    }
}

/// When a range ends that begins at `start`: of 12月31日至1月2日 in the year after.
fn end_after(end: &Moment, start: DateTime, as_of: Option<Date>) -> Option<std::ops::Range<DateTime>> {
    let until = end.covers(Some(start.date()), as_of)?;
    let says_year = end.year.is_some() || end.years_ago.is_some();
    // Within one month an end before its beginning is a slip.
    if says_year || end.month.is_none_or(|month| month >= start.month()) {
        return Some(until);
    }
    end.covers(start.date().checked_add(1.year()).ok(), as_of)
}

/// What happened, in the words that belong to a time: the first sentence, without what only says where to look, which is
/// labels in brackets at the end, and a last clause such as 见附录2.
fn title(document: &Document, source: &Source, time: &Time, lexicon: &Lexicon) -> String {
    let tree = &document.tree;
    let holder = time.opens.filter(|&block| matches!(tree.get(block).kind, NodeKind::Row { .. }));
    // 5月4日的庭审, 1日至3日和6月5日: the date belongs to the words.
    let after = source.slice(time.words).trim_start();
    let joins =
        after.strip_prefix(['和', '及', '与']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_attribute = after.starts_with('的') || joins;
    let within = if is_attribute { Span { start: time.span.start, ..time.words } } else { time.words };
    let mut text = String::new();
    for (id, node) in tree.below(holder.unwrap_or(time.block)) {
        let (start, end) = (node.span.start.max(within.start), node.span.end.min(within.end));
        match node.kind {
            NodeKind::Cell { .. } => text.push(' '),
            NodeKind::Text if start < end && !tree.is_struck(id) => text.push_str(source.slice(Span { start, end })),
            // A row has its words in the cells after the time.
            _ if node.span.start >= within.start && (holder.is_some() || node.span.end <= within.end) => {
                tree.text_into(source, id, id + 1, &mut text);
            }
            _ => {}
        }
    }
    words(&text, lexicon)
}

fn words(text: &str, lexicon: &Lexicon) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "，,、。.：:-–—）)]】｜|".contains(c));
    let sentence = without_pointers_at_end(first_sentence(text), lexicon);
    let clause = sentence.rfind(['，', ',', '；', ';']).map(|at| sentence.split_at(at));
    let pointer = clause.filter(|(before, last)| {
        let last = last.trim_start_matches(['，', ',', '；', ';', ' ']);
        !before.is_empty() && lexicon.lead_in(&fold(last)) > 0
    });
    let title = without_pointers_at_end(pointer.map_or(sentence, |(before, _)| before), lexicon);
    title.trim().trim_end_matches(['，', ',', '；', ';', '：', ':', '-', '–', '—', '(', '（']).trim_end().to_owned()
}

/// A text without the labels at its end that only point elsewhere; a website or receipt is part of what is said.
fn without_pointers_at_end<'a>(text: &'a str, lexicon: &Lexicon) -> &'a str {
    let mut rest = text.trim_end();
    while let Some(close) = rest.chars().next_back().filter(|c| matches!(c, '】' | ']')) {
        let (open, bracket) = if close == '】' { ('【', Bracket::Full) } else { ('[', Bracket::Square) };
        let Some(at) = rest.rfind(open).filter(|&at| at > 0) else { break };
        let inside = &rest[at + open.len_utf8()..rest.len() - close.len_utf8()];
        let labels = label::parse_bracket(inside, bracket, lexicon);
        let pointers = ["note", "appendix", "exhibit", "link"];
        if labels.is_empty() || !labels.iter().all(|member| pointers.contains(&member.key.kind.as_str())) {
            break;
        }
        rest = rest[..at].trim_end();
    }
    rest
}

/// What a zone is called in data: its name in the tz database, or its offset.
pub fn zone_name(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None => zone.to_offset(jiff::Timestamp::UNIX_EPOCH).to_string(),
    }
}

/// What is wrong with the times of a document: dates that there are not wherever they stand, zones where they open events.
pub fn faults(document: &Document, findings: &mut Vec<Diagnostic>) {
    for time in &document.times {
        // In running text no zone is reckoned with.
        if let Some(zone) = time.no_zone.as_ref().filter(|_| time.opens.is_some()) {
            let message = message!(
                en: "`{zone}` is no time zone, or several",
                zh: "`{zone}` 不是时区，或可指几个时区"
            );
            let help = message!(
                en: "such as `+08:00`, `Asia/Shanghai` or 北京时间",
                zh: "例如 `+08:00`、`Asia/Shanghai` 或“北京时间”"
            );
            findings.push(Diagnostic::at(Code::UnknownZone, document.source, time.span, message).help(help));
        }
        let Err(fault) = &time.expression else { continue };
        let (code, message, help) = match fault {
            Fault::NoSuch(what) => (Code::UnclearTime, what.clone(), message!(en: "correct it", zh: "请改正")),
            Fault::TwoWays => {
                let message = message!(
                    en: "the day may be the first number or the second",
                    zh: "分不清第一个数字是日，还是第二个是日"
                );
                (
                    Code::UnclearTime,
                    message,
                    message!(
                        en: "write it as `2031-05-04`, or with the name of the month",
                        zh: "请写成 `2031-05-04`，或用文字写明月份"
                    ),
                )
            }
            // Told with the other entries whose time is not known.
            Fault::Unread => continue,
        };
        findings.push(Diagnostic::at(code, document.source, time.span, message).help(help));
    }
}

/// What a timeline leaves open: the entries whose time is not known, in one finding, and times that no clock showed.
pub fn open_times(document: &Document, source: &Source, timeline: &Timeline, findings: &mut Vec<Diagnostic>) {
    for event in &timeline.events {
        let gap =
            |zone: &&TimeZone| matches!(zone.to_ambiguous_timestamp(event.start).offset(), AmbiguousOffset::Gap { .. });
        if let Some(zone) = event.zone.as_ref().filter(gap) {
            let name = zone.iana_name().map_or(Message::fixed("that zone", "那个时区"), Message::alike);
            let message = message!(
                en: "the clocks of {name} never showed this time: they were put forward over it",
                zh: "{name} 没有这个时间：当时时钟拨快，跳过了它"; name
            );
            let span = document.times[event.time].span;
            let finding = Diagnostic::at(Code::UnclearTime, document.source, span, message);
            findings.push(finding.help(message!(en: "correct the time or the zone", zh: "请改正时间或时区")));
        }
    }
    // A time that is wrong in itself was reported where it stands.
    let untold = timeline.undated.iter().map(|entry| &document.times[entry.time]);
    let untold: Vec<&Time> = untold.filter(|time| matches!(time.expression, Ok(_) | Err(Fault::Unread))).collect();
    let Some(first) = untold.first() else { return };
    let message = match untold.len() {
        1 => message!(
            en: "this looks like a time, and which day it means is not known",
            zh: "这里像是时间，但不知道指哪一天"
        ),
        many => message!(
            en: "{many} entries look dated, and which days they mean is not known; this is the first",
            zh: "有 {many} 项像是写了日期，但不知道指哪一天；这是第一项"
        ),
    };
    let lines = untold.iter().skip(1).take(MAX_LINES).map(|time| source.starts_at(time.span).line);
    let lines: Vec<String> = lines.map(|line| line.to_string()).collect();
    let others = if lines.is_empty() {
        Message::default()
    } else {
        let lines = list_of(lines);
        message!(en: "; the others are at lines {lines}", zh: "；其余在第 {lines} 行"; lines)
    };
    let help = message!(
        en: "write the date, such as `2031-05-04`, or put the entry below one that has it{others}",
        zh: "请写明日期，例如 `2031-05-04`，或把这一项放到有日期的一项之下{others}"; others
    );
    findings.push(Diagnostic::at(Code::UnclearTime, document.source, first.span, message).help(help));
}

/// How many lines of further entries a finding names.
const MAX_LINES: usize = 12;
