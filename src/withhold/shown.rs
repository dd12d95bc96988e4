//! Where a document shows or links to a file that is withheld: the place says so, and what the author wrote of the picture is
//! withheld with it.

use std::collections::BTreeSet;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::document::Document;
use crate::source::Source;
use crate::source::edit::Edit;

/// What takes the place of pictures that are withheld, and of links to withheld files; `content` is the folder from which paths that
/// begin with a slash are told.
pub(super) fn edits(
    source: &Source,
    document: &Document,
    files: &BTreeSet<String>,
    content: &str,
    placeholder: &str,
) -> Vec<Edit> {
    let is_withheld = |url: &str| {
        target(&source.path, url, content).is_some_and(|path| files.contains(&path))
            || !url.contains('/') && files.iter().any(|file| file.rsplit('/').next() == Some(decoded(url).as_str()))
    };
    let images: Vec<Range<usize>> =
        document.images.iter().filter(|image| is_withheld(&image.url)).map(|image| image.span.range()).collect();
    let links = document.links.iter().filter(|link| !link.bare && is_withheld(&link.url)).map(|link| {
        let range = link.span.range();
        let shows = images.iter().any(|image| range.start <= image.start && image.end <= range.end);
        // The words are the author's prose, and stay.
        let words = words(&source.text[range.clone()]).filter(|_| !shows);
        let kept = words.map_or("", |words| &source.text[range.start + words.start..range.start + words.end]);
        Edit { text: format!("{kept}{placeholder}"), range }
    });
    let mut edits: Vec<Edit> = links.collect();
    edits.extend(images.iter().map(|range| Edit { range: range.clone(), text: placeholder.to_owned() }));
    edits.extend(
        definitions(&source.text)
            .filter(|(_, _, url)| is_withheld(url))
            .map(|(range, ..)| Edit { range, text: String::new() }),
    );
    // Of what stands within another the outer one holds all.
    edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut end = 0;
    edits.retain(|edit| {
        let is_apart = edit.range.start >= end;
        end = end.max(edit.range.end);
        is_apart
    });
    edits
}

/// Takes out the lines that say where links lead which stand in the ranges `cut` alone, which are apart and in order: they would
/// tell what is withheld there.
pub(super) fn orphaned(source: &Source, cut: &[Range<usize>]) -> Vec<Edit> {
    if cut.is_empty() {
        return Vec::new();
    }
    let text = source.text.to_ascii_lowercase();
    let is_cut = |at: usize| {
        let behind = cut.partition_point(|range| range.start <= at);
        cut[..behind].last().is_some_and(|range| range.contains(&at))
    };
    let is_orphaned = |range: &Range<usize>, label: &str| {
        let name = format!("[{}]", label.to_ascii_lowercase());
        let used = || text.match_indices(&name).map(|(at, _)| at).filter(|at| !range.contains(at));
        used().any(is_cut) && used().all(is_cut)
    };
    let leads = |url: &str| url.contains("://") || url.starts_with(['/', '.', '#']) || url.starts_with("mailto:");
    definitions(&source.text)
        .filter(|(range, label, url)| {
            !label.starts_with('^') && leads(url) && !is_cut(range.start) && is_orphaned(range, label)
        })
        .map(|(range, ..)| Edit { range, text: String::new() })
        .collect()
}

/// The lines that say where the links of a name lead, `[a]: b.png`, with the name and where they do.
fn definitions(text: &str) -> impl Iterator<Item = (Range<usize>, &str, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let (label, target) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
        let url = target.split_whitespace().next()?.trim_matches(['<', '>']);
        (!label.contains(['[', ']'])).then_some((start..start + line.trim_end().len(), label, url))
    })
}

/// The path from the case folder that a document at `path` means by `url`.
fn target(path: &str, url: &str, content: &str) -> Option<String> {
    let url = url.split(['?', '#']).next().unwrap_or("");
    if url.is_empty() || url.contains("://") {
        return None;
    }
    let url = decoded(url);
    let base = match url.starts_with('/') {
        true => content,
        false => path.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in url.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decoded(url: &str) -> String {
    percent_decode_str(url).decode_utf8_lossy().into_owned()
}

/// Where the words of `[words](target)` stand.
fn words(link: &str) -> Option<Range<usize>> {
    let mut depth = 0;
    for (at, byte) in link.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(1..at);
        }
    }
    None
}
