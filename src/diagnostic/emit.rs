//! Findings as text for people, as JSON, and as annotations on GitHub.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Style, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Counts, Diagnostic, Level, Levels, Place};
use crate::source::{Source, Sources, Span};

/// Above this many bytes a line is not drawn, only its position is told.
const LONGEST_DRAWN_LINE: usize = 4000;

/// The three forms of `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Like a compiler's messages, with the line and a caret.
    Human,
    /// One JSON object.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Findings in the form people read; ANSI colours included (strip them where they are not wanted).
pub fn human(findings: &[Diagnostic], levels: &Levels, sources: &Sources) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for finding in findings {
        let style = match levels.of(finding.code) {
            Level::Off => continue,
            Level::Warning => Style::WARNING,
            Level::Error => Style::ERROR,
        };
        let title = style.primary_title(finding.message.as_str()).id(finding.code.id());
        let group = match &finding.place {
            Place::At(id, span) => draw(title, sources.get(*id), *span),
            Place::File(path) => title.element(Origin::path(path.as_str())),
            Place::Case => Group::with_title(title),
        };
        let group = match &finding.help {
            Some(help) => group.element(Style::HELP.message(help.as_str())),
            None => group,
        };
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

fn draw<'a>(title: annotate_snippets::Title<'a>, source: &'a Source, span: Span) -> Group<'a> {
    let span = source.clamp(span);
    let line = source.line_of(span.start as usize);
    let start = source.line_start(line);
    let text = source.text[start..source.line_start(line + 1)].trim_end_matches(['\n', '\r']);
    if text.len() > LONGEST_DRAWN_LINE {
        let position = source.position(span.start as usize);
        let origin = Origin::path(source.path.as_str()).line(line).char_column(position.column as usize);
        return title.element(origin);
    }
    let from = span.start as usize - start;
    let to = (span.end as usize - start).clamp(from, text.len().max(from));
    title.element(
        Snippet::source(text)
            .path(source.path.as_str())
            .line_start(line)
            .annotation(AnnotationKind::Primary.span(from..to)),
    )
}

/// One finding as `--format json` prints it. Positions start at 1, columns count characters; both
/// are null for a finding about a whole file, and so is the file for one about the whole case.
#[derive(Debug, Serialize)]
struct Finding<'a> {
    code: &'static str,
    name: &'static str,
    level: Level,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    help: Option<&'a str>,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, levels: &Levels, sources: &'a Sources) -> Self {
        let (file, position) = match &diagnostic.place {
            Place::At(id, span) => {
                let source = sources.get(*id);
                let position = source.position(span.start as usize);
                (Some(source.path.as_str()), Some(position))
            }
            Place::File(path) => (Some(path.as_str()), None),
            Place::Case => (None, None),
        };
        Self {
            code: diagnostic.code.id(),
            name: diagnostic.code.name(),
            level: levels.of(diagnostic.code),
            message: &diagnostic.message,
            file,
            line: position.map(|p| p.line),
            column: position.map(|p| p.column),
            help: diagnostic.help.as_deref(),
        }
    }
}

fn visible<'a>(
    findings: &'a [Diagnostic],
    levels: &'a Levels,
    sources: &'a Sources,
) -> impl Iterator<Item = Finding<'a>> {
    let shown = findings.iter().filter(|f| levels.of(f.code) != Level::Off);
    shown.map(|finding| Finding::new(finding, levels, sources))
}

/// All findings as one JSON object, with their counts and the files that were passed over.
pub fn json(findings: &[Diagnostic], levels: &Levels, sources: &Sources, skipped: &impl Serialize) -> String {
    #[derive(Serialize)]
    struct Report<'a, S> {
        findings: Vec<Finding<'a>>,
        counts: Counts,
        skipped: &'a S,
    }
    let report = Report {
        findings: visible(findings, levels, sources).collect(),
        counts: Counts::of(findings, levels),
        skipped,
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

/// Findings as GitHub workflow commands, one a line.
pub fn github(findings: &[Diagnostic], levels: &Levels, sources: &Sources) -> String {
    let mut out = String::new();
    for finding in visible(findings, levels, sources) {
        let level = match finding.level {
            Level::Error => "error",
            _ => "warning",
        };
        let mut properties = Vec::new();
        if let Some(file) = finding.file {
            properties.push(format!("file={}", escape_property(file)));
        }
        if let (Some(line), Some(column)) = (finding.line, finding.column) {
            properties.push(format!("line={line},col={column}"));
        }
        properties.push(format!("title={} {}", finding.code, finding.name));
        let message = match finding.help {
            Some(help) => format!("{}\nhelp: {help}", finding.message),
            None => finding.message.to_owned(),
        };
        let properties = properties.join(",");
        out.push_str(&format!("::{level} {properties}::{}\n", escape_data(&message)));
    }
    out
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn one(text: &str, needle: &str) -> (Sources, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let at = text.find(needle).unwrap();
        let id = sources.add(Source::new("content/zh/a.md", text.to_owned()));
        let span = Span::new(at, at + needle.len());
        let finding = Diagnostic::at(Code::UnresolvedLabel, id, span, "nothing defines 注9-9").help("define it");
        (sources, vec![finding])
    }

    #[test]
    fn the_caret_stands_under_chinese_by_display_width() {
        let (sources, findings) = one("见下文【注9-9】。\n", "【注9-9】");
        let text = human(&findings, &Levels::default(), &sources);
        let text = anstream::adapter::strip_str(&text).to_string();
        let lines: Vec<&str> = text.lines().collect();
        let drawn = lines.iter().position(|l| l.contains("见下文")).unwrap();
        let before_label = lines[drawn].find('【').unwrap();
        let columns: usize = lines[drawn][..before_label].chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        assert_eq!(lines[drawn + 1].find('^'), Some(columns), "{text}");
        assert_eq!(lines[drawn + 1].matches('^').count(), 9, "{text}");
        assert!(text.starts_with("warning[C301]: nothing defines"), "{text}");
        assert!(text.contains("content/zh/a.md:1:4"), "{text}");
    }

    #[test]
    fn json_counts_columns_in_characters() {
        let (sources, findings) = one("一\n见下文【注9-9】。\n", "【注9-9】");
        let text = json(&findings, &Levels::default(), &sources, &Vec::<String>::new());
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let finding = &value["findings"][0];
        assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(2), Some(4)));
        assert_eq!(finding["level"], "warning");
        assert_eq!(value["counts"]["warning"], 1);
    }

    #[test]
    fn github_annotations_escape_line_breaks() {
        let (sources, findings) = one("见【注9-9】", "【注9-9】");
        let text = github(&findings, &Levels::default(), &sources);
        assert_eq!(
            text,
            "::warning file=content/zh/a.md,line=1,col=2,title=C301 unresolved-label\
             ::nothing defines 注9-9%0Ahelp: define it\n"
        );
    }

    #[test]
    fn a_silenced_code_is_not_shown_but_an_error_cannot_be_silenced() {
        let (sources, findings) = one("见【注9-9】", "【注9-9】");
        let mut levels = Levels::default();
        levels.set(Code::UnresolvedLabel, Level::Off);
        levels.set(Code::NotUtf8, Level::Off);
        assert_eq!(human(&findings, &levels, &sources), "");
        assert_eq!(levels.of(Code::NotUtf8), Level::Error);
    }
}
