//! What of a source is not shown as it is written, and why: all there is.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memchr;

use super::counts;
use crate::document::{html, latex};

/// A way past a part of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The byte where it begins.
    pub from: usize,
    /// The byte where it ends.
    pub to: usize,
    /// What is shown for it.
    pub take: Take,
}

/// What is shown for a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// Nothing.
    Nothing,
    /// One letter or digit.
    Letter(char),
    /// A letter that has a name in HTML; no letter of ASCII has.
    Named,
    /// A formula.
    Formula,
}

/// One kind of thing that is not shown as it is written.
pub struct Exception {
    /// What it is.
    pub name: &'static str,
    /// Why it need not be shown.
    pub reason: &'static str,
    /// Where such a thing may begin.
    begins: Begins,
    /// Notes the ways past it, if it stands at that byte. It may note too many: what is written there may then be shown or
    /// left out, but never in part.
    find: fn(&mut Scan<'_>, usize),
    /// Sources with what is shown of them.
    pub examples: &'static [(&'static str, &'static str)],
    /// Sources with what would be too little or too much.
    pub near: &'static [(&'static str, &'static str)],
}

/// Where a thing may begin.
enum Begins {
    /// At the start of the document.
    Document,
    /// Where the text of a line begins, behind the marks of quotes and lists.
    Line,
    /// At one of these bytes.
    At(&'static [u8]),
}

/// Every exception.
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        name: "front matter",
        reason: "it tells the program what a document is; its title is told as the page's",
        begins: Begins::Document,
        find: front_matter,
        examples: &[
            ("---\ntitle: a\n---\n甲", "甲"),
            ("+++\ntitle = 'a'\n+++\n甲", "甲"),
            ("<!-- b -->\n\n---\ntitle: a\n---\n甲", "甲"),
        ],
        near: &[("甲\n---\ntitle: a\n---\n乙", "甲乙"), ("---\ntitle: a\n\n甲", "甲")],
    },
    Exception {
        name: "comment",
        reason: "nobody but the author is to read it",
        begins: Begins::At(b"<"),
        find: comment,
        examples: &[("甲<!-- b -->丙", "甲丙"), ("甲\n<?php b ?>\n丙", "甲丙")],
        near: &[("甲<!-- b 丙", "甲"), ("甲<!- b ->丙", "甲丙")],
    },
    Exception {
        name: "tag of HTML",
        reason: "it is markup; what it says with its attributes is no text, but for the description of a picture",
        begins: Begins::At(b"<"),
        find: tag,
        examples: &[
            ("<b class=\"x\">甲</b><br/>乙", "甲乙"),
            ("甲<o:p></o:p>乙", "甲乙"),
            ("<img src=\"a.png\" alt=\"图\">", "图"),
            ("<银行 name>", "银行name"),
        ],
        near: &[("<b class=\"x\">甲</b>", ""), ("<img src=\"a.png\" alt=\"图\">", ""), ("a < b and c > d", "a d")],
    },
    Exception {
        name: "character reference",
        reason: "it is the name of the character that is shown",
        begins: Begins::At(b"&"),
        find: reference,
        examples: &[("&amp;&lt;甲&#20057;&#x4e19;&nbsp;&eacute;", "甲乙丙é"), ("`&amp;`", "amp")],
        near: &[("&#20057;", ""), ("&甲;", ""), ("AT&T", "AT")],
    },
    Exception {
        name: "target of a link or picture",
        reason: "it is where the link leads; a title is shown when somebody points at it",
        begins: Begins::At(b"]"),
        find: target,
        examples: &[("[甲](b.md)乙", "甲乙"), ("![甲](<b c.png> \"丁\")", "甲"), ("[甲](b_(c).md \"丁\")", "甲丁")],
        near: &[("[甲](b.md)乙", "甲"), ("[甲] (b)", "甲"), ("[甲](b.md \"丁", "甲")],
    },
    Exception {
        name: "target of a link in double brackets",
        reason: "it is where the link leads; what stands behind a bar is shown, or is the size of a picture",
        begins: Begins::At(b"["),
        find: double_brackets,
        examples: &[("[[b|甲]]乙", "甲乙"), ("![[b.png|300]]甲", "甲"), ("[[甲]]", "甲")],
        near: &[("[[甲]]", ""), ("[[b|甲]]", ""), ("[b|甲]", "甲")],
    },
    Exception {
        name: "path between round brackets",
        reason: "it is where a link leads that is written with spaces or full-width brackets",
        begins: Begins::At(&[b']', "】".as_bytes()[0], "］".as_bytes()[0]]),
        find: loose_target,
        examples: &[
            ("[甲](b c.md)", "甲"),
            ("![甲](b (2).png)丙", "甲丙"),
            ("！【甲】（b.png）", "甲"),
            ("[甲]（https://b）", "甲"),
            ("［甲］(https://b)", "甲"),
        ],
        near: &[("[甲](乙 丙)", "甲"), ("【甲】（乙）", "甲"), ("甲（b.png）", "甲")],
    },
    Exception {
        name: "place of a table of contents",
        reason: "every page has its contents",
        begins: Begins::Line,
        find: contents,
        examples: &[("[TOC]\n甲", "甲"), ("[[_TOC_]]", "")],
        near: &[("甲 [TOC]", "甲"), ("[TOP]", "")],
    },
    Exception {
        name: "picture of Hugo or Hexo",
        reason: "it is markup; the description of the picture or what stands below it is shown",
        begins: Begins::Line,
        find: figure,
        examples: &[
            ("{{< figure src=\"b.png\" caption=\"甲\" >}}", "甲"),
            ("{{< figure src=b.png title=甲 caption=乙 >}}", "甲乙"),
            ("{% asset_img b.png 甲 %}", "甲"),
        ],
        near: &[("{{< figure src=\"b.png\" caption=\"甲\" >}}", ""), ("{{< gallery b >}}", "")],
    },
    Exception {
        name: "name of a link's target",
        reason: "it stands for the target, which is defined elsewhere",
        begins: Begins::At(b"]"),
        find: target_name,
        examples: &[("[甲][b]\n\n[b]: c.md", "甲")],
        near: &[("[甲][b]", "甲")],
    },
    Exception {
        name: "definition of a link's target",
        reason: "it is where a link leads, or a comment",
        begins: Begins::Line,
        find: definition,
        examples: &[
            ("[b]\n\n> [B]: c.md 'd'", "b"),
            ("甲\n\n[//]: # (乙)\n", "甲"),
            ("[b]\n\n[b]: c.md\n  \"d\"\n甲", "b甲"),
        ],
        near: &[
            ("甲\n\n[日期]: 2031-05-04\n", "甲"),
            ("[^1]: 甲", "1"),
            ("[b]\n\n[b]: c.md\n甲", "b"),
            ("[b]\n\n[b]: c.md\n[b]: d.md", "b"),
        ],
    },
    Exception {
        name: "number of a list",
        reason: "the list shows it",
        begins: Begins::Line,
        find: list_number,
        examples: &[("1. 甲\n2) 乙\n> - 3. 丙", "甲乙丙")],
        near: &[("1.5 甲", "甲"), ("甲 2. 乙", "甲乙"), ("1234567890. 甲", "甲")],
    },
    Exception {
        name: "box of a task",
        reason: "the list shows it",
        begins: Begins::Line,
        find: task,
        examples: &[("- [x] 甲\n- [ ] 乙", "甲乙")],
        near: &[("- [y] 甲", "甲")],
    },
    Exception {
        name: "language of a code block",
        reason: "it tells programs how to colour the code",
        begins: Begins::Line,
        find: fence,
        examples: &[("```rust\nb\n```", "b")],
        near: &[("``rust``", ""), ("```rust\nb\n```", "")],
    },
    Exception {
        name: "kind of an alert",
        reason: "a word of the program's stands for it",
        begins: Begins::Line,
        find: alert,
        examples: &[("> [!NOTE]\n> 甲", "甲"), ("> [!my-own|right]- 甲\n> 乙", "甲乙")],
        near: &[("> [NOTE]\n> 甲", "甲"), ("[!甲]", "")],
    },
    Exception {
        name: "tag of GitBook",
        reason: "it is markup; the title of a tab and the target of a card are shown",
        begins: Begins::Line,
        find: gitbook,
        examples: &[
            ("{% hint style=\"info\" %}\n甲\n{% endhint %}", "甲"),
            ("{% tab title=\"乙\" %}", "乙"),
            ("{% file src=\"b.pdf\" caption=\"乙\" %}", "bpdf乙"),
            ("{% content-ref url=\"b.md\" %}\n[b.md](b.md)\n{% endcontent-ref %}", "bmd"),
        ],
        near: &[("甲 {% hint %}", "甲"), ("{% include 'b' %}", ""), ("{% tab title=\"乙丙\" %}", "乙")],
    },
    Exception {
        name: "who speaks, beside an item's number",
        reason: "it tells the program what a word of the page's then says",
        begins: Begins::At(b"{"),
        find: stance,
        examples: &[("1-1，{by=bot disputes} 甲", "11甲")],
        near: &[("{by} 甲", "甲"), ("{bystander=b} 甲", "甲")],
    },
    Exception {
        name: "address of a heading",
        reason: "it is the heading's id",
        begins: Begins::At(b"{"),
        find: heading_id,
        examples: &[("# 甲 {#b .c}\n", "甲"), ("# 甲 {#b}", "甲"), ("# 甲 {: .c #b }\n", "甲")],
        near: &[("# 甲 {b}\n", "甲"), ("甲 {#b}\n", "甲")],
    },
    Exception {
        name: "formula",
        reason: "it is set as mathematics: all its digits are shown, and signs for its commands",
        begins: Begins::At(b"$\\"),
        find: formula,
        examples: &[("$1+2=3$", "1 2 3")],
        near: &[("$1+2=3$", "1 2")],
    },
];

/// A source that is read for exceptions.
struct Scan<'a> {
    text: &'a str,
    names: &'a Names,
    /// How far is looked for the ends of exceptions: a little beyond the part that is read, as what shows the end of one
    /// may stand behind it.
    end: usize,
    /// Where the end of a comment stands that was looked for last, and from where on.
    comment_end: Option<(&'static str, usize, Option<usize>)>,
    found: Vec<Passage>,
}

/// The names in brackets of a text, found when they are first asked for.
#[derive(Default)]
pub(super) struct Names(OnceCell<BTreeMap<String, Name>>);

/// A name in brackets.
#[derive(Default)]
struct Name {
    /// Whether it stands anywhere but where it is defined.
    is_used: bool,
    /// Where it is defined first.
    defined: Option<usize>,
}

impl<'a> Scan<'a> {
    fn pass(&mut self, from: usize, to: usize, take: Take) {
        self.found.push(Passage { from, to, take });
    }

    fn skip(&mut self, from: usize, to: usize) {
        self.pass(from, to, Take::Nothing);
    }

    /// Leaves out what lies between two bytes, but for one of these parts of it or none.
    fn skip_around(&mut self, from: usize, to: usize, parts: &[Range<usize>]) {
        self.skip(from, to);
        self.keep(from, to, parts);
    }

    /// Leaves out what lies between two bytes, but for some of these parts of it.
    fn keep(&mut self, from: usize, to: usize, parts: &[Range<usize>]) {
        for (index, part) in parts.iter().enumerate() {
            self.skip(from, part.start);
            self.skip(part.end, to);
            parts[index + 1..].iter().for_each(|later| self.skip(part.end, later.start));
        }
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..self.end).unwrap_or("")
    }

    /// The rest of the line from byte `at` on.
    fn line(&self, at: usize) -> &'a str {
        let rest = self.text.get(at..).unwrap_or("");
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
        &rest[..end.unwrap_or(rest.len())]
    }

    /// What stands on the line from byte `at` on, at most `len` bytes of it.
    fn line_within(&self, at: usize, len: usize) -> &'a str {
        let end = self.text.floor_char_boundary((at + len).min(self.text.len()));
        let rest = self.text.get(at..end).unwrap_or("");
        &rest[..memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())]
    }

    /// The line up to byte `at`.
    fn line_before(&self, at: usize) -> &'a str {
        let start = memchr::memrchr2(b'\n', b'\r', &self.text.as_bytes()[..at]);
        &self.text[start.map_or(0, |start| start + 1)..at]
    }

    /// Where `end` stands first from byte `from` on. Of comments that lie in each other the text is looked through once.
    fn end_of_comment(&mut self, end: &'static str, from: usize) -> Option<usize> {
        if let Some((looked_for, since, found)) = self.comment_end
            && looked_for == end
            && since <= from
            && found.is_none_or(|found| from <= found)
        {
            return found;
        }
        let found = self.rest(from).find(end).map(|len| from + len);
        self.comment_end = Some((end, from, found));
        found
    }

    /// Whether the definition that begins at `at`, or any, gives a target to a link with these words.
    fn is_used(&self, words: &str, at: Option<usize>) -> bool {
        let name = self.names.0.get_or_init(|| names(self.text)).get(&folded(words));
        name.is_some_and(|name| name.is_used && name.defined.is_some() && (at.is_none() || name.defined == at))
    }
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Where the next bracket stands. Names of links are no longer than 999 characters.
fn bracket(text: &str) -> Option<usize> {
    text.bytes().take(1000).position(|byte| matches!(byte, b'[' | b']'))
}

fn names(text: &str) -> BTreeMap<String, Name> {
    let mut all: BTreeMap<String, Name> = BTreeMap::new();
    for (open, _) in text.match_indices('[') {
        let inside = &text[open + 1..];
        let Some(end) = bracket(inside) else { continue };
        let name = all.entry(folded(&inside[..end])).or_default();
        let before = text.as_bytes()[..open].iter().rev();
        let before = before.copied().find(|byte| !matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+'));
        let begins = before.is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        if begins && inside[end..].starts_with("]:") {
            name.defined.get_or_insert(open);
        } else {
            name.is_used = true;
        }
    }
    all
}

/// How many bytes of what shows where an exception ends may stand behind it.
const MAX_END: usize = 16;

/// The ways past what lies in a part of a text, by where they begin.
pub(super) fn passages(text: &str, names: &Names, range: Range<usize>) -> Vec<Passage> {
    let end = text.ceil_char_boundary(range.end + MAX_END);
    let mut scan = Scan { text, names, end, comment_end: None, found: Vec::new() };
    let run = |scan: &mut Scan<'_>, begins: fn(&Begins) -> bool, at: usize| {
        EXCEPTIONS
            .iter()
            .filter(|exception| begins(&exception.begins))
            .for_each(|exception| (exception.find)(scan, at));
    };
    if range.start == 0 {
        run(&mut scan, |begins| matches!(begins, Begins::Document), 0);
    }
    let bytes = text.as_bytes();
    let line_after = |from: usize| {
        let end = memchr::memchr2(b'\n', b'\r', bytes.get(from..range.end).unwrap_or_default());
        end.map_or(bytes.len(), |n| from + n + 1)
    };
    let mut line = line_at_whose_start(bytes, range.start).unwrap_or_else(|| line_after(range.start));
    while line <= range.end && line < bytes.len() {
        for at in starts(text, line).into_iter().filter(|at| range.contains(at)) {
            run(&mut scan, |begins| matches!(begins, Begins::Line), at);
        }
        line = line_after(line.max(range.start));
    }
    for at in range.clone().filter(|&at| BEGINNINGS[usize::from(bytes[at])]) {
        for exception in EXCEPTIONS {
            if let Begins::At(signs) = exception.begins
                && signs.contains(&bytes[at])
            {
                (exception.find)(&mut scan, at);
            }
        }
    }
    let mut found = scan.found;
    found.retain(|passage| range.start <= passage.from && passage.from < passage.to && passage.to <= range.end);
    found.sort_by_key(|passage| (passage.from, passage.to));
    found
}

/// The bytes at which an exception may begin.
const BEGINNINGS: [bool; 256] = {
    let mut all = [false; 256];
    let mut exception = 0;
    while exception < EXCEPTIONS.len() {
        if let Begins::At(signs) = EXCEPTIONS[exception].begins {
            let mut sign = 0;
            while sign < signs.len() {
                all[signs[sign] as usize] = true;
                sign += 1;
            }
        }
        exception += 1;
    }
    all
};

/// How many marks of quotes and lists of one line are looked behind: nothing is read deeper than that.
const MAX_STARTS: usize = 100;

/// How many bytes the marks of quotes and lists of one line may take.
const MAX_MARKS: usize = 4096;

/// Where the line begins of which nothing but marks of quotes and lists stands before byte `at`.
fn line_at_whose_start(bytes: &[u8], at: usize) -> Option<usize> {
    let is_mark = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9');
    let start = at - bytes[..at].iter().rev().take(MAX_MARKS).take_while(|byte| is_mark(byte)).count();
    (start == 0 || matches!(bytes[start - 1], b'\n' | b'\r')).then_some(start)
}

/// Where the text of a line may begin: at its start, and behind each mark of a quote or list.
fn starts(text: &str, line: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    let mut at = line;
    loop {
        while bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            at += 1;
        }
        all.push(at);
        match bytes.get(at) {
            _ if all.len() == MAX_STARTS => return all,
            Some(b'>') => at += 1,
            Some(b'-' | b'*' | b'+') if is_gap(bytes, at + 1) => at += 1,
            Some(b'0'..=b'9') => match number_end(bytes, at) {
                Some(end) => at = end,
                None => return all,
            },
            _ => return all,
        }
    }
}

fn is_gap(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// One past the mark of a list that is a number.
fn number_end(bytes: &[u8], at: usize) -> Option<usize> {
    let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_mark = (1..10).contains(&digits) && matches!(bytes.get(at + digits), Some(b'.' | b')'));
    (is_mark && is_gap(bytes, at + digits + 1)).then_some(at + digits + 1)
}

fn front_matter(scan: &mut Scan<'_>, _: usize) {
    let mut rest = scan.text.trim_start();
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        rest = after.trim_start();
    }
    let from = scan.text.len() - rest.len();
    if rest.starts_with('{') {
        let mut objects = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
        if objects.next().is_some_and(|object| object.is_ok()) {
            scan.skip(from, from + objects.byte_offset());
        }
        return;
    }
    if rest.starts_with(['"', ';']) {
        if let Some(end) = rest.find("\n;;;") {
            scan.skip(from, from + end + 4);
        }
        return;
    }
    let mut lines = rest.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| matches!(line.trim_end(), "---" | "+++")) else { return };
    let ends: &[&str] = if first.starts_with('-') { &["---", "..."] } else { &["+++"] };
    let mut at = from + first.len();
    for line in lines {
        at += line.len();
        if ends.contains(&line.trim_end()) {
            scan.skip(from, at);
            return;
        }
    }
}

/// The longest link of a wiki, in bytes.
const MAX_BRACKETS: usize = 1000;

fn double_brackets(scan: &mut Scan<'_>, at: usize) {
    let Some(inside) = scan.line_within(at, MAX_BRACKETS).strip_prefix("[[") else { return };
    let Some(len) = inside.find([']', '[', '\n']).filter(|&len| inside[len..].starts_with("]]")) else { return };
    if let Some(bar) = inside[..len].find('|') {
        scan.skip(at, at + 2 + bar + 1);
    }
    if scan.text[..at].ends_with(['!', '！']) {
        scan.skip(at, at + 2 + len + 2);
    }
}

fn loose_target(scan: &mut Scan<'_>, at: usize) {
    let rest = scan.rest(at);
    let opens = ["](", "]（", "】(", "】（", "］(", "］（", "] ("];
    let Some(open) = opens.into_iter().find(|open| rest.starts_with(open)) else { return };
    let inside = &rest[open.len()..];
    let mut depth = 0_usize;
    let mut closes = |c: char| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth > 0 => depth -= 1,
            ')' | '）' | '\n' => return true,
            _ => {}
        }
        false
    };
    let close = inside.char_indices().take(1000).find(|&(_, c)| closes(c));
    let Some((len, _)) = close.filter(|(_, c)| *c != '\n') else { return };
    let path = inside[..len].trim();
    let has_ending =
        path.rsplit_once('.').is_some_and(|(_, ending)| ending.starts_with(|c: char| c.is_ascii_alphabetic()));
    if has_ending || path.contains("://") {
        scan.skip(at, at + open.len() + len);
    }
}

fn contents(scan: &mut Scan<'_>, at: usize) {
    if !scan.rest(at).starts_with(['[', '{', '_', '@', '$']) {
        return;
    }
    let line = scan.line(at);
    let word = line.trim().trim_matches(['[', ']', '{', '}', '_', '@', '$', ':', '.']);
    if word.eq_ignore_ascii_case("toc") && line.trim() != word {
        scan.skip(at, at + line.len());
    }
}

fn figure(scan: &mut Scan<'_>, at: usize) {
    if !scan.rest(at).starts_with("{{") && !scan.rest(at).starts_with("{%") {
        return;
    }
    let line = scan.line(at);
    let name = line.trim_start_matches(['{', '<', '%', ' ']);
    if name.starts_with("figure ") {
        let values = attributes(line, '}').map(|(_, values)| values).unwrap_or_default();
        let shown = |key: &str| matches!(key, "title" | "caption" | "alt" | "attr");
        let values: Vec<_> = values.into_iter().filter(|(key, _)| shown(key)).collect();
        let parts: Vec<_> = values.into_iter().map(|(_, value)| at + value.start..at + value.end).collect();
        match parts.is_empty() {
            true => scan.skip(at, at + line.len()),
            false => scan.keep(at, at + line.len(), &parts),
        }
    } else if name.starts_with("asset_img ") {
        let words = line.find('.').and_then(|dot| Some(dot + line[dot..].find(' ')?)).unwrap_or(line.len());
        scan.skip(at, at + words);
    }
}

fn comment(scan: &mut Scan<'_>, at: usize) {
    let rest = scan.rest(at);
    for (begin, end) in [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<![", "]>"), ("<!", ">")] {
        let Some(inside) = rest.strip_prefix(begin) else { continue };
        if begin == "<!" && !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return;
        }
        // In `<!-->` the two dashes are the beginning and the end.
        let from = begin.len().min(2);
        if let Some(found) = scan.end_of_comment(end, at + from) {
            scan.skip(at, found + end.len());
            return;
        }
    }
}

fn tag(scan: &mut Scan<'_>, at: usize) {
    let rest = scan.rest(at);
    let name = rest[1..].trim_start_matches('/');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return;
    }
    let name_len = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':')).unwrap_or(name.len());
    if name[..name_len].contains(':') && !html::is_office(&name[..name_len].to_ascii_lowercase()) {
        return;
    }
    if !name[name_len..].starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')) {
        return;
    }
    let Some((len, values)) = attributes(rest, '>') else { return };
    let alt = values.iter().find(|(key, _)| key.eq_ignore_ascii_case("alt")).map(|(_, value)| value);
    let alt =
        alt.filter(|value| name[..name_len].eq_ignore_ascii_case("img") && rest[(*value).clone()].contains(counts));
    match alt {
        Some(value) => scan.keep(at, at + len, std::slice::from_ref(&(at + value.start..at + value.end))),
        None => scan.skip(at, at + len),
    }
}

/// The values of the attributes of a tag, each with its name and its bytes.
type Values<'a> = Vec<(&'a str, Range<usize>)>;

/// How long a tag is that ends with `end`, and the values of its attributes.
fn attributes<'a>(tag: &'a str, end: char) -> Option<(usize, Values<'a>)> {
    let mut values = Vec::new();
    let mut at = 1;
    loop {
        at += tag[at..].find(['"', '\'', '=', end])?;
        let c = tag[at..].chars().next()?;
        if c == end {
            return Some((at + 1, values));
        }
        let key_of = |before: &'a str| before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
        if c == '=' {
            let value = &tag[at + 1..];
            let len =
                value.find(|c: char| c.is_whitespace() || c == end || c == '"' || c == '\'').unwrap_or(value.len());
            if len > 0 {
                values.push((key_of(tag[..at].trim_end()).unwrap_or(""), at + 1..at + 1 + len));
            }
            at += 1 + len;
            continue;
        }
        // A quotation mark in running text is none.
        let before = tag[..at].trim_end();
        let Some(before) = before.strip_suffix('=') else {
            at += 1;
            continue;
        };
        let key = key_of(before.trim_end()).unwrap_or("");
        let len = tag[at + 1..].find(c)?;
        values.push((key, at + 1..at + 1 + len));
        at += len + 2;
    }
}

fn reference(scan: &mut Scan<'_>, at: usize) {
    let rest = scan.rest(at);
    let end = rest.bytes().take(34).position(|byte| byte == b';').filter(|&end| end > 1);
    let Some(end) = end else { return };
    let name = &rest[1..end];
    let take = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            let Ok(code) = hexadecimal.unwrap_or_else(|| number.parse()) else { return };
            char::from_u32(code).filter(|&c| counts(c)).map_or(Take::Nothing, Take::Letter)
        }
        None if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => return,
        None => {
            scan.skip(at, at + end + 1);
            Take::Named
        }
    };
    scan.pass(at, at + end + 1, take);
}

fn target(scan: &mut Scan<'_>, at: usize) {
    let rest = scan.rest(at);
    if !rest.starts_with("](") {
        return;
    }
    let Some((len, title)) = destination(&rest[2..]) else { return };
    let after = &rest[2 + len..];
    let gap = after.len() - after.trim_start().len();
    if after[gap..].starts_with(')') {
        let end = at + 2 + len + gap + 1;
        let title = title.map(|title| at + 2 + title.start..at + 2 + title.end);
        scan.skip_around(at, end, title.as_slice());
    }
}

/// How long the target of a link is with its title, and where the title stands.
fn destination(text: &str) -> Option<(usize, Option<Range<usize>>)> {
    let mut at = text.len() - text.trim_start().len();
    if let Some(inside) = text[at..].strip_prefix('<') {
        at += inside.find(['>', '\n']).filter(|&end| inside[end..].starts_with('>'))? + 2;
    } else {
        let mut depth = 0;
        let mut escaped = false;
        for (offset, c) in text[at..].char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '(' => depth += 1,
                ')' if depth == 0 => {
                    at += offset;
                    return Some((at, None));
                }
                ')' => depth -= 1,
                c if c.is_ascii_whitespace() || c.is_ascii_control() => {
                    at += offset;
                    return Some(with_title(text, at));
                }
                _ => {}
            }
        }
        return Some((text.len(), None));
    }
    Some(with_title(text, at))
}

/// The title that follows a target, if one does.
fn with_title(text: &str, at: usize) -> (usize, Option<Range<usize>>) {
    let rest = &text[at..];
    let trimmed = rest.trim_start();
    let gap = rest.len() - trimmed.len();
    let close = match trimmed.chars().next() {
        Some('"') => '"',
        Some('\'') => '\'',
        Some('(') => ')',
        _ => return (at, None),
    };
    let mut escaped = false;
    let end = trimmed[1..].find(|c| {
        let ends = c == close && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    match end.filter(|_| gap > 0) {
        Some(end) => (at + gap + end + 2, Some(at + gap + 1..at + gap + 1 + end)),
        None => (at, None),
    }
}

fn target_name(scan: &mut Scan<'_>, at: usize) {
    let Some(inside) = scan.rest(at).strip_prefix("][") else { return };
    let Some(end) = inside.find(['[', ']']).filter(|&end| inside[end..].starts_with(']')) else { return };
    if scan.is_used(&inside[..end], None) {
        scan.skip(at, at + 2 + end + 1);
    }
}

fn definition(scan: &mut Scan<'_>, at: usize) {
    let Some(inside) = scan.rest(at).strip_prefix('[').filter(|inside| !inside.starts_with('^')) else { return };
    let Some(end) = bracket(inside).filter(|&end| inside[end..].starts_with("]:")) else { return };
    let words = &inside[..end];
    let Some((len, title)) = definition_target(&inside[end + 2..]) else { return };
    let from = at + 1 + end + 2;
    let is_comment = scan.text[from..from + len].trim_start().starts_with('#');
    if is_comment || scan.is_used(words, Some(at)) {
        scan.skip(at, from + len);
        if let Some(title) = title {
            scan.skip(at, from + title);
        }
    }
}

/// How long the target of a definition is, and with a title on its line or the next.
fn definition_target(text: &str) -> Option<(usize, Option<usize>)> {
    let spaces = text.len() - text.trim_start().len();
    let rest = &text[spaces..];
    let len = match rest.strip_prefix('<') {
        Some(inside) => inside.find(['>', '\n']).filter(|&end| inside[end..].starts_with('>'))? + 2,
        None => rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()),
    };
    let (with_title, title) = with_title(text, spaces + len);
    (len > 0).then_some((spaces + len, title.map(|_| with_title)))
}

fn list_number(scan: &mut Scan<'_>, at: usize) {
    if let Some(end) = number_end(scan.text.as_bytes(), at) {
        scan.skip(at, end);
    }
}

fn task(scan: &mut Scan<'_>, at: usize) {
    if scan.rest(at).starts_with("[x]") || scan.rest(at).starts_with("[X]") {
        scan.skip(at, at + 3);
    }
}

fn fence(scan: &mut Scan<'_>, at: usize) {
    if !scan.rest(at).starts_with(['~', '`']) {
        return;
    }
    let line = scan.line(at);
    let is_fence = line.starts_with("~~~") || (line.starts_with("```") && !line.trim_start_matches('`').contains('`'));
    if is_fence {
        scan.skip(at, at + line.len());
    }
}

fn alert(scan: &mut Scan<'_>, at: usize) {
    let Some(inside) = scan.rest(at).strip_prefix("[!") else { return };
    let before = scan.line_before(at);
    let of_name =
        |c: char| c.is_ascii_alphabetic() || (before.contains('>') && (c.is_alphanumeric() || "-_| ".contains(c)));
    if let Some(end) = inside.find(|c: char| !of_name(c)).filter(|&end| inside[end..].starts_with(']')) {
        scan.skip(at, at + 2 + end + 1);
    }
}

fn gitbook(scan: &mut Scan<'_>, at: usize) {
    const NAMES: [&str; 6] = ["content-ref", "hint", "embed", "file", "tabs", "tab"];
    if !scan.rest(at).starts_with("{%") {
        return;
    }
    let line = scan.line(at).trim_end();
    let mut from = at;
    while let Some(inside) = scan.text[from..at + line.len()].strip_prefix("{%") {
        let Some(end) = inside.find("%}") else { return };
        let words = inside[..end].trim();
        let name = words.split_whitespace().next().unwrap_or("");
        let name = name.strip_prefix("end").unwrap_or(name);
        if !NAMES.contains(&name) {
            return;
        }
        let to = from + 2 + end + 2;
        let values = attributes(&scan.text[from..to], '}').map(|(_, values)| values).unwrap_or_default();
        let values: Vec<_> = values.into_iter().map(|(_, value)| from + value.start..from + value.end).collect();
        scan.skip_around(from, to, &values);
        for value in &values {
            repeated(scan, value.clone(), to, name);
        }
        from = to + scan.text[to..].len() - scan.text[to..].trim_start_matches(' ').len();
    }
}

/// What a card holds is left out where it only repeats the card's target, as GitBook writes it.
fn repeated(scan: &mut Scan<'_>, url: Range<usize>, from: usize, name: &str) {
    let end = format!("{{% end{name} %}}");
    let rest = scan.rest(from);
    let near = rest.char_indices().nth(1000).map_or(rest, |(at, _)| &rest[..at]);
    let Some(len) = near.find(&end) else { return };
    let inner = rest[..len].trim();
    let words = inner.strip_prefix('[').and_then(|inner| inner.split_once("](")).map_or(inner, |(words, _)| words);
    if scan.text[url].contains(words.trim_matches('"')) {
        scan.skip(from, from + len);
    }
}

/// The longest that stands in braces behind a number or a heading, in bytes.
const MAX_BRACES: usize = 1000;

fn stance(scan: &mut Scan<'_>, at: usize) {
    let line = scan.line_within(at, MAX_BRACES);
    let Some(end) = line.find('}') else { return };
    let is_known =
        |word: &str| word.starts_with("by=") || ["supports", "accepts", "disputes", "remarks"].contains(&word);
    if line[1..end].split_whitespace().all(is_known) {
        scan.skip(at, at + end + 1);
    }
}

fn heading_id(scan: &mut Scan<'_>, at: usize) {
    if !scan.rest(at).starts_with("{#") && !scan.rest(at).starts_with("{:") {
        return;
    }
    let Some(braces) = scan.line_within(at, MAX_BRACES).find('}') else { return };
    let after = scan.rest(at + braces + 1);
    let rest = after.trim_start_matches([' ', '\t', '#']);
    let is_last = rest.is_empty() || rest.starts_with(['\n', '\r']);
    if is_last && scan.line_before(at).trim_start_matches(['>', ' ', '-', '*']).starts_with('#') {
        scan.skip(at, at + braces + 1 + after.len() - rest.len());
    }
}

fn formula(scan: &mut Scan<'_>, at: usize) {
    let rest = scan.rest(at);
    if let Some(len) = latex::bracketed(rest) {
        scan.pass(at, at + len, Take::Formula);
    }
    if !rest.starts_with('$') {
        return;
    }
    let mark = if rest.starts_with("$$") { "$$" } else { "$" };
    if let Some(len) = memchr(b'$', &rest.as_bytes()[mark.len()..]).filter(|&len| len > 0) {
        let end = mark.len() + len + mark.len();
        if rest[mark.len() + len..].starts_with(mark) {
            scan.pass(at, at + end, Take::Formula);
        }
    }
}
