//! `casefile init`
#![expect(clippy::disallowed_methods, reason = "making files is what this command is for")]

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Invocation, Outcome};
use crate::Error;
use crate::schema::Schema;

/// Declares the files of the case that a newcomer begins with.
macro_rules! starter {
    ($($path:literal),+ $(,)?) => { &[$(($path, include_bytes!(concat!("../../starter/", $path)))),+] };
}

const FILES: &[(&str, &[u8])] = starter!(
    "casefile.yaml",
    ".gitignore",
    ".gitattributes",
    "content/zh/overview.md",
    "content/zh/timeline.md",
    "content/zh/positions.md",
    "content/zh/links.md",
    "content/en/overview.md",
    "content/en/timeline.md",
    "content/en/positions.md",
    "content/en/links.md",
    "content/exhibits/exhibits.yaml",
    "content/exhibits/order.csv",
    "content/exhibits/message.txt",
);

/// Where editors find how to complete what authors write; the files above name them.
const SCHEMAS: &[(&str, Schema)] = &[
    ("schemas/casefile.schema.json", Schema::Config),
    ("schemas/exhibits.schema.json", Schema::Exhibits),
    ("schemas/front-matter.schema.json", Schema::FrontMatter),
];

/// The workflow, and what stands in it for the repository and the release that the program is from.
const WORKFLOW: (&str, &str) =
    (".github/workflows/pages.yml", include_str!("../../starter/.github/workflows/pages.yml"));
const REPOSITORY: &str = "OWNER/casefile";
const RELEASE: &str = "v0.0.0";

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder; it is made if there is none.
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
}

impl Init {
    pub(super) fn run(self, invocation: &Invocation) -> Result<Outcome, Error> {
        let folder = &self.folder;
        refuse_full(folder)?;
        let (path, workflow) = WORKFLOW;
        let release = concat!("v", env!("CARGO_PKG_VERSION"));
        let workflow = workflow.replace(RELEASE, release).replace(REPOSITORY, repository().unwrap_or(REPOSITORY));
        let schemas = SCHEMAS.iter().map(|(path, schema)| (*path, schema.text().into_bytes()));
        let files = FILES.iter().map(|(path, bytes)| (*path, bytes.to_vec()));
        let files: Vec<_> = files.chain(schemas).chain([(path, workflow.into_bytes())]).collect();
        let mut made = Vec::new();
        if let Err(error) = files.iter().try_for_each(|(path, bytes)| create(&folder.join(path), bytes, &mut made)) {
            take_back(&made);
            return Err(error);
        }
        if !invocation.quiet {
            say_next(folder, files.len());
        }
        Ok(Outcome::Done)
    }
}

/// The repository on whose releases this program is found, `owner/name`; those who release it say so when they build it.
fn repository() -> Option<&'static str> {
    option_env!("CASEFILE_REPOSITORY").filter(|name| !name.is_empty())
}

/// Nothing is ever overwritten, and nothing is mixed with what is there. A repository without files counts as empty, and
/// so does what the system keeps of a folder that was looked at.
fn refuse_full(folder: &Path) -> Result<(), Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io(folder)(error)),
    };
    for entry in entries {
        let name = entry.map_err(Error::io(folder))?.file_name();
        if ![".git", ".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|own| name == *own) {
            return Err(Error::Usage(message!(
                en: "{folder} holds {name} already\nhelp: name a folder that is empty or not there yet",
                zh: "{folder} 中已有 {name}\n建议：请写一个空文件夹，或还不存在的文件夹",
                folder = folder.display(), name = name.display()
            )));
        }
    }
    Ok(())
}

/// Makes a file with the folders it needs. What was made stands in `made` afterwards, even if not all of it was.
fn create(path: &Path, bytes: &[u8], made: &mut Vec<PathBuf>) -> Result<(), Error> {
    let folders: Vec<&Path> = path.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
    for folder in folders.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir(folder).map_err(Error::io(folder))?;
        made.push(folder.to_owned());
    }
    let mut file = File::create_new(path).map_err(Error::io(path))?;
    made.push(path.to_owned());
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Error::io(path))
}

/// Removes what was made: a case that is half there would be taken for one, and `init` would refuse its folder.
fn take_back(made: &[PathBuf]) {
    for path in made.iter().rev() {
        // What cannot be removed stays; the fault that is reported tells why.
        let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
    }
}

fn say_next(folder: &Path, count: usize) {
    let here = folder.as_os_str() == ".";
    let root = if here { String::new() } else { format!(" -r {}", quoted(&folder.to_string_lossy())) };
    say!(
        en: "made a small case of {count} files in {folder}",
        zh: "已在 {folder} 中建立一个小案卷，共 {count} 个文件",
        folder = folder.display()
    );
    say!(
        en: "next: write in content/, and see the site change as you write with",
        zh: "下一步：在 content/ 中书写，并用下面的命令边写边看网站"
    );
    errln!("    casefile{root} serve --open");
    say!(
        en: "`casefile{root} build` makes the site in public/ to be published.",
        zh: "`casefile{root} build` 在 public/ 中生成可以公布的网站。"
    );
    if repository().is_none() {
        say!(
            en: "to publish it on GitHub, first say in {workflow} where casefile is released: put it in place of {REPOSITORY}",
            zh: "要在 GitHub 上公布，请先在 {workflow} 中写明 casefile 在哪里发布：用它替换 {REPOSITORY}",
            workflow = WORKFLOW.0
        );
    }
}

/// A path as it is typed in a shell.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/\\._-:".contains(c);
    if path.chars().all(plain) { path.to_owned() } else { format!("\"{path}\"") }
}
