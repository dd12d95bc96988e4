//! C804: a claim that stands otherwise in a translation.

use std::collections::HashMap;

use crate::case::position::Standing;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Finds claims of a translation that stand otherwise than in the original.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let mut findings = Vec::new();
    for group in &case.groups {
        let mut told = group.documents.iter().flatten().filter_map(|&at| Some((at, case.positions.get(&at)?)));
        let Some((first, original)) = told.next() else { continue };
        let anchors = &site.pages[first].statements;
        let standings = original.standings();
        let by_anchor: HashMap<&str, Standing> =
            standings.iter().map(|(claim, standing)| (anchors[*claim as usize].as_str(), *standing)).collect();
        for (document, positions) in told {
            let this = &case.documents[document];
            let standings = positions.standings();
            for claim in positions.claims() {
                let anchor = site.pages[document].statements[claim as usize].as_str();
                let (Some(&own), Some(&there)) = (standings.get(&claim), by_anchor.get(anchor)) else { continue };
                if own == there {
                    continue;
                }
                let path = &case.source_of(first).path;
                let message = format!("the claim is {} here, but {} in {path}", word(own), word(there));
                let help =
                    "translate the answers with the same party and the same verb, or say `{by=… disputes}` outright";
                let span = positions.statements[claim as usize].span;
                findings.push(Diagnostic::at(Code::StandingDiffers, this.source, span, message).help(help));
            }
        }
    }
    findings
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Undisputed => "undisputed",
        Standing::Disputed => "disputed",
        Standing::Unanswered => "unanswered",
        Standing::Open => "open",
    }
}
