//! The front page of a language: the case in brief, all of it from the documents and casefile.yaml.

use crate::language::chinese::is_simple_numeral;
use crate::language::lists::front_page::{
    DISCLAIMERS, INTRODUCING, OF_DATES, OF_PERSONS, OTHER_SIDE, SAYS_NOTHING, TELLERS, UPDATED,
};
use serde::Serialize;
use tera::Value;

use super::body::statement::party_class;
use super::body::surface::Surface;
use super::{body, escape};
use crate::case::party::PartyId;
use crate::document::section::{Section, SectionId};
use crate::document::tree::{NodeId, NodeKind, Tree};
use crate::document::{Document, DocumentId};
use crate::language::LanguageId;
use crate::language::kind::DocumentKind;
use crate::language::words::fold;
use crate::site::pages::relative;
use crate::site::{Site, Spot};
use crate::source::Source;

/// What the front page tells.
#[derive(Serialize)]
pub(super) struct Brief<'a> {
    /// What happened, in the author's own lines.
    happened: Option<Value>,
    parties: Vec<PartyEntry<'a>>,
    figures: Vec<FigureEntry<'a>>,
    /// What is asked of the reader.
    asked: Option<Excerpt<'a>>,
    /// Where to begin.
    begin: Option<Excerpt<'a>>,
}

#[derive(Serialize)]
struct PartyEntry<'a> {
    name: &'a str,
    class: String,
    role: Option<&'a str>,
    /// Where its position begins, and how many claims it makes there.
    href: Option<String>,
    claims: Option<String>,
}

#[derive(Serialize)]
struct FigureEntry<'a> {
    name: &'a str,
    value: String,
    unit: &'a str,
    places: Vec<PlaceEntry>,
}

#[derive(Serialize)]
struct PlaceEntry {
    href: String,
    words: String,
}

/// A section of a document, shown here.
#[derive(Serialize)]
struct Excerpt<'a> {
    title: &'a str,
    href: String,
    html: Value,
}

/// The brief for the front page `path` of a language.
pub(super) fn brief<'a>(site: &'a Site, language: LanguageId, path: &str) -> Brief<'a> {
    let table = &site.case.languages[language].table;
    Brief {
        happened: happened(site, language, path).map(|html| Value::safe_string(&html)),
        parties: parties(site, language, path),
        figures: figures(site, language, path),
        asked: excerpt(site, language, path, &table.brief.asked),
        begin: excerpt(site, language, path, &table.brief.begin),
    }
}

/// What happened. The summary that the overview, or else the README, brings, a line each. Where neither it nor casefile.yaml has
/// one, the first paragraph of that document: of a section that sums up, or of what stands below its title. Else that of the
/// section of any document that tells what happened. Where no heading says so nothing is shown: the first section may hold
/// what others say. The summary of casefile.yaml stands below the title.
fn happened(site: &Site, language: LanguageId, path: &str) -> Option<String> {
    let case = &site.case;
    let words = &case.languages[language].table.brief;
    let front = case.front(language);
    if let Some(summary) = front.and_then(|at| case.documents[at].front.summary.as_deref()) {
        let mut out = String::new();
        for line in summary.lines().map(str::trim).filter(|line| !line.is_empty()) {
            out.push_str("<p>");
            escape::text(&mut out, line);
            out.push_str("</p>\n");
        }
        return Some(out).filter(|out| !out.is_empty());
    }
    if case.config.summary.get(&case.languages[language].tag).is_some() {
        return None;
    }
    let of_section = |at: DocumentId, section: SectionId| {
        let document = &case.documents[at];
        let from = document.tree.get(document.sections[section].node).end;
        // What stands below a heading of its own may be what others say.
        let below = document.sections[section.place() + 1..].first().filter(|section| section.top);
        let to = below.map_or(document.tree.len(), |below| below.node).min(end_of(document, section));
        Some((at, telling_paragraph(site, at, from, to)?))
    };
    let of_front = front.and_then(|at| {
        let document = &case.documents[at];
        let from = document.title_section.map_or(1, |title| document.tree.get(document.section(title).node).end);
        let first = document.sections.iter().position(|section| section.top && section.depth > 0);
        let to = first.map_or(document.tree.len(), |first| document.sections[first].node);
        let lead = || Some((at, telling_paragraph(site, at, from, to)?));
        let summing_up = || {
            let wanted: Vec<String> = words.summary.iter().chain(&words.happened).map(|word| fold(word)).collect();
            // `摘要：对方的说法` sums up something else.
            let is_whole = |title: &str| !title.contains(['：', ':']);
            let is_one = |section: &Section| {
                section.top && section.depth > 0 && is_whole(&section.title) && is_headed(&section.title, &wanted)
            };
            of_section(at, SectionId::new(document.sections.iter().position(is_one)?))
        };
        summing_up().or_else(lead)
    });
    let found = of_front.or_else(|| {
        let (at, section) = headed(site, language, &words.happened)?;
        of_section(at, section)
    });
    let (at, paragraph) = found?;
    let end = case.documents[at].tree.get(paragraph).end;
    Some(body::part(site, at, Surface::Excerpt(path), paragraph, end))
}

/// The first paragraph of a range that tells something: no block of fields, no row of links or pictures. None where a list
/// comes before it, which the paragraph may only go on with, or what somebody says.
fn telling_paragraph(site: &Site, document: DocumentId, from: NodeId, to: NodeId) -> Option<NodeId> {
    let tree = &site.case.documents[document].tree;
    let language = site.case.documents[document].language;
    let words = &site.case.languages[language].table.positions;
    let source = site.case.source_of(document);
    let written = |id: NodeId| source.slice(tree.get(id).span).trim();
    let mut at = from;
    while at < to {
        let node = tree.get(at);
        match node.kind {
            // What follows is what somebody says, or a list.
            NodeKind::Paragraph { .. } if written(at).ends_with(['：', ':']) => return None,
            NodeKind::Paragraph { .. } if tells(tree, source, at) && !are_fields(written(at)) => {
                match head_of(written(at)) {
                    Some(role) if role.ends_with('人') || words.roles.iter().any(|word| word == role) => {}
                    _ if OF_PERSONS.iter().any(|of_person| written(at).contains(of_person)) => {}
                    Some(speech)
                        if words.speech.iter().chain(&words.guarded_speech).any(|verb| speech.ends_with(verb)) =>
                    {
                        return None;
                    }
                    _ => return Some(at),
                }
            }
            NodeKind::Bullets { .. } | NodeKind::Numbers { .. } if !are_fields(written(at)) => return None,
            _ => {}
        }
        at = node.end;
    }
    None
}

/// Whether a paragraph has words outside links and pictures.
fn tells(tree: &Tree, source: &Source, paragraph: NodeId) -> bool {
    let mut text = String::new();
    let mut id = paragraph + 1;
    while id < tree.get(paragraph).end {
        let node = tree.get(id);
        if matches!(node.kind, NodeKind::Link(_) | NodeKind::Image(_)) {
            id = node.end;
            continue;
        }
        tree.text_into(source, id, id + 1, &mut text);
        id += 1;
    }
    let has_links = tree.below(paragraph).any(|(_, node)| matches!(node.kind, NodeKind::Link(_)));
    let is_row_of_links = has_links && text.contains(['|', '·', '/']) && text.chars().count() <= MAX_ABOUT_PAGE;
    text.contains(char::is_alphanumeric) && !is_row_of_links && !is_about_page(text.trim())
}

/// What stands before the first colon of a text, if it is short: `原告`, `店家说`.
fn head_of(text: &str) -> Option<&str> {
    let head = &text[..text.find(['：', ':'])?];
    let head = head.trim_matches(['*', '_', '#', '>', ' ']);
    let head = INTRODUCING.iter().fold(head, |head, word| head.trim_end_matches(word));
    (head.chars().count() <= MAX_FIELD && !head.contains(['。', '\n'])).then_some(head)
}

/// The longest line about a page, in characters.
const MAX_ABOUT_PAGE: usize = 40;

/// Whether a paragraph tells something of its page rather than of the case: `最后更新于 2031-05-04`, `（本文约 3000 字）`,
/// `By Ann Writer`, `待补充。`, a date alone.
fn is_about_page(text: &str) -> bool {
    let bare = fold(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_signed = bare.starts_with("by ") && bare.split(' ').count() <= 7 && !text.ends_with(['.', '!', '?']);
    let is_date = text.contains(|c: char| c.is_numeric())
        && bare.split(' ').filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic())).count() <= 1
        && bare.chars().all(|c| c.is_ascii() || c.is_numeric() || is_simple_numeral(c) || OF_DATES.contains(c))
        && bare.chars().count() <= MAX_FIELD;
    // `IN THE COUNTY COURT AT HARBOUR TOWN` is the head of a paper.
    let is_head = text.is_ascii() && !text.contains(|c: char| c.is_ascii_lowercase());
    if SAYS_NOTHING.contains(&bare.as_str()) || is_signed || is_date || is_head {
        return true;
    }
    let folded = fold(text.trim_matches(['*', '_', ' ', '（', '）', '(', ')', '【']));
    if DISCLAIMERS.iter().any(|word| folded.starts_with(word)) {
        return true;
    }
    let tells_when =
        UPDATED.iter().any(|word| folded.starts_with(word)) && folded.contains(|c: char| c.is_ascii_digit());
    let in_brackets = |open, close| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inside: &str| !inside.contains([open, close]))
    };
    text.chars().count() <= MAX_ABOUT_PAGE && (tells_when || in_brackets('（', '）') || in_brackets('(', ')'))
}

/// The widest name of a field, in characters.
const MAX_FIELD: usize = 24;

/// Whether lines only give fields their values. Between others a name in bold type needs no colon: `**Claim No.** 12`.
fn are_fields(text: &str) -> bool {
    let in_bold = |line: &str| {
        let (name, value) = line.trim().strip_prefix("**").and_then(|rest| rest.split_once("**")).unwrap_or_default();
        (1..=MAX_FIELD).contains(&name.chars().count()) && is_field(&format!("{name}:{value}"))
    };
    text.lines().any(is_field) && text.lines().all(|line| is_field(line) || in_bold(line))
}

/// Whether a line only gives a field its value: `**日期**：2031年5月4日`, `Status: open`.
fn is_field(line: &str) -> bool {
    let plain: String = line.chars().filter(|c| !matches!(c, '*' | '_' | '`' | '>' | '-' | '\\' | ' ')).collect();
    let Some(at) = plain.find([':', '：']) else { return plain.is_empty() };
    let (name, value) = plain.split_at(at);
    let value = value.trim_start_matches([':', '：']);
    let is_clock = name.ends_with(|c: char| c.is_ascii_digit()) && value.starts_with(|c: char| c.is_ascii_digit());
    let is_sentence = |text: &str| text.contains(['。', '！', '？', '；']) || text.ends_with(['.', '!', '?']);
    let is_name = !name.is_empty()
        && name.chars().count() <= MAX_FIELD
        && !name.trim_end_matches('.').contains(['，', ',', '。', '.']);
    is_name && !is_clock && !is_sentence(value)
}

fn parties<'a>(site: &'a Site, language: LanguageId, path: &str) -> Vec<PartyEntry<'a>> {
    let case = &site.case;
    let phrases = &case.languages[language].table.phrases;
    let mut entries: Vec<PartyEntry> = PartyId::each(&case.parties.all)
        .map(|(at, party)| PartyEntry {
            name: party.name(language),
            class: party_class(at),
            role: party.roles[language].as_deref().or_else(|| party.roles.iter().find_map(Option::as_deref)),
            href: None,
            claims: None,
        })
        .collect();
    let held = case.positions.iter().filter(|(document, _)| case.documents[**document].language == language);
    let mut counts = vec![0; entries.len()];
    for (&document, positions) in held {
        let mut claims_of = vec![0; positions.all.len()];
        positions.claims().for_each(|id| claims_of[positions.statements[id].position.place()] += 1);
        for (position, claims) in positions.all.iter().zip(claims_of) {
            let Some(party) = position.party.map(PartyId::place) else { continue };
            let anchor = site.addresses[document].of(Spot::Section(position.section));
            if claims > 0 {
                counts[party] += claims;
                entries[party]
                    .href
                    .get_or_insert_with(|| format!("{}#{anchor}", relative(path, site.path_of(document))));
            }
        }
    }
    for (entry, count) in entries.iter_mut().zip(counts).filter(|(_, count)| *count > 0) {
        entry.claims = Some(phrases.claims_count.replace("{count}", &count.to_string()));
    }
    entries
}

fn figures<'a>(site: &'a Site, language: LanguageId, path: &str) -> Vec<FigureEntry<'a>> {
    let case = &site.case;
    let tag = &case.languages[language].tag;
    let figures = case.figures.iter().zip(&case.config.figures);
    figures
        .map(|(figure, declared)| {
            let mut places: Vec<PlaceEntry> = Vec::new();
            for &(document, amount) in &figure.places {
                let this = &case.documents[document];
                if this.language != language {
                    continue;
                }
                let block = this.amounts[amount].block;
                let place = site.place_of_node(document, block);
                let page = relative(path, site.path_of(document));
                let href = if place.anchor.is_empty() { page } else { format!("{page}#{}", place.anchor) };
                let words = match place.words == this.title {
                    true => place.words,
                    false => format!("{} {}", this.title, place.words),
                };
                if !places.iter().any(|other| other.href == href) {
                    places.push(PlaceEntry { href, words });
                }
            }
            FigureEntry {
                name: declared.names.first(tag).unwrap_or_default(),
                value: grouped(&declared.written),
                unit: declared.unit.get_or_any(tag).unwrap_or(&figure.unit),
                places,
            }
        })
        .collect()
}

/// A number with its thousands set apart, as amounts are read best.
fn grouped(written: &str) -> String {
    let plain: String = written.chars().filter(|c| *c != ',').collect();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, f)| (whole, Some(f)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The section with one of those headings, for this page.
fn excerpt<'a>(site: &'a Site, language: LanguageId, path: &str, words: &[String]) -> Option<Excerpt<'a>> {
    let (at, index) = headed(site, language, words)?;
    let document = &site.case.documents[at];
    let section = &document.sections[index];
    let (mut from, to) = (document.tree.get(section.node).end, end_of(document, index));
    while from < to && matches!(document.tree.get(from).kind, NodeKind::Rule) {
        from = document.tree.get(from).end;
    }
    let to = without_footnotes(&document.tree, from, to);
    let anchor = site.addresses[at].of(Spot::Section(index));
    Some(Excerpt {
        title: section.title.trim_end_matches(['：', ':']),
        href: format!("{}#{anchor}", relative(path, site.path_of(at))),
        html: Value::safe_string(&body::part(site, at, Surface::Excerpt(path), from, to)),
    })
}

/// Where the footnotes begin that stand at the end of a range: they are the document's, whatever section comes last.
fn without_footnotes(tree: &Tree, from: NodeId, to: NodeId) -> NodeId {
    let (mut at, mut end) = (from, from);
    while at < to {
        let node = tree.get(at);
        if !matches!(node.kind, NodeKind::Footnote(_)) {
            end = node.end;
        }
        at = node.end;
    }
    end
}

/// The section whose heading is one of `words`, in the document that tells what the case is about before all others. What
/// the parties say and what is only attached are not looked through: what is asked there is asked by anybody.
fn headed(site: &Site, language: LanguageId, words: &[String]) -> Option<(DocumentId, SectionId)> {
    let case = &site.case;
    let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let speaks_for_the_case =
        |at: &DocumentId| matches!(case.documents[*at].kind, DocumentKind::Overview | DocumentKind::Document);
    let others = case.groups.iter().filter_map(move |group| group.documents[language]).filter(speaks_for_the_case);
    case.front(language).into_iter().chain(others).find_map(|at| {
        let document = &case.documents[at];
        let of_a_party = |section: &Section| {
            let parent = section.parent.filter(|&parent| document.title_section != Some(parent));
            parent.is_some_and(|parent| case.parties.first_named(&fold(&document.section(parent).title)).is_some())
        };
        let is_it = |section: &Section| {
            section.top && (1..=2).contains(&section.depth) && is_headed(&section.title, &words) && !of_a_party(section)
        };
        Some((at, SectionId::new(document.sections.iter().position(is_it)?)))
    })
}

/// Whether a heading is one of `words`, which are folded; `*` in one stands for a few words, two letters at least: `对方的诉求`
/// is what the other side asks for. The number before it is left out, and what follows a colon, a dash or a bracket.
fn is_headed(title: &str, words: &[String]) -> bool {
    let title = fold(title);
    let end = title.find(['：', ':', '（', '(', '—', '–']).filter(|&at| at > 0).unwrap_or(title.len());
    // `事情经过（店家版）` is what another tells.
    if TELLERS.iter().any(|teller| title[end..].contains(teller)) {
        return false;
    }
    let title = title[..end].trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = |number: &&str| number.bytes().all(|byte| byte.is_ascii_digit() || b"ivx".contains(&byte));
    let numbered = title.split_once('.').filter(|(number, _)| is_number(number));
    let title = numbered.map_or(title, |(_, rest)| rest.trim_start());
    words.iter().any(|word| match word.split_once('*') {
        Some((start, end)) => {
            let between = title.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            between.is_some_and(|words| {
                words.len() < MAX_BETWEEN
                    && words.chars().nth(1).is_some()
                    && !OTHER_SIDE
                        .iter()
                        .any(|side| start.len() < side.len() && title.starts_with(side) && side.starts_with(start))
            })
        }
        None => title == word,
    })
}

/// How much a `*` in a heading of the language tables stands for, in bytes.
const MAX_BETWEEN: usize = 32;

/// One past the last node of a section with everything below it.
fn end_of(document: &Document, index: SectionId) -> NodeId {
    let depth = document.sections[index].depth;
    let next = document.sections[index.place() + 1..].iter().find(|section| section.top && section.depth <= depth);
    next.map_or(document.tree.len(), |next| next.node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (written, shown) in [
            ("206539.30", "206,539.30"),
            ("37", "37"),
            ("1000", "1,000"),
            ("-1234567.8", "-1,234,567.8"),
            ("1,200.50", "1,200.50"),
        ] {
            assert_eq!(grouped(written), shown);
        }
    }

    #[test]
    fn a_heading_that_merely_holds_a_word_is_another() {
        let words: Vec<String> = ["请求", "诉求", "请*做什么", "requests", "what * asks for"].map(str::to_owned).into();
        for title in [
            "请求",
            "诉求：",
            "🎯 诉求",
            "诉求（三项）",
            "请警方做什么",
            "Requests",
            "What the customer asks for",
            "请求 — 三项",
        ] {
            assert!(is_headed(title, &words), "{title}");
        }
        assert!(is_headed("II. Requests", &words));
        let of = ["对*的诉求".to_owned()];
        assert!(is_headed("对警方的诉求", &of) && !is_headed("对方的诉求", &of) && !is_headed("对方公司的诉求", &of));
        assert!(!is_headed("诉求（店家版）", &words));
        for title in [
            "提交执法请求申请遇到争议",
            "凌晨的请求",
            "退款请求被拒",
            "对诉求的回应",
            "Responding to Discovery Requests",
            "Pull requests",
            "What nobody in the whole of this town ever asks for",
            "请",
            "",
        ] {
            assert!(!is_headed(title, &words), "{title}");
        }
    }

    #[test]
    fn a_name_in_bold_type_is_a_field_beside_others() {
        assert!(are_fields("**Claim No.** 12\n**Court:** County Court"));
        assert!(are_fields("**案号** 12\n**日期**：2031年5月4日"));
        assert!(!are_fields("**重要** 乙没有付款"));
        assert!(!are_fields("**Ann** bought a bike.\n**Date:** 4 May"));
    }

    #[test]
    fn what_is_said_of_the_page_is_told_from_what_is_said_of_the_case() {
        for line in [
            "最后更新于 2031-05-04",
            "（本文约 3000 字，阅读需 10 分钟）",
            "Last updated: 4 May 2031",
            "(draft 3)",
            "By Ann Writer",
            "2031年5月4日",
            "4 May 2031",
            "待补充。",
            "您好！",
            "免责声明：本文仅代表个人观点，所列材料均来自公开渠道，如有不实之处请与作者联系，作者会及时更正。",
        ] {
            assert!(is_about_page(line), "{line}");
        }
        for line in [
            "店家不退钱。",
            "By then 4 pallets had gone.",
            "张三付款，李四不发货。",
            "更新系统后订单丢失。",
            "（甲）付款（乙）收款",
            "On 4 May 2031 Ann paid.",
        ] {
            assert!(!is_about_page(line), "{line}");
        }
    }

    #[test]
    fn a_field_is_told_from_a_sentence() {
        for line in ["**日期**：2031年5月4日", "申请人：甲", "Status: open", "- **Case No.**: 12", "- 电话："]
        {
            assert!(is_field(line), "{line}");
        }
        for line in [
            "**摘要**：乙没有付款。",
            "On 4 May at 10:30 the pallets left",
            "甲说：我没有收到货。乙不认可。",
            "Note: the shop never answered.",
            "甲方没有付款",
        ] {
            assert!(!is_field(line), "{line}");
        }
    }
}
