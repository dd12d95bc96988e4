//! What the pages say in their own words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use crate::language::kind::DocumentKind;

/// Declares the phrases once, as fields that templates and code name.
macro_rules! phrases {
    ($($name:ident),+ $(,)?) => {
        /// The phrases of the pages; `{…}` in one is filled in by the program.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(try_from = "BTreeMap<String, String>")]
        #[allow(missing_docs, reason = "a phrase is documented by the English table")]
        pub struct Phrases { $(pub $name: String),+ }

        const NAMES: &[&str] = &[$(stringify!($name)),+];

        impl Phrases {
            fn from_complete(mut texts: BTreeMap<String, String>) -> Self {
                let mut take = |name: &str| texts.remove(name).unwrap_or_default();
                Self { $($name: take(stringify!($name))),+ }
            }

            fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
                NAMES.iter().copied().zip([$(self.$name.as_str()),+])
            }
        }
    };
}

phrases! {
    single_title, single_text, single_files, single_files_text, skip, skip_digest, languages, documents, contents, all_documents, home, as_of, anchor, counterpart, cited_at,
    missing, ambiguous, foreign, broken, broken_anchor, unsafe_link, image_missing,
    image_remote, sum_right, sum_wrong, math_invalid, untranslated, untranslated_short, not_found,
    not_found_text, choose, jump, turn, only_in, made_by, data, kind_overview, kind_timeline,
    kind_positions, kind_links, kind_evidence, kind_appendix, kind_document, parties, note, tip,
    important, warning, caution, table, list_separator, undisputed, disputed, unanswered, not_said, supports, remarks, accepts,
    disputes, speaker_unknown, board, claim, claims, introduces, no_answer, board_all, board_standing, board_claimant, board_owing, board_keys, section_keys, board_shown, board_many, still_owing, nothing_owing, timeline_list, undated_list,
    same_day, one_day, days, hours, minutes, seconds, later, to_scale, scale_spans, scale_about, zone_unknown, zone_unclear, about, figures, figure, amount, places, happened, claims_count, appendices,
    exhibits, exhibits_on, all_exhibits, catalogues, csv, exhibit_kind, exhibit_source, captured_at, method, form, original, copy, file_name, file_of, file_format, file_size, bytes, dimensions, pixels, page_count, page_range, copies, as_recorded, not_as_recorded, other_line_ends, published_copy, cleaned_note, original_withheld_note, sum_of_original, covered, covered_text, covered_because, covered_pages_text, covered_pages_because, page_number, machine_label, machine_label_note, withheld_here, withheld_because, withheld, not_public, redactions_title, redactions_lead, redactions_none, redaction_place, redaction_kind, redaction_count, redaction_reason, redaction_basis, redaction_no_reason, redacted_name, redacted_words, redacted_paragraph, redacted_item, redacted_section, redacted_picture, redacted_exhibit, redacted_document, redacted_file_names, redacted_metadata, listed_only, file_missing, no_file, damaged, belied, acts, as_text, download, preview_more, written_in, empty_file, bears_on, content_label, purpose_label, remarks_label, not_cited, cited_title, status_no_file, status_missing, status_not_public, link_register, link_register_text, link_owner, link_purpose, link_archived, link_checked, link_decoded, emails, proof, identifiers, identifiers_text, id_ip, id_email, id_host, id_phone, id_company, id_wallet, id_transaction, id_order, id_client, identifier, identifier_kind, more_places, check_digit, check_right, check_wrong, elsewhere,
    no_counterpart, sum_command, caption_who, caption_version, caption_take, caption_download, caption_single, caption_party, hand_in, about_group, parallel, lone_count, all_paired, breadcrumb, print_title, print_hint, print_address,
    reading_title, reading_lead, reading_concluded, reading_parties_listed, reading_parties_read, reading_statements,
    reading_events, reading_clock, reading_no_clock, reading_open, reading_open_who, reading_open_whether, reading_open_zone, reading_open_date, reading_open_answer,
    reading_nothing_open, reading_added, reading_added_text, about_title, about_lead, about_what, about_documents, about_exhibits, about_voices, about_who_title, about_who,
    about_nobody, about_until_title, about_until, about_until_unknown, about_check_title, about_references, about_sums,
    about_hashes, about_data, about_paper, about_proves_title, about_proves, about_proves_not, about_program,
    about_privacy_title, about_privacy, about_links, about_reply_title, about_reply, about_reply_nobody, email,
    theme_dark, theme_light, cite, cite_place, cited_as_of, cite_case, cite_answer, cite_said, cite_quoted, cite_separator, cite_within, copied, copy_by_hand, back_to, close, open_place,
    search, search_missing, search_placeholder, search_hint, search_hint_keys, search_nothing_to_find, search_language,
    search_all_languages, search_kind, search_all_kinds, search_section, search_claim, search_item, search_event,
    search_note, search_exhibit, search_link, search_found, search_none, search_none_yet, search_unread,
    search_search_on, search_show_all, index_title, index_text,
    version, fingerprint, changes, feed, about_fingerprint, share_title, share_hint, share_address,
    share_unlisted, share_fingerprint, share_zip, share_zip_text, share_check_pages, share_check_zip, share_check_sources, share_check_withheld
}

// Derived code for so many fields is one function of 390 KB, which takes about a minute to optimise.
impl TryFrom<BTreeMap<String, String>> for Phrases {
    type Error = String;

    fn try_from(texts: BTreeMap<String, String>) -> Result<Self, String> {
        if let Some(name) = texts.keys().find(|name| !NAMES.contains(&name.as_str())) {
            return Err(format!("unknown phrase `{name}`"));
        }
        if let Some(name) = NAMES.iter().find(|name| !texts.contains_key(**name)) {
            return Err(format!("missing phrase `{name}`"));
        }
        Ok(Self::from_complete(texts))
    }
}

impl Serialize for Phrases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.texts())
    }
}

impl Phrases {
    /// What a document of that kind is called.
    pub fn kind(&self, kind: DocumentKind) -> &str {
        match kind {
            DocumentKind::Overview => &self.kind_overview,
            DocumentKind::Timeline => &self.kind_timeline,
            DocumentKind::Positions => &self.kind_positions,
            DocumentKind::Links => &self.kind_links,
            DocumentKind::Evidence => &self.kind_evidence,
            DocumentKind::Appendix => &self.kind_appendix,
            DocumentKind::Document => &self.kind_document,
        }
    }
}
