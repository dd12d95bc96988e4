//! The edition in one file: every document in every language, with all that the site adds to it, as one `.html` that asks
//! for nothing else.
//!
//! It is made of the pages for paper, which hold a whole dossier in a language each: all of them stand in the file, one
//! after another, and every id has the tag of its language before it. Pictures stand in it too as far as a budget goes; of
//! every file that does not, the sum is told.
#![expect(clippy::disallowed_methods, reason = "reading the pictures and writing the file is what this module is for")]

mod places;
mod tags;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use data_encoding::BASE64;

use crate::Error;
use crate::edition::Edition;
use crate::language::LanguageId;
use crate::language::script::is_bidi_control;
use crate::output::{Content, Output, disk};
use crate::render::single::Parts;
use crate::seal::Seal;
use crate::sha256::Sha256;
use crate::site::Site;
use places::Places;
use tags::{Tag, with_tags};

/// How many bytes all pictures together may take in the file, as they stand there, once for each place that shows them.
const PICTURES: usize = 1 << 20;

/// What the first bytes of a file of ours hold, before the edition.
const OURS: &str = "data-single=\"";

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The sum of the file.
    pub sha256: Sha256,
    /// How large it is, in bytes.
    pub size: usize,
    /// How many pictures stand in it, and how many did not find room.
    pub pictures: (usize, usize),
}

/// The text of the file, and how many pictures stand in it and how many do not.
///
/// # Errors
/// [`Error::Leaks`] with a seal; when a template of the case is not valid, a picture cannot be read, or a language has more text than goes on one page.
pub fn html(
    site: &Site,
    output: &Output<'_>,
    case: &Path,
    seal: Option<&Seal>,
) -> Result<(String, (usize, usize)), Error> {
    let tags: Vec<&str> = site.case.languages.iter().map(|language| language.tag.as_str()).collect();
    let mut places = Places::of(site);
    let mut books = Vec::new();
    for (language, tag) in LanguageId::each(&tags) {
        let book = output.renderer().book(language)?;
        let Some(book) = book else {
            return Err(Error::Usage(message!(
                en: "the documents in `{tag}` are none, or more than goes on one page\nhelp: hand over the zip \
                     that `casefile zip` makes",
                zh: "`{tag}` 这种语言没有文件，或内容太多，一页放不下\n建议：请交付 `casefile zip` 制作的 zip"
            )));
        };
        places.ids.extend(ids(&book).map(|id| format!("{tag}/{id}")));
        books.push(book);
    }
    for tag in &tags {
        places.ids.extend(["", "files"].map(|id| format!("{tag}/{id}")));
    }
    let pictures = pictures(&tags, &books, output, case, seal)?;
    let books: Vec<String> =
        tags.iter().zip(&books).map(|(tag, book)| rewritten(tag, book, &places, &pictures)).collect();
    let missing = pictures.values().filter(|picture| picture.is_none()).count();
    let text = |path: &str| -> Result<String, Error> {
        let Some(Content::Bytes(bytes)) = output.content(path)? else { return Ok(String::new()) };
        // What a sum in the policy is of has the line ends that a browser sees.
        Ok(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
    };
    let mut search = code(&text("static/search.js")?);
    for path in output.paths().filter(|path| path.starts_with(crate::search::FOLDER)) {
        search.push_str(&data(&text(path)?));
    }
    let papers = tags.iter().map(|tag| Ok(text(&format!("{tag}/paper.css"))?.replace(is_bidi_control, "")));
    let parts = Parts {
        books,
        style: text("static/casefile.css")?.replace("</", "<\\/"),
        dark: text("static/dark.css")?.replace("</", "<\\/"),
        papers: papers.collect::<Result<_, _>>()?,
        script: code(&text("static/casefile.js")?),
        search,
        icon: data_uri("image/svg+xml", text("static/icon.svg")?.as_bytes()),
    };
    let page = output.renderer().single(&parts)?;
    // The texts that the search holds are written otherwise than those of pages.
    let looked = [("single.html", &page), ("search.js", &parts.search)];
    let leaks = looked.iter().filter_map(|(name, text)| seal?.look(name, text.as_bytes())).collect::<Vec<_>>();
    if !leaks.is_empty() {
        return Err(Error::Leaks(leaks));
    }
    Ok((page, (pictures.len() - missing, missing)))
}

/// Writes the file to `to`. Files of the case are read from `case`.
///
/// # Errors
/// As [`html`]; what the machine says, with the path; [`Error::Leaks`] with a seal; when `to` is there and holds the other
/// edition; and when it is no such file and `force` is not given. What was at `to` is then as it was.
pub fn write(
    site: &Site,
    output: &Output<'_>,
    case: &Path,
    to: &Path,
    force: bool,
    seal: Option<&Seal>,
) -> Result<Made, Error> {
    disk::refuse_within_other(case, to, site.case.edition)?;
    let held = edition_of(to);
    if let Some(held) = held.filter(|held| *held != site.case.edition) {
        let (held, wanted) = (held.in_words(), site.case.edition.in_words());
        let why = message!(
            en: "this holds the {held} edition, which the {wanted} one never replaces\nhelp: choose another name \
                 with `--output`",
            zh: "这里放着{held}，不会用{wanted}替换\n建议：请用 `--output` 换一个文件名"; held, wanted
        );
        return Err(Error::Output { path: to.to_owned(), why });
    }
    if !force && to.exists() && held.is_none() {
        let why = message!(
            en: "casefile did not make what is there\nhelp: choose another name with `--output`, or replace it \
                 with `--force`",
            zh: "原有的文件不是 casefile 制作的\n建议：请用 `--output` 换一个文件名，或用 `--force` 替换它"
        );
        return Err(Error::Output { path: to.to_owned(), why });
    }
    let (html, pictures) = html(site, output, case, seal)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".casefile-").suffix(".html");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut aside = builder.tempfile_in(folder).map_err(Error::io(folder))?;
    aside.write_all(html.as_bytes()).and_then(|()| aside.as_file().sync_all()).map_err(Error::io(to))?;
    aside.persist(to).map_err(|error| Error::io(to)(error.error))?;
    Ok(Made { sha256: Sha256::of(html.as_bytes()), size: html.len(), pictures })
}

/// The edition that a file of ours holds.
fn edition_of(path: &Path) -> Option<Edition> {
    let mut start = Vec::new();
    fs::File::open(path).and_then(|file| file.take(1 << 10).read_to_end(&mut start)).ok()?;
    let start = String::from_utf8_lossy(&start);
    let (_, rest) = start.split_once(OURS)?;
    Some(if rest.split('"').next()? == Edition::Full.folder() { Edition::Full } else { Edition::Public })
}

/// The ids of a page.
fn ids(html: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    with_tags(html, &mut String::new(), |tag, _| found.extend(tag.value("id").map(str::to_owned)));
    found.into_iter()
}

/// The pictures that books show, by their paths in the site: as they stand in the file, or none for those without room. A small
/// one goes before a large one.
fn pictures(
    tags: &[&str],
    books: &[String],
    output: &Output<'_>,
    case: &Path,
    seal: Option<&Seal>,
) -> Result<BTreeMap<String, Option<String>>, Error> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for (tag, book) in tags.iter().zip(books) {
        with_tags(book, &mut String::new(), |found, _| {
            let source = found.value("src").filter(|_| found.name == "img");
            if let Some(source) = source {
                *uses.entry(path(tag, source)).or_default() += 1;
            }
        });
    }
    let (mut found, mut leaks) = (Vec::new(), Vec::new());
    for (path, count) in uses {
        let bytes = match output.content(&path)? {
            Some(Content::Bytes(bytes)) => bytes.into_owned(),
            Some(Content::Copy { path, .. }) => {
                let from = case.join(path);
                let size = fs::metadata(&from).map_err(Error::io(&from))?.len();
                if size > PICTURES as u64 { Vec::new() } else { fs::read(&from).map_err(Error::io(&from))? }
            }
            _ => Vec::new(),
        };
        let leak = seal.and_then(|seal| seal.look(&path, &bytes));
        leaks.extend(leak);
        found.push((bytes, path, count));
    }
    if !leaks.is_empty() {
        return Err(Error::Leaks(leaks));
    }
    found.sort_by(|(a, path, count), (b, other, others)| (a.len() * count, path).cmp(&(b.len() * others, other)));
    let mut room = PICTURES;
    let fitted = found.into_iter().map(|(bytes, path, count)| {
        let kind = kind(&path);
        let picture = data_uri(kind, &bytes);
        let fits = !bytes.is_empty() && !kind.is_empty() && picture.len() * count <= room;
        if fits {
            room -= picture.len() * count;
        }
        (path, fits.then_some(picture))
    });
    Ok(fitted.collect())
}

/// The kind of a picture, by the ending of its name, which is that of its content.
fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("svg") => "image/svg+xml",
        _ => "",
    }
}

fn data_uri(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", BASE64.encode(bytes))
}

/// The path in the site of a file that a page of the language `tag` names.
fn path(tag: &str, source: &str) -> String {
    source.strip_prefix("../").map_or_else(|| format!("{tag}/{source}"), str::to_owned)
}

/// A page for paper as a part of the file: every id has the tag before it, every way leads within the file or out of the case.
fn rewritten(tag: &str, html: &str, places: &Places, pictures: &BTreeMap<String, Option<String>>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    with_tags(html, &mut out, |found, out| match found.name {
        "img" => picture(tag, &found, pictures, out),
        // What is heard or seen to move is among the files whose sums are told.
        "audio" | "video" => found.write_with(&[("hidden", String::new())], out),
        _ => {
            let mut attributes: Vec<(&str, String)> = Vec::with_capacity(found.attributes.len());
            let mut leads = true;
            for (name, value) in &found.attributes {
                match *name {
                    "id" | "aria-labelledby" | "aria-describedby" => attributes.push((name, format!("{tag}/{value}"))),
                    "href" if !is_outside(value) => match places.find(tag, value) {
                        Some(id) => attributes.push((name, format!("#{id}"))),
                        None => leads = false,
                    },
                    _ => attributes.push((name, (*value).to_owned())),
                }
            }
            if !leads {
                attributes.retain(|(name, _)| *name != "download");
            }
            found.write_with(&attributes, out);
        }
    });
    out
}

/// Whether an address leads out of the case.
fn is_outside(href: &str) -> bool {
    let scheme = href.split([':', '/', '#', '?']).next().unwrap_or_default();
    href[scheme.len()..].starts_with(':')
}

fn picture(tag: &str, found: &Tag<'_>, pictures: &BTreeMap<String, Option<String>>, out: &mut String) {
    let source = found.value("src").map(|source| path(tag, source)).unwrap_or_default();
    match pictures.get(&source) {
        Some(Some(picture)) => {
            let kept =
                found.attributes.iter().filter(|(name, _)| !matches!(*name, "src" | "srcset" | "sizes" | "loading"));
            let kept = kept.map(|(name, value)| (*name, (*value).to_owned()));
            found.write_with(&std::iter::once(("src", picture.clone())).chain(kept).collect::<Vec<_>>(), out);
        }
        _ => {
            out.push_str("<span class=\"left-out\">");
            out.push_str(found.value("alt").unwrap_or_default());
            out.push_str("</span>");
        }
    }
}

/// A script that can stand in a page: nothing in it ends it there.
fn code(script: &str) -> String {
    script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
}

/// A script that only hands over texts, so that it can stand in a page and nothing in it turns the direction of text.
fn data(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    for c in script.chars() {
        if c == '<' || is_bidi_control(c) {
            out.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_handed_over_end_no_script_and_turn_nothing() {
        assert_eq!(data("f(\"</script>\u{202e}文\")"), "f(\"\\u003c/script>\\u202e文\")");
    }

    #[test]
    fn an_address_with_a_scheme_leads_out_of_the_case() {
        assert!(is_outside("https://example.com/") && is_outside("mailto:a@example.com"));
        assert!(!is_outside("#s1") && !is_outside("../en/a.html#x:y") && !is_outside("a.html"));
    }
}
