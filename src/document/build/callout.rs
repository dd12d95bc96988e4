//! Call-outs of Obsidian and alerts of GitHub: quotes whose first line is `[!info]- title`. comrak's own alerts take the title
//! for plain text, and so are not asked for.

use crate::language::lists::callout::{CAUTIONS, IMPORTANT, NOTES, TIPS, WARNINGS};
use comrak::nodes::{AstNode, NodeValue};

use super::super::front_matter::names_withheld;
use super::super::outline::Context;
use super::super::tree::{Alert, NodeId, NodeKind};
use super::{Builder, litter};
use crate::source::Span;

/// The first line of a call-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Callout {
    alert: Alert,
    /// Whether it folds, and is open before anybody unfolds it.
    fold: Option<bool>,
    has_title: bool,
    /// Whether its name is the author's own, and so its title: `[!案情摘要]`.
    pub(super) names_itself: bool,
    /// How much of the line is the mark.
    pub(super) mark: usize,
}

impl Callout {
    /// Reads the first line of a quote.
    fn read(line: &str) -> Option<Self> {
        let inside = line.strip_prefix("[!")?;
        let close = inside.find(']')?;
        let name = inside[..close].split('|').next().unwrap_or("").trim();
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ')) {
            return None;
        }
        let after = &inside[close + 1..];
        let (fold, title) = match after.strip_prefix(['-', '+']) {
            Some(title) => (Some(after.starts_with('+')), title),
            None => (None, after),
        };
        if !(title.is_empty() || title.starts_with(char::is_whitespace) || fold.is_some()) {
            return None;
        }
        let written = !title.trim().is_empty();
        let known = alert(&name.to_lowercase());
        let names_itself = known.is_none() && !written;
        let mark = if names_itself { "[!".len() } else { line.len() - title.trim_start().len() };
        let (alert, has_title) = (known.unwrap_or(Alert::Note), written || names_itself);
        Some(Self { alert, fold, has_title, names_itself, mark })
    }

    fn node(self) -> NodeKind {
        match self.fold {
            // What has no title could not be told from what it folds away.
            Some(open) if self.has_title => NodeKind::Details { open },
            _ => NodeKind::Alert(self.alert),
        }
    }
}

/// What an author means by the names of Obsidian and GitHub.
fn alert(name: &str) -> Option<Alert> {
    let kinds = [
        (NOTES, Alert::Note),
        (TIPS, Alert::Tip),
        (IMPORTANT, Alert::Important),
        (WARNINGS, Alert::Warning),
        (CAUTIONS, Alert::Caution),
    ];
    kinds.into_iter().find(|(names, _)| names.contains(&name)).map(|(_, alert)| alert)
}

impl<'a> Builder<'a> {
    /// What the quote `node` is, if it is a call-out. Its first paragraph is to come.
    pub(super) fn begin_callout(&mut self, node: &'a AstNode<'a>) -> Option<NodeKind> {
        let first = node.first_child().filter(|first| matches!(first.data().value, NodeValue::Paragraph))?;
        let seen = self.seen(self.span(first.data().sourcepos));
        let line = seen.lines().next()?;
        let callout = Callout::read(line)?;
        let name = line.trim_start_matches("[!").split([']', '|']).next().unwrap_or("");
        if names_withheld(name) {
            let span = self.span(first.data().sourcepos);
            self.report_litter(litter::LitterKind::Withheld, line, span);
        }
        self.callout = Some(callout);
        Some(callout.node())
    }

    /// Begins the first paragraph of a call-out, at `span`: its title, or what stands below it. None if no call-out has
    /// begun.
    pub(super) fn callout_title(&mut self, span: Span) -> Option<Option<NodeId>> {
        let callout = self.callout?;
        if callout.has_title {
            let kind = if callout.fold.is_some() { NodeKind::Summary } else { NodeKind::AlertTitle };
            return Some(Some(self.enter(kind, span)));
        }
        Some(self.seen(span).trim_end().contains('\n').then(|| {
            let id = self.enter(NodeKind::Paragraph { columns: false }, span);
            self.begin_block(id, Context::Block);
            id
        }))
    }

    /// Whether the text goes into the title of a call-out.
    pub(super) fn is_in_callout_title(&self) -> bool {
        matches!(self.tree.get(self.parent()).kind, NodeKind::AlertTitle | NodeKind::Summary)
    }

    /// Ends the title of a call-out with its line: what follows is its first paragraph.
    pub(super) fn end_callout_title(&mut self) {
        self.close_down_to(self.parent());
        let id = self.enter(NodeKind::Paragraph { columns: false }, self.block_span);
        self.begin_block(id, Context::Block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_callout_is_read() {
        for (line, alert, fold, title) in [
            ("[!info]", Alert::Note, None, ""),
            ("[!info]- 折叠", Alert::Note, Some(false), "折叠"),
            ("[!案情摘要]", Alert::Note, None, "案情摘要]"),
            ("[!warning]+", Alert::Warning, Some(true), ""),
            ("[!NOTE]", Alert::Note, None, ""),
            ("[!FAQ]+ Why?", Alert::Important, Some(true), "Why?"),
            ("[!bug] 标题", Alert::Caution, None, "标题"),
            ("[!quote|right] a", Alert::Note, None, "a"),
            ("[!my-own]-折叠", Alert::Note, Some(false), "折叠"),
        ] {
            let read = Callout::read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((read.alert, read.fold, &line[read.mark..]), (alert, fold, title), "{line}");
        }
        for line in ["[!]", "[!info](a.md)", "[info] a", "![info] a", "[! !]", "text [!info]", "[!info"] {
            assert_eq!(Callout::read(line), None, "{line}");
        }
    }
}
