//! Findings of one cause put together, so that a fault that repeats is told once, with every place that has it.

use std::collections::HashMap;

use super::{Code, Diagnostic, Level, Levels, Location};
use crate::Message;
use crate::source::SourceId;

/// One cause in one file, or in the case: the first finding of it, and where else it was found.
#[derive(Debug, Clone)]
pub struct Grouped<'a> {
    /// The first of them.
    pub first: &'a Diagnostic,
    /// The others, in the order of the findings.
    pub others: Vec<&'a Diagnostic>,
}

impl<'a> Grouped<'a> {
    /// All of them, the first one first.
    pub fn all(&self) -> impl Iterator<Item = &'a Diagnostic> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }
}

/// The findings that are not off, those of one cause as one, errors first, else in the order in which they come.
///
/// One cause have findings of one code in one file that say the same, or that [`have_one_cause`]. What is said of whole
/// files, or of the habits of a case, is put together across them.
pub fn group<'a>(findings: &'a [Diagnostic], levels: &Levels) -> Vec<Grouped<'a>> {
    let mut groups: Vec<Grouped<'a>> = Vec::new();
    let mut known: HashMap<(Code, Option<SourceId>, &str, &str), usize> = HashMap::new();
    for finding in findings.iter().filter(|finding| levels.of(finding.code) != Level::Off) {
        let file = match &finding.place {
            Location::At(id, _) if !is_of_the_case(finding.code) => Some(*id),
            Location::At(..) | Location::File(_) | Location::Case => None,
        };
        let message = if have_one_cause(finding.code) { "" } else { finding.message.en() };
        let key = (finding.code, file, message, finding.help.as_deref().map_or("", Message::en));
        match known.get(&key) {
            Some(&at) => groups[at].others.push(finding),
            None => {
                known.insert(key, groups.len());
                groups.push(Grouped { first: finding, others: Vec::new() });
            }
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(levels.of(group.first.code)));
    groups
}

/// Whether findings of a code in one file have one cause, though the words that they quote differ: a habit, or the tool
/// that the file was written with.
fn have_one_cause(code: Code) -> bool {
    matches!(code, Code::ForeignMarkup | Code::RemovedHtml | Code::UnevenTable)
}

/// Whether findings of a code are the habit of a whole case: every file of it has the keys that its author gives files, the
/// marks of the tool it was written with, pictures from one host, times without a zone.
fn is_of_the_case(code: Code) -> bool {
    matches!(code, Code::UnusedFrontMatter | Code::ForeignMarkup | Code::RemoteImage | Code::TimeWithoutZone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources, Span};

    #[test]
    fn what_repeats_is_one_finding_with_every_place_and_errors_come_first() {
        let mut sources = Sources::default();
        let ids = ["a.md", "b.md"].map(|path| sources.add(Source::new(path, "一二三四五六".to_owned())));
        let at = |code, id, start: usize, message: &str| {
            Diagnostic::at(code, id, Span::new(start, start + 3), Message::alike(message))
                .help(Message::alike("do this"))
        };
        let findings = [
            at(Code::RemoteImage, ids[0], 0, "an image"),
            at(Code::RemoteImage, ids[0], 3, "an image"),
            at(Code::RemoteImage, ids[1], 0, "an image"),
            at(Code::BrokenLink, ids[1], 3, "there is no x"),
            at(Code::BrokenLink, ids[1], 6, "there is no y"),
            at(Code::RemovedHtml, ids[1], 9, "<h1>"),
            at(Code::RemovedHtml, ids[1], 12, "<h2>"),
            Diagnostic::file(Code::EmptyDocument, "c.md", Message::alike("no text")),
            Diagnostic::file(Code::EmptyDocument, "d.md", Message::alike("no text")),
            Diagnostic::file(Code::NotUtf8, "e.md", Message::alike("not UTF-8")),
            at(Code::UnusedFrontMatter, ids[0], 0, "the key `a` is not known"),
            at(Code::UnusedFrontMatter, ids[1], 0, "the key `a` is not known"),
        ];
        let groups = group(&findings, &Levels::default());
        let counted: Vec<(&str, usize)> = groups.iter().map(|group| (group.first.code.id(), group.count())).collect();
        let wanted = [("C102", 1), ("C405", 3), ("C401", 1), ("C401", 1), ("C407", 2), ("C106", 2), ("C208", 2)];
        assert_eq!(counted, wanted);
        assert_eq!(groups.iter().map(Grouped::count).sum::<usize>(), findings.len());
    }
}
