//! Lists of files with their sums (RFC 8493, section 2.1.3), which `sha256sum -c` reads too.

use std::collections::BTreeMap;
use std::fmt;

use super::bag::decoded;
use crate::sha256::Sha256;

/// The sums of files by their path in the bag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest(pub BTreeMap<String, Sha256>);

impl Manifest {
    /// Reads a manifest: on each line a sum, white space, and a path in which `%0A`, `%0D` and `%25` stand for a line
    /// feed, a carriage return and a percent sign. An asterisk right before the path, as old tools wrote it, is none of it.
    ///
    /// # Errors
    /// The first line that is not so, or that lists a path again, by its number, and what is wrong with it.
    pub fn read(text: &str) -> Result<Self, (usize, String)> {
        let mut files = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            let (sum, path) = line.split_once([' ', '\t']).ok_or_else(|| (number, "it has no path".to_owned()))?;
            let sum: Sha256 = sum.parse().map_err(|error| (number, format!("{error}")))?;
            let path = path.trim_start_matches([' ', '\t']);
            let path = decoded(path.strip_prefix('*').unwrap_or(path));
            let path = path.strip_prefix("./").map(str::to_owned).unwrap_or(path);
            if files.insert(path.clone(), sum).is_some() {
                return Err((number, format!("it lists {path} again")));
            }
        }
        Ok(Self(files))
    }
}

/// Written as `sha256sum` does, in the order of the paths.
impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(path, sha256)| {
            let path = path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D");
            writeln!(f, "{sha256}  {path}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUM: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn what_is_written_is_read_again() {
        let paths = ["data/a b", "data/100%", "data/%0A", "data/line\nfeed", "data/甲"];
        let manifest = Manifest(paths.map(|path| (path.to_owned(), Sha256::of(path.as_bytes()))).into());
        assert_eq!(manifest.to_string().lines().count(), paths.len());
        assert_eq!(Manifest::read(&manifest.to_string()), Ok(manifest));
    }

    #[test]
    fn other_programs_write_otherwise() {
        let text = format!("{} \tdata/a\r\n{SUM} *data/b\n{SUM}  ./data/c\n{SUM}  data/%0a%zz%", SUM.to_uppercase());
        let read = Manifest::read(&text).unwrap();
        assert_eq!(read.0.keys().collect::<Vec<_>>(), ["data/\n%zz%", "data/a", "data/b", "data/c"]);
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_line() {
        for (text, line) in [
            (format!("{SUM}\n"), 1),
            (format!("{SUM}  data/a\n\n"), 2),
            (format!("{SUM}  data/a\nabc  data/b\n"), 2),
            (format!("{SUM}  data/a\n{SUM}  data/b\n{SUM}  data/a\n"), 3),
            (format!("# {SUM}  data/a\n"), 1),
        ] {
            assert_eq!(Manifest::read(&text).unwrap_err().0, line, "{text}");
        }
    }
}
