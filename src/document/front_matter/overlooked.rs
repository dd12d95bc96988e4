//! What is meant for front matter and stands where nothing reads it: without its lines, below the heading, in the name of the file.

use super::block::{Syntax, lead_of, line_end, split};
use super::publicity::names_withheld;
use super::{KEYS, entry, publicity};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::lists::publicity::STAMPS;
use crate::source::{Source, SourceId, Span};

/// How many lines of a text are looked at for what only front matter can say.
const LINES_NEAR_START: usize = 30;

/// The finding for a text that begins with what is meant as front matter and is not read as such: the first line that
/// names a key, after a line of dashes or before one.
pub fn unread(source: &Source, id: SourceId) -> Option<Diagnostic> {
    let text = &source.text;
    let mut at = lead_of(text);
    let first = line_end(text, at)?;
    let opening = text[at..first].trim_end();
    let is_ours = Syntax::of_first_line(opening).is_some();
    let begun = is_ours || is_fence(opening) || opening == "{";
    if begun {
        at = first;
    }
    let mut named = None;
    while let Some(end) = line_end(text, at) {
        let line = text[at..end].trim_end();
        let ends_here = is_fence(line);
        if line.is_empty() || ends_here {
            // Without the line that should begin it, only what decides about publication is told from prose.
            named = named.filter(|_| begun || ends_here);
            break;
        }
        if named.is_none() {
            let lead = line.len() - line.trim_start_matches([' ', '\t', '"', '\'']).len();
            named = meant_key(&line[lead..], is_ours).map(|len| Span::new(at + lead, at + lead + len));
        }
        if !begun && named.is_none() {
            return None;
        }
        at = end;
    }
    let message = message!(
        en: "this is not read as front matter, and what it says would be lost",
        zh: "这里没有被当作文件开头的设置，其内容会丢失"
    );
    let help = message!(
        en: "begin the document with a line `---`, write `key: value` on each line, with a half-width colon and \
             a space after it, and end with a line `---`",
        zh: "文件请以一行 `---` 开头，每行写 `key: value`（半角冒号加空格），再以一行 `---` 结束"
    );
    Some(Diagnostic::at(Code::BadFrontMatter, id, named?, message).help(help))
}

/// The finding for a line near the start of the body that says what only front matter can say, as `draft: true` does below
/// the heading. In code it is an example.
pub fn misplaced(source: &Source, id: SourceId, body: usize) -> Option<Diagnostic> {
    let mut at = body;
    let mut in_code = false;
    let mut is_fenced = false;
    for line in source.text[body..].split_inclusive('\n').take(LINES_NEAR_START) {
        let content = line.trim();
        in_code ^= content.starts_with("```") || content.starts_with("~~~");
        let is_code = in_code || line.starts_with("    ") || line.starts_with('\t');
        if !is_code && publicity::says(content, is_fenced) {
            let start = at + (line.len() - line.trim_start().len());
            let message = message!(
                en: "`{content}` seems to say that this is not for everybody, and has no effect here",
                zh: "`{content}` 似乎表示不给所有人看，但写在这里不起作用"
            );
            let help = message!(
                en: "write it at the very start of the document, between two lines `---`, or take it out",
                zh: "请写在文件开头的两行 `---` 之间，或删去"
            );
            let span = Span::new(start, start + content.len());
            return Some(Diagnostic::at(Code::UnclearPublicity, id, span, message).help(help));
        }
        if !content.is_empty() {
            is_fenced = is_fence(content);
        }
        at += line.len();
    }
    None
}

/// The finding for front matter in the midst of the body, as it stands where files were joined: it is shown as text.
pub fn repeated(source: &Source, id: SourceId, body: usize) -> Option<Diagnostic> {
    let text = &source.text;
    memchr::memmem::find(&text.as_bytes()[body..], b"\n---")?;
    let mut at = body;
    let mut in_code = false;
    let mut is_apart = true;
    for line in text[body..].split_inclusive('\n') {
        let content = line.trim();
        in_code ^= content.starts_with("```") || content.starts_with("~~~");
        if content == "---" && is_apart && !in_code {
            let (block, _) = split(&text[at..]);
            let keys = block.filter(|block| block.syntax == Syntax::Yaml && !block.span.is_empty());
            if let Some(Ok(first)) = keys.and_then(|block| entry::entries(&text[at..], block).into_iter().next()) {
                let span = Span::new(at + first.key_span.start as usize, at + first.key_span.end as usize);
                let message = message!(
                    en: "this looks like the front matter of another document, and is shown as text",
                    zh: "这里像是另一份文件开头的设置，会作为文字显示"
                );
                let help = message!(
                    en: "take it out, or put what follows it into a file of its own",
                    zh: "请删去，或把后面的内容另写成一个文件"
                );
                return Some(Diagnostic::at(Code::UnusedFrontMatter, id, span, message).help(help));
            }
        }
        is_apart = content.is_empty();
        at += line.len();
    }
    None
}

/// The finding for a document whose file or folder is called as if it were not for everybody.
pub fn withheld_by_name(source: &Source, path: &str, name: &str) -> Option<Diagnostic> {
    let brackets = ['(', ')', '（', '）', '[', ']', '【', '】'];
    let ends = |c: char| brackets[..].contains(&c);
    let last = name.trim_end_matches(ends).rsplit(['.', '(', '（', '[', '【']).next().unwrap_or(name);
    let is_apart = last.len() == name.len() || name.ends_with(ends) || name.ends_with(&format!(".{last}"));
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let of_name = Some(last).filter(|last| is_apart && names_withheld(last.trim()));
    // `草稿-起诉状`, `DRAFT letter`, `letter-DRAFT`; `contract-draft` may be what the text is about.
    let apart = |c: char| matches!(c, '-' | '_' | ' ');
    let ends = [name.split(apart).next(), name.rsplit(apart).next()];
    let is_stamp = |word: &&str| STAMPS.contains(word);
    let of_name = of_name.or_else(|| ends.into_iter().flatten().find(is_stamp));
    let word = of_name.or_else(|| folders.split('/').find(|folder| names_withheld(folder)))?;
    let message = message!(
        en: "`{word}` in the path seems to say that this is not for everybody, and has no effect",
        zh: "路径中的 `{word}` 似乎表示不给所有人看，但不起作用"
    );
    let help = message!(
        en: "write `draft: true` in the document if it is not to be published, `draft: false` if it is; a folder \
             `_drafts` is not published",
        zh: "不想公布，请在文件中写 `draft: true`；要公布，请写 `draft: false`；`_drafts` 文件夹不公布"
    );
    Some(Diagnostic::file(Code::UnclearPublicity, &source.path, message).help(help))
}

/// Whether a line is drawn as those around front matter are.
pub(super) fn is_fence(line: &str) -> bool {
    let line = line.trim_end();
    let mark = line.chars().next().filter(|c| matches!(c, '-' | '—' | '–' | '+' | ';' | '=' | '*' | '_' | '~'));
    mark.is_some_and(|mark| line.chars().all(|c| c == mark) && line.chars().count() > 1)
}

/// The length of the key that `line` is meant to give a value.
pub(super) fn meant_key(line: &str, begun: bool) -> Option<usize> {
    let name = line.split([':', '：', '=', ' ', '"', '\'']).next()?;
    let folded = name.to_lowercase();
    let is_meant = publicity::is_about(&folded) || (begun && KEYS.contains(&folded.as_str()));
    (is_meant && name.len() < line.len()).then_some(name.len())
}
