//! The marks that git leaves where two versions could not be merged: two of them would begin quotes and headings.

/// Where such marks stand in `text`, if they would be read otherwise. A line of seven signs below a title makes it a
/// heading, and is a mark only in a conflict or where it parts two sentences.
pub(super) fn scan(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    if !["\n=======", ">>>>>>>"].iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some()) {
        return found;
    }
    let (mut in_conflict, mut in_fence) = (false, false);
    let mut before = "";
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(whole) = lines.next() {
        let line = whole.trim_end();
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            in_fence = !in_fence;
        } else if !in_fence && line.starts_with("<<<<<<< ") {
            in_conflict = true;
        } else if !in_fence && (line == ">>>>>>>" || line.starts_with(">>>>>>> ")) {
            in_conflict = false;
            found.push(at);
        } else if !in_fence && line == "=======" {
            let ends = ['.', '。', '!', '！', '?', '？', ';', '；', ':', '：', '，'];
            let goes_on = lines.peek().is_some_and(|next| !next.trim().is_empty());
            if in_conflict || (before.ends_with(ends) && goes_on) {
                found.push(at);
            }
        }
        before = line;
        at += whole.len();
    }
    found
}
