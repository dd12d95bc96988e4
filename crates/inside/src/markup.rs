//! Pages of HTML and drawings in SVG: their words, and those that stand in attributes and comments.

use super::{Inside, Tells};

/// Attributes whose values people read or may write: what else attributes hold are numbers, styles and names of classes.
const READ: &[&str] = &["alt", "title", "content", "value", "placeholder", "aria-label", "href", "label", "summary"];

/// Attributes in which programs for drawings keep where a file lay, often in somebody's home folder.
const FILES: &[&str] = &["inkscape:export-filename", "sodipodi:docname", "sodipodi:docbase", "xml:base"];

/// Elements that name people (Dublin Core), as drawings hold them.
const PEOPLE: &[&str] = &["dc:creator", "dc:contributor", "dc:publisher", "dc:rights"];

/// How far behind its beginning the end of such an element is looked for, in bytes.
const MAX_NAMED: usize = 4096;

/// Elements that part no words.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr",
];

/// Whether a text is such a page.
pub(super) fn is_markup(text: &str, ending: &str) -> bool {
    let start = text.trim_start();
    let begins = |sign: &str| start.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
    matches!(ending, "html" | "htm" | "xhtml" | "svg") || ["<!doctype html", "<html", "<svg"].into_iter().any(begins)
}

/// Reads a page. Tags of blocks part its words, and what stands in styles is no word; scripts and comments are not seen.
pub(super) fn read(html: &str) -> Inside {
    let mut inside = Inside { text: String::with_capacity(html.len() / 2), ..Inside::default() };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        inside.text.push_str(&decoded(&rest[..at]));
        let tag = &rest[at..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            let end = comment.find("-->");
            // Every page that a browser saved has some, so that they are no finding by themselves.
            inside.unseen.push_str(&comment[..end.unwrap_or(comment.len())]);
            inside.unseen.push('\n');
            rest = end.map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name = tag[1..].trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if name.is_empty() && !tag.starts_with("<!") && !tag.starts_with("<?") {
            inside.text.push('<');
            rest = &tag[1..];
            continue;
        }
        let end = end_of_tag(tag);
        attributes(&tag[1..end], name, &mut inside);
        person(tag, end, &mut inside);
        if !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name)) {
            inside.text.push('\n');
        }
        rest = tag.get(end + 1..).unwrap_or("");
        let skipped = ["script", "style"]
            .iter()
            .find(|skipped| tag[1..].get(..skipped.len()).is_some_and(|start| start.eq_ignore_ascii_case(skipped)));
        if let Some(skipped) = skipped {
            let close = format!("</{skipped}");
            let end =
                rest.as_bytes().windows(close.len()).position(|window| window.eq_ignore_ascii_case(close.as_bytes()));
            let (content, after) = rest.split_at(end.unwrap_or(rest.len()));
            if *skipped == "script" {
                inside.unseen.push_str(content);
                inside.unseen.push('\n');
            }
            rest = after;
        }
    }
    inside.text.push_str(&decoded(rest));
    inside
}

/// Where a tag ends, past the `>` in its quoted values.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if tag[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quotation mark that nothing closes.
    tag.find('>').unwrap_or(tag.len())
}

/// Whether an element `meta` says by its name that it tells the author; an address may hold the word as well.
fn names_author(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let names =
        tag.split(char::is_whitespace).filter(|word| word.starts_with("name=") || word.starts_with("property="));
    names.into_iter().any(|word| word.contains("author") || word.contains("creator"))
}

fn attributes(tag: &str, name: &str, inside: &mut Inside) {
    let mut rest = tag;
    let is_author = name.eq_ignore_ascii_case("meta") && names_author(tag);
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end().rsplit(|c: char| c.is_whitespace() || "\"'".contains(c)).next().unwrap_or("");
        let value = rest[at + 1..].trim_start();
        let (value, after) = match value.chars().next().filter(|c| "\"'".contains(*c)) {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        let key = key.to_ascii_lowercase();
        if is_author && key == "content" {
            inside.tell(Tells::Who, "author", &decoded(value));
        } else if FILES.contains(&key.as_str()) {
            inside.tell(Tells::Who, &key, &decoded(value));
        } else if READ.contains(&key.as_str()) || key.starts_with("data-") {
            inside.unseen.push_str(&decoded(value));
            inside.unseen.push('\n');
        }
        rest = after;
    }
}

/// Tells whom an element names that says so, at whatever depth.
fn person(tag: &str, end: usize, inside: &mut Inside) {
    let Some(name) = PEOPLE.iter().find(|name| tag[1..].starts_with(*name)) else { return };
    let content = tag.get(end + 1..).unwrap_or("");
    let content = &content[..content.floor_char_boundary(MAX_NAMED)];
    let content = content.find(&format!("</{name}")).map_or("", |end| &content[..end]);
    let words = content.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words).trim());
    let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
    if !words.is_empty() {
        inside.tell(Tells::Who, name, &decoded(&words.join(" ")));
    }
}

/// A text with its escapes read: the usual names, and numbers.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let end = escape.bytes().take(10).position(|byte| byte == b';');
        let read = end.and_then(|end| of_escape(&escape[..end]));
        match (read, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &escape[end + 1..];
            }
            _ => {
                out.push('&');
                rest = escape;
            }
        }
    }
    out + rest
}

fn of_escape(name: &str) -> Option<char> {
    match name {
        "nbsp" => Some(' '),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_whole_and_apart_from_what_is_not_seen() {
        let page = "<!DOCTYPE html><meta name=author content=\"Ann\"><style>p{}</style><p>1<b class='a>b'>3</b>8&#48;<p>two<br>three\
                    <img alt=\"a picture\"><!-- kept --><script>call(4)</script> 5 < 6";
        assert!(is_markup(page, "txt") && is_markup("x", "svg") && !is_markup("a < b", "txt"));
        let inside = read(page);
        assert!(inside.text.contains("1380\ntwo\nthree"), "{}", inside.text);
        assert!(inside.text.ends_with(" 5 < 6") && !inside.text.contains("p{}") && !inside.text.contains("kept"));
        for unseen in ["a picture", "kept", "call(4)"] {
            assert!(inside.unseen.contains(unseen), "{unseen}");
        }
        assert_eq!(inside.metadata[0].value, "Ann");
        assert!(
            read("<meta http-equiv=\"refresh\" content=\"0; url=https://a.example/authors/\">").metadata.is_empty()
        );
        for end in (0..page.len()).filter(|&end| page.is_char_boundary(end)) {
            read(&page[..end]);
        }
    }

    #[test]
    fn a_drawing_names_who_made_it_and_where_it_lay() {
        let drawing = "<svg inkscape:export-filename=\"/home/ann/a.png\"><metadata><dc:creator><cc:Agent><dc:title>Ann &amp; Co\
                       </dc:title></cc:Agent></dc:creator></metadata><dc:creator>";
        let told: Vec<_> = read(drawing).metadata.into_iter().map(|entry| (entry.name, entry.value)).collect();
        let expected = [("inkscape:export-filename", "/home/ann/a.png"), ("dc:creator", "Ann & Co")];
        assert_eq!(told, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
