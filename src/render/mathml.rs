//! Formulas as MathML, of which nothing but mathematics gets through.

use std::borrow::Cow;

use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

use super::escape;

/// The elements of MathML Core that formulas are made of.
const ELEMENTS: &[&str] = &[
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "mtable",
    "mtr",
    "mtd",
    "mpadded",
    "mphantom",
    "mstyle",
    "menclose",
    "merror",
    "semantics",
    "annotation",
];

/// A formula as MathML, or as text where it would be anything else.
pub(super) fn written(formula: &str, display: bool) -> String {
    let storage = Storage::new();
    let latex = literal_signs(formula);
    let parser = Parser::new(&latex, &storage);
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..Default::default() };
    let mut mathml = String::new();
    let written = push_mathml(&mut mathml, parser, config).is_ok();
    // The library writes a space that does not break as a name that XML has not.
    let mathml = mathml.replace("&amp;nbsp;", "\u{a0}").replace("&nbsp;", "\u{a0}");
    written.then(|| harmless(&mathml)).flatten().unwrap_or_else(|| {
        let mut text = String::new();
        escape::text(&mut text, formula);
        text
    })
}

/// A formula in which `%` and `~` are the signs that authors of sums mean, and not the beginning of a comment and a space:
/// `1000*5% = 50`, `5~6`.
fn literal_signs(formula: &str) -> Cow<'_, str> {
    if !formula.contains(['%', '~']) {
        return Cow::Borrowed(formula);
    }
    let mut latex = String::with_capacity(formula.len() + 8);
    let mut escaped = false;
    for c in formula.chars() {
        match c {
            '%' if !escaped => latex.push_str("\\%"),
            '~' if !escaped => latex.push_str("\\text{~}"),
            c => latex.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    Cow::Owned(latex)
}

/// The elements that stand on one line, as arithmetic does, so that a formula of nothing else can be broken like text.
const LINE: &[&str] = &["math", "mrow", "mi", "mn", "mo", "mtext", "mspace"];

/// The characters that have room in every column, though they cannot be broken.
const SMALL: usize = 12;

/// What CSS must know of a formula besides that it is one. A line breaks like text, but in Firefox not within a `long`
/// number; what is `built` of fractions, roots and the like cannot be broken, and if it is `wide` it may pass its column.
pub(super) fn class(mathml: &str) -> &'static str {
    let parts = || mathml.split('<').filter_map(|part| part.split_once('>'));
    let length = |(_, text): (&str, &str)| text.chars().count();
    let is_line =
        parts().all(|(tag, _)| tag.starts_with('/') || tag.split(' ').next().is_some_and(|name| LINE.contains(&name)));
    match is_line {
        true if parts().map(length).any(|length| length > SMALL) => " long",
        true => "",
        false if parts().map(length).sum::<usize>() > SMALL => " built wide",
        false => " built",
    }
}

/// The MathML without `style` attributes, which the content security policy forbids; none if there is any other element,
/// an attribute that acts or leads somewhere, or a tag without its end. The library writes the names of functions as
/// they are.
fn harmless(mathml: &str) -> Option<String> {
    let mut out = String::with_capacity(mathml.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = mathml;
    while let Some(at) = rest.find('<') {
        // Nothing stands outside of the outermost element.
        if open.is_empty() && !out.is_empty() {
            return None;
        }
        out.push_str(&rest[..at]);
        let end = at + rest[at..].find('>')?;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return None;
            }
            out.push_str("</");
            out.push_str(name);
            out.push('>');
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name = tag.split(' ').next()?;
        if !ELEMENTS.contains(&name) {
            return None;
        }
        out.push('<');
        out.push_str(name);
        attributes(&mut out, tag[name.len()..].trim())?;
        out.push_str(if is_empty { " />" } else { ">" });
        if !is_empty {
            open.push(name);
        }
    }
    (open.is_empty() && rest.is_empty()).then_some(out)
}

/// Adds the attributes of a tag but for `style`; none if one of them is no plain `name="value"` or does more than describe.
fn attributes(out: &mut String, mut rest: &str) -> Option<()> {
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b':');
        if !plain || name.starts_with("on") || matches!(name, "href" | "src" | "xlink:href" | "action") {
            return None;
        }
        if name != "style" {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        rest = after.trim_start();
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(formula: &str) -> String {
        super::written(formula, false)
    }

    #[test]
    fn a_formula_on_one_line_is_told_from_one_that_cannot_be_broken() {
        for (formula, expected) in [
            ("a + b = c", ""),
            ("\\text{净损失} = 194689.30 + 21766.00", ""),
            ("x \\le 2", ""),
            ("123456789012.34 + 1 = 123456789013.34", " long"),
            ("E = mc^2", " built"),
            ("\\frac{1}{2}", " built"),
            ("\\sqrt{2}", " built"),
            ("\\frac{123456.78 + 234567.89}{2}", " built wide"),
            ("\\operatorname{<mi>}", ""),
        ] {
            assert_eq!(class(&written(formula)), expected, "{formula}");
        }
    }

    #[test]
    fn formulas_are_mathml() {
        for formula in
            ["37848.25 - 16082.25 = 21766.00", "\\frac{1}{2}", "\\sum_{i=1}^{n} x_i", "\\sqrt[3]{x}", "a < b & c"]
        {
            let html = written(formula);
            assert!(html.starts_with("<math") && html.ends_with("</math>") || formula.contains('&'), "{html}");
        }
        assert!(written("\\operatorname{lim}x").contains("lim"));
        assert!(written("\\begin{matrix}1 & 2 \\\\ 3 & 4\\end{matrix}").starts_with("<math"));
    }

    #[test]
    fn what_would_be_markup_in_a_formula_is_text() {
        for formula in [
            "\\operatorname{<img src=x onerror=pwned()>}",
            "\\operatorname{</math><script>pwned()</script>}",
            "\\operatorname{<mi>}",
            "\\operatorname{</mi></math><mi>}",
            "\\operatorname{<mi onclick=\"pwned()\">x</mi>}",
        ] {
            assert!(!written(formula).contains('<'), "{}", written(formula));
        }
    }

    #[test]
    fn no_formula_brings_a_style() {
        for formula in ["\\color{red}{x}", "\\colorbox{red}{x}", "\\hspace{-1em}x", "\\textcolor{blue}{y}"] {
            let html = written(formula);
            assert!(html.starts_with("<math") && !html.contains("style"), "{html}");
        }
    }
}
