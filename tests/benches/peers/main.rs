//! 100,000 rows through this client and through those that others wrote, from one server, in turns.
//!
//! `cargo xtask bench peers` runs it, and says where the other clients' programs are: `NAME=PROGRAM ARGUMENT..` each. Every
//! client runs in a process of its own, reads one page to warm up, then all rows, and says how long the latter took.

#![allow(clippy::expect_used, reason = "a bench that can't go on stops")]

#[path = "../read/bodies.rs"]
mod bodies;
mod ours;
mod program;
mod server;
#[allow(dead_code, reason = "the other bench reads annotations too")]
#[path = "../read/typed.rs"]
mod typed;

use program::Program;

/// How many rows a page has: the most that the service gives.
const PAGE: usize = 5_000;
/// 100,000 rows.
const PAGES: usize = 20;
/// How often each client reads all rows. The best counts.
const ROUNDS: usize = 3;
/// How much faster than each of the others this client has to be.
const BAR: f64 = 3.0;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    match arguments.first().map(String::as_str) {
        Some("--ours") => println!("{}", ours::measured()),
        _ => compare(&arguments),
    }
}

fn compare(peers: &[String]) {
    let server = server::start(PAGES);
    let this = std::env::current_exe().expect("the path of this program");
    let mut programs = vec![Program::new("this client", this, ["--ours".to_owned()])];
    programs.extend(peers.iter().map(|peer| Program::parse(peer)));

    let mut best = vec![f64::INFINITY; programs.len()];
    for _ in 0..ROUNDS {
        for (program, best) in programs.iter().zip(&mut best) {
            *best = best.min(program.seconds(&server, PAGE * PAGES));
        }
    }
    println!(
        "{} rows of 22 columns in {PAGES} pages over loopback, HTTPS; best of {ROUNDS}, in turns",
        PAGE * PAGES
    );
    println!(
        "{:<36} {:>8}  {:>10}  {:>7}  {:>4}",
        "", "seconds", "rows/s", "ratio", "bar"
    );
    for (program, seconds) in programs.iter().zip(&best) {
        let rate = (PAGE * PAGES) as f64 / seconds;
        print!("{:<36} {seconds:>8.2}  {rate:>10.0}", program.name);
        if program.name == programs[0].name {
            println!();
        } else {
            println!("  {:>7.2}  {BAR:>4}", seconds / best[0]);
        }
    }
}
