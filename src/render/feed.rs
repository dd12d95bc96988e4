//! The Atom feed of a language (RFC 4287): what changed, and when.

use std::fmt::Write;

use jiff::tz::TimeZone;

use super::xml;
use crate::config::Change;
use crate::language::LanguageId;
use crate::site::Site;
use crate::site::files::DataFile;
use crate::site::pages::Generated;

/// The anchor of each change, in their order: its day, and a number where a day has several.
pub(super) fn anchors(changes: &[Change]) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::with_capacity(changes.len());
    for (at, change) in changes.iter().enumerate() {
        // Counted from the end of the list, so that one more on the same day leaves the others their addresses.
        let before = changes[at + 1..].iter().filter(|other| other.date == change.date).count();
        let number = if before == 0 { String::new() } else { format!("-{}", before + 1) };
        anchors.push(format!("change-{}{number}", change.date));
    }
    anchors
}

/// The feed.
pub(super) fn render(site: &Site, language: LanguageId) -> String {
    let case = &site.case;
    let own = &case.languages[language];
    let address = case.standing.address().unwrap_or_default();
    let about = site.generated_path(Generated::About, language).unwrap_or_default();
    let contact = case.config.contact.name.get_or_any(&own.tag);
    let author = contact.or(case.config.filing.submitter.get_or_any(&own.tag)).unwrap_or_else(|| case.title(language));
    let zone = case.config.time_zone.clone().unwrap_or(TimeZone::UTC);
    let updated = |change: &Change| {
        let start = change.date.to_zoned(zone.clone()).ok()?;
        Some(start.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", own.tag);
    xml::element(&mut out, "title", case.title(language));
    let link = |out: &mut String, rel: &str, kind: &str, to: &str| {
        let _ = write!(out, "<link rel=\"{rel}\" type=\"{kind}\" href=\"");
        xml::text(out, &format!("{address}{to}"));
        out.push_str("\"/>\n");
    };
    let this = DataFile::Feed(language).path(case);
    xml::element(&mut out, "id", &format!("{address}{this}"));
    link(&mut out, "self", "application/atom+xml", &this);
    link(&mut out, "alternate", "text/html", site.home_path(language));
    xml::element(&mut out, "updated", &case.config.changes.first().and_then(updated).unwrap_or_default());
    out.push_str("<author>");
    xml::element(&mut out, "name", author);
    out.push_str("</author>\n");
    for (change, anchor) in case.config.changes.iter().zip(anchors(&case.config.changes)) {
        let Some(text) = change.text.get_or_any(&own.tag) else { continue };
        let place = format!("{about}#{anchor}");
        out.push_str("<entry>\n");
        xml::element(&mut out, "title", text.lines().next().unwrap_or_default());
        xml::element(&mut out, "id", &format!("{address}{place}"));
        link(&mut out, "alternate", "text/html", &place);
        xml::element(&mut out, "updated", &updated(change).unwrap_or_default());
        xml::element(&mut out, "content", text);
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Localized;

    #[test]
    fn one_more_change_on_a_day_leaves_the_others_their_addresses() {
        let change = |day: &str| Change { date: day.parse().unwrap(), text: Localized::default() };
        let days = |days: &[&str]| anchors(&days.iter().map(|day| change(day)).collect::<Vec<_>>());
        assert_eq!(days(&["2031-06-30", "2031-06-01"]), ["change-2031-06-30", "change-2031-06-01"]);
        assert_eq!(
            days(&["2031-06-30", "2031-06-30", "2031-06-01"]),
            ["change-2031-06-30-2", "change-2031-06-30", "change-2031-06-01"]
        );
    }
}
