//! Mail (RFC 5322, MIME): what is written in it, and what is attached.

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::{Inside, MAX_DEPTH, MAX_TEXT, Tells, markup, read_at};

/// Lines that say from which address on a network a mail was sent.
const ORIGINS: &[&str] = &["X-Originating-IP", "X-Sender-IP", "X-Client-IP", "X-Source-IP", "X-Mailer-IP"];

/// Whether a text is a mail: it begins with its lines, or is called one.
pub(super) fn is_mail(text: &str, ending: &str) -> bool {
    let names =
        ["Received:", "Return-Path:", "Delivered-To:", "From:", "Message-ID:", "MIME-Version:", "Date:", "Subject:"];
    let first = text.lines().take(30).filter(|line| names.iter().any(|name| line.starts_with(name))).count();
    first >= if matches!(ending, "eml" | "mht" | "mhtml") { 1 } else { 4 }
}

/// Reads a mail, its lines included.
pub(super) fn read(bytes: &[u8], depth: usize) -> Inside {
    let mut inside = Inside::default();
    let Some(mail) = MessageParser::default().parse(bytes) else { return inside };
    for (name, value) in mail.headers_raw() {
        let is_shown = ["From", "To", "Cc", "Bcc", "Subject", "Reply-To", "Sender"]
            .iter()
            .any(|shown| name.eq_ignore_ascii_case(shown));
        if is_shown {
            let line = mail.header(name).and_then(|header| header.as_text()).unwrap_or(value);
            inside.text.push_str(&format!("{name}: {}\n", line.trim()));
        }
        if ORIGINS.iter().any(|origin| name.eq_ignore_ascii_case(origin)) {
            inside.tell(Tells::Where, name, value);
        }
    }
    for address in mail.from().into_iter().chain(mail.to()).flat_map(|list| list.iter()) {
        inside.text.push_str(&format!("{} {}\n", address.name().unwrap_or(""), address.address().unwrap_or("")));
    }
    for part in &mail.parts {
        if inside.text.len() > MAX_TEXT {
            break;
        }
        match &part.body {
            PartType::Text(text) => inside.text.push_str(text),
            PartType::Html(html) => inside.text.push_str(&markup::read(html).text),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) if depth < MAX_DEPTH => {
                let name = part.attachment_name().unwrap_or("");
                inside.text.push_str(&format!("{name}\n"));
                let attached =
                    if name.ends_with(".eml") { read(bytes, depth + 1) } else { read_at(bytes, name, depth + 1) };
                inside.add(attached);
            }
            PartType::Message(message) if depth < MAX_DEPTH => {
                inside.add(read(message.raw_message(), depth + 1));
            }
            _ => {}
        }
        inside.text.push('\n');
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_read_with_its_parts_and_what_is_attached() {
        let mail = "From: =?utf-8?B?55Sy?= <a@example.com>\r\nTo: b@example.com\r\nSubject: =?utf-8?B?55S16K+d?=\r\n\
                    X-Originating-IP: [192.0.2.1]\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
                    --x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>one<br>two</p><style>p{}</style>\r\n\
                    --x\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\
                    Content-Transfer-Encoding: base64\r\n\r\n5LiJ\r\n--x--\r\n";
        assert!(is_mail(mail, "eml") && !is_mail("From: a book\n\nText", "txt"));
        let inside = read(mail.as_bytes(), 0);
        for words in ["甲 a@example.com", "电话", "one\ntwo", "三"] {
            assert!(inside.text.contains(words), "{words}: {}", inside.text);
        }
        assert!(!inside.text.contains("p{}"));
        assert_eq!(inside.metadata[0].value, "[192.0.2.1]");
        for end in (0..mail.len()).step_by(11) {
            read(&mail.as_bytes()[..end], 0);
        }
    }
}
