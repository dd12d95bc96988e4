//! What is edited in a case folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::look;
use crate::Error;
use crate::source::folder::NOT_CONTENT;

/// How long to wait for more after something was edited: programs save in several steps.
const GATHER: Duration = Duration::from_millis(8);

/// The folders of a case beside its content that are inputs.
const PARTS: [&str; 3] = ["content", "templates", "static"];

/// The edits of a case folder.
pub(super) struct Changes {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    sender: Sender<notify::Result<Event>>,
    /// Watches what is there; a folder that comes back is watched again. None where the system gives no watcher.
    watcher: Option<Mutex<RecommendedWatcher>>,
    /// Whether it looks for itself, because the system does not tell of every folder.
    looks: AtomicBool,
    warning: Mutex<Option<String>>,
}

impl Changes {
    /// Begins to watch. What is returned beside the changes ends the waiting for them when it is dropped.
    ///
    /// # Errors
    /// When the folder is not there any more.
    pub(super) fn of(root: &Path) -> Result<(Self, impl Drop + use<>), Error> {
        let (sender, events) = mpsc::channel();
        let end = End(sender.clone());
        let watcher = RecommendedWatcher::new(sender.clone(), notify::Config::default());
        let fault = watcher.as_ref().err().map(ToString::to_string);
        let changes = Self {
            root: root.to_owned(),
            events,
            sender,
            watcher: watcher.ok().map(Mutex::new),
            looks: AtomicBool::new(false),
            warning: Mutex::default(),
        };
        if let Some(why) = fault {
            changes.look(&why);
        }
        changes.watch_parts().map_err(|error| Error::Usage(format!("cannot watch {}: {error}", root.display())))?;
        Ok((changes, end))
    }

    /// What an author should know of how edits are noticed, if it was not told yet.
    pub(super) fn warning(&self) -> Option<String> {
        self.warning.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Watches the folder itself, and all of what holds inputs: never what lies beside it, such as what was built.
    fn watch_parts(&self) -> notify::Result<()> {
        let Some(watcher) = &self.watcher else { return Ok(()) };
        let mut watcher = watcher.lock().unwrap_or_else(PoisonError::into_inner);
        let has_content = self.root.join(PARTS[0]).is_dir();
        let mode = if has_content { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        self.or_look(watcher.watch(&self.root, mode))?;
        for part in PARTS.map(|part| self.root.join(part)).iter().filter(|part| part.is_dir()) {
            // It may vanish before it is watched, and is then heard of when it comes back.
            let _ = self.or_look(watcher.watch(part, RecursiveMode::Recursive));
        }
        Ok(())
    }

    /// Looks for edits itself where the system refuses to watch more.
    fn or_look(&self, result: notify::Result<()>) -> notify::Result<()> {
        match result {
            Err(error) if !matches!(error.kind, ErrorKind::PathNotFound) => {
                self.look(&error.to_string());
                Ok(())
            }
            result => result,
        }
    }

    /// Begins to look for edits, if that was not begun before.
    fn look(&self, why: &str) {
        if self.looks.swap(true, Ordering::Relaxed) {
            return;
        }
        let warning = format!(
            "warning: the system does not watch every folder of the case: {why}\nhelp: casefile looks for edits itself, \
             once a second; on Linux, a larger fs.inotify.max_user_watches makes that needless"
        );
        *self.warning.lock().unwrap_or_else(PoisonError::into_inner) = Some(warning);
        let (root, sender) = (self.root.clone(), self.sender.clone());
        std::thread::spawn(move || look::again_and_again(&root, |path| input(&root, path).is_some(), &sender));
    }

    /// Waits for edits and tells the inputs among them, by their paths from the case folder; none at the end.
    pub(super) fn next(&self) -> Option<Vec<String>> {
        let mut paths = BTreeSet::new();
        loop {
            let event = match paths.is_empty() {
                true => self.events.recv().ok()?,
                false => match self.events.recv_timeout(GATHER) {
                    Ok(event) => event,
                    Err(_) => break,
                },
            };
            match event {
                Ok(event) if event.kind == EventKind::Other && event.paths.is_empty() => return None,
                Ok(event) => self.note(&event, &mut paths),
                // The system lost count of what changed: anything may have.
                Err(error) => {
                    if matches!(error.kind, ErrorKind::MaxFilesWatch) {
                        self.look(&error.to_string());
                    }
                    paths.insert(String::new());
                }
            }
        }
        Some(paths.into_iter().collect())
    }

    fn note(&self, event: &Event, paths: &mut BTreeSet<String>) {
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let inputs: Vec<String> = event.paths.iter().filter_map(|path| input(&self.root, path)).collect();
        if inputs.iter().any(|path| PARTS.contains(&path.as_str())) {
            let _ = self.watch_parts();
        }
        paths.extend(inputs);
        if event.need_rescan() {
            paths.insert(String::new());
        }
    }
}

/// The path of an input from the case folder; none for what is no input.
fn input(root: &Path, path: &Path) -> Option<String> {
    let path = path.strip_prefix(root).ok()?;
    let parts: Vec<String> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let first = parts.first()?;
    let is_part = PARTS.contains(&first.as_str());
    let has_content = root.join(PARTS[0]).is_dir();
    let is_hidden = parts.iter().any(|part| part.starts_with('.') && part != ".gitbook");
    let is_content = !has_content && !NOT_CONTENT.contains(&first.as_str());
    // Settings under another name are told of until they have their own.
    let is_settings = parts.len() == 1 && first.to_lowercase().contains("casefile");
    let is_input = is_part || is_content || is_settings;
    (is_input && !is_hidden).then(|| parts.join("/"))
}

/// Ends the waiting for edits when it is dropped.
struct End(mpsc::Sender<notify::Result<Event>>);

impl Drop for End {
    fn drop(&mut self) {
        let _ = self.0.send(Ok(Event::new(EventKind::Other)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_system_does_not_watch_edits_are_looked_for() {
        let case = tempfile::tempdir().unwrap();
        let root = case.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("content/zh")).unwrap();
        std::fs::create_dir(root.join("public")).unwrap();
        let document = root.join("content/zh/a.md");
        std::fs::write(&document, "a").unwrap();
        let (sender, events) = mpsc::channel();
        let changes = Changes {
            root: root.clone(),
            events,
            sender: sender.clone(),
            watcher: None,
            looks: AtomicBool::new(false),
            warning: Mutex::default(),
        };
        changes.look("there is no room");
        changes.look("there is no room");
        assert!(changes.warning().is_some_and(|warning| warning.contains("there is no room")));
        assert_eq!(changes.warning(), None);
        // What was written before the first look is no edit: so it is written until it is seen as one.
        let writing = std::thread::spawn(move || {
            for at in 0..50 {
                std::fs::write(&document, format!("version {at}")).unwrap();
                std::fs::write(root.join("public/index.html"), format!("version {at}")).unwrap();
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        assert_eq!(changes.next(), Some(vec!["content/zh/a.md".to_owned()]));
        drop(End(sender));
        while changes.next().is_some() {}
        writing.join().unwrap();
    }
}
