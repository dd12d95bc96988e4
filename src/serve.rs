//! A site that is served while it is being written: on loopback, to its author, always the last good one.
//!
//! Two threads make it. One makes all of it anew when edits have come to rest. On a large case that takes seconds, so the
//! other shows what was just saved at once: the edited document with those that it cites and that cite it, as if they were
//! the whole case. A page that shows such a document replaces its text by that, and is loaded anew once the rest is there.
#![expect(clippy::disallowed_methods, reason = "serving reads the disk, the network and the clock")]

mod answer;
mod connection;
mod edition;
mod look;
mod watch;

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch as channel;

use crate::{Error, Lang, of_system};
use edition::{Edition, Part};
use watch::Changes;

/// How long edits must have rested before all of the site is made anew, where that takes longer than [`QUICK`].
const REST: Duration = Duration::from_millis(250);

/// A site that is made in that time needs no part of it shown before.
const QUICK: Duration = Duration::from_millis(60);

/// What is told to the author beside the site, in lines for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<'a> {
    /// What an edition is.
    Summary(&'a str),
    /// What was found in one, or why there is no newer one.
    Findings(&'a str),
}

/// What is served, and what is being said of it.
pub struct Server {
    root: PathBuf,
    /// For whom the site is shown.
    wanted: crate::edition::Edition,
    /// The language of what is told; without one, the first of the case.
    lang: Option<Lang>,
    /// Tells what happened: the terminal.
    say: Box<dyn Fn(Said<'_>) + Send + Sync>,
    state: Mutex<State>,
    /// Wakes the thread that makes all of the site.
    edited: Condvar,
    /// The number of the newest news; whoever waits for some is told.
    news: channel::Sender<u64>,
}

#[derive(Default)]
struct State {
    edition: Option<Arc<Edition>>,
    /// The document that was edited last, before the rest of the site has followed.
    part: Option<Arc<Part>>,
    /// Why there is no newer edition.
    problem: Option<String>,
    /// When something was last edited, until all of the site is made anew.
    edited: Option<Instant>,
    closing: bool,
}

/// Takes an address for the server.
///
/// # Errors
/// When the port is taken or may not be used, with what to do.
pub fn bind(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).map_err(|error| {
        let help = match error.kind() {
            std::io::ErrorKind::AddrInUse => message!(
                en: "take another port with `--port`; 0 takes any that is free",
                zh: "请用 `--port` 换一个端口；写 0 则任选一个空闲端口"
            ),
            std::io::ErrorKind::PermissionDenied => {
                message!(en: "take a port above 1023 with `--port`", zh: "请用 `--port` 选 1023 以上的端口")
            }
            _ => message!(en: "look whether this machine has that address", zh: "请检查这台电脑是否有这个地址"),
        };
        let error = of_system(&error);
        Error::Usage(message!(
            en: "cannot listen on {address}: {error}\nhelp: {help}",
            zh: "无法使用地址 {address}：{error}\n建议：{help}"; error, help
        ))
    })
}

impl Server {
    /// A server of an edition of the case folder `root`. `say` is told what happens, in `lang` or in the first language of
    /// the case.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn new(
        root: &Path,
        wanted: crate::edition::Edition,
        lang: Option<Lang>,
        say: impl Fn(Said<'_>) + Send + Sync + 'static,
    ) -> Result<Arc<Self>, Error> {
        let root = root.canonicalize().map_err(|error| Error::NoFolder(root.to_owned(), error))?;
        Ok(Arc::new(Self {
            root,
            wanted,
            lang,
            say: Box::new(say),
            state: Mutex::default(),
            edited: Condvar::new(),
            news: channel::Sender::new(0),
        }))
    }

    /// Makes the site and serves it until [`Server::close`], following what is edited meanwhile.
    ///
    /// # Errors
    /// When the folder cannot be watched, or the network fails.
    pub fn run(self: &Arc<Self>, listener: TcpListener) -> Result<(), Error> {
        // First of all, so that no edit is missed.
        let (changes, watcher) = Changes::of(&self.root)?;
        self.make();
        self.warn(&changes);
        let (maker, follower) = (Arc::clone(self), Arc::clone(self));
        let making = std::thread::spawn(move || maker.keep_making());
        let following = std::thread::spawn(move || follower.follow(&changes));
        let served = answer::serve(self, listener);
        self.close();
        drop(watcher);
        let _ = (making.join(), following.join());
        served
    }

    /// Ends [`Server::run`].
    pub fn close(&self) {
        self.state().closing = true;
        self.edited.notify_all();
        self.tell();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.news.send_modify(|number| *number += 1);
    }

    /// Makes all of the site. If that cannot be, the last edition stays and the reason is told.
    fn make(&self) {
        let result = Edition::make(&self.root, self.wanted, self.lang);
        let mut state = self.state();
        match result {
            Ok(edition) => {
                // What was told of the edition before needs no saying again.
                let before = state.edition.as_ref().map_or("", |before| before.findings.as_str());
                if edition.findings != before && !edition.findings.is_empty() {
                    (self.say)(Said::Findings(&edition.findings));
                }
                (self.say)(Said::Summary(&edition.summary));
                state.edition = Some(Arc::new(edition));
                state.problem = None;
            }
            Err(problem) => {
                (self.say)(Said::Findings(&problem));
                state.problem = Some(anstream::adapter::strip_str(&problem).to_string());
            }
        }
        // What was shown of an edit is in the edition now, unless there was another one since.
        if state.edited.is_none() {
            state.part = None;
        }
        drop(state);
        self.tell();
    }

    fn keep_making(&self) {
        let mut state = self.state();
        while !state.closing {
            let rest = match &state.edition {
                Some(edition) if edition.took > QUICK => REST,
                _ => Duration::ZERO,
            };
            match state.edited.map(|at| rest.saturating_sub(at.elapsed())) {
                None => state = self.edited.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => {
                    state.edited = None;
                    drop(state);
                    self.make();
                    state = self.state();
                }
                Some(left) => {
                    state = self.edited.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    /// Tells, once, what an author should know of how edits are noticed.
    fn warn(&self, changes: &Changes) {
        if let Some(warning) = changes.warning() {
            let lang = self.lang.or(self.state().edition.as_ref().map(|edition| edition.lang)).unwrap_or_default();
            (self.say)(Said::Findings(warning.in_lang(lang)));
        }
    }

    /// Notes every edit, and shows one of a single document at once if the whole site takes long.
    fn follow(&self, changes: &Changes) {
        // A thread of its own: those that all share are busy while all of the site is made.
        let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
        while let Some(paths) = changes.next() {
            self.warn(changes);
            if paths.is_empty() {
                continue;
            }
            let mut state = self.state();
            if state.closing {
                return;
            }
            state.edited = Some(Instant::now());
            let edition = state.edition.clone().filter(|edition| edition.took > QUICK);
            drop(state);
            self.edited.notify_all();
            let (Some(edition), [path]) = (edition, paths.as_slice()) else { continue };
            if let Some(part) = pool.install(|| edition.part(path)) {
                self.state().part = Some(Arc::new(part));
                self.tell();
            }
        }
    }
}
