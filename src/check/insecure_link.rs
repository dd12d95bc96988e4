//! C413: `http` where `https` is used elsewhere.

use std::collections::HashSet;

use crate::case::register::normal_form;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Finds links that the case has with `https` as well.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let entries = &site.case.register.entries;
    let forms = || entries.iter().map(|entry| (entry, normal_form(&entry.url)));
    let secure: HashSet<String> =
        forms().filter_map(|(_, form)| form.strip_prefix("https://").map(str::to_owned)).collect();
    let mut findings = Vec::new();
    for (entry, form) in forms() {
        if form.strip_prefix("http://").is_none_or(|rest| !secure.contains(rest)) {
            continue;
        }
        for &(document, link) in &entry.places {
            let this = &site.case.documents[document];
            let message = message!(
                en: "this address stands elsewhere with `https`",
                zh: "这个地址在别处以 `https` 开头"
            );
            let help = message!(en: "write it with `https` here too", zh: "这里也请写成 `https`");
            let span = this.links[link].span;
            findings.push(Diagnostic::at(Code::InsecureLink, this.source, span, message).help(help));
        }
    }
    findings
}
