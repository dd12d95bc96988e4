//! Headings among other tags, so that each is a line by itself: GitHub's readers see a heading in `<a><h1>…</h1></a>` and in
//! `<h2><p>…</p></h2>`.

use super::{Tag, Token, heading_level, is_block, placed};

/// The tokens of sanitised HTML, in which every element is ended, with what reaches over a heading begun anew in it, and with
/// no block in a heading. A heading ends before a block that stands behind its words. No text is lost or moved.
pub fn set_apart(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let is_heading = |token: &Token<'_>| matches!(token, Token::Open(tag) if heading_level(&tag.name).is_some());
    if !tokens.iter().any(is_heading) {
        return tokens;
    }
    let mut apart = Apart { out: Vec::with_capacity(tokens.len()), ..Apart::default() };
    for token in tokens {
        apart.take(token);
    }
    apart.out
}

#[derive(Default)]
struct Apart<'t> {
    out: Vec<Token<'t>>,
    /// The elements within a line that are open.
    inline: Vec<Tag>,
    /// How many of them, counted from the outermost, are begun in what was put out: the others wait for words.
    begun: usize,
    heading: Option<Heading>,
}

/// The heading that is open.
struct Heading {
    name: String,
    has_words: bool,
    /// Whether a block ended in it behind its words.
    is_over: bool,
    /// How many of the blocks that are open were begun in it, and are left out.
    left_out: usize,
    /// Whether it has been ended before its author ended it.
    is_ended: bool,
}

impl<'t> Apart<'t> {
    fn take(&mut self, token: Token<'t>) {
        match token {
            Token::Text(text) => {
                let is_blank = text.trim().is_empty();
                if !is_blank {
                    self.begin_words();
                }
                self.out.push(Token::Text(text));
            }
            Token::Open(tag) if heading_level(&tag.name).is_some() => {
                self.end_inline();
                let name = tag.name.clone();
                self.heading = Some(Heading { name, has_words: false, is_over: false, left_out: 0, is_ended: false });
                self.out.push(Token::Open(tag));
            }
            Token::Open(tag) if matches!(tag.name.as_str(), "p" | "div") && self.in_heading() => {
                let has_words = self.heading.as_ref().is_some_and(|heading| heading.has_words);
                if has_words {
                    self.end_heading();
                    self.out.push(Token::Open(tag));
                } else if let Some(heading) = &mut self.heading {
                    heading.left_out += 1;
                }
            }
            Token::Open(tag) => {
                let is_within_line = !is_block(&tag.name) && !matches!(tag.name.as_str(), "br" | "img" | "wbr");
                if is_within_line && self.heading.as_ref().is_none_or(|heading| !heading.is_over) {
                    self.begin_inline();
                    self.inline.push(tag.clone());
                    self.begun = self.inline.len();
                } else if is_within_line {
                    self.inline.push(tag);
                    return;
                } else if !is_block(&tag.name) || placed(&tag).is_some() {
                    self.begin_words();
                }
                self.out.push(Token::Open(tag));
            }
            Token::Close(name) if self.heading.as_ref().is_some_and(|heading| heading.name == name) => {
                self.end_heading();
                self.heading = None;
            }
            Token::Close(name) => {
                if self.inline.last().is_some_and(|tag| tag.name == name) {
                    self.inline.pop();
                    if self.begun <= self.inline.len() {
                        return;
                    }
                    self.begun = self.inline.len();
                } else if matches!(name.as_str(), "p" | "div")
                    && let Some(heading) = self.heading.as_mut().filter(|heading| heading.left_out > 0)
                {
                    heading.left_out -= 1;
                    heading.is_over |= heading.has_words;
                    return;
                }
                self.out.push(Token::Close(name));
            }
        }
    }

    fn in_heading(&self) -> bool {
        self.heading.as_ref().is_some_and(|heading| !heading.is_ended)
    }

    /// Ends the heading, and what reaches over its end; that begins anew with the next words.
    fn end_heading(&mut self) {
        if !self.in_heading() {
            return;
        }
        self.end_inline();
        if let Some(heading) = &mut self.heading {
            heading.is_ended = true;
            self.out.push(Token::Close(heading.name.clone()));
        }
    }

    fn begin_words(&mut self) {
        if self.heading.as_ref().is_some_and(|heading| heading.is_over) {
            self.end_heading();
        }
        if let Some(heading) = &mut self.heading {
            heading.has_words = true;
        }
        self.begin_inline();
    }

    fn begin_inline(&mut self) {
        self.out.extend(self.inline[self.begun..].iter().cloned().map(Token::Open));
        self.begun = self.inline.len();
    }

    fn end_inline(&mut self) {
        for tag in self.inline[..self.begun].iter().rev() {
            // A link without words would be none.
            let is_empty = matches!(self.out.last(), Some(Token::Open(last)) if last.name == tag.name);
            if is_empty {
                self.out.pop();
            } else {
                self.out.push(Token::Close(tag.name.clone()));
            }
        }
        self.begun = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    fn written(html: &str) -> String {
        let shown = set_apart(tokens(html)).into_iter().map(|token| match token {
            Token::Open(tag) => tag.raw,
            Token::Close(name) => format!("</{name}>"),
            Token::Text(text) => text.to_owned(),
        });
        shown.collect()
    }

    #[test]
    fn a_heading_is_a_line_by_itself_wherever_its_tags_stand() {
        for (html, apart) in [
            (r#"<a href="x"><h1>题</h1></a>"#, r#"<h1><a href="x">题</a></h1>"#),
            ("<b><i><h2>题</h2></i></b>后", "<h2><b><i>题</i></b></h2>后"),
            ("<b>前<h2>题</h2>后</b>", "<b>前</b><h2><b>题</b></h2><b>后</b>"),
            ("<h2><p>题</p></h2>", "<h2>题</h2>"),
            ("<h2><div><p>题</p></div></h2><p>文</p>", "<h2>题</h2><p>文</p>"),
            ("<h2>题<p>文</p></h2><h3>次</h3>", "<h2>题</h2><p>文</p><h3>次</h3>"),
            ("<h2><p>题</p><p>文</p></h2>", "<h2>题</h2><p>文</p>"),
            ("<h2><p>题</p>文</h2>", "<h2>题</h2>文"),
            ("<h2><p>题</p><b>文</b></h2>", "<h2>题</h2><b>文</b>"),
            ("<h2><b>题</b> 与 <i>文</i></h2>", "<h2><b>题</b> 与 <i>文</i></h2>"),
            ("<div><h2>题</h2></div>", "<div><h2>题</h2></div>"),
            ("<b>无题</b><p>文</p>", "<b>无题</b><p>文</p>"),
        ] {
            assert_eq!(written(html), apart, "{html}");
        }
    }
}
