//! C604: one number with two units.

use std::collections::BTreeMap;

use super::near_number::is_particular;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::site::Site;

/// A place of an amount: its document, and its index among that document's amounts.
type AmountId = (DocumentId, usize);

/// Finds numbers that stand with two units.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let mut by_value: BTreeMap<String, BTreeMap<&str, Vec<AmountId>>> = BTreeMap::new();
    for (document, this) in DocumentId::each(&case.documents) {
        for (index, amount) in this.amounts.iter().enumerate().filter(|(_, amount)| is_particular(&amount.value)) {
            let units = by_value.entry(amount.value.to_plain_string()).or_default();
            units.entry(&amount.unit).or_default().push((document, index));
        }
    }
    let mut findings = Vec::new();
    for units in by_value.values().filter(|units| units.len() > 1) {
        // The unit that stands most often is taken to be right; among equals the one that stands first.
        let first = |places: &[AmountId]| places.first().copied();
        let usual = units.iter().min_by_key(|(_, places)| (std::cmp::Reverse(places.len()), first(places)));
        let Some((usual, places)) = usual else { continue };
        let Some(&(there, index)) = places.first() else { continue };
        let source = case.source_of(there);
        let span = case.documents[there].amounts[index].span;
        let line = source.starts_at(span).line;
        for (&(document, index), unit) in units
            .iter()
            .filter(|(unit, _)| unit != &usual)
            .flat_map(|(unit, places)| places.iter().zip(std::iter::repeat(unit)))
        {
            let this = &case.documents[document];
            let span_here = this.amounts[index].span;
            let written = source.slice(span).trim();
            let message = message!(
                en: "the same number is in {unit} here and in {usual} elsewhere: `{written}` at {path}:{line}",
                zh: "同一个数在这里的单位是 {unit}，在别处是 {usual}：{path}:{line} 写作“{written}”",
                path = source.path
            );
            let help = message!(
                en: "if both are meant, set `two-units: off` under `rules` in casefile.yaml",
                zh: "如果两者都对，请在 casefile.yaml 的 `rules` 中设 `two-units: off`"
            );
            findings.push(Diagnostic::at(Code::TwoUnits, this.source, span_here, message).help(help));
        }
    }
    findings
}
