//! Replacing parts of a text, with a map back to where everything stood.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::{Position, Source, Span, characters};

/// A range of bytes and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; on character boundaries.
    pub range: Range<usize>,
    /// What by.
    pub text: String,
}

/// Where the places of an edited text stood before. Holds numbers alone, nothing of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins(Vec<Origin>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    /// The new text, in bytes of the edited text.
    new: Range<u32>,
    /// Where the replaced text began and ended.
    start: Position,
    end: Position,
    /// How many columns of a terminal more the replaced text took; nothing where it went over the end of a line.
    narrower: i32,
}

impl Origins {
    /// Whether nothing was replaced.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something in a span of the edited text was replaced.
    pub(super) fn overlap(&self, span: Span) -> bool {
        let after = self.0.partition_point(|origin| origin.new.end <= span.start);
        self.0.get(after).is_some_and(|origin| origin.new.start < span.end)
    }

    /// How many columns more the texts took that were replaced in a span of the edited text.
    pub(super) fn narrower(&self, span: Span) -> i32 {
        let from = self.0.partition_point(|origin| origin.new.start < span.start);
        self.0[from..].iter().take_while(|origin| origin.new.start < span.end).map(|origin| origin.narrower).sum()
    }

    /// Where what is at byte `offset` of the edited text `source` stood before.
    pub(super) fn position(&self, source: &Source, offset: usize) -> Option<Position> {
        let after = self.0.partition_point(|origin| origin.new.start as usize <= offset);
        let origin = &self.0[after.checked_sub(1)?];
        let new_end = origin.new.end as usize;
        if offset < new_end {
            return Some(origin.start);
        }
        let lines = source.line_of(offset) - source.line_of(new_end);
        let column = match lines {
            0 => origin.end.column + characters(&source.text.as_bytes()[new_end..offset]),
            _ => source.position_as_is(offset).column,
        };
        Some(Position { line: origin.end.line + lines as u32, column })
    }
}

/// How many columns a text takes; none if it has several lines.
fn columns(text: &str) -> i32 {
    if text.contains('\n') { 0 } else { text.width_cjk() as i32 }
}

/// The text of `source` with `edits`, which are in order and apart; and where everything stood.
pub fn edited(source: &Source, edits: &[Edit]) -> (String, Origins) {
    let mut text = String::with_capacity(source.text.len());
    let mut origins = Vec::with_capacity(edits.len());
    let mut at = 0;
    for edit in edits {
        text.push_str(&source.text[at..edit.range.start]);
        let start = text.len() as u32;
        text.push_str(&edit.text);
        origins.push(Origin {
            narrower: columns(&source.text[edit.range.clone()]) - columns(&edit.text),
            new: start..text.len() as u32,
            start: source.position(edit.range.start),
            end: source.position(edit.range.end),
        });
        at = edit.range.end;
    }
    text.push_str(&source.text[at..]);
    (text, Origins(origins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_an_edited_text_are_those_of_the_file() {
        let before = Source::new("a.md", "甲张三乙\n丙\n丁张\n三戊\n己".to_owned());
        let range = |of: &str| before.text.find(of).map(|at| at..at + of.len()).unwrap();
        let edits = [
            Edit { range: range("张三"), text: "证人一".to_owned() },
            Edit { range: range("张\n三"), text: "证人一".to_owned() },
        ];
        let (text, origins) = edited(&before, &edits);
        assert_eq!(text, "甲证人一乙\n丙\n丁证人一戊\n己");
        let after = Source::new("a.md", text).with_origins(origins);
        for c in ['甲', '乙', '丙', '丁', '戊', '己'] {
            let find = |source: &Source| source.position(source.text.find(c).unwrap());
            assert_eq!(find(&after), find(&before), "{c}");
        }
        assert_eq!(after.position(after.text.find("人一").unwrap()), Position { line: 1, column: 2 });
    }
}
