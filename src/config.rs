//! `casefile.yaml`: what a case is called, its languages, its parties. All of it is optional.

mod allowed;
mod base_url;
mod file;
mod localized;
mod read;
mod reader;
pub mod withheld;

use bigdecimal::BigDecimal;
use schemars::JsonSchema;
use serde::Deserialize;
use smol_str::SmolStr;

use crate::diagnostic::{Code, Diagnostic, Levels};
use crate::language::amount_lexicon::AmountLexicon;
use crate::language::words::fold;
use crate::source::{Source, SourceId, Span};
use crate::yaml::{self};
pub use allowed::Allowed;
pub use base_url::base_url;
pub use file::FileNames;
use file::Settings;
pub(crate) use localized::Scalar;
pub use localized::{Localized, Names};
pub(crate) use reader::Reader;

/// The name of the file in the case folder.
pub const FILE_NAME: &str = "casefile.yaml";

/// A case's configuration, checked: every language it names is one of the case's.
#[derive(Debug, Default)]
pub struct Config {
    /// The title of the case.
    pub title: Localized,
    /// What it is about, in a sentence.
    pub summary: Localized,
    /// Language tags, lower case, the authored one first; empty if the file does not say.
    pub languages: Vec<String>,
    /// Where the site will stand, with a slash at the end.
    pub base_url: Option<String>,
    /// Where the whole dossier can be had as one file.
    pub download: Option<String>,
    /// Where the edition in one file can be had.
    pub download_single: Option<String>,
    /// The zone of times that name none.
    pub time_zone: Option<jiff::tz::TimeZone>,
    /// The day up to which the case is told.
    pub as_of: Option<jiff::civil::Date>,
    /// Which version of the dossier it is, as the author counts.
    pub version: Option<String>,
    /// What changed, the latest first.
    pub changes: Vec<Change>,
    /// Whether only those who were sent the address should find the site. So it is where there is a secret path.
    pub unlisted: bool,
    /// The folder that nobody can guess in which the site is put: small letters and digits.
    pub secret_path: Option<String>,
    /// The picture that goes with the address where it is shared.
    pub card: Option<Card>,
    /// Who takes part.
    pub parties: Vec<Party>,
    /// The key figures of the case.
    pub figures: Vec<Figure>,
    /// Words of the case's own for answers that dispute or accept.
    pub markers: Markers,
    /// What stands above and below a list of exhibits that is handed in.
    pub filing: Filing,
    /// Who stands for the dossier and answers for it.
    pub contact: Contact,
    /// What published files are called.
    pub names: FileNames,
    /// Whether pictures are published with what they say of place, device and owner.
    pub keep_metadata: bool,
    /// What may be published although it looks private.
    pub allowed: Allowed,
    /// The levels of findings.
    pub levels: Levels,
}

/// The JSON Schema of the file.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Settings)
}

/// One who takes part in the case.
#[derive(Debug, Clone)]
pub struct Party {
    /// Names the party here and in `{by=…}`; never published.
    pub id: String,
    /// What the party is in the case, in the author's words.
    pub role: Localized,
    /// The party's name.
    pub name: Localized,
    /// Other names it goes by.
    pub aliases: Vec<String>,
}

/// A change of the dossier.
#[derive(Debug, Clone)]
pub struct Change {
    /// The day.
    pub date: jiff::civil::Date,
    /// What changed.
    pub text: Localized,
}

/// A picture that stands for the case.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its path from the case folder.
    pub path: String,
    /// Where casefile.yaml names it.
    pub span: (SourceId, Span),
}

/// A number that the case turns on.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Names the figure here; never published.
    pub id: String,
    /// The number as the author writes it.
    pub written: String,
    /// How much, exactly.
    pub value: BigDecimal,
    /// What it counts: a code such as `CNY`, or the author's own word for it.
    pub unit: Localized,
    /// What the text calls it; the first name is the one shown.
    pub names: Names,
}

impl Figure {
    /// The code of its unit: that of a known currency or asset, else the author's first word for it.
    pub fn unit_code(&self, known: &AmountLexicon) -> SmolStr {
        let code = self.unit.all().find_map(|word| known.unit(word));
        code.cloned().unwrap_or_else(|| SmolStr::new(self.unit.all().next().unwrap_or("")))
    }

    /// Whether both count the same: 元 and CNY do.
    fn shares_unit(&self, other: &Self, known: &AmountLexicon) -> bool {
        let shares_word = || self.unit.all().any(|word| other.unit.all().any(|own| fold(own) == fold(word)));
        self.unit_code(known) == other.unit_code(known) || shares_word()
    }
}

/// Words of the case's own for answers that dispute or accept.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Markers {
    /// What an answer says that disputes.
    pub disputes: Vec<String>,
    /// What an answer says that accepts.
    pub accepts: Vec<String>,
}

/// What a list of exhibits that is handed in says of the proceedings.
#[derive(Debug, Clone, Default)]
pub struct Filing {
    /// What the proceedings are called; the title of the case unless told.
    pub name: Localized,
    /// Their number, which the authority gives.
    pub number: Localized,
    /// Who hands the exhibits in.
    pub submitter: Localized,
    /// When.
    pub date: Option<jiff::civil::Date>,
}

/// Who stands for a dossier and answers for it.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// The name; who hands the exhibits in, unless told.
    pub name: Localized,
    /// The mail address.
    pub email: Option<String>,
    /// How to answer, in the author's words.
    pub reply: Localized,
}

impl Config {
    /// Reads casefile.yaml. What is wrong is a finding, and the rest still counts.
    pub fn read(source: &Source, id: SourceId, findings: &mut Vec<Diagnostic>) -> Self {
        let range = Span::new(0, source.text.len());
        let says_nothing = source.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        if says_nothing {
            return Self::default();
        }
        match yaml::read::<Settings>(source, id, range, Code::BadConfig) {
            Ok(file) => {
                let mut reader = Reader { source, id, range, code: Code::BadConfig, findings };
                let (unlisted, secret) = (file.unlisted, file.secret_path.is_some());
                let privacy =
                    file.privacy.says_something() || source.text.lines().any(|line| line.starts_with("privacy"));
                let config = reader.config(file);
                // `unlisted: false` is what is so anyway.
                let says_no = |line: usize| {
                    let line = &source.text[source.line_start(line)..source.line_start(line + 1)];
                    let value = line.split_once(':').and_then(|(_, value)| value.split_whitespace().next());
                    matches!(value.map(str::to_lowercase).as_deref(), Some("false" | "no" | "off"))
                };
                reader.slipped("unlisted", |line| unlisted || says_no(line));
                reader.slipped("secret_path", |_| secret);
                reader.slipped("privacy", |_| privacy);
                config
            }
            Err(finding) => {
                findings.push(finding);
                Self::default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read::{MAX_FIGURES, MAX_LANGUAGES, MAX_TITLE};
    use super::*;
    use crate::diagnostic::Level;

    fn read(text: &str) -> (Config, Vec<Diagnostic>) {
        let source = Source::new(FILE_NAME, text.to_owned());
        let mut findings = Vec::new();
        let config = Config::read(&source, SourceId(0), &mut findings);
        (config, findings)
    }

    #[test]
    fn a_case_has_a_hundred_languages_at_the_most() {
        let tags = |count| (0..count).map(|n| format!("en-x-{n}")).collect::<Vec<_>>().join(", ");
        let (config, findings) = read(&format!("languages: [{}]\n", tags(MAX_LANGUAGES)));
        assert_eq!((config.languages.len(), findings.len()), (MAX_LANGUAGES, 0));
        let (config, findings) = read(&format!("languages: [{}]\n", tags(50_000)));
        assert_eq!((config.languages.len(), findings.len()), (MAX_LANGUAGES, 1));
    }

    #[test]
    fn a_key_that_slipped_into_a_text_is_told() {
        for (text, told) in [
            ("summary: |\n  x\n  unlisted: true\n", 1),
            ("summary: >\n  x\n  secret_path: abcdefghijklmnopqrst\n", 1),
            ("summary: \"x\n  unlisted: true\"\n", 1),
            ("summary: |\n  x\n  privacy:\n    withhold: [a]\n", 1),
            ("privacy:\n  withhold: []\n", 0),
            ("summary: |\n  x\nunlisted: true\n", 0),
            ("summary: |\n  x\n  unlisted: true\nunlisted: true\n", 0),
            ("  title: a\n  unlisted: false\n", 0),
            ("{\n  unlisted: true\n}\n", 0),
            ("summary: |\n  x\n  It is unlisted: true.\n", 0),
        ] {
            let findings = read(text).1;
            let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
            assert_eq!(codes, vec![Code::UnreadSettings; told], "{text}");
        }
    }

    #[test]
    fn the_title_and_the_key_figures_have_a_limit_that_is_told() {
        for (length, count) in [(MAX_TITLE, 0), (MAX_TITLE + 1, 1)] {
            assert_eq!(read(&format!("title: {}\n", "案".repeat(length))).1.len(), count);
        }
        let figure = |at: usize| format!("- {{id: f{at}, value: {at}, unit: CNY, names: n{at}}}\n");
        let figures = |count| format!("figures:\n{}", (0..count).map(figure).collect::<String>());
        for (count, told) in [(MAX_FIGURES, 0), (MAX_FIGURES + 1, 1), (2 * MAX_FIGURES, 1)] {
            let (config, findings) = read(&figures(count));
            assert_eq!((config.figures.len(), findings.len()), (MAX_FIGURES, told));
        }
    }

    #[test]
    fn a_text_may_be_one_for_all_languages_or_one_for_each() {
        let (config, findings) = read("title: {zh: 案, en: Case}\nsummary: both\nlanguages: [zh, en]\n");
        assert_eq!(findings, []);
        assert_eq!((config.title.get("en"), config.summary.get("zh")), (Some("Case"), Some("both")));
    }

    #[test]
    fn nothing_or_only_comments_is_a_configuration_too() {
        for text in ["", "# nothing yet\n\n"] {
            assert_eq!(read(text).1, []);
        }
    }

    #[test]
    fn a_text_is_what_was_written_whatever_yaml_takes_it_for() {
        for text in [
            "n",
            "y",
            "no",
            "Yes",
            "on",
            "OFF",
            "true",
            "False",
            "null",
            "Null",
            "~",
            "1e3",
            "0x1F",
            "0o17",
            "007",
            "1_000",
            "1.50",
            "+5",
            "-0",
            ".5",
            ".inf",
            ".nan",
            "2031-05-04",
            "12:30:45",
            "2031",
            "1e999",
            "!",
            "=",
            "<<",
        ] {
            for (yaml, tag) in [
                (format!("title: {text}\n"), "zh"),
                (format!("title: {text}   # so it is called\n"), "zh"),
                (format!("title: {{en: {text}, zh: x}}\n"), "en"),
                (format!("title:\n  en: {text}\n"), "en"),
                (format!("title: '{text}'\r\nsummary: x\r\n"), "zh"),
            ] {
                let (config, findings) = read(&yaml);
                assert_eq!(findings, [], "{yaml}");
                // An exclamation mark alone is a tag in YAML.
                if text != "!" || yaml.contains('\'') {
                    assert_eq!(config.title.get(tag), Some(text), "{yaml}");
                }
            }
            if text != "!" {
                let (config, findings) =
                    read(&format!("parties: [{{id: a, name: {text}, aliases: [a{text}, {text}]}}]\n"));
                let found: Vec<_> = findings.iter().map(|finding| finding.code).collect();
                assert_eq!((config.parties[0].name.get("en"), found), (Some(text), vec![]), "{text}");
                let names =
                    format!("figures: [{{id: a, value: 5, unit: {text}, names: {{zh: [{text}], en: {text}}}}}]\n");
                let (config, findings) = read(&names);
                assert_eq!(findings, [], "{text}");
                let figure = &config.figures[0];
                assert_eq!((figure.names.first("zh"), figure.names.first("en")), (Some(text), Some(text)));
                assert_eq!(figure.unit.get("zh"), Some(text));
            }
        }
        for nothing in ["title:\n", "title: ''\n", "title:   # later\n", "title: {zh: }\n"] {
            let (config, findings) = read(nothing);
            assert_eq!((config.title.is_empty(), findings), (true, vec![]), "{nothing}");
        }
        let (config, _) = read("summary: &same 1e3\ntitle: *same\n");
        assert_eq!(config.title.get("zh"), Some("1e3"));
    }

    #[test]
    fn every_fault_is_reported_with_its_code() {
        for (text, code) in [
            ("languages: [zh, 中文]\n", Code::UnknownName),
            ("languages: [zh, zh]\n", Code::BadConfig),
            ("languages: [zh, en]\ntitle: {zh: a, fr: b}\n", Code::UnknownName),
            ("base_url: example.com\n", Code::BadConfig),
            ("base_url: https://example.com/?a=b\n", Code::BadConfig),
            ("secret_path: guess-me\n", Code::BadConfig),
            ("secret_path:\n", Code::BadConfig),
            ("changes: [{date: yesterday, text: x}]\n", Code::BadConfig),
            ("changes: [{text: x}]\n", Code::BadConfig),
            ("time_zone: Asia/Shangai\n", Code::BadConfig),
            ("as_of: 2031-13-01\n", Code::BadConfig),
            ("rules: {unresolved-lable: off}\n", Code::UnknownName),
            ("rules: {not-utf8: off}\n", Code::BadConfig),
            ("rules: {unresolved-label: loud}\n", Code::BadConfig),
            ("parties: [{id: a}, {id: a}]\n", Code::BadConfig),
            ("parties: [{id: a, name: 甲}, {id: b, aliases: [甲]}]\n", Code::BadConfig),
            ("parties: [{id: a, name: 甲}, {id: b, name: 乙}, {id: c, name: {zh: 丙, en: 乙}}]\n", Code::BadConfig),
            ("figures: [{id: a, value: about 5, unit: CNY, names: x}]\n", Code::BadConfig),
            ("figures: [{id: a b, value: 5, unit: CNY, names: x}]\n", Code::BadConfig),
            ("figures: [{id: a, value: 5, names: x}]\n", Code::BadConfig),
            ("languages: [zh]\nfigures: [{id: a, value: 5, unit: CNY, names: {en: x}}]\n", Code::UnknownName),
            ("markers: {disputed: [x]}\n", Code::UnknownKey),
            ("partys: []\n", Code::UnknownKey),
            ("title: [unclosed\n", Code::BadConfig),
            ("title: [a]\n", Code::BadConfig),
            ("title: {zh: [a]}\n", Code::BadConfig),
            ("figures: [{id: a, value: 5, unit: CNY, names: [{zh: x}]}]\n", Code::BadConfig),
        ] {
            let findings = read(text).1;
            assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [code], "{text}");
        }
    }

    #[test]
    fn figures_of_different_units_may_share_a_name() {
        let figures = |one: &str, other: &str| {
            let figure = |id: &str, unit: &str| format!("  - {{id: {id}, value: 5, unit: {unit}, names: [loss]}}\n");
            format!("figures:\n{}{}", figure("a", one), figure("b", other))
        };
        for (one, other, is_taken) in
            [("BTC", "CNY", true), ("pallets", "CNY", true), ("元", "CNY", false), ("pallets", "Pallets", false)]
        {
            let (_, findings) = read(&figures(one, other));
            assert_eq!(findings.is_empty(), is_taken, "{one}, {other}: {findings:?}");
        }
    }

    #[test]
    fn a_figure_keeps_every_digit_as_written() {
        let text = "figures:\n  - id: loss\n    value: 206539.30\n    unit: CNY\n    names: {zh: [净损失, 净损], en: net loss}\n";
        let (config, findings) = read(text);
        assert_eq!(findings, []);
        let figure = &config.figures[0];
        assert_eq!((figure.written.as_str(), figure.value.to_plain_string().as_str()), ("206539.30", "206539.30"));
        assert_eq!(figure.names.get("zh").collect::<Vec<_>>(), ["净损失", "净损"]);
        assert_eq!(figure.names.first("en"), Some("net loss"));
    }

    #[test]
    fn a_rule_is_set_by_name_or_code() {
        let (config, findings) = read("rules: {uncited-label: warning, C301: error}\n");
        assert_eq!(findings, []);
        assert_eq!(config.levels.of(Code::UncitedLabel), Level::Warning);
        assert_eq!(config.levels.of(Code::UnresolvedLabel), Level::Error);
    }

    #[test]
    fn a_secret_path_makes_the_case_unlisted_and_is_part_of_its_address() {
        let (config, findings) = read("base_url: https://example.com/x\nsecret_path: 4k9q2m7x1v8c5b3n6z0a\n");
        assert_eq!(findings, []);
        assert!(config.unlisted);
    }

    #[test]
    fn changes_are_told_from_the_latest_on() {
        let text = "changes:\n  - {date: 2031-06-01, text: a}\n  - {date: 2031-06-30, text: b}\n  - {date: 2031-06-30, text: c}\n";
        let (config, findings) = read(text);
        assert_eq!(findings, []);
        let told: Vec<_> = config.changes.iter().map(|change| change.text.get("zh").unwrap()).collect();
        assert_eq!(told, ["b", "c", "a"]);
    }
}
