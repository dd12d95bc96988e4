//! What a reader who trusts nobody should know about a dossier: who made it, up to when it tells, how to check it and
//! what checking proves, whom to answer.

use serde::Serialize;

use super::feed;
use crate::language::LanguageId;
use crate::site::Site;
use crate::site::pages::{Generated, relative};

/// What the page tells, in the words of its language.
#[derive(Serialize)]
pub(super) struct AboutView<'a> {
    /// How much there is.
    scope: String,
    until: String,
    /// Who stands for it; none if nobody does.
    who: Option<String>,
    email: Option<&'a str>,
    /// How to answer, in the author's words.
    reply: Option<&'a str>,
    /// The way to the exhibits with their sums, and to the page for paper.
    exhibits: Option<String>,
    print: Option<String>,
    /// The way to the sheet with the fingerprint.
    share: Option<String>,
    /// What changed, the latest first.
    changes: Vec<ChangeView<'a>>,
}

/// A change of the dossier.
#[derive(Serialize)]
struct ChangeView<'a> {
    anchor: String,
    date: String,
    text: &'a str,
}

/// The view for the page `path` of a language.
pub(super) fn view<'a>(site: &'a Site, language: LanguageId, path: &str) -> AboutView<'a> {
    let case = &site.case;
    let own = &case.languages[language];
    let phrases = &own.table.phrases;
    let contact = &case.config.contact;
    let submitter = case.config.filing.submitter.get_or_any(&own.tag);
    let count = |text: &str, number: usize| text.replace("{count}", &number.to_string());
    let documents = case.groups.iter().filter(|group| group.documents[language].is_some()).count();
    let exhibits = case.exhibits.count_shown();
    let way = |page: Generated| site.generated_path(page, language).map(|to| relative(path, to));
    let scope = count(&phrases.about_documents, documents);
    AboutView {
        scope: match exhibits {
            0 => scope,
            exhibits => format!("{scope}{}", count(&phrases.about_exhibits, exhibits)),
        },
        until: match case.config.as_of {
            Some(date) => phrases.about_until.replace("{date}", &date.to_string()),
            None => phrases.about_until_unknown.clone(),
        },
        who: contact.name.get_or_any(&own.tag).or(submitter).map(|name| phrases.about_who.replace("{name}", name)),
        email: contact.email.as_deref(),
        reply: contact.reply.get_or_any(&own.tag),
        exhibits: (exhibits > 0).then(|| way(Generated::Exhibits(0))).flatten(),
        print: way(Generated::Print),
        share: way(Generated::Share),
        changes: case
            .config
            .changes
            .iter()
            .zip(feed::anchors(&case.config.changes))
            .filter_map(|(change, anchor)| {
                let text = change.text.get_or_any(&own.tag)?;
                Some(ChangeView { anchor, date: change.date.to_string(), text })
            })
            .collect(),
    }
}
