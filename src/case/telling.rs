//! Files that say who made them, where or with what, and are no pictures.
//!
//! What can be taken out of them was, before there was a case. A file that says something still is not published, unless casefile.yaml
//! lets it pass by its name.

use casefile_inside::Tells;

use crate::config::Allowed;
use crate::privacy::{beginning, is_nobody};
use crate::source::exhibit::media::Class;
use crate::source::exhibit::{Cleaning, ExhibitFile};
use crate::{Message, joined, list_of};

/// What to do about a file that says something.
pub const HELP: Message = Message::fixed(
    "save it without its properties, or list the file under `privacy: allow:` in casefile.yaml with the reason",
    "请去掉文件属性后另存，或在 casefile.yaml 的 `privacy: allow:` 中列出这个文件并写明理由",
);

/// How many names are told.
const MAX_TOLD: usize = 3;

impl ExhibitFile {
    /// What the file says of those who made it, in words; none if that is nothing, or may be published.
    pub fn telling(&self, allowed: &Allowed) -> Option<Message> {
        if allowed.has_file(&self.path) {
            return None;
        }
        let kinds = [
            (Tells::Who, Message::fixed("who made it", "制作者")),
            (Tells::Where, Message::fixed("where", "地点")),
            (Tells::With, Message::fixed("with what", "所用设备或软件")),
        ];
        let told = kinds.into_iter().filter_map(|(tells, what)| {
            let said = self.facts.inside.metadata.iter().filter(|entry| entry.tells == tells);
            let said = said.map(|entry| entry.value.as_str());
            let said: Vec<&str> = said.filter(|value| !allowed.has_text(value) && !is_nobody(value)).collect();
            let more = match said.len().saturating_sub(MAX_TOLD) {
                0 => Message::default(),
                more => message!(en: " and {more} more", zh: "，另有 {more} 项"),
            };
            let shown: Vec<String> = said.iter().take(MAX_TOLD).map(|said| beginning(said)).collect();
            let first = list_of(shown.iter().map(String::as_str));
            (!said.is_empty())
                .then(|| message!(en: "{what} ({first}{more})", zh: "{what}（{first}{more}）"; what, first, more))
        });
        let told: Vec<Message> = told.collect();
        (!told.is_empty()).then(|| joined(told))
    }

    /// Sees to it that the file is not published if it says something. What is read as text says it to every reader anyway.
    pub(super) fn hold_back_if_telling(&mut self, allowed: &Allowed) {
        let is_text = matches!(self.facts.media.class, Class::Text | Class::Table | Class::Active);
        let is_picture = matches!(self.facts.media.class, Class::Image | Class::Picture);
        if !is_text && !is_picture && self.facts.covered.is_none() && self.telling(allowed).is_some() {
            self.facts.cleaning = Cleaning::Impossible;
        }
    }
}
