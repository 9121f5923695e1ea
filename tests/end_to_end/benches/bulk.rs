//! Bulks: how fast rows are created, one by one, in batches and by messages; and how much of what the service's limits allow is
//! used, with every row there once.
//!
//! The limits are the real ones in a shorter window, so that it takes minutes: requests, execution time and requests at once are
//! those of Microsoft Learn, "Service protection API limits", the first two in proportion. `--window SECONDS` sets it, 60 unless
//! said otherwise; the service's is 300.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench ends by panicking, and prints what it found"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crm::prelude::*;
use crm::rsk_port::RskPort;
use dataverse_codegen::snapshot;
use dataverse_emulator::limits::Limits;
use dataverse_emulator::{Emulator, Environment, Running};

#[derive(Clone, Create)]
#[create(table = RskPort)]
struct NewPort {
    rsk_name: String,
    rsk_unlocode: String,
}

#[derive(Row)]
#[row(table = RskPort)]
struct Port {
    rsk_unlocode: Option<String>,
}

fn new_ports(count: usize) -> impl Iterator<Item = NewPort> + Send + Clone {
    (0..count).map(|number| NewPort {
        rsk_name: format!("Port {number}"),
        rsk_unlocode: format!("{number:05}"),
    })
}

async fn start(limits: Limits) -> (Running, Client) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated-example/snapshot");
    let environment = Environment::new(snapshot::read(&folder).unwrap().schema).unwrap();
    let emulator = Emulator::builder(Arc::new(environment)).limits(limits);
    let emulator = emulator.start().await.unwrap();
    let client = Client::anonymous(emulator.url()).unwrap();
    (emulator, client)
}

/// Every port is there once.
async fn assert_complete(emulator: &Running, client: &Client, count: usize) {
    emulator.set_limits(Limits::none());
    let rows = client.query::<Port>().all().await.unwrap();
    let codes: BTreeSet<String> = rows.iter().filter_map(|port| port.rsk_unlocode.clone()).collect();
    assert_eq!(
        (rows.len(), codes.len()),
        (count, count),
        "rows are lost or doubled"
    );
}

/// Rows per second of a way to create so many rows.
async fn rate<F: Future<Output = ()>>(count: usize, create: impl FnOnce(Client) -> F) -> f64 {
    let (emulator, client) = start(Limits::none()).await;
    let begun = Instant::now();
    create(client.clone()).await;
    let took = begun.elapsed();
    assert_complete(&emulator, &client, count).await;
    count as f64 / took.as_secs_f64()
}

async fn compare() {
    const FEW: usize = 1_000;
    const MANY: usize = 20_000;
    let single = rate(FEW, |client| async move {
        for port in new_ports(FEW) {
            client.create_row(port).await.unwrap();
        }
    });
    let batches = rate(FEW * 5, |client| async move {
        let ports: Vec<NewPort> = new_ports(FEW * 5).collect();
        for ports in ports.chunks(100) {
            let mut batch = client.batch();
            let mut set = batch.change_set();
            for port in ports {
                set.create_row(port.clone());
            }
            batch.send().await.unwrap().all_done().unwrap();
        }
    });
    let bulk = rate(MANY, |client| async move {
        client.bulk_create(new_ports(MANY)).await.complete().unwrap();
    });
    let (single, batches, bulk) = (single.await, batches.await, bulk.await);
    println!("rows created per second, over loopback, without limits");
    for (way, rate) in [
        ("one after the other", single),
        ("in change sets of 100", batches),
        ("by a bulk", bulk),
    ] {
        println!("  {way:<24} {rate:>8.0}   {:>5.1}x", rate / single);
    }
}

/// What a user may do in a window, in proportion to the service's five minutes.
fn limits(window: u32) -> Limits {
    let real = Limits::default();
    let seconds = u64::from(window);
    Limits {
        requests: real.requests * window / 300,
        execution: real.execution * window / 300,
        window: Duration::from_secs(seconds),
        ..real
    }
}

/// How many windows' requests are sent.
const WINDOWS: u32 = 3;

/// Rows of a request: few, so that requests are what runs out.
const ROWS: usize = 5;

async fn under_limits(window: u32) {
    let limits = limits(window);
    let (emulator, client) = start(limits).await;
    let requests = limits.requests * WINDOWS;
    let count = requests as usize * ROWS;
    println!();
    println!(
        "under limits: {} requests and {:?} of execution in {window} s, {} requests at once; {requests} requests of {ROWS} rows",
        limits.requests, limits.execution, limits.concurrent
    );
    let begun = Instant::now();
    let report = client.bulk_create(new_ports(count)).rows_per_request(ROWS).await;
    let took = begun.elapsed();
    report.complete().unwrap();
    let refused = emulator
        .requests()
        .iter()
        .filter(|request| request.status == 429)
        .count();
    // The first window's requests go at once, and each later window's when the one before is over.
    let least = Duration::from_secs(u64::from(window * (WINDOWS - 1)));
    println!(
        "  took {:.1} s; the limits alone ask for {} s: {:.1} % of what they allow (bar 95 %); {refused} refusals",
        took.as_secs_f64(),
        least.as_secs(),
        100.0 * least.as_secs_f64() / took.as_secs_f64()
    );
    assert_complete(&emulator, &client, count).await;
    println!("  {count} rows are there, each once");
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let window = arguments.iter().position(|argument| argument == "--window");
    let window = window.and_then(|at| arguments.get(at + 1)?.parse().ok());
    compare().await;
    under_limits(window.unwrap_or(60)).await;
}
