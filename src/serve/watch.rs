//! Watches a case folder for edits.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::look;
use crate::Error;
use crate::Message;
use crate::folder::NOT_CONTENT;

/// How long to wait for more after something was edited: programs save in several steps.
const GATHER: Duration = Duration::from_millis(8);

/// How long to wait before the system that did not watch every folder is asked again.
const AGAIN: Duration = Duration::from_secs(30);

/// The folders of a case beside its content that are inputs.
const PARTS: [&str; 3] = ["content", "templates", "static"];

/// The edits of a case folder.
pub(super) struct Changes {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    sender: Sender<notify::Result<Event>>,
    /// Watches what is there; a folder that comes back is watched again. None while the system gives no watcher.
    watcher: Mutex<Option<RecommendedWatcher>>,
    /// While it looks for itself, because the system does not tell of every folder.
    looking: Mutex<Option<Looking>>,
    warning: Mutex<Option<Message>>,
}

/// That a thread looks for edits; it ends when this is dropped.
struct Looking {
    /// What the thread looks at.
    _lives: Arc<()>,
    /// When the system was last asked to watch every folder.
    asked: Instant,
}

impl Changes {
    /// Begins to watch. What is returned beside the changes ends the waiting for them when it is dropped.
    ///
    /// # Errors
    /// When the folder is not there any more.
    pub(super) fn of(root: &Path) -> Result<(Self, impl Drop + use<>), Error> {
        let (sender, events) = mpsc::channel();
        let end = End(sender.clone());
        let changes = Self {
            root: root.to_owned(),
            events,
            sender,
            watcher: Mutex::default(),
            looking: Mutex::default(),
            warning: Mutex::default(),
        };
        changes.watch_parts().map_err(|error| {
            Error::Usage(message!(
                en: "cannot watch {folder}: {error}",
                zh: "无法监视 {folder}：{error}",
                folder = root.display()
            ))
        })?;
        Ok((changes, end))
    }

    /// What an author should know of how edits are noticed, if it was not told yet.
    pub(super) fn warning(&self) -> Option<Message> {
        lock(&self.warning).take()
    }

    /// Watches what holds inputs, and looks for edits itself where the system refuses to watch more.
    fn watch_parts(&self) -> notify::Result<()> {
        match self.watch() {
            Err(error) if !matches!(error.kind, ErrorKind::PathNotFound) => {
                self.look(&error.to_string());
                Ok(())
            }
            result => result,
        }
    }

    /// Watches the folder itself, and all of what holds inputs: never what lies beside it, such as what was built.
    fn watch(&self) -> notify::Result<()> {
        let mut watcher = lock(&self.watcher);
        let watcher = match &mut *watcher {
            Some(watcher) => watcher,
            none => none.insert(RecommendedWatcher::new(self.sender.clone(), notify::Config::default())?),
        };
        let has_content = self.root.join(PARTS[0]).is_dir();
        let mode = if has_content { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        watcher.watch(&self.root, mode)?;
        for part in PARTS.map(|part| self.root.join(part)).iter().filter(|part| part.is_dir()) {
            match watcher.watch(part, RecursiveMode::Recursive) {
                // It may vanish before it is watched, and is then heard of when it comes back.
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                result => result?,
            }
        }
        Ok(())
    }

    /// Begins to look for edits, if that was not begun before.
    fn look(&self, why: &str) {
        let mut looking = lock(&self.looking);
        if looking.is_some() {
            return;
        }
        let warning = message!(
            en: "warning: the system does not watch every folder of the case: {why}\nhelp: casefile looks for edits itself, \
                 once a second, and asks the system again; on Linux, a larger fs.inotify.max_user_watches makes that \
                 needless",
            zh: "警告：系统没有监视案卷的每个文件夹：{why}\n说明：casefile 会自己每秒查看一次有无改动，并再次请求系统；在 \
                 Linux 上，调大 fs.inotify.max_user_watches 就不必如此"
        );
        *lock(&self.warning) = Some(warning);
        let lives = Arc::new(());
        let (root, sender, until) = (self.root.clone(), self.sender.clone(), Arc::downgrade(&lives));
        *looking = Some(Looking { _lives: lives, asked: Instant::now() });
        std::thread::spawn(move || {
            look::again_and_again(&root, |path| input(&root, path).is_some(), &sender, || until.strong_count() > 0);
        });
    }

    /// Asks the system once more to watch every folder, and ends looking if now it does.
    fn watch_again(&self) {
        let watched = self.watch().is_ok();
        let mut looking = lock(&self.looking);
        if watched && looking.take().is_some() {
            *lock(&self.warning) = Some(message!(
                en: "the system watches every folder of the case again",
                zh: "系统又在监视案卷的每个文件夹"
            ));
        } else if let Some(looking) = &mut *looking {
            looking.asked = Instant::now();
        }
    }

    /// Waits for edits and tells the inputs among them, by their paths from the case folder; none at the end. It tells of
    /// no input where only the way in which edits are noticed has changed.
    pub(super) fn next(&self) -> Option<Vec<String>> {
        let mut paths = BTreeSet::new();
        loop {
            if lock(&self.looking).as_ref().is_some_and(|looking| looking.asked.elapsed() >= AGAIN) {
                self.watch_again();
                if lock(&self.warning).is_some() {
                    break;
                }
            }
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

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// The changes of `root`, of which the system does not watch anything.
    fn unwatched(root: &Path) -> Changes {
        let (sender, events) = mpsc::channel();
        let changes = Changes {
            root: root.to_owned(),
            events,
            sender,
            watcher: Mutex::default(),
            looking: Mutex::default(),
            warning: Mutex::default(),
        };
        changes.look("there is no room");
        changes.look("there is no room");
        changes
    }

    #[test]
    fn where_the_system_does_not_watch_edits_are_looked_for() {
        let case = tempfile::tempdir().unwrap();
        let root = case.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("content/zh")).unwrap();
        std::fs::create_dir(root.join("public")).unwrap();
        let document = root.join("content/zh/a.md");
        std::fs::write(&document, "a").unwrap();
        let changes = unwatched(&root);
        assert!(changes.warning().is_some_and(|warning| warning.en().contains("there is no room")));
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
        drop(End(changes.sender.clone()));
        while changes.next().is_some() {}
        writing.join().unwrap();
    }

    #[test]
    fn a_system_that_watches_again_is_listened_to_again() {
        let case = tempfile::tempdir().unwrap();
        let root = case.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("content")).unwrap();
        let changes = unwatched(&root);
        assert!(changes.warning().is_some());
        changes.watch_again();
        assert!(lock(&changes.looking).is_none());
        assert!(
            changes.warning().is_some_and(|warning| warning.en().contains("watches every folder of the case again"))
        );
        let document = root.join("content/a.md");
        std::fs::write(&document, "a").unwrap();
        assert_eq!(changes.next(), Some(vec!["content/a.md".to_owned()]));
        // Where there is nothing to watch, looking goes on.
        let missing = unwatched(&root.join("missing"));
        missing.watch_again();
        assert!(lock(&missing.looking).is_some());
    }
}
