//! Size, times and inode of a file, by which a change is noticed without reading it.
#![expect(clippy::disallowed_methods, reason = "looking at files is what this module is for")]

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A file that changed so shortly before it was read may have changed again without its times showing it.
const UNSURE: Duration = Duration::from_millis(100);

/// Size, times and number of a file, to notice that it changed. A change of content changes the time of change, which no ordinary program can set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// When its content changed, in nanoseconds since 1970.
    pub modified: u64,
    /// When anything about it changed, where the system tells; else 0.
    pub changed: u64,
    /// Its number on the disk, where the system tells; else 0.
    pub number: u64,
}

impl Stamp {
    /// The stamp of a file as it is now.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn of(path: &Path) -> io::Result<Self> {
        let found = fs::metadata(path)?;
        let modified = found.modified().map_or(0, nanoseconds);
        let (changed, number) = change_and_number(&found);
        Ok(Self { size: found.len(), modified, changed, number })
    }

    /// The look of a file that may get another name, which changes the time of change and nothing else.
    #[must_use]
    pub fn under_any_name(self) -> Self {
        Self { changed: 0, ..self }
    }

    /// Whether the file was left alone for long enough that another change would show.
    pub fn is_settled(&self) -> bool {
        let last = self.modified.max(self.changed);
        nanoseconds(SystemTime::now()).checked_sub(last).is_some_and(|age| u128::from(age) > UNSURE.as_nanos())
    }
}

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64)
}

#[cfg(unix)]
fn change_and_number(found: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let changed = i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec());
    (u64::try_from(changed).unwrap_or(0), found.ino())
}

#[cfg(not(unix))]
fn change_and_number(_: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}
