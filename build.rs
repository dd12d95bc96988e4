//! Tells the program what it is built from: the commit, and nothing that differs from one machine to the next.
#![allow(clippy::disallowed_methods, reason = "a build script is told everything by its environment and the disk")]

use std::env;
use std::path::Path;
use std::process::Command;

/// What the program is made of; after a change there a build may no longer be that of the commit.
const SOURCES: &[&str] = &["src", "templates", "static", "starter", "build.rs", "Cargo.toml", "Cargo.lock"];

fn main() {
    let target = env::var("TARGET").unwrap_or_default();
    // Whoever changes the program would otherwise compile it once more after every commit.
    let built = match env::var("PROFILE").as_deref() {
        Ok("release") => {
            SOURCES.iter().for_each(|path| println!("cargo::rerun-if-changed={path}"));
            commit().unwrap_or_else(|| "of no known commit".to_owned())
        }
        _ => {
            println!("cargo::rerun-if-changed=build.rs");
            "while it is being worked on".to_owned()
        }
    };
    println!("cargo::rustc-env=CASEFILE_BUILT=built {built}, for {target}");
}

/// The commit: that of the repository, or the one that cargo wrote into the archive of a published version.
fn commit() -> Option<String> {
    // Above a folder that is no repository of its own there may be one of something else.
    if !Path::new(".git").exists() {
        let info = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
        let (_, rest) = info.split_once("\"sha1\": \"")?;
        return Some(format!("from commit {}", rest.get(..12)?));
    }
    for path in ["HEAD", "logs/HEAD"] {
        println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", path])?);
    }
    let commit = git(&["log", "-1", "--abbrev=12", "--format=%h of %cs"])?;
    let mut status = vec!["status", "--porcelain", "--"];
    status.extend(SOURCES);
    let changed = if git(&status)?.is_empty() { "" } else { ", with changes" };
    Some(format!("from commit {commit}{changed}"))
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| said.trim().to_owned())
}
