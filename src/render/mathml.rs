//! Formulas as MathML, of which nothing but mathematics gets through.

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

/// Adds a formula as MathML, or as text where it would be anything else.
pub(super) fn write(out: &mut String, formula: &str, display: bool) {
    let storage = Storage::new();
    let parser = Parser::new(formula, &storage);
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..Default::default() };
    let mut mathml = String::new();
    let written = push_mathml(&mut mathml, parser, config).is_ok();
    match written.then(|| harmless(&mathml)).flatten() {
        Some(mathml) => out.push_str(&mathml),
        None => escape::text(out, formula),
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
        let mut out = String::new();
        write(&mut out, formula, false);
        out
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
