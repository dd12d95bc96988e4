//! Texts as their author wrote them. YAML takes `no`, `1e3`, `0x1F` or `null` for truth values, numbers and nothing, and
//! another reader of YAML takes them otherwise; where a text is asked for, they are the text.

use serde::Deserialize;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::span_of_value;
use crate::source::{Source, Span};

/// A text, a list, or something for each language.
#[derive(Debug)]
pub enum Written {
    /// What YAML takes for a text.
    Text(String),
    /// What YAML takes for something else. The text stands in the source.
    Plain,
    /// A list.
    List(Vec<Spanned<Written>>),
    /// Something for each language, or whatever the keys are.
    Map(Vec<(String, Spanned<Written>)>),
}

impl Written {
    /// The text that was written at `of`, if it is one; `range` is what of the source is YAML. Empty for nothing at all.
    pub fn text(of: &Spanned<Self>, source: &Source, range: Span) -> Option<String> {
        match &of.value {
            Self::Text(text) => Some(text.clone()),
            Self::Plain => Some(source.slice(span_of_value(of, source, range)).trim().to_owned()),
            Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Where a text was cut off that has a number sign in it, as in `order #3`, for YAML takes the rest for a comment. A
    /// comment has a space behind the sign.
    pub fn cut_off(of: &Spanned<Self>, source: &Source, range: Span) -> Option<Span> {
        let is_text = matches!(of.value, Self::Text(_) | Self::Plain);
        let span = span_of_value(of, source, range);
        let is_quoted = source.slice(span).starts_with(['"', '\'', '|', '>']);
        let rest = source.slice(Span { start: span.end, end: range.end });
        let comment = rest.trim_start_matches([' ', '\t']);
        let is_sign = |text: &str| !text.is_empty() && !text.starts_with(['#', ' ', '\t', '\n', '\r']);
        if !is_text || is_quoted || span.is_empty() || !comment.strip_prefix('#').is_some_and(is_sign) {
            return None;
        }
        let start = span.end as usize + rest.len() - comment.len();
        let line = comment.lines().next().unwrap_or("");
        Some(Span::new(start, start + line.trim_end().len()))
    }
}

/// Reads a value even where YAML says that there is none.
///
/// # Errors
/// Those of the value.
pub fn even_null<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Written;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text, a list, or something for each language")
            }

            fn visit_str<E>(self, text: &str) -> Result<Written, E> {
                Ok(Written::Text(text.to_owned()))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Written, E> {
                Ok(Written::Plain)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Written, E> {
                Ok(Written::Plain)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Written, E> {
                Ok(Written::Plain)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Written, E> {
                Ok(Written::Plain)
            }

            fn visit_unit<E>(self) -> Result<Written, E> {
                Ok(Written::Plain)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Written, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Written::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Written::Map(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
