//! How fast answers become rows: derived rows beside plain `serde_json` into a hand-written struct, in one run.
//!
//! `cargo xtask bench read` runs it. The plain side reads money as floats and knows no lookup targets, as programs without a
//! typed client do; ours keeps every digit.

#![allow(clippy::expect_used, reason = "a bench that can't go on stops")]

mod bodies;
mod figures;
mod paging;
mod plain;
mod server;
mod typed;

use figures::{Compared, least, peak_kilobytes};
use std::hint::black_box;

/// How many rows a page has: the most that the service gives.
const PAGE: usize = 5_000;
/// Pages of the long query: 100,000 rows.
const PAGES: usize = 20;
/// How often each side is timed, in turns.
const ROUNDS: usize = 40;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    match arguments.next().as_deref() {
        // One side alone in a process of its own, for its peak memory.
        Some("--peak") => {
            let case = arguments.next().unwrap_or_default();
            match one_decode(&case) {
                Some(rows) => println!("{} {rows}", peak_kilobytes()),
                None => eprintln!("no such case: `{case}`"),
            }
        }
        _ => {
            compare();
            compare_paging();
        }
    }
}

fn compare_paging() {
    println!("{} rows in {PAGES} pages over loopback", PAGE * PAGES);
    let address = server::start(PAGES);
    let times = least(ROUNDS / 4, || paging::ours(&address), || paging::plain(&address));
    times.print("  milliseconds", 1.15);
    let peak = |case: &str, pages: usize| figures::peak_of_child(&format!("{case}-{pages}"));
    let memory = Compared {
        ours: peak("ours", PAGES),
        plain: peak("plain", PAGES),
    };
    memory.print("  peak memory, MB", 1.15);
    println!(
        "  peak memory of ours for a tenth of the pages: {:.2} MB",
        peak("ours", PAGES / 10)
    );
}

fn compare() {
    println!("{PAGE} rows of 22 columns                      ours      plain    ratio   bar");
    for annotated in [false, true] {
        let body = bodies::page(PAGE, annotated);
        let times = decode_times(&body, annotated);
        let name = if annotated {
            "with annotations"
        } else {
            "without annotations"
        };
        println!("{name} ({:.1} MB)", body.len() as f64 / 1e6);
        times.print("  milliseconds", 1.15);
        let case = |side: &str| format!("{side}-{}", if annotated { "annotated" } else { "bare" });
        let memory = Compared {
            ours: figures::peak_of_child(&case("ours")),
            plain: figures::peak_of_child(&case("plain")),
        };
        memory.print("  peak memory, MB", 1.15);
    }
}

fn decode_times(body: &str, annotated: bool) -> Compared {
    let [ours, plain] = readers(annotated);
    least(ROUNDS, || ours(body), || plain(body))
}

/// Our way of reading a page, and the plain one. Each gives the number of rows.
fn readers(annotated: bool) -> [fn(&str) -> usize; 2] {
    if annotated {
        [
            |body| black_box(typed::annotated(body)).len(),
            |body| black_box(plain::annotated(body)).len(),
        ]
    } else {
        [
            |body| black_box(typed::bare(body)).len(),
            |body| black_box(plain::bare(body)).len(),
        ]
    }
}

/// Reads rows in the way that the case names; gives their number. The server of a long query is in the same process.
fn one_decode(case: &str) -> Option<usize> {
    let (side, kind) = case.split_once('-')?;
    let is_ours = match side {
        "ours" => true,
        "plain" => false,
        _ => return None,
    };
    if let Ok(pages) = kind.parse() {
        let address = server::start(pages);
        let read = if is_ours { paging::ours } else { paging::plain };
        return Some(read(&address));
    }
    let annotated = match kind {
        "annotated" => true,
        "bare" => false,
        _ => return None,
    };
    let [ours, plain] = readers(annotated);
    let read = if is_ours { ours } else { plain };
    Some(read(&bodies::page(PAGE, annotated)))
}
