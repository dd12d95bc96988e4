//! Turning what was written in YAML into what is meant, one finding for each fault.

use serde_saphyr::Spanned;

use super::Localized;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, SourceId, Span};
use crate::yaml::{self, closest};

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

    pub(crate) fn fault<T>(&mut self, at: &Spanned<impl Sized>, message: String, help: &str) -> Option<T> {
        self.find(self.code, self.span(at), message, help);
        None
    }

    pub(crate) fn find(&mut self, code: Code, span: Span, message: String, help: impl Into<String>) {
        self.findings.push(Diagnostic::at(code, self.id, span, message).help(help));
    }

    pub(crate) fn localized(&mut self, text: Option<Spanned<Localized>>, languages: &[String]) -> Localized {
        let Some(text) = text else { return Localized::default() };
        self.known_languages(&text, text.value.tags(), languages);
        text.value
    }

    /// Reports a text in a language that the case does not have.
    pub(crate) fn known_languages<'b>(
        &mut self,
        at: &Spanned<impl Sized>,
        mut tags: impl Iterator<Item = &'b str>,
        languages: &[String],
    ) {
        let unknown = tags.find(|tag| !languages.is_empty() && !languages.iter().any(|known| known == tag));
        let Some(tag) = unknown else { return };
        let span = yaml::span_of(at, self.source, self.range);
        let message = format!("`{tag}` is none of the case's languages");
        let known = languages.join(", ");
        let help = match closest(tag, languages.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`? `languages` lists {known}"),
            None => format!("`languages` lists {known}"),
        };
        self.find(Code::UnknownName, span, message, help);
    }
}
