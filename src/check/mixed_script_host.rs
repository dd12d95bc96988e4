//! C416: the name of a host that mixes scripts, or whose letters pass for Latin ones.

use unicode_security::MixedScript;
use unicode_security::confusable_detection::skeleton;
use unicode_security::restriction_level::{RestrictionLevel, RestrictionLevelDetection};

use crate::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Looks at the hosts of all links, each once.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for entry in &site.case.register.entries {
        let host = entry.host();
        let decoded = crate::document::url::percent_decode(host);
        if decoded.is_ascii() && !decoded.to_ascii_lowercase().contains("xn--") {
            continue;
        }
        let (words, _) = idna::domain_to_unicode(&decoded);
        let Some(why) = words.split('.').find_map(fault) else { continue };
        for &(document, link) in &entry.places {
            let this = &site.case.documents[document];
            let message = message!(en: "the host `{words}` {why}", zh: "主机名 `{words}` {why}"; why);
            let help = message!(
                en: "copy the address anew from where you have it; if it is meant, say so beside it",
                zh: "请从原处重新复制这个地址；如果本来如此，请在旁边注明"
            );
            let span = this.links[link].span;
            findings.push(Diagnostic::at(Code::MixedScriptHost, this.source, span, message).help(help));
        }
    }
    findings
}

/// What is wrong with a part of a name.
fn fault(label: &str) -> Option<Message> {
    if label.is_ascii() {
        return None;
    }
    if !label.is_single_script() && !label.check_restriction_level(RestrictionLevel::HighlyRestrictive) {
        return Some(message!(en: "mixes letters of different alphabets", zh: "混用了不同的字母"));
    }
    let looks_latin = skeleton(label).all(|c| c.is_ascii());
    looks_latin.then_some(message!(
        en: "is written in letters that look like Latin ones and are none",
        zh: "看似拉丁字母，其实不是"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_pass_for_others_are_found_and_honest_ones_are_not() {
        for label in ["p\u{430}ypal", "\u{430}\u{440}\u{440}\u{4cf}\u{435}", "g\u{3bf}\u{3bf}gle"] {
            assert!(fault(label).is_some(), "{label}");
        }
        for label in ["ㄅㄆㄇ", "📦box", "例子", "例子abc", "bücher", "пример", "παράδειγμα", "テスト", "한국", "plain"]
        {
            assert!(fault(label).is_none(), "{label}");
        }
    }
}
