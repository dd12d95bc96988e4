//! Front matter: what stands at the very start of a document between two lines of `---` (YAML) or `+++` (TOML).
//!
//! Files come with the front matter of many tools, and none of it may stop a build. So it is not parsed as one YAML text,
//! of which a single colon would spoil all, but entry by entry: `title: Reply: the shop` is a title. What other tools know
//! is ignored, what nobody knows is reported, and only what nearly says that a text is not public is an error.

mod block;
mod entry;
mod foreign;
mod overlooked;
mod publicity;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::kind::DocumentKind;
use crate::list_of;
use crate::source::{Source, SourceId, Span};
use crate::yaml::closest;
pub use block::{Block, Syntax, split};
use entry::FrontMatterEntry;
pub use overlooked::{misplaced, repeated, unread, withheld_by_name};
use publicity::Publicity;
pub use publicity::{is_of_drafts, names_withheld};

/// What an author may say about a document. All of it is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema)]
#[schemars(title = "front matter of a document", deny_unknown_fields)]
pub struct FrontMatter {
    /// The title in lists and in citations; without it the first heading.
    pub title: Option<String>,
    /// What the document is, where the file name does not tell.
    pub kind: Option<DocumentKind>,
    /// The last part of the address, where the one from the file name will not do.
    pub slug: Option<String>,
    /// The place in lists, where that of its kind will not do: overview 10, timeline 20, positions 30, links 40, evidence 50,
    /// other documents 60, appendices 70.
    pub order: Option<i32>,
    /// A sentence for lists.
    pub summary: Option<String>,
    /// A draft is read, but neither published nor found by references.
    #[schemars(default)]
    pub draft: bool,
    /// Whether it says in so many words that it is no draft.
    #[schemars(skip)]
    pub no_draft: bool,
}

/// The JSON Schema of front matter.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(FrontMatter)
}

/// The keys of [`FrontMatter`], as they are written.
const KEYS: [&str; 7] = ["title", "kind", "slug", "order", "summary", "description", "draft"];

/// Reads the front matter `block`. Whatever it says, it is read to its end; what is wrong with it goes into `findings`.
pub fn read(source: &Source, id: SourceId, block: Block, findings: &mut Vec<Diagnostic>) -> FrontMatter {
    let mut reader = Reader { id, findings, front: FrontMatter::default(), given: Vec::new() };
    for entry in entry::entries(&source.text, block) {
        match entry {
            Ok(entry) => reader.entry(&entry),
            Err(span) => reader.stray_line(source.slice(span), span),
        }
    }
    reader.front
}

struct Reader<'a> {
    id: SourceId,
    findings: &'a mut Vec<Diagnostic>,
    front: FrontMatter,
    /// The keys of ours that have been given.
    given: Vec<&'static str>,
}

impl Reader<'_> {
    fn entry(&mut self, entry: &FrontMatterEntry<'_>) {
        let folded = entry.key.to_lowercase();
        if matches!(folded.as_str(), "build" | "_build") && publicity::builds_nothing(entry.raw) {
            return self.unclear(entry);
        }
        if publicity::tags_withhold(&folded, entry.raw) {
            return self.unclear(entry);
        }
        if let Some(line) = publicity::within(entry.raw) {
            let message = message!(
                en: "`{line}` seems to say that this is not for everybody, and belongs to the key above it",
                zh: "`{line}` 似乎表示不给所有人看，却属于上面的键"
            );
            return self.report(
                Code::UnclearPublicity,
                entry.key_span,
                message,
                message!(en: "begin the line where the other keys begin", zh: "请让这一行与其他键对齐"),
            );
        }
        match publicity::read(&folded, entry.text.as_deref()) {
            Some(Publicity::Public) => {
                self.front.no_draft |= folded == "draft";
                return;
            }
            Some(Publicity::Draft) => {
                self.front.draft = true;
                return;
            }
            Some(Publicity::Unclear) => return self.unclear(entry),
            None => {}
        }
        let Some(own) = KEYS.into_iter().find(|key| *key == folded) else {
            if !foreign::is_known(&folded) {
                self.unknown(entry, &folded);
            }
            return;
        };
        let own = if own == "description" { "summary" } else { own };
        if self.given.contains(&own) && folded != "description" {
            let message = message!(
                en: "`{own}` is given twice, and the first counts",
                zh: "`{own}` 写了两次，以第一个为准"
            );
            self.report(
                Code::UnusedFrontMatter,
                entry.key_span,
                message,
                message!(
                    en: "take one of them out",
                    zh: "请删去一个"
                ),
            );
            return;
        }
        self.given.push(own);
        let hides = |text: &String| {
            text.matches("%%").count() > 1 || text.contains("<!--") || (text.contains('<') && text.contains(" hidden"))
        };
        if matches!(own, "title" | "summary" | "slug") && entry.text.as_deref().is_some_and(is_withheld_in_part) {
            let message = message!(
                en: "`{own}` seems to hold what is not for everybody, and would be read on every page",
                zh: "`{own}` 似乎含有不给所有人看的内容，却会显示在每一页"
            );
            self.report(
                Code::UnclearPublicity,
                entry.value_span,
                message,
                message!(
                    en: "take it out",
                    zh: "请删去"
                ),
            );
        }
        let called =
            if own == "title" { message!(en: "title", zh: "标题") } else { message!(en: "summary", zh: "摘要") };
        if matches!(own, "title" | "summary") && entry.text.as_deref().is_some_and(has_marks) {
            let message = message!(
                en: "Markdown in the {called}, which is shown as it is written",
                zh: "{called}中的 Markdown 会照样显示"; called
            );
            self.report(
                Code::UnreadMarkdown,
                entry.value_span,
                message,
                message!(
                    en: "write it without marks",
                    zh: "请不要用标记"
                ),
            );
        }
        if matches!(own, "title" | "summary") && entry.text.as_ref().is_some_and(hides) {
            let message = message!(
                en: "`{own}` seems to hold hidden text, which would be read on every page",
                zh: "`{own}` 似乎含有隐藏的文字，却会显示在每一页"
            );
            self.report(
                Code::UnclearPublicity,
                entry.value_span,
                message,
                message!(
                    en: "take what is hidden out of it",
                    zh: "请删去隐藏的部分"
                ),
            );
        }
        let value = entry.raw.trim_start();
        let is_cut = |text: &String| {
            value.contains(" #") && !value.starts_with(['"', '\'', '#', '|', '>']) && !text.contains('#')
        };
        if matches!(own, "title" | "summary") && entry.text.as_ref().is_some_and(is_cut) {
            let message = message!(
                en: "what follows ` #` is a comment here, and no part of the {called}",
                zh: "` #` 之后是注释，不属于{called}"; called
            );
            self.report(
                Code::UnusedFrontMatter,
                entry.value_span,
                message,
                message!(en: "put the whole value between quotation marks", zh: "请用引号括住整个值"),
            );
        }
        let is_empty = entry.text.as_deref().is_some_and(str::is_empty);
        match (&entry.text, own) {
            _ if is_empty => {}
            (None, _) => {
                let message = message!(
                    en: "`{own}` is not a text here, and is not used",
                    zh: "`{own}` 在这里不是文字，没有使用"
                );
                self.report(
                    Code::UnusedFrontMatter,
                    entry.key_span,
                    message,
                    message!(
                        en: "write it on the line of its key",
                        zh: "请写在键的同一行"
                    ),
                );
            }
            (Some(text), "title") => self.front.title = Some(text.clone()),
            (Some(text), "slug") => self.front.slug = Some(text.clone()),
            (Some(text), "summary") => self.front.summary = Some(text.clone()),
            (Some(text), "order") => match text.parse() {
                Ok(order) => self.front.order = Some(order),
                Err(_) => {
                    let message = message!(
                        en: "`{text}` is no whole number, and is not used",
                        zh: "`{text}` 不是整数，没有使用"
                    );
                    self.report(
                        Code::UnusedFrontMatter,
                        entry.value_span,
                        message,
                        message!(
                            en: "write `order: 10`",
                            zh: "请写 `order: 10`"
                        ),
                    );
                }
            },
            (Some(text), _) => match kind(text) {
                Some(kind) => self.front.kind = Some(kind),
                None => {
                    let message = message!(
                        en: "`{text}` is no kind of document known here, and is not used",
                        zh: "`{text}` 不是已知的文件种类，没有使用"
                    );
                    let near = closest(&text.to_lowercase(), KINDS);
                    let known = list_of(KINDS);
                    let help =
                        near.map_or(message!(en: "known here: {known}", zh: "此处可用：{known}"; known), |near| {
                            message!(
                                en: "did you mean `{near}`? known here: {known}",
                                zh: "是否指 `{near}`？此处可用：{known}"; known
                            )
                        });
                    self.report(Code::UnusedFrontMatter, entry.value_span, message, help);
                }
            },
        }
    }

    fn unclear(&mut self, entry: &FrontMatterEntry<'_>) {
        let value = entry.text.as_deref().unwrap_or_default();
        let message = match value {
            "" => message!(
                en: "`{key}` seems to say that this is not for everybody, and has no effect",
                zh: "`{key}` 似乎表示不给所有人看，但不起作用",
                key = entry.key
            ),
            value => message!(
                en: "`{key}: {value}` seems to say that this is not for everybody, and has no effect",
                zh: "`{key}: {value}` 似乎表示不给所有人看，但不起作用",
                key = entry.key
            ),
        };
        let help = message!(
            en: "write `draft: true` if the document is not to be published, `draft: false` if it is",
            zh: "不想公布，请写 `draft: true`；要公布，请写 `draft: false`"
        );
        self.report(Code::UnclearPublicity, entry.key_span, message, help);
    }

    fn unknown(&mut self, entry: &FrontMatterEntry<'_>, folded: &str) {
        let message = message!(
            en: "the key `{key}` is not known, and is not used",
            zh: "不认识键 `{key}`，没有使用",
            key = entry.key
        );
        let known = list_of(KEYS);
        let help = match foreign::translated(folded).or_else(|| closest(folded, KEYS)) {
            Some(near) => message!(
                en: "did you mean `{near}`? known here: {known}",
                zh: "是否指 `{near}`？此处可用：{known}"; known
            ),
            None => message!(en: "known here: {known}", zh: "此处可用：{known}"; known),
        };
        self.report(Code::UnusedFrontMatter, entry.key_span, message, help);
    }

    /// A line that gives no key a value.
    fn stray_line(&mut self, line: &str, span: Span) {
        let entry = line.trim_start_matches(['-', ' ']);
        let name = entry.split([':', '：', '=', ' ']).next().unwrap_or(entry).to_lowercase();
        let colon = message!(
            en: "write `key: value`, with a half-width colon and a space after it",
            zh: "请写成 `key: value`，半角冒号后加空格"
        );
        if publicity::is_about(&name) {
            let message = message!(
                en: "`{line}` seems to say that this is not for everybody, and has no effect",
                zh: "`{line}` 似乎表示不给所有人看，但不起作用"
            );
            self.report(Code::UnclearPublicity, span, message, colon);
        } else if KEYS.contains(&name.as_str()) {
            self.report(
                Code::BadFrontMatter,
                span,
                message!(
                    en: "`{line}` is not read, and would be lost",
                    zh: "`{line}` 没有读取，会丢失"
                ),
                colon,
            );
        } else {
            let message = message!(
                en: "this line of the front matter is not understood, and is not used",
                zh: "文件开头的设置中这一行无法识别，没有使用"
            );
            self.report(Code::UnusedFrontMatter, span, message.to_owned(), colon);
        }
    }

    fn report(&mut self, code: Code, span: Span, message: Message, help: Message) {
        self.findings.push(Diagnostic::at(code, self.id, span, message).help(help));
    }
}

/// Whether braces in a text say that something of it is not for everybody: `证人{private}`, `｛不公开｝`.
fn is_withheld_in_part(text: &str) -> bool {
    let inner = |rest: &str| {
        rest.split(['}', '｝']).next().map(|inner| inner.trim_start_matches([':', ' ']).trim_end().to_owned())
    };
    text.split(['{', '｛']).skip(1).filter_map(inner).any(|inner| names_withheld(&inner))
}

/// Whether a text has marks of Markdown that would be read in a document: bold type, links, footnotes.
fn has_marks(text: &str) -> bool {
    let is_paired = |mark: &str| text.matches(mark).count() > 1;
    is_paired("**") || is_paired("~~") || text.contains("](") || text.contains("[^")
}

const KINDS: [&str; 7] = ["overview", "timeline", "positions", "links", "evidence", "document", "appendix"];

fn kind(text: &str) -> Option<DocumentKind> {
    let folded = text.to_lowercase();
    let deserializer: StrDeserializer<'_, Error> = folded.as_str().into_deserializer();
    DocumentKind::deserialize(deserializer).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> (bool, &str) {
        let (front, start) = split(text);
        (front.is_some(), &text[start..])
    }

    /// What the front matter of `text` says, and the codes of its findings.
    fn read_all(text: &str) -> (FrontMatter, Vec<&'static str>) {
        let source = Source::new("a.md", text.to_owned());
        let mut findings = Vec::new();
        let block = split(&source.text).0.unwrap_or_else(|| panic!("no front matter: {text}"));
        let front = read(&source, SourceId(0), block, &mut findings);
        (front, findings.iter().map(|finding| finding.code.id()).collect())
    }

    #[test]
    fn front_matter_stands_between_two_lines_of_dashes() {
        for text in [
            "---\ntitle: a\n---\ntext",
            "---\r\ntitle: a\r\n---\r\ntext",
            "---\n\"title\": a\n---\ntext",
            "---\n---\ntext",
            "---\t\ntitle:\ta\n...\ntext",
            "\n\n---\ntitle: a\n---\ntext",
            "<!--\nby whom\n-->\n---\nlayout: post\n---\ntext",
            "<!-- a --> <!-- b -->\n\n---\ntags: [x]\n---\ntext",
            "+++\ntitle = 'a'\n+++\ntext",
            "+++\n[extra]\na = 1\n+++\ntext",
            "---\n标题: a\n---\ntext",
            "---\n公开: 否\n---\ntext",
            "---\n是否公开: 否\n---\ntext",
            "---\n对外公开: 否\n---\ntext",
            "---\n发布: false\n---\ntext",
            "{\n\"title\": \"a\",\n\"draft\": true\n}\ntext",
            "{\"draft\": true}\ntext",
            "\"title\": \"a\",\n\"draft\": true\n;;;\ntext",
            ";;;\n\"draft\": true\n;;;\ntext",
        ] {
            assert_eq!(body(text), (true, "text"), "{text}");
        }
        assert_eq!(body("---\n# a comment\ntitle: a\n---\n"), (true, ""));
    }

    #[test]
    fn a_thematic_break_is_no_front_matter() {
        for text in [
            "---\n\n文字：说明\n\n---\nmore",
            "---\n# 民事起诉状\n## 原告：张三\n---\n文",
            "+++\n\n# 题\n\n+++\n",
            "---\ntitle: a\n",
            "text\n---\na: b\n---\n",
            "---\nHe said it: nothing was ever paid to us.\n---\n",
            "\n---\nNote: read this first.\n---\n",
            "---\nNote: this is a letter\nIt goes on.\n---\n二。",
            "---\nFrom: Ann\nTo: the shop\n---\n",
            "{\"amount\": 5}\n",
            "{ x }\n",
            "+++\nbefore the others\n+++\n",
            "---",
            "",
        ] {
            assert_eq!(body(text), (false, text));
        }
    }

    #[test]
    fn what_is_meant_as_front_matter_and_is_none_is_told() {
        let found = |text: &str| unread(&Source::new("a.md", text.to_owned()), SourceId(0)).is_some();
        for text in [
            "---\ntitle：案情\ndraft：true\n---\n",
            "---\ndraft true\n---\n",
            "---\ndraft: true\n",
            "+++\ndraft = true\n",
            "draft: true\n---\n\ntext",
            "----\ndraft: true\n----\n",
            "———\ndraft: true\n———\n",
            "{\n\"draft\": true,\n}\n",
            "title: a\nprivate: true\n---\ntext".trim_start_matches("title: a\n"),
        ] {
            assert!(split(text).0.is_none() && found(text), "{text}");
        }
        for text in [
            "---\n\ntitle: a\n",
            "---\ntext\n---\n",
            "# a\n---\ndraft: true\n",
            "---\ntitles: a\n",
            "Draft: the second one\n\ntext",
            "private letters\n\n---\n",
            "---",
            "",
        ] {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn a_value_is_the_text_that_was_written() {
        for (written, title) in [
            ("Reply: the shop answers", "Reply: the shop answers"),
            ("[截图] 老板", "[截图] 老板"),
            ("[截图]", "[截图]"),
            ("*重要* 截图", "*重要* 截图"),
            ("\"再等等\"的截图", "\"再等等\"的截图"),
            ("关于 #12345 工单的情况", "关于 #12345 工单的情况"),
            ("\"a: b\"", "a: b"),
            ("'it''s'", "it's"),
            ("no", "no"),
            ("1e3", "1e3"),
            ("2031-05-04", "2031-05-04"),
            ("@home", "@home"),
            ("100%属实", "100%属实"),
            ("a\n  b", "a b"),
            (">\n  a\n  b", "a b"),
            ("|\n  a", "a"),
            ("https://shop.example/", "https://shop.example/"),
        ] {
            let (front, found) = read_all(&format!("---\ntitle: {written}\nlayout: x\n---\n"));
            assert_eq!((front.title.as_deref(), found.len()), (Some(title), 0), "{written}");
        }
        let (front, found) = read_all("---\ntitle: a # a comment\n---\n");
        assert_eq!((front.title.as_deref(), found.len()), (Some("a"), 1));
        assert_eq!(read_all("---\ntitle:案情\n---\n").0.title.as_deref(), Some("案情"));
        assert_eq!(read_all("---\n  title: a\n  order: 3\n---\n").0.order, Some(3));
        assert_eq!(read_all("---\nTitle: a\n---\n").0.title.as_deref(), Some("a"));
        assert_eq!(read_all("---\ndescription: b\n---\n").0.summary.as_deref(), Some("b"));
        let toml =
            read_all("+++\ntitle = \"a: b\"\ndate = 2031-03-01\ntags = [\n  \"x\",\n]\n[extra]\ntitle = 'c'\n+++\n");
        assert_eq!((toml.0.title.as_deref(), toml.1.len()), (Some("a: b"), 0));
    }

    #[test]
    fn keys_of_other_tools_need_no_finding() {
        let text = "---\nlayout: post\ndate: 2031-03-01 10:00:00 +0800\ntags: [甲, 乙]\ncategories:\n- a\n- b\npermalink: /:year/\n\
                    header-includes: |\n  \\usepackage{x}\nsidebar_position: 2\nweight: 3\nhero:\n  title: x\n  draft: ture\n\
                    hide:\n  - toc\ncssclasses: a\naliases: []\n\ttabbed: 1\npublisher: A Press\npublished: 2031-05-04\n\
                    status: closed\n---\n";
        assert_eq!(read_all(text), (FrontMatter::default(), vec![]));
    }

    #[test]
    fn what_nobody_knows_is_told_all_at_once() {
        let text =
            "---\ntitel: a\nmeine_notiz: b\n标题: c\norder: last\nkind: novel\nnothing at all\nsummary: [a]\n---\n";
        let (front, found) = read_all(text);
        assert_eq!(found, ["C208"; 6], "{front:?}");
        assert_eq!(read_all("---\ntitle: a\nTitle: b\n---\n").1, ["C208"]);
        assert_eq!(read_all("---\nlayout: a\ntitle：b\n---\n").1, ["C202"]);
    }

    #[test]
    fn a_draft_is_one_in_the_words_of_any_tool() {
        for line in [
            "draft: true",
            "draft: yes",
            "draft: True",
            "Draft: true",
            "DRAFT: TRUE",
            "draft: \"true\"",
            "draft: on",
            "draft: 是",
            "draft:true",
            "draft: true # for now",
            "published: false",
            "publish: false",
            "published: no",
            "publish: 'false'",
            "dg-publish: false",
        ] {
            let (front, found) = read_all(&format!("---\ntitle: a\n{line}\n---\n"));
            assert!(front.draft && found.is_empty(), "{line}: {found:?}");
        }
        assert!(read_all("+++\ndraft = true\n+++\n").0.draft);
        assert!(read_all("{\"title\": \"a\", \"draft\": true}\n").0.draft);
        for line in [
            "draft: false",
            "draft: no",
            "published: true",
            "publish: true",
            "published: 2031-05-04",
            "private: false",
            "visibility: public",
            "visibility: 公开",
            "hidden: no",
            "hide: [toc]",
            "publisher: x",
            "status: done",
            "password:",
            "公开: 是",
        ] {
            let (front, found) = read_all(&format!("---\ntitle: a\n{line}\n---\n"));
            assert!(!front.draft && found.is_empty(), "{line}: {found:?}");
        }
    }

    #[test]
    fn what_nearly_says_that_a_text_is_not_for_everybody_is_an_error() {
        for line in [
            "draft:",
            "draft: ~",
            "private:",
            "visibility:",
            "visibility: # private",
            "draft: ture",
            "draft: treu",
            "draft: maybe",
            "draft: 2",
            "draft: [true]",
            "drafts: true",
            "daft: true",
            "drfat: true",
            "darft: yes",
            "is_draft: true",
            "isDraft: true",
            "草稿: 是",
            "private: yes",
            "private: true",
            "Private: true",
            "privat: true",
            "privte: true",
            "is-private: true",
            "visibility: privat",
            "visibility: private",
            "visibility: hidden",
            "visibilty: private",
            "hidden: true",
            "unlisted: true",
            "published: flase",
            "publish: fasle",
            "publised: false",
            "pubish: false",
            "不公开: true",
            "公开: 否",
            "保密: 是",
            "password: abc",
            "status: draft",
            "status: private",
            "confidential: true",
            "draft：true",
            "draft true",
            "private",
            "access: private",
            "not_public: true",
            "exclude: true",
            "listed: false",
            "build: {render: never}",
            "_build:\n  render: false",
        ] {
            let (front, found) = read_all(&format!("---\ntitle: a\n{line}\n---\n"));
            assert!(found == ["C209"] && !front.draft, "{line}: {found:?}");
        }
    }

    #[test]
    fn what_is_indented_below_another_key_is_told_where_it_says_so() {
        for text in [
            "---\ntitle: a\n  draft: true\n---\n",
            "---\ntitle: a\n private: yes\n---\n",
            "---\ntags:\n  - x\n  - draft: true\n---\n",
            "---\ntitle: a\n-draft: true\n---\n",
            "---\ncascade:\n  draft: true\n---\n",
            "---\ntitle: a\n  draft: 'true' # for now\n---\n",
            "---\ntitle: a\n  status: draft\n---\n",
            "---\ntitle: a\n  'draft': flase\n---\n",
            "---\ntitle: a\n  公开: 否\n---\n",
            "+++\ntitle = \"a\"\n  draft = true\n+++\n",
        ] {
            assert_eq!(read_all(text).1, ["C209"], "{text}");
        }
        for text in ["---\nlayout:\n  description:\n    visible: false\n---\n", "---\ntitle: a\n  draft: no\n---\n"] {
            assert_eq!(read_all(text).1, [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_said_about_publication_below_the_start_is_an_error() {
        let found = |text: &str| misplaced(&Source::new("a.md", text.to_owned()), SourceId(0), 0).is_some();
        for text in [
            "# a\n\n---\ndraft: true\n---\n",
            "# a\n\n- draft: true\n- b\n",
            "# a\ndraft: true\n",
            "# a\n---\nprivate: true\n---\n",
            "# a\n\n草稿：是\n",
            "# a\n\n**published**: false\n",
        ] {
            assert!(found(text), "{text}");
        }
        for text in [
            "# a\n\ndraft: false\n",
            "# a\n\n```\ndraft: true\n```\n",
            "# a\n\nThe draft: it was true.\n",
            "# a\n\n保密：是\n",
            "# a\n\nprivate: the talk of May\n",
            "# a\n\nDraft: second one\n",
        ] {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn front_matter_in_the_midst_of_a_document_is_told_and_rules_are_not() {
        let found = |text: &str| repeated(&Source::new("a.md", text.to_owned()), SourceId(0), 0).is_some();
        assert!(found("# a\n\n---\ntitle: b\nlayout: post\n---\n\n# b\n"));
        for text in
            ["# a\n\n---\n\ntitle: b\n", "# a\n\n---\n甲：乙\n---\n", "```\n\n---\ntitle: b\n---\n```\n", "a\n---\n"]
        {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn a_path_that_says_draft_or_private_is_told() {
        let source = Source::new("a.md", String::new());
        let found = |path: &str| {
            let name = path.rsplit('/').next().unwrap().strip_suffix(".md").unwrap();
            withheld_by_name(&source, path, name).is_some()
        };
        for path in [
            "drafts/a.md",
            "草稿/a.md",
            "private/a.md",
            "_private/b/a.md",
            "a.draft.md",
            "a（草稿）.md",
            "b/a (draft).md",
            "草稿.md",
            "草稿-a.md",
            "a-DRAFT.md",
            "未公开/a.md",
        ] {
            assert!(found(path), "{path}");
        }
        for path in
            ["a.md", "b/a.md", "contract draft.md", "合同草稿.md", "a（一）.md", "drafting/a.md", "第一版（修订）.md"]
        {
            assert!(!found(path), "{path}");
        }
    }

    #[test]
    fn a_finding_stands_at_the_key() {
        let source = Source::new("a.md", "---\ntitel: a\n---\n".to_owned());
        let mut findings = Vec::new();
        read(&source, SourceId(0), split(&source.text).0.unwrap(), &mut findings);
        let crate::diagnostic::Location::At(_, span) = findings[0].place else { panic!() };
        assert_eq!(source.slice(span), "titel");
    }
}
