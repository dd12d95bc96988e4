//! `casefile check --inferred`: everything that was concluded from the text and not written by the author.

use crate::case::event::{Timeline, zone_name};
use crate::case::ground::Ground;
use crate::case::party::PartyId;
use crate::case::position::{Positions, Standing, Statement, StatementId};
use crate::document::section::SectionId;
use crate::document::{Attitude, DocumentId};
use crate::site::{Site, Spot};
use crate::{Lang, Message};

/// What was inferred, each with the line it was inferred from, in a form that is made to be read and compared.
pub(super) fn told(site: &Site, lang: Lang) -> String {
    let mut out = Lines { lang, text: String::new() };
    parties(site, &mut out);
    headings(site, &mut out);
    for (&document, positions) in &site.case.positions {
        statements(site, document, positions, &mut out);
    }
    for (&document, found) in &site.case.timelines {
        timeline(site, document, found, &mut out);
    }
    figures(site, &mut out);
    if out.text.is_empty() {
        out.line(&message!(
            en: "nothing to infer: the case has no parties, positions, timeline or figures",
            zh: "没有可推断的：案卷没有当事方、各方立场、时间线或关键数字"
        ));
    }
    out.text
}

/// Lines in the language that was chosen.
struct Lines {
    lang: Lang,
    text: String,
}

impl Lines {
    fn line(&mut self, message: &Message) {
        self.text.push_str(message.in_lang(self.lang));
        self.text.push('\n');
    }

    /// The file that the next lines are about.
    fn file(&mut self, path: &str) {
        self.line(&message!(en: "{path}:", zh: "{path}："));
    }
}

fn parties(site: &Site, out: &mut Lines) {
    let parties = &site.case.parties;
    if parties.all.is_empty() {
        return;
    }
    out.line(&match parties.listed {
        true => message!(en: "parties, listed in casefile.yaml:", zh: "当事方，由 casefile.yaml 列出："),
        false => message!(en: "parties, read off the headings of the positions:", zh: "当事方，据各方立场的标题："),
    });
    for party in &parties.all {
        let names: Vec<&str> = party.names.iter().flatten().map(String::as_str).collect();
        let (id, names) = (&party.id, names.join(" / "));
        out.line(&message!(en: "  {id}: {names}", zh: "  {id}：{names}"));
    }
}

/// The lines that were taken for headings, in texts without `#`.
fn headings(site: &Site, out: &mut Lines) {
    for (document, addresses) in site.case.documents.iter().zip(&site.addresses) {
        let source = site.case.sources.get(document.source);
        let read = SectionId::each(&document.sections).filter(|(_, section)| section.is_read);
        for (index, (at, section)) in read.enumerate() {
            let anchor = addresses.of(Spot::Section(at));
            if index == 0 {
                out.line(&message!(
                    en: "{path}: headings, read off the outline (write `##` before one to settle it):",
                    zh: "{path}：标题，据编号层次推断（在前面写 `##` 即可确定）：",
                    path = source.path
                ));
            }
            let line = source.starts_at(document.tree.get(section.node).span).line;
            let indent = "  ".repeat(usize::from(section.depth.max(1)));
            let title = section.full_title();
            out.line(&message!(
                en: "{indent}#{anchor} {title} (line {line})",
                zh: "{indent}#{anchor} {title}（第 {line} 行）"
            ));
        }
    }
}

fn statements(site: &Site, document: DocumentId, positions: &Positions, out: &mut Lines) {
    let source = site.case.source_of(document);
    out.file(&source.path);
    let standings = positions.standings();
    let mut depth: Vec<usize> = Vec::with_capacity(positions.statements.len());
    for (id, statement) in StatementId::each(&positions.statements) {
        depth.push(statement.parent.map_or(0, |parent: StatementId| depth[parent.place()] + 1));
        let line = source.starts_at(statement.span).line;
        let name = |party: PartyId| site.case.parties.all[party].id.as_str();
        let mut speaker = Message::alike(statement.speaker.map_or("?", name));
        for &other in &statement.also {
            let other = name(other);
            speaker.push(&message!(en: " and {other}", zh: " 和 {other}"));
        }
        let says = match (standings.get(&id), statement.attitude) {
            (Some(Standing::Undisputed), _) => message!(en: "claims, undisputed", zh: "主张，无争议"),
            (Some(Standing::Disputed), _) => message!(en: "claims, disputed", zh: "主张，有争议"),
            (Some(Standing::Unanswered), _) => message!(en: "claims, unanswered", zh: "主张，未载明答复"),
            (Some(Standing::Open), _) => message!(en: "claims, open", zh: "主张，未定"),
            (None, Attitude::Supports) => message!(en: "supports", zh: "支持"),
            (None, _) if statement.is_open() => message!(en: "says something", zh: "有所陈述"),
            (None, Attitude::Remarks) => message!(en: "remarks", zh: "另述"),
            (None, Attitude::Accepts) => message!(en: "accepts", zh: "认可"),
            (None, Attitude::Disputes) => message!(en: "disputes", zh: "有争议"),
        };
        let number = statement.number(&site.case.documents[document]);
        let number = number.map_or_else(|| "( )".to_owned(), |number| number.to_string());
        let how = match statement.is_explicit() {
            true => message!(en: ", said outright", zh: "，已写明"),
            false => Message::default(),
        };
        let indent = "  ".repeat(depth[id.place()] + 1);
        let unsure = match positions.is_unsure(id) {
            true => message!(
                en: ", open until what stands below it says who disputes or accepts: `平台对此有争议：…`",
                zh: "，未定：其下的内容要写明谁有争议、谁认可，例如 `平台对此有争议：…`"
            ),
            false => Message::default(),
        };
        let settled = settle(site, statement, &number)
            .map_or_else(Message::default, |how| message!(en: ", open until {how}", zh: "，未定：{how}"; how));
        out.line(&message!(
            en: "{indent}{number} {speaker} {says}{how} (line {line}){settled}{unsure}",
            zh: "{indent}{number} {speaker} {says}{how}（第 {line} 行）{settled}{unsure}";
            speaker, says, how, settled, unsure
        ));
    }
}

/// What the author has to write so that nothing of a statement is open.
fn settle(site: &Site, statement: &Statement, number: &str) -> Option<Message> {
    let is_open = statement.ground == Ground::Open || statement.is_open();
    if !is_open {
        return None;
    }
    let party = |party: Option<PartyId>| party.map_or("PARTY", |party| site.case.parties.all[party].id.as_str());
    Some(match (statement.parent, statement.item) {
        (None, _) => message!(
            en: "its heading, or the item itself, names a party that casefile.yaml lists",
            zh: "它的标题或条目本身要写明 casefile.yaml 所列的当事方"
        ),
        (Some(_), Some(_)) => message!(
            en: "`{number}，{{by={by} disputes}} …` is written, or `accepts`, `supports` or `remarks`",
            zh: "要写成 `{number}，{{by={by} disputes}} …`，或用 `accepts`、`supports`、`remarks`",
            by = party(statement.speaker)
        ),
        (Some(_), None) => message!(
            en: "it says who disputes or accepts: `（客户不认可：…）`, “(The customer accepts this.)”",
            zh: "要写明谁有争议、谁认可，例如 `（客户不认可：…）`"
        ),
    })
}

fn timeline(site: &Site, document: DocumentId, timeline: &Timeline, out: &mut Lines) {
    let source = site.case.source_of(document);
    out.file(&source.path);
    for event in &timeline.events {
        let span = site.case.documents[document].times[event.time].span;
        let about = if event.approximate { message!(en: "about ", zh: "约 ") } else { Message::default() };
        let until = event.until.map_or_else(
            Message::default,
            |until| message!(en: " to {until}", zh: " 至 {until}", until = event.until_precision.words(until)),
        );
        let zone = match (&event.zone, &site.case.config.time_zone) {
            _ if !event.has_clock() => Message::default(),
            _ if event.zone_unclear => message!(en: ", zone unclear", zh: "，时区不明确"),
            (Some(zone), _) => Message::alike(format!(" {}", zone_name(zone))),
            (None, Some(zone)) => message!(
                en: " {zone}, from the case",
                zh: " {zone}（案卷设定）",
                zone = zone_name(zone)
            ),
            (None, None) => message!(en: ", zone unknown", zh: "，未写明时区"),
        };
        let line = source.starts_at(span).line;
        let written = source.slice(span).trim();
        let start = event.precision.words(event.start);
        out.line(&message!(
            en: "  {about}{start}{until}{zone}: `{written}` (line {line})",
            zh: "  {about}{start}{until}{zone}：`{written}`（第 {line} 行）"; about, until, zone
        ));
    }
    for entry in &timeline.undated {
        let span = site.case.documents[document].times[entry.time].span;
        let line = source.starts_at(span).line;
        out.line(&message!(
            en: "  open: `{written}` (line {line}), until its date is written",
            zh: "  未定：`{written}`（第 {line} 行），要写明日期",
            written = source.slice(span).trim()
        ));
    }
}

fn figures(site: &Site, out: &mut Lines) {
    for (figure, declared) in site.case.figures.iter().zip(&site.case.config.figures) {
        out.line(&message!(
            en: "figure {id}, {written} {unit}:",
            zh: "关键数字 {id}，{written} {unit}：",
            id = declared.id, written = declared.written, unit = figure.unit
        ));
        for &(document, amount) in &figure.places {
            let source = site.case.source_of(document);
            let span = site.case.documents[document].amounts[amount].span;
            let position = source.starts_at(span);
            out.line(&Message::alike(format!("  {}:{}:{}", source.path, position.line, position.column)));
        }
    }
}
