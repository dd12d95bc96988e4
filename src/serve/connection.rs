//! Connections: how many there may be, and how long one may take to say what it wants.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// The most connections at once. A browser opens six, and one for each page that waits for news.
const MOST: usize = 256;

/// How long a connection may take to say what it wants, and how long it may be silent between two requests.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait when the system has no connection to give.
const REST: Duration = Duration::from_millis(100);

/// Answers whoever connects, without end. Beyond [`MOST`] they wait until another is done.
pub(super) async fn accept(listener: &TcpListener, router: Router) {
    let room = Arc::new(Semaphore::new(MOST));
    while let Ok(place) = Arc::clone(&room).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(REST).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
            // Whoever breaks off or says nothing need not be told of.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}
