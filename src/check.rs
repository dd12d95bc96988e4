//! Rules that look at a resolved case, one in a file. What earlier stages cannot pass over in silence (a label that
//! nothing defines, a link that leads nowhere) they report themselves.

mod active_exhibit;
mod bidi_control;
mod changed_exhibit;
mod damaged_exhibit;
mod event_out_of_order;
mod exhibits;
mod false_precision;
mod insecure_link;
mod instants;
mod lying_extension;
mod mail_mismatch;
mod malformed_url;
mod misleading_link;
mod missing_exhibit;
mod missing_translation;
mod mixed_script_host;
mod near_figure;
mod near_number;
mod near_url;
mod out_of_sequence;
pub(crate) mod private;
mod public_sources;
mod shadowed_label;
mod shared_exhibit;
mod shared_label;
mod shown_address;
mod space_in_url;
mod standing_differs;
mod telling_metadata;
mod time_without_zone;
mod two_times;
mod two_units;
mod uncited_exhibit;
mod uncited_label;
mod undescribed_file;
mod unread_citation;
mod wrong_check_digit;
mod wrong_figure;
mod wrong_sum;
mod wrong_total;

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic};
use crate::document::DocumentId;
use crate::site::Site;

/// Everything there is to say about a case, in reading order.
pub fn run(site: &Site) -> Vec<Diagnostic> {
    let of_a_document = [
        shadowed_label::check,
        uncited_label::check,
        unread_citation::check,
        wrong_sum::check,
        wrong_total::check,
        out_of_sequence::check,
        time_without_zone::check,
        event_out_of_order::check,
        wrong_figure::check,
        near_figure::check,
        malformed_url::check,
        space_in_url::check,
        mail_mismatch::check,
        misleading_link::check,
        wrong_check_digit::check,
    ];
    let of_the_case = [
        bidi_control::check,
        missing_translation::check,
        standing_differs::check,
        false_precision::check,
        two_times::check,
        two_units::check,
        insecure_link::check,
        mixed_script_host::check,
        near_url::check,
        shared_label::check,
        missing_exhibit::check,
        changed_exhibit::check,
        uncited_exhibit::check,
        telling_metadata::check,
        lying_extension::check,
        undescribed_file::check,
        damaged_exhibit::check,
        shared_exhibit::check,
        active_exhibit::check,
        private::check,
        public_sources::check,
    ];
    let mut findings = site.findings.clone();
    let of_documents: Vec<Vec<Diagnostic>> = DocumentId::in_parallel(&site.case.documents)
        .map(|document| of_a_document.iter().flat_map(|rule| rule(site, document)).collect())
        .collect();
    findings.extend(of_documents.into_iter().flatten());
    findings.extend(of_the_case.iter().flat_map(|rule| rule(site)));
    diagnostic::sort(&mut findings, &site.case.sources);
    findings
}
