//! Facts of a withheld passage on which the rest depends: labels that it defines, times from which others count.

use crate::document::gap::{Dated, Gap};
use crate::document::label::Key;
use crate::document::{Document, LabelId, Time, definition};
use crate::language::lexicon::Lexicon;
use crate::source::{Source, Sources, Span};

/// What a text says before anything of it is withheld.
pub(super) struct Said {
    document: Document,
    /// What it defines, and where the labels stand, in order.
    defines: Vec<(Span, Key)>,
}

impl Said {
    /// What `source` says, which `parse` reads.
    pub(super) fn of(source: Source, lexicon: &Lexicon, parse: impl FnOnce(&Source) -> Document) -> Self {
        let document = parse(&source);
        let mut sources = Sources::default();
        sources.add(source);
        let all = definition::of(&document, &sources, lexicon, |_| false).all;
        let label = |label: LabelId| document.labels[label].span;
        let defined = all.into_iter().filter_map(|defined| Some((label(defined.label?), defined.key)));
        let mut defines: Vec<_> = defined.collect();
        defines.sort_by_key(|(span, _)| span.start);
        Self { document, defines }
    }

    /// The gap that is left at `at` of what is published, where `withheld` of this text is.
    pub(super) fn gap(&self, at: Span, withheld: Span) -> Gap {
        let times = starting_within(&self.document.times, withheld, |time| time.span).iter();
        let dated = times.map(|time| if says_year(time) { Dated::WithYear } else { Dated::WithoutYear });
        let defines = starting_within(&self.defines, withheld, |(span, _)| *span).iter().map(|(_, key)| key.clone());
        Gap { span: at, dated: dated.max().unwrap_or(Dated::No), defines: defines.collect() }
    }
}

/// Those of `all`, which stand in order, that start within `part`.
fn starting_within<T>(all: &[T], part: Span, span: impl Fn(&T) -> Span) -> &[T] {
    let first = all.partition_point(|one| span(one).start < part.start);
    let rest = &all[first..];
    &rest[..rest.partition_point(|one| span(one).start < part.end)]
}

fn says_year(time: &Time) -> bool {
    let moments = time.expression.iter().flat_map(|told| std::iter::once(told.start).chain(told.end));
    moments.into_iter().any(|moment| moment.year.is_some() || moment.years_ago.is_some())
}
