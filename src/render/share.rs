//! The sheet of paper that goes with the address or the files of a site: what this is, where it stands, which edition it
//! is, how to check it, whom to answer.

use serde::Serialize;
use tera::Value;

use super::about::{self, AboutView};
use super::qr;
use crate::language::LanguageId;
use crate::site::Site;

/// How many digits a SHA-256 sum has.
const DIGITS: usize = 64;

/// The command that gives the fingerprint of a case with a folder `content` ([`crate::case::fingerprint`]).
const COMMAND: &str = "find casefile.yaml content static templates -type f -not -path '*/.*' -not -name '*~' -print0 \
                       2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum";

/// What the sheet tells, in the words of its language.
#[derive(Serialize)]
pub(super) struct ShareView<'a> {
    about: AboutView<'a>,
    /// Where the site stands; none if nobody knows.
    address: Option<String>,
    qr: Value,
    /// Whether the address is for some people only.
    unlisted: bool,
    /// The fingerprint in groups of four digits.
    fingerprint: Vec<String>,
    /// As many places to write digits by hand, in groups of four.
    blanks: [(); DIGITS / 4],
    /// How everybody who has the sources gets the fingerprint, where one line says it.
    command: Option<&'static str>,
    /// Whether only the author can make it again, as it is not that of the files.
    withholds: bool,
}

/// The view for the page `path` of a language.
pub(super) fn view<'a>(site: &'a Site, language: LanguageId, path: &str) -> ShareView<'a> {
    let case = &site.case;
    let address = case.standing.address().map(|address| format!("{address}{}", site.home_path(language)));
    let fingerprint: Vec<char> = case.fingerprint.to_string().chars().collect();
    ShareView {
        about: about::view(site, language, path),
        qr: address.as_deref().and_then(qr::svg).map_or(Value::none(), |svg| Value::safe_string(&svg)),
        address,
        unlisted: case.config.unlisted,
        fingerprint: fingerprint.chunks(4).map(|group| group.iter().collect()).collect(),
        blanks: [(); DIGITS / 4],
        command: (case.content == "content" && !case.withholds).then_some(COMMAND),
        withholds: case.withholds,
    }
}
