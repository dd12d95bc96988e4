//! Findings as text for people, as JSON, and as annotations on GitHub.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Style, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Code, Counts, Diagnostic, Grouped, Level, Levels, Location};
use crate::privacy;
use crate::source::{Source, SourceId, Sources, Span};
use crate::{Lang, Message, list_of};

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

/// How many findings of one code in one file are drawn with their line; of the others each has one line without.
const DRAWN: usize = 3;

/// How many of those others are told, and how many other places of a finding.
const LISTED: usize = 20;

/// How many warnings of one code are drawn in a whole case; the others are listed at the end.
const DRAWN_IN_CASE: usize = 24;

/// Findings in the form people read, in their language; ANSI colours included (strip them where they are not wanted).
pub fn human(findings: &[Grouped<'_>], levels: &Levels, sources: &Sources, lang: Lang) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let styles = Styles::of(lang);
    let mut alike: HashMap<(Code, Option<SourceId>), usize> = HashMap::new();
    for group in findings {
        *alike.entry(kind(group.first)).or_default() += 1;
    }
    let mut told: HashMap<(Code, Option<SourceId>), usize> = HashMap::new();
    let shown = Shown::of(findings, sources);
    let mut out = String::new();
    let mut drawn_of: HashMap<Code, usize> = HashMap::new();
    let mut others: BTreeMap<Code, Vec<&Grouped<'_>>> = BTreeMap::new();
    for (at, group) in findings.iter().enumerate() {
        let code = group.first.code;
        let told = told.entry(kind(group.first)).or_default();
        if *told >= DRAWN {
            continue;
        }
        let drawn = drawn_of.entry(code).or_default();
        if *drawn >= DRAWN_IN_CASE && levels.of(code) != Level::Error {
            others.entry(code).or_default().push(group);
            continue;
        }
        *told += 1;
        *drawn += 1;
        let title = if levels.of(group.first.code) == Level::Error { &styles.error } else { &styles.warning };
        let title = title.clone().primary_title(safe(group.first.message.in_lang(lang))).id(group.first.code.id());
        let mut drawn = match &group.first.place {
            Location::At(id, span) => draw(title, sources.get(*id), shown.get(id), *span),
            Location::File(path) => title.element(Origin::path(safe(path))),
            Location::Case => Group::with_title(title),
        };
        let elsewhere = elsewhere(group, sources);
        if let Some(elsewhere) = &elsewhere {
            drawn = drawn.element(styles.note.clone().message(elsewhere.in_lang(lang)));
        }
        if let Some(help) = &group.first.help {
            drawn = drawn.element(styles.help.clone().message(safe(help.in_lang(lang))));
        }
        let more = alike[&kind(group.first)].saturating_sub(DRAWN);
        let note = (*told == DRAWN && more > 0).then(|| {
            let like = |other: &&Grouped<'_>| kind(other.first) == kind(group.first);
            let first = message!(en: "{more} more of this kind:\n", zh: "同类问题还有 {more} 个：\n");
            first.in_lang(lang).to_owned() + &listed(findings[at + 1..].iter().filter(like), more, sources, false, lang)
        });
        if let Some(note) = &note {
            drawn = drawn.element(styles.note.clone().message(note.as_str()));
        }
        out.push_str(&renderer.render(&[drawn]));
        out.push_str("\n\n");
    }
    for (code, groups) in others {
        let count = groups.len();
        let title = message!(en: "{count} more of this kind in the case", zh: "案卷中同类问题还有 {count} 个");
        let title = styles.warning.clone().primary_title(title.in_lang(lang)).id(code.id());
        let listed = listed(groups.iter().copied(), count, sources, true, lang);
        let listed = styles.note.clone().message(listed.as_str());
        out.push_str(&renderer.render(&[Group::with_title(title).element(listed)]));
        out.push_str("\n\n");
    }
    out
}

/// The words before findings and what is said of them.
struct Styles {
    error: Style<'static>,
    warning: Style<'static>,
    note: Style<'static>,
    help: Style<'static>,
}

impl Styles {
    fn of(lang: Lang) -> Self {
        let named = |style: Style<'static>, zh: &'static str| match lang {
            Lang::En => style,
            Lang::Zh => style.with_name(zh),
        };
        Self {
            error: named(Style::ERROR, "错误"),
            warning: named(Style::WARNING, "警告"),
            note: named(Style::NOTE, "说明"),
            help: named(Style::HELP, "建议"),
        }
    }
}

/// What findings share that are told together: their code, and the file if they are of a place in one.
fn kind(finding: &Diagnostic) -> (Code, Option<SourceId>) {
    let file = match &finding.place {
        Location::At(id, _) => Some(*id),
        Location::File(_) | Location::Case => None,
    };
    (finding.code, file)
}

/// The places of one cause but for the first.
fn elsewhere(group: &Grouped<'_>, sources: &Sources) -> Option<Message> {
    if group.others.is_empty() {
        return None;
    }
    let file = |finding: &Diagnostic| match &finding.place {
        Location::At(id, _) => Some(*id),
        Location::File(_) | Location::Case => None,
    };
    let in_one_file = group.others.iter().all(|other| file(other) == file(group.first));
    let place = |finding: &Diagnostic| match &finding.place {
        Location::At(id, span) if in_one_file => sources.get(*id).starts_at(*span).line.to_string(),
        Location::At(id, span) => {
            let source = sources.get(*id);
            format!("{}:{}", safe(&source.path), source.starts_at(*span).line)
        }
        Location::File(path) => safe(path).into_owned(),
        Location::Case => String::new(),
    };
    let mut places: Vec<String> = group.all().map(place).collect();
    places.dedup();
    places.remove(0);
    let more = places.len().saturating_sub(LISTED);
    let named = list_of(places[..places.len() - more].iter().map(String::as_str));
    let more = match more {
        0 => Message::default(),
        more => message!(en: " and {more} more", zh: "，另有 {more} 处"),
    };
    let count = group.count();
    Some(match group.first.place {
        Location::At(..) if places.is_empty() => {
            message!(en: "{count} in all, also in this line", zh: "共 {count} 处，都在这一行")
        }
        Location::At(..) if in_one_file => {
            let en_lines = if places.len() == 1 { "line" } else { "lines" };
            message!(
                en: "{count} in all, also in {en_lines} {named}{more}",
                zh: "共 {count} 处，还有第 {named} 行{more}"; named, more
            )
        }
        Location::At(..) | Location::File(_) | Location::Case => message!(
            en: "{count} in all, also in {named}{more}",
            zh: "共 {count} 处，还有 {named}{more}"; named, more
        ),
    })
}

/// `count` findings of one code, one a line, with their files if they are not all in one.
fn listed<'a>(
    findings: impl Iterator<Item = &'a Grouped<'a>>,
    count: usize,
    sources: &Sources,
    names_files: bool,
    lang: Lang,
) -> String {
    let mut text = String::new();
    for (index, group) in findings.take(LISTED).enumerate() {
        let place = match &group.first.place {
            Location::At(id, span) => {
                let source = sources.get(*id);
                let position = source.starts_at(*span);
                let file = if names_files { format!("{}:", safe(&source.path)) } else { String::new() };
                format!("{file}{}:{}: ", position.line, position.column)
            }
            Location::File(path) => format!("{}: ", safe(path)),
            Location::Case => String::new(),
        };
        if index > 0 {
            text.push('\n');
        }
        text.push_str(&format!("{place}{}", safe(group.first.message.in_lang(lang))));
        if let Some(help) = group.first.help.as_ref().filter(|help| help.en().starts_with("did you mean")) {
            text.push_str(&format!("{}{}", lang.choose("; ", "；"), safe(help.in_lang(lang))));
        }
    }
    if count > LISTED {
        let more = count - LISTED;
        let more = message!(
            en: "\nand {more} that `casefile check --format json` lists",
            zh: "\n其余 {more} 个见 `casefile check --format json`"
        );
        text.push_str(more.in_lang(lang));
    }
    text
}

/// What findings say may land in a log that everybody reads; what is private in it is not shown whole.
fn safe(text: &str) -> Cow<'_, str> {
    privacy::masked(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The texts of which lines are drawn, without the middle of what is private in them.
struct Shown(HashMap<SourceId, String>);

impl Shown {
    fn of(findings: &[Grouped<'_>], sources: &Sources) -> Self {
        let ids: BTreeSet<SourceId> = findings
            .iter()
            .filter_map(|group| match group.first.place {
                Location::At(id, _) => Some(id),
                Location::File(_) | Location::Case => None,
            })
            .collect();
        Self(ids.into_iter().filter_map(|id| Some((id, privacy::masked(&sources.get(id).text)?))).collect())
    }

    fn get(&self, id: &SourceId) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

/// `shown` is what is drawn in place of the text of `source`; it has the same bytes and columns.
fn draw<'a>(title: annotate_snippets::Title<'a>, source: &'a Source, shown: Option<&'a str>, span: Span) -> Group<'a> {
    let span = source.clamp(span);
    let line = source.line_of(span.start as usize);
    let start = source.line_start(line);
    let text = shown.unwrap_or(&source.text);
    let text = text[start..source.line_start(line + 1)].trim_end_matches(['\n', '\r']);
    if text.len() > LONGEST_DRAWN_LINE {
        let position = source.starts_at(span);
        let origin =
            Origin::path(safe(&source.path)).line(position.line as usize).char_column(position.column as usize);
        return title.element(origin);
    }
    let from = span.start as usize - start;
    let to = (span.end as usize - start).clamp(from, text.len().max(from));
    title.element(
        Snippet::source(text)
            .path(safe(&source.path))
            .line_start(source.starts_at(span).line as usize)
            .annotation(AnnotationKind::Primary.span(from..to)),
    )
}

/// One finding as `--format json` prints it: the first place, and all of them where there are several. Positions start at 1, columns count
/// characters; both are null for a finding about a whole file, and so is the file for one about the whole case.
#[derive(Debug, Serialize)]
struct Finding<'a> {
    code: &'static str,
    name: &'static str,
    level: Level,
    message: Cow<'a, str>,
    file: Option<Cow<'a, str>>,
    line: Option<u32>,
    column: Option<u32>,
    help: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    places: Vec<FoundAt<'a>>,
}

/// One place of a finding, and what is said of it there.
#[derive(Debug, Serialize)]
struct FoundAt<'a> {
    file: Option<Cow<'a, str>>,
    line: Option<u32>,
    column: Option<u32>,
    message: Cow<'a, str>,
}

impl<'a> FoundAt<'a> {
    fn new(finding: &'a Diagnostic, sources: &'a Sources) -> Self {
        let (file, position) = match &finding.place {
            Location::At(id, span) => {
                let source = sources.get(*id);
                (Some(safe(&source.path)), Some(source.starts_at(*span)))
            }
            Location::File(path) => (Some(safe(path)), None),
            Location::Case => (None, None),
        };
        let message = safe(finding.message.en());
        Self { file, line: position.map(|p| p.line), column: position.map(|p| p.column), message }
    }
}

impl<'a> Finding<'a> {
    fn new(group: &'a Grouped<'a>, levels: &Levels, sources: &'a Sources) -> Self {
        let FoundAt { file, line, column, message } = FoundAt::new(group.first, sources);
        Self {
            code: group.first.code.id(),
            name: group.first.code.name(),
            level: levels.of(group.first.code),
            message,
            file,
            line,
            column,
            help: group.first.help.as_ref().map(|help| safe(help.en())),
            places: match group.count() {
                1 => Vec::new(),
                _ => group.all().map(|finding| FoundAt::new(finding, sources)).collect(),
            },
        }
    }
}

/// All findings as one JSON object, with their counts and the files that were passed over.
pub fn json(findings: &[Grouped<'_>], levels: &Levels, sources: &Sources, skipped: &impl Serialize) -> String {
    #[derive(Serialize)]
    struct Report<'a, S> {
        findings: Vec<Finding<'a>>,
        counts: Counts,
        skipped: &'a S,
    }
    let report = Report {
        findings: findings.iter().map(|group| Finding::new(group, levels, sources)).collect(),
        counts: Counts::of(findings, levels),
        skipped,
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

/// Findings as GitHub workflow commands, one a line.
pub fn github(findings: &[Grouped<'_>], levels: &Levels, sources: &Sources, lang: Lang) -> String {
    let mut out = String::new();
    for group in findings {
        let finding = Finding::new(group, levels, sources);
        let level = match finding.level {
            Level::Error => "error",
            _ => "warning",
        };
        let mut properties = Vec::new();
        if let Some(file) = &finding.file {
            properties.push(format!("file={}", escape_property(file)));
        }
        if let (Some(line), Some(column)) = (finding.line, finding.column) {
            properties.push(format!("line={line},col={column}"));
        }
        properties.push(format!("title={} {}", finding.code, finding.name));
        let mut message = safe(group.first.message.in_lang(lang)).into_owned();
        if let Some(elsewhere) = elsewhere(group, sources) {
            message.push_str(&format!("\n{}{}", lang.choose("note: ", "说明："), elsewhere.in_lang(lang)));
        }
        if let Some(help) = &group.first.help {
            message.push_str(&format!("\n{}{}", lang.choose("help: ", "建议："), safe(help.in_lang(lang))));
        }
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
    use crate::diagnostic::group;

    fn one(text: &str, needle: &str) -> (Sources, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let at = text.find(needle).unwrap();
        let id = sources.add(Source::new("content/zh/a.md", text.to_owned()));
        let span = Span::new(at, at + needle.len());
        let finding = Diagnostic::at(
            Code::UnresolvedLabel,
            id,
            span,
            message!(en: "nothing defines 注9-9", zh: "没有一处定义注9-9"),
        )
        .help(message!(en: "define it", zh: "请定义"));
        (sources, vec![finding])
    }

    #[test]
    fn the_caret_stands_under_chinese_by_display_width() {
        let (sources, findings) = one("见下文【注9-9】。\n", "【注9-9】");
        let text = human(&group(&findings, &Levels::default()), &Levels::default(), &sources, Lang::En);
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
        let text = json(&group(&findings, &Levels::default()), &Levels::default(), &sources, &Vec::<String>::new());
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let finding = &value["findings"][0];
        assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(2), Some(4)));
        assert_eq!(finding["level"], "warning");
        assert_eq!(value["counts"]["warning"], 1);
    }

    #[test]
    fn what_repeats_is_told_once_and_json_has_every_place() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a.md", "图\n".repeat(100)));
        let at = |line: usize| {
            Diagnostic::at(
                Code::RemoteImage,
                id,
                Span::new(line * 4, line * 4 + 3),
                message!(en: "not loaded", zh: "不加载"),
            )
        };
        let findings: Vec<Diagnostic> = (0..40).map(at).collect();
        let groups = group(&findings, &Levels::default());
        let text = anstream::adapter::strip_str(&human(&groups, &Levels::default(), &sources, Lang::En)).to_string();
        assert_eq!(text.matches("not loaded").count(), 1, "{text}");
        assert!(text.contains("40 in all, also in lines 2, 3, 4,") && text.contains("21 and 19 more"), "{text}");
        let value: serde_json::Value =
            serde_json::from_str(&json(&groups, &Levels::default(), &sources, &Vec::<String>::new())).unwrap();
        assert_eq!(value["findings"].as_array().unwrap().len(), 1);
        assert_eq!(value["findings"][0]["places"].as_array().unwrap().len(), 40);
        assert_eq!((&value["findings"][0]["places"][39]["line"], &value["counts"]["warning"]), (&40.into(), &1.into()));
    }

    #[test]
    fn of_many_findings_of_one_code_in_one_file_three_are_drawn_and_the_others_have_a_line_each() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a.md", "链\n".repeat(100)));
        let at = |line: usize| {
            let span = Span::new(line * 4, line * 4 + 3);
            Diagnostic::at(Code::BrokenLink, id, span, message!(en: "there is no {line}.md", zh: "没有 {line}.md"))
                .help(message!(en: "put it there", zh: "请放入"))
        };
        for (count, lines) in [(3, 0), (4, 1), (23, 20), (40, 20)] {
            let findings: Vec<Diagnostic> = (0..count).map(at).collect();
            let groups = group(&findings, &Levels::default());
            let text =
                anstream::adapter::strip_str(&human(&groups, &Levels::default(), &sources, Lang::En)).to_string();
            assert_eq!(text.matches("warning[C401]").count(), 3, "{text}");
            assert_eq!(text.matches(".md").count() - 3 - 3, lines, "{text}");
            assert_eq!(text.contains("and 17 that"), count == 40, "{text}");
        }
    }

    #[test]
    fn github_annotations_escape_line_breaks() {
        let (sources, findings) = one("见【注9-9】", "【注9-9】");
        let text = github(&group(&findings, &Levels::default()), &Levels::default(), &sources, Lang::En);
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
        assert_eq!(human(&group(&findings, &levels), &levels, &sources, Lang::En), "");
        assert_eq!(levels.of(Code::NotUtf8), Level::Error);
    }
}
