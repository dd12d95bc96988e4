//! C107: characters that turn the direction of text, and that nobody sees.

use memchr::memchr2_iter;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::script::is_bidi_control;
use crate::site::Site;
use crate::source::Span;

/// The most that are reported of one text: where there are more, it is the same fault again and again.
const MAX_REPORTED: usize = 20;

/// Finds them in every text of the case, casefile.yaml and exhibits.yaml included.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (id, source) in site.case.sources.iter() {
        let text = source.text.as_str();
        // The bytes that the UTF-8 of such a character begins with.
        let control = |at: usize| text.get(at..)?.chars().next().filter(|&c| is_bidi_control(c)).map(|c| (at, c));
        let found = memchr2_iter(0xe2, 0xd8, text.as_bytes()).filter_map(control);
        findings.extend(found.take(MAX_REPORTED).map(|(at, c)| {
            let span = Span::new(at, at + c.len_utf8());
            let message = message!(
                en: "U+{code:04X} turns the direction of the text and is not seen",
                zh: "这里有看不见的字符 U+{code:04X}，它会改变文字的书写方向",
                code = c as u32
            );
            let help = message!(
                en: "take it out; the page shows it by its code point",
                zh: "请删去；页面上会显示它的编号"
            );
            Diagnostic::at(Code::BidiControl, id, span, message).help(help)
        }));
    }
    findings
}
