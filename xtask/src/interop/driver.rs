//! Running a driver: its lines are shown as they come, and one that hangs is ended.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::outcome::{Step, Tally};
use crate::Failure;

/// How long a single step may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs a driver to its end.
pub(super) fn drive(command: &mut Command) -> Result<Tally, Failure> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let tally = follow(&mut child);
    if tally.is_err() {
        // It may have ended by itself.
        let _ = child.kill();
    }
    let status = child.wait()?;
    let tally = tally?;
    if !status.success() {
        return Err(format!("the driver ended early ({status})").into());
    }
    if tally.steps() == 0 {
        return Err("the driver took no step".into());
    }
    Ok(tally)
}

fn follow(child: &mut Child) -> Result<Tally, Failure> {
    let output = child.stdout.take().ok_or("the driver has no output")?;
    let (send, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines() {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    let mut tally = Tally::default();
    loop {
        let line = match lines.recv_timeout(PATIENCE) {
            Ok(line) => line?,
            Err(RecvTimeoutError::Disconnected) => return Ok(tally),
            Err(RecvTimeoutError::Timeout) => {
                let seconds = PATIENCE.as_secs();
                return Err(format!("no step ended within {seconds} seconds").into());
            }
        };
        let step: Step =
            serde_json::from_str(&line).map_err(|error| format!("not a step ({error}): {line}"))?;
        println!("  {step}");
        tally.add(&step);
    }
}
