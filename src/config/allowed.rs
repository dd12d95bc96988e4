//! `privacy: allow:` in casefile.yaml: what may be published although it looks private.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::Reader;
use super::withheld::WithholdEntry;
use crate::privacy;
use crate::yaml::written::{Written, even_null};

/// What may be published although it looks private.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Numbers, addresses and names, as [`privacy::normal`] writes them.
    texts: HashSet<String>,
    /// Files, by their path from the case folder.
    files: HashSet<String>,
}

impl Allowed {
    /// Whether a number, an address or a name may be published, however it is written.
    pub fn has_text(&self, written: &str) -> bool {
        !self.texts.is_empty() && self.texts.contains(&privacy::normal(written))
    }

    /// Whether a file may be published with what it says beside its content, and with what is only a warning.
    pub fn has_file(&self, path: &str) -> bool {
        self.files.contains(path)
    }
}

/// What the author knows to be harmless, and what must not be published.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PrivacyEntry {
    /// What may be published although it looks private, each with the reason.
    pub(super) allow: Vec<AllowEntry>,
    /// The names and strings that the public edition does not hold, each with what it shows instead and the reason.
    pub(super) withhold: Vec<WithholdEntry>,
}

/// Something that may be published: `text` or `file`, and why.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AllowEntry {
    /// A number, an address or a name, whole, however it is written in the case; or a list of them.
    #[schemars(with = "Option<String>")]
    #[serde(default, deserialize_with = "even_null")]
    pub(super) text: Option<Spanned<Written>>,
    /// A file, by its path from the case folder: with what it says beside its content, and what is only a warning.
    #[schemars(with = "Option<String>")]
    #[serde(default, deserialize_with = "even_null")]
    file: Option<Spanned<Written>>,
    /// Why it may be published.
    #[schemars(with = "String")]
    reason: Spanned<Written>,
}

impl PrivacyEntry {
    pub(super) fn says_something(&self) -> bool {
        !(self.allow.is_empty() && self.withhold.is_empty())
    }
}

impl Reader<'_> {
    pub(super) fn allowed(&mut self, entry: PrivacyEntry) -> Allowed {
        let mut allowed = Allowed::default();
        for entry in entry.allow {
            let reason = self.text(&entry.reason);
            if reason.is_none_or(|reason| reason.trim().is_empty()) {
                let help = message!(
                    en: "write in a sentence why it may be published: whose it is, or where it is public already",
                    zh: "请用一句话写明为什么可以公开：是谁的，或已在何处公开"
                );
                self.fault::<()>(&entry.reason, message!(en: "no reason is given", zh: "没有写明理由"), help);
            }
            match (entry.text, entry.file) {
                (Some(text), None) => {
                    for (text, span) in self.texts(
                        &text,
                        message!(
                            en: "a number, an address or a name",
                            zh: "号码、地址或姓名"
                        ),
                    ) {
                        let normal = privacy::normal(&text);
                        if normal.chars().count() < SHORTEST {
                            let message = message!(
                                en: "this is too short to stand for one thing alone",
                                zh: "太短，不足以只指一样东西"
                            );
                            self.report(
                                self.code,
                                span,
                                message,
                                message!(
                                    en: "write the whole number, address or name",
                                    zh: "请写出完整的号码、地址或姓名"
                                ),
                            );
                        } else {
                            allowed.texts.insert(normal);
                        }
                    }
                }
                (None, Some(file)) => {
                    let files = self.texts(
                        &file,
                        message!(
                            en: "the path of a file, from the case folder",
                            zh: "文件的路径，从案卷文件夹写起"
                        ),
                    );
                    allowed.files.extend(files.into_iter().map(|(path, _)| path.trim_start_matches("./").to_owned()));
                }
                (both, _) => {
                    let what = if both.is_some() {
                        message!(en: "both a text and a file are named", zh: "同时写了文字和文件")
                    } else {
                        message!(en: "neither a text nor a file is named", zh: "文字和文件都没有写")
                    };
                    let help = message!(
                        en: "each entry has `text` or `file`, and `reason`",
                        zh: "每一项都要有 `text` 或 `file`，以及 `reason`"
                    );
                    self.fault::<()>(&entry.reason, what.to_owned(), help);
                }
            }
        }
        allowed
    }
}

/// The fewest letters and digits of something that may be allowed.
const SHORTEST: usize = 2;

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::{Source, SourceId};

    fn read(text: &str) -> (Config, Vec<String>) {
        let source = Source::new("casefile.yaml", text.to_owned());
        let mut findings = Vec::new();
        let config = Config::read(&source, SourceId(0), &mut findings);
        (config, findings.into_iter().map(|finding| finding.message.en().to_owned()).collect())
    }

    #[test]
    fn what_is_listed_with_a_reason_is_allowed_however_it_is_written() {
        let (config, findings) = read(
            "privacy:\n  allow:\n    - text: 13800000001\n      reason: the hotline of the shop\n    - text: [\"139 0000 0002\", 某市某路1号]\n      \
             reason: 公开\n    - { file: content/exhibits/a.pdf, reason: its author agrees }\n",
        );
        assert_eq!(findings, Vec::<String>::new());
        for text in ["13800000001", "138-0000-0001", "１３９０００００００２", "某市某路１号"] {
            assert!(config.allowed.has_text(text), "{text}");
        }
        assert!(!config.allowed.has_text("1380000000") && !config.allowed.has_text("138000000011"));
        assert!(config.allowed.has_file("content/exhibits/a.pdf") && !config.allowed.has_file("a.pdf"));
        assert!(!Config::default().allowed.has_text(""));
    }

    #[test]
    fn an_entry_without_a_reason_or_without_a_thing_is_a_fault() {
        for (text, fault) in [
            ("privacy:\n  allow:\n    - text: 13800000001\n      reason:\n", "no reason is given"),
            ("privacy:\n  allow:\n    - text: 13800000001\n      reason: ' '\n", "no reason is given"),
            ("privacy:\n  allow:\n    - reason: a\n", "neither a text nor a file is named"),
            ("privacy:\n  allow:\n    - { text: abc, file: b, reason: a }\n", "both a text and a file are named"),
            ("privacy:\n  allow:\n    - { text: 1, reason: a }\n", "this is too short to stand for one thing alone"),
            ("privacy:\n  allow:\n    - { text: { a: b }, reason: a }\n", "this is no text"),
            ("privacy:\n  alow: []\n", "unknown key `alow`"),
            ("privacy:\n  allow:\n    - { texts: 1, reason: a }\n", "unknown key `texts`"),
            ("privacy:\n  allow:\n    - text: 13800000001\n", "missing field"),
            ("privacy:\n  allow: 13800000001\n", "invalid type"),
            ("privacy: 13800000001\n", "invalid type"),
        ] {
            let (config, findings) = read(text);
            assert!(findings.len() == 1, "{text}: {findings:?}");
            println!("{}: {}", text.replace('\n', "⏎"), findings[0]);
            assert!(
                findings[0].contains(fault) || fault == "invalid type" || fault == "missing field",
                "{text}: {findings:?}"
            );
            assert!(!config.allowed.has_text("13800000001") || fault == "no reason is given", "{text}");
        }
    }
}
