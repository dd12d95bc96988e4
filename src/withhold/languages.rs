//! What is withheld in one language and not in another.

use std::collections::BTreeMap;

use super::mark::WithheldKind;
use super::text::Read;
use super::{Finding, Redaction};
use crate::diagnostic::Code;
use crate::folder::Folder;
use crate::language;

/// Tells of documents of which something is withheld in one language, and nothing in another.
pub(super) fn marked_in_one(read: &[Read], folder: &Folder) -> Vec<Finding> {
    let marked: Vec<Option<&Redaction>> = read
        .iter()
        .map(|read| {
            read.redactions.iter().find(|found| !matches!(found.kind, WithheldKind::Name | WithheldKind::Words))
        })
        .collect();
    // The same document in all languages: by its path below the folder of the language.
    let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, file) in folder.documents.iter().enumerate() {
        let below = file.path.strip_prefix(folder.content.as_str()).unwrap_or(&file.path).trim_start_matches('/');
        if let Some((_, path)) = below.split_once('/').filter(|(tag, _)| language::is_tag(tag)) {
            same.entry(path).or_default().push(at);
        }
    }
    let mut findings = Vec::new();
    for files in same.into_values() {
        let Some(withheld) = files.iter().find_map(|&at| marked[at]) else { continue };
        for other in files.iter().filter(|&&at| marked[at].is_none()) {
            findings.push(Finding {
                path: withheld.path.clone(),
                span: Some(withheld.span),
                code: Code::WithheldInOneLanguage,
                message: message!(
                    en: "this is withheld, and nothing is in {other}",
                    zh: "这里隐去了内容，{other} 中却没有",
                    other = folder.documents[*other].path
                ),
                help: message!(
                    en: "mark the same there; where it never was, turn the rule off under `rules:`",
                    zh: "请在那里同样标明；如果那里从来没有这段内容，请在 `rules:` 中关闭这条规则"
                ),
            });
        }
    }
    findings
}
