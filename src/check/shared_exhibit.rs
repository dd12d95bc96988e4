//! C908: two exhibits with the same file.

use std::collections::HashMap;

use super::exhibits::{found, named};
use crate::case::exhibit::Exhibit;
use crate::diagnostic::{Code, Diagnostic};
use crate::sha256::Sha256;
use crate::site::Site;
use crate::source::exhibit::media::Class;

/// Finds files that the list names twice, and files that are the same byte by byte.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut by_path: HashMap<&str, &Exhibit> = HashMap::new();
    for (list, exhibit, file) in named(site) {
        let first = *by_path.entry(&file.path).or_insert(exhibit);
        if !std::ptr::eq(first, exhibit) {
            let message = message!(
                en: "exhibit {number} has this file already",
                zh: "证据 {number} 已经用了这个文件",
                number = first.key.number
            );
            let help = message!(
                en: "cite the one exhibit twice, or name another file",
                zh: "请两处都引用同一份证据，或换一个文件"
            );
            findings.push(Diagnostic::at(Code::SharedExhibit, list, file.span, message).help(help));
        }
    }
    let mut by_sum: HashMap<Sha256, (&str, &Exhibit)> = HashMap::new();
    for (list, exhibit, named, file) in found(site).filter(|(.., file)| file.facts.media.class != Class::Empty) {
        let (path, first) = *by_sum.entry(file.sha256).or_insert((&file.path, exhibit));
        if path != file.path {
            let message = message!(
                en: "this is the file of exhibit {number}, byte by byte",
                zh: "这个文件与证据 {number} 的文件逐字节相同",
                number = first.key.number
            );
            let help = message!(
                en: "cite the one exhibit twice, or name another file",
                zh: "请两处都引用同一份证据，或换一个文件"
            );
            findings.push(Diagnostic::at(Code::SharedExhibit, list, named.span, message).help(help));
        }
    }
    findings
}
