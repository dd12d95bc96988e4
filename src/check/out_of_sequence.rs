//! C702: a numbered item that does not follow the one before it.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::site::Site;

/// Compares each item with the one before it in the same section. The first of a section may be any. Of what goes on after a
/// slip as if there had been none, nothing is told.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let mut findings = Vec::new();
    let mut meant: Option<Vec<u16>> = None;
    for pair in this.items.windows(2) {
        let (before, item) = (&pair[0].number, &pair[1].number);
        let after_slip = meant.take().is_some_and(|meant| follows(&meant, &item.parts));
        if pair[0].section != pair[1].section || after_slip || follows(&before.parts, &item.parts) {
            continue;
        }
        let expected = expected(&before.parts, item.parts.len());
        let message = message!(en: "{item} does not follow {before}", zh: "{item} 与前面的 {before} 不连续");
        let help = message!(
            en: "after {before} comes {expected}",
            zh: "{before} 之后应是 {expected}",
            expected = shown(&expected)
        );
        findings.push(Diagnostic::at(Code::OutOfSequence, this.source, pair[1].span, message).help(help));
        meant = Some(expected);
    }
    findings
}

/// Whether `after` may come right after `before`: its first child, its next sibling, or the next of one above it, each
/// perhaps with first children of their own (4-1 after 3-4-6); or the first of another part, for numbers begin anew. The same
/// number again is another rule's.
fn follows(before: &[u16], after: &[u16]) -> bool {
    let begins = before.first() != after.first() && after[1..].iter().all(|&part| part <= 1);
    if before == after || begins {
        return true;
    }
    let shared = before.iter().zip(after).take_while(|(b, a)| b == a).count();
    let (rest_before, rest_after) = (&before[shared..], &after[shared..]);
    let firsts = |parts: &[u16]| parts.iter().all(|&part| part <= 1);
    match (rest_before.first(), rest_after.split_first()) {
        (None, Some(_)) => firsts(rest_after),
        (Some(b), Some((a, deeper))) => *a == b + 1 && firsts(deeper),
        (_, None) => false,
    }
}

/// The number of `len` parts that comes after `before`.
fn expected(before: &[u16], len: usize) -> Vec<u16> {
    let mut parts: Vec<u16> = before.iter().copied().take(len).collect();
    if parts.len() < len {
        parts.resize(len, 1);
    } else if let Some(last) = parts.last_mut() {
        *last += 1;
    }
    parts
}

fn shown(parts: &[u16]) -> String {
    parts.iter().map(u16::to_string).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_siblings_and_what_comes_after_those_above_follow() {
        for (before, after) in [
            (&[3, 4, 6][..], &[3, 4, 7][..]),
            (&[3, 4, 6], &[3, 4, 6, 1]),
            (&[3, 4, 6], &[3, 5]),
            (&[3, 4, 6], &[3, 5, 1]),
            (&[3, 4, 6], &[4, 1]),
            (&[1, 1], &[1, 1]),
            (&[2, 5], &[1, 1]),
            (&[1, 3], &[3, 1]),
            (&[2, 0], &[2, 0, 1]),
            (&[2, 0, 3], &[2, 1]),
        ] {
            assert!(follows(before, after), "{before:?} {after:?}");
        }
    }

    #[test]
    fn slips_do_not_follow() {
        for (before, after, meant) in [
            (&[3, 4, 6][..], &[3, 5, 7][..], "3-4-7"),
            (&[1, 1], &[1, 3], "1-2"),
            (&[1, 5], &[1, 4], "1-6"),
            (&[1, 1], &[1, 1, 2], "1-1-1"),
            (&[1, 2, 3], &[1, 2], "1-3"),
        ] {
            assert!(!follows(before, after), "{before:?} {after:?}");
            assert_eq!(shown(&expected(before, after.len())), meant);
        }
    }
}
