//! What front matter says about whether a document is for everybody.
//!
//! A word that is missed here publishes what was not to be published. So what nearly says it, a slip of the pen or the word
//! of another tool, is an error, and only what plainly says nothing of the kind passes. So is a key of the kind without a value.

use crate::language::lists::front_matter::{NO, NONE, YES};
use crate::language::lists::publicity::{
    ACCESS, ASKING, DRAFT_FOLDERS, EVERYBODY, NOT_YET, OPENNESS, PASSWORDS, STATES, TAG_KEYS, TAGS, TELLING,
    VISIBILITY, WITHHELD_NAMES, WITHHOLDS,
};

/// What an entry says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Publicity {
    /// That the document is published.
    Public,
    /// That it is not.
    Draft,
    /// Probably that it is not; nobody can tell.
    Unclear,
}

/// Keys that say yes to publication, in any tool.
const PUBLISHES: &[&str] = &["published", "publish", "dg-publish"];

/// Whether tags (`[draft, 案件]`, or a list over lines) keep a document from readers.
pub(super) fn tags_withhold(key: &str, tags: &str) -> bool {
    let is_tag = |word: &str| TAGS.contains(&word.trim_start_matches('#').to_lowercase().as_str());
    let between = |c: char| matches!(c, '[' | ']' | ',' | '，' | '\n' | '、');
    let entries = tags.split(between).map(|entry| entry.trim().trim_start_matches("- ").trim_matches(['"', '\'', ' ']));
    TAG_KEYS.contains(&key) && { entries }.any(is_tag)
}

/// Keys of other tools by which a document is left out of a site where they say yes.
const LEAVES_OUT: &[&str] = &["exclude", "excluded", "headless", "ignore", "eleventyexcludefromcollections"];

/// Keys of other tools that tell from when on a document is no longer published.
const ENDS: &[&str] = &["expirydate", "expires", "unpublishdate"];

/// Keys of other tools by which a document is left out of a site where they say no.
const TAKES_IN: &[&str] = &["listed", "show", "render", "permalink"];

/// Keys of other tools that are near one of these and say something else.
const OTHER: &[&str] =
    &["publisher", "published_at", "publishdate", "published_time", "slides", "hint", "ride", "draught"];

/// Whether a key (lower case) is about publication.
pub(super) fn is_about(key: &str) -> bool {
    key == "draft" || PUBLISHES.contains(&key) || WITHHOLDS.contains(&key) || VISIBILITY.contains(&key)
}

/// What `key` (lower case) says with `value`, which is none where it is a list or a table; none if the key is about other
/// things.
pub(super) fn read(key: &str, value: Option<&str>) -> Option<Publicity> {
    // `是否公开`, `对外公开` and `是否对外发布` ask the same.
    let key = ASKING.iter().fold(key, |key, word| key.strip_prefix(word).unwrap_or(key));
    let value = value.map(|value| value.trim().trim_matches(['"', '\'']).to_lowercase());
    let value = value.as_deref();
    let is = |words: &[&str]| value.is_some_and(|value| words.contains(&value));
    if key == "draft" {
        return Some(match value {
            _ if is(YES) => Publicity::Draft,
            _ if is(NO) => Publicity::Public,
            _ => Publicity::Unclear,
        });
    }
    if PUBLISHES.contains(&key) {
        return Some(match value {
            _ if is(NO) => Publicity::Draft,
            Some(value) if NOT_YET.contains(&value) || is_near(value, &["false", "no"]) => Publicity::Unclear,
            _ => Publicity::Public,
        });
    }
    let strict = VISIBILITY.contains(&key) || OPENNESS.contains(&key);
    if strict || ACCESS.contains(&key) {
        return Some(match value {
            _ if is(EVERYBODY) || is(YES) => Publicity::Public,
            Some(value) if !strict && !NOT_YET.contains(&value) => Publicity::Public,
            _ => Publicity::Unclear,
        });
    }
    if STATES.contains(&key) {
        // `layout: none` is a page without the theme around it.
        let says_nothing = is(NONE);
        return (is(NOT_YET) && !says_nothing).then_some(Publicity::Unclear);
    }
    if PASSWORDS.contains(&key) {
        return Some(if value == Some("") { Publicity::Public } else { Publicity::Unclear });
    }
    // `hide: [toc]` tells what of a page is not shown.
    if key == "hide" {
        return is(YES).then_some(Publicity::Unclear);
    }
    if LEAVES_OUT.contains(&key) || TAKES_IN.contains(&key) {
        let keeps = if LEAVES_OUT.contains(&key) { YES } else { NO };
        return is(keeps).then_some(Publicity::Unclear);
    }
    if ENDS.contains(&key) {
        return value.is_some_and(|value| !value.is_empty()).then_some(Publicity::Unclear);
    }
    if withholds(key) {
        return Some(match value {
            _ if is(NO) => Publicity::Public,
            _ => Publicity::Unclear,
        });
    }
    if is_near(key, &["published", "publish"]) && !OTHER.contains(&key) {
        return Some(if is(YES) { Publicity::Public } else { Publicity::Unclear });
    }
    if is_near(key, &["visibility"]) {
        return Some(if is(EVERYBODY) { Publicity::Public } else { Publicity::Unclear });
    }
    None
}

/// Whether the options of Hugo's `build` keep a document out of the site.
pub(super) fn builds_nothing(options: &str) -> bool {
    let plain: String = options.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '"' | '\'')).collect();
    ["render:never", "render:false", "list:never", "list:false"].iter().any(|option| plain.contains(option))
}

/// The line below the first of the value `raw` that says so, as `  draft: true` does below `title: a`. Within a table of
/// options, such as GitBook's `layout`, `visible: false` hides a part of the page and only the words for drafts say so.
pub(super) fn within(raw: &str) -> Option<&str> {
    // Behind a key without a value the lines below are all there is.
    let is_table = raw.starts_with(char::is_whitespace) || raw.starts_with("- ");
    raw.lines().skip(usize::from(!is_table)).map(|line| line.trim().trim_start_matches(['-', ' '])).find(|line| {
        let Some((key, value)) = line.split_once([':', '：', '=']) else { return false };
        let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
        let (key, value) = (key.trim().trim_matches(['"', '\'']).to_lowercase(), value.to_lowercase());
        let is_slip = !is_table && key == "draft" && !value.is_empty() && !value.contains(' ') && value.len() < 7;
        let is_plain = is_slip || [YES, NO, NOT_YET].iter().any(|words| words.contains(&value.as_str()));
        let is_told = !is_table || key == "draft" || PUBLISHES.contains(&key.as_str());
        is_plain && is_told && matches!(read(&key, Some(&value)), Some(Publicity::Draft | Publicity::Unclear))
    })
}

/// Whether a line of the text, as `draft: true`, says what only front matter can say.
pub(super) fn says(line: &str, is_fenced: bool) -> bool {
    let marks = |c: char| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '#' | '"' | '\'' | '`');
    let line = line.trim_matches(marks).trim_end_matches(',');
    let Some((key, value)) = line.split_once([':', '：', '=']) else { return false };
    let key = key.trim_matches(marks).to_lowercase();
    let value = value.trim_matches(marks).to_lowercase();
    let is_plain = [YES, NO, NOT_YET].iter().any(|words| words.contains(&value.as_str()));
    let is_telling = TELLING.contains(&key.as_str());
    is_plain
        && (is_telling || (is_fenced && is_about(&key)))
        && matches!(read(&key, Some(&value)), Some(Publicity::Draft | Publicity::Unclear))
}

/// Whether a word in braces, or the name of a class, file or folder, is meant to keep text from readers.
pub fn names_withheld(name: &str) -> bool {
    let folded = name.to_lowercase();
    let word = folded.trim_start_matches(['.', '#', '@', '!', '_']);
    let near = |known: &str| word.len() > 4 && word.is_ascii() && strsim::damerau_levenshtein(word, known) == 1;
    !word.is_empty() && (WITHHELD_NAMES.contains(&word) || near("private") || near("hidden"))
}

/// Whether a folder is called as tools call the one of drafts: `_drafts`, `_Drafts`, `_draft`, `_草稿`.
pub fn is_of_drafts(folder: &str) -> bool {
    DRAFT_FOLDERS.contains(&folder.to_lowercase().as_str())
}

fn withholds(key: &str) -> bool {
    let bare: String = key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect();
    let bare = bare.strip_prefix("is").or_else(|| bare.strip_prefix("not")).unwrap_or(&bare);
    WITHHOLDS.contains(&bare)
        || matches!(bare, "draft" | "public" | "published" if bare.len() < key.len() && key.starts_with("not"))
        || (bare == "draft" && bare.len() < key.len())
        || (is_near(key, &["draft", "private", "unlisted", "hidden", "confidential"]) && !OTHER.contains(&key))
}

/// Whether `word` is one of `words` with a slip in it: a letter too few, too many, another or transposed; two in a long one.
fn is_near(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| {
        let slips = strsim::damerau_levenshtein(word, known);
        let first = word.chars().next() == known.chars().next();
        slips > 0
            && (slips == 1 || (slips == 2 && known.len() > 6))
            && (first || slips == 1 && known.len() > 5)
            && word.len() > 2
    })
}
