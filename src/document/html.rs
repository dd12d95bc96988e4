//! Raw HTML in a document: cut down to what is harmless, then read tag by tag.

pub mod headings;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::url::{Scheme, scheme};

/// One piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// `<name …>`
    Open(Tag),
    /// `</name>`
    Close(String),
    /// What stands between tags, entities not decoded.
    Text(&'a str),
}

/// An opening tag: its lower-case name and its attributes, entities decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Lower case.
    pub name: String,
    /// Names in lower case with their values, in order.
    pub attributes: Vec<(String, String)>,
    /// As it was written.
    pub raw: String,
}

impl Tag {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Elements that stay, with the attributes they keep. No `class` or `style`: looks are the site's own. An `id` never reaches
/// the page as it is written: what it names becomes a place of its own.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "id", "name"]),
    ("abbr", &["title"]),
    ("b", &[]),
    ("bdi", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("dd", &[]),
    ("del", &[]),
    ("details", &["open"]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h1", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[PLACE]),
    ("i", &[]),
    ("img", &["src", "alt", "title"]),
    ("ins", &[]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["start", "type", "reversed"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("small", &[]),
    ("span", &["id"]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan"]),
    ("thead", &[]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("wbr", &[PLACE]),
];

/// Elements that exist in HTML and never reach the page. A tag that is in neither list is no HTML but text
/// in angle brackets (`<name of the bank>`), and stays as text.
const REMOVED: &[&str] = &[
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "base",
    "basefont",
    "bgsound",
    "big",
    "body",
    "button",
    "canvas",
    "center",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dfn",
    "dialog",
    "embed",
    "fieldset",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "head",
    "header",
    "hgroup",
    "html",
    "iframe",
    "input",
    "label",
    "legend",
    "link",
    "main",
    "map",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "output",
    "param",
    "picture",
    "plaintext",
    "portal",
    "progress",
    "samp",
    "script",
    "section",
    "select",
    "slot",
    "source",
    "strike",
    "style",
    "svg",
    "template",
    "textarea",
    "time",
    "title",
    "track",
    "tt",
    "var",
    "video",
    "xmp",
];

/// What the names begin with of elements that word processors write for themselves: `<o:p>`, `<st1:date>`, `<v:shape>`.
const OFFICE: &[&str] = &["o", "v", "w", "m", "x", "st1", "st2"];

/// Whether an element (lower case) is one that a word processor wrote for itself.
pub fn is_office(name: &str) -> bool {
    name.split_once(':').is_some_and(|(prefix, _)| OFFICE.contains(&prefix))
}

/// Elements whose content goes with them.
const REMOVED_WITH_CONTENT: &[&str] = &["script", "style", "title", "template", "noembed", "noframes", "xmp"];

/// An element that stays and has no meaning of its own in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element(u8);

/// Elements that hold text inside a line.
const INLINE: &[&str] = &[
    "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "strong", "sub",
    "sup", "u",
];

impl Element {
    /// The element of that name (lower case).
    pub fn find(name: &str) -> Option<Self> {
        ALLOWED.iter().position(|(known, _)| *known == name).map(|at| Self(at as u8))
    }

    /// The element of that name, if it holds text inside a line.
    pub fn inline(name: &str) -> Option<Self> {
        Self::find(name).filter(|_| INLINE.contains(&name))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        ALLOWED[self.0 as usize].0
    }

    /// Whether it begins and ends lines of its own.
    pub fn is_block(self) -> bool {
        is_block(self.name())
    }
}

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Allowed,
    /// It is taken out.
    Removed,
    /// It is no element of HTML.
    Unknown,
}

/// What becomes of elements called `name` (lower case).
pub fn fate(name: &str) -> Fate {
    if ALLOWED.iter().any(|(known, _)| *known == name) {
        Fate::Allowed
    } else if REMOVED.contains(&name) || is_office(name) {
        Fate::Removed
    } else {
        Fate::Unknown
    }
}

/// Elements that begin and end lines of their own: blocks, items of lists and parts of tables (HTML Standard, section 15.3),
/// and the choices of a form.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "datalist",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "marquee",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether elements called `name` (lower case) begin and end lines of their own.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Attributes that are written without a value.
const BARE: &[&str] = &[
    "allowfullscreen",
    "alt",
    "async",
    "autofocus",
    "autoplay",
    "checked",
    "compact",
    "controls",
    "default",
    "defer",
    "disabled",
    "download",
    "hidden",
    "href",
    "id",
    "inert",
    "ismap",
    "loop",
    "multiple",
    "muted",
    "name",
    "nohref",
    "noshade",
    "novalidate",
    "nowrap",
    "open",
    "playsinline",
    "readonly",
    "required",
    "reversed",
    "selected",
    "src",
    "title",
    "value",
];

/// Whether what looks like a tag is prose in angle brackets, as `<b and c>` or `<address of the shop>` is.
pub fn is_prose(tag: &Tag) -> bool {
    let is_word = |(name, value): &(String, String)| value.is_empty() && !BARE.contains(&name.as_str());
    let is_data = |(name, _): &(String, String)| ["data-", "aria-"].iter().any(|start| name.starts_with(start));
    !tag.raw.contains('=') && tag.attributes.iter().any(|attribute| is_word(attribute) && !is_data(attribute))
}

/// Removed elements that only say how their content looks or what part of a page it is: nothing is lost with them.
const SILENT: &[&str] = &[
    "acronym", "address", "article", "aside", "big", "center", "col", "colgroup", "data", "dfn", "font", "footer",
    "header", "hgroup", "main", "nobr", "noscript", "picture", "samp", "section", "strike", "time", "tt", "var",
];

/// What in `raw` will not reach the page, if anything: an element or an attribute that could act.
pub fn refused(raw: &str) -> Option<String> {
    tokens(raw).into_iter().find_map(|token| {
        let Token::Open(tag) = token else { return None };
        let is_silent = SILENT.contains(&tag.name.as_str()) || is_office(&tag.name);
        if fate(&tag.name) == Fate::Removed && !is_silent {
            return Some(format!("<{}>", tag.name));
        }
        if tag.name == "a"
            && let Some(target) = tag.attribute("href").filter(|target| scheme(target) == Scheme::Unsafe)
        {
            return Some(format!("href=\"{target}\""));
        }
        let is_read = meant(&tag).is_some();
        let acts = |name: &str| name.starts_with("on") || name == "style" || name == "srcdoc" || name == "formaction";
        let attribute = tag.attributes.iter().find(|(name, _)| acts(name) && !(is_read && name == "style"))?;
        Some(format!("{}=…", attribute.0))
    })
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(ALLOWED.iter().map(|(name, _)| *name).collect())
        .tag_attributes(
            ALLOWED.iter().map(|(name, attributes)| (*name, attributes.iter().copied().collect())).collect(),
        )
        .clean_content_tags(REMOVED_WITH_CONTENT.iter().copied().collect())
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// `raw` as well-formed HTML of allowed elements only: every element closed, every attribute quoted. What is no element of
/// HTML stays as text in angle brackets.
pub fn clean(raw: &str) -> String {
    clean_prepared(&prepared(raw))
}

/// What [`prepared`] made of parts of a text, with [`place`]s between them, as [`clean`] makes it of the whole.
pub fn clean_prepared(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// The attribute of [`place`].
const PLACE: &str = "data-place";

/// Stands for what is no HTML, between parts of it: a block, or what stands inside a line. Nothing that an author writes
/// becomes one.
pub fn place(number: usize, is_block: bool) -> String {
    let name = if is_block { "hr" } else { "wbr" };
    format!("<{name} {PLACE}=\"{number}\">")
}

/// The number of a [`place`].
pub fn placed(tag: &Tag) -> Option<usize> {
    tag.attribute(PLACE)?.parse().ok()
}

/// Whether an element in `raw` strikes its text out by a style that is not kept: only what stands in a line is struck out
/// here as it is there.
pub fn loses_stroke(raw: &str) -> bool {
    let strikes = |tag: &Tag| {
        let style = tag.attribute("style").unwrap_or("").to_ascii_lowercase();
        meant(tag).is_none() && style.contains("text-decoration") && style.contains("line-through")
    };
    raw.contains("line-through") && tokens(raw).iter().any(|token| matches!(token, Token::Open(tag) if strikes(tag)))
}

/// Whether a style sheet in `raw`, which is not kept, hides something.
pub fn hides_by_style_sheet(raw: &str) -> bool {
    let folded = raw.to_ascii_lowercase();
    let Some(from) = folded.find("<style") else { return false };
    let sheet: String = folded[from..].chars().filter(|c| !c.is_whitespace()).collect();
    ["display:none", "visibility:hidden"].iter().any(|style| sheet.contains(style))
}

/// The level of a heading, 1 to 6, if that is what an element is.
pub fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Classes by which editors strike out what stands in a line.
const STROKES: &[&str] = &["strike", "striked", "strikethrough", "strike-through", "line-through", "del"];

/// The element by which HTML says today what a tag says by an older name or by its looks: what was struck out, and what is
/// set higher or lower, must not read as if it were not.
pub fn meant(tag: &Tag) -> Option<&'static str> {
    match tag.name.as_str() {
        "strike" => Some("del"),
        "span" | "font" => {
            let classes = tag.attribute("class").unwrap_or("").split_whitespace();
            if classes.into_iter().any(|class| STROKES.contains(&class.to_ascii_lowercase().as_str())) {
                return Some("del");
            }
            let style = tag.attribute("style")?.to_ascii_lowercase();
            let says = |property: &str, value: &str| {
                style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, given)| {
                    name.trim().starts_with(property)
                        && given.split_whitespace().any(|word| word.trim_matches('!') == value)
                })
            };
            let elements = [
                ("text-decoration", "line-through", "del"),
                ("vertical-align", "super", "sup"),
                ("vertical-align", "sub", "sub"),
            ];
            elements.into_iter().find(|(property, value, _)| says(property, value)).map(|(.., element)| element)
        }
        _ => None,
    }
}

/// The address of a picture that a script was to load when a reader gets there, as WeChat and others save their pages.
fn waiting_source(tag: &Tag) -> Option<&str> {
    let is_empty = tag.attribute("src").is_none_or(|src| src.trim().is_empty() || src.starts_with("data:"));
    let attributes = ["data-src", "data-original", "data-lazy-src", "data-actualsrc"];
    let waiting = || attributes.into_iter().find_map(|name| tag.attribute(name)).filter(|src| !src.trim().is_empty());
    if tag.name == "img" && is_empty { waiting() } else { None }
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}

/// What is written for an element before it is cleaned: blocks that do not stay keep apart what they hold.
fn stand_in(name: &str) -> Option<&'static str> {
    match name {
        "hr" => Some("hr"),
        "wbr" => Some("wbr"),
        "menu" => Some("ul"),
        // What it holds is for readers without scripts, which all are here; the cleaner would take its tags for text.
        "noscript" => Some("span"),
        "div" => Some("div"),
        _ => (is_block(name) && fate(name) == Fate::Removed).then_some("div"),
    }
}

/// A place of its own for the id of an element that has none here, in what it holds or, where only parts of a list or table
/// may stand in it, before it.
fn place_of_id(tag: &Tag) -> Option<(String, bool)> {
    let id = tag.attribute("id").filter(|id| !id.is_empty())?;
    let has_own = matches!(tag.name.as_str(), "a" | "span") && meant(tag).is_none();
    // What stands in a box of a form is no markup.
    let holds_tags = fate(&tag.name) == Fate::Allowed || stand_in(&tag.name).is_some();
    if has_own || heading_level(&tag.name).is_some() || !holds_tags {
        return None;
    }
    let stands_before = matches!(tag.name.as_str(), "table" | "ul" | "ol" | "dl" | "details" | "pre" | "img");
    Some((format!("<span id=\"{}\"></span>", escaped(id)), stands_before))
}

/// `raw` with the angle brackets escaped that hold text and no element of HTML, a `div` for blocks that do not stay, and a
/// `span` for each id.
pub fn prepared(raw: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    // What the elements that are open and may be written otherwise are written as.
    let mut renamed: Vec<(String, &'static str)> = Vec::new();
    while let Some(open) = raw[at..].find('<').map(|n| at + n) {
        let candidate = &raw[open..];
        let parsed = comment(candidate).map(|len| (None, len)).or_else(|| tag(candidate));
        let end = open + parsed.as_ref().map_or(1, |(_, len)| *len);
        let (name, mark) = match &parsed {
            Some((Some(Token::Open(tag)), _)) => (tag.name.as_str(), "<"),
            Some((Some(Token::Close(name)), _)) => (name.as_str(), "</"),
            _ => ("", ""),
        };
        at = end;
        let place = match &parsed {
            Some((Some(Token::Open(tag)), _)) => place_of_id(tag),
            _ => None,
        };
        if let Some((place, true)) = &place {
            out.extend([&raw[done..open], place]);
            done = open;
        }
        if let Some((Some(Token::Open(tag)), _)) = &parsed
            && let Some(src) = waiting_source(tag)
        {
            out.extend([&raw[done..open], "<img src=\"", &escaped(src), "\""]);
            done = open + "<img".len();
            continue;
        }
        let own = match &parsed {
            Some((Some(Token::Open(tag)), _)) => {
                let own = meant(tag);
                if own.is_some() || renamed.iter().any(|(known, _)| known == name) {
                    renamed.push((name.to_owned(), own.unwrap_or("")));
                }
                own
            }
            Some((Some(Token::Close(_)), _)) if name == "br" => Some("br"),
            Some((Some(Token::Close(_)), _)) => {
                let last = renamed.iter().rposition(|(known, _)| known == name);
                last.map(|at| renamed.remove(at).1).filter(|own| !own.is_empty())
            }
            _ => None,
        };
        if let Some(own) = own {
            let mark = if own == "br" { "<" } else { mark };
            out.extend([&raw[done..open], mark, own, ">"]);
            done = end;
        } else if let Some(stand_in) = stand_in(name) {
            out.extend([&raw[done..open], mark, stand_in, ">"]);
            done = end;
        } else if !name.is_empty() && fate(name) == Fate::Unknown {
            out.extend([&raw[done..open], "&lt;"]);
            done = open + 1;
            at = done;
        }
        if let Some((place, false)) = &place {
            out.extend([&raw[done..end], place]);
            done = end;
        }
    }
    if out.is_empty() { Cow::Borrowed(raw) } else { Cow::Owned(out + &raw[done..]) }
}

/// Reads HTML tag by tag. What is no complete tag is text; comments, doctypes and instructions vanish.
pub fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut text_from = 0;
    for (range, token) in pieces(html) {
        if range.start > text_from {
            out.push(Token::Text(&html[text_from..range.start]));
        }
        out.extend(token);
        text_from = range.end;
    }
    if text_from < html.len() {
        out.push(Token::Text(&html[text_from..]));
    }
    out
}

/// The tags of HTML with their places; a comment, doctype or instruction has no token.
pub fn pieces(html: &str) -> impl Iterator<Item = (Range<usize>, Option<Token<'_>>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + html[at..].find('<')?;
            let candidate = &html[open..];
            match comment(candidate).map(|len| (None, len)).or_else(|| tag(candidate)) {
                Some((token, len)) => {
                    at = open + len;
                    return Some((open..at, token));
                }
                None => at = open + 1,
            }
        }
    })
}

fn comment(text: &str) -> Option<usize> {
    if let Some(body) = text.strip_prefix("<!--") {
        return Some(body.find("-->").map_or(text.len(), |end| 4 + end + 3));
    }
    (text.starts_with("<!") || text.starts_with("<?")).then(|| text.find('>').map_or(text.len(), |end| end + 1))
}

fn tag(text: &str) -> Option<(Option<Token<'_>>, usize)> {
    let closing = text.starts_with("</");
    let name_from = if closing { 2 } else { 1 };
    let plain = |text: &str| text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len());
    let mut name_len = plain(&text[name_from..]);
    if let Some(local) = text[name_from + name_len..].strip_prefix(':')
        && is_office(&format!("{}:", text[name_from..name_from + name_len].to_ascii_lowercase()))
    {
        name_len += 1 + plain(local);
    }
    let name = text[name_from..name_from + name_len].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut at = name_from + name_len;
    let mut attributes = Vec::new();
    loop {
        let rest = &text[at..];
        let skip = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/').len();
        at += skip;
        let rest = &text[at..];
        if rest.starts_with('>') {
            at += 1;
            break;
        }
        if rest.is_empty()
            || (skip == 0 && !attributes.is_empty() && !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            return None;
        }
        let key_len =
            rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len()).max(1);
        let key_len = if rest.is_char_boundary(key_len) { key_len } else { return None };
        let key = rest[..key_len].to_ascii_lowercase();
        at += key_len;
        let (value, len) = attribute_value(&text[at..])?;
        at += len;
        attributes.push((key, value));
    }
    let token = if closing {
        Token::Close(name)
    } else {
        let raw = text[..at].to_owned();
        Token::Open(Tag { name, attributes, raw })
    };
    Some((Some(token), at))
}

/// The value after an attribute's name with the bytes it takes; empty for an attribute without one.
fn attribute_value(text: &str) -> Option<(String, usize)> {
    let spaces = text.len() - text.trim_start().len();
    let Some(rest) = text[spaces..].strip_prefix('=') else {
        return Some((String::new(), 0));
    };
    let gap = rest.len() - rest.trim_start().len();
    let rest = &rest[gap..];
    let before = spaces + 1 + gap;
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            let end = quoted.find(quote)?;
            return Some((decode(&quoted[..end]), before + end + 2));
        }
    }
    let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len());
    Some((decode(&rest[..end]), before + end))
}

/// A stretch of Markdown as a reader sees it, its character references and backslashes resolved; other marks stay.
pub fn unescaped(written: &str) -> Cow<'_, str> {
    if !written.contains(['&', '\\']) {
        return Cow::Borrowed(written);
    }
    let decoded = decode(written);
    let mut out = String::with_capacity(decoded.len());
    let mut rest = decoded.as_str();
    while let Some(at) = rest.find('\\') {
        let after = &rest[at + 1..];
        let is_escape = after.starts_with(|c: char| c.is_ascii_punctuation());
        out.push_str(&rest[..at + usize::from(!is_escape)]);
        let taken = if is_escape { 1 } else { 0 };
        out.push_str(&after[..taken]);
        rest = &after[taken..];
    }
    Cow::Owned(out + rest)
}

/// Decodes the character references of HTML that a sanitiser or an author writes.
pub fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|&end| end < 12);
        let decoded = end.and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        let (c, len) = decoded.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[len..];
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "colon" => Some(':'),
        "Tab" => Some('\t'),
        "NewLine" => Some('\n'),
        "shy" => Some('\u{ad}'),
        "zwnj" => Some('\u{200c}'),
        "zwj" => Some('\u{200d}'),
        "lrm" => Some('\u{200e}'),
        "rlm" => Some('\u{200f}'),
        "ensp" => Some('\u{2002}'),
        "emsp" => Some('\u{2003}'),
        "thinsp" => Some('\u{2009}'),
        "NoBreak" => Some('\u{2060}'),
        "middot" => Some('·'),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(&hex[1..], 16),
            digits => number(digits, 10),
        },
    }
}

/// Elements without an end, or whose end is understood (HTML Standard, sections 13.1.2 and 13.1.2.4).
const WITHOUT_END: &[&str] = &[
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
    "wbr",
];

/// How deeply elements stand in one another. Cleaning takes time that grows with its square.
pub fn depth(tokens: &[Token<'_>]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for token in tokens {
        match token {
            Token::Open(tag) if !WITHOUT_END.contains(&tag.name.as_str()) => depth += 1,
            Token::Close(name) if !WITHOUT_END.contains(&name.as_str()) => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_attributes_and_text_are_read() {
        let tokens = tokens("a<IMG src='x y.png' alt=\"&lt;b&gt;\" hidden>b</p>");
        let Token::Open(tag) = &tokens[1] else { panic!("{tokens:?}") };
        assert_eq!(
            (tag.name.as_str(), tag.attribute("src"), tag.attribute("alt")),
            ("img", Some("x y.png"), Some("<b>"))
        );
        assert_eq!(tag.attribute("hidden"), Some(""));
        assert_eq!((&tokens[0], &tokens[2]), (&Token::Text("a"), &Token::Text("b")));
        assert_eq!(tokens[3], Token::Close("p".to_owned()));
    }

    #[test]
    fn what_is_no_tag_is_text() {
        assert_eq!(tokens("1 < 2 and <3"), [Token::Text("1 < 2 and <3")]);
        assert_eq!(tokens("<a href=\"x"), [Token::Text("<a href=\"x")]);
    }

    #[test]
    fn prose_in_angle_brackets_is_no_tag() {
        let tag = |raw| match tokens(raw).into_iter().next() {
            Some(Token::Open(tag)) => tag,
            other => panic!("{other:?}"),
        };
        for raw in ["<b and c>", "<address of the shop>", "<i think>", "<title of the book>", "<a friend>"] {
            assert!(is_prose(&tag(raw)), "{raw}");
        }
        for raw in [
            "<b>",
            "<o:p>",
            "<br/>",
            "<details open>",
            "<input disabled>",
            "<p align=\"left\">",
            "<hr noshade />",
            "<img src=x alt>",
        ] {
            assert!(!is_prose(&tag(raw)), "{raw}");
        }
    }

    #[test]
    fn what_word_processors_and_scripts_write_for_themselves_leaves_the_text() {
        for (raw, cleaned) in [
            ("<p>5月<o:p></o:p></p>", "<p>5月</p>"),
            ("<st1:date w:st=\"on\">5月</st1:date>", "5月"),
            ("<noscript>\n<p><b>甲</b></p></noscript>", "<span>\n<p><b>甲</b></p></span>"),
            (
                "<img data-src=\"https://a.example/x?b&amp;c\" alt=\"图\">",
                "<img src=\"https://a.example/x?b&amp;c\" alt=\"图\">",
            ),
            ("<img src=\"data:image/gif;base64,R0\" data-original=\"a.png\">", "<img src=\"a.png\">"),
            ("<img src=\"b.png\" data-src=\"a.png\">", "<img src=\"b.png\">"),
        ] {
            assert_eq!(clean(raw), cleaned, "{raw}");
            assert_eq!(refused(raw), None, "{raw}");
        }
        // No other name has a colon in it.
        assert_eq!(clean("<p><shop:name></p>"), "<p>&lt;shop:name&gt;</p>");
    }

    #[test]
    fn comments_vanish() {
        assert_eq!(tokens("a<!-- <b> -->c"), [Token::Text("a"), Token::Text("c")]);
    }

    #[test]
    fn what_can_act_is_refused_and_cleaned_away() {
        for raw in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<p style=\"background:url(x)\">a</p>",
            "<iframe src=x></iframe>",
            "<svg onload=alert(1)>",
            "<form action=x><input></form>",
        ] {
            assert!(refused(raw).is_some(), "{raw}");
            let cleaned = clean(raw).to_lowercase();
            for bad in ["script", "onerror", "onload", "style", "iframe", "svg", "form", "input"] {
                assert!(!cleaned.contains(bad), "{raw} became {cleaned}");
            }
        }
        assert_eq!(clean("<a href=\"java&#115;cript:x\">t</a>"), "<a>t</a>");
        assert_eq!(
            clean("<p>a <name of b> <https://shop.example/c d></p>"),
            "<p>a &lt;name of b&gt; &lt;https://shop.example/c d&gt;</p>"
        );
        assert_eq!(refused("<details open><summary>a</summary><u>b</u></details>"), None);
    }
}
