//! Raw HTML and GitBook's blocks as nodes of the tree.

use super::super::gitbook::{self, Block};
use super::super::html::{self, Fate, Inline, Tag, Token};
use super::super::tree::NodeKind;
use super::depth::MAX_NESTING;
use super::mask::unhide;
use super::second_look::is_text;
use super::{Builder, litter};
use crate::diagnostic::Code;
use crate::source::Span;

impl Builder<'_> {
    /// A literal with its GitBook tags as the author wrote them.
    pub(super) fn unmask(&self, literal: &str, span: Span) -> Box<str> {
        let literal = &unhide(literal);
        if !gitbook::is_masked(literal) {
            return literal.as_ref().into();
        }
        let mut written = self.masked.lines_within(span);
        let mut out = String::with_capacity(literal.len());
        for line in literal.split_inclusive('\n') {
            match gitbook::is_masked(line).then(|| written.next()).flatten() {
                Some(original) => {
                    let content = line.trim_end_matches(['\n', '\r']);
                    out.push_str(&content[..content.len() - content.trim_start().len()]);
                    out.push_str(original.text.trim());
                    out.push_str(&line[content.len()..]);
                }
                None => out.push_str(line),
            }
        }
        out.into()
    }

    /// A block of raw HTML. It goes on to an empty line, so that lines of GitBook tags, which are masked, may be anywhere in it.
    pub(super) fn html_block(&mut self, literal: &str, span: Span) {
        if !gitbook::is_masked(literal) {
            self.html(literal, span);
            return;
        }
        let mut tags: Vec<_> = self.masked.lines_within(span).map(|line| line.tags.clone()).collect();
        tags.reverse();
        let mut html = String::new();
        for line in literal.split_inclusive('\n') {
            if !gitbook::is_masked(line) {
                html.push_str(line);
                continue;
            }
            self.html(&std::mem::take(&mut html), span);
            for (tag, ended) in tags.pop().into_iter().flatten() {
                self.gitbook_tag(tag, ended, span);
            }
        }
        self.html(&html, span);
    }

    fn html(&mut self, literal: &str, span: Span) {
        if literal.trim().is_empty() {
            return;
        }
        let tokens = html::tokens(literal);
        if html::depth(&tokens) > MAX_NESTING {
            let message = format!("HTML nested more than {MAX_NESTING} levels; it is shown as plain text");
            self.find(Code::TooDeep, span, message, "end the elements that were begun");
            let paragraph = self.enter(NodeKind::Paragraph { columns: false }, span);
            self.push_text(literal.trim_end(), span);
            self.close_down_to(paragraph);
            return;
        }
        if is_text(literal) {
            if litter::is_component(literal) {
                self.report_litter(
                    litter::Kind::Component,
                    literal,
                    Span::new(span.start as usize, span.start as usize + 1),
                );
            }
            let paragraph = self.enter(NodeKind::Paragraph { columns: false }, span);
            self.push_text(literal.trim_end(), span);
            self.close_down_to(paragraph);
            return;
        }
        self.report_refused(literal, span);
        match half_of_details(&tokens) {
            Some(Half::Begin { raw, open }) => {
                self.enter_tag(NodeKind::Details { open }, span, "details");
                self.fragment(&html::clean(&literal.replacen(raw, "", 1)), span);
            }
            Some(Half::End) => {
                let at = literal.to_ascii_lowercase().find("</details").unwrap_or(literal.len());
                self.fragment(&html::clean(&literal[..at]), span);
                if !self.close_tag("details") {
                    let message = "`</details>` ends what nothing begins";
                    self.find(Code::UnbalancedBlock, span, message, "put `<details>` before it");
                }
                let after = literal[at..].split_once('>').map_or("", |(_, after)| after);
                self.fragment(&html::clean(after), span);
            }
            None => self.fragment(&html::clean(literal), span),
        }
    }

    fn report_refused(&mut self, raw: &str, span: Span) {
        if let Some(what) = html::refused(raw) {
            // With an attribute no text is lost.
            let is_attribute = what.ends_with("=…");
            let help =
                if is_attribute { "take it out; it has no effect" } else { "write it in Markdown, or show it as code" };
            self.find(Code::RemovedHtml, span, format!("raw HTML was removed: {what}"), help);
        }
    }

    /// Sanitised HTML as nodes. Links, images and figures become what Markdown's are.
    fn fragment(&mut self, clean: &str, span: Span) {
        let base = self.open.len();
        for token in html::tokens(clean) {
            match token {
                Token::Text(text) if text.trim().is_empty() && self.open.len() == base => {}
                Token::Text(text) => {
                    self.push_text(&html::decode(text), span);
                }
                Token::Open(tag) => self.open_element(&tag, span),
                Token::Close(name) => self.close_element(&name, span, base),
            }
        }
        while self.open.len() > base {
            let node = self.parent();
            self.close_down_to(node);
        }
    }

    fn open_element(&mut self, tag: &Tag, span: Span) {
        let attribute = |name| tag.attribute(name).unwrap_or("");
        match tag.name.as_str() {
            "a" if attribute("href").is_empty() => {}
            "a" => {
                self.enter_link(attribute("href"), attribute("title"), span, false);
                if let Some(open) = self.open.last_mut() {
                    open.tag = Some("a");
                }
            }
            "img" if attribute("src").is_empty() => {
                self.push_text(attribute("alt"), span);
            }
            "img" => self.add_image(attribute("src"), attribute("alt"), attribute("title"), span),
            "figure" => {
                self.enter_tag(NodeKind::Figure, span, "figure");
            }
            "figcaption" => {
                self.enter_tag(NodeKind::Caption, span, "figcaption");
            }
            "details" => {
                let open = tag.attribute("open").is_some();
                self.enter_tag(NodeKind::Details { open }, span, "details");
            }
            "summary" => {
                self.enter_tag(NodeKind::Summary, span, "summary");
            }
            "br" => {
                self.push(NodeKind::LineBreak, span);
            }
            // Without an attribute left these say nothing, and a block among inline text would break it.
            "span" | "div" | "center" => {}
            _ => {
                let raw = self.tree.keep(tag.raw.as_str());
                self.push(NodeKind::Tag(raw), span);
            }
        }
    }

    fn close_element(&mut self, name: &str, span: Span, base: usize) {
        match name {
            "a" | "figure" | "figcaption" | "details" | "summary" => {
                if self.open.len() > base {
                    self.close_tag(name);
                }
            }
            "br" | "img" | "hr" | "wbr" | "span" | "div" | "center" => {}
            _ => {
                let raw = self.tree.keep(format!("</{name}>"));
                self.push(NodeKind::Tag(raw), span);
            }
        }
    }

    /// One tag of HTML among text. What is no element of HTML is text in angle brackets, and so is half of a pair.
    pub(super) fn html_inline(&mut self, raw: &str, span: Span) {
        let is_text = match html::tokens(raw).into_iter().next() {
            Some(Token::Open(tag)) if html::is_block(&tag.name) && !html::is_prose(&tag) => {
                self.report_refused(raw, span);
                self.ask_for_break(span);
                false
            }
            Some(Token::Open(tag)) if html::fate(&tag.name) != Fate::Unknown && !html::is_prose(&tag) => {
                let is_half = Inline::find(&tag.name).is_some() && !self.is_closed_later(&tag.name, span);
                if !is_half {
                    self.open_inline(&tag, raw, span);
                }
                is_half
            }
            Some(Token::Close(name)) if html::is_block(&name) => {
                self.ask_for_break(span);
                false
            }
            Some(Token::Close(name)) if html::fate(&name) != Fate::Unknown => {
                !self.close_tag(&name) && Inline::find(&name).is_some()
            }
            Some(_) => true,
            None => !raw.starts_with("<!--"),
        };
        if is_text {
            if litter::is_component(raw) {
                self.report_litter(litter::Kind::Component, raw, span);
            }
            self.end_lead();
            if let Some(span) = self.break_due.take() {
                self.push(NodeKind::LineBreak, span);
            }
            self.push_text(raw, span);
        }
    }

    /// What follows belongs on a line of its own, if anything stands before it.
    fn ask_for_break(&mut self, span: Span) {
        let parent = self.parent();
        let last = self.tree.len() - 1;
        let is_empty = parent == last || matches!(self.tree.get(last).kind, NodeKind::LineBreak);
        if !is_empty {
            self.break_due = Some(span);
        }
    }

    /// Whether the element `name` that begins at `span` is ended in the same block.
    fn is_closed_later(&mut self, name: &str, span: Span) -> bool {
        let block = self.block_span;
        let known = self.closings.iter().find(|(known, at, _)| known == name && *at == block.start);
        let last = match known {
            Some((_, _, last)) => *last,
            None => {
                self.closings.retain(|(_, at, _)| *at == block.start);
                let tag = format!("</{name}");
                let last = self.source.slice(block).to_ascii_lowercase().rfind(&tag).map(|at| block.start + at as u32);
                self.closings.push((name.to_owned(), block.start, last));
                last
            }
        };
        last.is_some_and(|last| last >= span.end)
    }

    fn open_inline(&mut self, tag: &Tag, raw: &str, span: Span) {
        self.report_refused(raw, span);
        if let Some(element) = Inline::find(&tag.name) {
            self.enter_tag(NodeKind::Element(element), span, element.name());
        } else if matches!(tag.name.as_str(), "a" | "img" | "br") {
            self.end_lead();
            let clean = html::clean(raw);
            if let Some(Token::Open(tag)) = html::tokens(&clean).into_iter().next() {
                self.open_element(&tag, span);
            }
        }
    }

    fn gitbook_tag(&mut self, tag: gitbook::Tag, ended: bool, span: Span) {
        match tag {
            gitbook::Tag::Begin(block) => self.begin_gitbook(block, ended, span),
            gitbook::Tag::End(name) => {
                if !self.close_tag(name) {
                    let message = format!("`{{% end{name} %}}` ends what nothing begins");
                    self.find(Code::UnbalancedBlock, span, message, "take it out, or put the beginning before it");
                }
            }
        }
    }

    fn begin_gitbook(&mut self, block: Block, ended: bool, span: Span) {
        let name = block.name();
        let alone = !ended && block.may_stand_alone();
        if !ended && !alone {
            let message = format!("`{{% {name} %}}` is never ended");
            self.find(Code::UnbalancedBlock, span, message, &format!("end it with `{{% end{name} %}}`"));
        }
        let kind = match block {
            Block::Figure { src, alt, caption } => {
                let figure = self.enter(NodeKind::Figure, span);
                self.add_image(&src, &alt, "", span);
                self.name_last_image();
                if !caption.is_empty() {
                    self.enter(NodeKind::Caption, span);
                    self.push_text(&caption, span);
                }
                self.close_down_to(figure);
                return;
            }
            Block::Hint(style) => NodeKind::Hint(style),
            Block::Tabs => NodeKind::Tabs,
            Block::Tab(title) => NodeKind::Tab(self.tree.keep(title)),
            Block::ContentRef(url) | Block::Embed(url) | Block::File(url) => {
                let node = self.tree.len();
                NodeKind::Card(self.add_link(&url, "", span, node, false))
            }
        };
        let node = self.enter_tag(kind, span, name);
        if alone {
            self.close_down_to(node);
        }
    }
}

/// One half of a `<details>` whose content is Markdown in blocks of its own; cleaning each half alone would close it
/// at once.
enum Half<'a> {
    Begin { raw: &'a str, open: bool },
    End,
}

fn half_of_details<'a>(tokens: &'a [Token<'_>]) -> Option<Half<'a>> {
    let begins: Vec<&Tag> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Open(tag) if tag.name == "details" => Some(tag),
            _ => None,
        })
        .collect();
    let ends = tokens.iter().filter(|token| matches!(token, Token::Close(name) if name == "details")).count();
    match (begins.as_slice(), ends) {
        ([tag], 0) => Some(Half::Begin { raw: &tag.raw, open: tag.attribute("open").is_some() }),
        ([], 1) => Some(Half::End),
        _ => None,
    }
}
