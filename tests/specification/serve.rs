//! Serving while the case is edited.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use casefile::serve::{self, Said, Server};

use crate::support::Fixture;

/// How long something may take before a test gives up; nothing is said of how long it should take.
const PATIENCE: Duration = Duration::from_secs(20);

struct Served {
    fixture: Fixture,
    server: Arc<Server>,
    address: SocketAddr,
    said: Receiver<String>,
    running: Option<JoinHandle<()>>,
}

impl Served {
    fn new(files: &[(&str, &str)]) -> Self {
        let fixture = Fixture::new(files);
        let listener = serve::bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, said) = mpsc::channel();
        let server =
            Server::new(fixture.path(), casefile::edition::Edition::Public, Some(casefile::Lang::En), move |said| {
                let (Said::Summary(what) | Said::Findings(what)) = said;
                drop(sender.send(what.to_owned()));
            })
            .unwrap();
        let running = Arc::clone(&server);
        let running = Some(std::thread::spawn(move || running.run(listener).unwrap()));
        let served = Self { fixture, server, address, said, running };
        assert!(served.said.recv_timeout(PATIENCE).is_ok(), "the first edition is told");
        served
    }

    fn until(&self, what: &str, mut question: impl FnMut() -> bool) {
        let start = Instant::now();
        while !question() {
            assert!(start.elapsed() < PATIENCE, "{what}: not so after {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Status and everything after the headers.
    fn get(&self, path: &str) -> (u16, String) {
        self.get_as(path, "localhost")
    }

    fn get_as(&self, path: &str, host: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    fn shows(&self, path: &str, text: &str) {
        self.until(&format!("{path} shows {text}"), || self.get(path).1.contains(text));
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.server.close();
        if let Some(running) = self.running.take() {
            running.join().unwrap();
        }
    }
}

const CASE: &[(&str, &str)] = &[("content/zh/a.md", "# 甲\n\n第一版。\n"), ("content/zh/b.md", "# 乙\n\n另一份。\n")];

#[test]
fn pages_files_and_the_index_of_a_folder_are_served_and_what_is_not_there_is_the_page_for_that() {
    let served = Served::new(CASE);
    assert!(served.get("/zh/a.html").1.contains("第一版。"));
    assert_eq!(served.get("/").0, 200);
    assert!(served.get("/zh/").1.contains("<main"));
    assert!(served.get("/static/casefile.css").1.contains("--paper"));
    assert!(served.get("/search/manifest.js").1.starts_with("casefileSearch.manifest("));
    let (status, body) = served.get("/zh/none.html");
    assert_eq!(status, 404);
    assert!(body.contains("<main"));
    assert!(served.get("/zh/a.html?find=x").1.contains("第一版。"));
}

#[test]
fn no_address_leads_out_of_the_site() {
    let served =
        Served::new(&[("content/zh/a.md", "# 甲\n\n文。\n"), ("secret.txt", "secret"), ("content/.hidden", "secret")]);
    for path in [
        "/../secret.txt",
        "/zh/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "//etc/passwd",
        "/zh//../a.html",
        "/zh/%00a.html",
        "/zh\\..\\..\\secret.txt",
        "/zh/..%5c..%5csecret.txt",
        "/secret.txt",
        "/content/zh/a.md",
        "/content/.hidden",
        "/casefile.yaml",
        "/./././secret.txt",
        "/zh/a.html/../../../secret.txt",
    ] {
        let (status, body) = served.get(path);
        assert!(status == 404 || status == 400, "{path}: {status}");
        assert!(!body.contains("secret") && !body.contains("root:"), "{path}");
    }
}

#[test]
fn a_name_that_another_site_could_have_lead_here_is_refused() {
    let served = Served::new(CASE);
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080", "203.0.113.7", ""] {
        assert_eq!(served.get_as("/zh/a.html", host).0, 421, "{host}");
    }
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:1234", "[::1]:8080"] {
        assert_eq!(served.get_as("/zh/a.html", host).0, 200, "{host}");
    }
}

#[test]
fn an_edit_is_shown_whether_it_is_written_in_place_or_renamed_into_place() {
    let served = Served::new(CASE);
    served.fixture.write("content/zh/a.md", "# 甲\n\n第二版。\n".as_bytes());
    served.shows("/zh/a.html", "第二版。");
    served.fixture.write("content/zh/.a.md.new", "# 甲\n\n第三版。\n".as_bytes());
    std::fs::rename(served.fixture.path().join("content/zh/.a.md.new"), served.fixture.path().join("content/zh/a.md"))
        .unwrap();
    served.shows("/zh/a.html", "第三版。");
    served.fixture.write("content/zh/c.md", "# 丙\n\n新的。\n".as_bytes());
    served.shows("/zh/c.html", "新的。");
    std::fs::remove_file(served.fixture.path().join("content/zh/c.md")).unwrap();
    served.until("the page is gone", || served.get("/zh/c.html").0 == 404);
}

#[test]
fn news_are_told_to_the_pages_they_concern() {
    let served = Served::new(CASE);
    let page = served.get("/zh/b.html").1;
    assert!(page.contains("connect-src 'self'") && !page.contains("trusted-types"), "{page}");
    let marks: serde_json::Value = serde_json::from_str(&served.get("/.live/marks?path=/zh/b.html").1).unwrap();
    let value = |name: &str| marks[name].as_str().unwrap_or_default().to_owned();
    assert!(page.contains(&format!("fingerprint\">{}<", value("edition"))) && !value("edition").is_empty(), "{page}");
    let (number, frame, article) = (marks["number"].to_string(), value("frame"), value("article"));
    let news = |path: &str, after: &str, frame: &str, article: &str| -> serde_json::Value {
        let query = format!("after={after}&path={path}&frame={frame}&article={article}");
        serde_json::from_str(&served.get(&format!("/.live/news?{query}")).1).unwrap()
    };
    served.fixture.write("content/zh/a.md", "# 甲\n\n第二版。\n".as_bytes());
    served.shows("/zh/a.html", "第二版。");
    let of_b = news("/zh/b.html", &number, &frame, &article);
    assert!(of_b["number"].as_u64().unwrap() > number.parse().unwrap());
    let nothing = serde_json::Value::Null;
    assert_eq!((&of_b["reload"], &of_b["text"], &of_b["problem"]), (&false.into(), &nothing, &nothing));
    let other_article = news("/zh/b.html", &number, &frame, "other");
    assert_eq!(other_article["reload"], false);
    assert_eq!(other_article["article"], article.as_str());
    assert!(other_article["text"].as_str().unwrap().contains("<article"));
    let other_frame = news("/zh/b.html", &number, "other", &article);
    assert_eq!((&other_frame["reload"], &other_frame["text"]), (&true.into(), &nothing));
}

#[test]
fn with_an_error_the_last_good_site_stays_and_the_error_is_told_in_the_page_and_outside() {
    let served = Served::new(CASE);
    served.fixture.write("casefile.yaml", b"title: [");
    served.until("the error is told", || served.said.try_iter().any(|line| line.contains("casefile.yaml:1")));
    assert!(served.get("/zh/a.html").1.contains("第一版。"));
    let news = served.get("/.live/news?after=0&path=/zh/a.html&frame=x&article=x").1;
    assert!(news.contains("casefile.yaml:1"), "{news}");
    std::fs::remove_file(served.fixture.path().join("casefile.yaml")).unwrap();
    served.until("all is well", || {
        served.get("/.live/news?after=0&path=/zh/a.html&frame=x&article=x").1.contains("\"problem\":null")
    });
}

#[test]
fn a_warning_is_told_once_and_not_after_every_edit() {
    let served = Served::new(CASE);
    let edit = |name: &str, text: &str| {
        // In one step, so that no edition is made of half a file.
        served.fixture.write("new", format!("# 文\n\n{text}\n").as_bytes());
        let folder = served.fixture.path();
        std::fs::rename(folder.join("new"), folder.join(format!("content/zh/{name}.md"))).unwrap();
        served.shows(&format!("/zh/{name}.html"), text.split('见').next().unwrap());
    };
    edit("a", "一。见【注9】。");
    edit("b", "二。");
    edit("b", "三。");
    let said: String = served.said.try_iter().collect();
    assert_eq!((said.matches("C301").count(), said.contains("pages, 1 warning")), (1, true), "{said}");
}

#[test]
fn a_case_that_begins_with_an_error_is_served_once_it_is_mended() {
    let served = Served::new(&[("content/zh/a.md", "# 甲\n\n文。\n"), ("casefile.yaml", "title: [")]);
    let (status, body) = served.get("/zh/a.html");
    assert_eq!(status, 503);
    assert!(body.contains("casefile.yaml:1") && body.contains("/.live/live.js"), "{body}");
    served.fixture.write("casefile.yaml", "title: 案\n".as_bytes());
    served.shows("/zh/a.html", "文。");
}

#[test]
fn the_content_may_vanish_and_come_back() {
    let served = Served::new(CASE);
    let content = served.fixture.path().join("content");
    std::fs::remove_dir_all(&content).unwrap();
    served.until("the loss is told", || served.said.try_iter().any(|line| line.contains("error")));
    assert!(served.get("/zh/a.html").1.contains("第一版。"), "the last good site is kept");
    std::fs::create_dir_all(content.join("zh")).unwrap();
    served.fixture.write("content/zh/a.md", "# 甲\n\n回来了。\n".as_bytes());
    served.shows("/zh/a.html", "回来了。");
    served.fixture.write("content/zh/a.md", "# 甲\n\n又改了。\n".as_bytes());
    served.shows("/zh/a.html", "又改了。");
}

#[test]
fn a_burst_of_a_thousand_edits_and_a_file_half_written_end_in_the_last_state() {
    let served = Served::new(CASE);
    for at in 0..1000 {
        served.fixture.write(&format!("content/zh/n{}.md", at % 50), format!("# 文{at}\n\n第{at}次。\n").as_bytes());
    }
    served.fixture.write("content/zh/a.md", &"# 甲\n\n半个字：".as_bytes()[..17]);
    std::thread::sleep(Duration::from_millis(30));
    served.fixture.write("content/zh/a.md", "# 甲\n\n写完了。\n".as_bytes());
    served.shows("/zh/a.html", "写完了。");
    served.shows("/zh/n49.html", "第999次。");
    served.until("all is well", || {
        served.get("/.live/news?after=0&path=/&frame=x&article=x").1.contains("\"problem\":null")
    });
}

#[test]
fn a_port_that_is_taken_is_an_error_that_says_how_to_take_another() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = Fixture::new(CASE).run(&["serve", "--port", &port]);
    assert_eq!(run.code(), 2);
    assert!(
        run.stderr().contains(&port) && run.stderr().contains("help: take another port with `--port`"),
        "{}",
        run.stderr()
    );
}

impl Served {
    /// The whole answer to a request with those headers, in small letters.
    fn answer(&self, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).to_lowercase()
    }
}

#[test]
fn what_another_site_asks_for_is_refused_and_readers_it_leads_here_are_not() {
    let served = Served::new(CASE);
    let asked = |site: &str, mode: &str, target: &str| {
        let headers = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {target}\r\n");
        ["/zh/a.html", "/search/texts-0.js", "/.live/news?after=9&path=/&frame=x&article=x", "/none"].map(|path| {
            let answer = served.answer(path, &headers);
            answer.split(' ').nth(1).unwrap() == "403"
        })
    };
    for site in ["cross-site", "same-site", "CROSS-SITE", "something-new", ""] {
        for (mode, target) in [
            ("no-cors", "script"),
            ("no-cors", "image"),
            ("no-cors", "style"),
            ("cors", "empty"),
            ("navigate", "iframe"),
            ("navigate", "object"),
            ("navigate", "embed"),
            ("websocket", "websocket"),
            ("", ""),
        ] {
            assert_eq!(asked(site, mode, target), [true; 4], "{site} {mode} {target}");
        }
    }
    for (site, mode, target) in [
        ("cross-site", "navigate", "document"),
        ("same-site", "navigate", "document"),
        ("none", "navigate", "document"),
    ] {
        let headers = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {target}\r\n");
        assert!(served.answer("/zh/a.html", &headers).starts_with("http/1.1 200"), "{site} {mode} {target}");
    }
    for headers in ["", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n"] {
        assert!(served.answer("/search/texts-0.js", headers).starts_with("http/1.1 200"), "{headers}");
    }
}

#[test]
fn every_answer_forbids_other_sites_to_include_or_frame_it() {
    let served = Served::new(CASE);
    let answers = [
        served.answer("/zh/a.html", ""),
        served.answer("/search/texts-0.js", ""),
        served.answer("/case.json", ""),
        served.answer("/none.png", ""),
        served.answer("/.live/live.js", ""),
        served.answer("/.live/news", ""),
        served.answer("/.live/news?after=x", ""),
        served.answer("/zh/a.html", "Sec-Fetch-Site: cross-site\r\n"),
        served.answer("/zh/a.html", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"),
    ];
    for answer in answers {
        let head = answer.split_once("\r\n\r\n").unwrap().0;
        for header in [
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "content-security-policy: frame-ancestors 'none'",
            "x-frame-options: deny",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
        ] {
            assert_eq!(head.matches(header).count(), 1, "{header}: {head}");
        }
        assert!(!head.contains("access-control-allow"), "{head}");
    }
}

#[test]
fn a_connection_that_does_not_say_what_it_wants_is_closed() {
    let served = Served::new(CASE);
    let halves = ["", "GET /zh/a.html HTTP/1.1\r\nHost: loc", "GET /zh/a.html HTTP/1.1\r\nHost: localhost\r\n\r\n"];
    let mut streams: Vec<TcpStream> = halves
        .iter()
        .map(|text| {
            let mut stream = TcpStream::connect(served.address).unwrap();
            stream.write_all(text.as_bytes()).unwrap();
            stream
        })
        .collect();
    for (stream, text) in streams.iter_mut().zip(halves) {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        assert!(stream.read_to_end(&mut Vec::new()).is_ok(), "{text:?} is still open");
    }
}

#[test]
fn however_many_connect_and_say_nothing_others_are_answered() {
    let served = Served::new(CASE);
    let silent: Vec<TcpStream> = (0..600).filter_map(|_| TcpStream::connect(served.address).ok()).collect();
    served.shows("/zh/a.html", "第一版。");
    drop(silent);
}

#[test]
fn however_many_ask_and_read_nothing_others_are_answered() {
    let long = format!("# 甲\n\n{}\n", "很长的文。\n\n".repeat(40_000));
    let served = Served::new(&[("content/a.md", "# A\n\n第一版。\n"), ("content/long.md", &long)]);
    let deaf: Vec<TcpStream> = (0..280)
        .filter_map(|_| {
            let mut stream = TcpStream::connect(served.address).ok()?;
            stream.set_write_timeout(Some(Duration::from_millis(100))).unwrap();
            let _ = stream.write_all("GET /zh/long.html HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(40).as_bytes());
            Some(stream)
        })
        .collect();
    served.shows("/zh/a.html", "第一版。");
    drop(deaf);
}

#[test]
fn what_is_no_request_is_answered_with_what_every_answer_bears() {
    let served = Served::new(CASE);
    let long = "x".repeat(100_000);
    for request in [
        "no request at all\r\n\r\n".to_owned(),
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(1000)),
    ] {
        let mut stream = TcpStream::connect(served.address).unwrap();
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
        for header in ["cross-origin-resource-policy: same-origin", "x-frame-options: DENY"] {
            assert_eq!(answer.matches(header).count(), 1, "{answer}");
        }
    }
}

#[test]
fn a_theme_of_ones_own_is_live_as_it_says_or_it_is_told() {
    let base =
        include_str!("../../templates/base.html").replace("<head>", "<head data-own>").replace("</head>", "</head >");
    let file = ("templates/base.html", base.as_str());
    let served = Served::new(&[CASE, &[file]].concat());
    let page = served.get("/zh/b.html").1;
    assert!(
        page.contains("data-own") && page.contains("/.live/live.js") && page.contains("connect-src 'self'"),
        "{page}"
    );
    let still = base.replace("live", "never");
    let served = Served::new(&[CASE, &[("templates/base.html", still.as_str())]].concat());
    served.fixture.write("casefile.yaml", "title: 案\n".as_bytes());
    served.until("it is told", || served.said.try_iter().any(|said| said.contains("templates/base.html")));
}
