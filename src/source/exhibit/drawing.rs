//! Drawings (SVG 2) without active content and without anything that loads.
//!
//! A drawing is read by a parser of XML and written anew: elements and attributes of a list, and nothing else. So it does
//! not matter in which encoding, with which entities or behind which prefixes something that acts was hidden.

use std::collections::HashSet;
use std::fmt::Write;

use ct_codecs::{Base64, Decoder, Encoder};
use memchr::memmem;
use roxmltree::{Document, Node, NodeType, ParsingOptions};

use super::clean::clean as clean_picture;
use super::media::Media;
use super::metadata;
use super::style;
use super::text;

/// The largest drawing that is read, in bytes.
const MAX_BYTES: usize = 16 << 20;

/// The most elements and texts, and how deep they may be nested.
const MAX_NODES: u32 = 500_000;
const MAX_DEPTH: usize = 200;

/// The most attributes of an element, and the most prefixes of namespaces: the parser compares each with all others.
const MAX_ATTRIBUTES: usize = 2_000;
const MAX_PREFIXES: usize = 250;

/// The most that entities may unfold to, in bytes.
const MAX_UNFOLDED: usize = 16 << 20;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A drawing that can only be looked at.
#[derive(Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The drawing, as UTF-8.
    pub svg: String,
    /// What of the original is not in it and could act or load something, or would have been seen: `script`, `onload`.
    pub lost: Vec<String>,
}

/// Elements that stay.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "title",
    "desc",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "image",
    "linearGradient",
    "radialGradient",
    "stop",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
];

/// Elements that say something of the drawing and show nothing: nobody need be told that they are gone.
const SILENT: &[&str] = &["metadata", "view"];

/// Attributes that stay, besides the properties of [`style::PROPERTIES`].
const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "lang",
    "version",
    "viewBox",
    "preserveAspectRatio",
    "transform",
    "x",
    "y",
    "z",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "fr",
    "width",
    "height",
    "d",
    "points",
    "pathLength",
    "dx",
    "dy",
    "rotate",
    "textLength",
    "lengthAdjust",
    "startOffset",
    "method",
    "spacing",
    "side",
    "offset",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "patternUnits",
    "patternContentUnits",
    "patternTransform",
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "markerUnits",
    "markerWidth",
    "markerHeight",
    "refX",
    "refY",
    "orient",
    "filterUnits",
    "primitiveUnits",
    "in",
    "in2",
    "result",
    "mode",
    "type",
    "values",
    "tableValues",
    "slope",
    "intercept",
    "amplitude",
    "exponent",
    "operator",
    "k1",
    "k2",
    "k3",
    "k4",
    "order",
    "kernelMatrix",
    "divisor",
    "bias",
    "targetX",
    "targetY",
    "edgeMode",
    "preserveAlpha",
    "surfaceScale",
    "diffuseConstant",
    "specularConstant",
    "specularExponent",
    "kernelUnitLength",
    "limitingConeAngle",
    "azimuth",
    "elevation",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "scale",
    "xChannelSelector",
    "yChannelSelector",
    "stdDeviation",
    "radius",
    "baseFrequency",
    "numOctaves",
    "seed",
    "stitchTiles",
    "systemLanguage",
    "requiredFeatures",
    "requiredExtensions",
];

/// The drawing in the file `bytes`; none if it is no SVG, is not well-formed, or is too large.
pub fn clean(bytes: &[u8]) -> Option<Drawing> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    let text = text::decode(bytes, true)?.text;
    if unfolds_too_far(&text) || declares_too_much(&text) {
        return None;
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).ok()?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return None;
    }
    let mut drawing = Drawing { svg: String::with_capacity(text.len() / 2), lost: Vec::new() };
    if document.root().children().any(|node| node.is_pi()) {
        drawing.loses("processing instruction");
    }
    drawing.element(root, 0)?;
    Some(drawing)
}

/// Whether entities could make of a small text a large one. Those that stand in each other are refused.
fn unfolds_too_far(text: &str) -> bool {
    let Some(start) = text.find("<!ENTITY") else { return false };
    let end = text[start..].find("]>").map_or(text.len(), |at| start + at);
    let declared = &text[start..end];
    let nested = declared.contains(['&', '%']) || declared.contains("SYSTEM") || declared.contains("PUBLIC");
    nested || declared.len().saturating_mul(text.matches('&').count()) > MAX_UNFOLDED
}

/// Whether an element has more attributes, or all of them more prefixes, than a drawing needs.
fn declares_too_much(text: &str) -> bool {
    // In an attribute and in text `<` is escaped.
    let attributes =
        |tag: &str| memmem::find_iter(tag.as_bytes(), "=\"").count() + memmem::find_iter(tag.as_bytes(), "='").count();
    let is_large = |tag: &str| tag.len() > MAX_ATTRIBUTES && attributes(tag) > MAX_ATTRIBUTES;
    let prefix = |at: usize| text[at..].split(['=', ' ', '\n']).next();
    let declared: HashSet<&str> = memmem::find_iter(text.as_bytes(), "xmlns:").filter_map(prefix).collect();
    declared.len() > MAX_PREFIXES || text.split('<').any(is_large)
}

impl Drawing {
    fn loses(&mut self, what: &str) {
        if !self.lost.iter().any(|lost| lost == what) {
            self.lost.push(what.to_owned());
        }
    }

    /// Writes an element with all that is in it; none if that is nested too deep.
    fn element(&mut self, node: Node<'_, '_>, depth: usize) -> Option<()> {
        let name = node.tag_name();
        let Some(written) = self.name_of(node).filter(|_| name.namespace() == Some(SVG)) else {
            let is_seen = matches!(name.namespace(), None | Some(SVG | XHTML)) && !SILENT.contains(&name.name());
            if is_seen {
                self.loses(&format!("<{}>", name.name()));
            }
            return Some(());
        };
        if depth > MAX_DEPTH {
            return None;
        }
        let _ = write!(self.svg, "<{written}");
        if depth == 0 {
            let _ = write!(self.svg, r#" xmlns="{SVG}" xmlns:xlink="{XLINK}""#);
        }
        for attribute in node.attributes() {
            let kept = match attribute.namespace() {
                None if attribute.name() == "href" => self.reference(node, attribute.value()).map(|v| ("href", v)),
                Some(XLINK) if attribute.name() == "href" => {
                    self.reference(node, attribute.value()).map(|v| ("xlink:href", v))
                }
                Some(XML) if attribute.name() == "space" => Some(("xml:space", attribute.value().to_owned())),
                Some(XML) if attribute.name() == "lang" => Some(("xml:lang", attribute.value().to_owned())),
                None => self.plain(attribute.name(), attribute.value()).map(|value| (attribute.name(), value)),
                Some(_) => None,
            };
            if let Some((name, value)) = kept {
                let _ = write!(self.svg, " {name}=\"");
                escape(&value, &mut self.svg);
                self.svg.push('"');
            }
        }
        self.svg.push('>');
        if written == "style" {
            let sheet: String = node.children().filter_map(|child| child.text()).collect();
            let (sheet, lost) = style::sheet(&sheet);
            lost.iter().for_each(|lost| self.loses(lost));
            escape(&sheet, &mut self.svg);
        } else {
            for child in node.children() {
                match child.node_type() {
                    NodeType::Element => self.element(child, depth + 1)?,
                    NodeType::Text => escape(child.text().unwrap_or(""), &mut self.svg),
                    _ => {}
                }
            }
        }
        let _ = write!(self.svg, "</{written}>");
        Some(())
    }

    /// The name under which an element of SVG is written; none if it goes. A link is a group, or a piece of text.
    fn name_of(&self, node: Node<'_, '_>) -> Option<&'static str> {
        let name = node.tag_name().name();
        if name != "a" {
            return ELEMENTS.iter().copied().find(|&known| known == name);
        }
        let parent = node.ancestors().skip(1).map(|node| node.tag_name().name()).find(|&name| name != "a");
        Some(if matches!(parent, Some("text" | "tspan" | "textPath")) { "tspan" } else { "g" })
    }

    /// The value of an attribute without a namespace, if it stays.
    fn plain(&mut self, name: &str, value: &str) -> Option<String> {
        if name == "style" {
            let (declarations, lost) = style::declarations(value);
            lost.iter().for_each(|lost| self.loses(lost));
            return Some(declarations);
        }
        let is_property = style::PROPERTIES.contains(&name);
        if is_property && !style::is_harmless(value) {
            self.loses(name);
            return None;
        }
        if name.starts_with("on") {
            self.loses(name);
        }
        (is_property || ATTRIBUTES.contains(&name)).then(|| value.to_owned())
    }

    /// Where an element refers to, if that is within the drawing: a part of it, or a picture that stands in the address.
    fn reference(&mut self, node: Node<'_, '_>, address: &str) -> Option<String> {
        let address = address.trim();
        match node.tag_name().name() {
            "a" => return None,
            "image" => {
                let picture = embedded(address);
                if picture.is_none() {
                    self.loses("<image>");
                }
                return picture;
            }
            _ => {}
        }
        if !address.starts_with('#') {
            self.loses("href");
            return None;
        }
        Some(address.to_owned())
    }
}

/// A picture in an address (RFC 2397), without what it says beside its pixels; none if it is none that can be cleaned.
fn embedded(address: &str) -> Option<String> {
    let (head, data) = address.strip_prefix("data:")?.split_once(',')?;
    let (_, is_base64) = head.split_once(';')?;
    if !is_base64.trim().eq_ignore_ascii_case("base64") {
        return None;
    }
    let data: String = data.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = Base64::decode_to_vec(data, None).ok()?;
    let mime = Media::detect(&bytes, "").mime;
    let cleaned = clean_picture(&bytes, &mime, metadata::FoundExif::of(&bytes).orientation())?;
    Some(format!("data:{mime};base64,{}", Base64::encode_to_string(cleaned).ok()?))
}

/// Adds text as XML writes it, in an attribute as well as between tags.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(inner: &str) -> String {
        let svg = format!(r#"<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" xmlns:h="{XHTML}">{inner}</svg>"#);
        let cleaned = clean(svg.as_bytes()).expect(inner).svg;
        let head = format!(r#"<svg xmlns="{SVG}" xmlns:xlink="{XLINK}">"#);
        cleaned.strip_prefix(&head).and_then(|rest| rest.strip_suffix("</svg>")).expect(&cleaned).to_owned()
    }

    #[test]
    fn what_is_to_be_seen_stays() {
        for (inner, written) in [
            (r##"<path d="M0 0h9" fill="url(#a)"/>"##, r##"<path d="M0 0h9" fill="url(#a)"></path>"##),
            (r##"<use xlink:href="#a"/>"##, r##"<use xlink:href="#a"></use>"##),
            (r##"<use href="#a"/>"##, r##"<use href="#a"></use>"##),
            (
                "<text xml:space=\"preserve\">甲 &lt;乙&gt; &amp;</text>",
                "<text xml:space=\"preserve\">甲 &lt;乙&gt; &amp;</text>",
            ),
            ("<title>Ann's</title>", "<title>Ann's</title>"),
            ("<a href=\"https://a.example/\"><path d=\"M0 0\"/></a>", "<g><path d=\"M0 0\"></path></g>"),
            ("<text><a href=\"x\">甲</a></text>", "<text><tspan>甲</tspan></text>"),
            ("<style>.a>b{fill:red;}</style>", "<style>.a&gt;b{fill:red}</style>"),
            ("<style><![CDATA[a{fill:red}]]></style>", "<style>a{fill:red}</style>"),
            ("<g style=\"fill: #f00; stroke:url(#b)\"/>", "<g style=\"fill:#f00;stroke:url(#b)\"></g>"),
        ] {
            assert_eq!(drawn(inner), written);
        }
    }

    #[test]
    fn what_acts_or_loads_goes_however_it_is_written() {
        for inner in [
            "<script>alert(1)</script>",
            "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">alert(1)</s:script>",
            "<_:script xmlns:_=\"http://www.w3.org/1999/xhtml\">alert(1)</_:script>",
            "<script><![CDATA[alert(1)]]></script>",
            "<h:script>alert(1)</h:script>",
            "<foreignObject><h:iframe src=\"javascript:alert(1)\"/></foreignObject>",
            "<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>",
            "<set attributeName=\"onload\" to=\"alert(1)\"/>",
            "<handler xmlns=\"http://www.w3.org/2000/svg\">alert(1)</handler>",
            "<metadata><h:script>alert(1)</h:script></metadata>",
            "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
        ] {
            assert_eq!(drawn(inner), "", "{inner}");
        }
        for (inner, written) in [
            ("<g onload=\"alert(1)\"/>", "<g></g>"),
            ("<g OnLoad=\"alert(1)\"/>", "<g></g>"),
            ("<use href=\"https://a.example/b.svg#c\"/>", "<use></use>"),
            ("<use href=\"data:image/svg+xml;base64,PHN2Zz4=#a\"/>", "<use></use>"),
            ("<image href=\"https://a.example/b.png\"/>", "<image></image>"),
            ("<image href=\"data:image/svg+xml;base64,PHN2Zz4=\"/>", "<image></image>"),
            ("<image href=\"data:text/html;base64,PGI+\"/>", "<image></image>"),
            ("<style>@import 'https://a.example/b.css';a{fill:red}</style>", "<style>a{fill:red}</style>"),
            ("<style>a{fill:url(https://a.example/b)}</style>", "<style></style>"),
            ("<style>a{fill:u\\72l(https://a.example/b)}</style>", "<style></style>"),
            ("<style>&lt;/style&gt;&lt;script&gt;</style>", "<style></style>"),
            ("<g style=\"background:url(//a.example)\"/>", "<g style=\"\"></g>"),
            ("<g fill=\"url(https://a.example/b#c)\"/>", "<g></g>"),
        ] {
            assert_eq!(drawn(inner), written);
        }
    }

    #[test]
    fn what_is_lost_is_told_but_for_what_nobody_sees() {
        let lost = |inner: &str| clean(format!(r#"<svg xmlns="{SVG}">{inner}</svg>"#).as_bytes()).unwrap().lost;
        assert_eq!(lost("<script/><g onload=\"1\"/><script/>"), ["<script>", "onload"]);
        assert_eq!(lost("<foreignObject/><image href=\"a.png\"/>"), ["<foreignObject>", "<image>"]);
        assert_eq!(lost("<metadata/><a href=\"x\"/><i:i xmlns:i=\"http://a.example/\"/><g data-x=\"1\"/>"), [""; 0]);
    }

    #[test]
    fn entities_are_unfolded_and_bombs_are_not() {
        let drawing = |declared: &str, inner: &str| {
            clean(format!("<!DOCTYPE svg [{declared}]><svg xmlns=\"{SVG}\">{inner}</svg>").as_bytes())
        };
        let plain = drawing("<!ENTITY n '甲'>", "<text>&n;</text>").unwrap();
        assert!(plain.svg.ends_with("<text>甲</text></svg>") && !plain.svg.contains("DOCTYPE"));
        let script = drawing("<!ENTITY n '<script>alert(1)</script>'>", "&n;").unwrap();
        assert!(!script.svg.contains("alert"), "{}", script.svg);
        let handler = drawing("<!ATTLIST g onload CDATA 'alert(1)'>", "<g/>").unwrap();
        assert!(!handler.svg.contains("alert"), "{}", handler.svg);
        assert_eq!(drawing("<!ENTITY a 'x'><!ENTITY b '&a;&a;'>", "&b;"), None);
        assert_eq!(drawing("<!ENTITY a SYSTEM 'file:///etc/passwd'>", "&a;"), None);
        let long = "x".repeat(1 << 16);
        assert_eq!(drawing(&format!("<!ENTITY a '{long}'>"), &"&a;".repeat(1 << 12)), None);
    }

    #[test]
    fn what_is_no_drawing_is_none() {
        let deep = format!("<svg xmlns=\"{SVG}\">{}{}</svg>", "<g>".repeat(5000), "</g>".repeat(5000));
        for bytes in [
            &b""[..],
            b"<svg>",
            b"<svg/>",
            b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
            b"\x89PNG",
            deep.as_bytes(),
        ] {
            assert_eq!(clean(bytes), None);
        }
    }

    #[test]
    fn the_encoding_hides_nothing() {
        let svg = format!("\u{feff}<svg xmlns=\"{SVG}\"><script>alert(1)</script><path d=\"M0 0\"/></svg>");
        let wide: Vec<u8> = svg.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let drawing = clean(&wide).unwrap();
        assert!(!drawing.svg.contains("alert") && drawing.svg.contains("<path"));
        assert_eq!(clean(&wide[2..]), None);
        let seven =
            format!("<?xml version='1.0' encoding='UTF-7'?><svg xmlns=\"{SVG}\">+ADw-script+AD4-alert(1)</svg>");
        assert!(clean(seven.as_bytes()).unwrap().svg.contains("+ADw-script+AD4-"));
    }

    #[test]
    fn a_drawing_is_read_up_to_each_limit_and_not_beyond() {
        let is_read = |inner: &str| clean(format!("<svg xmlns=\"{SVG}\">{inner}</svg>").as_bytes()).is_some();
        let attributes =
            |count: usize| format!("<g {}/>", (0..count).map(|n| format!("a{n}='1' ")).collect::<String>());
        let prefixes =
            |count: usize| format!("<g {}/>", (0..count).map(|n| format!("xmlns:p{n}='u{n}' ")).collect::<String>());
        let nested = |count: usize| "<g>".repeat(count) + &"</g>".repeat(count);
        for (inner, limit) in
            [(&attributes as &dyn Fn(usize) -> String, MAX_ATTRIBUTES), (&prefixes, MAX_PREFIXES), (&nested, MAX_DEPTH)]
        {
            assert!(is_read(&inner(limit - 5)), "{limit}");
            assert!(!is_read(&inner(limit + 5)), "{limit}");
        }
        assert!(!is_read(&"<g/>".repeat(MAX_NODES as usize)));
        assert!(!is_read(&format!("<!--{}-->", " ".repeat(MAX_BYTES))));
        assert!(is_read(&format!("<!--{}-->", " ".repeat(MAX_BYTES / 2))));
    }
}
