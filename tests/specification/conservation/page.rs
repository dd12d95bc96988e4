//! What a page shows of a document: its letters and digits in order, without what is marked as the program's.

use casefile::conservation::{Sign, signs};
use scraper::{ElementRef, Html, Node, Selector};

/// What on a page is the program's, by the marks by which a reader, too, can tell.
const OWN: &[&str] = &[
    "header.title .meta",
    ".digest",
    "a.anchor",
    "a.counterpart",
    ".host",
    ".mark",
    ".voice",
    ".moment",
    ".backrefs",
    ".exhibits-on",
    ".exhibit-name",
    ".goes-on",
    ".control",
    ".ambiguous > a",
    ".missing-image > b",
    ".missing-image > code",
    ".names",
    ".absent",
    "template",
];

/// What may be the author's words or the program's.
const EITHER: &[&str] = &[".alert-title", ".card-title", "a.exhibit-file"];

/// Elements that part nothing from what stands beside them.
const INSIDE_LINES: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u", "wbr",
];

/// Reads pages.
pub struct Reader {
    own: Vec<Selector>,
    either: Vec<Selector>,
}

impl Reader {
    pub fn new() -> Self {
        let all = |list: &[&str]| list.iter().map(|one| Selector::parse(one).expect("a selector")).collect();
        Self { own: all(OWN), either: all(EITHER) }
    }

    /// What the elements show that match `selector`, one after the other.
    pub fn signs(&self, html: &str, selector: &str) -> Vec<Vec<Sign>> {
        let page = Html::parse_document(html);
        let selector = Selector::parse(selector).expect("a selector");
        let all = page.select(&selector);
        all.map(|element| {
            let mut out = Vec::new();
            self.element(element, &mut out);
            out
        })
        .collect()
    }

    /// The text of the elements that match `selector`, blocks and lines apart.
    pub fn text(&self, html: &str, selector: &str) -> String {
        let page = Html::parse_document(html);
        let selector = Selector::parse(selector).expect("a selector");
        let mut out = String::new();
        for element in page.select(&selector) {
            self.text_of(element, &mut out);
            out.push('\n');
        }
        out
    }

    fn text_of(&self, element: ElementRef<'_>, out: &mut String) {
        let apart = !INSIDE_LINES.contains(&element.value().name());
        let own = self.own.iter().any(|selector| selector.matches(&element));
        out.extend((apart || own).then_some('\n'));
        if own {
            return;
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => out.push_str(text),
                _ => ElementRef::wrap(child).into_iter().for_each(|child| self.text_of(child, out)),
            }
        }
        out.extend(apart.then_some('\n'));
    }

    fn element(&self, element: ElementRef<'_>, out: &mut Vec<Sign>) {
        let matches = |list: &[Selector]| list.iter().any(|selector| selector.matches(&element));
        if matches(&self.own) {
            return;
        }
        let from = out.len();
        let value = element.value();
        let is_formula = value.name() == "math";
        if is_formula || matches(&self.either) {
            out.push(Sign::Either(0));
        }
        if value.name() == "img" {
            out.extend(signs(value.attr("alt").unwrap_or("")));
        }
        let is_card = value.has_class("card", scraper::CaseSensitivity::CaseSensitive);
        let mut children: Vec<_> = element.children().collect();
        if is_card {
            // The address stands before the words in the source.
            let is_address = |child: &ElementRef<'_>| child.value().attr("class") == Some("card-target");
            children.sort_by_key(|child| !ElementRef::wrap(*child).is_some_and(|child| is_address(&child)));
        }
        for child in children {
            match child.value() {
                Node::Text(text) => out.extend(signs(text)),
                _ => ElementRef::wrap(child).into_iter().for_each(|child| self.element(child, out)),
            }
        }
        // The title of a link may stand where its target is defined, away from it.
        if let Some(title) = value.attr("title").filter(|_| value.name() == "img") {
            out.extend(signs(title));
        }
        let end = out.len();
        if let Some(sign @ Sign::Either(0)) = out.get_mut(from) {
            *sign = if is_formula { Sign::Formula(end) } else { Sign::Either(end) };
        }
    }
}
