//! In which language the program speaks.

use std::ffi::OsString;

use clap::ValueEnum;

use crate::Lang;

/// A language that `--lang` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Named {
    Zh,
    En,
}

/// The language that the command line names or else that of the system; without them it is for the case to tell. It is looked
/// for before the command line is read, so that what is wrong with that is told in it too.
pub(super) fn chosen(arguments: impl Iterator<Item = OsString>) -> Option<Lang> {
    named(arguments).or_else(|| of_locales(sys_locale::get_locales()))
}

fn named(arguments: impl Iterator<Item = OsString>) -> Option<Lang> {
    let mut arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    let mut found = None;
    while let Some(argument) = arguments.next().filter(|argument| argument != "--") {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        found = value.and_then(|value| Named::from_str(&value, false).ok()).or(found);
    }
    found.map(|named| match named {
        Named::Zh => Lang::Zh,
        Named::En => Lang::En,
    })
}

/// The first of the system's languages that is spoken here. `C` and `POSIX` are none.
fn of_locales(mut locales: impl Iterator<Item = String>) -> Option<Lang> {
    locales.find_map(|locale| Lang::of_tag(&locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_names_the_language_wherever_it_does() {
        let of = |line: &str| named(line.split(' ').map(OsString::from));
        assert_eq!(of("casefile --lang zh build"), Some(Lang::Zh));
        assert_eq!(of("casefile build --lang=en --nonsense"), Some(Lang::En));
        assert_eq!(of("casefile build --language zh"), None);
        assert_eq!(of("casefile init -- --lang zh"), None);
    }

    #[test]
    fn a_system_without_language_decides_nothing() {
        let of = |locales: &[&str]| of_locales(locales.iter().map(|&locale| locale.to_owned()));
        assert_eq!(of(&["C"]), None);
        assert_eq!(of(&["POSIX", "de-DE"]), None);
        assert_eq!(of(&["de-DE", "zh-Hant-TW", "en-GB"]), Some(Lang::Zh));
        assert_eq!(of(&["en-US"]), Some(Lang::En));
    }
}
