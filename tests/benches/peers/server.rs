//! A server on this machine that gives pages of accounts over HTTPS, each with the address of the next.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use tempfile::NamedTempFile;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{PAGE, bodies};

/// A running server, which ends with the process.
pub struct Server {
    pub url: String,
    /// What its clients have to trust.
    pub certificate: NamedTempFile,
}

/// Serves so many pages, again and again.
pub fn start(pages: usize) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
    let port = listener.local_addr().expect("the port's address").port();
    let url = format!("https://localhost:{port}");
    let (config, certificate) = encryption();
    // All pages have the same rows, so that the server's memory and work stay out of the figures.
    let body = bodies::page(PAGE, false);
    let rows = body.strip_suffix('}').expect("a page is an object").to_owned();
    let (rows, base) = (Arc::new(rows), url.clone());
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let (config, rows, base) = (Arc::clone(&config), Arc::clone(&rows), base.clone());
            thread::spawn(move || serve(connection, config, &rows, &base, pages));
        }
    });
    Server { url, certificate }
}

/// A certificate for this machine, made on the spot.
fn encryption() -> (Arc<ServerConfig>, NamedTempFile) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let mut file = NamedTempFile::new().expect("a file");
    file.write_all(made.cert.pem().as_bytes()).expect("room for it");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(vec![made.cert.der().clone()], key)
        })
        .expect("a key that fits its certificate");
    (Arc::new(config), file)
}

fn serve(
    connection: TcpStream,
    config: Arc<ServerConfig>,
    rows: &str,
    base: &str,
    pages: usize,
) -> Option<()> {
    connection.set_nodelay(true).ok()?;
    let encrypted = ServerConnection::new(config).ok()?;
    let mut stream = BufReader::new(StreamOwned::new(encrypted, connection));
    loop {
        let request = head(&mut stream)?;
        let out = stream.get_mut();
        if request.contains("/EntityDefinitions") {
            answer(out, &[DEFINITION])?;
            continue;
        }
        // With a condition there is one page: clients warm up with it.
        let last = if request.contains("filter=") { 1 } else { pages };
        let after_page = request.split_once("skiptoken=").map_or("1", |(_, page)| page);
        let page: usize = after_page.split([' ', '&']).next()?.parse().ok()?;
        let next = format!(
            ",\"@odata.nextLink\":\"{base}/api/data/v9.2/accounts?$skiptoken={}\"",
            page + 1
        );
        answer(out, &[rows, if page < last { &next } else { "" }, "}"])?;
    }
}

/// The request's first line, decoded as far as it matters here.
fn head(stream: &mut impl BufRead) -> Option<String> {
    let mut first = String::new();
    let mut line = String::new();
    while stream.read_line(&mut line).ok()? > 0 {
        if line.trim().is_empty() {
            return Some(first.replace("%24", "$").replace("%3D", "="));
        }
        if first.is_empty() {
            first.clone_from(&line);
        }
        line.clear();
    }
    None
}

fn answer(out: &mut (impl Read + Write), parts: &[&str]) -> Option<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json; odata.metadata=minimal\r\ncontent-length: {length}\r\n\r\n"
    );
    out.write_all(head.as_bytes()).ok()?;
    for part in parts {
        out.write_all(part.as_bytes()).ok()?;
    }
    out.flush().ok()
}

/// What one of the clients asks before its first query: the table's entity set.
const DEFINITION: &str =
    r#"{"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"}]}"#;
