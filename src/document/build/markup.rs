//! Raw HTML and GitBook's blocks as nodes of the tree.

mod lines;
mod reach;
mod unread;

use std::ops::Range;

use comrak::nodes::{AstNode, NodeValue};

use super::super::gitbook::{self, Block};
use super::super::html::{self, Element, Fate, Tag, Token};
use super::super::outline::Context;
use super::super::tree::NodeKind;
use super::depth::MAX_NESTING;
use super::mask::{BLANK, unhide};
use super::second_look::is_text;
use super::{Builder, litter};
use crate::diagnostic::Code;
use crate::document::AnchorId;
use crate::document::section::SectionId;
use crate::source::{Source, Span};

impl<'a> Builder<'a> {
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

    /// A block of raw HTML, with the blocks after it up to where the last element ends that it begins.
    pub(super) fn html_blocks(&mut self, first: &'a AstNode<'a>, literal: &str, span: Span) {
        let Some(&last) = self.reaches.get(&span.start) else { return self.html_block(literal, span) };
        let mut html = String::new();
        let mut parts: Vec<Part<'a>> = Vec::new();
        let mut end = first;
        for node in first.following_siblings() {
            let ast = node.data();
            let own = self.span(ast.sourcepos);
            if own.start > last {
                break;
            }
            end = node;
            let mut hold = |part, html: &mut String| {
                html.push_str(&html::place(parts.len(), true));
                parts.push(part);
            };
            match &ast.value {
                NodeValue::HtmlBlock(block) => {
                    hold(Part::Begin(own), &mut html);
                    for piece in self.html_pieces(&unhide(&block.literal), own) {
                        match piece {
                            Piece::Html(raw) => html.push_str(&html::prepared(&raw)),
                            Piece::Tags(tags) => hold(Part::Tags(tags, own), &mut html),
                        }
                    }
                }
                _ => hold(Part::Node(node), &mut html),
            }
        }
        if html::depth(&html::tokens(&html)) > MAX_NESTING {
            return self.html_block(literal, span);
        }
        for part in &parts {
            if let Part::Begin(span) = part {
                let raw = self.source.slice(*span);
                self.report_refused(raw, *span);
                self.report_unread(raw, *span);
            }
        }
        self.fragment(&html::clean_prepared(&html), &parts, span);
        self.built_to = Some(end);
    }

    /// A cell that holds an ordered list in HTML, which has numbers only as a list.
    pub(super) fn html_cell(&mut self, cell: &'a AstNode<'a>, span: Span) {
        let is_list = |raw: &str| matches!(html::tokens(raw).first(), Some(Token::Open(tag)) if tag.name == "ol");
        let is_raw = |node: &AstNode<'a>| matches!(&node.data().value, NodeValue::HtmlInline(raw) if is_list(raw));
        if cell.children().any(is_raw) {
            self.html_children(cell, span);
        }
    }

    /// A paragraph in which raw HTML begins a heading, or which is a block of HTML behind what is hidden. Returns whether it
    /// was that.
    pub(super) fn html_paragraph(&mut self, paragraph: &'a AstNode<'a>, span: Span) -> bool {
        let is_gap = |c: char| c.is_whitespace() || c == BLANK;
        let is_blank =
            |node: &AstNode<'a>| matches!(&node.data().value, NodeValue::Text(text) if text.chars().all(is_gap));
        let begins = |node: &AstNode<'a>, is_wanted: &dyn Fn(&str) -> bool| match &node.data().value {
            NodeValue::HtmlInline(raw) => {
                matches!(html::tokens(raw).first(), Some(Token::Open(tag)) if is_wanted(&tag.name))
            }
            _ => false,
        };
        // Pasted mail sets a whole table in `<font>`.
        let is_apart =
            |name: &str| html::heading_level(name).is_some() || matches!(name, "table" | "blockquote" | "pre");
        let is_block = |name: &str| html::is_block(name) && !matches!(name, "p" | "div");
        let first = paragraph.children().find(|node| !is_blank(node));
        if !first.is_some_and(|first| begins(first, &is_block))
            && !paragraph.children().any(|node| begins(node, &is_apart))
        {
            return false;
        }
        self.html_children(paragraph, span);
        self.built_below
    }

    /// What stands in a cell or paragraph, as one piece of HTML.
    fn html_children(&mut self, cell: &'a AstNode<'a>, span: Span) {
        let mut html = String::new();
        let mut parts: Vec<Part<'a>> = Vec::new();
        for node in cell.children() {
            match &node.data().value {
                NodeValue::HtmlInline(raw) => {
                    self.report_refused(raw, span);
                    html.push_str(&html::prepared(&unhide(raw)));
                }
                _ => {
                    html.push_str(&html::place(parts.len(), false));
                    parts.push(Part::Node(node));
                }
            }
        }
        if html::depth(&html::tokens(&html)) <= MAX_NESTING {
            self.fragment(&html::clean_prepared(&html), &parts, span);
            self.built_below = true;
        }
    }

    /// A block of raw HTML by itself.
    fn html_block(&mut self, literal: &str, span: Span) {
        for piece in self.html_pieces(literal, span) {
            match piece {
                Piece::Html(html) => self.html(&html, span),
                Piece::Tags(tags) => self.gitbook_tags(tags, span),
            }
        }
    }

    /// The pieces of a block of raw HTML. It goes on to an empty line, so that lines of GitBook tags, which are masked, may be
    /// anywhere in it.
    fn html_pieces(&self, literal: &str, span: Span) -> Vec<Piece> {
        if !gitbook::is_masked(literal) {
            return vec![Piece::Html(literal.to_owned())];
        }
        let mut lines = self.masked.lines_within(span);
        let mut pieces = Vec::new();
        let mut html = String::new();
        for line in literal.split_inclusive('\n') {
            if !gitbook::is_masked(line) {
                html.push_str(line);
                continue;
            }
            pieces.push(Piece::Html(std::mem::take(&mut html)));
            pieces.extend(lines.next().map(|line| Piece::Tags(line.tags.clone())));
        }
        pieces.push(Piece::Html(html));
        pieces
    }

    fn html(&mut self, literal: &str, span: Span) {
        if literal.trim().is_empty() {
            return;
        }
        let tokens = html::tokens(literal);
        if html::depth(&tokens) > MAX_NESTING {
            let message = message!(
                en: "HTML nested more than {MAX_NESTING} levels; it is shown as plain text",
                zh: "HTML 嵌套超过 {MAX_NESTING} 层；按纯文本显示"
            );
            self.report(
                Code::TooDeep,
                span,
                message,
                message!(
                    en: "end the elements that were begun",
                    zh: "请结束已经开始的元素"
                ),
            );
            let paragraph = self.enter(NodeKind::Paragraph { columns: false }, span);
            self.push_text(literal.trim_end(), span);
            self.close_down_to(paragraph);
            return;
        }
        if is_text(literal) {
            if litter::is_component(literal) {
                self.report_litter(
                    litter::LitterKind::Component,
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
        self.report_unread(literal, span);
        self.fragment(&html::clean(literal), &[], span);
    }

    /// Reports Markdown in a block of HTML.
    fn report_unread(&mut self, html: &str, span: Span) {
        let Some(range) = unread::first_in(html) else { return };
        let place = self.source.slice(span).find(&html[range.clone()]).map(|at| span.start as usize + at);
        let place = place.map_or(span, |at| self.source.clamp(Span::new(at, at + range.len())));
        let message = message!(
            en: "Markdown in a block of HTML, which is shown as it is written",
            zh: "Markdown 写在 HTML 块中，会照样显示"
        );
        self.report(
            Code::UnreadMarkdown,
            place,
            message,
            message!(
                en: "leave an empty line before it and after it",
                zh: "请在它前后各空一行"
            ),
        );
    }

    fn report_refused(&mut self, raw: &str, span: Span) {
        if html::loses_stroke(raw) {
            let message = message!(
                en: "what this strikes out would be shown as if it stood",
                zh: "这里划去的内容会照常显示，看不出已划去"
            );
            self.report(
                Code::RemovedHtml,
                span,
                message,
                message!(
                    en: "strike the words themselves out: `~~…~~` or `<s>…</s>`",
                    zh: "请直接划去文字：`~~…~~` 或 `<s>…</s>`"
                ),
            );
            return;
        }
        if html::hides_by_style_sheet(raw) {
            let message = message!(
                en: "`<style>` hides text on other sites; here it is seen",
                zh: "`<style>` 在其他网站上会隐藏文字；这里看得见"
            );
            self.report(
                Code::SeenText,
                span,
                message,
                message!(
                    en: "take the text out of the file if it is not to be read",
                    zh: "如果不该给人看，请从文件中删去这段文字"
                ),
            );
            return;
        }
        if let Some(what) = html::refused(raw) {
            // With an attribute no text is lost.
            let is_attribute = what.ends_with("=…");
            let help = if is_attribute {
                message!(en: "take it out; it has no effect", zh: "请删去；它不起作用")
            } else {
                message!(
                    en: "write it in Markdown, or show it as code",
                    zh: "请用 Markdown 书写，或作为代码显示"
                )
            };
            self.report(
                Code::RemovedHtml,
                span,
                message!(
                    en: "raw HTML was removed: {what}",
                    zh: "已去掉 HTML：{what}"
                ),
                help,
            );
        }
    }

    /// Sanitised HTML as nodes, with `parts` at their places. Links, images and figures become what Markdown's are. What
    /// stands beside blocks is made a block.
    fn fragment(&mut self, clean: &str, parts: &[Part<'a>], mut span: Span) {
        let base = self.open.len();
        let (mut beside_block, mut after_tag) = (true, true);
        let tokens = html::headings::set_apart(html::tokens(clean));
        // A heading belongs to the document, not to the box that centres it.
        let unwraps = base == 1 && has_heading(&tokens, parts);
        let mut written = Written::of(self.source, span);
        // Whether ends of lines are meant up to the next block; and, once words stand there, whether their line ended.
        let (mut keeps_lines, mut line_ended) = (None, None);
        for (index, token) in tokens.iter().enumerate() {
            let is_gap = after_tag && matches!(token, Token::Text(text) if text.trim().is_empty());
            after_tag = match &token {
                Token::Open(tag) => html::is_block(&tag.name) && tag.name != "pre",
                Token::Close(name) => html::is_block(name),
                Token::Text(_) => is_gap,
            };
            let begins_block = |name: &str| html::is_block(name) && name != "hr";
            match token {
                Token::Open(tag) if begins_block(&tag.name) => (keeps_lines, line_ended) = (None, None),
                Token::Close(name) if begins_block(name) => (keeps_lines, line_ended) = (None, None),
                Token::Open(_) if line_ended == Some(true) => {
                    line_ended = Some(false);
                    self.push(NodeKind::LineBreak, span);
                }
                _ => {}
            }
            match token {
                Token::Text(_) if is_gap => {}
                Token::Text(text) => {
                    let own = written.place_of(self.source, text);
                    let words = &self.origin.lexicon.times;
                    if self.is_as_written() {
                        self.begin_line(&mut beside_block, span);
                        self.html_part(text, 0..text.len(), own, span);
                        continue;
                    }
                    if *keeps_lines.get_or_insert_with(|| lines::are_meant(&tokens[index..], words)) {
                        self.html_lines(text, own, span, &mut beside_block, &mut line_ended);
                        continue;
                    }
                    self.begin_line(&mut beside_block, span);
                    for part in lines::closed_up(text) {
                        self.html_part(text, part, own, span);
                    }
                }
                Token::Open(tag)
                    if (unwraps && tag.name == "div")
                        || (html::heading_level(&tag.name).is_some() && !is_title(&tokens[index..], parts)) =>
                {
                    self.end_line();
                    beside_block = true;
                }
                Token::Open(tag) if html::is_block(&tag.name) => {
                    self.end_line();
                    match html::placed(tag).and_then(|number| parts.get(number)) {
                        Some(Part::Begin(own)) => {
                            span = *own;
                            written = Written::of(self.source, span);
                        }
                        Some(Part::Tags(tags, span)) => self.gitbook_tags(tags.clone(), *span),
                        Some(Part::Node(node)) if self.html_heading.is_some() => self.walk_below(node),
                        Some(Part::Node(node)) => self.walk(node),
                        None => self.open_element(tag, span),
                    }
                    beside_block = tag.name == "hr";
                }
                Token::Open(tag) => {
                    if let Some(Part::Node(node)) = html::placed(tag).and_then(|number| parts.get(number)) {
                        self.begin_line(&mut beside_block, span);
                        self.walk(node);
                        continue;
                    }
                    if is_seen(tag) {
                        self.begin_line(&mut beside_block, span);
                    }
                    self.open_element(tag, span);
                }
                Token::Close(name) => {
                    if self.open.len() > base {
                        self.close_tag(name);
                    }
                    if html::heading_level(name).is_some() {
                        self.end_heading();
                    } else if name == "p" {
                        self.lead = None;
                    }
                    beside_block |= html::is_block(name);
                }
            }
        }
        while self.open.len() > base {
            let node = self.parent();
            self.close_down_to(node);
        }
    }

    /// Text of raw HTML whose lines end where its author ended them; `own` is where it stands letter by letter, if it does.
    fn html_lines(
        &mut self,
        text: &str,
        own: Option<Span>,
        span: Span,
        beside_block: &mut bool,
        ended: &mut Option<bool>,
    ) {
        let mut at = 0;
        for (index, line) in text.split('\n').enumerate() {
            let start = at + if index > 0 { line.len() - line.trim_start().len() } else { 0 };
            let words = &text[start.min(at + line.len())..at + line.len()];
            at += line.len() + 1;
            if index > 0 && ended.is_some() {
                *ended = Some(true);
            }
            if words.trim().is_empty() {
                continue;
            }
            self.begin_line(beside_block, span);
            if ended.replace(false) == Some(true) {
                self.push(NodeKind::LineBreak, span);
            }
            self.html_part(text, start..start + words.len(), own, span);
        }
    }

    /// A part of text of raw HTML; `own` is where the text stands letter by letter, if it does.
    fn html_part(&mut self, text: &str, part: Range<usize>, own: Option<Span>, span: Span) {
        let words = &text[part.clone()];
        match own.map(|own| own.start as usize) {
            Some(start) => self.html_text(words, Span::new(start + part.start, start + part.end), true),
            None => self.html_text(&html::decode(words), span, false),
        }
    }

    /// Begins a heading that is written in HTML.
    fn begin_heading(&mut self, element: Element, level: u8, span: Span) {
        let next = SectionId::next(&self.parts.sections);
        let node = self.enter_tag(NodeKind::Heading(next), span, element.name());
        self.html_heading = Some((node, level));
        self.heading_label = None;
        self.item = None;
        self.begin_block(node, Context::Heading);
    }

    fn end_heading(&mut self) {
        let Some((node, level)) = self.html_heading.take() else { return };
        self.close_down_to(node);
        self.add_section(node, level, None);
        self.lead = None;
    }

    /// Builds what stands in a paragraph, without the paragraph.
    fn walk_below(&mut self, paragraph: &'a AstNode<'a>) {
        for node in paragraph.children() {
            self.walk(node);
        }
    }

    /// Begins a block for what stands beside one.
    fn begin_line(&mut self, beside_block: &mut bool, span: Span) {
        if std::mem::take(beside_block)
            && let Some(element) = Element::find("div")
        {
            self.enter_tag(NodeKind::Element { element, attributes: None }, span, LINE);
        }
    }

    /// Ends the block that [`Self::begin_line`] began, if nothing is open in it.
    fn end_line(&mut self) {
        if self.open.last().is_some_and(|open| open.tag == Some(LINE)) {
            self.close_tag(LINE);
        }
    }

    fn open_element(&mut self, tag: &Tag, span: Span) {
        let attribute = |name| tag.attribute(name).unwrap_or("");
        match tag.name.as_str() {
            "a" if attribute("href").is_empty() => self.add_anchor(tag, span),
            "a" => {
                // As browsers read it: a link ends where the next begins.
                self.close_tag("a");
                self.add_anchor(tag, span);
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
            "hr" => {
                self.push(NodeKind::Rule, span);
            }
            "span" => self.add_anchor(tag, span),
            name => {
                let Some(element) = Element::find(name) else { return };
                if let Some(level) = html::heading_level(name) {
                    self.add_anchor(tag, span);
                    return self.begin_heading(element, level, span);
                }
                let attributes = &tag.raw[1 + name.len()..tag.raw.len() - 1];
                let attributes = (!attributes.is_empty()).then(|| self.tree.keep(attributes));
                let kind = NodeKind::Element { element, attributes };
                match name {
                    "wbr" => {
                        self.push(kind, span);
                    }
                    "p" if attributes.is_none() => {
                        let paragraph = self.enter_tag(NodeKind::Paragraph { columns: false }, span, "p");
                        self.begin_block(paragraph, Context::Block);
                    }
                    _ => {
                        self.enter_tag(kind, span, element.name());
                    }
                }
            }
        }
    }

    /// Keeps the address that an element gives its place: links from elsewhere may lead there.
    fn add_anchor(&mut self, tag: &Tag, span: Span) {
        let Some(id) = tag.attribute("id").or_else(|| tag.attribute("name")).filter(|id| !id.is_empty()) else {
            return;
        };
        let index = AnchorId::next(&self.parts.anchors);
        self.push(NodeKind::Anchor(index), span);
        self.parts.anchors.push(id.into());
    }

    /// One tag of HTML among text. What is no element of HTML is text in angle brackets, and so is half of a pair.
    pub(super) fn html_inline(&mut self, raw: &str, span: Span) {
        let is_text = match html::tokens(raw).into_iter().next() {
            Some(Token::Open(tag)) if html::is_block(&tag.name) && !html::is_prose(&tag) => {
                self.report_refused(raw, span);
                if tag.attribute("id").is_some() {
                    self.add_anchor(&tag, span);
                }
                if tag.name == "ol" {
                    let message = message!(
                        en: "`<ol>` inside a line of text is shown without its numbers",
                        zh: "写在一行文字中的 `<ol>` 不显示编号"
                    );
                    self.report(
                        Code::RemovedHtml,
                        span,
                        message,
                        message!(
                            en: "begin it on a line of its own, or write `1. `",
                            zh: "请另起一行写它，或写 `1. `"
                        ),
                    );
                }
                self.ask_for_break(span);
                false
            }
            Some(Token::Open(tag)) if html::meant(&tag).is_some() && self.is_closed_later(&tag.name, span) => {
                self.open_inline(&tag, raw, span);
                false
            }
            // Its end is not that of the one around it.
            Some(Token::Open(tag)) if self.inner_of.is_some_and(|(name, _)| name == tag.name) => {
                self.inner_of = self.inner_of.map(|(name, count)| (name, count + 1));
                self.report_refused(raw, span);
                false
            }
            Some(Token::Close(name)) if self.inner_of.is_some_and(|(own, _)| own == name) => {
                self.inner_of = self.inner_of.and_then(|(name, count)| Some((name, count.checked_sub(1)?)));
                if self.inner_of.is_none() {
                    self.close_tag(&name);
                }
                false
            }
            Some(Token::Close(name)) if name == "br" => {
                self.push(NodeKind::LineBreak, span);
                false
            }
            Some(Token::Open(tag)) if html::fate(&tag.name) != Fate::Unknown && !html::is_prose(&tag) => {
                let is_half = Element::inline(&tag.name).is_some() && !self.is_closed_later(&tag.name, span);
                if is_half {
                    let name = &tag.name;
                    let message = message!(
                        en: "`<{name}>` is never ended in its paragraph, and stands on the page as text",
                        zh: "`<{name}>` 在本段中没有结束，会照样显示"
                    );
                    self.report(
                        Code::UnbalancedBlock,
                        span,
                        message,
                        message!(
                            en: "end it with `</{name}>`, or take it out",
                            zh: "请用 `</{name}>` 结束，或删去"
                        ),
                    );
                }
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
                let is_half = !self.close_tag(&name) && Element::inline(&name).is_some();
                if is_half {
                    let message = message!(
                        en: "`</{name}>` ends what nothing begins, and stands on the page as text",
                        zh: "`</{name}>` 没有对应的开头，会照样显示"
                    );
                    self.report(
                        Code::UnbalancedBlock,
                        span,
                        message,
                        message!(
                            en: "put `<{name}>` before it, or take it out",
                            zh: "请在它前面写 `<{name}>`，或删去"
                        ),
                    );
                }
                is_half
            }
            Some(_) => true,
            None => !raw.starts_with("<!--"),
        };
        if is_text {
            let is_known = |token: &Token<'_>| match token {
                Token::Open(tag) => html::fate(&tag.name) != Fate::Unknown,
                Token::Close(name) => html::fate(name) != Fate::Unknown,
                Token::Text(_) => false,
            };
            if litter::is_component(raw) && !html::tokens(raw).first().is_some_and(is_known) {
                self.report_litter(litter::LitterKind::Component, raw, span);
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
        if tag.name != "a" && tag.attribute("id").is_some() {
            self.add_anchor(tag, span);
        }
        if let Some(element) = html::meant(tag).and_then(Element::inline) {
            // It is ended by the name that it was begun with.
            let name = ["strike", "span", "font"].into_iter().find(|name| *name == tag.name).unwrap_or("");
            self.enter_tag(NodeKind::Element { element, attributes: None }, span, name);
            self.inner_of = Some((name, 0));
        } else if let Some(element) = Element::inline(&tag.name) {
            // What an abbreviation stands for is the author's word; all else is looks.
            let clean = if tag.name == "abbr" { html::clean(raw) } else { String::new() };
            let attributes = match html::tokens(&clean).first() {
                Some(Token::Open(tag)) if !tag.attributes.is_empty() => {
                    Some(self.tree.keep(&tag.raw[1 + tag.name.len()..tag.raw.len() - 1]))
                }
                _ => None,
            };
            self.enter_tag(NodeKind::Element { element, attributes }, span, element.name());
        } else if matches!(tag.name.as_str(), "a" | "img" | "br") {
            self.end_lead();
            if tag.attributes.is_empty() {
                self.open_element(tag, span);
                return;
            }
            let clean = html::clean(raw);
            if let Some(Token::Open(tag)) = html::tokens(&clean).into_iter().next() {
                self.open_element(&tag, span);
            }
        }
    }

    fn gitbook_tags(&mut self, tags: Vec<(gitbook::Tag, bool)>, span: Span) {
        for (tag, ended) in tags {
            self.gitbook_tag(tag, ended, span);
        }
    }

    fn gitbook_tag(&mut self, tag: gitbook::Tag, ended: bool, span: Span) {
        match tag {
            gitbook::Tag::Begin(block) => self.begin_gitbook(block, ended, span),
            gitbook::Tag::End(name) => {
                if !self.close_tag(name) {
                    let message = message!(
                        en: "`{{% end{name} %}}` ends what nothing begins",
                        zh: "`{{% end{name} %}}` 没有对应的开头"
                    );
                    self.report(
                        Code::UnbalancedBlock,
                        span,
                        message,
                        message!(
                            en: "take it out, or put the beginning before it",
                            zh: "请删去，或在它前面补上开头"
                        ),
                    );
                }
            }
        }
    }

    fn begin_gitbook(&mut self, block: Block, ended: bool, span: Span) {
        let name = block.name();
        let alone = !ended && block.may_stand_alone();
        if !ended && !alone {
            let message = message!(en: "`{{% {name} %}}` is never ended", zh: "`{{% {name} %}}` 没有结束");
            self.report(
                Code::UnbalancedBlock,
                span,
                message,
                message!(
                    en: "end it with `{{% end{name} %}}`",
                    zh: "请用 `{{% end{name} %}}` 结束"
                ),
            );
        }
        let mut below = String::new();
        let kind = match block {
            Block::Figure { src, alt, caption } => {
                let figure = self.enter(NodeKind::Figure, span);
                self.add_image(&src, &alt, "", span);
                self.name_last_image();
                let caption = self.without_hidden(&caption, span);
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
            Block::ContentRef(url) => self.card(&url, span),
            Block::Embed { url, caption } | Block::File { url, caption } => {
                below = caption;
                self.card(&url, span)
            }
        };
        let node = self.enter_tag(kind, span, name);
        if alone {
            self.close_down_to(node);
        }
        let below = self.without_hidden(&below, span);
        if !below.is_empty() {
            let paragraph = self.enter(NodeKind::Paragraph { columns: false }, span);
            self.push_text(&below, span);
            self.close_down_to(paragraph);
        }
    }

    fn card(&mut self, url: &str, span: Span) -> NodeKind {
        let node = self.tree.len();
        NodeKind::Card(self.add_link(url, "", span, node, false))
    }
}

/// A piece of a block of raw HTML: HTML, or a line of GitBook tags.
enum Piece {
    Html(String),
    Tags(Vec<(gitbook::Tag, bool)>),
}

/// What stands between the HTML of blocks that are cleaned together.
enum Part<'a> {
    /// The next block of HTML begins here.
    Begin(Span),
    /// A line of GitBook tags.
    Tags(Vec<(gitbook::Tag, bool)>, Span),
    /// Markdown.
    Node(&'a AstNode<'a>),
}

/// Among how many texts to come one is looked for; those before it are written otherwise, with character references.
const LOOKAHEAD: usize = 50;

/// The texts between the tags of a block of raw HTML, in order, as its author wrote them.
struct Written {
    texts: std::vec::IntoIter<Span>,
}

impl Written {
    fn of(source: &Source, block: Span) -> Self {
        let html = source.slice(block);
        let mut from = 0;
        let ends = html::pieces(html).map(|(tag, _)| tag).chain(std::iter::once(html.len()..html.len()));
        let between = ends.map(|tag| std::mem::replace(&mut from, tag.end)..tag.start);
        let start = block.start as usize;
        let texts = between.filter(|text| !text.is_empty()).map(|text| Span::new(start + text.start, start + text.end));
        Self { texts: texts.collect::<Vec<_>>().into_iter() }
    }

    /// Where the next text stands that reads like `text`, letter by letter: one with character references never does.
    fn place_of(&mut self, source: &Source, text: &str) -> Option<Span> {
        if text.contains('&') {
            return None;
        }
        let mut ahead = self.texts.as_slice().iter().take(LOOKAHEAD);
        let ahead = ahead.position(|&span| source.slice(span) == text)?;
        self.texts.nth(ahead)
    }
}

/// The tag of a block that no tag began.
const LINE: &str = "";

/// Whether an element inside a line shows anything by itself.
fn is_seen(tag: &Tag) -> bool {
    match tag.name.as_str() {
        "span" => false,
        "a" => tag.attribute("href").is_some_and(|href| !href.is_empty()),
        "img" => ["src", "alt"].iter().any(|name| tag.attribute(name).is_some_and(|value| !value.is_empty())),
        _ => true,
    }
}

/// Whether a heading of the document stands among HTML.
fn has_heading(tokens: &[Token<'_>], parts: &[Part<'_>]) -> bool {
    let is_heading = |node: &AstNode<'_>| matches!(node.data().value, NodeValue::Heading(_));
    tokens.iter().any(|token| matches!(token, Token::Open(tag) if html::heading_level(&tag.name).is_some()))
        || parts.iter().any(|part| matches!(part, Part::Node(node) if is_heading(node)))
}

/// Whether a heading that begins `tokens` holds something, and nothing that begins a line of its own.
fn is_title(tokens: &[Token<'_>], parts: &[Part<'_>]) -> bool {
    let is_line = |tag: &Tag| match html::placed(tag).and_then(|number| parts.get(number)) {
        Some(Part::Node(node)) => matches!(node.data().value, NodeValue::Paragraph) || !node.data().value.block(),
        Some(Part::Begin(_)) => true,
        Some(Part::Tags(..)) => false,
        None => !html::is_block(&tag.name),
    };
    let until =
        tokens.iter().position(|token| matches!(token, Token::Close(name) if html::heading_level(name).is_some()));
    let inside = &tokens[1..until.unwrap_or(1).max(1)];
    let is_empty = inside.iter().all(|token| matches!(token, Token::Text(text) if text.trim().is_empty()));
    !is_empty && inside.iter().all(|token| !matches!(token, Token::Open(tag) if !is_line(tag)))
}
