//! Reading the case folder: which files there are, and which are passed over and why.
#![expect(clippy::disallowed_methods, reason = "reading the disk is what this module is for")]

pub mod cover;
pub mod fingerprint;
mod unread;

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use crate::Message;
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;
use crate::source::decode::decode;
use crate::source::edit::Origins;
use crate::source::exhibit::store::{self, Store};
use crate::source::exhibit::{self, ExhibitFile, Use};

/// What a case folder holds. Paths start at the folder, with `/` between their parts, in order.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// The folder itself, absolute and without links.
    pub root: PathBuf,
    /// The bytes of casefile.yaml.
    pub config: Option<File>,
    /// Every Markdown file with its bytes.
    pub documents: Vec<File>,
    /// The case's own files of the theme: `templates/` and `static/`.
    pub theme: Vec<File>,
    /// The paths of all other files of the content, which may be cited and are read only then.
    pub assets: Vec<String>,
    /// The same files, as far as they can be read, with what they are.
    pub cited: Vec<ExhibitFile>,
    /// The exhibits, where a list describes them.
    pub exhibits: Option<Exhibits>,
    /// The folder that holds the content, from the case folder: `content`, or empty where there is none.
    pub content: String,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// What could not be read.
    pub findings: Vec<Diagnostic>,
}

/// A file and its bytes.
#[derive(Debug, Clone)]
pub struct File {
    /// From the case folder.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where its places stood on the disk, as far as something was replaced.
    pub origins: Origins,
}

impl File {
    /// The file at `path` with its bytes.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), bytes, origins: Origins::default() }
    }
}

/// The folder of the exhibits.
#[derive(Debug, Clone)]
pub struct Exhibits {
    /// The file that describes them.
    pub list: File,
    /// The folder, from the case folder.
    pub folder: String,
    /// What lies there, but for the list.
    pub files: Vec<ExhibitFile>,
}

/// The settings needed while the folder is read.
#[derive(Debug, Default, Deserialize)]
struct EarlySettings {
    #[serde(default)]
    strip_metadata: Option<bool>,
}

/// A file that is no part of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// From the case folder.
    pub path: String,
    /// Why: hidden, an editor's backup, a link out of the case.
    pub reason: Message,
}

/// The file in an output folder that lists what casefile put there. Such a folder is no part of a case.
pub const SITE_LIST: &str = ".casefile";

/// How the names of zips begin that casefile makes. In a case folder that is all content, they are none of it.
pub const EDITION: &str = "dossier";

fn is_edition(name: &str) -> bool {
    name.starts_with(EDITION) && (name.ends_with(".zip") || name.ends_with(".zip.sha256"))
}

/// Whether Markdown lies in a folder or in those right below it.
fn holds_texts(folder: &Path) -> bool {
    let files = WalkDir::new(folder).max_depth(2).into_iter().filter_map(Result::ok);
    files.into_iter().any(|file| file.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md")))
}

/// Whether a file made at `path` would be an input of the case at `root` from then on. `content` is the folder of the
/// content, from the case folder. All paths are absolute.
pub fn would_be_input(root: &Path, content: &str, path: &Path) -> bool {
    let Ok(path) = path.strip_prefix(root) else { return false };
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    match &parts[..] {
        [name] => name == config::FILE_NAME || (content.is_empty() && !is_edition(name)),
        [folder, ..] if matches!(folder.as_ref(), TEMPLATES | STATIC) => true,
        [folder, ..] if content.is_empty() => !NOT_CONTENT.contains(&folder.as_ref()) && folder != FULL,
        [folder, ..] => folder == content,
        [] => false,
    }
}

/// The path with links resolved, as far as there is anything at it.
pub fn settled(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    match there {
        Some((above, settled)) => match path.strip_prefix(above) {
            Ok(rest) if rest.as_os_str().is_empty() => settled,
            Ok(rest) => settled.join(rest),
            Err(_) => settled,
        },
        None => path.to_owned(),
    }
}

/// The folders of a theme.
const TEMPLATES: &str = "templates";
const STATIC: &str = "static";

/// What the files of a theme are called below [`STATIC`].
pub(crate) const STATIC_FILES: &[&str] =
    &["casefile.css", "casefile.js", "dark.css", "icon.svg", "lost.js", "search.js"];

/// The folder of the full edition, which is no part of a case for what lies in it.
const FULL: &str = "full";

/// Folders that belong to the project around a case that has no `content/` of its own.
pub(crate) const NOT_CONTENT: &[&str] = &[TEMPLATES, STATIC, "public", "target", "node_modules", store::FOLDER];

impl Folder {
    /// Reads the case folder `root`. What cannot be read is a finding.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn read(root: &Path) -> std::io::Result<Self> {
        let root = root.canonicalize()?;
        if !root.is_dir() {
            return Err(std::io::Error::from(std::io::ErrorKind::NotADirectory));
        }
        // Nothing in it can be named.
        if root.to_str().is_none() {
            let message = message!(
                en: "the name of the case folder, or of one above it, is not UTF-8",
                zh: "案卷文件夹或其上级文件夹的名称不是 UTF-8"
            );
            let finding = Diagnostic::file(Code::UnreadableFile, root.to_string_lossy(), message);
            let help = message!(en: "rename it", zh: "请改名");
            return Ok(Self { findings: vec![finding.help(help)], root, ..Self::default() });
        }
        // Were it passed over, all that lies beside it would be published in its place.
        let content = root.join("content");
        if !content.is_dir() && content.is_symlink() {
            let why = std::fs::metadata(&content).err().map_or_else(
                || {
                    message!(
                        en: "it leads to no folder",
                        zh: "它没有指向文件夹"
                    )
                },
                |error| Message::alike(error.to_string()),
            );
            let finding = Diagnostic::file(
                Code::UnreadableFile,
                "content",
                message!(
                    en: "the link cannot be followed: {why}",
                    zh: "链接无法打开：{why}"; why
                ),
            );
            return Ok(Self { root, findings: vec![finding], ..Self::default() });
        }
        let mut folder = Self {
            content: if content.is_dir() { "content".to_owned() } else { String::new() },
            root,
            ..Self::default()
        };
        let config = folder.root.join(config::FILE_NAME);
        if config.is_file() {
            let files = folder.load(vec![config::FILE_NAME.to_owned()]);
            folder.config = files.into_iter().next();
        }
        let theme = [TEMPLATES, STATIC].map(|part| if folder.is_theme(part) { folder.walk(part) } else { Vec::new() });
        let mut found = folder.walk(&folder.content.clone());
        // Other tools keep beside the content what they publish at the top of a site.
        if !folder.content.is_empty() && !folder.is_theme(STATIC) {
            found.extend(folder.walk(STATIC));
        }
        let all = found.clone();
        let exhibits = folder.take_exhibits(&mut found);
        let unread = unread::settings(&folder, &all, exhibits.as_ref().map(|(list, _)| list.as_str()));
        folder.findings.extend(unread);
        let mut documents = Vec::new();
        for path in found {
            if path.to_ascii_lowercase().ends_with(".md") {
                documents.push(path);
            } else {
                folder.assets.push(path);
            }
        }
        folder.documents = folder.load(documents);
        folder.examine(exhibits);
        folder.theme = folder.load(theme.concat());
        Ok(folder)
    }

    /// This folder with those documents in place of its own, read anew; without those that are not there any more.
    pub fn with_documents(&self, paths: Vec<String>) -> Self {
        let mut folder = Self { documents: Vec::new(), findings: Vec::new(), ..self.clone() };
        let paths = paths.into_iter().filter(|path| folder.root.join(path).is_file()).collect();
        folder.documents = folder.load(paths);
        folder
    }

    /// Takes the exhibits out of the files of the content: where a list describes them, what lies in their folder is
    /// evidence and no document, whatever its name.
    fn take_exhibits(&self, found: &mut Vec<String>) -> Option<(String, Vec<String>)> {
        let folder = self.exhibits_folder();
        let lists = exhibit::LISTS.map(|name| format!("{folder}{name}"));
        let at = found.iter().position(|path| lists.contains(path))?;
        let list = found.remove(at);
        let paths = found.extract_if(.., |path| path.starts_with(&folder)).collect();
        Some((list, paths))
    }

    /// The folder of the exhibits, from the case folder, with a slash at its end.
    pub(super) fn exhibits_folder(&self) -> String {
        let content = if self.content.is_empty() { String::new() } else { format!("{}/", self.content) };
        format!("{content}{}/", exhibit::FOLDER)
    }

    /// Looks into the exhibits and the other files.
    fn examine(&mut self, exhibits: Option<(String, Vec<String>)>) {
        let config = self.config.as_ref().map_or("", |file| str::from_utf8(&file.bytes).unwrap_or(""));
        let options: EarlySettings = serde_saphyr::from_str(config).unwrap_or_default();
        let clean = options.strip_metadata.unwrap_or(true);
        let (list, paths) = exhibits.unzip();
        if list.is_none() && self.assets.is_empty() {
            return;
        }
        let list = list.and_then(|list| self.load(vec![list]).into_iter().next());
        let folder = self.exhibits_folder();
        let text = list.as_ref().and_then(|list| Some((list.path.clone(), decode(list.bytes.clone()).ok()?.text)));
        let cover = text.map(|(path, text)| cover::wanted(&Source::new(path, text), &folder)).unwrap_or_default();
        let store = Store::open(&self.root);
        let mut look = |paths: &[String], wanted: Use| {
            let options = exhibit::ExamineOptions { wanted, clean, cover: &cover };
            let examined = exhibit::examine(&self.root, paths, options, &store);
            for (path, error) in examined.unreadable {
                self.findings.push(unreadable(path, &error));
            }
            examined.files
        };
        let files = look(&paths.unwrap_or_default(), Use::Exhibit);
        self.cited = look(&self.assets, Use::Cited);
        store.close();
        self.exhibits = list.map(|list| Exhibits { list, folder, files });
    }

    /// Whether a folder changes how the site looks: `templates/` if it holds a template or a language, `static/` if it holds
    /// a file that the built-in theme has too, or templates that may name its files stand beside it. Else it belongs to
    /// another tool, and is content like any other.
    fn is_theme(&self, part: &str) -> bool {
        let templates = self.root.join(TEMPLATES);
        let is_template = |name: &std::ffi::OsStr| Path::new(name).extension().is_some_and(|ending| ending == "html");
        let has_templates = || {
            let mut entries = std::fs::read_dir(&templates).into_iter().flatten().flatten();
            templates.join("language").is_dir() || entries.any(|entry| is_template(&entry.file_name()))
        };
        let has_static = || STATIC_FILES.iter().any(|name| self.root.join(STATIC).join(name).is_file());
        has_templates() || (part == STATIC && has_static())
    }

    /// The files below `part`, sorted, without those that are passed over.
    fn walk(&mut self, part: &str) -> Vec<String> {
        let start = self.root.join(part);
        if !start.is_dir() {
            return Vec::new();
        }
        let whole_folder = part.is_empty();
        let mut skipped = Vec::new();
        let mut paths = Vec::new();
        let mut walk = WalkDir::new(&start).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().map(|path| relative(&self.root, path)).unwrap_or_default();
                    let message = message!(
                        en: "cannot be read: {why}",
                        zh: "无法读取：{why}",
                        why = reason_of(&error)
                    );
                    self.findings.push(Diagnostic::file(Code::UnreadableFile, path, message));
                    continue;
                }
            };
            if entry.depth() == 0 {
                continue;
            }
            let path = relative(&self.root, entry.path());
            let name = entry.file_name().to_string_lossy();
            let is_folder = entry.file_type().is_dir();
            if whole_folder && entry.depth() == 1 {
                let is_other_tools = matches!(name.as_ref(), TEMPLATES | STATIC) && !self.is_theme(&name);
                let own = is_folder && NOT_CONTENT.contains(&name.as_ref()) && !is_other_tools;
                if own || name == config::FILE_NAME || is_edition(&name) {
                    if own {
                        walk.skip_current_dir();
                        if name == "public" && !entry.path().join(SITE_LIST).exists() && holds_texts(entry.path()) {
                            let reason = message!(
                                en: "in `public`, where the site is put; give the folder another name to \
                                     have it read",
                                zh: "位于存放网站的 `public` 中；要读取它，请给文件夹改名"
                            );
                            skipped.push(Skipped { path, reason });
                        }
                    }
                    continue;
                }
            }
            let reason = self.reason_to_skip(&entry, &name);
            match reason {
                Some(reason) => {
                    skipped.push(Skipped { path, reason });
                    if is_folder {
                        walk.skip_current_dir();
                    }
                }
                // A path that is no Unicode cannot be named anywhere, not even to be read.
                None if entry.path().to_str().is_none() => {
                    let help = message!(
                        en: "rename it; what is shown as `\u{fffd}` is no UTF-8, as in names from old \
                             Windows archives",
                        zh: "请改名；显示为 `\u{fffd}` 的不是 UTF-8，旧的 Windows 压缩包中常有这种文件名"
                    );
                    let finding = Diagnostic::file(
                        Code::UnreadableFile,
                        path,
                        message!(
                            en: "the name is not UTF-8",
                            zh: "文件名不是 UTF-8"
                        ),
                    );
                    self.findings.push(finding.help(help));
                    if is_folder {
                        walk.skip_current_dir();
                    }
                }
                None if entry.path().is_file() => paths.push(path),
                None if is_folder => {}
                None => skipped.push(Skipped {
                    path,
                    reason: message!(
                        en: "a device or the like, and no file",
                        zh: "是设备一类的东西，不是文件"
                    ),
                }),
            }
        }
        self.skipped.append(&mut skipped);
        paths
    }

    fn reason_to_skip(&self, entry: &DirEntry, name: &str) -> Option<Message> {
        let backup = name.ends_with('~')
            || (name.starts_with('#') && name.ends_with('#'))
            || [".bak", ".orig", ".swp", ".swo", ".tmp"].iter().any(|end| name.to_ascii_lowercase().ends_with(end))
            || name.starts_with("~$");
        if backup {
            return Some(message!(en: "an editor's backup", zh: "编辑器的备份"));
        }
        // GitBook keeps the images of its pages in a hidden folder.
        if name.starts_with('.') && name != ".gitbook" {
            return Some(message!(en: "hidden", zh: "隐藏文件"));
        }
        if entry.file_type().is_dir() && entry.path().join(SITE_LIST).is_file() {
            return Some(message!(en: "a site that casefile made", zh: "casefile 制作的网站"));
        }
        if matches!(name, "Thumbs.db" | "desktop.ini") {
            return Some(message!(en: "the system's own", zh: "系统自己的文件"));
        }
        if entry.path_is_symlink() {
            return match entry.path().canonicalize() {
                Ok(target) if !target.starts_with(&self.root) => Some(message!(
                    en: "a link out of the case",
                    zh: "通向案卷之外的链接"
                )),
                Ok(target) if target.is_dir() => Some(message!(en: "a link to a folder", zh: "通向文件夹的链接")),
                Ok(_) => None,
                Err(_) => Some(message!(en: "a link to nothing", zh: "没有目标的链接")),
            };
        }
        None
    }

    fn load(&mut self, paths: Vec<String>) -> Vec<File> {
        let root = &self.root;
        let read = |path: String| match std::fs::read(root.join(&path)) {
            Ok(bytes) => Ok(File::new(path, bytes)),
            Err(error) => Err(unreadable(path, &error)),
        };
        let results: Vec<Result<File, Diagnostic>> = paths.into_par_iter().map(read).collect();
        let mut files = Vec::with_capacity(results.len());
        for result in results {
            match result {
                Ok(file) => files.push(file),
                Err(finding) => self.findings.push(finding),
            }
        }
        files
    }
}

fn unreadable(path: String, error: &std::io::Error) -> Diagnostic {
    Diagnostic::file(
        Code::UnreadableFile,
        path,
        message!(
            en: "cannot be read: {error}",
            zh: "无法读取：{error}"
        ),
    )
}

fn reason_of(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}

/// `path` from `root`, with `/` between its parts; what is no Unicode is shown as far as it can be.
fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
        let folder = Folder::read(dir.path()).unwrap();
        (dir, folder)
    }

    fn paths(files: &[File]) -> Vec<&str> {
        files.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn a_folder_without_content_is_its_own_content() {
        let (_dir, folder) = folder(&["b.md", "zh/a.md", "img/x.png", "templates/t.html", "target/x.md"]);
        assert_eq!(paths(&folder.documents), ["b.md", "zh/a.md"]);
        assert_eq!(folder.assets, ["img/x.png"]);
        assert_eq!(paths(&folder.theme), ["templates/t.html"]);
    }

    #[test]
    fn hidden_files_and_backups_are_passed_over_and_said_so() {
        let (_dir, folder) = folder(&[
            "content/a.md",
            "content/.a.md.swp",
            "content/a.md~",
            "content/.git/x.md",
            "content/.gitbook/assets/i.png",
        ]);
        assert_eq!(paths(&folder.documents), ["content/a.md"]);
        assert_eq!(folder.assets, ["content/.gitbook/assets/i.png"]);
        let skipped: Vec<(&str, &str)> = folder.skipped.iter().map(|s| (s.path.as_str(), s.reason.en())).collect();
        assert_eq!(
            skipped,
            [
                ("content/.a.md.swp", "an editor's backup"),
                ("content/.git", "hidden"),
                ("content/a.md~", "an editor's backup")
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_case_are_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.md"), "secret").unwrap();
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("content")).unwrap();
        std::fs::write(dir.path().join("content/a.md"), "a").unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.md"), dir.path().join("content/b.md")).unwrap();
        std::os::unix::fs::symlink(outside.path(), dir.path().join("content/c")).unwrap();
        std::os::unix::fs::symlink("a.md", dir.path().join("content/d.md")).unwrap();
        let folder = Folder::read(dir.path()).unwrap();
        assert_eq!(paths(&folder.documents), ["content/a.md", "content/d.md"]);
        assert_eq!(folder.skipped.len(), 2);
    }
}
