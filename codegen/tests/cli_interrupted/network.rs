//! Faults of the network.

use std::thread;

use dataverse_emulator::limits::{Cut, Fails, Faults, Rule};

use crate::support::live::Live;
use crate::{change, project, whole};

fn faults(rule: Rule) -> Faults {
    Faults {
        rules: vec![rule],
        ..Faults::default()
    }
}

fn on(path: &str) -> Rule {
    Rule {
        path: Some(path.to_owned()),
        ..Rule::default()
    }
}

#[test]
fn a_fault_of_the_network_leaves_all_as_it_was_and_what_came_is_kept() {
    let live = Live::example();
    let place = project(&live);
    place.run("regenerate").ok();
    let old = whole(&place);
    change(&live, true);
    let refused = Rule {
        fails: Some(Fails {
            status: 403,
            ..Fails::default()
        }),
        ..on("$metadata")
    };
    live.faults(faults(refused));
    place.run("regenerate").failed(1, &["dev: "]);
    assert!(whole(&place) == old);
    live.faults(Faults::default());
    live.asked();
    place.run("regenerate").ok();
    let asked = live.asked();
    assert!(asked.contains(&"$metadata".to_owned()), "{asked:?}");
    assert!(
        !asked.contains(&"EntityDefinitions".to_owned()),
        "what had come before was kept: {asked:?}"
    );
    assert!(whole(&place) != old);
}

#[test]
fn faults_that_pass_are_waited_out() {
    let live = Live::example();
    let place = project(&live);
    live.faults(faults(Rule {
        every: 3,
        fails: Some(Fails {
            status: 503,
            ..Fails::default()
        }),
        ..Rule::default()
    }));
    place.run("regenerate").ok();
}

/// Each document that a refresh asks for, with a connection that is cut there for good: before and after the work, and within
/// the answer.
fn cuts() -> Vec<Rule> {
    let paths = [
        "WhoAmI",
        "RetrieveMetadataChanges",
        "$metadata",
        "EntityDefinitions",
        "GlobalOptionSetDefinitions",
    ];
    let of = |path: &&str| {
        let cut = |cut| Rule {
            cut: Some(cut),
            ..on(path)
        };
        let truncate = |bytes| Rule {
            truncate: Some(bytes),
            ..on(path)
        };
        [cut(Cut::Before), cut(Cut::After), truncate(0), truncate(40)]
    };
    paths.iter().flat_map(of).collect()
}

#[test]
fn a_connection_that_is_cut_anywhere_leaves_all_as_it_was() {
    let rules = cuts();
    // Side by side: most of the time each waits between its attempts.
    thread::scope(|scope| {
        for rules in rules.chunks(4) {
            scope.spawn(move || {
                let live = Live::example();
                let place = project(&live);
                place.run("regenerate").ok();
                let old = whole(&place);
                change(&live, true);
                for rule in rules {
                    live.faults(faults(rule.clone()));
                    let ran = place.run("regenerate");
                    assert_eq!(ran.code, Some(1), "{rule:?}: {ran:?}");
                    assert!(ran.err.contains("error: dev: "), "{rule:?}: {ran:?}");
                    assert!(whole(&place) == old, "{rule:?}");
                }
                live.faults(Faults::default());
                place.run("regenerate").ok();
                assert!(whole(&place) != old);
            });
        }
    });
}

#[test]
fn an_answer_that_is_cut_once_is_asked_for_again_and_kept_whole() {
    let live = Live::example();
    let place = project(&live);
    live.faults(faults(Rule {
        every: 2,
        truncate: Some(700),
        ..Rule::default()
    }));
    place.run("regenerate").ok();
    let cut = whole(&place);
    live.faults(Faults::default());
    place.run("regenerate --afresh").ok();
    assert!(whole(&place) == cut, "what came in pieces is what comes whole");
}
