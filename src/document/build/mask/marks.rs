//! Marks of Markdown that were meant as text: in addresses, paths, names of files, sums and names that were blacked out.

use crate::language::lists::mask::COMMON_SURNAMES;
use std::ops::Range;

use crate::document::url;
use crate::language::script::is_cjk_letter;

/// What stands in a text in the place of marks; places in order.
#[derive(Default)]
pub(super) struct Marks {
    /// Marks that are text.
    pub(super) hidden: Vec<usize>,
    /// Asterisks that end bold type and begin it anew at once, which say nothing: `**甲。****乙。**`.
    pub(super) joints: Vec<usize>,
}

/// Where marks stand in `text` that are no marks.
///
/// What is inside the target of a link is left alone: nothing is read into it.
pub(super) fn scan(text: &str) -> Marks {
    let bytes = text.as_bytes();
    let mut common = memchr::memchr3_iter(b'*', b'_', b'~', bytes).peekable();
    let mut rare = memchr::memchr3_iter(b'$', b'\\', b'&', bytes).peekable();
    let mut found = Vec::new();
    let mut joints = Vec::new();
    let mut done = 0;
    loop {
        while common.next_if(|&at| at < done).is_some() {}
        while rare.next_if(|&at| at < done).is_some() {}
        let Some(hit) = common.peek().into_iter().chain(rare.peek()).min() else { break };
        let start = memchr::memrchr(b'\n', &bytes[..*hit]).map_or(0, |at| at + 1);
        done = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |len| start + len + 1);
        let first = found.len();
        let mut line = Line::new(text[start..done].trim_end_matches(['\n', '\r']));
        // A target may stand on the line below its words.
        let above = text[..start].trim_end_matches('\n');
        if start > 0 && start - above.len() == 1 && above.trim_end_matches('\r').ends_with("](") {
            let end = line.text.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(line.text.len());
            line.settle(std::iter::once(0..end).collect());
        }
        joints.extend(line.read(&mut found).map(|at| at + start));
        found[first..].iter_mut().for_each(|at| *at += start);
        found[first..].sort_unstable();
    }
    found.dedup();
    found.extend(comparisons(text));
    Marks { hidden: found, joints }
}

/// `==` between letters or digits compares, and in braces is a mark of an editor's revision: `x==y`, `{==甲==}`.
fn comparisons(text: &str) -> impl Iterator<Item = usize> {
    memchr::memmem::find_iter(text.as_bytes(), "==")
        .filter(|&at| {
            let (before, after) = (text[..at].chars().next_back(), text[at + 2..].chars().next());
            let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            (is_letter(before) && is_letter(after)) || before == Some('{') || after == Some('}')
        })
        .flat_map(|at| at..at + 2)
}

struct Line<'a> {
    text: &'a str,
    /// Targets of links, and addresses and paths that have been read; in order, and apart.
    settled: Vec<Range<usize>>,
}

/// Neighbouring asterisks, underscores, tildes.
#[derive(Clone, Copy)]
struct Run {
    at: usize,
    end: usize,
    mark: u8,
}

impl Run {
    fn len(&self) -> usize {
        self.end - self.at
    }
}

impl<'a> Line<'a> {
    fn new(text: &'a str) -> Self {
        let mut line = Self { text, settled: Vec::new() };
        line.settle(targets(text));
        line
    }

    /// Leaves alone what stands in `ranges` from now on.
    fn settle(&mut self, ranges: Vec<Range<usize>>) {
        let mut all = std::mem::take(&mut self.settled);
        all.extend(ranges);
        all.sort_unstable_by_key(|range| range.start);
        for range in all {
            match self.settled.last_mut().filter(|last| range.start <= last.end) {
                Some(last) => last.end = last.end.max(range.end),
                None => self.settled.push(range),
            }
        }
    }

    /// Adds to `found` what is text, and returns the joints.
    fn read(&mut self, found: &mut Vec<usize>) -> impl Iterator<Item = usize> + use<> {
        self.urls(found);
        self.windows_paths(found);
        self.currencies(found);
        let is_rule = self.text.bytes().all(|byte| matches!(byte, b'*' | b'_' | b'~' | b' ' | b'\t' | b'>'));
        let runs = if is_rule { Vec::new() } else { self.runs() };
        let mut hidden = vec![false; runs.len()];
        for (run, hidden) in runs.iter().zip(&mut hidden) {
            *hidden = self.is_alone(run);
        }
        let mut first = 0;
        while first < runs.len() {
            let token = self.token(runs[first].at);
            let len = runs[first..].iter().take_while(|run| run.at < token.end).count().max(1);
            self.read_token(token, &runs[first..first + len], &mut hidden[first..first + len]);
            first += len;
        }
        self.names(&runs, &mut hidden);
        self.around_phrases(&runs, &mut hidden);
        let joints = self.joints(&runs);
        joints.iter().for_each(|&index| hidden[index] = false);
        let joints: Vec<Run> = joints.into_iter().map(|index| runs[index]).collect();
        found.extend(runs.iter().zip(&hidden).filter(|(_, hidden)| **hidden).flat_map(|(run, _)| run.at..run.end));
        joints.into_iter().flat_map(|run| run.at..run.end)
    }

    /// Which runs end bold type and begin it anew. Beside digits and words in English they stand for what was left out.
    fn joints(&self, runs: &[Run]) -> Vec<usize> {
        let mut joints = Vec::new();
        let (mut is_open, mut waiting) = (false, Vec::new());
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| run.mark == b'*') {
            let beside = [self.before(run.at), self.after(run.end)];
            let is_between =
                || beside.iter().all(|c| c.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_alphanumeric()));
            match run.len() {
                2 if is_open => {
                    joints.append(&mut waiting);
                    is_open = false;
                }
                2 => is_open = beside[1].is_some_and(|c| !c.is_whitespace()),
                4 if is_open && is_between() => waiting.push(index),
                _ => {
                    waiting.clear();
                    is_open = false;
                }
            }
        }
        joints
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn is_settled(&self, at: usize) -> bool {
        let index = self.settled.partition_point(|range| range.end <= at);
        self.settled.get(index).is_some_and(|range| range.contains(&at))
    }

    fn is_escaped(&self, at: usize) -> bool {
        self.text[..at].bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1
    }

    fn runs(&self) -> Vec<Run> {
        let bytes = self.text.as_bytes();
        let mut runs = Vec::new();
        let mut at = 0;
        while let Some(start) = memchr::memchr3(b'*', b'_', b'~', &bytes[at..]).map(|n| at + n) {
            let mark = bytes[start];
            at = start + bytes[start..].iter().take_while(|&&byte| byte == mark).count();
            if !self.is_escaped(start) && !self.is_settled(start) {
                runs.push(Run { at: start, end: at, mark });
            }
        }
        runs
    }

    /// All marks in bare URLs; what may be the end of emphasis around one is left.
    fn urls(&mut self, found: &mut Vec<usize>) {
        let bytes = self.text.as_bytes();
        let hosts: Vec<usize> = memchr::memmem::find_iter(bytes, "://")
            .map(|at| at + 3)
            .chain(memchr::memmem::find_iter(bytes, "www.").map(|at| at + 4))
            .collect();
        let mut urls: Vec<Range<usize>> = Vec::new();
        for host in hosts {
            if self.is_settled(host) || urls.last().is_some_and(|last| last.contains(&host)) {
                continue;
            }
            let scheme =
                self.text[..host].bytes().rev().take_while(|&b| b.is_ascii_alphanumeric() || b":/.".contains(&b));
            let start = host - scheme.count();
            let mut end = url::end_of_url(self.text, host).0;
            let around = self.before(start).filter(|c| matches!(c, '*' | '_' | '~'));
            if let Some(mark) = around {
                let len = self.text[..start].chars().rev().take_while(|&c| c == mark).count();
                let mark = mark.to_string().repeat(len);
                end = self.text[host..end].find(&mark).map_or(end, |at| host + at);
            }
            // In `[https://…](https://…)` the words end, and the target follows.
            end = self.text[host..end].find("](").map_or(end, |at| host + at);
            end = self.text[host..end]
                .match_indices('&')
                .find(|&(at, _)| ends_address(&self.text[host + at..]))
                .map_or(end, |(at, _)| host + at);
            end = host + self.text[host..end].trim_end_matches(['_', '~']).len();
            let is_mark = |&at: &usize| match bytes[at] {
                b'*' | b'_' | b'~' | b'$' => true,
                b'&' => !self.text[at..].starts_with("&amp;"),
                _ => false,
            };
            found.extend((host..end).filter(is_mark));
            urls.push(start..end.max(host));
        }
        self.settle(urls);
    }

    /// `C:\_a\*` and `\\server\share`: a backslash in a path of Windows escapes nothing.
    fn windows_paths(&mut self, found: &mut Vec<usize>) {
        let bytes = self.text.as_bytes();
        let mut from = 0;
        let mut paths = Vec::new();
        while let Some(first) = memchr::memchr(b'\\', &bytes[from..]).map(|n| from + n) {
            from = first + 1;
            let Some(start) = self.path_start(first).filter(|&start| !self.is_settled(start)) else { continue };
            let ends = |c: char| matches!(c, '"' | '<' | '>' | '|' | '?' | '\u{3000}'..='\u{3020}' | '\u{ff00}'..='\u{ff20}' | '“' | '”');
            let mut end = self.text[first..].find(ends).map_or(bytes.len(), |n| first + n);
            let is_part = |at: usize| bytes[at] == b'\\' && !bytes[at - 1].is_ascii_whitespace();
            let last = (first..end).rev().find(|&at| at == first || is_part(at)).unwrap_or(first);
            end = last + self.text[last..end].find(char::is_whitespace).unwrap_or(end - last);
            if let Some(around) = self.before(start).filter(|c| matches!(c, '*' | '_')) {
                end = last + 1 + self.text[last + 1..end].trim_end_matches(around).len();
            }
            let before_bar = bytes.get(end) == Some(&b'|');
            let is_mark = |&at: &usize| match bytes[at] {
                b'\\' => (at == first || is_part(at) || bytes[at - 1] == b'\\') && !(before_bar && at + 1 == end),
                b'*' => bytes[at - 1] == b'\\' || bytes[at - 1] == b'*' || bytes.get(at + 1) == Some(&b'.'),
                b'_' | b'~' | b'$' => true,
                _ => false,
            };
            found.extend((start..end).filter(is_mark));
            paths.push(start..end);
            from = end.max(from);
        }
        self.settle(paths);
    }

    /// Where a path of Windows begins whose first backslash is at `at`.
    fn path_start(&self, at: usize) -> Option<usize> {
        let (before, after) = (&self.text[..at], &self.text[at + 1..]);
        if let Some(drive) = before.strip_suffix(':') {
            let apart = |rest: &str| !rest.ends_with(|c: char| c.is_ascii_alphanumeric());
            return drive.strip_suffix(|c: char| c.is_ascii_alphabetic()).filter(|rest| apart(rest)).map(str::len);
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let server = after.strip_prefix('\\')?;
        let name = server.find(|c| !is_name(c)).filter(|&len| len > 1)?;
        let apart = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '\\' | '$' | '&'));
        (apart
            && server[name..].starts_with('\\')
            && server[name + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        .then_some(at)
    }

    /// The sign of a currency with letters before it, as in `US$1,200 and HK$ 3,000`, begins no formula; nor does that of one
    /// amount in bold type.
    fn currencies(&self, found: &mut Vec<usize>) {
        for at in memchr::memchr_iter(b'$', self.text.as_bytes()) {
            let before = &self.text[..at];
            let name = before.len() - before.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
            let apart = !before[..at - name].ends_with(|c: char| c.is_ascii_alphanumeric() || "$\\=+^_{".contains(c));
            let amount = self.text[at + 1..].trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit());
            let is_named = (1..=4).contains(&name) && apart;
            // A tilde that is text is no punctuation to the rule for what `**` opens: `~**$130**`.
            let is_bold = before.ends_with("~**")
                && self.text[at..].split_once("**").is_some_and(|(words, _)| !words[1..].contains('$'));
            if (is_named || is_bold) && amount && !self.is_settled(at) {
                found.push(at);
            }
        }
    }

    /// Whether the characters beside a run tell that it is no mark: one tilde, digits on both sides as in `2*3*4` and
    /// `138****0000`, a row of four and more that stands at no letter, a line to sign on.
    fn is_alone(&self, run: &Run) -> bool {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, after) = (self.before(run.at), self.after(run.end));
        if run.mark == b'~' {
            return run.len() == 1 || (run.len() == 2 && (before == Some('{') || after == Some('}')));
        }
        let in_face = |c: Option<char>| c.is_some_and(|c| "^￣╯╰□・ω´｀∀▽д°".contains(c));
        let beside_face = |c: Option<char>| in_face(c) || c.is_some_and(|c| "-=@;><.".contains(c));
        // `*id.*;` and `*3 Vols.*.` are titles, and no faces.
        let ends_title = before == Some('.') && (after != before || self.text[..run.at].contains('*'));
        let is_face = beside_face(before) && beside_face(after) && !ends_title;
        if run.len() == 1 && (in_face(before) || in_face(after) || is_face) {
            return true;
        }
        if run.mark == b'_' && run.len() > 2 {
            let ends_sentence = before.is_some_and(|c| matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | ':' | '：'));
            let closes = ends_sentence && self.is_opened(run);
            return run.len() > 3 || (is_letter(before) == is_letter(after) && !closes);
        }
        let opens_value = before.is_some_and(|c| matches!(c, '：' | ':' | '（' | '('));
        let ends_value = after.is_none_or(|c| matches!(c, '）' | ')' | '，' | '。' | '；' | '、'));
        if run.mark == b'*' && run.len() == 3 && opens_value && ends_value && !self.is_opened(run) {
            return true;
        }
        if run.mark == b'*' && (run.len() > 4 || run.len() == 4 && !is_letter(before) && !is_letter(after)) {
            return true;
        }
        if run.mark == b'*' && run.len() == 3 && !is_letter(before) && is_digit(after) && !self.is_closed(run) {
            return true;
        }
        let apart_from = |text: &str, last: bool| {
            let c = match last {
                true => text.trim_end_matches(' ').chars().next_back(),
                false => text.trim_start_matches(' ').chars().next(),
            };
            is_digit(c) || c.is_some_and(|c| matches!(c, ')' | '(' | '）' | '（'))
        };
        // Behind a word and before a space it ends what another began: `*Vol. 3* (2031)`.
        let ends_phrase = !before.is_none_or(char::is_whitespace)
            && after.is_some_and(char::is_whitespace)
            && self.text[..run.at].contains('*');
        let product = run.mark == b'*'
            && run.len() == 1
            && !ends_phrase
            && (is_digit(before) || is_digit(after))
            && apart_from(&self.text[..run.at], true)
            && apart_from(&self.text[run.end..], false);
        product
            || (is_digit(before) && is_digit(after))
            || (run.mark == b'*' && run.len() > 3 && (is_digit(before) || is_digit(after) || after == Some('@')))
            || (run.mark == b'*'
                && run.len() > 1
                && after == Some('@')
                && before.is_some_and(|c| c.is_ascii_alphanumeric()))
    }

    /// Whether a run like this one stands before it where words in type begin, and not where a value is left out: `***Note:***`.
    fn is_opened(&self, run: &Run) -> bool {
        let before = &self.text[..run.at];
        let marks = &self.text[run.at..run.end];
        let opens = |at: usize| {
            let outer = before[..at].chars().next_back();
            let inner = before[at + marks.len()..].chars().next();
            outer.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '：' | ':' | '（' | '('))
                && inner.is_some_and(char::is_alphanumeric)
        };
        before.rfind(marks).is_some_and(opens)
    }

    /// Whether a run like this one stands right behind a letter, and before none, further on in the line.
    fn is_closed(&self, run: &Run) -> bool {
        let rest = &self.text[run.end..];
        let marks = &self.text[run.at..run.end];
        rest.match_indices(marks).any(|(at, _)| {
            let (before, after) = (rest[..at].chars().next_back(), rest[at + marks.len()..].chars().next());
            before.is_some_and(|c| !c.is_whitespace() && c != '*')
                && after.is_none_or(|c| c != '*' && !c.is_ascii_digit())
        })
    }

    /// The run of characters around `at` without spaces, punctuation of CJK, quotation marks and angle brackets.
    fn token(&self, at: usize) -> Range<usize> {
        let ends = |c: char| {
            let inside = matches!(c, '（' | '）' | '＝' | '％' | '＋');
            let cjk =
                matches!(c, '\u{3000}'..='\u{3020}' | '\u{ff00}'..='\u{ff20}' | '“' | '”' | '‘' | '’' | '—' | '…');
            c.is_whitespace() || matches!(c, '|' | '"' | '<' | '>' | '`') || (cjk && !inside)
        };
        // What stands behind a target or an address is none of it, and the words of a link end where its target begins.
        let next = self.settled.partition_point(|range| range.start <= at);
        let target = self.settled.get(next).map_or(self.text.len(), |range| range.start);
        let target = if self.text[..target].ends_with("](") { target - 2 } else { self.text.len() };
        let settled = self.settled[..next].last().map_or(0, |range| range.end).min(at);
        let start = self.text[..at].rfind(ends).map_or(0, |n| n + self.after(n).map_or(1, char::len_utf8)).max(settled);
        let start = match self.text[start..at].rfind('[').map(|n| start + n) {
            Some(bracket) if target < self.text.len() => bracket + 1,
            _ => start,
        };
        let end = self.text[at..].find(ends).map_or(self.text.len(), |n| at + n);
        start..end.min(target)
    }

    fn read_token(&self, token: Range<usize>, runs: &[Run], hidden: &mut [bool]) {
        let text = &self.text[token.clone()];
        let is_product = self.is_product(text, runs);
        let separators = text.bytes().filter(|byte| matches!(byte, b'/' | b'\\')).count();
        let is_path = separators > 1 || (separators > 0 && text.starts_with(['/', '.', '~']));
        let is_file = has_extension(text);
        let is_address = text.contains('@') && text.is_ascii();
        // Punctuation that stands around `_a.dll_` is none of the name.
        let lead = text.len() - text.trim_start_matches(['(', '[']).len();
        let tail = text.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']']).len();
        let is_underlined = runs.first().is_some_and(|run| run.mark == b'_');
        let inner = if is_underlined && lead < tail { token.start + lead..token.start + tail } else { token.clone() };
        let wrapped = runs.len() > 1
            && runs[0].at == inner.start
            && runs.last().is_some_and(|last| last.mark == runs[0].mark && last.end == inner.end);
        // `微信号：__lin__`, `_wxid_abc_`: Chinese is not emphasised so, and words in English have no underscores.
        let words = text.trim_matches('_');
        let is_word = words.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let in_chinese = self.before(token.start).is_some_and(|c| c == '：' || is_cjk_letter(c));
        let is_name = wrapped && is_word && (in_chinese || words.contains('_'));
        for (index, (run, hidden)) in runs.iter().zip(hidden).enumerate() {
            if wrapped && !is_name && text != "*.*" && (index == 0 || index + 1 == runs.len()) {
                continue;
            }
            let (before, after) = (self.before(run.at), self.after(run.end));
            let separated = [before, after].into_iter().flatten().any(|c| matches!(c, '/' | '\\'));
            *hidden |= match run.mark {
                b'*' if run.len() == 1 && self.is_factor(run) && is_product => true,
                b'*' if run.len() == 2 && self.is_power(run) && is_product => true,
                b'*' => self.is_glob(run, index > 0) || (is_path && self.is_segment(run)),
                b'_' => {
                    let edge = run.at == inner.start && self.text[inner.clone()].ends_with('_');
                    (is_path && separated) || (is_file && !edge) || is_address || is_name || self.ends_identifier(run)
                }
                _ => false,
            };
        }
    }

    /// Whether a single asterisk stands between two factors.
    fn is_factor(&self, run: &Run) -> bool {
        let is_letter = |c: char| c.is_alphanumeric();
        self.before(run.at).is_some_and(|c| is_letter(c) || matches!(c, ')' | '）' | '%' | '％'))
            && self.after(run.end).is_some_and(|c| is_letter(c) || matches!(c, '(' | '（'))
    }

    fn is_power(&self, run: &Run) -> bool {
        let is_letter = |c: char| c.is_ascii_alphanumeric();
        self.before(run.at).is_some_and(is_letter) && self.after(run.end).is_some_and(is_letter)
    }

    /// Whether asterisks between letters multiply: an equals sign, a plus or a digit at either end tells, or what the factors
    /// are called. `这是*重点*内容` has none of them.
    fn is_product(&self, text: &str, runs: &[Run]) -> bool {
        let mut factors = runs.iter().filter(|run| run.mark == b'*' && (self.is_factor(run) || self.is_power(run)));
        let Some(first) = factors.next() else { return false };
        let last = factors.next_back().unwrap_or(first);
        // Where one of them stands at no factor, two are around words: `付款*5000元*，`.
        let stands_alone = |run: &Run| run.mark == b'*' && run.len() == 1 && !self.is_factor(run);
        let all_multiply = !runs.iter().any(stands_alone);
        let is_digit = |c: Option<char>| all_multiply && c.is_some_and(|c| c.is_ascii_digit());
        text.contains(['=', '＝', '≈', '+', '＋', '×', '÷'])
            || text.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c) || "()（）*.,%％".contains(c))
            || is_digit(self.before(first.at))
            || is_digit(self.after(last.end))
            || is_product_of_names(text.trim_end_matches(['.', ',', ';', ':', '?', '!']))
    }

    /// Whether asterisks stand for any name: `*.txt`, `*.*`.
    fn is_glob(&self, run: &Run, later: bool) -> bool {
        let rest = &self.text[run.end..];
        let before = self.before(run.at);
        if let Some(extension) = rest.strip_prefix('.') {
            let len = extension.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let lower = extension[..len].bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
            let in_word = before.is_some_and(|c| c.is_ascii_alphanumeric());
            return extension.starts_with('*') || (matches!(len, 1..=5) && lower && !(in_word && later));
        }
        before == Some('.') && self.text[..run.at].ends_with("*.") && !rest.starts_with(char::is_alphanumeric)
    }

    /// Whether asterisks in a path are a part of it: `/*/`, `src/**`, `img*/`.
    fn is_segment(&self, run: &Run) -> bool {
        let is_separator = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '\\'));
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let (before, after) = (self.before(run.at), self.after(run.end));
        let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        (is_separator(before) && (is_separator(after) || ends(after)))
            || (is_separator(after) && ends(before))
            || (run.len() == 1 && is_part(before) && (is_part(after) || is_separator(after)))
            || (run.len() == 1 && is_separator(before) && is_part(after))
    }

    /// `__init__.py`, `_call_()`: an underscore before these ends a name of a program.
    fn ends_identifier(&self, run: &Run) -> bool {
        let rest = &self.text[run.end..];
        let named = self.before(run.at).is_some_and(|c| c.is_ascii_alphanumeric());
        named
            && (rest.starts_with("()")
                || rest.starts_with(['=', '/', '\\'])
                || (rest.starts_with('.') && has_extension(rest)))
    }

    /// Underscores around words the last of which is a path or the name of a file: `_Source: exhibits/a.b.pdf_`.
    fn around_phrases(&self, runs: &[Run], hidden: &mut [bool]) {
        let mut open: Option<usize> = None;
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| run.mark == b'_' && run.len() < 3) {
            let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '\\' | '@'));
            let (before, after) = (self.before(run.at), self.after(run.end));
            let is_inner = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
            let rest = self.text[run.end..].trim_start_matches([')', '.', ',', ';', ':', '）', '。', '，']);
            let ends_word =
                rest.is_empty() || rest.len() < self.text.len() - run.end && !rest.starts_with(char::is_alphanumeric);
            let opened = open.filter(|&at: &usize| {
                runs[at].len() == run.len()
                    && self.text[runs[at].end..run.at].contains(|c: char| c.is_whitespace() || matches!(c, '：' | '，'))
            });
            match opened {
                Some(at) if is_inner(before) && (after.is_none_or(char::is_whitespace) || ends_word) => {
                    hidden[at] = false;
                    hidden[index] = false;
                    open = None;
                }
                _ if is_edge(before) && is_inner(after) => open = Some(index),
                _ => {}
            }
        }
    }

    /// Names that were blacked out: `张**与李**`, `王*明和李*华`. Of two runs of one length both follow a surname.
    fn names(&self, runs: &[Run], hidden: &mut [bool]) {
        let is_name = |run: &Run| {
            let mut before = self.text[..run.at].chars().rev();
            run.mark == b'*' && before.next().is_some_and(|c| COMMON_SURNAMES.contains(c)) && before.next() != Some('*')
        };
        for index in 1..runs.len() {
            let (one, other) = (&runs[index - 1], &runs[index]);
            if one.len() == other.len() && is_name(one) && is_name(other) {
                hidden[index - 1] = true;
                hidden[index] = true;
            }
        }
    }
}

/// Whether a character reference begins `text` that no address goes on with, as word processors leave them behind one: a
/// space, a bracket or quotation mark, or one with a number. `&copy=2` is the part of a query.
fn ends_address(text: &str) -> bool {
    let name = text[1..].split(';').next().filter(|name| name.len() + 1 < text.len() && name.len() < 9);
    name.is_some_and(|name| {
        let is_number = name
            .strip_prefix('#')
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'x'));
        is_number
            || matches!(name, "nbsp" | "ensp" | "emsp" | "thinsp" | "lt" | "gt" | "quot" | "ldquo" | "rdquo" | "hellip")
    })
}

/// Whether asterisks stand between names of factors: of one or two letters each, or of more, as in `rate*hours*days`. In
/// `un*frigging*believable` they stress a part of a word.
fn is_product_of_names(text: &str) -> bool {
    let is_name = |factor: &str| factor.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let factors = || text.split('*');
    factors().all(is_name)
        && (factors().all(|name| matches!(name.len(), 1 | 2)) || factors().all(|name| name.len() > 2))
}

/// Whether a name of a file ends `text`, punctuation after it aside.
fn has_extension(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_punctuation());
    let Some((name, extension)) = text.rsplit_once('.') else { return false };
    matches!(extension.len(), 2..=5)
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
        && (name.is_empty() || name.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ')' | '）')))
}

/// The longest target of a link.
const MAX_TARGET: usize = 2000;

/// The targets of links in a line, and what stands in angle brackets: nothing is marked up in them.
fn targets(line: &str) -> Vec<Range<usize>> {
    let mut targets = Vec::new();
    let bytes = line.as_bytes();
    for start in memchr::memmem::find_iter(bytes, "](") {
        let mut open = 0_usize;
        let close = line[start + 2..].bytes().take(MAX_TARGET).position(|byte| match byte {
            b'(' => {
                open += 1;
                false
            }
            b')' if open == 0 => true,
            b')' => {
                open -= 1;
                false
            }
            _ => false,
        });
        if let Some(len) = close {
            targets.push(start + 2..start + 2 + len);
        }
    }
    for start in memchr::memchr_iter(b'<', bytes) {
        let inside = &line[start + 1..];
        let is_tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let close = inside.bytes().take(MAX_TARGET).position(|byte| byte == b'>');
        if let Some(len) = close.filter(|_| is_tag) {
            targets.push(start..start + 1 + len);
        }
    }
    let begins = line.trim_start();
    if begins.starts_with('[')
        && !begins.starts_with("[^")
        && let Some(at) = memchr::memmem::find(bytes, b"]: ")
    {
        let target = line[at + 3..].trim_start();
        let start = line.len() - target.len();
        if !target.starts_with(is_cjk_letter) {
            targets.push(start..start + target.find(char::is_whitespace).unwrap_or(target.len()));
        }
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::scan;

    fn hidden(text: &str) -> String {
        let found = scan(text).hidden;
        text.bytes()
            .enumerate()
            .map(|(at, byte)| if found.contains(&at) { b'.' } else { byte })
            .map(char::from)
            .filter(char::is_ascii)
            .collect()
    }

    /// Each text is written with `.` where a mark is text.
    #[test]
    fn marks_that_are_text_are_found_and_others_left() {
        let all = [
            "100~200元，300~400元",
            "约~3天",
            "2*3*4=24",
            "单价*数量*折扣=总额",
            "3台*2元*5天",
            "3元*2和4元*5",
            "(1+2)*3*(4+5)",
            "x**2+y**2",
            "2 *3 *4",
            "138****5678，139****1234",
            "尾号****5678，卡号****1234",
            "a***@example.com，b***@example.com",
            "张**与李**签约",
            "原告王*明和被告李*华",
            "*.txt 和 *.log",
            "文件*.txt和*.csv",
            "*.*",
            "report*.pdf, list*.pdf",
            "/home/*/x 和 /var/*/y",
            "src/**/x 和 lib/**/y",
            "/_next_/page",
            "__init__.py",
            "_合同_.docx",
            "@_ann_",
            "a*b*c",
            "Fee: rate*hours*days.",
            "length*width*height",
            "https://example.com/_next_/page*1*2",
            "https://example.com/web/*/https://example.org/a",
            "www.example.com/_a_",
            "C:\\_x\\_y",
            "D:\\证据\\(1)\\#2",
            "\\\\server\\_share\\a",
            "US$1,200 and HK$ 3,000",
            "[^1]: 金额1~2元，3~4元，2*3*4=24。",
            "[^1]: 2*3*4=24",
            "账号 ***1234 和 ****-****-****-5678。",
            "Account ***1234 and card ****-****-****-1234",
            "签名：_________日期：_________",
            "(2)*(3)*(4)",
            "李四（身份证号：***），密码：***",
            "３*４*５=60",
            "（3）*（4）*（5）",
            "京A*****、沪B*****",
            "^_^，>_<，-_-",
            "(*^_^*)，(╯*□*)╯",
            "{~~旧~>新~~}",
        ];
        for text in all {
            let left = hidden(text);
            let kept = left.contains(['*', '~', '\\', '$']) || (left.contains('_') && !text.contains("www"));
            assert!(!kept, "{text} became {left}");
        }
    }

    #[test]
    fn bold_type_that_ends_and_begins_anew_has_joints() {
        for (text, count) in [
            ("**甲。****乙。****”**", 2),
            ("**甲****乙**", 1),
            ("**甲**乙**丙**", 0),
            ("**尾号****5678**", 0),
            ("尾号****与**注**", 0),
            ("**甲****乙", 0),
        ] {
            assert_eq!(scan(text).joints.len(), count * 4, "{text}");
        }
    }

    #[test]
    fn real_marks_are_left() {
        for text in [
            "**粗**",
            "这是*重点*内容",
            "这是**重点**内容",
            "关于**5月4日**的",
            "共**3**人",
            "第*3*条",
            "~~删~~",
            "_em_ and __strong__",
            "***",
            "* * *",
            "___",
            "* 项",
            "~~~",
            "**2*3** ",
            "文末**【附录2】**中的",
            "**https://example.com/a**",
            "_https://example.com/a_",
            "[a](https://example.com/*b*)",
            "<https://example.com/*b*>",
            "*and/or*",
            "**甲/乙/丙**",
            "和/*或*/与",
            "$x^2$",
            "$A$ 3",
            "1\\. \\*a\\* \\_b\\_",
            "**张三**与**李四**",
            "*Limitation Act 1980* (c. 58)",
            "*Act 1999* 3",
            "see *id.*; ¶ 3",
            "*et al.*;",
            "_id._;",
            "[*Roe v. Wade*.](https://a.example/x)",
            "[*selection*.call](https://a.example/x)",
            "_来源：https://www.court.example/x.pdf_",
            "_See [the ruling](https://www.court.example/x.pdf)_",
            "_Source: exhibits/a.b.pdf_",
            "__文件 a.b.pdf__",
            "[1]: a_b_c",
            "对方**拒绝**退款",
            "（_附件_）",
            "**注意：**见下",
            "*word*.Next",
            "un*frigging*believable",
            "付款*2031年5月4日*，*5000元*整",
            "共*5件*",
            "a. ___License grant.___",
            "[词](https://a.example/a?id=420)*(译文)*",
            "[词](b.md?p=1)*(see)*",
            "called _opera.dll_.",
            "see *… 3 Vols.*. 1971",
            "***Response:***",
            "___Note:___ a",
            "- ***答复：***",
            "_c.pdf_; see _d.docx_: (_e.txt_)",
            "~~100~~200",
            "****重点****",
            "**甲****乙**",
            "***123***",
            "___重点___",
        ] {
            let text = text.trim();
            let found = scan(text).hidden;
            let expected: &[usize] = if text == "**2*3**" { &[3] } else { &[] };
            assert_eq!(found, expected, "{text}");
        }
    }
}
