//! The page of an exhibit, and the list of all of them.

use std::ops::Range;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::cited::{CitedEntry, cited};
use super::sum_command::{self, SumCommands};
use super::timeline::zone_words;
use super::way;
use crate::case::exhibit::{Captured, Exhibit, ExhibitId, Visibility};
use crate::edition::Edition;
use crate::language::phrases::Phrases;
use crate::language::{Language, LanguageId};
use crate::site::exhibit::{Bearing, Published, anchor};
use crate::site::exhibit_words::{Words, exhibit_label, exhibit_name, file_name, label_in_words, part_in_words, words};
use crate::site::pages::relative;
use crate::site::{Site, statement};
use crate::source::exhibit::ExhibitFile;
use crate::source::exhibit::media::Class;
use crate::source::exhibit::preview::Preview;

/// A picture as a page shows it.
#[derive(Serialize)]
pub(super) struct Picture {
    pub(super) src: String,
    pub(super) srcset: Option<String>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// A picture of a page, and where it stands in the file.
#[derive(Serialize)]
struct PageOfFile {
    picture: Picture,
    href: String,
    name: String,
}

/// What the page of an exhibit tells.
#[derive(Serialize)]
pub(super) struct ExhibitView<'a> {
    anchor: String,
    label: String,
    /// The label and the title.
    name: String,
    title: Option<Words<'a>>,
    /// Which of several files it is, and what that is called.
    part: Option<String>,
    file_title: Option<Words<'a>>,
    caption: Option<Words<'a>>,
    picture: Option<Picture>,
    pages: Vec<PageOfFile>,
    audio: Option<String>,
    video: Option<String>,
    text: Option<&'a str>,
    table: Option<TableView<'a>>,
    /// What there is to say about the preview.
    more: bool,
    encoding: Option<String>,
    /// What readers should know before they open it.
    notices: Vec<Notice>,
    file: Option<FileView<'a>>,
    facts: Vec<Fact<'a>>,
    content: Option<Words<'a>>,
    purpose: Option<Words<'a>>,
    bears_on: Vec<BearingEntry>,
    cited: Vec<CitedEntry<'a>>,
    /// Its further files.
    parts: Vec<ExhibitView<'a>>,
    previous: Option<Turn<'a>>,
    next: Option<Turn<'a>>,
}

/// A table as a page shows it: the columns that hold numbers are told.
#[derive(Serialize)]
struct TableView<'a> {
    head: Vec<Cell<'a>>,
    rows: Vec<Vec<Cell<'a>>>,
}

#[derive(Serialize)]
struct Cell<'a> {
    text: &'a str,
    right: bool,
    /// What heads its column, where those are too many for a phone.
    name: &'a str,
}

/// A file that can be had.
#[derive(Serialize)]
struct FileView<'a> {
    href: String,
    name: &'a str,
    /// Whether browsers show it by themselves, safely.
    opens: bool,
    size: String,
}

#[derive(Serialize)]
struct Fact<'a> {
    name: &'a str,
    value: String,
    lang: Option<&'a str>,
    /// Whether it is to be copied letter by letter.
    code: bool,
    /// Its parts by which it is compared: eight digits each of a sum.
    groups: Vec<String>,
    /// What else there is to say about it, and whether that is bad.
    note: Option<String>,
    bad: bool,
    /// How large the file is whose sum it is.
    size: Option<String>,
    /// How to reckon it from the file that can be had, if it is the sum of that.
    commands: Option<SumCommands>,
}

impl<'a> Fact<'a> {
    /// A fact in words, with nothing to say beside it.
    fn plain(name: &'a str, value: String) -> Self {
        let (groups, note, size, commands) = (Vec::new(), None, None, None);
        Self { name, value, lang: None, code: false, groups, note, bad: false, size, commands }
    }
}

#[derive(Serialize)]
struct BearingEntry {
    href: String,
    words: String,
    text: String,
}

#[derive(Serialize)]
struct Turn<'a> {
    href: String,
    label: String,
    title: Option<Words<'a>>,
}

/// An exhibit as an entry of the list.
#[derive(Serialize)]
pub(super) struct ExhibitEntry<'a> {
    anchor: String,
    href: String,
    label: String,
    title: Option<Words<'a>>,
    thumbnail: Option<Picture>,
    /// The first lines of what its author says nothing of.
    lines: String,
    kind: Option<Words<'a>>,
    /// What stands where a thumbnail would: `PDF`.
    format: String,
    size: Option<String>,
    purpose: Option<Words<'a>>,
    /// Why its file cannot be had.
    status: Option<&'a str>,
}

/// Something that readers should know before they open an exhibit.
#[derive(Serialize)]
struct Notice {
    text: String,
    /// Whether it warns of harm.
    warns: bool,
}

/// The picture of an exhibit for the page `path`: none if it has none that may be shown.
pub(super) fn picture(site: &Site, exhibit: ExhibitId, path: &str) -> Option<Picture> {
    let page = &site.exhibits[exhibit];
    let own = page.file.as_ref()?;
    let (width, height) = own.pixels?;
    // The first is the thumbnail.
    let sizes: Vec<&Published> = page.smaller.iter().filter(|smaller| smaller.to != own.to).skip(1).collect();
    let href = |published: &Published| relative(path, &published.to);
    let Some(first) = sizes.first() else {
        return Some(Picture { src: href(own), srcset: None, width, height });
    };
    let wide = sizes.iter().filter_map(|size| Some(format!("{} {}w", href(size), size.pixels?.0)));
    let whole = (sizes.len() < 2).then(|| format!("{} {width}w", href(own)));
    let set: Vec<String> = wide.chain(whole).collect();
    Some(Picture { src: href(first), srcset: Some(set.join(", ")), width, height })
}

/// The pages of an exhibit of which they are pictures, for the page `path`.
fn pages(site: &Site, exhibit: ExhibitId, language: LanguageId, path: &str) -> Vec<PageOfFile> {
    let page = &site.exhibits[exhibit];
    let Some(file) = page.file.as_ref() else { return Vec::new() };
    let words = &site.case.languages[language].table.phrases.page_number;
    let pages = (1..).zip(&page.pages).filter_map(|(number, published)| {
        let (width, height) = published.pixels?;
        Some(PageOfFile {
            picture: Picture { src: relative(path, &published.to), srcset: None, width, height },
            href: format!("{}#page={number}", relative(path, &file.to)),
            name: words.replace("{number}", &number.to_string()),
        })
    });
    pages.collect()
}

/// The smallest picture of an exhibit for the page `path`.
pub(super) fn thumbnail(site: &Site, exhibit: ExhibitId, path: &str) -> Option<Picture> {
    let page = &site.exhibits[exhibit];
    let own = page.file.as_ref().filter(|own| own.pixels.is_some());
    let found = page.smaller.first().or(own)?;
    let (width, height) = found.pixels?;
    Some(Picture { src: relative(path, &found.to), srcset: None, width, height })
}

/// How much of an exhibit's text is shown at a glance, in characters, and how many rows of its table.
const MAX_LINES: usize = 240;
const MAX_ROWS: usize = 4;

/// Whole lines from the beginning of an exhibit that is a text, or the first rows of a table; empty for others.
pub(super) fn first_lines(site: &Site, exhibit: ExhibitId) -> String {
    let shown = site.exhibits[exhibit].file.is_some();
    let file = site.case.exhibits.file_of(&site.case.exhibits.all[exhibit]).filter(|_| shown);
    match file.map(|file| &file.facts.preview) {
        Some(Preview::Text { text, .. }) => {
            let start: String = text.chars().take(MAX_LINES).collect();
            match start.rfind('\n').filter(|_| start.len() < text.len()) {
                Some(end) => start[..end].to_owned(),
                None => start,
            }
        }
        Some(Preview::Table { rows, .. }) => {
            rows.iter().take(MAX_ROWS).map(|row| row.join(" · ")).collect::<Vec<_>>().join("\n")
        }
        Some(Preview::None) | None => String::new(),
    }
}

/// The size of a file in words: `24.0 KB`, in steps of 1024 bytes.
pub(super) fn size_in_words(bytes: u64) -> String {
    let mut size = bytes as f64;
    let mut unit = "B";
    for next in ["KB", "MB", "GB", "TB"] {
        if size < 1024.0 {
            break;
        }
        (size, unit) = (size / 1024.0, next);
    }
    if unit == "B" { format!("{bytes} B") } else { format!("{size:.1} {unit}") }
}

/// A time as it is told, with its zone.
pub(super) fn time_in_words(captured: &Captured, site: &Site, language: &Language, with_zone: bool) -> String {
    let phrases = &language.table.phrases;
    let zone = captured.zone.as_ref().or(site.case.config.time_zone.as_ref());
    let about = if captured.approximate { format!("{} ", phrases.about) } else { String::new() };
    let clocked = captured.precision >= crate::document::time::Precision::Hour;
    let zone = match zone.filter(|_| with_zone && clocked) {
        Some(zone) if zone.iana_name().is_none() => format!(" {}", offset(zone, captured.start)),
        Some(zone) => format!(" {} ({})", zone_words(zone, language), offset(zone, captured.start)),
        None if with_zone && clocked => format!(" {}", phrases.zone_unknown),
        None => String::new(),
    };
    format!("{about}{}{zone}", captured.precision.words(captured.start))
}

/// The offset of a zone at a time: `+08:00`.
fn offset(zone: &TimeZone, time: DateTime) -> String {
    let Ok(instant) = zone.to_ambiguous_timestamp(time).compatible() else { return String::new() };
    let seconds = zone.to_offset(instant).seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The view of an exhibit on its page `path`.
pub(super) fn view<'a>(site: &'a Site, exhibit: ExhibitId, language: LanguageId, path: &str) -> ExhibitView<'a> {
    let case = &site.case;
    let this = &case.exhibits.all[exhibit];
    let page = &site.exhibits[exhibit];
    let own = &case.languages[language];
    let file = case.exhibits.file_of(this);
    let published = page.file.as_ref();
    let href = |class: Class| {
        published.filter(|_| file.is_some_and(|file| file.facts.media.class == class)).map(|p| relative(path, &p.to))
    };
    let shown = file.filter(|_| published.is_some());
    let (text, table, more, encoding) = match shown.map(|file| &file.facts.preview) {
        Some(Preview::Text { text, encoding, more }) => (Some(text.as_str()), None, *more, encoding.as_deref()),
        Some(Preview::Table { rows, encoding, more }) => (None, Some(table(rows)), *more, encoding.as_deref()),
        _ => (None, None, false, None),
    };
    let phrases = &own.table.phrases;
    let turn = |(at, other): (ExhibitId, &'a Exhibit)| Turn {
        href: relative(path, site.exhibit_path(at, language)),
        label: exhibit_label(site, at, language),
        title: words(&other.title, site, language),
    };
    // A part has no page of its own.
    let has_page = this.part_of.is_none();
    let before = if has_page { case.exhibits.shown_in(0..exhibit.place()).next_back() } else { None };
    let after =
        if has_page { case.exhibits.shown_in(exhibit.place() + 1..case.exhibits.all.len()).next() } else { None };
    ExhibitView {
        anchor: anchor(this).to_string(),
        label: exhibit_label(site, exhibit, language),
        name: exhibit_name(site, exhibit, language),
        title: words(&this.title, site, language),
        part: part_in_words(site, exhibit, language),
        file_title: words(&this.file_title, site, language),
        caption: words(&this.caption, site, language),
        picture: picture(site, exhibit, path),
        pages: pages(site, exhibit, language, path),
        audio: href(Class::Audio),
        video: href(Class::Video),
        text,
        table,
        more,
        encoding: encoding.map(|encoding| phrases.written_in.replace("{encoding}", &encoding.to_uppercase())),
        notices: notices(site, exhibit, file, phrases),
        file: published.zip(file).map(|(published, file)| FileView {
            href: relative(path, &published.to),
            name: file_name(&published.to),
            opens: matches!(
                file.facts.media.class,
                Class::Image | Class::Pdf | Class::Text | Class::Audio | Class::Video
            ),
            size: size_in_words(published.size),
        }),
        facts: facts(site, exhibit, language),
        content: words(&this.content, site, language),
        purpose: words(&this.purpose, site, language),
        bears_on: bearings(site, exhibit, language, path),
        cited: cited(site, &page.cited, language, path),
        parts: case.exhibits.parts(exhibit).map(|part| view(site, part, language, path)).collect(),
        previous: before.map(turn),
        next: after.map(turn),
    }
}

/// From how many columns on a row is a list of names and values on a phone.
pub(super) const MANY: usize = 4;

fn table(rows: &[Vec<String>]) -> TableView<'_> {
    let (head, body) = rows.split_first().map_or((&[][..], rows), |(head, body)| (head.as_slice(), body));
    let is_number = |text: &str| text.is_empty() || crate::document::amount::plain_number(text).is_some();
    let right: Vec<bool> = (0..head.len())
        .map(|column| {
            let mut cells = body.iter().map(|row| row[column].trim());
            cells.clone().any(|cell| !cell.is_empty()) && cells.all(is_number)
        })
        .collect();
    let names = head.iter().map(|name| if head.len() >= MANY { name.as_str() } else { "" });
    TableView {
        head: head.iter().zip(&right).map(|(text, &right)| Cell { text, right, name: "" }).collect(),
        rows: body
            .iter()
            .map(|row| {
                let cells = row.iter().zip(&right).zip(names.clone());
                cells.map(|((text, &right), name)| Cell { text, right, name }).collect()
            })
            .collect(),
    }
}

/// Whether all that is told of an exhibit is its number, and that it is withheld.
fn is_withheld(exhibit: &Exhibit, phrases: &Phrases) -> bool {
    let lead = phrases.withheld_because.split("{reason}").next().unwrap_or("");
    let says_so = |title: &str| title == phrases.withheld_here || title.starts_with(lead);
    exhibit.file.is_none() && exhibit.title.all().any(says_so)
}

/// What readers should know before they open an exhibit.
fn notices(site: &Site, exhibit: ExhibitId, file: Option<&ExhibitFile>, phrases: &Phrases) -> Vec<Notice> {
    let this = &site.case.exhibits.all[exhibit];
    let published = site.exhibits[exhibit].file.as_ref();
    let Some(file) = file else {
        if is_withheld(this, phrases) {
            return Vec::new();
        }
        let (text, warns) = match (&this.file, this.visibility) {
            (None, _) => (&phrases.no_file, false),
            (Some(_), Visibility::Public) => (&phrases.file_missing, true),
            (Some(_), _) => (&phrases.listed_only, false),
        };
        return vec![Notice { text: text.clone(), warns }];
    };
    let media = &file.facts.media;
    let as_text = published
        .is_some_and(|published| published.to.ends_with(".txt") && !file.path.to_lowercase().ends_with(".txt"));
    let damaged = file.facts.damage.is_some() && media.class == Class::Image && published.is_some();
    let format = if media.format.is_empty() { "?" } else { &media.format };
    let told = [
        (media.class == Class::Empty, phrases.empty_file.clone(), false),
        (this.visibility == Visibility::Listed, phrases.listed_only.clone(), false),
        (site.case.exhibits.is_withheld(this), phrases.withheld.clone(), false),
        (damaged, phrases.damaged.clone(), false),
        (media.belies(&file.path), phrases.belied.replace("{format}", format), true),
        (file.facts.is_active, phrases.acts.clone(), true),
        (as_text, phrases.as_text.clone(), false),
    ];
    told.into_iter().filter(|(is_so, ..)| *is_so).map(|(_, text, warns)| Notice { text, warns }).collect()
}

fn facts(site: &Site, exhibit: ExhibitId, language: LanguageId) -> Vec<Fact<'_>> {
    let case = &site.case;
    let this = &case.exhibits.all[exhibit];
    let own = &case.languages[language];
    let phrases = &own.table.phrases;
    let mut facts: Vec<Fact> = Vec::new();
    let plain = Fact::plain;
    let told = |name, text| {
        let words = words(text, site, language)?;
        Some(Fact { lang: words.lang(), ..Fact::plain(name, words.text().to_owned()) })
    };
    facts.extend(told(&phrases.exhibit_kind, &this.kind));
    facts.extend(told(&phrases.exhibit_source, &this.source));
    facts.extend(
        this.captured
            .as_ref()
            .map(|captured| plain(phrases.captured_at.as_str(), time_in_words(captured, site, own, true))),
    );
    facts.extend(told(&phrases.method, &this.method));
    let form = this.original.map(|original| if original { &phrases.original } else { &phrases.copy });
    facts.extend(form.map(|form| plain(&phrases.form, form.clone())));
    if let Some(file) = case.exhibits.file_of(this) {
        of_file(site, exhibit, file, own, &mut facts);
    }
    if let (None, Some((recorded, _))) = (case.exhibits.file_of(this), &this.recorded) {
        facts.push(sum("SHA-256", recorded.to_string(), None, false));
    }
    let pages = this.pages.or_else(|| case.exhibits.pages(exhibit));
    facts.extend(pages.map(|pages| plain(&phrases.page_count, pages.to_string())));
    facts.extend(this.page_range.as_ref().map(|range| plain(phrases.page_range.as_str(), range.clone())));
    facts.extend(this.copies.map(|copies| plain(&phrases.copies, copies.to_string())));
    facts.extend(told(&phrases.remarks_label, &this.remarks));
    facts
}

/// How many digits of a sum the eye compares at once.
const SUM_GROUP: usize = 8;

/// A sum, which is compared group by group.
fn sum(name: &str, value: String, note: Option<String>, bad: bool) -> Fact<'_> {
    let digits: Vec<char> = value.chars().collect();
    let groups = digits.chunks(SUM_GROUP).map(|group| group.iter().collect()).collect();
    Fact { code: true, groups, note, bad, ..Fact::plain(name, value) }
}

/// What a file says of itself.
fn of_file<'a>(site: &'a Site, exhibit: ExhibitId, file: &ExhibitFile, own: &'a Language, facts: &mut Vec<Fact<'a>>) {
    let this = &site.case.exhibits.all[exhibit];
    let phrases = &own.table.phrases;
    let plain = Fact::plain;
    let name = site.case.exhibits.file_name(exhibit).to_owned();
    facts.push(Fact { code: true, ..plain(phrases.file_name.as_str(), name) });
    facts.push(plain(&phrases.file_format, format_in_words(file, own)));
    let published = site.exhibits[exhibit].file.as_ref();
    let bytes = |size: u64| phrases.bytes.replace("{size}", &size_in_words(size)).replace("{count}", &size.to_string());
    let copy = published.and_then(|published| Some((published.size, published.sha256?)));
    let copy = copy.filter(|(_, sum)| *sum != file.sha256);
    // Of two files each has its size beside its sum.
    if copy.is_none() {
        facts.push(plain(&phrases.file_size, bytes(file.size)));
    }
    if let Some((width, height)) = file.facts.pixels {
        let pixels = phrases.pixels.replace("{width}", &width.to_string()).replace("{height}", &height.to_string());
        facts.push(plain(&phrases.dimensions, pixels));
    }
    let recorded = this.recorded.as_ref().map(|(recorded, _)| recorded);
    let is_same = recorded.is_none_or(|recorded| *recorded == file.sha256);
    let by_line_ends = recorded.is_some_and(|recorded| file.differs_by_line_ends(recorded));
    let note = recorded.map(|recorded| match (is_same, by_line_ends) {
        (true, _) => phrases.as_recorded.clone(),
        (false, true) => phrases.other_line_ends.replace("{sum}", &recorded.to_string()),
        (false, false) => phrases.not_as_recorded.replace("{sum}", &recorded.to_string()),
    });
    let bad = !is_same && !by_line_ends;
    let commands = published.and_then(|published| sum_command::of(file_name(&published.to)));
    let original = |name| sum(name, file.sha256.to_string(), note, bad);
    match copy {
        Some((size, copy)) => {
            facts.push(Fact { size: Some(bytes(file.size)), ..original(&phrases.sum_of_original) });
            let note = Some(phrases.cleaned_note.clone());
            let size = Some(bytes(size));
            facts.push(Fact { commands, size, ..sum(&phrases.published_copy, copy.to_string(), note, false) });
        }
        None if file.facts.original_is_withheld => {
            let note = Some(phrases.original_withheld_note.clone());
            let name = &phrases.published_copy;
            facts.push(Fact { commands, ..sum(name, file.sha256.to_string(), note, false) });
        }
        None => facts.push(Fact { commands, ..original("SHA-256") }),
    }
    if this.covers > 0 && site.case.edition == Edition::Public {
        let whole = &site.case.exhibits.all[site.case.exhibits.whole(exhibit)];
        let reason = whole.reason.get_or_any(&own.tag).filter(|reason| !reason.is_empty());
        let (alone, because) = match file.facts.media.class {
            Class::Pdf => (&phrases.covered_pages_text, &phrases.covered_pages_because),
            _ => (&phrases.covered_text, &phrases.covered_because),
        };
        let said = match reason {
            Some(reason) => because.replace("{reason}", reason.trim_end_matches(['。', '.'])),
            None => alone.clone(),
        };
        facts.push(plain(&phrases.covered, said.replace("{count}", &this.covers.to_string())));
    }
    facts.extend(file.facts.labels.iter().map(|label| Fact {
        note: Some(phrases.machine_label_note.clone()),
        ..plain(phrases.machine_label.as_str(), label.clone())
    }));
}

/// The class and the format of a file: 图片（PNG）, text (TXT).
pub(super) fn format_in_words(file: &ExhibitFile, language: &Language) -> String {
    let media = &file.facts.media;
    match (class_in_words(file, language), media.format.as_str()) {
        (class, "") => class,
        (class, format) if class.contains(format) => class,
        (class, format) => format!("{class} · {format}"),
    }
}

/// What the class of a file is called.
pub(super) fn class_in_words(file: &ExhibitFile, language: &Language) -> String {
    let id = serde_json::to_value(file.facts.media.class).ok();
    let id = id.as_ref().and_then(|id| id.as_str()).unwrap_or("other");
    language.table.exhibits.classes.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

fn bearings(site: &Site, exhibit: ExhibitId, language: LanguageId, path: &str) -> Vec<BearingEntry> {
    let bearings = site.exhibits[exhibit].bears_on.get(language.place()).into_iter().flatten();
    bearings
        .map(|bearing| BearingEntry {
            href: way::to_document(site, path, bearing.document, &bearing.anchor),
            words: bearing_words(site, bearing),
            text: statement::text_of(site, bearing).unwrap_or_default(),
        })
        .collect()
}

/// What something is called that an exhibit bears on: its document and its number.
pub(super) fn bearing_words(site: &Site, bearing: &Bearing) -> String {
    let at = bearing.document;
    let document = &site.case.documents[at];
    let label = bearing.label.as_ref().map(|key| label_in_words(key, &site.case.languages[document.language]));
    let words = label.unwrap_or_else(|| match bearing.written.split_once('#') {
        Some((_, anchor)) => site.words_at(at, anchor),
        None => bearing.written.clone(),
    });
    match words.starts_with(&document.title) {
        true => words,
        false => format!("{} {words}", document.title),
    }
}

/// Why the file of an exhibit cannot be had, in a word or two.
pub(super) fn status<'a>(site: &Site, exhibit: ExhibitId, language: &'a Language) -> Option<&'a str> {
    let phrases = &language.table.phrases;
    let this = &site.case.exhibits.all[exhibit];
    let words = match (&this.file, site.case.exhibits.file_of(this)) {
        _ if site.exhibits[exhibit].file.is_some() => return None,
        (None, _) if is_withheld(this, phrases) => &phrases.status_not_public,
        (None, _) => &phrases.status_no_file,
        (Some(_), None) if this.visibility == Visibility::Public => &phrases.status_missing,
        (Some(_), _) => &phrases.status_not_public,
    };
    Some(words)
}

/// Those of the exhibits that readers are told of whose place among them is in `range`, for the page `path`.
pub(super) fn entries<'a>(
    site: &'a Site,
    language: LanguageId,
    path: &str,
    range: Range<usize>,
) -> Vec<ExhibitEntry<'a>> {
    let own = &site.case.languages[language];
    let entry = |(at, exhibit): (ExhibitId, &'a Exhibit)| {
        let file = site.case.exhibits.file_of(exhibit);
        let published = site.exhibits[at].file.as_ref().map(|published| published.size);
        ExhibitEntry {
            anchor: anchor(exhibit).to_string(),
            href: relative(path, site.exhibit_path(at, language)),
            label: exhibit_label(site, at, language),
            title: words(&exhibit.title, site, language),
            thumbnail: thumbnail(site, at, path),
            lines: if exhibit.purpose.is_empty() { first_lines(site, at) } else { String::new() },
            kind: words(&exhibit.kind, site, language),
            format: file.map_or_else(String::new, |file| file.facts.media.format.clone()),
            size: published.or(file.map(|file| file.size)).map(size_in_words),
            purpose: words(&exhibit.purpose, site, language),
            status: status(site, at, own),
        }
    };
    site.case.exhibits.shown().skip(range.start).take(range.len()).map(entry).collect()
}
