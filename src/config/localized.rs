//! Texts and names in one language for all, or in several.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{MapAccess, SeqAccess, Visitor};

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

    pub(super) fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|tag| *tag != ANY)
    }
}

impl FromIterator<(String, String)> for Localized {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Localized {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Localized;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text, or a text for each language")
            }

            fn visit_str<E>(self, text: &str) -> Result<Localized, E> {
                Ok(Localized(BTreeMap::from([(ANY.to_owned(), text.to_owned())])))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Localized, E> {
                Ok(Localized(BTreeMap::from([(ANY.to_owned(), number.to_string())])))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Localized, E> {
                Ok(Localized(BTreeMap::from([(ANY.to_owned(), number.to_string())])))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Localized, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((tag, text)) = map.next_entry::<String, String>()? {
                    texts.insert(tag.to_ascii_lowercase(), text);
                }
                Ok(Localized(texts))
            }
        }
        deserializer.deserialize_any(Texts)
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

/// One name or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn into_vec(self) -> Vec<String> {
        match self {
            OneOrMore::One(name) => vec![name],
            OneOrMore::More(names) => names,
        }
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Names;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a name, a list of names, or either for each language")
            }

            fn visit_str<E>(self, name: &str) -> Result<Names, E> {
                Ok(Names(BTreeMap::from([(ANY.to_owned(), vec![name.to_owned()])])))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(Names(BTreeMap::from([(ANY.to_owned(), names)])))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
                let mut names = BTreeMap::new();
                while let Some((tag, list)) = map.next_entry::<String, OneOrMore>()? {
                    names.insert(tag.to_ascii_lowercase(), list.into_vec());
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}
