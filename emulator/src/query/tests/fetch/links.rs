//! Links: by example, and against loops over the same rows.

use super::super::fixture::{fleet, names, shared};
use super::super::same::{PORTS, vessel, world};
use super::{found, id, named, rows, url, vessels};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The names of the vessels that a document finds.
#[track_caller]
fn linked(inner: &str) -> Vec<String> {
    names(&found(&vessels(&format!("<attribute name='rsk_name'/>{inner}"))))
}

#[test]
fn partners_are_joined() {
    let port = |kind: &str, inner: &str| {
        format!(
            "<link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p' link-type='{kind}'>{inner}</link-entity>"
        )
    };
    let filter = "<filter><condition attribute='rsk_name' operator='eq' value='bergen'/></filter>";
    assert_eq!(linked(&port("inner", "")), ["Aster", "birk"]);
    assert_eq!(linked(&port("natural", filter)), ["Aster"]);
    assert_eq!(linked(&port("outer", filter)), ["Aster", "birk", "Élan"]);
    // A condition of the entity is looked at after the rows are joined.
    let after = "<filter><condition entityname='p' attribute='rsk_portid' operator='null'/></filter>";
    assert_eq!(linked(&format!("{}{after}", port("outer", ""))), ["Élan"]);
    assert_eq!(
        linked(&format!("{}{after}", port("outer", filter))),
        ["birk", "Élan"]
    );
    let named = "<filter><condition entityname='rsk_port' attribute='rsk_name' operator='begins-with' value='al'/></filter>\
        <link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid'><attribute name='rsk_name'/></link-entity>";
    let answer = rows(found(&vessels(named)));
    assert_eq!(
        answer,
        [json!({"rsk_vesselid": id(2), "rsk_port1.rsk_name": "ålesund"})]
    );
}

#[test]
fn a_row_comes_with_each_of_its_partners() {
    let inspections = "<link-entity name='rsk_inspection' from='rsk_vesselid' to='rsk_vesselid' alias='i' link-type='outer'><attribute name='rsk_score' alias='score'/>\
        <filter><condition attribute='rsk_score' operator='gt' value='10'/></filter></link-entity>";
    let answer = rows(found(&vessels(&format!(
        "<attribute name='rsk_name'/>{inspections}"
    ))));
    let shown: Vec<(&str, Option<f64>)> = answer
        .iter()
        .map(|row| {
            (
                row["rsk_name"].as_str().unwrap(),
                row.get("score").and_then(Value::as_f64),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("Aster", Some(40.0)),
            ("Aster", Some(80.0)),
            ("birk", Some(90.0)),
            ("Élan", None)
        ]
    );
}

#[test]
fn many_to_many_relationships_are_tables_between() {
    let between = |kind: &str, inner: &str| {
        format!(
            "<link-entity name='rsk_vessel_rsk_category' from='rsk_vesselid' to='rsk_vesselid' intersect='true' link-type='{kind}'>\
             <link-entity name='rsk_category' from='rsk_categoryid' to='rsk_categoryid' alias='c' link-type='{kind}'><attribute name='rsk_name'/>{inner}</link-entity></link-entity>"
        )
    };
    let answer = rows(found(&vessels(&between("inner", ""))));
    let categories: Vec<&str> = answer
        .iter()
        .map(|row| row["c.rsk_name"].as_str().unwrap())
        .collect();
    assert_eq!(categories, ["Tanker", "Tug"]);
    assert_eq!(rows(found(&vessels(&between("outer", "")))).len(), 4);
    let teams = "<fetch><entity name='team'><attribute name='name'/>\
        <link-entity name='teammembership' from='teamid' to='teamid'><filter><condition attribute='systemuserid' operator='eq-userid'/></filter></link-entity></entity></fetch>";
    assert_eq!(
        rows(shared().json(&url("teams", teams))),
        [json!({"name": "Crew", "teamid": id(0x41)})]
    );
    let id = "<link-entity name='rsk_vessel_rsk_category' from='rsk_vesselid' to='rsk_vesselid'><attribute name='rsk_vessel_rsk_categoryid'/></link-entity>";
    assert_eq!(
        super::refused(&vessels(id)).status,
        http::StatusCode::NOT_IMPLEMENTED
    );
}

#[test]
fn links_can_be_conditions() {
    let inspections = |kind: &str, score: i64| {
        format!(
            "<link-entity name='rsk_inspection' from='rsk_vesselid' to='rsk_vesselid' link-type='{kind}'>\
             <filter><condition attribute='rsk_score' operator='gt' value='{score}'/></filter></link-entity>"
        )
    };
    for kind in ["exists", "in"] {
        assert_eq!(linked(&inspections(kind, 10)), ["Aster", "birk"]);
        assert_eq!(linked(&inspections(kind, 85)), ["birk"]);
    }
    for (kind, score, expected) in [
        ("any", 85, &["birk"][..]),
        ("not all", 85, &["birk"]),
        ("not any", 85, &["Aster", "Élan"]),
        // There are inspections, and none is like that.
        ("all", 85, &["Aster"]),
        ("all", 95, &["Aster", "birk"]),
        ("all", 10, &[]),
    ] {
        assert_eq!(named(&inspections(kind, score)), expected, "{kind} {score}");
    }
    let either = format!(
        "<filter type='or'>{}<condition attribute='rsk_name' operator='eq' value='elan'/></filter>",
        inspections("any", 85)
    );
    assert_eq!(named(&either), ["birk", "Élan"]);
    // Links within, and the rows around.
    let back = "<link-entity name='rsk_inspection' from='rsk_vesselid' to='rsk_vesselid' link-type='any' alias='i'>\
        <link-entity name='rsk_vessel' from='rsk_vesselid' to='rsk_vesselid' alias='v'><filter><condition attribute='rsk_crew' operator='eq' value='3'/>\
        <condition attribute='rsk_score' entityname='i' operator='eq' value='90'/></filter></link-entity></link-entity>";
    assert_eq!(named(back), ["birk"]);
}

#[test]
fn columns_of_different_rows_are_compared() {
    let world = fleet();
    world.add("rsk_port", 0x13, json!({"rsk_name": "Carl"}));
    world.add(
        "rsk_vessel",
        9,
        json!({"rsk_name": "carl", "rsk_homeportid": "rsk_port:19"}),
    );
    let xml = vessels(
        "<attribute name='rsk_name'/><filter><condition attribute='rsk_name' operator='eq' valueof='p.rsk_name'/></filter>\
         <link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p' link-type='outer'/>",
    );
    assert_eq!(names(&world.json(&url("rsk_vessels", &xml))), ["carl"]);
    assert_eq!(
        named("<condition attribute='rsk_name' operator='eq' valueof='rsk_code'/>"),
        ["birk"]
    );
    assert_eq!(
        named("<condition attribute='rsk_name' operator='gt' valueof='rsk_code'/>"),
        ["Aster"]
    );
}

#[test]
fn conditions_of_links_name_other_links() {
    let links = |first: &str, condition: &str| {
        vessels(&format!(
            "<attribute name='rsk_name'/>\
             <link-entity name='rsk_inspection' from='rsk_vesselid' to='rsk_vesselid' alias='i' link-type='{first}'><filter>{condition}</filter></link-entity>\
             <link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p'/>"
        ))
    };
    let behind = "<condition entityname='p' attribute='rsk_name' operator='eq' value='bergen'/>";
    assert_eq!(names(&found(&links("inner", behind))), ["Aster", "Aster"]);
    let fault = super::refused(&links("outer", behind));
    assert_eq!(fault.status, http::StatusCode::NOT_IMPLEMENTED, "{fault}");
    let before = "<condition entityname='rsk_vessel' attribute='rsk_crew' operator='eq' value='12'/>";
    assert_eq!(names(&found(&links("outer", before))), ["Aster", "Aster", "birk"]);
}

#[test]
fn too_many_links_are_refused() {
    let link = "<link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid'/>";
    assert_eq!(linked(&link.repeat(15)).len(), 2);
    assert_eq!(super::refused(&vessels(&link.repeat(16))).code, 0x8004_430d);
    let any = "<filter><link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' link-type='all'/></filter>";
    assert_eq!(super::refused(&vessels(&any.repeat(16))).code, 0x8004_430d);
    assert!(linked(&any.repeat(15)).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn joins_are_loops_over_the_rows(
        all in prop::collection::vec(vessel(), 1..30),
        (outer_port, outer_score) in any::<(bool, bool)>(),
        (name, score) in ("[ab]", 0_i64..4),
    ) {
        let kind = |outer: bool| if outer { "outer" } else { "inner" };
        let xml = vessels(&format!(
            "<attribute name='rsk_name'/>\
             <link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p' link-type='{}'><attribute name='rsk_name'/>\
             <filter><condition attribute='rsk_name' operator='ne' value='{name}'/></filter></link-entity>\
             <link-entity name='rsk_inspection' from='rsk_vesselid' to='rsk_vesselid' alias='i' link-type='{}'><attribute name='rsk_score'/>\
             <filter><condition attribute='rsk_score' operator='ge' value='{score}'/></filter></link-entity>",
            kind(outer_port), kind(outer_score),
        ));
        let mut expected = Vec::new();
        for (at, vessel) in all.iter().enumerate() {
            // Ports without a name are unequal to any.
            let port = vessel.port.filter(|port| PORTS[*port].is_none_or(|own| !own.eq_ignore_ascii_case(&name)));
            if port.is_none() && !outer_port {
                continue;
            }
            let mut scores: Vec<Option<i64>> = vessel.scores.iter().copied().filter(|own| *own >= score).map(Some).collect();
            if scores.is_empty() && outer_score {
                scores.push(None);
            }
            for own in scores {
                let mut row = json!({"rsk_name": at.to_string()});
                if let Some(name) = port.and_then(|port| PORTS[port]) { row["p.rsk_name"] = json!(name); }
                if let Some(own) = own { row["i.rsk_score"] = json!(own as f64); }
                expected.push(row.to_string());
            }
        }
        let world = world(&all);
        let mut found: Vec<String> = rows(world.json(&url("rsk_vessels", &xml))).into_iter().map(|mut row| {
            row.as_object_mut().unwrap().remove("rsk_vesselid");
            row.to_string()
        }).collect();
        expected.sort();
        found.sort();
        prop_assert_eq!(found, expected, "{}", xml);
    }
}
