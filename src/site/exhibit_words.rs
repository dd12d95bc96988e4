//! What exhibits are called in the words of a language.

use serde::Serialize;

use super::Site;
use crate::case::exhibit::ExhibitId;
use crate::config::Localized;
use crate::document::label::Key;
use crate::language::{Language, LanguageId};

/// A text in the language of the page, or in another, which is then named.
#[derive(Serialize)]
pub(crate) struct Words<'a> {
    text: &'a str,
    lang: Option<&'a str>,
}

/// What an exhibit is called in a language, as one would cite it: 证据3, Exhibit 3.
pub(crate) fn exhibit_label(site: &Site, exhibit: ExhibitId, language: LanguageId) -> String {
    label_in_words(&site.case.exhibits.all[exhibit].key, &site.case.languages[language])
}

/// A label in the words of a language: 注1-2, Note 1-2.
pub(crate) fn label_in_words(key: &Key, language: &Language) -> String {
    let words = language.table.kinds.get(key.kind.as_str()).and_then(|words| words.first());
    let word = words.map_or(key.kind.as_str(), String::as_str);
    let gap = if word.is_ascii() { " " } else { "" };
    let qualifier = key.qualifier.as_ref().map_or_else(String::new, |qualifier| format!("{qualifier} "));
    // Letters that number are capitals: Exhibit C, Annexure AB-1.
    let is_letter = key.number.starts_with(|c: char| c.is_ascii_alphabetic());
    let number = if is_letter { key.number.to_ascii_uppercase() } else { key.number.to_string() };
    format!("{qualifier}{word}{gap}{number}")
}

/// The label and the title of an exhibit.
pub(crate) fn exhibit_name(site: &Site, exhibit: ExhibitId, language: LanguageId) -> String {
    let exhibits = &site.case.exhibits;
    let whole = exhibits.whole(exhibit);
    let label = exhibit_label(site, whole, language);
    let name = match words(&exhibits.all[whole].title, site, language) {
        Some(title) => format!("{label} {}", title.text),
        None => label,
    };
    let part = if exhibit == whole { None } else { part_in_words(site, exhibit, language) };
    part.map_or(name.clone(), |part| format!("{name} {part}"))
}

/// Which of the files of an exhibit one is, in words; none where there is no other.
pub(crate) fn part_in_words(site: &Site, exhibit: ExhibitId, language: LanguageId) -> Option<String> {
    let exhibits = &site.case.exhibits;
    let whole = exhibits.whole(exhibit);
    let count = 1 + exhibits.parts(whole).len();
    let words = &site.case.languages[language].table.phrases.file_of;
    let number = exhibit.place() - whole.place() + 1;
    (count > 1).then(|| words.replace("{number}", &number.to_string()).replace("{count}", &count.to_string()))
}

/// A text of an exhibit in a language, or else in any.
pub(crate) fn words<'a>(text: &'a Localized, site: &'a Site, language: LanguageId) -> Option<Words<'a>> {
    let languages = &site.case.languages;
    if let Some(text) = text.get(&languages[language].tag) {
        return Some(Words { text, lang: None });
    }
    let other = languages.iter().find_map(|other| Some((text.get(&other.tag)?, other.tag.as_str())));
    other.map(|(text, lang)| Words { text, lang: Some(lang) })
}

impl<'a> Words<'a> {
    /// The text alone.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The language of the text, where it is not that of the page.
    pub(crate) fn lang(&self) -> Option<&'a str> {
        self.lang
    }
}

/// The name of a file, without its folders.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
