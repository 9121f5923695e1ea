//! How fast answers become rows: derived rows beside plain `serde_json` into a hand-written struct, in one run.
//!
//! `cargo xtask bench read` runs it. The plain side reads money as floats and knows no lookup targets, as programs without a
//! typed client do; ours keeps every digit.

#![allow(clippy::expect_used, reason = "a bench that can't go on stops")]

mod bodies;
mod figures;
mod plain;
mod typed;

use figures::{Compared, least, peak_kilobytes};
use std::hint::black_box;

/// How many rows a page has: the most that the service gives.
const PAGE: usize = 5_000;
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
        _ => compare(),
    }
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
    let ours = || {
        if annotated {
            black_box(typed::annotated(body).len())
        } else {
            black_box(typed::bare(body).len())
        }
    };
    let plain = || {
        if annotated {
            black_box(plain::annotated(body).len())
        } else {
            black_box(plain::bare(body).len())
        }
    };
    least(ROUNDS, ours, plain)
}

/// Decodes one page in the way that the case names; gives the number of rows.
fn one_decode(case: &str) -> Option<usize> {
    let (side, kind) = case.split_once('-')?;
    let body = bodies::page(PAGE, kind == "annotated");
    match (side, kind) {
        ("ours", "annotated") => Some(black_box(typed::annotated(&body)).len()),
        ("ours", "bare") => Some(black_box(typed::bare(&body)).len()),
        ("plain", "annotated") => Some(black_box(plain::annotated(&body)).len()),
        ("plain", "bare") => Some(black_box(plain::bare(&body)).len()),
        _ => None,
    }
}
