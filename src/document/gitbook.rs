//! GitBook's own blocks, `{% … %}` alone on a line, and the pictures of Hugo and Hexo that are written like them.
//!
//! CommonMark knows nothing of them: the end of a hint after a list would become part of the list's last
//! item. So before parsing, each such line is masked by an HTML comment of the same length, which CommonMark
//! treats as a block of its own; every offset stays what it was, and the tree reads the tag from the source.

use super::html;

/// What a block of GitBook means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `{% content-ref url="…" %}`: a card that leads to another page.
    ContentRef(String),
    /// `{% hint style="…" %}`
    Hint(Style),
    /// `{% embed url="…" caption="…" %}`: content of another site; shown as a card, never loaded.
    Embed {
        /// Where the content lies.
        url: String,
        /// What stands below it.
        caption: String,
    },
    /// `{% file src="…" caption="…" %}`
    File {
        /// Where the file lies.
        url: String,
        /// What stands below it.
        caption: String,
    },
    /// `{% tabs %}`
    Tabs,
    /// `{% tab title="…" %}`
    Tab(String),
    /// `{{< figure src="…" caption="…" >}}` of Hugo, `{% asset_img a.png caption %}` of Hexo.
    Figure {
        /// Where the picture lies.
        src: String,
        /// What it shows.
        alt: String,
        /// What stands below it.
        caption: String,
    },
}

/// How much a hint matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// By the way.
    Info,
    /// Good.
    Success,
    /// Take care.
    Warning,
    /// Take great care.
    Danger,
}

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// A block begins.
    Begin(Block),
    /// The block of that name ends.
    End(&'static str),
}

impl Block {
    /// The name in the tags.
    pub fn name(&self) -> &'static str {
        match self {
            Block::ContentRef(_) => "content-ref",
            Block::Hint(_) => "hint",
            Block::Embed { .. } => "embed",
            Block::File { .. } => "file",
            Block::Tabs => "tabs",
            Block::Tab(_) => "tab",
            Block::Figure { .. } => "figure",
        }
    }

    /// Whether the block may stand without an end.
    pub fn may_stand_alone(&self) -> bool {
        matches!(self, Block::Embed { .. } | Block::File { .. } | Block::ContentRef(_) | Block::Figure { .. })
    }
}

const NAMES: &[&str] = &["content-ref", "hint", "embed", "file", "tabs", "tab"];

/// Reads the tags of a line that holds nothing else; empty if the line holds anything else.
pub fn tags(line: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = line.trim();
    if let Some(figure) = hugo_figure(rest) {
        return vec![Tag::Begin(figure)];
    }
    while !rest.is_empty() {
        let Some((inside, after)) = rest.strip_prefix("{%").and_then(|rest| rest.split_once("%}")) else {
            return Vec::new();
        };
        match tag(inside.trim()) {
            Some(tag) => tags.push(tag),
            None => return Vec::new(),
        }
        rest = after.trim_start();
    }
    tags
}

fn tag(inside: &str) -> Option<Tag> {
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    if let Some(name) = name.strip_prefix("end") {
        let known = NAMES.iter().find(|known| **known == name)?;
        return Some(Tag::End(known));
    }
    let value = |key: &str| attribute(attributes, key);
    Some(Tag::Begin(match name {
        "content-ref" => Block::ContentRef(value("url")?),
        "embed" => Block::Embed { url: value("url")?, caption: value("caption").unwrap_or_default() },
        "file" => Block::File { url: value("src")?, caption: value("caption").unwrap_or_default() },
        "asset_img" => hexo_figure(attributes)?,
        "tabs" => Block::Tabs,
        "tab" => Block::Tab(value("title").unwrap_or_default()),
        "hint" => Block::Hint(match value("style").as_deref() {
            Some("success") => Style::Success,
            Some("warning") => Style::Warning,
            Some("danger") => Style::Danger,
            _ => Style::Info,
        }),
        _ => return None,
    }))
}

/// `{{< figure src="a.png" title="…" caption="…" alt="…" >}}`, with `%` for the angle brackets too.
fn hugo_figure(line: &str) -> Option<Block> {
    let inside = line.strip_prefix("{{<").and_then(|line| line.strip_suffix(">}}"));
    let inside = inside.or_else(|| line.strip_prefix("{{%").and_then(|line| line.strip_suffix("%}}")))?;
    let attributes = inside.trim().trim_end_matches('/').strip_prefix("figure")?;
    if !attributes.starts_with(char::is_whitespace) || attributes.contains("}}") {
        return None;
    }
    let value = |key: &str| attribute(attributes, key).unwrap_or_default();
    let parts = [value("title"), value("caption"), value("attr")];
    let caption = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Some(Block::Figure { src: attribute(attributes, "src")?, alt: value("alt"), caption })
}

/// `[class names] a.png [width] [height] [title text [alt text]]`: the picture is the first word that is the name of a file.
fn hexo_figure(attributes: &str) -> Option<Block> {
    let mut words = attributes.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
    let src = words.find(|word| word.contains('.'))?.to_owned();
    let is_size = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let caption = words.skip_while(is_size).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Some(Block::Figure { src, alt: String::new(), caption })
}

fn attribute(text: &str, key: &str) -> Option<String> {
    let tag = format!("<x {text}>");
    match html::tokens(&tag).into_iter().next() {
        Some(html::Token::Open(tag)) => tag.attribute(key).map(str::to_owned),
        _ => None,
    }
}

/// Fills the comments that stand for tags; no text holds it, for files with control characters keep them
/// apart from `<!--`.
const FILLER: char = '\u{1a}';

/// `line` as a comment of the same length, if it holds tags and nothing else.
pub fn mask(line: &str) -> Option<String> {
    let start = line.trim_start();
    if !(start.starts_with("{%") || start.starts_with("{{")) || tags(line).is_empty() {
        return None;
    }
    let lead = line.len() - line.trim_start().len();
    let filler = line.len().checked_sub(lead + "<!---->".len())?;
    let filler = FILLER.to_string().repeat(filler);
    Some(format!("{}<!--{filler}-->", &line[..lead]))
}

/// Whether a literal of the tree holds masked lines.
pub fn is_masked(literal: &str) -> bool {
    literal.contains("<!--\u{1a}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_blocks_are_read() {
        assert_eq!(tags("{% hint style=\"danger\" %}"), [Tag::Begin(Block::Hint(Style::Danger))]);
        assert_eq!(tags("  {% content-ref url=\"a/b.md\" %} "), [Tag::Begin(Block::ContentRef("a/b.md".to_owned()))]);
        assert_eq!(
            tags("{% endtab %}{% tab title=\"二\" %}"),
            [Tag::End("tab"), Tag::Begin(Block::Tab("二".to_owned()))]
        );
    }

    #[test]
    fn other_templates_are_text() {
        for line in ["{% raw %}", "{{ x }}", "see {% hint %}", "{% hint %} text", "{% hint", ""] {
            assert!(tags(line).is_empty(), "{line}");
            assert_eq!(mask(line), None);
        }
    }

    #[test]
    fn a_mask_is_a_comment_of_the_same_length() {
        for line in ["{%tabs%}", "  {% hint style=\"info\" %}", "{% tab title=\"甲\" %}"] {
            let masked = mask(line).unwrap();
            assert_eq!(masked.len(), line.len());
            assert!(masked.trim().starts_with("<!--") && masked.ends_with("-->"));
        }
    }
}
