//! Runs that are killed.

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::cli::Place;
use crate::support::live::Live;
use crate::{assert_old_or_new, change, left_over, project, whole};

/// Runs that are killed, each a little later than the one before.
const ROUNDS: u32 = 8;

fn start(place: &Place) -> Child {
    Command::new(env!("CARGO_BIN_EXE_dataverse-codegen"))
        .args(["regenerate", "--quiet"])
        .current_dir(place.path("."))
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_run_leaves_the_old_or_the_new() {
    let live = Live::example();
    let place = project(&live);
    change(&live, false);
    place.run("regenerate").ok();
    let old = whole(&place);
    change(&live, true);
    // How long a run takes from its start to its end.
    let begun = Instant::now();
    place.run("regenerate").ok();
    let takes = begun.elapsed();
    let new = whole(&place);
    assert!(old[0] != new[0] && old[1] != new[1]);
    for round in 0..ROUNDS {
        // Back and forth, so that each run has something to write.
        change(&live, round % 2 == 1);
        let after = if round % 2 == 0 { &old } else { &new };
        let mut child = start(&place);
        // Spread over the whole run: while it fetches, while it puts together, while it writes.
        sleep(takes / ROUNDS * (round + 1));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_old_or_new(&place, &old, &new, &format!("round {round}"));
        place.run("regenerate --quiet").ok();
        assert!(whole(&place) == *after, "round {round}: the next run goes on");
    }
    assert_eq!(left_over(&place), 0);
}

#[test]
fn a_run_that_is_killed_while_it_writes_leaves_the_old_or_the_new() {
    let live = Live::example();
    let place = project(&live);
    change(&live, false);
    place.run("regenerate").ok();
    let old = whole(&place);
    change(&live, true);
    place.run("regenerate").ok();
    let new = whole(&place);
    let mut while_writing = 0;
    for round in 0..ROUNDS * 8 {
        // More where all came too late, as on a machine that has much else to do.
        if round >= ROUNDS && while_writing > 0 {
            break;
        }
        change(&live, round % 2 == 1);
        let mut child = start(&place);
        // The first sign that something is written, and then a little later each time.
        while left_over(&place) == 0 && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        sleep(Duration::from_micros(300) * (round % ROUNDS));
        child.kill().unwrap();
        child.wait().unwrap();
        while_writing += u32::from(left_over(&place) > 0);
        assert_old_or_new(&place, &old, &new, &format!("round {round}"));
        place.run("regenerate --quiet").ok();
        let after = if round % 2 == 0 { &old } else { &new };
        assert!(whole(&place) == *after, "round {round}: the next run goes on");
    }
    assert!(while_writing > 0, "no run was caught while it wrote");
    assert_eq!(left_over(&place), 0);
}
