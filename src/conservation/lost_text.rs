//! Letters and digits of a source that its tree does not have, and those that it has out of order or twice.

use std::ops::Range;

use super::{Original, Sign, counts, signs};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::document::Document;
use crate::document::tree::NodeKind;
use crate::source::{Source, SourceId, Span};

/// What tells the author that something at its place is left out.
const TELLING: &[Code] = &[Code::RemovedHtml, Code::HiddenText];

/// What of `source` is not in the tree of `document` as it is written.
pub fn report(document: &Document, source: &Source) -> Vec<Diagnostic> {
    let told = told(&document.findings, document.source);
    let tree = &document.tree;
    let mut gaps = Gaps {
        text: &source.text,
        original: Original::new(&source.text),
        id: document.source,
        told,
        at: 0,
        shown: Vec::new(),
        findings: Vec::new(),
    };
    for (id, node) in tree.iter() {
        match &node.kind {
            // What these show is the source at their place.
            NodeKind::Text => gaps.exact(source.clamp(node.span)),
            NodeKind::Number | NodeKind::ItemNumber(_) | NodeKind::Separator => match tree.words(source, id) {
                words if words == source.slice(node.span) => gaps.exact(source.clamp(node.span)),
                words => gaps.shown(words),
            },
            NodeKind::Label(label) => {
                let label = &document.labels[*label];
                match label.extra.as_ref().and_then(|extra| extra.text.as_deref()) {
                    Some(_) if label.span.is_empty() => {}
                    Some(text) => gaps.shown(text),
                    None => gaps.exact(source.clamp(label.span)),
                }
            }
            NodeKind::Footnote(label) => gaps.shown(document.labels[*label].text(source)),
            NodeKind::Decoded(text) | NodeKind::Code(text) | NodeKind::CodeBlock(text) | NodeKind::Tab(text) => {
                gaps.shown(tree.literal(*text));
            }
            NodeKind::Sum(sum) => gaps.shown(&document.sums[*sum].formula),
            NodeKind::Image(image) => {
                let image = &document.images[*image];
                // The other tools' pictures may say what they show behind what stands below them.
                if image.by_name { gaps.shown_somewhere(&image.alt) } else { gaps.shown(&image.alt) }
            }
            NodeKind::Card(link) => gaps.shown(&document.links[*link].url),
            _ => {}
        }
    }
    gaps.close(source.text.len());
    gaps.findings
}

/// The places of which one of `findings` says that something in them is left out, in their order and apart from each other.
pub fn told(findings: &[Diagnostic], source: SourceId) -> Vec<Range<usize>> {
    let telling = findings.iter().filter(|finding| TELLING.contains(&finding.code));
    let range = |finding: &Diagnostic| match finding.place {
        Location::At(id, span) => (id == source).then(|| span.range()),
        Location::File(_) | Location::Case => None,
    };
    let mut all: Vec<_> = telling.filter_map(range).collect();
    all.sort_by_key(|range| range.start);
    all.dedup_by(|next, range| {
        let meet = next.start <= range.end;
        if meet {
            range.end = range.end.max(next.end);
        }
        meet
    });
    all
}

/// What lies between the places that are shown as they are written.
struct Gaps<'a> {
    text: &'a str,
    original: Original<'a>,
    id: SourceId,
    told: Vec<Range<usize>>,
    /// One past the last byte that is accounted for.
    at: usize,
    /// What is shown behind it, and does not stand in the source as it is.
    shown: Vec<Sign>,
    findings: Vec<Diagnostic>,
}

impl Gaps<'_> {
    fn shown(&mut self, text: &str) {
        self.shown.extend(signs(text));
    }

    /// What is shown, perhaps not in the order of the source.
    fn shown_somewhere(&mut self, text: &str) {
        let at = self.shown.len();
        self.shown.push(Sign::Either(at + 1));
        self.shown(text);
        self.shown[at] = Sign::Either(self.shown.len());
    }

    fn exact(&mut self, span: Span) {
        self.close(span.start as usize);
        self.at = self.at.max(span.end as usize);
    }

    /// Accounts for what lies before byte `to`.
    fn close(&mut self, to: usize) {
        let gap = self.at..to.max(self.at);
        let out_of_order = to < self.at;
        let is_plain = !self.text[gap.clone()].contains(counts);
        if out_of_order || !(is_plain && self.shown.is_empty()) {
            let breach = self.original.compare(gap, &self.shown, &self.told).err();
            if let Some(at) = breach.map(|breach| breach.at).or(out_of_order.then_some(to)) {
                self.find(at);
            }
        }
        self.shown.clear();
    }

    fn find(&mut self, at: usize) {
        let rest = &self.text[at..];
        let start = at + rest.find(counts).unwrap_or(0);
        let rest = &self.text[start..];
        let words = rest.find(|c| !counts(c)).unwrap_or(rest.len());
        let message = message!(
            en: "this does not come out on the page as it is written",
            zh: "这里没有按原样出现在页面上"
        );
        let finding = Diagnostic::at(Code::LostText, self.id, Span::new(start, start + words), message);
        let help = message!(
            en: "write it in another way, as plain Markdown, and look at the page",
            zh: "请换一种写法，用简单的 Markdown，再看看页面"
        );
        self.findings.push(finding.help(help));
    }
}
