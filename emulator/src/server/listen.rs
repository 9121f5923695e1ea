//! Connections: accepting them, speaking HTTP/1.1 on them, ending them.

use super::handle::handle;
use super::state::Shared;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long a client may take to agree on encryption.
#[cfg(feature = "tls")]
const HANDSHAKE: Duration = Duration::from_secs(20);
/// How long requests under way may take when the emulator is stopped.
const ENDING: Duration = Duration::from_secs(5);
/// How long to wait when the machine has no connection to give.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// What is spoken under HTTP.
#[derive(Clone)]
pub(super) enum Wire {
    Plain,
    #[cfg(feature = "tls")]
    Tls(tokio_rustls::TlsAcceptor),
}

/// Serves connections until `stop` changes.
pub(super) async fn serve(
    listener: TcpListener,
    wire: Wire,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    // A small answer shouldn't wait for the next one.
                    let _ = stream.set_nodelay(true);
                    connections.spawn(connection(stream, wire.clone(), shared.clone(), stop.clone()));
                }
                Err(_) => tokio::time::sleep(EXHAUSTED).await,
            },
            Some(_) = connections.join_next() => {}
            _ = stop.changed() => break,
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    // Whatever still runs then is dropped with the set.
    let _ = tokio::time::timeout(ENDING, all).await;
}

async fn connection(
    stream: tokio::net::TcpStream,
    wire: Wire,
    shared: Arc<Shared>,
    stop: watch::Receiver<bool>,
) {
    match wire {
        Wire::Plain => speak(stream, shared, stop).await,
        #[cfg(feature = "tls")]
        Wire::Tls(acceptor) => {
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                speak(stream, shared, stop).await;
            }
        }
    }
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let patience = shared.intake.patience();
    let service = service_fn(move |request| handle(shared.clone(), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    // Errors here are broken connections, and those that were cut on request.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = stop.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
