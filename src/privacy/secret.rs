//! Passwords by which programs use a service, where their maker gave them a beginning and a length of their own.

use super::context::Context;
use super::signs::Signs;
use super::{PrivateKind, PrivateText};

/// What such a secret begins with, and how many letters follow: at least, at most.
pub(super) const SHAPES: &[(&str, usize, usize)] = &[
    ("AKIA", 16, 16),
    ("ASIA", 16, 16),
    ("LTAI", 12, 22),
    ("AKID", 32, 36),
    ("AIza", 35, 35),
    ("ghp_", 36, 36),
    ("gho_", 36, 36),
    ("ghu_", 36, 36),
    ("ghs_", 36, 36),
    ("ghr_", 36, 76),
    ("github_pat_", 82, 82),
    ("glpat-", 20, 30),
    ("gldt-", 20, 30),
    ("sk-ant-", 80, 120),
    ("sk-proj-", 40, 200),
    ("sk-svcacct-", 40, 200),
    ("sk-or-v1-", 64, 64),
    ("sk-", 32, 64),
    ("xoxb-", 40, 90),
    ("xoxp-", 40, 90),
    ("xoxa-", 40, 90),
    ("xoxr-", 40, 90),
    ("xoxs-", 40, 90),
    ("sk_live_", 24, 110),
    ("rk_live_", 24, 110),
    ("whsec_", 32, 64),
    ("SG.", 66, 66),
    ("npm_", 36, 36),
    ("pypi-AgEIcHlwaS5vcmc", 40, 250),
    ("hf_", 34, 40),
    ("dop_v1_", 64, 64),
    ("shpat_", 32, 32),
    ("shpss_", 32, 32),
    ("key-", 32, 32),
    ("gsk_", 52, 52),
    ("r8_", 37, 40),
    (BOT, 33, 33),
    ("pk.eyJ", 60, 200),
    ("sk.eyJ", 60, 200),
];

/// The token of a bot of Telegram begins with a number, so that its sign stands within.
const BOT: &str = ":AA";

/// How many different letters a secret has at least; fewer are a placeholder such as `xxxx`.
const DIFFERENT: usize = 8;

/// Finds secrets.
pub(super) fn scan(context: &Context<'_>, signs: &Signs) -> Vec<PrivateText> {
    let text = context.text;
    let found = signs.secrets.iter().filter_map(|&(at, shape)| match SHAPES[shape] {
        (BOT, ..) => of_bot(text, at),
        (start, least, most) => of_shape(text, at, start, least, most),
    });
    found.collect()
}

fn of_shape(text: &str, at: usize, start: &str, least: usize, most: usize) -> Option<PrivateText> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || (c == '.' && start.contains('.'));
    if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/')) {
        return None;
    }
    let rest = &text[at + start.len()..];
    let rest = &rest[..rest.find(|c| !allowed(c)).unwrap_or(rest.len())];
    let rest = rest.trim_end_matches(['-', '.', '_']);
    let range = at..at + start.len() + rest.len();
    let fits = (least..=most).contains(&rest.len()) && is_random(rest, start);
    fits.then(|| PrivateText { kind: PrivateKind::ApiSecret, value: text[range.clone()].to_owned(), range })
}

/// Whether letters look drawn by lot: of many kinds, with digits, and no name in small letters and hyphens.
fn is_random(letters: &str, start: &str) -> bool {
    let mut seen = [false; 128];
    letters.bytes().for_each(|byte| seen[usize::from(byte & 0x7f)] = true);
    let has = |test: fn(&u8) -> bool| letters.bytes().any(|byte| test(&byte));
    let is_upper = matches!(start, "AKIA" | "ASIA");
    let fits = !is_upper || letters.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let is_hex = start != "key-" || letters.bytes().all(|byte| byte.is_ascii_hexdigit());
    seen.iter().filter(|&&seen| seen).count() >= DIFFERENT && (has(u8::is_ascii_digit) || is_upper) && fits && is_hex
}

/// Tokens of Telegram's bots: the number of the bot, a colon, `AA` and 33 letters.
fn of_bot(text: &str, colon: usize) -> Option<PrivateText> {
    let digits = text[..colon].bytes().rev().take_while(u8::is_ascii_digit).count();
    let rest = &text[colon + 1..];
    let letters = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    let range = colon - digits..colon + 1 + letters;
    let fits = (8..=10).contains(&digits) && letters == 35 && is_random(&rest[..letters], "");
    fits.then(|| PrivateText { kind: PrivateKind::ApiSecret, value: text[range.clone()].to_owned(), range })
}

#[cfg(test)]
mod tests {
    use super::super::tests::demand;
    use super::*;

    /// Letters and digits in turn, as many as asked for: they open nothing.
    fn letters(count: usize) -> String {
        "a1B2c3D4e5F6g7H8i9J0".chars().cycle().take(count).collect()
    }

    #[test]
    fn every_shape_is_found_in_its_lengths_and_no_other() {
        for &(start, least, most) in SHAPES.iter().filter(|(start, ..)| *start != BOT) {
            let made = |count: usize| match start {
                "AKIA" | "ASIA" => letters(count).to_uppercase(),
                "key-" => "0123456789abcdef".chars().cycle().take(count).collect(),
                _ => letters(count),
            };
            for count in [least, most] {
                demand(
                    PrivateKind::ApiSecret,
                    &[
                        format!("密钥：⟦{start}{}⟧。", made(count)),
                        format!("\"⟦{start}{}⟧\"", made(count)),
                        format!("token=⟦{start}{}⟧", made(count)),
                    ],
                );
            }
            demand(
                PrivateKind::ApiSecret,
                &[
                    format!("{start}{}", "x".repeat(least)),
                    format!("{start}…"),
                    format!("a{start}{}", made(least)),
                    format!("{start}{}", "word-".repeat(least / 5 + 1)),
                ],
            );
            let longest =
                SHAPES.iter().filter(|(other, ..)| other.starts_with(start) || start.starts_with(other)).count() == 1;
            if longest {
                demand(PrivateKind::ApiSecret, &[format!("{start}{}", made(most + 1))]);
            }
        }
        demand(PrivateKind::ApiSecret, &[format!("bot⟦123456789:AA{}⟧", letters(33)), format!("12:AA{}", letters(33))]);
    }
}
