//! The preview picture (`og:image`) of a site whose address is shared.

use std::collections::BTreeMap;

use super::published::Paths;
use crate::Message;
use crate::case::Case;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::exhibit::Cleaning;

/// A picture's path in the site, and its size in pixels.
pub type CardPicture = (String, (u32, u32));

/// The picture that casefile.yaml names, added to the published `files`; none, and a finding, if there is no such one.
pub(super) fn publish(
    case: &Case,
    files: &mut BTreeMap<String, String>,
    paths: &mut Paths,
    findings: &mut Vec<Diagnostic>,
) -> Option<CardPicture> {
    let card = case.config.card.as_ref()?;
    let (source, span) = card.span;
    let mut fault = |message: Message, help: Message| {
        findings.push(Diagnostic::at(Code::MissingImage, source, span, message).help(help));
        None
    };
    if !case.assets.contains(&card.path) {
        let help = message!(
            en: "name a picture in the content, from the case folder on: `content/images/card.png`",
            zh: "请写 content 中的一张图片，从案卷文件夹写起：`content/images/card.png`"
        );
        return fault(
            message!(
                en: "there is no picture `{path}` in the content",
                zh: "content 中没有图片 `{path}`",
                path = card.path
            ),
            help,
        );
    }
    let file = case.cited.get(&card.path).filter(|file| file.facts.cleaning != Cleaning::Impossible);
    // Of other pictures no size is known, and nobody shows them.
    let Some((file, size)) = file.and_then(|file| Some((file, file.facts.pixels?))) else {
        return fault(
            message!(
                en: "`{path}` is no picture that is shown with an address",
                zh: "`{path}` 不是可以随地址显示的图片",
                path = card.path
            ),
            message!(
                en: "save it as JPEG or PNG",
                zh: "请存为 JPEG 或 PNG"
            ),
        );
    };
    let to = files.entry(card.path.clone()).or_insert_with(|| paths.give_file(file, case.file_names()));
    Some((to.clone(), size))
}
