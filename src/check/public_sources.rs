//! C241: what stands in sources that everybody can read, although the site does not publish it. What is withheld as such,
//! [`crate::withhold`] tells.

use crate::case::exhibit::Visibility;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::exhibit::ExhibitFile;
use crate::{Message, list_of};

/// How many files of a kind are named.
const MAX_NAMED: usize = 3;

const HELP: Message = Message::fixed(
    "make the repository private, or publish the finished site alone; see docs/private.md",
    "请把仓库设为私有，或只公布做好的网站；见 docs/private.zh-CN.md",
);

/// Tells of files, a finding for each kind.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    if !case.sources_are_public {
        return Vec::new();
    }
    let exhibits = case.exhibits.all.iter().filter(|exhibit| exhibit.visibility != Visibility::Public);
    let unpublished = exhibits.filter_map(|exhibit| case.exhibits.file_of(exhibit)).map(|file| file.path.as_str());
    let files = case.exhibits.files.iter().chain(case.cited.values());
    let telling = files.filter(|file| tells(file) && !case.config.allowed.has_file(&file.path));
    let kinds: [(Vec<&str>, Message); 3] = [
        (
            telling.map(|file| file.path.as_str()).collect(),
            Message::fixed("originals that say where or by whom they were made", "写有地点或制作者的原始文件"),
        ),
        (unpublished.collect(), Message::fixed("files of exhibits that are not published", "不公布的证据文件")),
        (case.drafts.iter().map(String::as_str).collect(), Message::fixed("drafts", "草稿")),
    ];
    let told = kinds.into_iter().filter(|(paths, _)| !paths.is_empty()).map(|(paths, what)| {
        let first = list_of(paths.iter().copied().take(MAX_NAMED));
        let more = match paths.len().saturating_sub(MAX_NAMED) {
            0 => Message::default(),
            more => message!(en: " and {more} more", zh: "，另有 {more} 份"),
        };
        let message = message!(
            en: "everybody can read {what} in the sources: {first}{more}",
            zh: "源文件是公开的，人人可读其中{what}：{first}{more}"; what, first, more
        );
        Diagnostic::case(Code::PublicSources, message).help(HELP)
    });
    told.collect()
}

/// Whether the original of a file says where or by whom it was made, and its copy does not.
fn tells(file: &ExhibitFile) -> bool {
    let facts = &file.facts;
    let of_person = |name: &str| PEOPLE.iter().any(|known| name.contains(known));
    facts.cleaning.copy().is_some()
        && match &facts.metadata {
            Some(said) => said.location.is_some() || said.entries.iter().any(|(name, _)| of_person(name)),
            None => !facts.removed.trim().is_empty(),
        }
}

/// What entries are called that name a person.
const PEOPLE: &[&str] =
    &["Artist", "Owner", "Author", "creator", "Creator", "Person", "By-line", "Copyright", "rights"];
