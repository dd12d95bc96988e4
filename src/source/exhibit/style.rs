//! Style sheets of drawings, cut down to what cannot load anything.

/// Properties that stay: the presentation attributes of SVG 2, section 6.6, and their kin.
pub(super) const PROPERTIES: &[&str] = &[
    "alignment-baseline",
    "baseline-shift",
    "clip-path",
    "clip-rule",
    "color",
    "color-interpolation",
    "color-interpolation-filters",
    "direction",
    "display",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "filter",
    "flood-color",
    "flood-opacity",
    "font",
    "font-family",
    "font-size",
    "font-size-adjust",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "image-rendering",
    "isolation",
    "letter-spacing",
    "lighting-color",
    "line-height",
    "marker",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "mask-type",
    "mix-blend-mode",
    "opacity",
    "overflow",
    "paint-order",
    "shape-rendering",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-align",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "transform",
    "transform-box",
    "transform-origin",
    "unicode-bidi",
    "vector-effect",
    "visibility",
    "white-space",
    "word-spacing",
    "writing-mode",
];

/// Functions that only reckon. `url` leads within the drawing or goes.
const FUNCTIONS: &[&str] = &[
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "light-dark",
    "calc",
    "min",
    "max",
    "clamp",
    "var",
    "matrix",
    "matrix3d",
    "translate",
    "translatex",
    "translatey",
    "scale",
    "scalex",
    "scaley",
    "rotate",
    "skewx",
    "skewy",
    "blur",
    "brightness",
    "contrast",
    "drop-shadow",
    "grayscale",
    "hue-rotate",
    "invert",
    "opacity",
    "saturate",
    "sepia",
    "circle",
    "ellipse",
    "inset",
    "polygon",
    "path",
    "url",
];

/// Whether the value of a property neither loads anything nor hides what it is.
pub(super) fn is_harmless(value: &str) -> bool {
    if value.contains(['\\', '@', '{', '}', '<']) || value.contains("/*") {
        return false;
    }
    value.match_indices('(').all(|(at, _)| {
        let before = &value[..at];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii();
        let name = &before[before.trim_end_matches(is_name).len()..];
        let name = name.to_ascii_lowercase();
        let leads_within = || value[at + 1..].trim_start_matches([' ', '\'', '"']).starts_with('#');
        // Brackets within a calculation have no name.
        name.is_empty() || (FUNCTIONS.contains(&name.as_str()) && (name != "url" || leads_within()))
    })
}

/// The declarations that stay, and the properties that do not.
pub(super) fn declarations(text: &str) -> (String, Vec<String>) {
    let (mut kept, mut lost) = (Vec::new(), Vec::new());
    for declaration in without_comments(text).split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        let is_own = name.starts_with("--");
        if !(PROPERTIES.contains(&name.as_str()) || is_own) {
            continue;
        }
        if is_harmless(value) && is_harmless(&name) {
            kept.push(format!("{name}:{value}"));
        } else {
            lost.push(name);
        }
    }
    (kept.join(";"), lost)
}

/// The rules that stay, and what does not: rules that begin with `@`, and properties that would load something.
pub(super) fn sheet(text: &str) -> (String, Vec<String>) {
    let text = without_comments(text);
    let (mut kept, mut lost) = (String::new(), Vec::new());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', ';']) {
        let prelude = rest[..at].trim();
        let is_statement = rest[at..].starts_with(';');
        let end = if is_statement { at + 1 } else { at + block(&rest[at..]) };
        let body = rest[at..end].trim_start_matches(['{', ';']).trim_end_matches('}');
        if prelude.starts_with('@') {
            lost.push(prelude.split([' ', '\n', '\t', '\'', '"', '(']).next().unwrap_or("@").to_owned());
        } else if !is_statement && !prelude.contains(['\\', '<', '@', '}']) {
            let (declared, unfit) = declarations(body);
            lost.extend(unfit);
            if !declared.is_empty() && !body.contains('{') {
                kept.push_str(&format!("{prelude}{{{declared}}}"));
            }
        }
        rest = &rest[end..];
    }
    (kept, lost)
}

/// How long the block is with which the text begins, its brackets among it.
fn block(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = rest[at..].find("*/").map_or("", |end| &rest[at + end + 2..]);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_keeps_its_rules_and_loads_nothing() {
        for (text, kept) in [
            ("a { fill: red } .b{stroke:#00f;stroke-width:2px}", "a{fill:red}.b{stroke:#00f;stroke-width:2px}"),
            ("/* x */a{fill:rgb(1 2 3)}", "a{fill:rgb(1 2 3)}"),
            ("a{fill:url('#g')}", "a{fill:url('#g')}"),
            ("@import url(x);a{fill:red}", "a{fill:red}"),
            ("@media print{a{fill:red}}b{fill:red}", "b{fill:red}"),
            ("@font-face{font-family:x;src:url(x)}", ""),
            ("a{background:url(x)}", ""),
            ("a{fill:image-set('x' 1x)}", ""),
            ("a{--x:url(y);fill:var(--x)}", "a{fill:var(--x)}"),
            ("a{fill:ur/**/l(x)}", ""),
            ("a{b{fill:red}}c{fill:red}", "c{fill:red}"),
            ("a{fill:red", "a{fill:red}"),
            ("}a{fill:red}", ""),
        ] {
            assert_eq!(sheet(text).0, kept, "{text}");
        }
    }
}
