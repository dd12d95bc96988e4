//! Texts and names in one language for all, or in several.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// A text in one language for all, or in several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localized(BTreeMap<String, String>);

/// Stands for every language in [`Localized`].
const ANY: &str = "";

impl Localized {
    /// The text in that language, or the one for all.
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.0.get(tag).or_else(|| self.0.get(ANY)).map(String::as_str)
    }

    /// The text in that language, or else in any.
    pub fn get_or_any(&self, tag: &str) -> Option<&str> {
        self.get(tag).or_else(|| self.0.values().next().map(String::as_str))
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every text, in the order of languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// The tags of the languages that have a text of their own.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|tag| *tag != ANY)
    }
}

impl From<String> for Localized {
    fn from(text: String) -> Self {
        Self(BTreeMap::from([(ANY.to_owned(), text)]))
    }
}

impl FromIterator<(String, String)> for Localized {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}

/// Stands in schemas for a text that YAML may take for a number.
pub(crate) struct Scalar;

impl JsonSchema for Scalar {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Scalar".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"] })
    }
}

impl JsonSchema for Localized {
    fn schema_name() -> Cow<'static, str> {
        "Localized".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "one text, or one for each language: { zh: …, en: … }",
            "anyOf": [
                { "type": ["string", "number"] },
                { "type": "object", "additionalProperties": { "type": ["string", "number"] } },
            ],
        })
    }
}

/// Names in one language for all, or in several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(BTreeMap<String, Vec<String>>);

impl Names {
    /// The names in that language and those for all.
    pub fn get(&self, tag: &str) -> impl Iterator<Item = &str> {
        let own = self.0.get(tag).into_iter().chain(self.0.get(ANY));
        own.flatten().map(String::as_str)
    }

    /// The first name in that language, or else in any.
    pub fn first(&self, tag: &str) -> Option<&str> {
        self.get(tag).next().or_else(|| self.0.values().flatten().next().map(String::as_str))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().flatten().map(String::as_str)
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|tag| *tag != ANY)
    }
}

impl From<Vec<String>> for Names {
    fn from(names: Vec<String>) -> Self {
        Self(BTreeMap::from([(ANY.to_owned(), names)]))
    }
}

impl FromIterator<(String, Vec<String>)> for Names {
    fn from_iter<I: IntoIterator<Item = (String, Vec<String>)>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}

impl JsonSchema for Names {
    fn schema_name() -> Cow<'static, str> {
        "Names".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = json_schema!({ "type": ["string", "array"], "items": { "type": "string" } });
        json_schema!({
            "description": "one name or several, for all languages or for each: { zh: [净损失, 净损], en: net loss }",
            "anyOf": [names, { "type": "object", "additionalProperties": names }],
        })
    }
}
