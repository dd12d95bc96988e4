//! How an element of HTML is kept from the eyes of readers.

use super::super::super::front_matter::names_withheld;
use super::super::super::html::Tag;
use super::style::{Color, Style};
use crate::language::lists::publicity::MAY_HIDE;

/// What an element does to what it holds.
pub(super) enum How {
    /// It hides it.
    Hides(String),
    /// It hides it on other sites, or only decorates it.
    MayHide(String),
    /// It was probably meant to hide it, and does not.
    Slip(String),
}

/// The colours of text and ground in the elements that are open.
#[derive(Default)]
pub(super) struct Looks {
    open: Vec<(String, Colors)>,
}

#[derive(Clone)]
struct Colors {
    ink: Color,
    /// None where it is a picture or the like.
    ground: Option<Color>,
}

impl Default for Colors {
    fn default() -> Self {
        Self { ink: Color::BLACK, ground: Some(Color::WHITE) }
    }
}

/// Elements that are followed; whoever opens more of them and ends none waits no longer for it.
const MAX_OPEN: usize = 100;

/// Classes that hide what they hold in any style sheet that has them.
const HIDES: &[&str] = &["hidden", "is-hidden", "d-none", "display-none", "invisible", "hide"];

impl Looks {
    /// Opens the element of `tag` and tells what it does.
    pub(super) fn open(&mut self, tag: &Tag, is_void: bool) -> Option<How> {
        let outer = self.open.last().map_or_else(Colors::default, |(_, colors)| colors.clone());
        let style = tag.attribute("style").map(Style::parse).unwrap_or_default();
        let (own_ink, own_ground) = own_colors(tag, &style);
        let colors =
            Colors { ink: own_ink.clone().unwrap_or(outer.ink), ground: own_ground.clone().unwrap_or(outer.ground) };
        let same = colors.ground.as_ref().is_some_and(|ground| ground.is_near(&colors.ink));
        let sets_color = own_ink.is_some() || own_ground.is_some();
        let is_black_block = own_ink.is_none() && !INLINE.contains(&tag.name.as_str());
        if !is_void && self.open.len() < MAX_OPEN {
            self.open.push((tag.name.clone(), colors));
        }
        if let Some(how) = plainly(tag, &style) {
            return Some(How::Hides(how));
        }
        if sets_color && same {
            let how = style.colors().unwrap_or_else(|| format!("<{}> in the colour of its ground", tag.name));
            return Some(if is_black_block { How::MayHide(how) } else { How::Hides(how) });
        }
        if let Some(slip) = slip(tag, &style) {
            return Some(How::Slip(slip));
        }
        let class = classes(tag).find(|class| MAY_HIDE.contains(class) || is_of_hiding(class))?;
        Some(How::MayHide(format!("<{} class=\"{class}\">", tag.name)))
    }

    /// Ends the last element of that name.
    pub(super) fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.truncate(at);
        }
    }
}

/// Elements within a line, on which a black ground is a bar over the words.
const INLINE: &[&str] =
    &["a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "small", "span", "strong", "u"];

fn classes(tag: &Tag) -> impl Iterator<Item = &str> {
    tag.attribute("class").unwrap_or("").split_whitespace()
}

/// The colours that a tag itself gives to text and ground; the ground is none where it is a picture or the like.
fn own_colors(tag: &Tag, style: &Style) -> (Option<Color>, Option<Option<Color>>) {
    let ink = style.get("color").or_else(|| tag.attribute("color")).or_else(|| tag.attribute("text"));
    let ground = style.get("background-color").or_else(|| style.get("background")).or_else(|| tag.attribute("bgcolor"));
    let ground = match ground {
        None | Some("none" | "transparent" | "inherit" | "initial" | "unset") => None,
        Some(ground) => Some(Color::parse(ground)),
    };
    (ink.and_then(Color::parse), ground)
}

/// What plainly hides the content of a tag.
fn plainly(tag: &Tag, style: &Style) -> Option<String> {
    let name = tag.name.as_str();
    if matches!(name, "template" | "comment") || (name == "dialog" && tag.attribute("open").is_none()) {
        return Some(format!("<{name}>"));
    }
    if tag.attribute("hidden").is_some() {
        return Some(format!("<{name} hidden>"));
    }
    let is_responsive = classes(tag).any(shows_at_some_width);
    if let Some(class) = classes(tag).find(|class| HIDES.contains(class)).filter(|_| !is_responsive) {
        return Some(format!("<{name} class=\"{class}\">"));
    }
    if tag.attribute("color").is_some_and(|color| color.eq_ignore_ascii_case("transparent")) {
        return Some(format!("<{name} color=\"transparent\">"));
    }
    style.hides()
}

/// Whether a class shows on wide screens or on paper what another hides: `d-md-block`, `md:flex`.
fn shows_at_some_width(class: &str) -> bool {
    let words: Vec<&str> = class.split(['-', ':']).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    has(&["sm", "md", "lg", "xl", "xxl", "2xl", "print"]) && has(&["block", "flex", "inline", "grid", "table"])
}

/// What in a tag nearly says that its content is hidden.
fn slip(tag: &Tag, style: &Style) -> Option<String> {
    if let Some(class) = classes(tag).find(|class| names_withheld(class)) {
        return Some(format!("<{} class=\"{class}\">", tag.name));
    }
    let is_slip = |name: &str| names_withheld(name) || strsim::damerau_levenshtein(name, "hidden") == 1;
    if tag.name.len() > 1
        && let [(attribute, value)] = tag.attributes.as_slice()
        && is_slip(attribute)
        && matches!(value.as_str(), "" | "true" | "hidden" | "yes" | "1")
    {
        return Some(format!("<{} {attribute}>", tag.name));
    }
    if tag.attributes.is_empty() && names_withheld(&tag.name) {
        return Some(format!("<{}>", tag.name));
    }
    style.nearly_hides()
}

/// Whether one of the words of which the name of a class is made says that it hides, as in `md:hidden`.
fn is_of_hiding(class: &str) -> bool {
    let mut words = class.split(['-', '_', ':']);
    !class.starts_with("overflow")
        && !class.starts_with("not-")
        && words.any(|word| matches!(word, "hidden" | "invisible" | "spoiler" | "redacted"))
}
