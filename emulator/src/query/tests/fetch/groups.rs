//! Groups, and what is computed of them.

use super::super::fixture::{World, fleet, hull, shared};
use super::{id, json_with, rows, url};
use proptest::prelude::*;
use serde_json::{Value, json};

fn grouped(world: &World, attributes: &str, inner: &str) -> Vec<Value> {
    let xml =
        format!("<fetch aggregate='true' {attributes}><entity name='rsk_vessel'>{inner}</entity></fetch>");
    rows(world.json(&url("rsk_vessels", &xml)))
}

#[test]
fn values_are_computed_of_all_rows() {
    let inner = "<attribute name='rsk_crew' alias='rows' aggregate='count'/>\
        <attribute name='rsk_crew' alias='values' aggregate='countcolumn'/>\
        <attribute name='rsk_active' alias='different' aggregate='countcolumn' distinct='true'/>\
        <attribute name='rsk_crew' alias='sum' aggregate='sum'/><attribute name='rsk_crew' alias='average' aggregate='avg'/>\
        <attribute name='rsk_dayrate' alias='least' aggregate='min'/><attribute name='rsk_built' alias='last' aggregate='max'/>\
        <attribute name='rsk_dayrate' alias='total' aggregate='sum'/>";
    assert_eq!(
        grouped(shared(), "", inner),
        [
            json!({"rows": 3, "values": 2, "different": 2, "sum": 15, "average": 7, "least": 20.0, "last": "2020-01-01", "total": 1520.5})
        ]
    );
    // Of no rows there is nothing but their number, and a sum that is zero.
    let none = format!("{inner}<filter><condition attribute='rsk_name' operator='null'/></filter>");
    assert_eq!(
        grouped(shared(), "", &none),
        [json!({"rows": 0, "values": 0, "different": 0, "sum": 0, "total": 0.0})]
    );
}

#[test]
fn groups_have_their_keys_and_their_order() {
    let inner = "<attribute name='rsk_hulltype' alias='hull' groupby='true'/><attribute name='rsk_homeportid' alias='port' groupby='true'/>\
        <attribute name='rsk_crew' alias='crew' aggregate='sum'/>";
    assert_eq!(
        grouped(shared(), "", inner),
        [
            json!({"crew": 0}),
            json!({"hull": hull(1), "port": id(0x12), "crew": 3}),
            json!({"hull": hull(0), "port": id(0x11), "crew": 12}),
        ]
    );
    let ordered = |order: &str| -> Vec<i64> {
        let rows = grouped(shared(), "", &format!("{inner}{order}"));
        rows.iter().map(|row| row["crew"].as_i64().unwrap()).collect()
    };
    assert_eq!(ordered("<order alias='crew' descending='true'/>"), [12, 3, 0]);
    assert_eq!(ordered("<order alias='port' descending='true'/>"), [12, 3, 0]);
    let xml = format!(
        "<fetch aggregate='true'><entity name='rsk_vessel'>{inner}<order alias='crew' descending='true'/></entity></fetch>"
    );
    let row = rows(json_with(shared(), "rsk_vessels", &xml, "*")).remove(0);
    assert_eq!(
        row["hull@OData.Community.Display.V1.FormattedValue"],
        "Single hull"
    );
    assert_eq!(row["port@OData.Community.Display.V1.FormattedValue"], "Bergen");
    assert_eq!(row["port@Microsoft.Dynamics.CRM.lookuplogicalname"], "rsk_port");
    assert_eq!(
        row["port@OData.Community.Display.V1.AttributeName"],
        "rsk_homeportid"
    );
}

#[test]
fn rows_of_links_are_computed_too() {
    let inner = "<attribute name='rsk_name' alias='vessel' groupby='true'/>\
        <link-entity name='rsk_inspection' from='rsk_vesselid' to='rsk_vesselid' alias='i' link-type='outer'>\
        <attribute name='rsk_score' alias='best' aggregate='max'/><attribute name='rsk_inspectionid' alias='n' aggregate='countcolumn'/></link-entity>\
        <order alias='n' descending='true'/><order alias='vessel'/>";
    assert_eq!(
        grouped(shared(), "", inner),
        [
            json!({"vessel": "Aster", "best": 80.0, "n": 2}),
            json!({"vessel": "birk", "best": 90.0, "n": 1}),
            json!({"vessel": "Élan", "n": 0}),
        ]
    );
}

#[test]
fn dates_are_grouped_by_their_parts() {
    let part = |world: &World, name: &str| -> Vec<Value> {
        let inner = format!(
            "<attribute name='rsk_built' alias='part' groupby='true' dategrouping='{name}'/><attribute name='rsk_name' alias='n' aggregate='count'/>\
             <filter><condition attribute='rsk_name' operator='not-null'/></filter>"
        );
        grouped(world, "", &inner)
            .iter()
            .filter_map(|row| row.get("part").cloned())
            .collect()
    };
    let mut world = fleet();
    for (name, expected) in [
        ("year", json!([2001, 2020])),
        ("quarter", json!([1, 2])),
        ("month", json!([1, 5])),
        // The 1st of January 2020 was a Wednesday, the 17th of May 2001 a Thursday in a year that began on a Monday.
        ("week", json!([1, 20])),
        ("day", json!([1, 17])),
        ("fiscal-year", json!(["FY2001", "FY2020"])),
        ("fiscal-period", json!(["Quarter 1 FY2020", "Quarter 2 FY2001"])),
    ] {
        assert_eq!(json!(part(&world, name)), expected, "{name}");
    }
    world.settings.fiscal.month = 4;
    world.settings.fiscal.named_by_end = true;
    assert_eq!(json!(part(&world, "fiscal-year")), json!(["FY2002", "FY2020"]));
    assert_eq!(
        json!(part(&world, "fiscal-period")),
        json!(["Quarter 1 FY2002", "Quarter 4 FY2020"])
    );
    world.settings.fiscal.periods = 12;
    let xml = "<fetch aggregate='true'><entity name='rsk_vessel'><attribute name='rsk_built' alias='p' groupby='true' dategrouping='fiscal-period'/></entity></fetch>";
    assert_eq!(
        world.refused(&url("rsk_vessels", xml)).status,
        http::StatusCode::NOT_IMPLEMENTED
    );
}

#[test]
fn parts_of_moments_are_those_of_the_users_calendar() {
    let mut world = fleet();
    let inner = |zone: &str| {
        format!(
            "<attribute name='rsk_lastseen' alias='day' groupby='true' dategrouping='day' {zone}/>\
             <filter><condition attribute='rsk_name' operator='eq' value='Aster'/></filter>"
        )
    };
    assert_eq!(grouped(&world, "", &inner("")), [json!({"day": 6})]);
    world.move_to(jiff::tz::TimeZone::fixed(jiff::tz::offset(-8)));
    assert_eq!(
        grouped(&world, "", &inner("usertimezone='false'")),
        [json!({"day": 6})]
    );
    assert_eq!(grouped(&world, "", &inner("")), [json!({"day": 5})]);
}

#[test]
fn fiscal_periods_are_those_of_the_users_calendar() {
    let mut world = fleet();
    world.add(
        "rsk_vessel",
        0x77,
        json!({"rsk_name": "Dana", "rsk_lastseen": "2024-04-01T03:00:00Z"}),
    );
    let inner = "<attribute name='rsk_lastseen' alias='period' groupby='true' dategrouping='fiscal-period'/>\
                 <filter><condition attribute='rsk_name' operator='eq' value='Dana'/></filter>";
    let filter = |period: u8| {
        format!(
            "rsk_name eq 'Dana' and Microsoft.Dynamics.CRM.InFiscalPeriod(PropertyName='rsk_lastseen',PropertyValue={period})"
        )
    };
    assert_eq!(
        grouped(&world, "", inner),
        [json!({"period": "Quarter 2 FY2024"})]
    );
    assert_eq!(world.vessels(&filter(2)), ["Dana"]);
    world.move_to(jiff::tz::TimeZone::fixed(jiff::tz::offset(-8)));
    assert_eq!(
        grouped(&world, "", inner),
        [json!({"period": "Quarter 1 FY2024"})]
    );
    assert_eq!(world.vessels(&filter(1)), ["Dana"]);
    assert!(world.vessels(&filter(2)).is_empty());
}

#[test]
fn groups_have_pages() {
    let inner = "<attribute name='rsk_name' alias='name' groupby='true'/>";
    let page = |attributes: &str| {
        let rows = grouped(shared(), attributes, inner);
        rows.iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(page("count='2' page='1'"), ["Aster", "birk"]);
    assert_eq!(page("count='2' page='2'"), ["Élan"]);
    assert_eq!(page("top='1'"), ["Aster"]);
}

#[test]
fn aggregations_end_at_the_services_limit() {
    let mut world = fleet();
    let inner = "<attribute name='rsk_name' alias='n' aggregate='count'/>";
    assert_eq!(grouped(&world, "aggregatelimit='3'", inner), [json!({"n": 3})]);
    let refused = |world: &World, attributes: &str| {
        let xml = format!(
            "<fetch aggregate='true' {attributes}><entity name='rsk_vessel'>{inner}</entity></fetch>"
        );
        world.refused(&url("rsk_vessels", &xml)).code
    };
    assert_eq!(refused(&world, "aggregatelimit='2'"), 0x8004_e023);
    world.settings.aggregated = 2;
    assert_eq!(refused(&world, "aggregatelimit='100'"), 0x8004_e023);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The same groups, computed in a loop.
    #[test]
    fn groups_are_loops_over_the_rows(all in prop::collection::vec((prop::option::of(0_i64..3), prop::option::of(-5_i64..9)), 1..40)) {
        let world = World::new();
        let mut expected: std::collections::BTreeMap<Option<i64>, (i64, Vec<i64>)> = std::collections::BTreeMap::new();
        for (at, (key, value)) in all.iter().enumerate() {
            let mut row = json!({});
            if let Some(key) = key { row["rsk_crew"] = json!(key); }
            if let Some(value) = value { row["rsk_distance"] = json!(value); }
            world.add("rsk_vessel", 1 + at as u128, row);
            let group = expected.entry(*key).or_default();
            group.0 += 1;
            group.1.extend(value);
        }
        let expected: Vec<Value> = expected.into_iter().map(|(key, (rows, values))| {
            let mut group = json!({"rows": rows, "values": values.len(), "sum": values.iter().sum::<i64>()});
            if let Some(key) = key { group["key"] = json!(key); }
            if let (Some(min), Some(max)) = (values.iter().min(), values.iter().max()) {
                group["min"] = json!(min);
                group["max"] = json!(max);
                group["avg"] = json!(values.iter().sum::<i64>() / values.len() as i64);
            }
            group
        }).collect();
        let inner = "<attribute name='rsk_crew' alias='key' groupby='true'/><attribute name='rsk_name' alias='rows' aggregate='count'/>\
            <attribute name='rsk_distance' alias='values' aggregate='countcolumn'/><attribute name='rsk_distance' alias='sum' aggregate='sum'/>\
            <attribute name='rsk_distance' alias='avg' aggregate='avg'/><attribute name='rsk_distance' alias='min' aggregate='min'/>\
            <attribute name='rsk_distance' alias='max' aggregate='max'/>";
        prop_assert_eq!(grouped(&world, "", inner), expected);
    }
}
