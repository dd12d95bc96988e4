//! Settings that are not read: files that are called nearly like casefile.yaml or exhibits.yaml, or lie where nobody looks
//! for them. What they say would be lost without a word, and a case that was to be unlisted would be public.
#![expect(clippy::disallowed_methods, reason = "looking at the disk is what this module is for")]

use crate::language::lists::files::COPIES;
use crate::language::script::is_invisible;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

use super::{Folder, NOT_CONTENT, TEMPLATES};
use crate::Message;
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::exhibit;

/// A file of settings: its name without the ending, what else may be read for it, and keys by which its text is known.
struct Settings {
    stem: &'static str,
    name: &'static str,
    keys: &'static [&'static str],
    /// Keys of which one stands in these settings, with another, and hardly in those of other programs.
    own: &'static [&'static str],
    /// Other keys.
    more: &'static [&'static str],
}

const CASE: Settings = Settings {
    stem: "casefile",
    name: config::FILE_NAME,
    keys: &["title", "languages", "base_url", "time_zone", "unlisted", "secret_path", "parties", "strip_metadata"],
    own: &["unlisted", "secret_path", "strip_metadata", "privacy"],
    more: &[
        "title",
        "summary",
        "languages",
        "base_url",
        "time_zone",
        "parties",
        "figures",
        "contact",
        "filing",
        "as_of",
    ],
};

const EXHIBITS: Settings = Settings {
    stem: "exhibits",
    name: exhibit::LISTS[0],
    keys: &["- number", "exhibits"],
    own: &["visibility"],
    more: &["number", "file", "files", "title", "proves"],
};

/// How much a name is like that of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// The same name, in other letters or with another ending.
    Same,
    /// A similar name, or that of a copy which was put aside. Beside settings that are read it is meant as it is.
    Near,
}

/// What the ending of a file says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Yaml,
    /// Another format of settings.
    Other,
    /// A text, which may be settings.
    Text,
}

/// Endings of texts that programs write who were to write plain ones.
const TEXTS: &[&str] = &["", "txt", "text", "rtf", "html", "htm", "md", "markdown", "doc", "docx", "odt", "pages"];

/// Endings of settings in other formats.
const FORMATS: &[&str] = &["json", "json5", "jsonc", "toml", "ini", "conf", "cfg", "properties"];

const PUT_ASIDE: &[&str] =
    &["bak", "backup", "orig", "old", "save", "swp", "swo", "tmp", "example", "sample", "template"];

impl Settings {
    /// Whether a file of that name was probably meant to be these settings.
    fn likeness(&self, name: &str) -> Option<(Likeness, Format)> {
        let folded: String = name
            .nfkc()
            .filter(|&c| !c.is_control() && !is_invisible(c))
            .map(|c| if c == '。' { '.' } else { c })
            .collect();
        let folded = folded.to_lowercase();
        // Emacs keeps a link `.#name` beside a file that is being edited.
        let is_put_aside = folded.ends_with(['~', '#']) || folded.starts_with(['~', '#']) || folded.starts_with(".#");
        let plain = folded.trim_start_matches(".#").trim_matches(['~', '#', '$', ' ']).trim_start_matches(['.', '_']);
        let (stem, endings) = plain.split_once('.').unwrap_or((plain, ""));
        let endings: Vec<&str> = endings.split('.').map(str::trim).collect();
        let is_yaml =
            |ending: &&str| matches!(*ending, "yml" | "ya") || strsim::damerau_levenshtein(ending, "yaml") <= 1;
        let format = if endings.contains(&"schema") {
            // Editors are told by one how settings are written.
            return None;
        } else if endings.iter().any(is_yaml) {
            Format::Yaml
        } else if endings.iter().any(|ending| FORMATS.contains(ending)) {
            Format::Other
        } else if matches!(endings[..], [ending] if TEXTS.contains(&ending)) {
            Format::Text
        } else {
            return None;
        };
        let (uncounted, is_counted) = without_count(stem);
        let mut letters: String = uncounted.chars().filter(|c| c.is_alphabetic()).collect();
        for word in COPIES {
            letters = letters.replace(word, "");
        }
        let has_digits = !is_counted && stem.chars().any(|c| c.is_ascii_digit());
        let is_same = skeleton(&letters).eq(skeleton(self.stem));
        let is_put_aside = is_put_aside || endings.iter().any(|ending| PUT_ASIDE.contains(ending));
        let is_near = is_same
            || letters.starts_with(self.stem)
            || strsim::damerau_levenshtein(&letters, self.stem) <= 1
            || skeleton(stem).eq(skeleton(self.stem));
        match is_same && !has_digits && !is_put_aside {
            true => Some((Likeness::Same, format)),
            false => is_near.then_some((Likeness::Near, format)),
        }
    }

    /// How many keys of these settings the file at `path` has, if it reads as settings or as a table, and whether one of them is
    /// hardly another program's. The name tells nothing here: a photograph is not looked at.
    fn keys_in(&self, path: &Path) -> Option<(usize, bool)> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if is_markdown(&name) || OTHERS.contains(&ending) {
            return None;
        }
        let mut head = Vec::new();
        let is_file = fs::metadata(path).is_ok_and(|found| found.is_file());
        let file = is_file.then(|| fs::File::open(path).ok()).flatten()?;
        let limit = if TABLES.contains(&ending) { MAX_TABLE } else { MAX_HEAD };
        file.take(limit).read_to_end(&mut head).ok()?;
        let text = casefile_inside::read(&head, &name).text;
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let is_json = text.starts_with('{');
        // What describes how settings are written is none.
        if is_json && text.contains("\"properties\"") {
            return None;
        }
        let trim = |part: &'_ str| part.trim().trim_matches(['"', '\'', '<', '>', ' ']).to_owned();
        let is_comment = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
        let lines = || text.lines().filter(|line| !is_comment(line) && line.trim() != "---");
        let first = lines().next()?;
        let cells: Vec<String> = first.split([',', ';', '\t', '|']).map(trim).collect();
        let parts: Vec<&str> = if is_json { text.split(['{', ',', '\n']).collect() } else { lines().collect() };
        let key_of = |part: &&str| {
            let (key, _) = part.trim_start().trim_start_matches(['-', ' ']).split_once([':', '：', '='])?;
            Some(trim(key))
        };
        // A text that does not begin as settings do may tell how they are written.
        let begins = is_json || key_of(&first).is_some_and(|key| !key.contains(char::is_whitespace));
        let keys: BTreeSet<String> = match begins {
            true => parts.iter().filter_map(key_of).collect(),
            false => cells.into_iter().collect(),
        };
        let own = self.own.iter().filter(|key| keys.contains(**key)).count();
        let more = self.more.iter().filter(|key| keys.contains(**key)).count();
        Some((own + more, own > 0))
    }

    /// Whether the file at `path` was probably meant to be these settings, whatever it is called: its name holds theirs and it has a
    /// key of theirs, or it has two keys of which one is hardly another program's.
    fn are_meant_by(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let letters: String = name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).collect();
        let is_called = skeleton(&letters).collect::<String>().contains(&skeleton(self.stem).collect::<String>());
        let is_schema = letters.contains("schema");
        !is_schema && self.keys_in(path).is_some_and(|(keys, has_own)| keys > 1 && has_own || keys > 0 && is_called)
    }

    /// Whether the file at `path` is a text with a key of these settings at the beginning of a line, as a program may have kept it
    /// that was to write plain text.
    fn are_in(&self, path: &Path) -> bool {
        let mut head = Vec::new();
        let is_file = fs::metadata(path).is_ok_and(|found| found.is_file());
        let read = is_file.then(|| fs::File::open(path).and_then(|file| file.take(MAX_HEAD).read_to_end(&mut head)));
        if read.is_none_or(|read| read.is_err()) {
            return false;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = casefile_inside::read(&head, &name).text;
        // What stands before a document is about that.
        let is_document = is_markdown(&name) && text.trim_start_matches('\u{feff}').starts_with("---");
        let has_key = |line: &str| {
            let rest = self.keys.iter().find_map(|key| line.trim_start_matches('\u{feff}').strip_prefix(key));
            rest.is_some_and(|rest| rest.trim_start().starts_with([':', '：', '=']))
        };
        !is_document && text.lines().any(|line| has_key(line.trim_start()))
    }
}

/// How much of a file is looked at, in bytes; a workbook can only be read whole.
const MAX_HEAD: u64 = 1 << 16;
const MAX_TABLE: u64 = 1 << 20;

/// Endings of tables that are packed.
const TABLES: &[&str] = &["xlsx", "ods", "numbers"];

/// Endings of what is no settings, whatever it says: pictures, sound, programs, archives, and what is shown.
const OTHERS: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "tif", "tiff", "bmp", "svg", "ico", "mp3", "mp4", "mov",
    "wav", "m4a", "ogg", "webm", "pdf", "zip", "gz", "7z", "rar", "html", "htm", "css", "js", "ts", "py", "rs", "sh",
    "rb", "go", "c", "h", "java", "woff", "woff2", "ttf", "eml", "mbox",
];

fn is_markdown(name: &str) -> bool {
    let name = name.to_lowercase();
    [".md", ".markdown"].iter().any(|ending| name.ends_with(ending))
}

/// The name without a number in brackets at its end, by which browsers and systems tell copies apart.
fn without_count(stem: &str) -> (&str, bool) {
    let stem = stem.trim_end();
    let inner = stem.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match inner {
        Some((before, count)) if !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()) => (before, true),
        _ => (stem, false),
    }
}

/// The findings for settings that are not read in the case `folder`, whose content holds `files`; `list` is the list of
/// exhibits that is read.
pub(super) fn settings(folder: &Folder, files: &[String], list: Option<&str>) -> Vec<Diagnostic> {
    let mut unread = Unread { folder, list, found: BTreeMap::new() };
    unread.above();
    unread.no_file(config::FILE_NAME);
    if !folder.content.is_empty() {
        unread.no_file(&format!("{}/{}", folder.content, config::FILE_NAME));
    }
    let exhibits = folder.exhibits_folder();
    for name in exhibit::LISTS {
        unread.no_file(&format!("{exhibits}{name}"));
    }
    for (name, is_folder) in entries(&folder.root) {
        unread.beside_settings(&name, is_folder);
    }
    let skipped = folder.skipped.iter().map(|skipped| &skipped.path);
    for path in files.iter().chain(skipped) {
        unread.in_content(path, &exhibits);
    }
    unread.found.into_values().collect()
}

struct Unread<'a> {
    folder: &'a Folder,
    list: Option<&'a str>,
    /// By the path of the file.
    found: BTreeMap<String, Diagnostic>,
}

impl Unread<'_> {
    fn tell(&mut self, path: &str, why: Message, help: Message) {
        let finding = Diagnostic::file(
            Code::UnreadSettings,
            path,
            message!(
                en: "these settings are not read: {why}",
                zh: "这些设置没有读取：{why}"; why
            ),
        )
        .help(help);
        self.found.entry(path.to_owned()).or_insert(finding);
    }

    /// Whoever names a folder of a case's content as the case leaves out its settings.
    fn above(&mut self) {
        let root = &self.folder.root;
        let content = root.ancestors().find(|above| above.file_name().is_some_and(|name| name == "content"));
        let settings_in = |case: &Path| {
            let is_meant = |name: &str| matches!(CASE.likeness(name), Some((Likeness::Same, Format::Yaml)));
            entries(case)
                .into_iter()
                .find(|(name, is_folder)| !is_folder && is_meant(name))
                .map(|(name, _)| case.join(name))
        };
        // A case without that folder is its own content.
        let is_content = |case: &&Path| content.is_some() || !case.join("content").exists();
        let case = content.unwrap_or(root).parent().filter(is_content);
        let Some((case, path)) = case.and_then(|case| Some((case, settings_in(case)?))) else { return };
        if !root.join(config::FILE_NAME).exists() {
            let path = path.to_string_lossy().into_owned();
            let help = message!(
                en: "name the folder of the case with `--root`: {folder}",
                zh: "请用 `--root` 指明案卷文件夹：{folder}",
                folder = case.display()
            );
            self.tell(
                &path,
                message!(
                    en: "they are those of the case of which this folder is the content",
                    zh: "这是另一个案卷的设置，而本文件夹是那个案卷的内容"
                ),
                help,
            );
        }
    }

    /// What has the right name and place and is no file.
    fn no_file(&mut self, path: &str) {
        let absolute = self.folder.root.join(path);
        let Ok(found) = fs::symlink_metadata(&absolute) else { return };
        let is_read = path == config::FILE_NAME || self.list == Some(path);
        let why = match fs::metadata(&absolute) {
            Err(_) if found.is_symlink() => message!(en: "this is a link to nothing", zh: "这是没有目标的链接"),
            Ok(target) if target.is_dir() => message!(en: "this is a folder", zh: "这是文件夹"),
            Ok(target) if !target.is_file() => message!(
                en: "this is a device or the like, and no file",
                zh: "这是设备一类的东西，不是文件"
            ),
            _ if found.is_symlink() && !is_read => message!(
                en: "this is a link out of the case",
                zh: "这是通向案卷之外的链接"
            ),
            _ => return,
        };
        self.tell(
            path,
            why,
            message!(
                en: "put a plain file in its place, or remove it",
                zh: "请换成普通文件，或删去"
            ),
        );
    }

    /// What lies in the case folder itself.
    fn beside_settings(&mut self, name: &str, is_folder: bool) {
        let Folder { root, content, config, .. } = self.folder;
        if name == config::FILE_NAME {
            return;
        }
        if let Some((likeness, format)) = CASE.likeness(name) {
            let is_read = config.is_some();
            // Where the case folder is its own content, a document is read.
            let is_document = content.is_empty() && is_markdown(name);
            let counts = (likeness == Likeness::Same || !is_read) && !is_document;
            if counts && (format != Format::Text || CASE.are_in(&root.join(name))) {
                let help = match is_read {
                    true => message!(
                        en: "put what it says into {name}, and remove it",
                        zh: "请把内容并入 {name}，再删去它",
                        name = CASE.name
                    ),
                    false => message!(en: "rename it to {name}", zh: "请改名为 {name}", name = CASE.name),
                };
                self.tell(
                    name,
                    message!(
                        en: "the name must be {name}",
                        zh: "文件名必须是 {name}",
                        name = CASE.name
                    ),
                    help,
                );
            }
        }
        if config.is_none() && !is_folder && !content.is_empty() && CASE.are_meant_by(&root.join(name)) {
            self.misnamed_settings(name);
        }
        // The exhibits of a case that has a folder for its content lie in that.
        if content.is_empty() || name == content {
            return;
        }
        if matches!(EXHIBITS.likeness(name), Some((Likeness::Same, Format::Yaml))) {
            self.misplaced_list(name);
        }
        if is_folder && name == TEMPLATES && config.is_none() {
            for (inner, _) in entries(&root.join(name)).into_iter().filter(|(_, is_folder)| !is_folder) {
                let path = root.join(name).join(&inner);
                if matches!(CASE.likeness(&inner), Some((_, Format::Yaml))) || CASE.are_meant_by(&path) {
                    self.misplaced_settings(&format!("{name}/{inner}"));
                }
            }
        }
        if is_folder && !name.starts_with('.') && !NOT_CONTENT.contains(&name) {
            // A folder with content of its own is another case, and beside settings that are read it may hold what it likes.
            let folder = root.join(name);
            let is_meant = config.is_none() && !folder.join("content").exists();
            let settings = entries(&folder).into_iter().filter(|(inner, is_folder)| {
                !is_folder && matches!(CASE.likeness(inner), Some((Likeness::Same, Format::Yaml)))
            });
            let settings: Vec<(String, bool)> = settings.filter(|_| is_meant).collect();
            for (inner, _) in settings {
                self.misplaced_settings(&format!("{name}/{inner}"));
            }
            for list in exhibit::LISTS.map(|list| format!("{name}/{list}")) {
                if root.join(&list).is_file() {
                    self.misplaced_list(&list);
                }
            }
        }
    }

    fn misnamed_settings(&mut self, path: &str) {
        let why = message!(en: "the name must be {name}", zh: "文件名必须是 {name}", name = CASE.name);
        self.tell(path, why, message!(en: "rename it to {name}", zh: "请改名为 {name}", name = CASE.name));
    }

    fn misplaced_settings(&mut self, path: &str) {
        let why = message!(
            en: "they must stand in the case folder, in {name}",
            zh: "设置必须写在案卷文件夹的 {name} 中",
            name = CASE.name
        );
        let help = message!(
            en: "move what it says to {name}",
            zh: "请把内容移到 {name}",
            name = CASE.name
        );
        self.tell(path, why, help);
    }

    fn misplaced_list(&mut self, path: &str) {
        let folder = self.folder.exhibits_folder();
        let help = message!(
            en: "move it, with the files that it describes, to {folder}",
            zh: "请连同它所说明的文件移到 {folder}"
        );
        self.tell(
            path,
            message!(
                en: "exhibits are described in {folder}{name}",
                zh: "证据要在 {folder}{name} 中登记",
                name = EXHIBITS.name
            ),
            help,
        );
    }

    /// What lies in the content; the exhibits in `exhibits`, from the case folder.
    fn in_content(&mut self, path: &str, exhibits: &str) {
        let (folder, name) =
            path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..folder.len() + 1], name));
        let is_evidence = self.list.is_some() && path.starts_with(exhibits);
        if let Some((Likeness::Same, format)) = CASE.likeness(name).filter(|_| !is_evidence && !folder.is_empty()) {
            let is_meant = match format {
                Format::Yaml => true,
                Format::Other | Format::Text => !is_markdown(name) && CASE.are_in(&self.folder.root.join(path)),
            };
            if is_meant {
                self.misplaced_settings(path);
            }
        }
        let absolute = self.folder.root.join(path);
        let in_exhibits = path.starts_with(exhibits);
        // What lies among the exhibits is evidence, whatever it says.
        if self.folder.config.is_none() && !in_exhibits && CASE.are_meant_by(&absolute) {
            match folder.is_empty() {
                true => self.misnamed_settings(path),
                false => self.misplaced_settings(path),
            }
        }
        let Some((likeness, format)) = EXHIBITS.likeness(name).filter(|_| self.list != Some(path)) else {
            // A list is known by the word that keeps an exhibit from readers.
            let is_list = || EXHIBITS.keys_in(&absolute).is_some_and(|(keys, has_own)| keys > 1 && has_own);
            if folder == exhibits && self.list.is_none() && is_list() {
                self.tell(
                    path,
                    message!(
                        en: "exhibits are described in {folder}{name}",
                        zh: "证据要在 {folder}{name} 中登记",
                        name = EXHIBITS.name
                    ),
                    message!(en: "write what it says into {name}", zh: "请把内容写进 {name}", name = EXHIBITS.name),
                );
            }
            return;
        };
        if folder == exhibits {
            let counts = likeness == Likeness::Same || self.list.is_none();
            if counts && (format != Format::Text || EXHIBITS.are_in(&self.folder.root.join(path))) {
                let help = match self.list {
                    Some(list) => message!(
                        en: "put what it says into {list}, and remove it",
                        zh: "请把内容并入 {list}，再删去它"
                    ),
                    None => message!(en: "rename it to {name}", zh: "请改名为 {name}", name = EXHIBITS.name),
                };
                self.tell(
                    path,
                    message!(
                        en: "the name must be {name}",
                        zh: "文件名必须是 {name}",
                        name = EXHIBITS.name
                    ),
                    help,
                );
            }
        } else if !is_evidence && (likeness, format) == (Likeness::Same, Format::Yaml) {
            self.misplaced_list(path);
        }
    }
}

/// The names in a folder, and whether each is a folder.
fn entries(folder: &Path) -> Vec<(String, bool)> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<(String, bool)> = entries
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), entry.file_type().is_ok_and(|kind| kind.is_dir()))
        })
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_endings_and_copies_of_a_name_are_known() {
        for name in [
            "casefile.yml",
            "casefile.yaml.txt",
            "Casefile.yaml",
            "CASEFILE.YAML",
            ".casefile.yaml",
            "casefile.json",
            "casefile.toml",
            "casefile (1).yaml",
            "casefile（2）.yaml",
            "casefile(3).yml",
            "casefile - Copy.yaml",
            "casefile copy.yaml",
            "casefile - 副本.yaml",
            "casefile的副本.yaml",
            "副本 casefile.yaml",
            "Copy of casefile.yaml",
            "ｃａｓｅｆｉｌｅ．ｙａｍｌ",
            "casefile。yaml",
            "с\u{430}sеfilе.yaml",
            "case-file.yaml",
            "case_file.yml",
            "case file.yaml",
            "casefile.yaml ",
            " casefile.yaml",
            "casefile.yaml.yaml",
            "casefile.ymal",
            "case\u{200b}file.yaml",
            "_casefile.yml",
            "casefile..yaml",
            "casefile.YAML",
            "casefile.ini",
            "casefile.yaml.docx",
            "casefile .yaml",
        ] {
            let found = CASE.likeness(name).map(|(likeness, _)| likeness);
            assert_eq!(found, Some(Likeness::Same), "{name}");
        }
    }

    #[test]
    fn similar_names_and_what_was_put_aside_count_where_nothing_else_is_read() {
        for name in [
            "casefiles.yaml",
            "casfile.yaml",
            "caesfile.yml",
            "casefile-2031.yaml",
            "casefile2.yaml",
            "casefile-old.yaml",
            "casefile.example.yaml",
            "casefile.yaml.bak",
            "casefile.yaml~",
            "#casefile.yaml#",
            ".casefile.yaml.swp",
            "casefi1e.yaml",
            "casefile.yaml.orig",
            ".#casefile.yaml",
        ] {
            let found = CASE.likeness(name).map(|(likeness, _)| likeness);
            assert_eq!(found, Some(Likeness::Near), "{name}");
        }
    }

    #[test]
    fn settings_of_any_name_are_known_by_what_they_say() {
        let folder = tempfile::tempdir().unwrap();
        let is_meant = |settings: &Settings, name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            settings.are_meant_by(&path)
        };
        for (name, text) in [
            ("casefile.yaml - Copy", "unlisted: true\n"),
            ("casefile.yaml copy", "title: a\n"),
            ("casefile.yaml (1)", "unlisted: true\n"),
            ("casefile.yaml;1", "# mine\n\nunlisted: true\n"),
            ("my-casefile.yaml", "---\nunlisted: true\n"),
            ("新建 casefile.yaml", "unlisted: true\n"),
            ("casefile.jsn", "{\"unlisted\": true}"),
            ("casefile.hjson", "{\n  unlisted: true\n}\n"),
            ("casefile.config", "unlisted = true\n"),
            ("case.yaml", "title: a\nunlisted: true\n"),
            ("案卷.txt", "title: a\nsecret_path: abc\n"),
        ] {
            assert!(is_meant(&CASE, name, text), "{name}");
        }
        for (name, text) in [
            ("casefile.log", "built in 3 s\n"),
            ("casefile.yaml:Zone.Identifier", "[ZoneTransfer]\nZoneId=3\n"),
            ("casefile.schema.json", "{\"unlisted\": {}, \"title\": {}}"),
            ("_config.yml", "title: a\nlanguages: [en]\n"),
            ("config.toml", "base_url = \"/\"\ntitle = \"a\"\n"),
            ("notes.txt", "How to set it:\n\ntitle: a\nunlisted: true\n"),
            ("README.md", "title: a\nunlisted: true\n"),
            ("front.html", "title: a\nunlisted: true\n"),
        ] {
            assert!(!is_meant(&CASE, name, text), "{name}");
        }
        let is_list = |name: &str, text: &str| {
            fs::write(folder.path().join(name), text).unwrap();
            EXHIBITS.keys_in(&folder.path().join(name)).is_some_and(|(keys, has_own)| keys > 1 && has_own)
        };
        assert!(is_list("list.yaml", "- number: 1\n  file: f.txt\n  visibility: private\n"));
        assert!(is_list("exhibits.csv", "number,file,visibility\n1,f.txt,private\n"));
        assert!(!is_list("bank.csv", "number,file,amount\n1,f.txt,3\n"));
        assert!(!is_list("log.yaml", "- time: 1\n  visibility: 3 km\n"));
    }

    #[test]
    fn names_of_other_things_are_left_alone() {
        for name in [
            "casefile.pdf",
            "casefile.exe",
            "casefile.schema.json",
            "casefile.css",
            "casefile.tar.gz",
            "Makefile.toml",
            "justfile",
            "profile.yaml",
            "case.yaml",
            "file.yaml",
            "config.yaml",
            "_config.yml",
            "book.toml",
            "cases.yaml",
            "mkdocs.yml",
            "caseload.yaml",
            "案卷.yaml",
            "docker-compose.yml",
            "package.json",
            "dossier.yaml",
        ] {
            assert_eq!(CASE.likeness(name), None, "{name}");
        }
        for name in ["exhibit.pdf", "exhibition.yaml", "exhibits.csv", "evidence.yaml", "notice.txt"] {
            assert_eq!(EXHIBITS.likeness(name), None, "{name}");
        }
    }
}
