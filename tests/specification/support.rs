//! Cases made on the spot, and what is found in the sites built from them.

use std::path::{Path, PathBuf};
use std::process::Output;

use casefile::case::Case;
use casefile::check;
use casefile::diagnostic::{Diagnostic, Location, group};
use casefile::folder::Folder;
use casefile::output::{self, Content};
use casefile::site::Site;
use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;

/// A case folder that vanishes with the test.
pub struct Fixture {
    pub dir: TempDir,
}

impl Fixture {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let fixture = Self { dir: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            fixture.write(path, text.as_bytes());
        }
        fixture
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn built(&self) -> Built {
        Built::of(self.path())
    }

    /// Runs the program on the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let mut command = program();
        command.arg("-r").arg(self.path()).args(arguments);
        Run(command.output().unwrap())
    }

    pub fn public(&self, path: &str) -> PathBuf {
        self.path().join("public").join(path)
    }
}

/// The program, in English whatever the system speaks.
pub fn program() -> assert_cmd::Command {
    let mut command = assert_cmd::Command::cargo_bin("casefile").unwrap();
    command.env_remove("LANGUAGE").env("LC_ALL", "en_US.UTF-8");
    command
}

/// How the program ended.
pub struct Run(Output);

impl Run {
    pub fn code(&self) -> i32 {
        self.0.status.code().expect("it was not killed")
    }

    pub fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }
}

/// A site in memory.
pub struct Built {
    pub site: Site,
    pub findings: Vec<Diagnostic>,
}

impl Built {
    pub fn of(root: &Path) -> Self {
        let folder = Folder::read(root).unwrap();
        let site = Site::resolve(Case::assemble(folder));
        let findings = check::run(&site);
        Self { site, findings }
    }

    pub fn paths(&self) -> Vec<String> {
        let output = output::Output::new(&self.site).unwrap();
        output.paths().map(str::to_owned).collect()
    }

    pub fn text(&self, path: &str) -> String {
        let output = output::Output::new(&self.site).unwrap();
        match output.content(path).unwrap() {
            Some(Content::Bytes(bytes)) => String::from_utf8(bytes.into_owned()).unwrap(),
            Some(Content::Pieces(pieces)) => pieces.collect(),
            Some(Content::Copy { .. }) | None => panic!("no text at {path}; there are {:?}", self.paths()),
        }
    }

    pub fn page(&self, path: &str) -> Page {
        Page(Html::parse_document(&self.text(path)))
    }

    pub fn model(&self) -> serde_json::Value {
        serde_json::from_str(&self.text("case.json")).unwrap()
    }

    /// Each finding as `C301 2:5`, in reading order.
    pub fn found(&self) -> Vec<String> {
        let levels = &self.site.case.config.levels;
        let shown = self.findings.iter().filter(|f| levels.of(f.code) != casefile::diagnostic::Level::Off);
        shown.map(|finding| self.place_of(finding)).collect()
    }

    /// The findings as an author is told them: those of one cause once, as `C301 2:5, 3 in all`.
    pub fn told(&self) -> Vec<String> {
        let groups = group(&self.findings, &self.site.case.config.levels);
        let told = groups.iter().map(|group| match group.count() {
            1 => self.place_of(group.first),
            count => format!("{}, {count} in all", self.place_of(group.first)),
        });
        told.collect()
    }

    fn place_of(&self, finding: &Diagnostic) -> String {
        match &finding.place {
            Location::At(id, span) => {
                let position = self.site.case.sources.get(*id).position(span.start as usize);
                format!("{} {}:{}", finding.code.id(), position.line, position.column)
            }
            Location::File(_) | Location::Case => finding.code.id().to_owned(),
        }
    }
}

/// A page as a browser sees it.
pub struct Page(Html);

impl Page {
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&Selector::parse(selector).unwrap()).collect()
    }

    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        let all = self.all(selector);
        assert_eq!(all.len(), 1, "{selector} in {}", self.0.html());
        all[0]
    }

    /// The texts of all elements that match, white space folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text_of).collect()
    }

    pub fn text(&self, selector: &str) -> String {
        text_of(self.one(selector))
    }

    /// An attribute of all elements that match.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let value = |element: ElementRef<'_>| element.value().attr(name).unwrap_or("").to_owned();
        self.all(selector).into_iter().map(value).collect()
    }

    pub fn html(&self, selector: &str) -> String {
        self.one(selector).inner_html()
    }

    pub fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page of a case that is one Chinese document.
pub fn page_of(text: &str) -> Page {
    built(text).page("zh/a.html")
}

/// A case that is one Chinese document.
pub fn built(text: &str) -> Built {
    Fixture::new(&[("content/zh/a.md", text)]).built()
}
