//! `cargo xtask bench peers`: installs the clients that others wrote, as `cargo xtask interop` does, and runs the bench of the
//! same name, which has the server and this client.

use std::process::Command;

use clap::ValueEnum;

use super::bench_of;
use crate::Failure;
use crate::interop::client::Client;
use crate::process::shown;

pub(super) fn run() -> Result<(), Failure> {
    let mut bench = bench_of("dataverse-tests", "peers");
    bench.arg("--");
    let mut peers = 0;
    for client in Client::value_variants() {
        // One that can't run here is named, and the others are measured.
        match client.check() {
            Ok(()) => add(*client, &mut bench)?,
            Err(missing) => {
                println!("not measured: {missing}");
                continue;
            }
        }
        peers += 1;
    }
    if peers == 0 {
        return Err(
            "there is nothing to compare with: install node 20 with npm, or python 3.10 with pip".into(),
        );
    }
    shown(&mut bench)
}

/// Installs the client, and tells the bench what starts it: `NAME=PROGRAM`, with arguments behind tabs.
fn add(client: Client, bench: &mut Command) -> Result<(), Failure> {
    client.install()?;
    let command = client.command("pages")?;
    // The bench hands its own environment on to the clients, each of which heeds its own variables.
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            bench.env(name, value);
        }
    }
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words.map(|word| word.display().to_string()).collect();
    bench.arg(format!(
        "{} {}={}",
        client.package(),
        client.version(),
        words.join("\t")
    ));
    Ok(())
}
