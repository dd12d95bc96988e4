//! Remnants of other tools' syntax in the text: tags, directives and attributes that would be shown as they are.
//!
//! It is looked for in runs of text, never in code, and one finding of a kind and document tells of all. Each pattern is narrower
//! than the tool's own grammar: what people write in prose, such as `{{ x }}` or `[[sic]`, is no litter.

mod bracketed;
mod pairs;

use crate::language::lists::files::WIKI_NAMESPACES;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::{memchr, memmem, memrchr};

use super::super::front_matter::names_withheld;
use crate::Message;

/// What kind of litter it is. The order is that of the table of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LitterKind {
    Template,
    Shortcode,
    Contents,
    Container,
    Admonition,
    Attributes,
    Merge,
    InlineNote,
    Footnote,
    Latex,
    Confluence,
    MediaWiki,
    BbCode,
    Component,
    Word,
    Docsify,
    BlockId,
    OtherMarkup,
    Reference,
    Revision,
    Table,
    /// A mark of another dialect of Markdown.
    Dialect,
    Spoiler,
    /// Brackets that mark text as not for readers, or hide it in another tool.
    Bracketed,
    /// What is meant to keep text from readers.
    Withheld,
}

impl LitterKind {
    /// What it is, and what to do about it.
    pub(super) fn words(self) -> (Message, Message) {
        match self {
            LitterKind::Template => (
                message!(
                    en: "a tag of Jekyll, Hexo or another tool with templates",
                    zh: "Jekyll、Hexo 等模板工具的标签"
                ),
                message!(
                    en: "write what it stands for",
                    zh: "请写出它所代表的内容"
                ),
            ),
            LitterKind::Shortcode => (
                message!(
                    en: "a shortcode of Hugo or another tool with templates",
                    zh: "Hugo 等模板工具的短代码"
                ),
                message!(
                    en: "write what it stands for",
                    zh: "请写出它所代表的内容"
                ),
            ),
            LitterKind::Contents => (
                message!(en: "the place of a table of contents", zh: "放目录的位置"),
                message!(
                    en: "take it out; every page has its contents beside it",
                    zh: "请删去；每一页旁边都有目录"
                ),
            ),
            LitterKind::Container => (
                message!(
                    en: "the fence of a container of VuePress, Docusaurus or Pandoc",
                    zh: "VuePress、Docusaurus 或 Pandoc 的容器标记"
                ),
                message!(
                    en: "quote the text with `> [!NOTE]` on its first line",
                    zh: "请把文字写成引用，第一行写 `> [!NOTE]`"
                ),
            ),
            LitterKind::Admonition => (
                message!(en: "an admonition of MkDocs", zh: "MkDocs 的提示框"),
                message!(
                    en: "quote the text with `> [!NOTE]` on its first line, and do not indent it",
                    zh: "请把文字写成引用，第一行写 `> [!NOTE]`，不要缩进"
                ),
            ),
            LitterKind::Attributes => (
                message!(en: "a list of attributes of kramdown or Pandoc", zh: "kramdown 或 Pandoc 的属性列表"),
                message!(
                    en: "take it out; looks are the theme's own",
                    zh: "请删去；样式由主题决定"
                ),
            ),
            LitterKind::Merge => (
                message!(en: "left of a merge of two versions", zh: "合并两个版本时留下的标记"),
                message!(
                    en: "keep one of the versions and take the marks out",
                    zh: "请保留其中一个版本，删去标记"
                ),
            ),
            LitterKind::InlineNote => (
                message!(
                    en: "a footnote of Pandoc or Obsidian inside the text",
                    zh: "Pandoc 或 Obsidian 写在正文里的脚注"
                ),
                message!(
                    en: "write `[^1]` here and `[^1]: …` below",
                    zh: "请在这里写 `[^1]`，在下面写 `[^1]: …`"
                ),
            ),
            LitterKind::Footnote => (
                message!(en: "the mark of a footnote that stands nowhere", zh: "没有内容的脚注标记"),
                message!(
                    en: "begin a line with the same mark and a colon: `[^a]: …`",
                    zh: "请另起一行，写同样的标记和冒号：`[^a]: …`"
                ),
            ),
            LitterKind::Latex => (
                message!(en: "a command of LaTeX", zh: "LaTeX 命令"),
                message!(
                    en: "write it in Markdown, or take it out",
                    zh: "请用 Markdown 书写，或删去"
                ),
            ),
            LitterKind::Confluence => (
                message!(en: "markup of Confluence or Jira", zh: "Confluence 或 Jira 的标记"),
                message!(
                    en: "write it in Markdown",
                    zh: "请用 Markdown 书写"
                ),
            ),
            LitterKind::MediaWiki => (
                message!(en: "markup of a wiki", zh: "维基的标记"),
                message!(
                    en: "write it in Markdown",
                    zh: "请用 Markdown 书写"
                ),
            ),
            LitterKind::BbCode => (
                message!(en: "markup of a forum", zh: "论坛的标记"),
                message!(en: "write it in Markdown", zh: "请用 Markdown 书写"),
            ),
            LitterKind::Component => (
                message!(en: "a component or statement of MDX", zh: "MDX 的组件或语句"),
                message!(
                    en: "write what it shows",
                    zh: "请写出它所显示的内容"
                ),
            ),
            LitterKind::Word => (
                message!(en: "a tag of Word", zh: "Word 的标签"),
                message!(
                    en: "paste the text without its formats",
                    zh: "请以纯文本方式粘贴"
                ),
            ),
            LitterKind::Docsify => (
                message!(en: "a hint of Docsify", zh: "Docsify 的提示"),
                message!(
                    en: "quote the text with `> [!NOTE]` on its first line",
                    zh: "请把文字写成引用，第一行写 `> [!NOTE]`"
                ),
            ),
            LitterKind::BlockId => (
                message!(en: "the id of a block in Obsidian", zh: "Obsidian 的块编号"),
                message!(
                    en: "take it out, or write `{{#id}}` after a heading",
                    zh: "请删去，或在标题后写 `{{#id}}`"
                ),
            ),
            LitterKind::OtherMarkup => (
                message!(
                    en: "markup of reStructuredText, AsciiDoc or Org",
                    zh: "reStructuredText、AsciiDoc 或 Org 的标记"
                ),
                message!(
                    en: "write it in Markdown",
                    zh: "请用 Markdown 书写"
                ),
            ),
            LitterKind::Reference => (
                message!(en: "a link whose address stands nowhere", zh: "没有写地址的链接"),
                message!(
                    en: "add a line `[3]: https://…`, or write `[words](address)`",
                    zh: "请加一行 `[3]: https://…`，或写成 `[文字](地址)`"
                ),
            ),
            LitterKind::Revision => (
                message!(en: "a mark of an editor's revision", zh: "编辑器的修订标记"),
                message!(
                    en: "accept or refuse the change, and take the mark out",
                    zh: "请接受或拒绝修订，再删去标记"
                ),
            ),
            LitterKind::Table => (
                message!(en: "a table as Pandoc and Org write it", zh: "Pandoc 和 Org 写法的表格"),
                message!(
                    en: "write the rows between `|`, and `|---|---|` below the first (`pandoc -t gfm`)",
                    zh: "请把各行写在 `|` 之间，并在第一行之下写 `|---|---|`（`pandoc -t gfm`）"
                ),
            ),
            LitterKind::Dialect => (
                message!(en: "a mark of another dialect of Markdown", zh: "另一种 Markdown 的标记"),
                message!(
                    en: "write `<u>…</u>`, `<sup>…</sup>`, `<sub>…</sub>` or the sign itself, or take it out",
                    zh: "请写 `<u>…</u>`、`<sup>…</sup>`、`<sub>…</sub>` 或符号本身，或删去"
                ),
            ),
            LitterKind::Spoiler => (
                message!(
                    en: "how chats and forums veil words, which everybody reads here",
                    zh: "聊天软件和论坛遮住文字的写法，在这里人人都看得到"
                ),
                message!(
                    en: "take the words out, or write `[…]{{private}}` if they are to be withheld",
                    zh: "请删去这些文字；如果要隐去，请写 `[…]{{private}}`"
                ),
            ),
            LitterKind::Bracketed => (
                message!(
                    en: "no instruction here, and what it stands beside is read by everybody",
                    zh: "普通文字，不是指令，旁边的内容人人都看得到"
                ),
                message!(
                    en: "write `{{private}}` in its place if that is to be withheld",
                    zh: "如果要隐去，请改写 `{{private}}`"
                ),
            ),
            LitterKind::Withheld => (
                message!(
                    en: "no instruction here, and what it stands beside would be published",
                    zh: "普通文字，不是指令，旁边的内容会公开"
                ),
                message!(
                    en: "write `{{private}}` after the number of an item, at the end of a heading or paragraph, or after `[…]`; a whole document is kept back by `draft: \
                         true`",
                    zh: "请在条目编号之后、标题或段落末尾，或 `[…]` 之后写 `{{private}}`；整份文件不公布，写 `draft: \
                         true`"
                ),
            ),
        }
    }
}

/// One find: the kind and the range of the text.
pub(super) type FoundLitter = (LitterKind, Range<usize>);

static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let signs = [
        "{", "｛", ":::", "!!! ", "??? ", "???+ ", "[TOC", "[toc", "[[", "TOC__", "======", "<<<<<<<", ">>>>>>>",
        "|||||||", "^[", "[^", "\\", "== ", "'''", "[/", "import ", "export ", "</", "/>", "<o:", "<v:", "<w:",
        "<st1:", "<![", "!> ", "?> ", " ^", ".. ", "::", "#+", "]][", "h1. ", "h2. ", "h3. ", "+-", "+=", "|-",
        "--- -", "++", "||", "!<", ">!", "[spoiler", "*[", "][]", " :", "~", "^",
    ];
    let signs = signs.into_iter().map(str::to_owned).chain(bracketed::signs());
    AhoCorasick::new(signs).unwrap_or_else(|_| unreachable!())
});

/// Whether `text`, all of a document, may hold any litter.
pub(super) fn may_be_in(text: &str) -> bool {
    SIGNS.is_match(text)
}

/// Words that stand alone where some tool puts a table of contents.
pub(super) fn is_contents(text: &str) -> bool {
    let word = text.trim().to_ascii_lowercase();
    matches!(
        word.as_str(),
        "[toc]"
            | "[[toc]]"
            | "[[_toc_]]"
            | "[[__toc__]]"
            | "__toc__"
            | "@[toc]"
            | "${toc}"
            | "{:toc}"
            | "{{toc}}"
            | "{toc}"
            | "[[.toc]]"
    )
}

/// Finds litter in a run of text, which may begin and end lines of its block.
pub(super) fn scan(text: &str, begins_line: bool, ends_block: bool) -> Vec<FoundLitter> {
    let mut out = Vec::new();
    if !SIGNS.is_match(text) && !text.ends_with("{{") {
        return out;
    }
    braces(text, ends_block, &mut out);
    brackets(text, &mut out);
    latex(text, &mut out);
    pairs::scan(text, &mut out);
    bracketed::scan(text, begins_line, ends_block, &mut out);
    let mut at = 0;
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 || begins_line {
            out.extend(line_start(line).map(|kind| (kind, at..at + line.trim_end().len())));
        }
        at += line.len() + 1;
    }
    let word = ["<o:", "</o:", "<v:", "</v:", "<w:", "</w:", "<st1:", "</st1:", "<![if", "<![endif"]
        .into_iter()
        .find_map(|sign| {
            let at = text.find(sign)?;
            Some((LitterKind::Word, at..at + text[at..].find('>')? + 1))
        });
    out.extend(word);
    if ends_block
        && let Some((before, id)) = text.trim_end().rsplit_once(" ^")
        && id.len() >= 4
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && id.bytes().any(|byte| byte.is_ascii_alphabetic())
    {
        out.push((LitterKind::BlockId, before.len() + 1..text.trim_end().len()));
    }
    out
}

/// The longest litter that is looked for, in bytes: whoever writes a brace a thousand times waits no longer for it.
const MAX_LEN: usize = 1000;

/// What begins with a brace.
fn braces(text: &str, ends_block: bool, out: &mut Vec<FoundLitter>) {
    let mut from = 0;
    let mut line = 0;
    while let Some(open) = text[from..].find(['{', '｛']).map(|at| from + at) {
        line = memrchr(b'\n', &text.as_bytes()[from..open]).map_or(line, |at| from + at + 1);
        let rest = &text[open..text.floor_char_boundary(open + MAX_LEN)];
        let found = brace(rest, ends_block);
        from = open + found.as_ref().map_or(rest.chars().next().map_or(1, char::len_utf8), |&(_, len)| len);
        if rest.starts_with("{{") && found.is_none() {
            from = open + 2;
        }
        let of_container =
            |kind: LitterKind| kind == LitterKind::Attributes && text[line..open].trim_start().starts_with(":::");
        out.extend(found.filter(|&(kind, _)| !of_container(kind)).map(|(kind, len)| (kind, open..open + len)));
    }
}

fn brace(rest: &str, ends_block: bool) -> Option<(LitterKind, usize)> {
    let until = |close: &str| memmem::find(rest.as_bytes(), close.as_bytes()).map(|at| at + close.len());
    if rest.starts_with("{%") {
        return Some((LitterKind::Template, until("%}")?));
    }
    // Templates show readers nothing of their comments.
    if rest.starts_with("{# ") {
        return Some((LitterKind::Bracketed, until(" #}")?));
    }
    if rest.starts_with("{{! ") || rest.starts_with("{{!--") {
        return Some((LitterKind::Bracketed, until("}}")?));
    }
    if let Some(inside) = rest.strip_prefix("{{") {
        if inside.starts_with(['<', '%']) || (inside.is_empty() && !ends_block) {
            return Some((LitterKind::Shortcode, until("}}").unwrap_or(rest.len())));
        }
        let len = until("}}")?;
        let inner = inside[..len - 4].trim();
        let telling = [
            "#",
            "site.",
            "page.",
            "post.",
            "config.",
            ".Site",
            ".Page",
            ".Params",
            "embed",
            "query ",
            "partial ",
            "template ",
        ];
        return telling.iter().any(|start| inner.starts_with(start)).then_some((LitterKind::Template, len));
    }
    let (inside, close) = match rest.strip_prefix('{') {
        Some(inside) => (inside, '}'),
        None => (rest.strip_prefix('｛')?, '｝'),
    };
    let line = &inside[..memchr(b'\n', inside.as_bytes()).unwrap_or(inside.len())];
    let end = memmem::find(line.as_bytes(), close.encode_utf8(&mut [0; 4]).as_bytes())?;
    let len = rest.len() - inside.len() + end + close.len_utf8();
    let inner = inside[..end].trim();
    // `{不公开：保护证人}` says why.
    let word = inner.split([':', '：', ',', '，']).next().unwrap_or(inner).trim();
    if names_withheld(inner) || names_withheld(word) {
        return Some((LitterKind::Withheld, len));
    }
    if close == '｝' {
        return None;
    }
    let edges = [("++", "++"), ("--", "--"), ("~~", "~~"), ("==", "==")];
    if edges.iter().any(|(a, b)| inner.len() > 4 && inner.starts_with(a) && inner.ends_with(b)) {
        return Some((LitterKind::Revision, len));
    }
    if is_attributes(inner) {
        return Some((if hides(inner) { LitterKind::Withheld } else { LitterKind::Attributes }, len));
    }
    let (name, has_value) = inner.split_once(':').map_or((inner, false), |(name, _)| (name, true));
    let macros = [
        "code", "noformat", "panel", "quote", "info", "warning", "note", "tip", "expand", "toc", "color", "excerpt",
        "anchor",
    ];
    let known = macros.contains(&name);
    (known && (has_value || inside[end + 1..].contains(&format!("{{{name}}}")) || inside[end + 1..].trim().is_empty()))
        .then_some((LitterKind::Confluence, len))
}

/// Whether attributes keep from readers elsewhere what they are given to: `.d-none`, `style="display:none"`.
pub(super) fn hides(attributes: &str) -> bool {
    let words = attributes.to_ascii_lowercase().replace(' ', "");
    let styles = ["display:none", "visibility:hidden", "opacity:0\"", "opacity:0;"];
    let classes = [".d-none", ".hidden", ".is-hidden", ".invisible", ".sr-only", ".visually-hidden", ".hide"];
    let has_class = |class: &&str| attributes.split_whitespace().any(|word| word.trim_start_matches(':') == *class);
    styles.iter().any(|style| words.contains(style)) || classes.iter().any(has_class)
}

/// `: .note`, `.class #id`, `width=50%`.
fn is_attributes(inner: &str) -> bool {
    let (list, kramdown) = inner.strip_prefix(':').map_or((inner, false), |list| (list, true));
    let mut any = false;
    for word in list.split_whitespace() {
        let named =
            word.strip_prefix(['.', '#']).is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
        let keyed = word.split_once('=').is_some_and(|(key, _)| {
            matches!(
                key,
                "width" | "height" | "class" | "id" | "style" | "target" | "rel" | "align" | "loading" | "lang"
            ) || key.starts_with("data-")
        });
        let rest_of_value = any && word.ends_with(['"', '\'']);
        if !(named || keyed || rest_of_value || (kramdown && matches!(word, "toc" | "-"))) {
            return false;
        }
        any = true;
    }
    any
}

/// What stands in brackets of other kinds.
fn brackets(text: &str, out: &mut Vec<FoundLitter>) {
    for (at, _) in text.match_indices("^[") {
        let inside = &text[at + 2..text.floor_char_boundary(at + MAX_LEN)];
        let Some(end) = inside.find([']', '\n']).filter(|&end| inside[end..].starts_with(']')) else { continue };
        let words = &inside[..end];
        let follows = text[..at].chars().next_back().is_some_and(|c| !c.is_ascii_digit() && !matches!(c, ')' | '\\'));
        if follows && words.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
            out.push((LitterKind::InlineNote, at..at + 2 + end + 1));
        }
    }
    for (at, _) in text.match_indices("[^") {
        let inside = &text[at + 2..text.floor_char_boundary(at + MAX_LEN)];
        let Some(end) = inside.find([']', '[', ' ', '\n']).filter(|&end| inside[end..].starts_with(']')) else {
            continue;
        };
        if inside.starts_with(char::is_alphabetic) && !inside[end + 1..].starts_with(['(', '[']) {
            out.push((LitterKind::Footnote, at..at + 2 + end + 1));
        }
    }
    if let Some(at) = text.find("][]") {
        let start = text[..at].rfind('[').filter(|start| text[*start..at].contains(char::is_alphabetic));
        out.extend(start.map(|start| (LitterKind::Reference, start..at + 3)));
    }
    if let Some(at) = text.find("]][") {
        let start = text[..at].rfind("[[").unwrap_or(at);
        if let Some(end) = text[at + 3..].find(']') {
            out.push((LitterKind::Reference, start..at + 3 + end + 1));
        }
    }
    // A forum shows what stands in these to those alone who have answered.
    let hidden = text.find("[hide]").or_else(|| text.find("[hide=")).filter(|_| text.contains("[/hide]"));
    out.extend(hidden.map(|at| (LitterKind::Withheld, at..at + text[at..].find(']').map_or(1, |end| end + 1))));
    let tags = [
        "b", "i", "u", "s", "url", "img", "quote", "color", "size", "code", "list", "center", "font", "align", "attach",
    ];
    let forum = tags.into_iter().find_map(|tag| {
        let at = text.find(&format!("[/{tag}]"))?;
        text[..at].contains(&format!("[{tag}")).then_some((LitterKind::BbCode, at..at + tag.len() + 3))
    });
    out.extend(forum);
    let bold = text.find("'''").and_then(|at| Some(at..at + 3 + text[at + 3..].find("'''")? + 3));
    out.extend(bold.map(|range| (LitterKind::MediaWiki, range)));
    let is_namespace = |link: &str| link.split_once(':').is_some_and(|(name, _)| WIKI_NAMESPACES.contains(&name));
    let file = text.match_indices("[[").map(|(at, _)| at).find(|&at| is_namespace(&text[at + 2..]));
    out.extend(file.and_then(|at| Some((LitterKind::MediaWiki, at..at + text[at..].find("]]")? + 2))));
}

/// Whether what stands between round brackets is an address or the path of a file.
pub(super) fn is_path(inside: &str) -> bool {
    if inside.starts_with("http://") || inside.starts_with("https://") {
        return true;
    }
    let path = inside.split('#').next().unwrap_or(inside);
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.trim().is_empty()
            && (2..=5).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

const COMMANDS: &[&str] = &[
    "newpage",
    "pagebreak",
    "clearpage",
    "cleardoublepage",
    "tableofcontents",
    "begin",
    "end",
    "section",
    "subsection",
    "chapter",
    "textbf",
    "textit",
    "emph",
    "underline",
    "label",
    "ref",
    "cite",
    "citep",
    "footnote",
    "includegraphics",
    "vspace",
    "hspace",
    "noindent",
    "centering",
    "maketitle",
    "appendix",
    "hfill",
    "vfill",
    "bigskip",
    "medskip",
    "smallskip",
    "input",
    "include",
    "item",
    "caption",
    "toc",
];

fn latex(text: &str, out: &mut Vec<FoundLitter>) {
    for (at, _) in text.match_indices('\\') {
        let inside = &text[at + 1..text.floor_char_boundary(at + MAX_LEN)];
        let len = inside.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inside.len());
        // In `C:\end` the sign is part of a path.
        let apart = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || !c.is_ascii());
        let rest = &inside[len..];
        let ends = rest.is_empty() || rest.starts_with(['{', '[', '\n', ' ', '*']);
        let takes_words = !matches!(
            &inside[..len],
            "newpage"
                | "pagebreak"
                | "clearpage"
                | "cleardoublepage"
                | "tableofcontents"
                | "noindent"
                | "centering"
                | "maketitle"
                | "appendix"
                | "hfill"
                | "vfill"
                | "bigskip"
                | "medskip"
                | "smallskip"
        );
        if apart && (&inside[..len] == "iffalse" || inside.starts_with("begin{comment}")) {
            out.push((LitterKind::Withheld, at..at + 1 + len));
        } else if COMMANDS.contains(&&inside[..len])
            && apart
            && ends
            && (!takes_words || rest.starts_with(['{', '[', '*']))
        {
            let whole = if rest.starts_with('{') { rest.find('}').map_or(0, |end| end + 1) } else { 0 };
            out.push((LitterKind::Latex, at..at + 1 + len + whole));
        }
    }
}

const ADMONITIONS: &[&str] = &[
    "note",
    "abstract",
    "summary",
    "tldr",
    "info",
    "todo",
    "tip",
    "hint",
    "important",
    "success",
    "check",
    "done",
    "question",
    "help",
    "faq",
    "warning",
    "caution",
    "attention",
    "failure",
    "fail",
    "missing",
    "danger",
    "error",
    "bug",
    "example",
    "snippet",
    "quote",
    "cite",
    "details",
];

/// What a line says by how it begins.
fn line_start(line: &str) -> Option<LitterKind> {
    let line = line.trim_matches([' ', '\t', '\r']);
    if is_contents(line) {
        return Some(LitterKind::Contents);
    }
    if line.starts_with("*[") && line.contains("]: ") {
        return Some(LitterKind::Dialect);
    }
    let colons = line.len() - line.trim_start_matches(':').len();
    if colons >= 3 {
        let name = line[colons..].trim_matches([' ', '{', '}', '.']);
        let name = name.strip_prefix("content-").unwrap_or(name).split([' ', '=']).next().unwrap_or(name);
        return Some(if names_withheld(name) { LitterKind::Withheld } else { LitterKind::Container });
    }
    if let Some(rest) = ["!!! ", "??? ", "???+ "].iter().find_map(|sign| line.strip_prefix(sign)) {
        let (name, title) = rest.split_once(' ').unwrap_or((rest, ""));
        let quoted = title.trim().starts_with('"') || title.trim().starts_with('“');
        let alone = title.trim().is_empty() || title.starts_with("inline");
        return (ADMONITIONS.contains(&name) && (alone || quoted)).then_some(LitterKind::Admonition);
    }
    let marks = ["<<<<<<<", ">>>>>>>", "|||||||", "======="];
    if marks.iter().any(|mark| {
        line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || (rest.starts_with(' ') && !mark.starts_with('=')))
    }) {
        return Some(LitterKind::Merge);
    }
    if line.starts_with("!> ") || line.starts_with("?> ") {
        return Some(LitterKind::Docsify);
    }
    let is_grid = line.len() > 4
        && line.starts_with(['+', '|'])
        && line.ends_with(['+', '|'])
        && line.contains('+')
        && line.bytes().all(|byte| matches!(byte, b'+' | b'|' | b'-' | b'=' | b':'));
    if is_grid || is_columns_rule(line) {
        return Some(LitterKind::Table);
    }
    let heading = |line: &str| line.len() > 6 && line.starts_with("== ") && line.ends_with(" ==");
    if heading(line) || heading(line.trim_matches('=').trim()) {
        return Some(LitterKind::MediaWiki);
    }
    let b = line.as_bytes();
    if b.len() > 4 && b[0] == b'h' && (b'1'..=b'6').contains(&b[1]) && &b[2..4] == b". " {
        return Some(LitterKind::Confluence);
    }
    if let Some(directive) = line.strip_prefix(".. ") {
        let name = directive.split("::").next().unwrap_or(directive);
        let is_name = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'));
        return (is_name && directive.contains("::")).then_some(LitterKind::OtherMarkup);
    }
    if line.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("#+begin_comment")) {
        return Some(LitterKind::Withheld);
    }
    let macro_call =
        ["image::", "include::", "video::", "toc::"].iter().any(|name| line.starts_with(name)) && line.ends_with(']');
    let org = line.strip_prefix("#+").is_some_and(|rest| {
        rest.split([':', '_', ' ']).next().is_some_and(|word| {
            matches!(
                word.to_ascii_lowercase().as_str(),
                "title" | "author" | "date" | "begin" | "end" | "options" | "caption" | "attr" | "include"
            )
        })
    });
    if macro_call || org {
        return Some(LitterKind::OtherMarkup);
    }
    let import = line.starts_with("import ") && line.contains(" from ") && line.contains(['\'', '"']);
    let export = ["export const ", "export default ", "export function "].iter().any(|start| line.starts_with(start));
    (import || export).then_some(LitterKind::Component)
}

/// Whether a line sets columns apart by rows of dashes: `-------  ------`.
pub(super) fn is_columns_rule(line: &str) -> bool {
    let rows: Vec<&str> = line.split_whitespace().collect();
    rows.len() > 1 && rows.iter().all(|row| row.len() > 2 && row.trim_matches('-').is_empty())
}

/// Whether tags of no element of HTML are components, and no words in angle brackets: `<Tabs>…</Tabs>`, `<Card title="x">`.
pub(super) fn is_component(raw: &str) -> bool {
    let raw = raw.trim();
    let attribute =
        raw.split_whitespace().skip(1).any(|word| word.contains("=\"") || word.contains("={") || word.contains("='"));
    raw.starts_with("</") || raw.contains("/>") || raw.contains("</") || attribute
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<LitterKind> {
        let mut kinds: Vec<LitterKind> = Vec::new();
        for (kind, _) in scan(text, true, true) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    #[test]
    fn what_other_tools_leave_is_found() {
        for (text, kind) in [
            ("{% include note.html %}", LitterKind::Template),
            ("见{% post_link a %}。", LitterKind::Template),
            ("{{ site.baseurl }}/a.png", LitterKind::Template),
            ("{{#include a.rs}}", LitterKind::Template),
            ("{{< youtube abc >}}", LitterKind::Shortcode),
            ("{{% notice tip %}}", LitterKind::Shortcode),
            (":::note", LitterKind::Container),
            ("::: {.warning}", LitterKind::Container),
            ("text\n:::", LitterKind::Container),
            ("::::: sidebar", LitterKind::Container),
            ("!!! warning", LitterKind::Admonition),
            ("!!! note \"标题\"", LitterKind::Admonition),
            ("???+ info", LitterKind::Admonition),
            ("文\n{: .note }", LitterKind::Attributes),
            ("标题 {#id .class}", LitterKind::Attributes),
            ("{width=50%}", LitterKind::Attributes),
            ("{: width=\"300\" }", LitterKind::Attributes),
            ("[文字]{.underline}", LitterKind::Attributes),
            ("<<<<<<< HEAD", LitterKind::Merge),
            ("甲\n=======\n乙", LitterKind::Merge),
            (">>>>>>> branch-a", LitterKind::Merge),
            ("付款^[见第三页的记录。]", LitterKind::InlineNote),
            ("付款[^无]", LitterKind::Footnote),
            ("[TOC]\n正文", LitterKind::Contents),
            ("\\newpage", LitterKind::Latex),
            ("\\begin{center}", LitterKind::Latex),
            ("见 \\ref{fig:1}", LitterKind::Latex),
            ("{code:java}", LitterKind::Confluence),
            ("{noformat}a{noformat}", LitterKind::Confluence),
            ("h2. 标题", LitterKind::Confluence),
            ("== 标题 ==", LitterKind::MediaWiki),
            ("'''粗'''", LitterKind::MediaWiki),
            ("[[File:a.png|thumb]]", LitterKind::MediaWiki),
            ("[b]粗[/b]", LitterKind::BbCode),
            ("[url=https://shop.example]店[/url]", LitterKind::BbCode),
            ("import Tabs from '@theme/Tabs';", LitterKind::Component),
            ("<o:p></o:p>", LitterKind::Word),
            ("!> 重要", LitterKind::Docsify),
            ("文字 ^abc123", LitterKind::BlockId),
            (".. note::", LitterKind::OtherMarkup),
            ("+---+----+", LitterKind::Table),
            ("+===+====+", LitterKind::Table),
            ("甲  乙\n---- ----", LitterKind::Table),
            ("#+TITLE: 甲", LitterKind::OtherMarkup),
            ("image::a.png[]", LitterKind::OtherMarkup),
            ("sent[[3]][3].", LitterKind::Reference),
            ("{++added++}", LitterKind::Revision),
            ("{Private}", LitterKind::Withheld),
            ("[hide]电话[/hide]", LitterKind::Withheld),
            ("电话｛不公开｝", LitterKind::Withheld),
            ("{ privat }", LitterKind::Withheld),
            ("[电话]{.private}", LitterKind::Withheld),
            ("{草稿}", LitterKind::Withheld),
            ("[电话]{style=\"display: none\"}", LitterKind::Withheld),
            ("电话\n{: .d-none }", LitterKind::Withheld),
            ("{# for translators #}", LitterKind::Bracketed),
            ("{{! 电话 }}", LitterKind::Bracketed),
            ("\\iffalse\n电话\n\\fi", LitterKind::Withheld),
            ("\\begin{comment}", LitterKind::Withheld),
            ("#+BEGIN_COMMENT", LitterKind::Withheld),
            ("【不公开】电话", LitterKind::Bracketed),
            ("[Private] the phone", LitterKind::Bracketed),
            ("内部笔记（不公开）", LitterKind::Bracketed),
            ("【内部资料，请勿公开】", LitterKind::Bracketed),
            (":::hidden", LitterKind::Withheld),
            ("::: {.content-hidden when-format=\"html\"}", LitterKind::Withheld),
        ] {
            assert_eq!(kinds(text), [kind], "{text}");
        }
    }

    #[test]
    fn what_people_write_in_prose_is_no_litter() {
        for text in [
            "{{ x }} 和 {x}",
            "the set {1, 2, 3}",
            "{by=bank disputes} 不认可",
            "100% {注}",
            "他说：：：算了",
            "!!! 太过分了",
            "!!! note that we never agreed to this",
            "??? what is this",
            "a ===== b",
            "a == b，b == c",
            "<<< 前一页",
            "【注1】（见第三页）",
            "【重要】（2031年3月1日）",
            "[甲公司]（以下简称甲方）",
            "10^[2]",
            "[^] 与 [^a b]",
            "[^1]",
            "C:\\end\\begin",
            "\\\\server\\share",
            "\\item 之后没有括号",
            "[sic] wrote [1][2]",
            "[2031] EWCA Civ 1",
            "[/] and [b]",
            "import duties from abroad",
            "import of goods \"from\" them",
            "export 与 import",
            "x ^2",
            "文字 ^^",
            "1 < 2 > 0",
            "http://[::1]/",
            "10:30:::",
            "他写了 {private 没有写完",
            "public {key}",
            "it's ''quoted''",
            "h2 标题",
            "...... ::",
            "#标签",
            "a/b/c 和 /> 之后",
            "图 1. 说明",
            "和解协议（草稿）",
            "法庭（不公开）开庭审理",
            "the [private] key",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn a_component_is_told_from_words_in_angle_brackets() {
        for raw in ["<Tabs>\n</Tabs>", "<TabItem value=\"a\">", "<Card/>", "</Tabs>"] {
            assert!(is_component(raw), "{raw}");
        }
        for raw in ["<name of the bank>", "<Bank>", "<TODO>"] {
            assert!(!is_component(raw), "{raw}");
        }
    }
}
