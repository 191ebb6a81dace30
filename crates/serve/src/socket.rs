//! Connections: taken, answered, and ended when nothing comes or nothing is taken, so that a few slow ones cannot keep all others
//! out.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, Sleep, sleep, timeout};

/// Connections at a time. Whoever comes beyond is turned away at once.
const SEATS: usize = 1_000;
/// Bytes of a request's head.
const HEAD_BYTES: usize = 32 << 10;
/// How long is waited where the system can give no connection, as when files have run out.
const BREATH: Duration = Duration::from_millis(100);

/// How long is waited for others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// For a request's head, and for the next request on a connection that is kept.
    head: Duration,
    /// For anything at all to be taken of an answer.
    take: Duration,
    /// For requests under way when the server is told to stop.
    farewell: Duration,
}

impl Patience {
    /// What a server over the open network can afford.
    pub(crate) const USUAL: Self = Self { head: Duration::from_secs(30), take: Duration::from_mins(1), farewell: Duration::from_secs(2) };
}

/// Answer whoever comes until `stopped`.
pub(crate) async fn answer_all(listener: TcpListener, router: Router, patience: Patience, stopped: impl Future<Output = ()>) {
    let seats = Arc::new(Semaphore::new(SEATS));
    let (stop, stopping) = watch::channel(());
    let mut stopped = pin!(stopped);
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            () = &mut stopped => break,
        };
        let Ok((stream, _)) = taken else {
            sleep(BREATH).await;
            continue;
        };
        let Ok(seat) = Arc::clone(&seats).try_acquire_owned() else { continue };
        let (router, mut stopping) = (router.clone(), stopping.clone());
        tokio::spawn(async move {
            let _seat = seat;
            let mut protocol = http1::Builder::new();
            protocol.timer(TokioTimer::new()).header_read_timeout(patience.head).max_buf_size(HEAD_BYTES);
            let mut connection =
                pin!(protocol.serve_connection(TokioIo::new(Patient::new(stream, patience.take)), TowerToHyperService::new(router)));
            // However a connection ends, it concerns nobody else.
            tokio::select! {
                _ = connection.as_mut() => {}
                _ = stopping.changed() => {
                    connection.as_mut().graceful_shutdown();
                    let _ = timeout(patience.farewell, connection).await;
                }
            }
        });
    }
    drop((stop, stopping));
    let _ = timeout(2 * patience.farewell, seats.acquire_many(SEATS as u32)).await;
}

/// A connection that ends where for too long nothing of what is written to it is taken.
struct Patient {
    stream: TcpStream,
    most: Duration,
    patience: Pin<Box<Sleep>>,
    waiting: bool,
}

impl Patient {
    fn new(stream: TcpStream, most: Duration) -> Self {
        Self { stream, most, patience: Box::pin(sleep(most)), waiting: false }
    }

    fn in_time<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = false;
            return written;
        }
        if !self.waiting {
            self.waiting = true;
            let until = Instant::now() + self.most;
            self.patience.as_mut().reset(until);
        }
        self.patience.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.in_time(cx, written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.in_time(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::future::pending;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    const BRIEF: Duration = Duration::from_millis(200);
    const HASTE: Patience = Patience { head: BRIEF, take: BRIEF, farewell: BRIEF };

    /// A server of one page, and its address.
    async fn served() -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let router = Router::new().route("/", axum::routing::get(|| async { vec![b'x'; 64 << 20] }));
        tokio::spawn(answer_all(listener, router, HASTE, pending()));
        at
    }

    fn connect(at: std::net::SocketAddr) -> TcpStream {
        let stream = TcpStream::connect(at).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream
    }

    fn wait(future: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(future);
    }

    #[test]
    fn a_head_that_is_too_long_is_refused() {
        wait(async {
            let mut stream = connect(served().await);
            let _ = stream.write_all(format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "y".repeat(2 * HEAD_BYTES)).as_bytes());
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer);
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer:.60}");
        });
    }

    #[test]
    fn a_head_that_never_ends_and_an_answer_that_nobody_takes_end_with_their_connection() {
        wait(async {
            let at = served().await;
            let (mut slow, mut deaf) = (connect(at), connect(at));
            slow.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").unwrap();
            deaf.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            let mut said = Vec::new();
            let _ = slow.read_to_end(&mut said);
            assert!(!said.starts_with(b"HTTP/1.1 200"));
            sleep(4 * BRIEF).await;
            let mut taken = Vec::new();
            let _ = deaf.read_to_end(&mut taken);
            assert!(taken.len() < 64 << 20, "the answer was kept for whoever took nothing of it");
        });
    }

    #[test]
    fn a_server_that_is_told_to_stop_waits_for_no_stream() {
        wait(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let at = listener.local_addr().unwrap();
            let router = Router::new().route("/", axum::routing::get(|| async { sleep(Duration::from_mins(10)).await }));
            let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
            let server = tokio::spawn(answer_all(listener, router, HASTE, async { drop(stopped.await) }));
            let mut stream = connect(at);
            stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            sleep(Duration::from_millis(50)).await;
            drop(stop);
            timeout(10 * BRIEF, server).await.unwrap().unwrap();
        });
    }
}
