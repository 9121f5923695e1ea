//! A server on this machine that gives pages of accounts, each with the address of the next.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use crate::{PAGE, bodies};

/// Serves so many pages, again and again, and gives its address. It ends with the process.
pub fn start(pages: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
    let address = format!("http://{}", listener.local_addr().expect("the port's address"));
    // All pages have the same rows, so that the server's memory and work stay out of the figures.
    let body = bodies::page(PAGE, false);
    let rows = body.strip_suffix('}').expect("a page is an object").to_owned();
    let (rows, base) = (Arc::new(rows), address.clone());
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let (rows, base) = (Arc::clone(&rows), base.clone());
            thread::spawn(move || serve(&connection, &rows, &base, pages));
        }
    });
    address
}

fn serve(connection: &TcpStream, rows: &str, base: &str, pages: usize) -> Option<()> {
    let mut lines = BufReader::new(connection).lines();
    loop {
        let request = lines.next()?.ok()?;
        while !lines.next()?.ok()?.is_empty() {}
        let after_page = request.split_once("skiptoken=").map_or("1", |(_, page)| page);
        let page: usize = after_page.split(' ').next()?.parse().ok()?;
        let end = if page < pages {
            format!(
                ",\"@odata.nextLink\":\"{base}/api/data/v9.2/accounts?$skiptoken={}\"}}",
                page + 1
            )
        } else {
            "}".to_owned()
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json; odata.metadata=minimal\r\ncontent-length: {}\r\n\r\n",
            rows.len() + end.len()
        );
        let mut out = connection;
        for part in [head.as_str(), rows, end.as_str()] {
            out.write_all(part.as_bytes()).ok()?;
        }
    }
}
