//! How a dossier was read: what the program concluded from the text, what it left open, and what it added.

use serde::Serialize;

use crate::case::event::EventId;
use crate::case::ground::Ground;
use crate::case::position::StatementId;
use crate::document::DocumentId;
use crate::language::LanguageId;
use crate::language::phrases::Phrases;
use crate::site::pages::relative;
use crate::site::{Site, Spot};

/// What the page tells, in the words of its language.
#[derive(Serialize)]
pub(super) struct ReadingView<'a> {
    /// Who takes part, and where that is from; none if nobody does.
    parties: Option<(&'a str, Vec<&'a str>)>,
    documents: Vec<DocumentView<'a>>,
}

/// What was read in a document.
#[derive(Serialize)]
struct DocumentView<'a> {
    title: &'a str,
    href: String,
    /// How many readings were written, read and left open.
    statements: Option<String>,
    /// How many events were read, and by which clock those are that name none.
    events: Option<String>,
    clock: Option<String>,
    open: Vec<OpenView<'a>>,
}

/// Something that is open.
#[derive(Serialize)]
struct OpenView<'a> {
    href: Option<String>,
    name: String,
    /// What of it is not said.
    what: &'a str,
}

/// The view for the page `path` of a language.
pub(super) fn view<'a>(site: &'a Site, language: LanguageId, path: &str) -> ReadingView<'a> {
    let case = &site.case;
    let phrases = &case.languages[language].table.phrases;
    let parties: Vec<&str> = case.parties.all.iter().map(|party| party.name(language)).collect();
    let from = if case.parties.listed { &phrases.reading_parties_listed } else { &phrases.reading_parties_read };
    let documents = DocumentId::all(&case.documents).filter(|&document| case.documents[document].language == language);
    ReadingView {
        parties: (!parties.is_empty()).then_some((from.as_str(), parties)),
        documents: documents.filter_map(|document| document_view(site, document, phrases, path)).collect(),
    }
}

fn document_view<'a>(
    site: &'a Site,
    document: DocumentId,
    phrases: &'a Phrases,
    path: &str,
) -> Option<DocumentView<'a>> {
    let case = &site.case;
    let (addresses, this) = (&site.addresses[document], &case.documents[document]);
    let positions = case.positions.get(&document);
    let timeline = case.timelines.get(&document);
    if positions.is_none() && timeline.is_none() {
        return None;
    }
    let href = relative(path, site.path_of(document));
    let mut open = Vec::new();
    let mut counts = [0; 3];
    for (id, statement) in positions.into_iter().flat_map(|positions| StatementId::each(&positions.statements)) {
        let told = if statement.parent.is_some() { statement.attitude_ground } else { Ground::Written };
        let ground = statement.ground.min(told);
        counts[ground as usize] += 1;
        let is_unsure = positions.is_some_and(|positions| positions.is_unsure(id));
        if ground == Ground::Open || is_unsure {
            let number = statement.number(this).map(|number| number.to_string());
            open.push(OpenView {
                href: Some(format!("{href}#{}", addresses.of(Spot::Statement(id)))),
                name: number.unwrap_or_else(|| site.words_for(document, Spot::Statement(id))),
                what: match statement.ground {
                    Ground::Open => &phrases.reading_open_who,
                    _ if is_unsure => &phrases.reading_open_answer,
                    _ => &phrases.reading_open_whether,
                },
            });
        }
    }
    let [left_open, read, written] = counts;
    let statements = positions.map(|_| {
        let fill = |text: &str, key: &str, count: usize| text.replace(key, &count.to_string());
        let text = fill(&phrases.reading_statements, "{written}", written);
        fill(&fill(&text, "{read}", read), "{open}", left_open)
    });
    for entry in timeline.into_iter().flat_map(|timeline| &timeline.undated) {
        let written = case.source_of(document).slice(this.times[entry.time].span);
        open.push(OpenView { href: None, name: written.trim().to_owned(), what: &phrases.reading_open_date });
    }
    let events = timeline.map(|timeline| timeline.events.as_slice()).unwrap_or_default();
    for (at, event) in EventId::each(events).filter(|(_, event)| event.has_clock() && event.zone_unclear) {
        let anchor = addresses.of(Spot::Event(at));
        open.push(OpenView {
            href: Some(format!("{href}#{anchor}")),
            name: case.source_of(document).slice(this.times[event.time].span).trim().to_owned(),
            what: &phrases.reading_open_zone,
        });
    }
    let without_zone =
        events.iter().filter(|event| event.has_clock() && event.zone.is_none() && !event.zone_unclear).count();
    let zone = case.config.time_zone.as_ref().map(crate::case::event::zone_name);
    let clock = match zone {
        Some(zone) => phrases.reading_clock.replace("{zone}", &zone),
        None => phrases.reading_no_clock.clone(),
    };
    Some(DocumentView {
        title: &this.title,
        href,
        statements,
        events: (!events.is_empty()).then(|| phrases.reading_events.replace("{count}", &events.len().to_string())),
        clock: (without_zone > 0).then(|| clock.replace("{count}", &without_zone.to_string())),
        open,
    })
}
