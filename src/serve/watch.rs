//! What is edited in a case folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

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
    /// Watches what is there; a folder that comes back is watched again.
    watcher: std::sync::Arc<Mutex<RecommendedWatcher>>,
}

impl Changes {
    /// Begins to watch. What is returned beside the changes watches as long as it is kept.
    ///
    /// # Errors
    /// When the system does not let the folder be watched.
    pub(super) fn of(root: &Path) -> Result<(Self, impl Drop + use<>), Error> {
        let (sender, events) = mpsc::channel();
        let end = sender.clone();
        let fault = |error: notify::Error| Error::Usage(format!("cannot watch {}: {error}", root.display()));
        let watcher = RecommendedWatcher::new(sender, notify::Config::default()).map_err(fault)?;
        let changes = Self { root: root.to_owned(), events, watcher: std::sync::Arc::new(Mutex::new(watcher)) };
        changes.watch_parts().map_err(fault)?;
        Ok((changes, End(end)))
    }

    /// Watches the folder itself, and all of what holds inputs: never what lies beside it, such as what was built.
    fn watch_parts(&self) -> notify::Result<()> {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        if self.root.join(PARTS[0]).is_dir() {
            watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        } else {
            watcher.watch(&self.root, RecursiveMode::Recursive)?;
        }
        for part in PARTS.map(|part| self.root.join(part)).iter().filter(|part| part.is_dir()) {
            // It may vanish before it is watched, and is then heard of when it comes back.
            let _ = watcher.watch(part, RecursiveMode::Recursive);
        }
        Ok(())
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
                Err(_) => drop(paths.insert(String::new())),
            }
        }
        Some(paths.into_iter().collect())
    }

    fn note(&self, event: &Event, paths: &mut BTreeSet<String>) {
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let inputs: Vec<String> = event.paths.iter().filter_map(|path| self.input(path)).collect();
        if inputs.iter().any(|path| PARTS.contains(&path.as_str())) {
            let _ = self.watch_parts();
        }
        paths.extend(inputs);
        if event.need_rescan() {
            paths.insert(String::new());
        }
    }

    /// The path of an input from the case folder; none for what is no input.
    fn input(&self, path: &Path) -> Option<String> {
        let path = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<String> =
            path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let first = parts.first()?;
        let is_part = PARTS.contains(&first.as_str());
        let has_content = self.root.join(PARTS[0]).is_dir();
        let is_hidden = parts.iter().any(|part| part.starts_with('.') && part != ".gitbook");
        let is_content = !has_content && !NOT_CONTENT.contains(&first.as_str());
        // Settings under another name are told of until they have their own.
        let is_settings = parts.len() == 1 && first.to_lowercase().contains("casefile");
        let is_input = is_part || is_content || is_settings;
        (is_input && !is_hidden).then(|| parts.join("/"))
    }
}

/// Ends the waiting for edits when it is dropped.
struct End(mpsc::Sender<notify::Result<Event>>);

impl Drop for End {
    fn drop(&mut self) {
        let _ = self.0.send(Ok(Event::new(EventKind::Other)));
    }
}
