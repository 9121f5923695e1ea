//! A port of this machine that the browser is sent back to: just enough HTTP to read one address.

use crate::client::credential::Secret;
use reqwest::Url;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// The longest head of a request that is read. Codes are long, but not that long.
const LONGEST: usize = 32 * 1024;

/// How long a connection may take. Browsers open some ahead of time and leave them silent.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many connections there may be at once.
const CONNECTIONS: usize = 16;

pub(super) struct Loopback {
    listener: TcpListener,
    port: u16,
}

/// What the browser brings back.
#[derive(Debug)]
pub(super) enum Returned {
    Code(Secret),
    Error { word: String, description: String },
}

impl Loopback {
    /// Opens the port; 0 is any free one.
    pub(super) async fn listen(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// The address that the browser is sent back to. App registrations know it by the name `localhost`, with any port.
    pub(super) fn address(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Waits until a browser comes back with this state, and closes the port. What comes with another state is somebody
    /// else's, and is sent away.
    pub(super) async fn returned(self, state: &str) -> Option<Returned> {
        let (sender, mut receiver) = mpsc::channel(1);
        let state = Arc::from(state);
        // Ends with all its connections when it is dropped, and so with the future of this function.
        let mut accepting = JoinSet::new();
        accepting.spawn(accept(self.listener, state, sender));
        receiver.recv().await
    }
}

async fn accept(listener: TcpListener, state: Arc<str>, sender: mpsc::Sender<Returned>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Of one connection, or for want of handles: the next may come through.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        while connections.len() >= CONNECTIONS {
            connections.join_next().await;
        }
        while connections.try_join_next().is_some() {}
        let (state, sender) = (Arc::clone(&state), sender.clone());
        connections.spawn(async move {
            if let Ok(Ok(Some(returned))) = timeout(PATIENCE, serve(stream, &state)).await {
                // A full channel has an answer already.
                let _ = sender.try_send(returned);
            }
        });
    }
}

/// Reads the head of a request and answers it.
async fn serve(mut stream: TcpStream, state: &str) -> io::Result<Option<Returned>> {
    let head = head(&mut stream).await?;
    let (answer, returned) = match read(&head, state) {
        Read::Returned(returned @ Returned::Code(_)) => (
            page("200 OK", "You have signed in", "You may close this window."),
            Some(returned),
        ),
        Read::Returned(returned) => (
            page(
                "200 OK",
                "The sign-in failed",
                "The program says why. You may close this window.",
            ),
            Some(returned),
        ),
        Read::Foreign => (
            page(
                "400 Bad Request",
                "Not this sign-in",
                "This address belongs to another sign-in.",
            ),
            None,
        ),
        Read::Other => (page("404 Not Found", "Nothing here", ""), None),
    };
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(returned)
}

async fn head(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut part = [0; 4096];
    while head.len() < LONGEST && !head.windows(4).any(|window| window == b"\r\n\r\n") {
        let read = stream.read(&mut part).await?;
        if read == 0 {
            break;
        }
        head.extend_from_slice(&part[..read]);
    }
    Ok(head)
}

/// What a request is.
#[derive(Debug)]
enum Read {
    Returned(Returned),
    /// Another state, or none.
    Foreign,
    /// Something else that browsers ask for.
    Other,
}

fn read(head: &[u8], state: &str) -> Read {
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let target = std::str::from_utf8(line).ok().and_then(|line| {
        let mut words = line.split(' ');
        (words.next() == Some("GET")).then(|| words.next())?
    });
    let url = target.and_then(|target| Url::parse("http://localhost").ok()?.join(target).ok());
    let Some(url) = url.filter(|url| url.path() == "/") else {
        return Read::Other;
    };
    let value = |wanted: &str| {
        let found = url.query_pairs().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.into_owned())
    };
    let (code, error) = (value("code"), value("error"));
    if code.is_none() && error.is_none() {
        return Read::Other;
    }
    if value("state").as_deref() != Some(state) {
        return Read::Foreign;
    }
    Read::Returned(match (error, code) {
        (None, Some(code)) => Returned::Code(code.into()),
        (error, _) => Returned::Error {
            word: error.unwrap_or_default(),
            description: value("error_description").unwrap_or_default(),
        },
    })
}

fn page(status: &str, title: &str, text: &str) -> String {
    let body = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>{title}</title>\
         <body style=\"font-family:sans-serif;margin:4em\"><h1>{title}</h1><p>{text}</p>"
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_sign_in_is_taken() {
        let of = |target: &str| {
            read(
                format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes(),
                "s-1",
            )
        };
        assert!(
            matches!(of("/?code=c%2B1&state=s-1"), Read::Returned(Returned::Code(code)) if code.reveal() == "c+1")
        );
        let denied = of("/?error=access_denied&error_description=AADSTS65004%3A+no&state=s-1");
        assert!(
            matches!(denied, Read::Returned(Returned::Error { word, description })
                if word == "access_denied" && description == "AADSTS65004: no")
        );
        for foreign in [
            "/?code=c",
            "/?code=c&state=s-2",
            "/?error=x&state=",
            "/?code=c&state=s-2&state=s-1",
        ] {
            assert!(matches!(of(foreign), Read::Foreign), "{foreign}");
        }
        for other in ["/favicon.ico", "/", "/x?code=c&state=s-1", "", "http://[", "*"] {
            assert!(matches!(of(other), Read::Other), "{other}");
        }
        for hostile in [
            &b""[..],
            b"\xff\xfe\r\n",
            b"POST /?code=c&state=s-1 HTTP/1.1\r\n\r\n",
            b"GET",
        ] {
            assert!(matches!(read(hostile, "s-1"), Read::Other));
        }
    }
}
