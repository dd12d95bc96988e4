//! Mail (RFC 5322, MIME): what is written in it, and what is attached.

use std::ops::Range;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::work::Work;
use super::{Inside, MAX_DEPTH, MAX_TEXT, Tells, Unread, markup, read_at, text};

/// Lines that say from which address on a network a mail was sent.
const ORIGINS: &[&str] = &["X-Originating-IP", "X-Sender-IP", "X-Client-IP", "X-Source-IP", "X-Mailer-IP"];

/// Lines at the head of a mail that people wrote or are named in. The others hold numbers of servers, which may look like anything.
const SHOWN: &[&str] = &[
    "From",
    "To",
    "Cc",
    "Bcc",
    "Subject",
    "Reply-To",
    "Sender",
    "Comments",
    "Keywords",
    "Organization",
    "Thread-Topic",
    "Resent-From",
    "Resent-To",
    "Resent-Cc",
    "Resent-Sender",
    "Disposition-Notification-To",
];

/// Lines that stand at the head of every mail, by which one is known.
const USUAL: &[&str] = &[
    "Received",
    "Return-Path",
    "Delivered-To",
    "From",
    "To",
    "Message-ID",
    "MIME-Version",
    "Date",
    "Subject",
    "Content-Type",
];

/// The line that says that the text below is not written as it is read.
const ENCODED: &str = "Content-Transfer-Encoding";

/// The most lines of a head that are looked at.
const MAX_HEAD: usize = 500;

/// How much of a file tells whether it is a mail, in bytes.
const MAX_KNOWN_BY: usize = 64 << 10;

/// The most mails of a mailbox that are read.
const MAX_MAILS: usize = 10_000;

/// Whether a text is a mail: it begins with its lines, or is called one.
pub(super) fn is_mail(text: &str, ending: &str) -> bool {
    let text = text.trim_start_matches(['\n', '\r']);
    // A mailbox begins each mail with a line of its own.
    let text = if text.starts_with("From ") { text.split_once('\n').map_or("", |(_, rest)| rest) } else { text };
    let head = || text.lines().take_while(|line| !line.trim().is_empty()).take(MAX_HEAD);
    let is = |line: &str, names: &[&str]| {
        line.split_once(':').is_some_and(|(name, _)| names.iter().any(|other| name.eq_ignore_ascii_case(other)))
    };
    let fewest = if matches!(ending, "eml" | "mht" | "mhtml" | "mbox" | "emlx") { 1 } else { 4 };
    let count = head().filter(|line| is(line, USUAL)).count();
    count >= fewest || count >= 1 && head().any(|line| is(line, &[ENCODED]))
}

/// Reads a mail, or each mail of a mailbox, their lines included.
pub(super) fn read(bytes: &[u8], depth: usize, work: &mut Work) -> Inside {
    let mut inside = Inside::default();
    let mails = mails(bytes);
    if mails.len() > MAX_MAILS {
        inside.unread = Some(Unread::Broken);
    }
    for range in mails.into_iter().take(MAX_MAILS) {
        match MessageParser::default().parse(&bytes[range.clone()]) {
            Some(mail) => read_one(&mail, depth, &mut inside, work),
            None => inside.add_text(&String::from_utf8_lossy(&bytes[range])),
        }
    }
    inside
}

/// A line of a head whose words are encoded (RFC 2047), as it is read. The library knows only some lines for what they are.
fn decoded(line: &str) -> String {
    let mail = format!("Subject: {}\n\n", line.trim());
    let mail = MessageParser::default().parse(mail.as_bytes());
    mail.and_then(|mail| mail.subject().map(str::to_owned)).unwrap_or_default()
}

/// The files that are attached to a mail, or to those of a mailbox, with their names; none where there is no mail.
pub(super) fn attachments(bytes: &[u8], name: &str) -> Vec<(String, Vec<u8>)> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_KNOWN_BY)]);
    let name = name.strip_suffix(".txt").unwrap_or(name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if !is_mail(&head, &ending) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for range in mails(bytes).into_iter().take(MAX_MAILS) {
        let Some(mail) = MessageParser::default().parse(&bytes[range]) else { continue };
        for part in &mail.parts {
            let attached = match &part.body {
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
                PartType::Message(message) => message.raw_message().to_vec(),
                // A text may be attached as a file.
                PartType::Text(text) | PartType::Html(text) if part.attachment_name().is_some() => {
                    text.as_bytes().to_vec()
                }
                _ => continue,
            };
            found.push((part.attachment_name().unwrap_or("").to_owned(), attached));
        }
    }
    found
}

/// Where the mails of a mailbox stand (RFC 4155): each behind a line that begins with `From `. What is none is one mail.
fn mails(bytes: &[u8]) -> Vec<Range<usize>> {
    if !bytes.starts_with(b"From ") {
        return std::iter::once(0..bytes.len()).collect();
    }
    let starts: Vec<usize> =
        std::iter::once(0).chain(memchr::memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1)).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let behind_line = |start: usize| memchr::memchr(b'\n', &bytes[start..]).map_or(start, |len| start + len + 1);
    starts.iter().zip(ends).map(|(&start, end)| behind_line(start).min(end)..end).collect()
}

/// What encoded words say in a row of one charset (RFC 2047): many programs cut a character in two between two of them, and the
/// library reads each by itself. Nothing where there are no such rows.
fn joined_words(line: &str) -> String {
    let mut said = String::new();
    let mut row: (&str, Vec<u8>) = ("", Vec::new());
    let mut count = 0;
    let flush = |row: &mut (&str, Vec<u8>), said: &mut String| {
        if let Some(encoding) = encoding_rs::Encoding::for_label(row.0.as_bytes()) {
            said.push_str(&encoding.decode(&row.1).0);
        }
        row.1.clear();
    };
    for word in line.split("=?").skip(1) {
        let mut parts = word.splitn(4, '?');
        let (Some(charset), Some(by), Some(text)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let bytes = match by {
            "B" | "b" => data_encoding::BASE64_NOPAD.decode(text.trim_end_matches('=').as_bytes()).unwrap_or_default(),
            _ => quoted(text),
        };
        if !row.0.eq_ignore_ascii_case(charset) {
            flush(&mut row, &mut said);
            row.0 = charset;
        }
        row.1.extend(bytes);
        count += 1;
    }
    flush(&mut row, &mut said);
    if count > 1 { said } else { String::new() }
}

/// The bytes of a word in the encoding Q (RFC 2047, section 4.2).
fn quoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match (first, escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
                continue;
            }
            (b'_', _) => bytes.push(b' '),
            _ => bytes.push(*first),
        }
        rest = after;
    }
    bytes
}

/// Whether a text says that it is written in a way that nobody here reads: escapes of other letters within ASCII.
fn is_unreadable(part: &MessagePart<'_>) -> bool {
    let charset = part.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or("utf-8");
    encoding_rs::Encoding::for_label(charset.as_bytes()) == Some(encoding_rs::REPLACEMENT)
}

fn read_one(mail: &Message<'_>, depth: usize, inside: &mut Inside, work: &mut Work) {
    for header in mail.headers() {
        let name = header.name();
        let raw = mail.raw_message.get(header.offset_start as usize..header.offset_end as usize).unwrap_or_default();
        let raw = String::from_utf8_lossy(raw);
        if SHOWN.iter().any(|shown| name.eq_ignore_ascii_case(shown)) {
            let people = header.value.as_address().into_iter().flat_map(|list| list.iter());
            let people: Vec<String> = people
                .map(|one| format!("{} {}", one.name().unwrap_or(""), one.address().unwrap_or("")).trim().to_owned())
                .collect();
            let line = header.value.as_text().map_or_else(|| people.join(", "), str::to_owned);
            inside.add_text(&format!("{name}: {}\n", if line.is_empty() { raw.trim() } else { line.trim() }));
        }
        // Of the others only what people wrote is encoded, for numbers of servers need not be.
        if !SHOWN.iter().any(|shown| name.eq_ignore_ascii_case(shown)) && raw.contains("=?") {
            inside.add_unseen(&format!("{}\n", decoded(&raw)));
        }
        inside.add_unseen(&joined_words(&raw));
        if ORIGINS.iter().any(|origin| name.eq_ignore_ascii_case(origin)) {
            inside.tell(Tells::Where, name, &raw);
        }
    }
    for part in &mail.parts {
        if inside.unread.is_some() && inside.text.len() > MAX_TEXT {
            break;
        }
        if matches!(part.body, PartType::Text(_) | PartType::Html(_)) && is_unreadable(part) {
            inside.unread = inside.unread.or(Some(Unread::Unknown));
        }
        match &part.body {
            PartType::Text(text) => {
                inside.add_text(text);
                inside.add_text(&otherwise(mail, part, text));
            }
            PartType::Html(html) => {
                inside.add(markup::read(html));
                inside.add(markup::read(&otherwise(mail, part, html)));
            }
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) if depth < MAX_DEPTH => {
                let name = part.attachment_name().unwrap_or("");
                inside.add_text(&format!("{name}\n"));
                let attached = if name.ends_with(".eml") {
                    read(bytes, depth + 1, work)
                } else {
                    read_at(bytes, name, depth + 1, work)
                };
                inside.add(attached);
            }
            PartType::Message(message) if depth < MAX_DEPTH => {
                inside.add(read(message.raw_message(), depth + 1, work));
            }
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) => {
                inside.unread = inside.unread.or(Some(Unread::Unknown));
            }
            PartType::Multipart(_) => {}
        }
        inside.add_text("\n");
    }
}

/// A text that does not say how it is written, or says it wrongly, read as what it looks like.
fn otherwise(mail: &Message<'_>, part: &MessagePart<'_>, read: &str) -> String {
    let charset = part.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or("us-ascii");
    let is_western = ["us-ascii", "ascii", "iso-8859", "windows-125", "latin", "unknown"]
        .iter()
        .any(|western| charset.get(..western.len()).is_some_and(|start| start.eq_ignore_ascii_case(western)));
    if read.is_ascii() || !(is_western || read.contains('\u{fffd}')) {
        return String::new();
    }
    let raw = mail.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    let decoded = bytes.and_then(|bytes| text::decode(&bytes));
    decoded.map(|decoded| format!("\n{}{}", decoded.text, decoded.other.unwrap_or_default())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_0(bytes: &[u8]) -> Inside {
        read(bytes, 0, &mut Work::new(bytes.len()))
    }

    #[test]
    fn a_mail_is_read_with_its_parts_and_what_is_attached() {
        let mail = "From: =?utf-8?B?55Sy?= <a@example.com>\r\nTo: b@example.com\r\nSubject: =?utf-8?B?55S16K+d?=\r\n\
                    X-Originating-IP: [192.0.2.1]\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
                    --x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>one<br>two</p><style>p{}</style>\r\n\
                    --x\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\
                    Content-Transfer-Encoding: base64\r\n\r\n5LiJ\r\n--x--\r\n";
        assert!(is_mail(mail, "eml") && !is_mail("From: a book\n\nText", "txt"));
        let inside = read_0(mail.as_bytes());
        for words in ["甲 a@example.com", "电话", "one\ntwo", "三"] {
            assert!(inside.text.contains(words), "{words}: {}", inside.text);
        }
        assert!(!inside.text.contains("p{}"));
        assert_eq!(inside.metadata[0].value, "[192.0.2.1]");
        for end in (0..mail.len()).step_by(11) {
            read_0(&mail.as_bytes()[..end]);
        }
    }

    #[test]
    fn words_of_a_head_are_read_over_a_cut_within_a_character() {
        let bytes = "证人林晓芸".as_bytes();
        let word = |part: &[u8]| format!("=?utf-8?B?{}?=", base64_of(part));
        let subject = format!("Subject: {}\r\n {}", word(&bytes[..10]), word(&bytes[10..]));
        let inside = read_0(format!("From: a@example.com\r\n{subject}\r\n\r\nx").as_bytes());
        assert!(inside.unseen.contains("证人林晓芸"), "{}", inside.unseen);
        assert_eq!(joined_words("=?utf-8?Q?a=E6=9E?= =?utf-8?q?=97_b?="), "a林 b");
    }

    #[test]
    fn a_mail_in_a_charset_that_nobody_reads_says_so() {
        let mail = "From: a@example.com\r\nContent-Type: text/plain; charset=hz-gb-2312\r\n\r\n~{AVJ>~}";
        assert_eq!(read_0(mail.as_bytes()).unread, Some(Unread::Unknown));
        assert_eq!(read_0(mail.replace("hz-gb-2312", "gbk").as_bytes()).unread, None);
    }

    fn said(head: &str, body: &[u8]) -> String {
        read_0(&[head.as_bytes(), b"\r\n\r\n", body].concat()).text
    }

    #[test]
    fn mail_in_the_encodings_of_china_is_read_and_so_are_the_names_at_its_head() {
        use encoding_rs::{BIG5, GB18030};
        for (charset, encoding, words) in [
            ("gb18030", GB18030, "证人林晓芸"),
            ("gbk", GB18030, "证人林晓芸"),
            ("gb2312", GB18030, "证人林晓芸"),
            ("big5", BIG5, "證人林曉芸"),
            // It says nothing of its encoding, or another than it has.
            ("us-ascii", GB18030, "你好，的，证人林晓芸"),
            ("utf-8", GB18030, "你好，的，证人林晓芸"),
        ] {
            let bytes = encoding.encode(words).0.into_owned();
            let base64 = base64_of(&bytes);
            let quoted: String = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
            for (how, body) in
                [("base64", base64.as_bytes()), ("quoted-printable", quoted.as_bytes()), ("8bit", &bytes)]
            {
                let head = format!(
                    "From: a@example.com\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {how}"
                );
                let text = said(&head, body);
                assert!(text.contains(words), "{charset} {how}: {text}");
            }
            if encoding == GB18030 && charset.starts_with("gb") {
                let head =
                    format!("From: =?{charset}?B?{base64}?= <a@example.com>\r\nSubject: =?{charset}?B?{base64}?=");
                assert_eq!(said(&head, b"x").matches(words).count(), 2);
            }
        }
    }

    /// Bytes in base64 (RFC 4648).
    fn base64_of(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let of = |three: &[u8]| {
            let bits = three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
            let digit = |at: usize| char::from(DIGITS[(bits >> (18 - 6 * at)) as usize & 63]);
            (0..4).map(|at| if at <= three.len() { digit(at) } else { '=' }).collect::<String>()
        };
        bytes.chunks(3).map(of).collect()
    }

    #[test]
    fn a_mail_is_known_under_the_name_it_is_published_by_and_below_many_lines() {
        let mail = "From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n\n=E6=9E=97=E6=99=93";
        let late = format!("{}{mail}", "X-Line: of a server\n".repeat(40));
        for text in [mail, &late] {
            for name in ["a.eml", "a.eml.txt", "a.txt"] {
                assert!(crate::read(text.as_bytes(), name).text.contains("林晓"), "{name}: {text}");
            }
        }
        let mailbox = format!("From a Mon\n{}\n\nFrom b Tue\n{mail}\n", mail.replace("=E6=9E=97=E6=99=93", "hello"));
        let inside = crate::read(mailbox.as_bytes(), "a.mbox");
        assert!(inside.text.contains("hello") && inside.text.contains("林晓"), "{}", inside.text);
    }
}
