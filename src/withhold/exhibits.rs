//! Withholding in the list of exhibits: `visibility: private`, and names.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::mark::WithheldKind;
use super::{Finding, Redaction, Withheld, Withholding, moved, source_of};
use crate::config::Localized;
use crate::diagnostic::Code;
use crate::edition::Edition;
use crate::folder::File;
use crate::language::folding::folding;
use crate::source::edit::Edit;
use crate::source::{Source, SourceId, Span};
use crate::yaml;
use crate::yaml::written::{Written, even_null};

/// What of an exhibit tells whether it is private. What else it has, and whether that is right, reading the list tells.
#[derive(Debug, Deserialize)]
struct PrivacyOfExhibit {
    #[serde(default, deserialize_with = "even_null")]
    number: Option<Spanned<Written>>,
    #[serde(default)]
    visibility: Option<Spanned<String>>,
    #[serde(default, deserialize_with = "even_null")]
    file: Option<Spanned<Written>>,
    #[serde(default, deserialize_with = "even_null")]
    files: Option<Spanned<Written>>,
    #[serde(default, deserialize_with = "even_null")]
    title: Option<Spanned<Written>>,
    #[serde(default, deserialize_with = "even_null")]
    reason: Option<Spanned<Written>>,
    #[serde(default, deserialize_with = "even_null")]
    cover: Option<Spanned<Written>>,
    #[serde(default, deserialize_with = "even_null")]
    sha256: Option<Spanned<Written>>,
}

#[derive(Debug, Deserialize)]
struct Wrapped {
    exhibits: Vec<Spanned<PrivacyOfExhibit>>,
}

/// Whether a list may hold something private.
pub(super) fn may_be_private(list: &[u8]) -> bool {
    memmem::find(list, b"private").is_some() || memmem::find(list, b"cover").is_some()
}

/// Withholds in the list `file`, which describes the exhibits in `folder`; the paths of the files of private exhibits. `telling` are
/// the files whose sums are withheld, by their path from the case folder.
pub(super) fn withhold(
    withholding: &Withholding,
    telling: &BTreeSet<String>,
    file: &mut File,
    folder: &str,
    out: &mut Withheld,
) -> BTreeSet<String> {
    let Some(source) = source_of(file) else { return BTreeSet::new() };
    let is_read = !telling.is_empty() || may_be_private(source.text.as_bytes());
    let entries = if is_read { entries(&source) } else { Vec::new() };
    let places: Vec<Range<usize>> = places(&source, &entries);
    let mut edits = Vec::new();
    let mut paths = BTreeSet::new();
    let mut redactions = Vec::new();
    let range = Span::new(0, source.text.len());
    for (at, entry) in entries.iter().enumerate() {
        let entry = &entry.value;
        let reason = entry.reason.as_ref().map(|reason| localized(reason, &source)).unwrap_or_default();
        let Some(visibility) = entry.visibility.as_ref().filter(|word| word.value.trim() == "private") else {
            for (cover, sum) in covers(entry) {
                let at = yaml::span_of(cover, &source, range).start as usize;
                redactions.push((at, WithheldKind::Picture, reason.clone()));
                // A sum of the original would let what is covered be guessed.
                if let Some(sum) = sum.filter(|_| withholding.edition == Edition::Public) {
                    edits.extend(without(sum, &source));
                }
            }
            let is_telling = |name: &str| telling.contains(&path_of(folder, name));
            edits.extend(sums(entry, &source, is_telling).into_iter().filter_map(|sum| without(sum, &source)));
            continue;
        };
        let value = yaml::span_of(visibility, &source, range).start as usize;
        let value = value + source.text[value..].find("private").unwrap_or(0);
        let shares_line = |other: &Range<usize>| other.start == places[at].start;
        if places.iter().filter(|other| shares_line(other)).count() > 1 {
            let help = message!(
                en: "begin each exhibit with `- ` on a line of its own",
                zh: "每份证据请另起一行，以 `- ` 开头"
            );
            let message = message!(
                en: "a private exhibit shares its line with others",
                zh: "不公开的证据与其他证据写在了同一行"
            );
            out.findings.push(Finding::at(&source, &(value..value + 7), Code::BadExhibits, message, help));
            continue;
        }
        let written = [&entry.file, &entry.files].into_iter().flatten();
        paths.extend(written.flat_map(|written| names(written, &source)).map(|name| path_of(folder, &name)));
        edits.push(match withholding.edition {
            Edition::Full => Edit { range: value..value + "private".len(), text: "public".to_owned() },
            Edition::Public => {
                let number = entry.number.as_ref().and_then(|number| Written::text(number, &source, range));
                let number = number.unwrap_or_default();
                let title = entry.title.as_ref().map(|title| localized(title, &source)).unwrap_or_default();
                out.private_exhibits.insert(folding().fold(&number), title.all().map(str::to_owned).collect());
                let text = placeholder(withholding, &source, &places[at], &number, &reason);
                Edit { range: places[at].clone(), text }
            }
        });
        redactions.push((places[at].start, WithheldKind::Exhibit, reason));
    }
    edits.sort_by_key(|edit| edit.range.start);
    withholding.settings(file, &source, edits.clone(), out);
    for (start, kind, reason) in redactions {
        let span = moved(&edits, &(start..start));
        let path = source.path.clone();
        out.redactions.push(Redaction { path, span, kind, reason, basis: Localized::default() });
    }
    paths
}

/// Empties what is written as `value`, within its quotation marks if it has some.
fn without(value: &Spanned<Written>, source: &Source) -> Option<Edit> {
    let range = Span::new(0, source.text.len());
    let written = Written::text(value, source, range).filter(|text| !text.is_empty())?;
    let start = yaml::span_of(value, source, range).start as usize;
    let start = start + source.text[start..].find(&written)?;
    let is_quoted = source.text[..start].ends_with(['"', '\'']);
    let text = if is_quoted { "" } else { "\"\"" };
    Some(Edit { range: start..start + written.len(), text: text.to_owned() })
}

/// What an entry covers of its files, and beside each the sum of the file.
fn covers(entry: &PrivacyOfExhibit) -> Vec<(&Spanned<Written>, Option<&Spanned<Written>>)> {
    let own = entry.cover.as_ref().map(|cover| (cover, entry.sha256.as_ref()));
    let mut covers: Vec<_> = own.into_iter().collect();
    let files = entry.files.as_ref().map(|files| &files.value);
    for file in
        files.into_iter().flat_map(|files| if let Written::List(files) = files { files.as_slice() } else { &[] })
    {
        let Written::Map(fields) = &file.value else { continue };
        let of = |key: &str| fields.iter().find(|(name, _)| name == key).map(|(_, value)| value);
        if let Some(cover) = of("cover") {
            // The sum of the first file may stand beside the list of all.
            covers.push((cover, of("sha256").or(entry.sha256.as_ref())));
        }
    }
    covers
}

/// The recorded sums of those files of an entry of which `is_telling` holds.
fn sums<'a>(
    entry: &'a PrivacyOfExhibit,
    source: &Source,
    is_telling: impl Fn(&str) -> bool,
) -> Vec<&'a Spanned<Written>> {
    let tells = |written: &Spanned<Written>| names(written, source).iter().any(|name| is_telling(name));
    let files = match entry.files.as_ref().map(|files| &files.value) {
        Some(Written::List(files)) => files.as_slice(),
        _ => &[],
    };
    // The sum of the first file may stand beside the list of all.
    let first = entry.file.as_ref().or(files.first()).filter(|first| tells(first));
    let mut sums: Vec<_> = first.and(entry.sha256.as_ref()).into_iter().collect();
    for file in files.iter().filter(|file| tells(file)) {
        let Written::Map(fields) = &file.value else { continue };
        sums.extend(fields.iter().find(|(name, _)| name == "sha256").map(|(_, value)| value));
    }
    sums
}

fn entries(source: &Source) -> Vec<Spanned<PrivacyOfExhibit>> {
    let range = Span::new(0, source.text.len());
    let list = yaml::read::<Vec<Spanned<PrivacyOfExhibit>>>(source, SourceId(0), range, Code::BadExhibits);
    let wrapped = || yaml::read::<Wrapped>(source, SourceId(0), range, Code::BadExhibits).map(|list| list.exhibits);
    list.or_else(|_| wrapped()).unwrap_or_default()
}

/// The lines of each entry, from its `-` to the next one.
fn places(source: &Source, entries: &[Spanned<PrivacyOfExhibit>]) -> Vec<Range<usize>> {
    let text = source.text.as_str();
    let range = Span::new(0, text.len());
    let start = |entry: &Spanned<PrivacyOfExhibit>| {
        let at = yaml::span_of(entry, source, range).start as usize;
        let mut line = source.line_of(at);
        while line > 1 && !text[source.line_start(line)..].trim_start().starts_with('-') {
            line -= 1;
        }
        source.line_start(line)
    };
    let starts: Vec<usize> = entries.iter().map(start).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end.max(start)).collect()
}

/// What stands in place of a private exhibit: its number, and that it is withheld.
fn placeholder(
    withholding: &Withholding,
    source: &Source,
    place: &Range<usize>,
    number: &str,
    reason: &Localized,
) -> String {
    let line = &source.text[place.clone()];
    let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
    let titles: Vec<String> = withholding
        .tags
        .iter()
        .map(|tag| {
            let reason = reason.get(tag).or_else(|| reason.get_or_any(tag));
            let text = withholding.placeholder(tag, reason);
            format!("{tag}: {}", serde_json::Value::from(text))
        })
        .collect();
    let number = serde_json::Value::from(folding().fold(number));
    format!("{indent}- number: {number}\n{indent}  title: {{{}}}\n", titles.join(", "))
}

/// The names of files in what is written as the file or the files of an exhibit.
fn names(written: &Spanned<Written>, source: &Source) -> Vec<String> {
    match &written.value {
        Written::List(entries) => entries.iter().flat_map(|entry| names(entry, source)).collect(),
        Written::Map(entries) => {
            let files = entries.iter().filter(|(key, _)| key == "file");
            files.flat_map(|(_, name)| names(name, source)).collect()
        }
        Written::Text(_) | Written::Plain => {
            let range = Span::new(0, source.text.len());
            Written::text(written, source, range).filter(|name| !name.is_empty()).into_iter().collect()
        }
    }
}

/// The path from the case folder of what is written as the file of an exhibit.
fn path_of(folder: &str, written: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.trim().split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A text in one language for all, or in several.
fn localized(written: &Spanned<Written>, source: &Source) -> Localized {
    let range = Span::new(0, source.text.len());
    match &written.value {
        Written::Map(entries) => entries
            .iter()
            .filter_map(|(tag, text)| Some((tag.to_ascii_lowercase(), Written::text(text, source, range)?)))
            .collect(),
        _ => Written::text(written, source, range)
            .filter(|text| !text.is_empty())
            .map(Localized::from)
            .unwrap_or_default(),
    }
}
