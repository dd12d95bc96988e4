//! The fingerprint of an edition: one sum for all that a case was made from.

use std::fmt::Write;

use rayon::prelude::*;

use crate::folder::Folder;
use crate::sha256::Sha256;

/// The SHA-256 sum over the sorted list of (path, SHA-256) of the case's input files.
///
/// Inputs are casefile.yaml, every file of the content, whether it is published or not, and the case's own templates and
/// static files. What the program passes over (it says so: hidden files, editors' backups, links out of the case) and
/// what it makes itself does not count.
///
/// The list is what `sha256sum` prints for these files when it is run in the case folder: for each file its sum, two
/// spaces, its path from the case folder with `/`, and a line feed, in the order of the bytes of the paths. As with
/// `sha256sum`, a line whose path holds a backslash, a line feed or a carriage return begins with a backslash, and these
/// are written `\\`, `\n` and `\r`. So anybody who has the sources gets the fingerprint in their folder from
///
/// ```sh
/// find casefile.yaml content static templates -type f -not -path '*/.*' -not -name '*~' -print0 2>/dev/null |
///   LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
/// ```
///
/// Of a public edition that withholds something the inputs are what is left of the files: by a sum over the originals a short
/// secret could be guessed. Only the program can make these again.
///
/// On macOS `shasum -a 256` stands in place of `sha256sum`. In a case without a folder `content`, `find *` begins the
/// command, and `public`, `target` and `node_modules` are left out.
pub fn of(folder: &Folder) -> Sha256 {
    let exhibits = folder.exhibits.iter();
    let read = folder.config.iter().chain(&folder.documents).chain(&folder.theme);
    let read: Vec<_> = read.chain(exhibits.clone().map(|exhibits| &exhibits.list)).collect();
    let mut inputs: Vec<(&str, Sha256)> =
        read.into_par_iter().map(|file| (file.path.as_str(), Sha256::of(&file.bytes))).collect();
    inputs.extend(exhibits.flat_map(|exhibits| &exhibits.files).map(|file| (file.path.as_str(), file.sha256)));
    inputs.extend(folder.cited.iter().map(|file| (file.path.as_str(), file.sha256)));
    inputs.sort_unstable();
    let mut list = String::with_capacity(inputs.len() * 100);
    for (path, sha256) in inputs {
        let special = path.contains(['\\', '\n', '\r']);
        let escaped = if special { "\\" } else { "" };
        let path = path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
        let _ = writeln!(list, "{escaped}{sha256}  {path}");
    }
    Sha256::of(list.as_bytes())
}
