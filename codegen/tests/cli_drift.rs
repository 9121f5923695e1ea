//! `dataverse-codegen drift` and `inspect --html` as their users see them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use serde_json::{Value, json};
use support::cli::{Place, golden};

/// Places two snapshots, `old` and `new`, of the vessel's table with these columns.
fn place(old: Value, new: Value) -> Place {
    let place = Place::new();
    for (folder, columns) in [("old", old), ("new", new)] {
        snapshot(&place, folder, json!({"columns": columns}));
    }
    place
}

fn snapshot(place: &Place, folder: &str, facts: Value) {
    let mut table = json!({
        "name": "rsk_vessel", "schema_name": "rsk_Vessel", "entity_set": "rsk_vessels", "primary_id": "rsk_vesselid", "columns": []
    });
    let members = table.as_object_mut().expect("an object");
    members.extend(facts.as_object().expect("an object").clone());
    place.write(&format!("{folder}/snapshot.json"), r#"{"dataverse_snapshot":1}"#);
    place.write(&format!("{folder}/tables/rsk_vessel.json"), table.to_string());
}

fn text(name: &str, length: u32) -> Value {
    json!({"name": name, "schema_name": name, "kind": {"text": {"max_length": length}}, "label": {"1033": "Name"}})
}

/// Shorter text breaks writers, a column more is additive.
fn shorter_and_more() -> Place {
    let number = json!({"name": "rsk_number", "schema_name": "rsk_Number", "kind": {"whole_number": {}}});
    place(
        json!([text("rsk_name", 160)]),
        json!([text("rsk_name", 100), number]),
    )
}

#[test]
fn text_tells_what_where_and_why_without_colours() {
    let ran = shorter_and_more().run("drift old new").ok();
    for part in [
        "old \u{2192} new",
        "2 changes: 1 breaks writers, 1 additive",
        "rsk_vessel\n",
        "text may be shorter: 160 \u{2192} 100",
        "Why",
        "Texts that fitted before are refused.",
    ] {
        assert!(ran.out.contains(part), "{part:?} in\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "no colours without a terminal");
    let breaking = ran.out.find("breaks writers  ").expect("breaking");
    assert!(
        breaking < ran.out.find("additive   ").expect("additive"),
        "the gravest first"
    );
}

#[test]
fn exit_codes_say_what_was_denied() {
    let both = shorter_and_more();
    let added = place(json!([text("rsk_name", 100)]), json!([text("rsk_name", 160)]));
    let mut relabelled = text("rsk_name", 100);
    relabelled["label"] = json!({"1033": "Title"});
    let labels = place(json!([text("rsk_name", 100)]), json!([relabelled]));
    let same = place(json!([text("rsk_name", 100)]), json!([text("rsk_name", 100)]));
    let code = |place: &Place, deny: &str| place.run(&format!("drift old new {deny}")).code;
    for (deny, expected) in [
        ("", [0, 0, 0, 0]),
        ("--deny breaking", [2, 0, 0, 0]),
        ("--deny additive", [2, 2, 0, 0]),
        ("--deny any", [2, 2, 2, 0]),
    ] {
        let found = [&both, &added, &labels, &same].map(|place| code(place, deny));
        assert_eq!(found, expected.map(Some), "{deny}");
    }
    assert!(same.run("drift old new").ok().out.contains("no changes"));
    assert!(
        both.run("drift old new --deny any")
            .err
            .contains("2 changes denied")
    );
}

#[test]
fn failures_and_wrong_arguments_are_one_never_two() {
    let place = shorter_and_more();
    place
        .run("drift old nowhere")
        .failed(1, &["nowhere is not a snapshot", "help:"]);
    // The other side would be the base environment's snapshot.
    place.run("drift old").failed(1, &["can't read dataverse.toml"]);
    place
        .run("drift old new --deny everything")
        .failed(1, &["breaking, additive, any"]);
    place.run("drift old new --tables a[").failed(1, &["a["]);
    place
        .run("drift old new --tables nothing")
        .failed(1, &["--tables", "logical names"]);
    place
        .run("drift old new --out old")
        .failed(1, &["can't write old"]);
    // Elsewhere wrong arguments are two, as clap has it.
    assert_eq!(place.run("inspect").code, Some(2));
    let help = place.run("drift --help").ok().out;
    assert!(
        help.contains("Exit codes: 0") && help.contains("What breaks, and what adds"),
        "{help}"
    );
}

#[test]
fn tables_can_be_chosen() {
    let place = shorter_and_more();
    place.write(
        "new/tables/rsk_port.json",
        r#"{"name":"rsk_port","primary_id":"rsk_portid","columns":[]}"#,
    );
    let all = place.run("drift old new --format json").ok().out;
    let chosen = place.run("drift old new --format json --tables rsk_v*").ok().out;
    let count = |text: &str| {
        serde_json::from_str::<Value>(text).expect("JSON")["changes"]
            .as_array()
            .expect("a list")
            .len()
    };
    assert_eq!((count(&all), count(&chosen)), (3, 2));
}

#[test]
fn json_has_the_documented_form() {
    let ran = shorter_and_more().run("drift old new --format json").ok();
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let expected = json!({
        "dataverse_drift": 1, "old": "old", "new": "new",
        "counts": {"breaks_both": 0, "breaks_readers": 0, "breaks_writers": 1, "additive": 1, "labels": 0},
        "rules": {
            "column-added": {
                "kind": "column", "severity": "additive", "breaking": false, "title": "column added",
                "reason": "Programs that were built before neither ask for it nor have to set it."
            },
            "length-shorter": {
                "kind": "length", "severity": "breaks_writers", "breaking": true, "title": "text may be shorter",
                "reason": "Texts that fitted before are refused."
            }
        },
        "changes": [
            {
                "rule": "length-shorter", "severity": "breaks_writers", "owner": {"kind": "table", "name": "rsk_vessel"},
                "part": {"kind": "column", "name": "rsk_name"}, "old": "160", "new": "100"
            },
            {
                "rule": "column-added", "severity": "additive", "owner": {"kind": "table", "name": "rsk_vessel"},
                "part": {"kind": "column", "name": "rsk_number"}, "new": "whole number"
            }
        ],
        "not_known": []
    });
    assert_eq!(report, expected);
}

#[test]
fn markdown_is_bounded_and_counts_what_it_leaves_out() {
    let many: Vec<Value> = (0..3000)
        .map(|number| text(&format!("rsk_{number:04}"), 10))
        .collect();
    let all = place(json!([]), Value::Array(many.clone()));
    let ran = all.run("drift old new --format markdown --deny any");
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.len() < 60_000, "{}", ran.out.len());
    let shown = ran.out.matches("column added |").count();
    let note = format!("{} additive", 3000 - shown);
    assert!(
        shown > 100 && ran.out.contains(&note),
        "{shown} {}",
        &ran.out[ran.out.len() - 300..]
    );
    assert_eq!(
        ran.out.matches("<details>").count(),
        ran.out.matches("</details>").count()
    );
    let removed = place(Value::Array(many), json!([]))
        .run("drift old new --format markdown")
        .ok()
        .out;
    assert!(removed.starts_with("## Schema drift: 3000 changes: 3000 break readers and writers"));
}

/// Texts that would leave where they stand, if anything let them.
const HOSTILE: &str = "</script><script>alert(1)</script>\u{202e}evil\u{2066} `|` @team \"'><img src=x onerror=alert(2)> \u{1b}[31m\n| new row |";

fn hostile() -> Place {
    let mut column = text("rsk_name", 10);
    column["label"] = json!({"1033": HOSTILE});
    let mut new = column.clone();
    new["label"] = json!({"1033": format!("{HOSTILE}2"), "1031": HOSTILE});
    let place = place(json!([column]), json!([new]));
    let options = json!([{"value": 1, "label": {"1033": HOSTILE}}]);
    let choice = json!({"name": HOSTILE, "label": {"1033": HOSTILE}, "kind": {"choice": {"choice": {"local": {"name": HOSTILE, "options": options}}}}});
    snapshot(
        &place,
        "new",
        json!({"label": {"1033": HOSTILE}, "description": {"1033": HOSTILE}, "columns": [new, choice]}),
    );
    place
}

/// A line of Markdown without its code spans, which end at as many backticks as they begin with.
fn without_code(line: &str) -> String {
    let mut outside = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        outside.push_str(&rest[..start]);
        let fence = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        rest = &rest[start + fence..];
        let mut from = 0;
        loop {
            let at = from + rest[from..].find('`').expect("a code span that ends");
            let run = rest[at..].len() - rest[at..].trim_start_matches('`').len();
            from = at + run;
            if run == fence {
                assert!(
                    !rest[..at].replace("\\|", "").contains('|'),
                    "a cell ends in a code span: {line}"
                );
                rest = &rest[from..];
                break;
            }
        }
    }
    outside + rest
}

#[test]
fn texts_of_the_environment_stay_texts() {
    let place = hostile();
    let plain = place.run("drift old new").ok().out;
    assert!(!plain.contains(['\u{1b}', '\u{202e}', '\u{2066}']), "{plain}");
    let markdown = place.run("drift old new --format markdown").ok().out;
    assert!(!markdown.contains(['\u{1b}', '\u{202e}', '\u{2066}']));
    for line in markdown.lines().filter(|line| line.starts_with('|')) {
        let outside = without_code(line);
        assert_eq!(outside.matches('|').count(), 5, "a row has four cells: {line}");
        assert!(!outside.contains(['<', '@']), "markup outside of code: {line}");
    }
    place.run("drift old new --format html --out drift.html").ok();
    place.run("inspect --snapshot new --html schema.html").ok();
    for page in ["drift.html", "schema.html"] {
        let page = place.read(page);
        let scripts = page.matches("<script").count();
        assert_eq!(
            scripts,
            page.matches("</script>").count(),
            "no text ends a script"
        );
        assert!(!page.contains("alert(1)</script>") && !page.contains("<img"));
        let json = page.split("application/json").nth(1).expect("data");
        let json = json
            .split_once('>')
            .expect("data")
            .1
            .split("</script>")
            .next()
            .expect("data");
        let data: Value = serde_json::from_str(json).expect("JSON in the page");
        assert!(
            data.to_string().contains("onerror=alert(2)"),
            "the text is there, as text"
        );
    }
}

#[test]
fn pages_need_nothing_beside_them() {
    let place = shorter_and_more();
    place.run("drift old new --format html --out out/drift.html").ok();
    let ran = place.run("inspect --snapshot new --html out/schema.html").ok();
    assert!(ran.err.contains("1 table"), "{}", ran.err);
    for page in ["out/drift.html", "out/schema.html"] {
        let page = place.read(page);
        assert!(page.contains("default-src 'none'"));
        for way_out in [
            "http://",
            "https://",
            "src=",
            "@import",
            "url(",
            "innerHTML",
            "fetch(",
        ] {
            // The name of a namespace, and an arrow within the page.
            let allowed = match way_out {
                "http://" => page.matches("http://www.w3.org/2000/svg").count(),
                "url(" => page.matches("url(#arrow)").count(),
                _ => 0,
            };
            assert_eq!(page.matches(way_out).count(), allowed, "{way_out}");
        }
    }
    let files: Vec<String> = place.files("out").into_keys().collect();
    assert_eq!(
        files,
        ["drift.html", "schema.html"],
        "nothing else is left in the folder"
    );
}

#[test]
fn a_generator_or_an_order_is_no_drift() {
    let place = Place::new();
    let documents = |folder: &str| {
        format!(
            "snapshot --metadata {} --definitions {} --out {folder}",
            golden("lookups/metadata.xml"),
            golden("lookups/definitions")
        )
    };
    place.run(&documents("old")).ok();
    place.run(&documents("new")).ok();
    // As if an older program had written it: other blanks, other order of keys.
    let path = "new/tables/rsk_vessel.json";
    let table: Value = serde_json::from_str(&place.read(path)).expect("JSON");
    place.write(path, table.to_string());
    let ran = place.run("drift old new --deny any").ok();
    assert!(ran.out.contains("no changes"), "{}", ran.out);
}

#[test]
fn csdl_alone_beside_definitions_is_not_known() {
    let place = Place::new();
    let metadata = golden("lookups/metadata.xml");
    place
        .run(&format!("snapshot --metadata {metadata} --out old"))
        .ok();
    place
        .run(&format!(
            "snapshot --metadata {metadata} --definitions {} --out new",
            golden("lookups/definitions")
        ))
        .ok();
    let ran = place.run("drift old new").ok();
    assert!(
        ran.out.contains("because the old schema doesn't know it"),
        "{}",
        ran.out
    );
    let back = place.run("drift new old").ok();
    assert!(
        back.out.contains("because the new schema doesn't know it"),
        "{}",
        back.out
    );
}

#[test]
fn a_selected_table_that_is_gone_is_a_change_and_one_that_never_was_an_error() {
    let both = shorter_and_more();
    both.write(
        "old/tables/rsk_port.json",
        json!({"name": "rsk_port", "entity_set": "rsk_ports", "primary_id": "rsk_portid", "columns": []})
            .to_string(),
    );
    let ran = both.run("drift old new --tables rsk_port --deny breaking");
    assert_eq!(ran.code, Some(2), "{ran:#?}");
    assert!(ran.out.contains("table removed"), "{}", ran.out);
    both.run("drift old new --tables rsk_prt")
        .failed(1, &["there is no table `rsk_prt` (did you mean `rsk_port`?)"]);
    let ran = both.run("drift old new --tables rsk_vessel,rsk_prt").ok();
    assert!(
        ran.err.contains("warning: there is no table `rsk_prt`"),
        "{}",
        ran.err
    );
}

#[test]
#[cfg(feature = "fetch")]
fn an_environment_that_is_none_is_told_with_those_that_there_are() {
    let place = shorter_and_more();
    place.write(
        "dataverse.toml",
        "base = \"dev\"\n[environments.dev]\nurl = \"https://x\"\n[environments.prod]\nurl = \"https://y\"\n",
    );
    place.run("drift prd old").failed(
        1,
        &[
            "prd is not a snapshot, nor an environment",
            "help: dataverse.toml has dev, prod",
        ],
    );
    // Of the base there is no snapshot yet.
    place.run("drift prod").failed(
        1,
        &["there is no snapshot at ./schema/dev", "`regenerate` writes"],
    );
}
