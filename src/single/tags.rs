//! The tags of pages that the program wrote: names and attributes in double quotes, `<` nowhere but at their beginning.

/// A tag that opens an element.
pub(super) struct Tag<'a> {
    /// All of it, from `<` to `>`.
    pub(super) whole: &'a str,
    /// The name of the element.
    pub(super) name: &'a str,
    /// Its attributes, each with its value as it is written; empty where there is none.
    pub(super) attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, as it is written.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| *value)
    }

    /// Writes the tag with other attributes.
    pub(super) fn write_with(&self, attributes: &[(&str, String)], out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        out.push_str(if self.whole.ends_with("/>") { "/>" } else { ">" });
    }
}

/// Copies `html` to `out`, but each tag that opens an element as `write` writes it.
pub(super) fn with_tags<'a>(html: &'a str, out: &mut String, mut write: impl FnMut(Tag<'a>, &mut String)) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        match tag(after) {
            Some(tag) => {
                rest = &after[tag.whole.len()..];
                write(tag, out);
            }
            None => {
                out.push('<');
                rest = &after[1..];
            }
        }
    }
    out.push_str(rest);
}

/// The tag that a text begins with; none if it begins with another thing, such as the end of an element.
fn tag(text: &str) -> Option<Tag<'_>> {
    let name_end = 1 + text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let name = &text[1..name_end];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        let rest = text[at..].trim_start_matches([' ', '\n', '\t', '/']);
        at = text.len() - rest.len();
        if rest.starts_with('>') {
            return Some(Tag { whole: &text[..=at], name, attributes });
        }
        let end = rest.find([' ', '\n', '\t', '=', '>', '/'])?;
        let own = &rest[..end];
        at += end;
        match rest[end..].strip_prefix("=\"") {
            Some(value) => {
                let length = value.find('"')?;
                attributes.push((own, &value[..length]));
                at += "=\"".len() + length + 1;
            }
            None => attributes.push((own, "")),
        }
        if end == 0 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_attributes_and_all_else_is_copied() {
        let html = "<p class=\"a\" hidden>1 &lt; 2 <a href=\"#x\" title=\"a > b\">x</a> < 3<br/></p>";
        let (mut out, mut seen) = (String::new(), Vec::new());
        with_tags(html, &mut out, |tag, out| {
            seen.push((tag.name.to_owned(), tag.attributes.len(), tag.value("title").map(str::to_owned)));
            out.push_str(tag.whole);
        });
        assert_eq!(out, html);
        let title = Some("a > b".to_owned());
        assert_eq!(seen, [("p".to_owned(), 2, None), ("a".to_owned(), 2, title), ("br".to_owned(), 0, None)]);
    }
}
