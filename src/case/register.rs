//! The register of links: every URL and e-mail address of a case once, with what the author says of it.

mod described;
mod entry;

use std::collections::{BTreeMap, HashMap};

use super::assemble::Defined;
use crate::document::url::{Scheme, scheme};
use crate::document::{DocumentId, LabelId, LinkId};
use crate::language::LanguageId;
use crate::source::Span;
pub use entry::{host_in_words, normal_form, path_in_words};

/// The kinds of labels that name links.
const KINDS: &[&str] = &["link", "email", "website"];

/// How far after a label in running text the link may stand that it defines, in bytes.
const MAX_GAP: usize = 16;

/// Every link out of the case, grouped by host, in the order in which links.md and then the other documents name them.
#[derive(Debug, Default)]
pub struct Register {
    /// The hosts, then the mail addresses as a host without a name.
    pub hosts: Vec<Host>,
    /// Every URL and address.
    pub entries: Vec<LinkEntry>,
    /// The links that labels define: document, link and label.
    pub defined: Vec<(DocumentId, LinkId, LabelId)>,
    /// Which entry each link of each document is; none for a link within the case.
    of_links: Vec<Vec<Option<EntryId>>>,
}

/// The links to one host.
#[derive(Debug)]
pub struct Host {
    /// Its name, lower case, as it stands in the URL; empty for mail addresses.
    pub name: String,
    /// The links to it.
    pub entries: Vec<EntryId>,
}

index_type! {
    /// An entry of the register of links.
    EntryId of LinkEntry
}

/// One URL or mail address.
#[derive(Debug)]
pub struct LinkEntry {
    /// As it is written where it is described, or else first.
    pub url: String,
    /// Whether it is a mail address.
    pub is_mail: bool,
    /// Where it stands: document and link.
    pub places: Vec<(DocumentId, LinkId)>,
    /// What the author says of it, by language of the case.
    pub said: Vec<Said>,
    /// The labels that name it: document and label, each key once in a language.
    pub labels: Vec<(DocumentId, LabelId)>,
}

indexed_by!(LanguageId, Said);

/// What an author says of a link in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// What it is.
    pub description: Option<String>,
    /// Whose it is.
    pub owner: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// A copy that was kept: a link of the document that describes it, or words.
    pub archived: Option<Archived>,
    /// When it was last looked at.
    pub checked: Option<String>,
}

/// A copy that was kept of what a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Archived {
    /// A link or card: document and link.
    Link(DocumentId, LinkId),
    /// A path or something else, as written, in that document, and the block it stands in.
    Words(DocumentId, String, Span),
}

impl Register {
    /// The links of a case.
    pub(super) fn of(case: Defined<'_>) -> Self {
        let mut register = Self::default();
        let mut by_form: HashMap<String, EntryId> = HashMap::new();
        // links.md first, so that its order and its spelling count.
        let mut order: Vec<DocumentId> = DocumentId::all(case.documents).collect();
        order.sort_by_key(|&at| case.documents[at].kind != crate::language::kind::DocumentKind::Links);
        register.of_links.resize_with(case.documents.len(), Vec::new);
        for document in order {
            let this = &case.documents[document];
            let mut of_links = vec![None; this.links.len()];
            for (link, found) in LinkId::each(&this.links) {
                let form = match scheme(&found.url) {
                    Scheme::Web | Scheme::Contact if !found.url.to_ascii_lowercase().starts_with("tel:") => {
                        normal_form(&found.url)
                    }
                    _ => continue,
                };
                let next = EntryId::next(&register.entries);
                let at = *by_form.entry(form).or_insert(next);
                if at == next {
                    register.entries.push(LinkEntry::new(&found.url, case.languages.len()));
                }
                of_links[link.place()] = Some(at);
                register.entries[at].places.push((document, link));
            }
            register.of_links[document.place()] = of_links;
        }
        register.note_labels(case);
        described::describe(case, &mut register);
        for entry in &mut register.entries {
            entry.places.sort_unstable();
        }
        register.group();
        register
    }

    /// Which entry a link of a document is.
    pub fn of_link(&self, document: DocumentId, link: LinkId) -> Option<EntryId> {
        self.of_links[document.place()][link.place()]
    }

    /// Notes which link each label defines: the first after it, of its kind if there is one.
    fn note_labels(&mut self, case: Defined<'_>) {
        for (document, this) in DocumentId::each(case.documents) {
            for definition in &case.definitions[document].all {
                let Some(label) = definition.label.filter(|_| KINDS.contains(&definition.key.kind.as_str())) else {
                    continue;
                };
                let from = &this.labels[label];
                let first = this.links.partition_point(|link| link.node < from.node);
                let near = |link: &crate::document::Link| match definition.body {
                    Some((_, end)) => link.node < end,
                    None => (link.span.start.saturating_sub(from.span.end) as usize) < MAX_GAP,
                };
                let after = LinkId::each(&this.links).skip(first).take_while(|(_, link)| near(link));
                let after = after.filter_map(|(at, _)| Some((at, self.of_link(document, at)?)));
                let after: Vec<(LinkId, EntryId)> = after.collect();
                let is_mail = |entry: EntryId| self.entries[entry].is_mail;
                let wanted = after.iter().find(|(_, entry)| is_mail(*entry) == (definition.key.kind == "email"));
                let Some(&(link, entry)) = wanted.or(after.first()) else { continue };
                self.defined.push((document, link, label));
                self.entries[entry].labels.push((document, label));
            }
        }
    }

    fn group(&mut self) {
        let mut by_host: BTreeMap<String, usize> = BTreeMap::new();
        let mut mails = Vec::new();
        for (at, entry) in EntryId::each(&self.entries) {
            if entry.is_mail {
                mails.push(at);
                continue;
            }
            let name = entry.host().to_ascii_lowercase();
            let group = *by_host.entry(name.clone()).or_insert_with(|| {
                self.hosts.push(Host { name, entries: Vec::new() });
                self.hosts.len() - 1
            });
            self.hosts[group].entries.push(at);
        }
        if !mails.is_empty() {
            self.hosts.push(Host { name: String::new(), entries: mails });
        }
    }
}
