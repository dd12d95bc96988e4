//! Polls for edits where the system does not report all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{Event, EventKind};
use walkdir::WalkDir;

use crate::source::stamp::Stamp;

/// How long to wait between two looks.
const INTERVAL: Duration = Duration::from_secs(1);

/// Looks through the folder `root` again and again, and sends what has changed, while that is `wanted` and somebody
/// listens; once more at the end, for what changed before the system began to tell. What `enters` refuses is left out.
pub(super) fn again_and_again(
    root: &Path,
    enters: impl Fn(&Path) -> bool,
    events: &Sender<notify::Result<Event>>,
    wanted: impl Fn() -> bool,
) {
    let mut before = stamps(root, &enters);
    let mut goes_on = true;
    while goes_on {
        std::thread::sleep(INTERVAL);
        goes_on = wanted();
        let now = stamps(root, &enters);
        let changed = now.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp)).map(|(path, _)| path);
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        let event = changed.chain(gone).fold(Event::new(EventKind::Any), |event, path| event.add_path(path.clone()));
        // An event without a path asks only whether somebody still listens.
        if events.send(Ok(event)).is_err() {
            return;
        }
        before = now;
    }
}

fn stamps(root: &Path, enters: impl Fn(&Path) -> bool) -> BTreeMap<PathBuf, Option<Stamp>> {
    let entries = WalkDir::new(root).min_depth(1).into_iter().filter_entry(|entry| enters(entry.path()));
    let files = entries.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir());
    files.map(|entry| (entry.path().to_owned(), Stamp::of(entry.path()).ok())).collect()
}
