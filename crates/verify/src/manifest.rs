//! Lists of files with their sums (RFC 8493, section 2.1.3), which `sha256sum -c` reads too.

use std::collections::BTreeMap;
use std::fmt;

use super::bag::decoded;
use super::sum::{Algorithm, Sum};
use casefile_message::Message;

/// The sums of files by their path in the bag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest(pub BTreeMap<String, Sum>);

/// A manifest as it was read, with what is odd in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The manifest.
    pub manifest: Manifest,
    /// The lines that list a path again, with the same sum.
    pub again: Vec<usize>,
    /// The first line that has an asterisk or `./` before its path.
    pub marked: Option<usize>,
}

impl Manifest {
    /// Reads a manifest: on each line a sum, white space, and a path in which `%0A`, `%0D` and `%25` stand for a line
    /// feed, a carriage return and a percent sign. An asterisk or `./` right before the path, as old tools wrote it, is none
    /// of it.
    ///
    /// # Errors
    /// The first line that is not so, or that lists a path again with another sum, by its number, and what is wrong with it.
    pub fn read(text: &str, algorithm: Algorithm) -> Result<Read, (usize, Message)> {
        let mut read = Read::default();
        for (number, line) in (1..).zip(text.lines()) {
            let (sum, path) = line.split_once([' ', '\t']).ok_or_else(|| {
                (
                    number,
                    message!(
                        en: "it has no path",
                        zh: "没有路径"
                    ),
                )
            })?;
            let sum = Sum::read(algorithm, sum).map_err(|why| (number, why))?;
            let written = path.trim_start_matches([' ', '\t']);
            let path = written.strip_prefix('*').unwrap_or(written);
            let path = path.strip_prefix("./").unwrap_or(path);
            if path.len() < written.len() {
                read.marked.get_or_insert(number);
            }
            let path = decoded(path);
            match read.manifest.0.get(&path) {
                None => drop(read.manifest.0.insert(path, sum)),
                Some(other) if *other == sum => read.again.push(number),
                Some(_) => {
                    return Err((
                        number,
                        message!(
                            en: "it lists {path} again, with another sum",
                            zh: "再次列出 {path}，校验值不同"
                        ),
                    ));
                }
            }
        }
        Ok(read)
    }

    /// How the sums were taken; none for an empty list.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.0.values().next().map(Sum::algorithm)
    }
}

/// Written as `sha256sum` does, in the order of the paths.
impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(path, sum)| {
            let path = path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D");
            writeln!(f, "{sum}  {path}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sha256::Sha256;

    fn read(text: &str) -> Result<Read, (usize, Message)> {
        Manifest::read(text, Algorithm::Sha256)
    }

    const SUM: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn what_is_written_is_read_again() {
        let paths = ["data/a b", "data/100%", "data/%0A", "data/line\nfeed", "data/甲"];
        let manifest = Manifest(paths.map(|path| (path.to_owned(), Sha256::of(path.as_bytes()).into())).into());
        assert_eq!(manifest.to_string().lines().count(), paths.len());
        assert_eq!(read(&manifest.to_string()), Ok(Read { manifest, ..Read::default() }));
    }

    #[test]
    fn other_programs_write_otherwise() {
        let text = format!("{} \tdata/a\r\n{SUM} *data/b\n{SUM}  ./data/c\n{SUM}  data/%0a%zz%", SUM.to_uppercase());
        let read = read(&text).unwrap();
        assert_eq!(read.manifest.0.keys().collect::<Vec<_>>(), ["data/\n%zz%", "data/a", "data/b", "data/c"]);
        assert_eq!(read.marked, Some(2));
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_line() {
        for (text, line) in [
            (format!("{SUM}\n"), 1),
            (format!("{SUM}  data/a\n\n"), 2),
            (format!("{SUM}  data/a\nabc  data/b\n"), 2),
            (format!("{SUM}  data/a\n{SUM}  data/b\n{}  data/a\n", SUM.replace('b', "c")), 3),
            (format!("# {SUM}  data/a\n"), 1),
        ] {
            assert_eq!(read(&text).unwrap_err().0, line, "{text}");
        }
    }

    #[test]
    fn a_file_that_is_listed_again_with_the_same_sum_is_told() {
        let read = read(&format!("{SUM}  data/a\n{SUM}  data/b\n{SUM}  ./data/a\n")).unwrap();
        assert_eq!((read.manifest.0.len(), read.again), (2, vec![3]));
    }
}
