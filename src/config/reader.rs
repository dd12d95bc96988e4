//! Turning what was written in YAML into what is meant, one finding for each fault.

use serde_saphyr::Spanned;

use super::{Localized, Names};
use crate::Message;
use crate::diagnostic::{Code, Diagnostic, Level, Location};
use crate::source::{Source, SourceId, Span};
use crate::yaml::written::Written;
use crate::yaml::{self, closest};
use crate::{language, list_of};

/// A file of settings that is being read.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a Source,
    pub(crate) id: SourceId,
    /// What of the source is YAML.
    pub(crate) range: Span,
    /// The code of what is not as it should be.
    pub(crate) code: Code,
    pub(crate) findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Where a value stands.
    pub(crate) fn span(&self, at: &Spanned<impl Sized>) -> Span {
        yaml::span_of(at, self.source, self.range)
    }

    pub(crate) fn fault<T>(&mut self, at: &Spanned<impl Sized>, message: Message, help: Message) -> Option<T> {
        self.report(self.code, self.span(at), message, help);
        None
    }

    pub(crate) fn report(&mut self, code: Code, span: Span, message: Message, help: Message) {
        self.findings.push(Diagnostic::at(code, self.id, span, message).help(help));
    }

    /// Reports each line that begins with a key which keeps something from readers, and stands within a text: below one whose lines
    /// are indented as far it is a part of that. `is_read` tells whether the key of a line was read.
    pub(crate) fn slipped(&mut self, key: &str, is_read: impl Fn(usize) -> bool) {
        // Where something else is wrong, it may be that the line stands in.
        let is_of_other = |finding: &Diagnostic| {
            let is_error = finding.code.default_level() == Level::Error && finding.code != Code::UnreadSettings;
            is_error && matches!(finding.place, Location::At(id, _) if id == self.id)
        };
        if self.findings.iter().any(is_of_other) {
            return;
        }
        let mut at = self.range.start as usize;
        for line in self.source.slice(self.range).split_inclusive('\n') {
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            let entry = line.trim_start().trim_start_matches(['-', ' ']);
            let is_key = entry.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '：']));
            let number = self.source.line_of(start);
            if !is_key || is_read(number) {
                continue;
            }
            let span = Span::new(start, start + line.trim().len());
            let message = message!(
                en: "these settings are not read: `{key}` stands within a text here",
                zh: "这些设置没有读取：`{key}` 在这里是一段文字的一部分"
            );
            let help = message!(
                en: "begin the line where the other keys begin; if it is text, put a word before it",
                zh: "请让这一行与其他键对齐；如果它是正文，请在前面加一个词"
            );
            self.report(Code::UnreadSettings, span, message, help);
        }
    }

    pub(crate) fn localized(&mut self, text: Option<Spanned<Written>>, languages: &[String]) -> Localized {
        let Some(written) = text else { return Localized::default() };
        let found: Localized = match &written.value {
            Written::Map(entries) => {
                let texts = entries.iter().map(|(tag, text)| Some((tag.to_ascii_lowercase(), self.text(text)?)));
                let Some(texts) = texts.collect::<Option<Vec<_>>>() else { return self.no_text(&written) };
                // What was left empty says nothing, and another language stands in for it.
                texts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
            }
            _ => match self.text(&written) {
                None => return self.no_text(&written),
                Some(text) if text.is_empty() => Localized::default(),
                Some(text) => Localized::from(text),
            },
        };
        self.known_languages(&written, found.tags(), languages);
        found
    }

    fn no_text<T: Default>(&mut self, at: &Spanned<Written>) -> T {
        let help = message!(
            en: "write a text, in quotation marks if it begins with `[` or `{{`, or one for each language: `{{ \
                 zh: …, en: … }}`",
            zh: "请写一段文字（以 `[` 或 `{{` 开头时加引号），或每种语言各写一段：`{{ zh: …, en: … }}`"
        );
        self.fault::<T>(at, message!(en: "this is no text", zh: "这里应是文字"), help).unwrap_or_default()
    }

    /// The text that was written; none for a list or several texts.
    pub(crate) fn text(&mut self, written: &Spanned<Written>) -> Option<String> {
        if let Some(span) = Written::cut_off(written, self.source, self.range) {
            let message = message!(
                en: "the text ends here: what follows `#` is a comment",
                zh: "文字到此为止：`#` 之后是注释"
            );
            let help = message!(
                en: "put the text in quotation marks, or a space behind `#` if this is a comment",
                zh: "请给文字加引号；如果是注释，请在 `#` 后加空格"
            );
            self.report(Code::CutText, span, message, help);
        }
        Written::text(written, self.source, self.range)
    }

    /// The texts of a list, or the only one there is, with their places. What is no text is reported, and that `expected`
    /// was.
    pub(crate) fn texts(&mut self, written: &Spanned<Written>, expected: Message) -> Vec<(String, Span)> {
        let one = std::slice::from_ref(written);
        let items = if let Written::List(items) = &written.value { items } else { one };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match self.text(item) {
                Some(text) if text.is_empty() => {}
                Some(text) => texts.push((text, self.span(item))),
                None => {
                    self.fault::<()>(item, message!(en: "this is no text", zh: "这里应是文字"), expected.clone());
                }
            }
        }
        texts
    }

    /// Names for all languages, or for each.
    pub(crate) fn names(&mut self, written: &Spanned<Written>, languages: &[String]) -> Names {
        let expected = message!(
            en: "one name or several, for all languages or for each: `{{ zh: [净损失, 净损], en: net loss }}`",
            zh: "一个或几个名称，各语言通用，或按语言分写：`{{ zh: [净损失, 净损], en: net loss }}`"
        );
        let mut plain = |names: &Spanned<Written>| {
            self.texts(names, expected.clone()).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        let names: Names = match &written.value {
            Written::Map(entries) => {
                entries.iter().map(|(tag, names)| (tag.to_ascii_lowercase(), plain(names))).collect()
            }
            _ => plain(written).into(),
        };
        self.known_languages(written, names.tags(), languages);
        names
    }

    /// Reports a text in a language that the case does not have.
    pub(crate) fn known_languages<'b>(
        &mut self,
        at: &Spanned<impl Sized>,
        mut tags: impl Iterator<Item = &'b str>,
        languages: &[String],
    ) {
        let is_known = |tag: &str| match languages {
            // Which ones the case has is told by its folders. A key that is no tag was meant for something else.
            [] => language::is_well_formed(tag),
            known => known.iter().any(|known| known == tag),
        };
        let Some(tag) = tags.find(|tag| !is_known(tag)) else { return };
        let span = yaml::span_of(at, self.source, self.range);
        if languages.is_empty() {
            let message = message!(en: "`{tag}` names no language", zh: "`{tag}` 不是语言代码");
            let help = message!(
                en: "a language is named as `zh` or `en-GB`; another setting stands at the beginning of a line",
                zh: "语言写成 `zh` 或 `en-GB`；如果是另一项设置，请顶格写"
            );
            self.report(Code::UnknownName, span, message, help);
            return;
        }
        let message = message!(en: "`{tag}` is none of the case's languages", zh: "`{tag}` 不在案卷的语言之列");
        let known = list_of(languages);
        let help = match closest(tag, languages.iter().map(String::as_str)) {
            Some(near) => message!(
                en: "did you mean `{near}`? `languages` lists {known}",
                zh: "是否指 `{near}`？`languages` 列出的是 {known}"; known
            ),
            None => message!(en: "`languages` lists {known}", zh: "`languages` 列出的是 {known}"; known),
        };
        self.report(Code::UnknownName, span, message, help);
    }
}
