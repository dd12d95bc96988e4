//! Connections: how many there may be, and how long one may take to say what it wants and to take what it asked for.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep};

use super::answer::FOR_THIS_SITE_ALONE;

/// The most connections at once. A browser opens six, and one for each page that waits for news.
const MOST: usize = 256;

/// How long a connection may take to say what it wants, and how long it may be silent between two requests.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// How long what was asked for may wait to be taken, and how much longer for each byte that is: a thousand in a second keep a
/// connection.
const UNTAKEN: Duration = Duration::from_secs(5);
const FOR_EACH_BYTE: Duration = Duration::from_millis(1);

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
            let _ = http.serve_connection(TokioIo::new(Taken::new(stream)), service).await;
            drop(place);
        });
    }
}

/// A connection that ends when what is sent is not taken.
struct Taken {
    stream: TcpStream,
    /// When it ends, since something waits.
    end: Option<Pin<Box<Sleep>>>,
    /// What is sent in place of an answer that the library gives by itself, and how much of it is.
    own: Vec<u8>,
    sent: usize,
}

impl Taken {
    fn new(stream: TcpStream) -> Self {
        Self { stream, end: None, own: Vec::new(), sent: 0 }
    }

    fn poll_send(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        match sent {
            Poll::Pending => {
                let end = self.end.get_or_insert_with(|| Box::pin(tokio::time::sleep(UNTAKEN)));
                ready!(end.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Poll::Ready(Ok(count)) => {
                let taken = FOR_EACH_BYTE.saturating_mul(count.try_into().unwrap_or(u32::MAX));
                let later = self.end.as_ref().map(|end| end.deadline() + taken);
                match later.filter(|later| *later < Instant::now() + UNTAKEN).zip(self.end.as_mut()) {
                    Some((later, end)) => end.as_mut().reset(later),
                    None => self.end = None,
                }
                Poll::Ready(Ok(count))
            }
            failed => failed,
        }
    }
}

/// The answer that the library gives by itself to what is no request, with what every other bears.
fn completed(answer: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(answer).ok().filter(|text| text.starts_with("HTTP/1.1 4"))?;
    let (head, _) = text.split_once("\r\n\r\n").filter(|(_, body)| body.is_empty())?;
    let (name, _) = FOR_THIS_SITE_ALONE[0];
    if head.contains(name) {
        return None;
    }
    let more: String = FOR_THIS_SITE_ALONE.iter().map(|(name, value)| format!("\r\n{name}: {value}")).collect();
    Some(format!("{head}{more}\r\n\r\n").into_bytes())
}

impl AsyncRead for Taken {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Taken {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.own.is_empty() {
            let Some(own) = completed(bytes) else { return self.poll_send(context, bytes) };
            (self.own, self.sent) = (own, 0);
        }
        let own = std::mem::take(&mut self.own);
        while self.sent < own.len() {
            let sent = self.sent;
            match self.poll_send(context, &own[sent..]) {
                Poll::Ready(Ok(count)) => self.sent += count,
                other => {
                    self.own = own;
                    return other;
                }
            }
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
