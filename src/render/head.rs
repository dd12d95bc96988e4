//! What machines read of a page: where it stands, the same in other languages, what search engines may do with it, and
//! what is shown of it where its address is shared (<https://ogp.me/>).

use serde::Serialize;
use tera::Context;

use super::Renderer;
use super::translation::{Translations, alternates};
use crate::edition::Edition;
use crate::language::{LanguageId, script};
use crate::site::files::{DataFile, has_feed};
use crate::site::pages::relative;

/// How much of a summary is told, in characters: search engines and messengers show less.
const MAX_DESCRIPTION: usize = 200;

/// How many digits of a fingerprint tell one edition from another at a glance.
const SHORT_FINGERPRINT: usize = 16;

/// The picture that goes with an address.
#[derive(Serialize)]
struct CardView {
    href: String,
    width: u32,
    height: u32,
}

/// Which edition of the dossier a page belongs to.
#[derive(Serialize)]
struct EditionView {
    /// The version, in the words of a language.
    version: Option<String>,
    /// The first digits of the fingerprint, in groups of four.
    short: String,
}

impl Renderer<'_> {
    /// Inserts what every page has; [`Renderer::insert_alternates`] and the page's own description may follow.
    pub(super) fn insert_head(&self, context: &mut Context, path: &str, language: LanguageId, page: &str) {
        let config = &self.site.case.config;
        let own = &self.site.case.languages[language];
        let is_lost = page == "error";
        let address = self.site.case.standing.address().filter(|_| !is_lost);
        context.insert("canonical", &address.as_ref().map(|address| format!("{address}{path}")));
        let search = match page {
            _ if config.unlisted || self.site.case.edition == Edition::Full => Some("noindex, nofollow, noarchive"),
            "error" | "missing" => Some("noindex"),
            _ => None,
        };
        context.insert("noindex", &search);
        context.insert("alternates", &[(); 0]);
        context.insert(
            "feed",
            &has_feed(&self.site.case).then(|| relative(path, &DataFile::Feed(language).path(&self.site.case))),
        );
        insert_description(context, config.summary.get(&own.tag), &own.tag);
        let card = self.site.card.as_ref().zip(address);
        let card = card.map(|((path, (width, height)), address)| CardView {
            href: format!("{address}{path}"),
            width: *width,
            height: *height,
        });
        context.insert("card", &card);
        context.insert("edition", &self.edition(language));
        context.insert("live", &self.site.case.is_live);
    }

    /// The pages that say the same in other languages, and where readers of none of them are led.
    pub(super) fn insert_alternates(&self, context: &mut Context, same: &Translations<'_>, default: Option<&str>) {
        if let Some(address) = self.site.case.standing.address() {
            context.insert("alternates", &alternates(same, default, &address));
        }
    }

    fn edition(&self, language: LanguageId) -> EditionView {
        let short = short(&self.site.case.fingerprint.to_string());
        EditionView { version: self.version_in_words(language), short }
    }

    /// Which version of the dossier this is, in the words of a language; none if its author numbers none.
    pub(super) fn version_in_words(&self, language: LanguageId) -> Option<String> {
        let case = &self.site.case;
        let phrases = &case.languages[language].table.phrases;
        case.config.version.as_ref().map(|version| phrases.version.replace("{version}", version))
    }
}

/// What a page in the language `tag` is about, in a line.
pub(super) fn insert_description(context: &mut Context, text: Option<&str>, tag: &str) {
    let between = if script::is_cjk_language(tag) { "" } else { " " };
    let line = text.map(|text| text.lines().map(str::trim).collect::<Vec<_>>().join(between));
    let line = line.map(|line| match line.char_indices().nth(MAX_DESCRIPTION) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    });
    context.insert("description", &line);
}

/// The first digits of a fingerprint, as people read them to each other.
pub(super) fn short(fingerprint: &str) -> String {
    let digits: Vec<char> = fingerprint.chars().take(SHORT_FINGERPRINT).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
