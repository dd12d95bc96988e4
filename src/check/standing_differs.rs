//! C804: a claim that stands otherwise in a translation.

use std::collections::HashMap;

use crate::Message;
use crate::case::position::Standing;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Site, Spot};

/// Finds claims of a translation that stand otherwise than in the original.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let mut findings = Vec::new();
    for group in &case.groups {
        let mut told = group.documents.iter().flatten().filter_map(|&at| Some((at, case.positions.get(&at)?)));
        let Some((first, original)) = told.next() else { continue };
        let addresses = &site.addresses[first];
        let standings = original.standings();
        let by_anchor: HashMap<&str, Standing> =
            standings.iter().map(|(claim, standing)| (addresses.of(Spot::Statement(*claim)), *standing)).collect();
        for (document, positions) in told {
            let this = &case.documents[document];
            let standings = positions.standings();
            for claim in positions.claims() {
                let anchor = site.addresses[document].of(Spot::Statement(claim));
                let (Some(&own), Some(&there)) = (standings.get(&claim), by_anchor.get(anchor)) else { continue };
                if own == there {
                    continue;
                }
                let path = &case.source_of(first).path;
                let (own, there) = (word(own), word(there));
                let message = message!(
                    en: "the claim is {own} here, but {there} in {path}",
                    zh: "这项主张在这里是“{own}”，在 {path} 中却是“{there}”"; own, there
                );
                let help = message!(
                    en: "translate the answers with the same party and the same verb, or say `{{by=… \
                         disputes}}` outright",
                    zh: "请在译文中用同一当事方、同一动词写答复，或用 `{{by=… disputes}}` 写明"
                );
                let span = positions.statements[claim].span;
                findings.push(Diagnostic::at(Code::StandingDiffers, this.source, span, message).help(help));
            }
        }
    }
    findings
}

fn word(standing: Standing) -> Message {
    match standing {
        Standing::Undisputed => Message::fixed("undisputed", "无争议"),
        Standing::Disputed => Message::fixed("disputed", "有争议"),
        Standing::Unanswered => Message::fixed("unanswered", "未载明答复"),
        Standing::Open => Message::fixed("open", "未定"),
    }
}
