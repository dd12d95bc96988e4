//! Who says what, as data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::case::ground::Ground;
use crate::case::position::{Standing, StatementId};
use crate::document::{Attitude, DocumentId};
use crate::site::{Site, Spot};

/// A claim, what supports it, or an answer to it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatementModel<'a> {
    /// The anchor on the page.
    pub anchor: &'a str,
    /// Its number, if it bears one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The id of the party that speaks; none if nobody known is named.
    pub by: Option<&'a str>,
    /// What that rests on.
    pub ground: Ground,
    /// The ids of others who say the same in the same place.
    pub also: Vec<&'a str>,
    /// The anchor of the statement it belongs to; none for a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<&'a str>,
    /// What it says of that; a remark where that is open; none for a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attitude: Option<Attitude>,
    /// What that rests on; none for a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attitude_ground: Option<Ground>,
    /// Whether the author says so outright, with `{by=…}`; else it was inferred.
    pub explicit: bool,
    /// Where a claim stands after what the others say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// The line where it begins.
    pub line: u32,
}

/// The statements of a document.
pub(super) fn statements(site: &Site, document: DocumentId) -> Vec<StatementModel<'_>> {
    let Some(positions) = site.case.positions.get(&document) else { return Vec::new() };
    let this = &site.case.documents[document];
    let anchor = |id| site.addresses[document].of(Spot::Statement(id));
    let standings = positions.standings();
    let source = site.case.source_of(document);
    let statements = StatementId::each(&positions.statements);
    statements
        .map(|(id, statement)| StatementModel {
            anchor: anchor(id),
            number: statement.number(this).map(|number| number.to_string()),
            by: statement.speaker.map(|party| site.case.parties.all[party].public_id.as_str()),
            ground: statement.ground,
            also: statement.also.iter().map(|&party| site.case.parties.all[party].public_id.as_str()).collect(),
            parent: statement.parent.map(anchor),
            attitude: statement.parent.map(|_| statement.attitude),
            attitude_ground: statement.parent.map(|_| statement.attitude_ground),
            explicit: statement.is_explicit(),
            standing: standings.get(&id).copied(),
            line: source.starts_in_edition(statement.span).line,
        })
        .collect()
}
