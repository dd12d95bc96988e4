//! The tag files of a bag, except the manifests.

use casefile_verify::bag::{DECLARATION, INFO, Info, OXUM, Oxum, VERSION_1};
use jiff::civil::DateTime;

use super::bag_name;
use crate::config::Localized;
use crate::folder::EDITION;
use crate::language::LanguageId;
use crate::site::Site;

/// The page that opens the site by a double click.
const INDEX: &str = include_str!("index.html");

/// How anybody checks the zip and what is in it, in both languages.
const VERIFY: &str = include_str!("VERIFY.txt");

/// The files with their names.
pub(super) fn texts(site: &Site, payload: Oxum, time: Option<DateTime>) -> [(&'static str, String); 4] {
    [
        (DECLARATION, VERSION_1.to_owned()),
        (INFO, info(site, payload, time).to_string()),
        ("index.html", INDEX.to_owned()),
        ("VERIFY.txt", verify(site)),
    ]
}

/// VERIFY.txt as old editors on Windows show it too: with a byte-order mark, and two characters at the end of a line.
fn verify(site: &Site) -> String {
    let text = VERIFY.replace(&format!("{EDITION}.zip"), &format!("{}.zip", bag_name(site)));
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

fn info(site: &Site, payload: Oxum, time: Option<DateTime>) -> Info {
    let config = &site.case.config;
    let mut info = Info::default();
    info.add("Bag-Software-Agent", concat!("casefile ", env!("CARGO_PKG_VERSION")));
    if let Some(time) = time {
        info.add("Bagging-Date", &time.date().to_string());
    }
    let tags = || site.case.languages.iter().map(|language| language.tag.as_str());
    let in_each = |text: &Localized| tags().filter_map(|tag| text.get_or_any(tag)).map(str::to_owned).collect();
    let titles = LanguageId::all(&site.case.languages).map(|language| site.case.title(language).to_owned()).collect();
    let told: [(&str, Vec<String>); 6] = [
        ("Source-Organization", in_each(&config.filing.submitter)),
        ("Contact-Name", in_each(&config.contact.name)),
        ("Contact-Email", config.contact.email.iter().cloned().collect()),
        ("External-Description", titles),
        ("Case-As-Of", config.as_of.iter().map(ToString::to_string).collect()),
        ("Case-Fingerprint-SHA-256", vec![site.case.fingerprint.to_string()]),
    ];
    for (label, mut texts) in told {
        // What is the same in all languages is told once.
        texts.dedup();
        texts.iter().for_each(|text| info.add(label, text));
    }
    info.add(OXUM, &payload.to_string());
    info
}
