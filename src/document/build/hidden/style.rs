//! Declarations of style that keep text from the eyes of readers.

/// The declarations of a tag, in lower case.
#[derive(Default)]
pub(super) struct Style {
    declarations: Vec<(String, String)>,
}

impl Style {
    pub(super) fn parse(text: &str) -> Self {
        let lower = without_comments(text).to_ascii_lowercase().replace("!important", "");
        let read = |declaration: &str| {
            let (property, value) = declaration.split_once(':')?;
            Some((property.trim().to_owned(), value.trim().to_owned()))
        };
        Self { declarations: lower.split(';').filter_map(read).collect() }
    }

    /// The last value of a property.
    pub(super) fn get(&self, property: &str) -> Option<&str> {
        let found = self.declarations.iter().rev().find(|(known, _)| known == property);
        found.map(|(_, value)| value.as_str())
    }

    /// The declarations of colours, as they are told to the author.
    pub(super) fn colors(&self) -> Option<String> {
        let is_color = |property: &str| matches!(property, "color" | "background" | "background-color");
        let all = self.declarations.iter().filter(|(property, _)| is_color(property));
        let all: Vec<String> = all.map(|(property, value)| format!("{property}:{value}")).collect();
        (!all.is_empty()).then(|| all.join(";"))
    }

    /// The declaration that hides text, whatever its colours.
    pub(super) fn hides(&self) -> Option<String> {
        let cuts = self.declarations.iter().any(|(property, value)| {
            property.starts_with("overflow") && (value.contains("hidden") || value.contains("clip"))
        });
        let hiding = self.declarations.iter().find(|(property, value)| hides(property, value, cuts))?;
        Some(format!("{}:{}", hiding.0, hiding.1))
    }

    /// A declaration that would hide text but for a slip of the pen.
    pub(super) fn nearly_hides(&self) -> Option<String> {
        let near = |word: &str, known: &str| matches!(strsim::damerau_levenshtein(word, known), 1 | 2);
        let slip = self.declarations.iter().find(|(property, value)| {
            (value == "none" && near(property, "display"))
                || (value == "hidden" && near(property, "visibility"))
                || (property == "display" && strsim::damerau_levenshtein(value, "none") == 1)
                || (property == "visibility" && strsim::damerau_levenshtein(value, "hidden") == 1)
        });
        slip.map(|(property, value)| format!("{property}:{value}"))
    }
}

/// Declarations without the comments in them.
fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("*/").map_or("", |(_, rest)| rest))
}

/// The number that a value begins with, and its unit.
fn number(value: &str) -> Option<(f64, &str)> {
    let len = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(value.len());
    Some((value[..len].parse().ok()?, value[len..].trim()))
}

/// The numbers in `value`, whatever stands between them.
fn numbers(value: &str) -> Vec<f64> {
    let words = value.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')));
    words.filter_map(|word| word.parse().ok()).collect()
}

fn is_zero(value: &str) -> bool {
    number(value).is_some_and(|(number, _)| number == 0.0)
}

/// Whether something is moved so far that no screen shows it.
fn is_far(value: &str) -> bool {
    number(value).is_some_and(|(number, unit)| {
        number <= -999.0 || (number <= -50.0 && matches!(unit, "em" | "rem" | "vw" | "vh"))
    })
}

fn hides(property: &str, value: &str, cuts: bool) -> bool {
    match property {
        "display" => value == "none",
        "visibility" => matches!(value, "hidden" | "collapse"),
        "content-visibility" => value == "hidden",
        "mso-hide" => value == "all",
        "opacity" => number(value).is_some_and(|(number, unit)| number <= if unit == "%" { 5.0 } else { 0.05 }),
        "font-size" => number(value).is_some_and(|(number, unit)| match unit {
            "em" | "rem" => number < 0.1,
            "%" => number < 10.0,
            _ => number <= 2.0,
        }),
        "font" => is_zero(value),
        "zoom" | "scale" => is_zero(value),
        "height" | "width" | "max-height" | "max-width" => cuts && is_zero(value),
        "left" | "top" | "right" | "bottom" | "text-indent" | "margin-left" | "margin-top" => is_far(value),
        "transform" => {
            let moves = value.contains("translate") && numbers(value).iter().any(|number| *number <= -999.0);
            let shrinks = value.find("scale").is_some_and(|at| numbers(&value[at..]).first() == Some(&0.0));
            moves || shrinks
        }
        "clip" => {
            let edges = numbers(value);
            edges.len() == 4 && edges.iter().all(|edge| *edge == edges[0])
        }
        "clip-path" => {
            value.starts_with("inset(50%") || value.starts_with("inset(100%") || value.starts_with("circle(0")
        }
        "filter" => value.contains("blur(") || value.contains("opacity(0"),
        "color" | "-webkit-text-fill-color" => {
            let digits = value.strip_prefix('#').unwrap_or_default();
            let alpha = match digits.len() {
                4 => digits.get(3..),
                8 => digits.get(6..),
                _ => None,
            };
            let is_clear = alpha.is_some_and(|alpha| alpha.bytes().all(|byte| byte == b'0'));
            value == "transparent" || is_clear || (value.contains('(') && numbers(value).get(3) == Some(&0.0))
        }
        "-webkit-text-security" | "text-security" => value != "none",
        _ => false,
    }
}

/// A colour, as far as two of them can be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Color {
    Rgb([u8; 3]),
    /// One that is known by its name alone.
    Named(String),
}

impl Color {
    pub(super) const BLACK: Self = Self::Rgb([0; 3]);
    pub(super) const WHITE: Self = Self::Rgb([255; 3]);

    /// The colour in `value`, which may be a shorthand; none where it is none that can be told.
    pub(super) fn parse(value: &str) -> Option<Self> {
        let value = value.trim().to_ascii_lowercase();
        if let Some(at) = value.find("rgb") {
            let parts = numbers(&value[at..]);
            let byte = |at: usize| parts.get(at).map(|part| part.clamp(0.0, 255.0) as u8);
            return Some(Self::Rgb([byte(0)?, byte(1)?, byte(2)?]));
        }
        if let Some(at) = value.find("hsl") {
            // Without light any hue is black, and with all of it white.
            return match numbers(&value[at..]).get(2)? {
                light if *light <= 4.0 => Some(Self::BLACK),
                light if *light >= 96.0 => Some(Self::WHITE),
                _ => None,
            };
        }
        if value.contains('(') {
            return None;
        }
        let word = value.split_whitespace().next()?;
        if let Some(digits) = word.strip_prefix('#') {
            let digit = |at: usize| digits.get(at..at + 1).and_then(|digit| u8::from_str_radix(digit, 16).ok());
            let pair = |at: usize| Some(digit(at)? * 16 + digit(at + 1)?);
            return match digits.len() {
                3 | 4 => Some(Self::Rgb([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17])),
                6 | 8 => Some(Self::Rgb([pair(0)?, pair(2)?, pair(4)?])),
                _ => None,
            };
        }
        match word {
            "black" => Some(Self::BLACK),
            "white" | "snow" | "ghostwhite" | "floralwhite" => Some(Self::WHITE),
            "inherit" | "initial" | "unset" | "currentcolor" | "transparent" | "none" => None,
            name => Some(Self::Named(name.to_owned())),
        }
    }

    /// Whether nobody can read one on the other.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rgb(a), Self::Rgb(b)) => a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) <= 0x11),
            _ => self == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_eye_sees_is_hidden_and_what_only_looks_otherwise_is_not() {
        for style in [
            "display:none",
            "DISPLAY : None !important",
            "visibility:hidden",
            "opacity:0",
            "opacity: .01",
            "font-size:0",
            "font-size: 1px",
            "height:0;overflow:hidden",
            "max-height: 0px; overflow-y: hidden",
            "overflow:hidden;width:0",
            "position:absolute;left:-9999px",
            "text-indent:-100em",
            "transform:scale(0)",
            "transform: translateX(-9999px)",
            "clip:rect(0,0,0,0)",
            "clip: rect(1px 1px 1px 1px)",
            "clip-path:inset(50%)",
            "color:transparent",
            "color:rgba(0,0,0,0)",
            "color:#00000000",
            "color:#0000",
            "display:/**/none",
            "display:none/* a */",
            "filter:blur(5px)",
        ] {
            assert!(Style::parse(style).hides().is_some(), "{style}");
        }
        for style in [
            "display:block",
            "opacity:0.5",
            "opacity:1",
            "font-size:12px",
            "font-size:0.8em",
            "height:0",
            "width:100%;overflow:hidden",
            "left:-10px",
            "text-indent:-2em",
            "margin-left:-1em",
            "transform:scale(0.9)",
            "transform:rotate(0deg)",
            "clip:rect(0,100px,50px,0)",
            "color:rgba(0,0,0,0.5)",
            "color:#000",
            "color:#000000ff",
            "/* display:none */",
            "",
            "none",
        ] {
            assert_eq!(Style::parse(style).hides(), None, "{style}");
        }
    }

    #[test]
    fn colours_are_compared_by_what_they_are() {
        let near = |a: &str, b: &str| Color::parse(a).zip(Color::parse(b)).is_some_and(|(a, b)| a.is_near(&b));
        for (a, b) in [
            ("black", "#000"),
            ("#fff", "white"),
            ("hsl(0,0%,100%)", "white"),
            ("hsl(20 10% 0%)", "black"),
            ("rgb(0, 0, 0)", "#010101"),
            ("red", "red"),
            ("#000 none", "black"),
        ] {
            assert!(near(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("black", "white"),
            ("hsl(0,0%,50%)", "black"),
            ("#333", "#000"),
            ("red", "black"),
            ("url(x)", "black"),
            ("inherit", "inherit"),
        ] {
            assert!(!near(a, b), "{a} {b}");
        }
    }
}
