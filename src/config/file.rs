//! casefile.yaml as it is written. The comments here are what editors show beside a key.

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::allowed::PrivacyEntry;
use super::{Localized, Markers, Names, Scalar};
use crate::diagnostic::{Code, Level};
use crate::yaml::written::{Written, even_null};

/// The settings of a case. Every key is optional.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "casefile.yaml")]
pub(super) struct Settings {
    /// What the case is called.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) title: Option<Spanned<Written>>,
    /// What it is about, in a sentence.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) summary: Option<Spanned<Written>>,
    /// The languages, such as `[zh, en]`; the first is the one the author writes in.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) languages: Option<Vec<Spanned<String>>>,
    /// Where the site will stand, such as `https://example.com/case/`.
    #[schemars(with = "Option<String>", extend("format" = "uri"))]
    pub(super) base_url: Option<Spanned<String>>,
    /// Where the whole dossier can be had as one file, such as `https://example.com/case.zip`.
    #[schemars(with = "Option<String>", extend("format" = "uri"))]
    pub(super) download: Option<Spanned<String>>,
    /// Where the edition in one file can be had, which `casefile single` makes, such as `https://example.com/case.html`.
    #[schemars(with = "Option<String>", extend("format" = "uri"))]
    pub(super) download_single: Option<Spanned<String>>,
    /// The zone of every time that names none, such as `Asia/Shanghai`.
    #[schemars(with = "Option<String>")]
    pub(super) time_zone: Option<Spanned<String>>,
    /// The day up to which the case is told.
    #[schemars(with = "Option<Date>")]
    pub(super) as_of: Option<Spanned<String>>,
    /// Which version of the dossier this is, such as `3` or `2.1`; shown on every page.
    #[schemars(with = "Option<Scalar>")]
    pub(super) version: Option<Spanned<String>>,
    /// What changed from version to version, and when; readers can subscribe to it.
    #[serde(default)]
    pub(super) changes: Vec<ChangeEntry>,
    /// Whether only those who were sent the address should find the site: search engines are asked to leave it out.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub(super) unlisted: bool,
    // Whoever has not yet put it in must not publish without.
    /// A folder that nobody can guess, in which the site is put; `casefile secret` makes one. Implies `unlisted`.
    #[schemars(with = "Option<String>", regex(pattern = "^[a-z0-9]{20,64}$"))]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) secret_path: Option<Spanned<String>>,
    /// The picture that goes with the address where it is shared: a JPEG or PNG file, best of 1200 × 630 pixels.
    #[schemars(with = "Option<String>")]
    pub(super) card: Option<Spanned<String>>,
    /// Who takes part.
    #[serde(default)]
    pub(super) parties: Vec<PartyEntry>,
    /// The numbers the case turns on. Wherever the text uses one of their names, the value must agree.
    #[serde(default)]
    pub(super) figures: Vec<FigureEntry>,
    /// Words of the case's own for answers that dispute or accept.
    #[serde(default)]
    pub(super) markers: Markers,
    /// What the lists of exhibits that are handed in say at their top.
    #[serde(default)]
    pub(super) filing: FilingEntry,
    /// Who stands for the dossier and answers for it.
    #[serde(default)]
    pub(super) contact: ContactEntry,
    /// What files are called in the public edition: `original`, as they are named here; `neutral`, by the numbers of their exhibits.
    #[serde(default)]
    pub(super) names: FileNames,
    /// Whether pictures are published without what they say of place, device and owner: `true` unless told.
    #[serde(default)]
    pub(super) strip_metadata: Option<bool>,
    /// What the author knows to be harmless, and what must not be published.
    #[serde(default)]
    pub(super) privacy: PrivacyEntry,
    /// The levels of findings, by the name or code of a rule.
    #[serde(default)]
    #[schemars(schema_with = "rules")]
    pub(super) rules: BTreeMap<String, Spanned<Level>>,
}

/// What published files are called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileNames {
    /// As the author called them.
    #[default]
    Original,
    /// By the numbers of their exhibits, in the public edition.
    Neutral,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeEntry {
    /// The day.
    #[schemars(with = "Date")]
    pub(super) date: Spanned<String>,
    /// What changed.
    #[schemars(with = "Localized")]
    pub(super) text: Spanned<Written>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyEntry {
    /// Letters, digits and hyphens; never shown.
    #[schemars(with = "String", regex(pattern = "^[A-Za-z0-9_-]+$"))]
    pub(super) id: Spanned<String>,
    /// What the party is in this case.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) role: Option<Spanned<Written>>,
    /// The party's name.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) name: Option<Spanned<Written>>,
    /// The other names the text uses, in any language.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) aliases: Vec<Spanned<Written>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureEntry {
    /// Letters, digits and hyphens; never shown.
    #[schemars(with = "String", regex(pattern = "^[A-Za-z0-9_-]+$"))]
    pub(super) id: Spanned<String>,
    /// The number alone, with every digit that is known.
    #[schemars(with = "Scalar")]
    pub(super) value: Spanned<String>,
    /// The code of a currency or asset, such as `CNY`, or a word of your own.
    #[schemars(with = "Localized")]
    pub(super) unit: Spanned<Written>,
    /// What the text calls it; the first name is the one shown.
    #[schemars(with = "Names")]
    pub(super) names: Spanned<Written>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FilingEntry {
    /// What the proceedings are called; the title of the case unless told.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) name: Option<Spanned<Written>>,
    /// Their number.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) number: Option<Spanned<Written>>,
    /// Who hands the exhibits in.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) submitter: Option<Spanned<Written>>,
    /// When.
    #[schemars(with = "Option<Date>")]
    pub(super) date: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ContactEntry {
    /// The name.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) name: Option<Spanned<Written>>,
    /// The mail address.
    #[schemars(with = "Option<String>", extend("format" = "email"))]
    pub(super) email: Option<Spanned<String>>,
    /// How to reply, in your own words.
    #[schemars(with = "Option<Localized>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) reply: Option<Spanned<Written>>,
}

/// A day.
#[derive(JsonSchema)]
#[schemars(inline)]
#[expect(dead_code, reason = "it stands for what is written")]
struct Date(#[schemars(regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))] String);

/// Every rule by its name, with what it is about; and by its code.
fn rules(generator: &mut SchemaGenerator) -> schemars::Schema {
    let levels = Code::ALL.iter().filter(|code| code.default_level() != Level::Error);
    let named = levels.map(|code| {
        let about = code.explanation(crate::Lang::En).lines().next().unwrap_or("").trim();
        (code.name().to_owned(), json_schema!({ "description": about, "$ref": "#/$defs/Level" }).to_value())
    });
    let named: serde_json::Map<String, serde_json::Value> = named.collect();
    let level = generator.subschema_for::<Level>();
    json_schema!({
        "type": "object",
        "properties": named,
        "patternProperties": { "^C[0-9]{3}$": level },
        "additionalProperties": false,
    })
}
