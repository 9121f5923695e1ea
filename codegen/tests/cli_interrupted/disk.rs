//! A disk that is full: files can't grow beyond a size, which the system enforces as it does a full disk, in the midst of a
//! write.

use std::process::{Command, Output};

use crate::support::cli::Place;
use crate::support::live::Live;
use crate::{assert_old_or_new, change, left_over, project, whole};

/// What becomes of a write that goes too far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It fails.
    Refused,
    /// The program is killed, with the file half written.
    Killed,
}

/// Runs the program with files of at most so many blocks of 512 bytes.
fn limited(place: &Place, blocks: u32, then: Then, arguments: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_dataverse-codegen");
    // An ignored signal stays ignored in the program that takes the shell's place.
    let trap = match then {
        Then::Refused => "trap '' XFSZ;",
        Then::Killed => "",
    };
    Command::new("sh")
        .args([
            "-c",
            &format!("{trap} ulimit -c 0; ulimit -f {blocks}; exec '{program}' {arguments}"),
        ])
        .current_dir(place.path("."))
        .output()
        .unwrap()
}

/// Limits from nothing to enough for all files that a run may write, in blocks: of each pair of neighbours some file is too
/// large for the first.
fn limits(place: &Place) -> Vec<u32> {
    let files = [".dataverse", "schema", "crm"].map(|folder| place.files(folder));
    let blocks = files
        .iter()
        .flat_map(|files| files.values())
        .map(|(text, _)| u32::try_from(text.len() / 512).unwrap());
    let mut sizes: Vec<u32> = blocks.collect();
    sizes.sort_unstable();
    sizes.dedup();
    let enough = sizes[sizes.len() - 1] + 1;
    let some = sizes.iter().step_by(sizes.len().div_ceil(6)).copied();
    some.chain([enough]).collect()
}

/// Goes through limits, from the old state each time.
fn cut_by_size(fetched: bool) {
    let live = Live::example();
    let place = project(&live);
    change(&live, false);
    place.run("regenerate").ok();
    let old = whole(&place);
    change(&live, true);
    place.run("regenerate").ok();
    let new = whole(&place);
    let (mut cut, mut done) = (0, 0);
    for blocks in limits(&place) {
        change(&live, false);
        place.run("regenerate --quiet").ok();
        assert!(whole(&place) == old, "{blocks} blocks: and back");
        change(&live, true);
        if fetched {
            // Then the documents are there, and what is left to write are the snapshot and the crate.
            assert_eq!(place.run("regenerate --check").code, Some(2));
        }
        for then in [Then::Refused, Then::Killed] {
            let ran = limited(&place, blocks, then, "regenerate --quiet");
            let when = format!("{blocks} blocks, {ran:?}");
            assert_old_or_new(&place, &old, &new, &when);
            match (ran.status.code(), then) {
                (Some(0), _) => {
                    assert!(whole(&place) == new, "{when}");
                    done += 1;
                }
                (Some(1), Then::Refused) => {
                    let said = String::from_utf8_lossy(&ran.stderr);
                    assert!(
                        said.contains("error: ") && said.contains("File too large"),
                        "{when}"
                    );
                    cut += 1;
                }
                (None, Then::Killed) => cut += 1,
                _ => panic!("{when}"),
            }
        }
        // With room again the next run goes on, and removes what was left.
        place.run("regenerate --quiet").ok();
        assert!(whole(&place) == new, "{blocks} blocks: the next run goes on");
        assert_eq!(left_over(&place), 0, "{blocks} blocks");
    }
    assert!(cut > 2 && done > 1, "{cut} runs were cut, {done} went through");
}

#[test]
fn a_disk_that_is_full_while_documents_come_leaves_the_old_or_the_new() {
    cut_by_size(false);
}

#[test]
fn a_disk_that_is_full_while_results_are_written_leaves_the_old_or_the_new() {
    cut_by_size(true);
}
