//! What of a site is the program's own, whatever a case withholds: people are called Mark, Max and Li.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::language;
use crate::render::theme;
use crate::schema::Schema;
use crate::spelling::Form;

/// Whether a file of a site is one that every site has, byte for byte.
pub(super) fn is_of_program(path: &str, bytes: &[u8]) -> bool {
    theme::is_built_in(path, bytes) || (path.ends_with("case.schema.json") && bytes == Schema::Case.text().as_bytes())
}

/// The fewest letters of a name that tells something in the file of that path. The terms of the search are all pairs of characters
/// that follow each other, also over two cells; the texts that they are made of stand in files of their own.
pub(super) fn fewest_letters(path: &str) -> usize {
    if path.starts_with("search/terms-") || path.contains("/search/terms-") { 3 } else { 0 }
}

/// Attributes whose values are words of the program or of a format, and never an author's.
const ATTRIBUTES: &[&str] = &[
    "rel",
    "type",
    "role",
    "http-equiv",
    "media",
    "scope",
    "method",
    "charset",
    "target",
    "loading",
    "decoding",
    "dir",
    "tabindex",
];

/// The ids of parts that pages have, whatever they show.
const IDS: &[&str] = &["main", "contents", "documents", "matrix", "unanswered", "events"];

/// Who wrote a file of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maker {
    /// The program: a page, or data of its own.
    Program,
    /// Somebody else, whose fields and classes may be called after people.
    Others,
}

impl Maker {
    /// Who wrote the file at `path` that lies within `depth` others. Files of the case lie in `files/`.
    pub(super) fn of(path: &str, depth: usize) -> Self {
        let mut folders: Vec<&str> = path.split('/').collect();
        let name = folders.pop().unwrap_or("");
        let is_data = matches!(name, "case.json" | "identifiers.json")
            || folders.last() == Some(&"search")
                && ["manifest", "terms-", "texts-"].iter().any(|start| name.starts_with(start));
        let is_page = name.ends_with(".html") || name.ends_with(".xml");
        let is_of_case = depth > 0 || folders.contains(&"files");
        if !is_of_case && (is_data || is_page) { Self::Program } else { Self::Others }
    }
}

/// The names of fields in the program's data: those of `case.json`, which the schema lists, those of the index of the search and of
/// the register of identifiers, and the languages that it has words for.
static KEYS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    const OTHER: &[&str] = &[
        "address",
        "all_kinds",
        "all_languages",
        "blocks",
        "check",
        "claim",
        "column",
        "event",
        "exhibit",
        "file",
        "found",
        "hint",
        "hint_keys",
        "item",
        "kind",
        "language",
        "languages",
        "line",
        "link",
        "none",
        "none_yet",
        "note",
        "nothing_to_find",
        "placeholder",
        "places",
        "search_on",
        "section",
        "show_all",
        "terms",
        "texts",
        "unread",
        "value",
        "variants",
        "words",
    ];
    fn add(schema: &serde_json::Value, keys: &mut HashSet<String>) {
        match schema {
            serde_json::Value::Object(fields) => {
                if let Some(serde_json::Value::Object(properties)) = fields.get("properties") {
                    keys.extend(properties.keys().cloned());
                }
                fields.values().for_each(|value| add(value, keys));
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| add(value, keys)),
            _ => {}
        }
    }
    let mut keys: HashSet<String> = OTHER.iter().map(|key| (*key).to_owned()).collect();
    keys.extend(language::built_in_languages().map(|language| language.tag));
    add(&serde_json::from_str(&Schema::Case.text()).unwrap_or_default(), &mut keys);
    keys
});

/// Whether the word at `range` is a part of markup, or the name of a field of the program's data: no text of anybody.
pub(super) fn is_word_of_program(text: &str, range: &Range<usize>, form: Form, maker: Maker) -> bool {
    // The program and the formats have no other words.
    if !text[range.clone()].is_ascii() {
        return false;
    }
    match form {
        Form::Data => {
            let is_key = text[..range.start].ends_with('"') && text[range.end..].starts_with("\":");
            is_key && maker == Maker::Program && KEYS.contains(&text[range.clone()])
        }
        Form::Text | Form::Cells | Form::Values | Form::Markup | Form::Base | Form::Tags => {
            is_markup(text, range, maker)
        }
    }
}

fn is_markup(text: &str, range: &Range<usize>, maker: Maker) -> bool {
    let Some(open) = text[..range.start].rfind('<') else { return false };
    let tag = &text[open + 1..];
    if text[open..range.start].contains('>') || !tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return false;
    }
    let mut at = open + 1;
    let rest = |at: usize| &text[at..];
    let word = |at: usize| {
        rest(at).find(|c: char| c.is_whitespace() || "=>\"'".contains(c)).map_or(text.len(), |len| at + len)
    };
    let is_within = |start: usize, end: usize| start <= range.start && range.end <= end;
    let name_end = word(at);
    if is_within(at, name_end) {
        return true;
    }
    at = name_end;
    while at < range.end {
        at += rest(at).len() - rest(at).trim_start().len();
        let end = word(at);
        if is_within(at, end) {
            return true;
        }
        let name = &text[at..end];
        let Some(value) = rest(end).strip_prefix('=') else {
            at = end.max(at + 1);
            continue;
        };
        let quote = value.chars().next().filter(|c| "\"'".contains(*c));
        let start = end + 1 + quote.map_or(0, char::len_utf8);
        let len = match quote {
            Some(quote) => rest(start).find(quote),
            None => rest(start).find(|c: char| c.is_whitespace() || c == '>'),
        };
        let stop = len.map_or(text.len(), |len| start + len);
        if is_within(start, stop) {
            return is_value_of_program(name, &text[start..stop], &text[range.clone()], maker);
        }
        at = stop + quote.map_or(0, char::len_utf8);
    }
    false
}

/// Words of the built-in theme, and those that pages name their parts by besides: a theme of the author's may have others.
static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let mut words: HashSet<String> = ["accepts", "disputes", "tick"].map(str::to_owned).into();
    words.extend(theme::texts().flat_map(words_of));
    words
});

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase)
}

/// Whether `word` in the value of an attribute is the program's.
fn is_value_of_program(name: &str, value: &str, word: &str, maker: Maker) -> bool {
    match name {
        "class" => {
            maker == Maker::Program && !value.contains("language-") && words_of(word).all(|word| WORDS.contains(&word))
        }
        "ContentType" | "Requires" | "Ignorable" => true,
        "id" => IDS.contains(&value),
        "href" | "src" => theme::is_path(value) || value.strip_prefix('#').is_some_and(|id| IDS.contains(&id)),
        name => {
            name.starts_with("xmlns")
                || name == "Type" && value.contains("://")
                || ATTRIBUTES.contains(&name) && words_of(word).all(|word| WORDS.contains(&word))
        }
    }
}
