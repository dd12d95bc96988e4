//! Rules that look at a resolved case, one in a file. What earlier stages cannot pass over in silence (a label that
//! nothing defines, a link that leads nowhere) they report themselves.

mod event_out_of_order;
mod false_precision;
mod figures;
mod instants;
mod missing_translation;
mod near_figure;
mod out_of_sequence;
mod shadowed_label;
mod standing_differs;
mod time_without_zone;
mod two_times;
mod two_units;
mod uncited_label;
mod wrong_figure;
mod wrong_sum;

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic};
use crate::site::Site;

/// Everything there is to say about a case, in reading order.
pub fn run(site: &Site) -> Vec<Diagnostic> {
    let of_a_document = [
        shadowed_label::check,
        uncited_label::check,
        wrong_sum::check,
        out_of_sequence::check,
        time_without_zone::check,
        event_out_of_order::check,
        wrong_figure::check,
        near_figure::check,
    ];
    let of_the_case = [
        missing_translation::check,
        standing_differs::check,
        false_precision::check,
        two_times::check,
        two_units::check,
    ];
    let mut findings = site.findings.clone();
    let of_documents: Vec<Vec<Diagnostic>> = (0..site.case.documents.len())
        .into_par_iter()
        .map(|document| of_a_document.iter().flat_map(|rule| rule(site, document)).collect())
        .collect();
    findings.extend(of_documents.into_iter().flatten());
    findings.extend(of_the_case.iter().flat_map(|rule| rule(site)));
    diagnostic::sort(&mut findings, &site.case.sources);
    findings
}
