//! Change tracking.

use super::fixture::{ROOT, World, fleet, id, names};
use crate::Fault;
use serde_json::{Value, json};

const TRACK: [(&str, &str); 1] = [("prefer", "odata.track-changes")];

fn delta(answer: &Value) -> String {
    let link = answer["@odata.deltaLink"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer}"));
    link.strip_prefix(ROOT).unwrap().to_owned()
}

fn delete(world: &World, number: u128) {
    world
        .store
        .write(|transaction| -> Result<(), Fault> {
            let version = crate::store::next_version(transaction)?;
            transaction.execute(
                "DELETE FROM rsk_vessel WHERE rsk_vesselid = ?1",
                [id(number).to_string()],
            )?;
            transaction.execute(
                "INSERT INTO \"$deleted\" VALUES (?1, 'rsk_vessel', ?2, '')",
                (version, id(number).to_string()),
            )?;
            Ok(())
        })
        .unwrap();
}

#[test]
fn changes_follow_a_token() {
    let world = fleet();
    let answer = world.get_with("rsk_vessels?$select=rsk_name", &TRACK).unwrap();
    assert_eq!(answer.headers["preference-applied"], "odata.track-changes");
    let all: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(names(&all), ["Aster", "birk", "Élan"]);
    let first = delta(&all);
    assert!(first.starts_with("rsk_vessels?$select=rsk_name&$deltatoken="));
    assert_eq!(world.json(&first)["value"], json!([]));
    world.add("rsk_vessel", 9, json!({"rsk_name": "Nord"}));
    delete(&world, 1);
    let changed = world.json(&first);
    assert_eq!(
        changed["@odata.context"],
        format!("{ROOT}$metadata#rsk_vessels(rsk_name)/$delta")
    );
    assert_eq!(changed["value"][0]["rsk_name"], "Nord");
    assert_eq!(
        changed["value"][1],
        json!({"@odata.context": format!("{ROOT}$metadata#rsk_vessels/$deletedEntity"), "id": id(1).to_string(), "reason": "deleted"})
    );
    let count = first
        .replace("rsk_vessels?", "rsk_vessels/$count?")
        .replace("$select=rsk_name&", "");
    assert_eq!(world.get(&count).unwrap().body, "\u{feff}2");
    assert_eq!(world.json(&delta(&changed))["value"], json!([]));
}

#[test]
fn pages_lead_to_the_token() {
    let world = fleet();
    let mut url = "rsk_vessels?$select=rsk_name".to_owned();
    let mut found = Vec::new();
    let paged = [("prefer", "odata.track-changes,odata.maxpagesize=2")];
    let last = loop {
        let page = world.json_with(&url, &paged);
        found.extend(names(&page));
        match page["@odata.nextLink"].as_str() {
            Some(next) => url = next.strip_prefix(ROOT).unwrap().to_owned(),
            None => break page,
        }
    };
    assert_eq!(found, ["Aster", "birk", "Élan"]);
    assert_eq!(world.json(&delta(&last))["value"], json!([]));
}

#[test]
fn tokens_expire_and_options_are_refused() {
    let mut world = fleet();
    let link = delta(&world.json_with("rsk_vessels", &TRACK));
    let refused = |world: &World, url: &str| world.get_with(url, &TRACK).unwrap_err();
    assert!(
        refused(&world, "rsk_vessels?$filter=rsk_crew%20eq%201")
            .message
            .starts_with("The \"$filter\" query parameter")
    );
    assert_eq!(refused(&world, "rsk_vessels?$deltatoken=x").code, 0x8004_4352);
    assert_eq!(
        refused(&world, "rsk_vessels?$deltatoken=99999999!03/06/2024%2008:00:00").code,
        0x8004_4352
    );
    let untracked = super::fixture::model().entities().into_iter().find(|entity| {
        entity.table().facts.change_tracking != Some(true) && entity.table().entity_set.is_some()
    });
    let set = untracked.unwrap().table().entity_set.clone().unwrap();
    assert_eq!(refused(&world, &set).code, 0x8007_2491);
    world.now = "2024-03-13T08:30:15Z".parse().unwrap();
    assert_eq!(refused(&world, &link).code, 0x8004_4352);
}
