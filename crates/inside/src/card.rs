//! Contacts (vCard 2.1, 3.0, RFC 6350): what their fields say, as people write it.

use encoding_rs::Encoding;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

use super::{Inside, Unread};

/// Whether a text is a contact.
pub(super) fn is_card(text: &str) -> bool {
    text.trim_start().get(..11).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCARD"))
}

/// Reads contacts: a line for each field, its parts with a space between, and what has two parts in their other order too.
pub(super) fn read(text: &str) -> Inside {
    let mut inside = Inside::default();
    for line in unfolded(text) {
        let Some((head, value)) = line.split_once(':') else { continue };
        let mut parameters = head.split(';');
        let name = parameters.next().unwrap_or("").to_ascii_uppercase();
        let parameters: Vec<String> = parameters.map(str::to_ascii_uppercase).collect();
        let is = |wanted: &str| parameters.iter().any(|parameter| parameter.rsplit('=').next() == Some(wanted));
        let charset = parameters.iter().find_map(|parameter| parameter.strip_prefix("CHARSET="));
        let encoding = charset.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(encoding_rs::UTF_8);
        let value = if is("QUOTED-PRINTABLE") {
            let bytes = quoted_printable_decode(value.as_bytes()).unwrap_or_else(|| value.as_bytes().to_vec());
            encoding.decode_without_bom_handling(&bytes).0.into_owned()
        } else if is("B") || is("BASE64") {
            // Pictures, sound and keys; what of it is text is read.
            if !matches!(name.as_str(), "NOTE" | "FN" | "N") {
                inside.unread = Some(Unread::Scan);
                continue;
            }
            let bytes = base64_decode(value.as_bytes()).unwrap_or_default();
            encoding.decode_without_bom_handling(&bytes).0.into_owned()
        } else {
            value.to_owned()
        };
        let parts = parts(&value);
        let said = parts.join(" ");
        if said.is_empty() {
            continue;
        }
        inside.text.push_str(&format!("{name}: {said}\n"));
        if let [family, given, ..] = parts.as_slice() {
            inside.unseen.push_str(&format!("{given} {family}\n"));
        }
    }
    inside
}

/// The fields of a text, those that go on over several lines as one (RFC 6350, section 3.2; RFC 2045, section 6.7).
fn unfolded(text: &str) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for line in text.lines() {
        match fields.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(line[1..].trim_end()),
            Some(last) if last.ends_with('=') && last.to_ascii_uppercase().contains("QUOTED-PRINTABLE") => {
                last.pop();
                last.push_str(line.trim_end());
            }
            _ => fields.push(line.trim_end().to_owned()),
        }
    }
    fields
}

/// The parts of a value that are not empty, without the marks that keep `;` and `,` within a part.
fn parts(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        let last = parts.len() - 1;
        match c {
            ';' => parts.push(String::new()),
            '\\' => match chars.next() {
                Some('n' | 'N') => parts[last].push('\n'),
                Some(c) => parts[last].push(c),
                None => {}
            },
            c => parts[last].push(c),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_however_they_are_written() {
        let card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E6=\r\n=A2=81;;;\r\n\
                    FN;CHARSET=GBK;QUOTED-PRINTABLE:=C0=EE=C1=BA\r\nNOTE:a\\, b\\;\r\n  c\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n";
        assert!(is_card(card) && !is_card("BEGIN") && !is_card("甲乙丙丁戊己"));
        let inside = read(card);
        for line in ["N: 李 梁\n", "FN: 李梁\n", "NOTE: a, b; c\n"] {
            assert!(inside.text.contains(line), "{line}: {}", inside.text);
        }
        assert_eq!(inside.unseen, "梁 李\n");
        assert_eq!(inside.unread, Some(Unread::Scan));
    }
}
