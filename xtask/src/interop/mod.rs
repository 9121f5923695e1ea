//! `cargo xtask interop`: clients that nobody here wrote, unchanged, against the emulator.

pub(crate) mod client;
mod custom;
mod driver;
mod emulator;
mod outcome;

use std::env;

use clap::{Args, ValueEnum};

use crate::Failure;
use crate::process::{cargo, shown};
use client::Client;
use outcome::Tally;

/// Run other people's clients against the emulator, over loopback, and tell what each exercised.
///
/// They are installed by name and version into target/interop, from npm and PyPI, and used through their public interface.
/// Needs node 20 with npm, and python 3.10 with pip. What the emulator doesn't support must be refused by name (501); a
/// step that fails, or that succeeds though it is listed as not supported, fails the task.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Run this client alone.
    #[arg(long)]
    only: Option<Client>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let clients = match &arguments.only {
        Some(client) => std::slice::from_ref(client),
        None => Client::value_variants(),
    };
    // What is missing on this machine is told before anything takes time.
    for client in clients {
        client.check()?;
    }
    if cfg!(not(feature = "tls")) && clients.iter().any(|client| client.speaks_https()) {
        // The same again, with these arguments, by a task whose emulator speaks HTTPS.
        let mut command = cargo();
        command.args(["run", "--quiet", "--package", "xtask", "--features", "tls", "--"]);
        return shown(command.args(env::args_os().skip(1)));
    }
    let mut failed = Vec::new();
    for client in clients {
        let tally = exercise(*client)?;
        println!("  {tally}");
        if tally.failed > 0 {
            failed.push(format!("{} ({} steps)", client.package(), tally.failed));
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("steps failed: {}", failed.join(", ")).into())
}

fn exercise(client: Client) -> Result<Tally, Failure> {
    client.install()?;
    let emulator = emulator::start(client.speaks_https())?;
    println!(
        "\n{} {} at {}\n",
        client.package(),
        client.version(),
        emulator.url()
    );
    let mut command = client.command("main")?;
    emulator.tell(&mut command);
    driver::drive(&mut command)
}
