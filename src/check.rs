//! Rules that look at a resolved case, one in a file. What earlier stages cannot pass over in silence (a label that
//! nothing defines, a link that leads nowhere) they report themselves.

mod missing_translation;
mod out_of_sequence;
mod shadowed_label;
mod uncited_label;
mod wrong_sum;

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic};
use crate::site::Site;

/// Everything there is to say about a case, in reading order.
pub fn run(site: &Site) -> Vec<Diagnostic> {
    let rules = [shadowed_label::check, uncited_label::check, wrong_sum::check, out_of_sequence::check];
    let mut findings = site.findings.clone();
    let of_documents: Vec<Vec<Diagnostic>> = (0..site.case.documents.len())
        .into_par_iter()
        .map(|document| rules.iter().flat_map(|rule| rule(site, document)).collect())
        .collect();
    findings.extend(of_documents.into_iter().flatten());
    findings.extend(missing_translation::check(site));
    diagnostic::sort(&mut findings, &site.case.sources);
    findings
}
