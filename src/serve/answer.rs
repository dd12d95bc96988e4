//! Answers HTTP requests: the files of the site, and whether a page is to be loaded anew.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::json;

use super::edition::File;
use super::{Server, connection};
use crate::document::url::percent_decode;
use crate::render::escape;
use crate::{Error, Lang, of_system};

/// Where the script and the news stand. No page of a site does: their folders are named for languages.
const LIVE: &str = "/.live";

/// How long a page waits for news before it asks again.
const PATIENCE: Duration = Duration::from_secs(25);

/// Stands before the fingerprint of the edition on a page.
const FINGERPRINT: &str = "<code class=\"fingerprint\">";

const SCRIPT: &str = include_str!("live.js");

/// Serves until the server is closed.
pub(super) fn serve(server: &Arc<Server>, listener: TcpListener) -> Result<(), Error> {
    let fault = |error: std::io::Error| {
        let error = of_system(&error);
        Error::Usage(message!(en: "cannot serve: {error}", zh: "无法预览：{error}"; error))
    };
    listener.set_nonblocking(true).map_err(fault)?;
    let is_open = listener.local_addr().is_ok_and(|address| !address.ip().is_loopback());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(fault)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(fault)?;
        let router = Router::new()
            .route(&format!("{LIVE}/live.js"), get(script))
            .route(&format!("{LIVE}/marks"), get(marks_of))
            .route(&format!("{LIVE}/news"), get(news_for))
            .fallback(file)
            .layer(axum::middleware::from_fn(move |request: Request, next: axum::middleware::Next| async move {
                let answer = if !is_own_host(request.headers(), request.uri(), is_open) {
                    (StatusCode::MISDIRECTED_REQUEST, "no site is served under that name\n这里不以这个名称提供网站\n")
                        .into_response()
                } else if !may_read(request.headers()) {
                    (
                        StatusCode::FORBIDDEN,
                        "pages of other sites may not read this one\n其他网站的页面不得读取这里的内容\n",
                    )
                        .into_response()
                } else {
                    next.run(request).await
                };
                for_this_site_alone(answer)
            }))
            .with_state(Arc::clone(server));
        tokio::select! {
            () = connection::accept(&listener, router) => {}
            // A page that waits for news is told before the end.
            () = ended(server) => {}
        }
        Ok(())
    })
}

async fn ended(server: &Arc<Server>) {
    let mut news = server.news.subscribe();
    while !server.state().closing && news.changed().await.is_ok() {}
    tokio::time::sleep(Duration::from_millis(200)).await;
}

/// Whether a browser that says for whom it asks (Fetch Metadata Request Headers, W3C) asks for a page of this site, or for
/// a reader who opens an address. A page of another site, or of another port of this machine, could run the search index as
/// its own script and read the whole case; it may lead readers here, and no more.
fn may_read(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.as_bytes());
    match said("sec-fetch-site") {
        None | Some(b"same-origin" | b"none") => true,
        Some(_) => said("sec-fetch-mode") == Some(b"navigate") && said("sec-fetch-dest") == Some(b"document"),
    }
}

/// What forbids other sites to include, frame or open an answer and keep hold of it: for browsers that do not say for whom they
/// ask.
pub(super) const FOR_THIS_SITE_ALONE: [(&str, &str); 7] = [
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("content-security-policy", "frame-ancestors 'none'"),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
];

fn for_this_site_alone(mut answer: Response) -> Response {
    for (name, value) in FOR_THIS_SITE_ALONE {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Whether a request is meant for this server. A page of another site can have its own name lead here (DNS rebinding), and
/// would then read what it is shown; a name that nobody can have lead elsewhere it cannot use.
fn is_own_host(headers: &HeaderMap, uri: &Uri, is_open: bool) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).or(uri.authority().map(|a| a.as_str()));
    let Some(host) = host else { return false };
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').unwrap_or((rest, "")),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    if !(port.is_empty() || port.starts_with(':')) {
        return false;
    }
    match name.parse::<IpAddr>() {
        Ok(address) => is_open || address.is_loopback(),
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    }
}

async fn script() -> Response {
    with_type(StatusCode::OK, "live.js", SCRIPT.as_bytes().to_vec())
}

/// The page that asks for its marks.
#[derive(Deserialize)]
struct Asking {
    path: String,
}

/// What tells the version of a page that is served now from those to come, and of which edition it is: a page that was loaded
/// before the last edit is of another one.
async fn marks_of(State(server): State<Arc<Server>>, Query(asking): Query<Asking>) -> Response {
    let number = *server.news.borrow();
    let page = page(&server, &file_path(&asking.path)).1;
    let text = String::from_utf8_lossy(&page);
    let Marks { frame, article } = Marks::of(&text);
    let marks = json!({ "number": number, "edition": edition_of(&text), "frame": frame, "article": article });
    with_type(StatusCode::OK, "marks.json", marks.to_string().into_bytes())
}

/// The fingerprint that a page bears; empty for one that is of no edition.
fn edition_of(page: &str) -> &str {
    page.split_once(FINGERPRINT).and_then(|(_, rest)| rest.split('<').next()).unwrap_or("")
}

/// What a page that waits knows already.
#[derive(Deserialize)]
struct Known {
    after: u64,
    path: String,
    frame: String,
    article: String,
}

/// Waits for news after those the page knows, and tells what they mean for it.
async fn news_for(State(server): State<Arc<Server>>, Query(known): Query<Known>) -> Response {
    let mut news = server.news.subscribe();
    let newer = news.wait_for(|number| *number > known.after);
    let _ = tokio::time::timeout(PATIENCE, newer).await;
    let number = *server.news.borrow();
    let path = file_path(&known.path);
    let (part, problem) = {
        let state = server.state();
        (state.part.clone(), state.problem.clone())
    };
    let of_part = part.and_then(|part| part.file(&path)).and_then(|file| match file {
        File::Bytes(bytes) => String::from_utf8(bytes).ok(),
        File::OfCase(_) => None,
    });
    // Around its article a page of a few documents is not what it will be.
    let is_part = of_part.is_some();
    let text = of_part.unwrap_or_else(|| String::from_utf8_lossy(&page(&server, &path).1).into_owned());
    let Marks { frame, article } = Marks::of(&text);
    let reload = !is_part && frame != known.frame;
    let text = (!reload && article != known.article).then_some(text);
    let told = json!({ "number": number, "problem": problem, "reload": reload, "article": article, "text": text });
    with_type(StatusCode::OK, "news.json", told.to_string().into_bytes())
}

async fn file(State(server): State<Arc<Server>>, request: Request) -> Response {
    let method = request.method();
    if method != axum::http::Method::GET && method != axum::http::Method::HEAD {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
            "only GET and HEAD\n只接受 GET 和 HEAD\n",
        )
            .into_response();
    }
    let path = file_path(request.uri().path());
    let (status, bytes) = page(&server, &path);
    let name = if status == StatusCode::OK { path.as_str() } else { "404.html" };
    with_type(status, name, bytes)
}

/// The path in the site that an address names; the page of a folder is its index. Addresses are looked up and never
/// joined to anything, so that none leads out of the site.
fn file_path(address: &str) -> String {
    let path = percent_decode(address);
    let path = path.strip_prefix('/').unwrap_or(&path);
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// What stands at a path of the site, or in place of what is not there.
fn page(server: &Server, path: &str) -> (StatusCode, Vec<u8>) {
    let (edition, problem) = {
        let state = server.state();
        (state.edition.clone(), state.problem.clone())
    };
    let Some(edition) = edition else {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            plain_page(&problem.unwrap_or_default(), server.lang.unwrap_or_default()),
        );
    };
    let found = |path: &str| match edition.file(path) {
        Ok(Some(File::Bytes(bytes))) => Ok(Some(bytes)),
        Ok(Some(File::OfCase(path))) => Ok(std::fs::read(server.root.join(path)).ok()),
        Ok(None) => Ok(None),
        Err(error) => Err(error.message().in_lang(edition.lang).to_owned()),
    };
    match found(path) {
        Ok(Some(bytes)) => (StatusCode::OK, bytes),
        Ok(None) => (StatusCode::NOT_FOUND, found("404.html").ok().flatten().unwrap_or_default()),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, plain_page(&error, edition.lang)),
    }
}

/// A page for when there is no site yet. It is loaded anew when there is one.
fn plain_page(problem: &str, lang: Lang) -> Vec<u8> {
    let mut text = String::new();
    escape::text(&mut text, problem);
    let tag = lang.choose("en", "zh");
    format!("<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\"><title>casefile</title>\n<script src=\"{LIVE}/live.js\" defer></script></head>\n<body><pre>{text}</pre></body></html>\n")
        .into_bytes()
}

/// What tells two versions of a page apart: a mark of its article, and one of what stands around it.
struct Marks {
    frame: String,
    article: String,
}

impl Marks {
    fn of(page: &str) -> Self {
        let article = page.find("<article").zip(page.rfind("</article>"));
        let (before, rest) = page.split_at(article.map_or(0, |(from, _)| from));
        let (article, after) = rest.split_at(article.map_or(0, |(from, to)| to.saturating_sub(from)));
        // Every page bears the fingerprint of the edition, which changes with every edit; that alone is no news.
        let (after, fingerprint) = after.split_once(FINGERPRINT).unwrap_or((after, ""));
        let end = fingerprint.split_once('<').map_or("", |(_, end)| end);
        Self { frame: mark(&[before, after, end]), article: mark(&[article]) }
    }
}

fn mark(parts: &[&str]) -> String {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn with_type(status: StatusCode, name: &str, bytes: Vec<u8>) -> Response {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "pdf" => "application/pdf",
        "txt" | "md" | "csv" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    };
    (status, [(header::CONTENT_TYPE, kind)], bytes).into_response()
}
