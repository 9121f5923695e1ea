//! Documents that are made to do harm, or are just wrong: each ends soon, in a clear error or a crate that is Rust.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use support::documents::{Made, attribute, body, defined, edmx, entity, lookup, road_in_time, set};

fn csdl(types: &str, sets: &str) -> Made {
    road_in_time(Some(edmx(types, sets)), Vec::new()).expect("it can be read")
}

fn definitions(tables: &[String]) -> Made {
    road_in_time(None, vec![body(tables)]).expect("it can be read")
}

fn refused(metadata: String) -> String {
    match road_in_time(Some(metadata), Vec::new()) {
        Err(error) => error,
        Ok(made) => panic!("read as {} tables", made.schema.tables.len()),
    }
}

#[test]
fn deep_nesting_ends() {
    const DEEP: usize = 1_000_000;
    let (open, close) = ("<a>".repeat(DEEP), "</a>".repeat(DEEP));
    let made = road_in_time(Some(edmx(&format!("{open}{close}"), "")), Vec::new());
    assert!(made.is_err() || made.is_ok_and(|made| made.schema.tables.is_empty()));
    let error = refused(edmx(&open, ""));
    assert!(error.contains("line ") && error.len() < 2_000, "{error}");
    let collections = "<Collection>".repeat(DEEP) + &"</Collection>".repeat(DEEP);
    let keys =
        format!("<Annotation Term=\"OData.Community.Keys.V1.AlternateKeys\">{collections}</Annotation>");
    let made = road_in_time(
        Some(edmx(&entity("rsk_vessel", &keys), &set("rsk_vessel"))),
        Vec::new(),
    );
    assert!(made.is_err() || made.is_ok_and(|made| made.schema.tables.len() == 1));
    for deep in ["[", "{\"value\":[", "{\"a\":"] {
        let error = road_in_time(None, vec![deep.repeat(DEEP)]);
        assert!(error.is_err_and(|error| error.len() < 2_000), "{deep}");
    }
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&c;\">]>";
    let error = refused(format!("{bomb}{}", edmx(&entity("&c;", ""), "")));
    assert!(error.contains("line 1"), "{error}");
    let file = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>";
    let error = refused(format!("{file}{}", edmx(&entity("&a;", ""), "")));
    assert!(error.contains("line 1"), "{error}");
}

#[test]
fn long_names_stay_names() {
    let long = "n".repeat(1 << 20);
    let made = csdl(
        &entity(
            "rsk_vessel",
            &format!("<Property Name=\"{long}\" Type=\"Edm.String\"/>"),
        ),
        &set("rsk_vessel"),
    );
    assert_eq!(made.schema.tables["rsk_vessel"].columns.len(), 2);
    let element = edmx(&format!("<{long} {long}=\"{long}\"/>"), "");
    assert!(road_in_time(Some(element), Vec::new()).is_ok());
    let error = refused(edmx(&format!("<EntityType {long}=\"x\"/>"), ""));
    assert!(error.len() < 2_000, "the error has {} bytes", error.len());
}

#[test]
fn what_is_there_twice_is_taken_once() {
    let column = "<Property Name=\"rsk_name\" Type=\"Edm.String\"/>";
    let key = "<Annotation Term=\"Keys.AlternateKeys\"><Collection><Record><PropertyValue Property=\"Key\"><Collection>\
        <Record><PropertyValue Property=\"Name\" PropertyPath=\"rsk_name\"/></Record></Collection></PropertyValue></Record>\
        </Collection></Annotation>";
    let vessel = entity("rsk_vessel", &format!("{column}{column}{key}{key}"));
    let calls = "<ComplexType Name=\"A\"><Property Name=\"X\" Type=\"Edm.String\"/><Property Name=\"X\" Type=\"Edm.Int32\"/>\
        </ComplexType><ComplexType Name=\"A\"/><EnumType Name=\"E\"><Member Name=\"M\"/><Member Name=\"M\"/></EnumType>\
        <EnumType Name=\"E\"/><Action Name=\"Go\"><Parameter Name=\"P\" Type=\"mscrm.A\"/><Parameter Name=\"P\" Type=\"mscrm.E\"/></Action>\
        <Action Name=\"Go\"/>";
    let made = csdl(&format!("{vessel}{vessel}{calls}"), &set("rsk_vessel").repeat(2));
    let table = &made.schema.tables["rsk_vessel"];
    assert_eq!((table.columns.len(), table.keys.len()), (2, 1));
    assert_eq!(
        (made.schema.operations.len(), made.schema.complex_types.len()),
        (1, 1)
    );

    let options = r#"{"Value":1,"Label":null},{"Value":1,"Label":null},{"Value":99999999999,"Label":null}"#;
    let hull = attribute(
        "rsk_hull",
        "Picklist",
        &format!(r#","OptionSet":{{"Name":"a","Options":[{options}]}}"#),
    );
    let keys = r#","Keys":[{"LogicalName":"k","KeyAttributes":["rsk_hull","rsk_hull"]},{"LogicalName":"k","KeyAttributes":["rsk_hull"]}]"#;
    let vessel = defined("rsk_vessel", &[hull.clone(), hull], keys);
    let made = definitions(&[vessel.clone(), vessel]);
    let table = &made.schema.tables["rsk_vessel"];
    assert_eq!((table.columns.len(), table.keys.len()), (2, 1));
    let choice = table.column("rsk_hull").and_then(|column| column.kind.choice());
    let Some(dataverse_codegen::schema::ChoiceUse::Local(set)) = choice else {
        panic!("{choice:?}")
    };
    assert_eq!(
        set.options.iter().map(|option| option.value).collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn circles_of_bases_end() {
    let derived = |name: &str, base: &str| {
        entity(name, "").replacen(
            "<EntityType ",
            &format!("<EntityType BaseType=\"mscrm.{base}\" "),
            1,
        )
    };
    let types = [
        derived("rsk_a", "rsk_b"),
        derived("rsk_b", "rsk_a"),
        derived("rsk_c", "rsk_c"),
        derived("rsk_d", "rsk_a"),
    ];
    let sets: String = ["rsk_a", "rsk_c", "rsk_d"].map(set).concat();
    assert_eq!(csdl(&types.concat(), &sets).schema.tables.len(), 3);

    let complex = |name: &str, base: &str| {
        format!(
            "<ComplexType Name=\"{name}\" BaseType=\"mscrm.{base}\"><Property Name=\"Own\" Type=\"mscrm.{name}\"/></ComplexType>"
        )
    };
    let types = [
        complex("A", "B"),
        complex("B", "C"),
        complex("C", "A"),
        complex("D", "D"),
        complex("E", "A"),
    ];
    let action = "<Action Name=\"Go\"><Parameter Name=\"P\" Type=\"mscrm.E\"/><Parameter Name=\"Q\" Type=\"mscrm.D\"/></Action>";
    let made = csdl(&(types.concat() + action), "");
    assert_eq!(made.schema.complex_types.len(), 5);
}

#[test]
fn long_chains_of_bases_end() {
    let complex = |at: usize| {
        let base = if at == 0 {
            String::new()
        } else {
            format!(" BaseType=\"mscrm.C{}\"", at - 1)
        };
        format!(
            "<ComplexType Name=\"C{at}\"{base}><Property Name=\"P{at}\" Type=\"mscrm.C{}\"/></ComplexType>",
            (at + 1) % 120
        )
    };
    let types: String = (0..120).map(complex).collect();
    let made = csdl(
        &(types + "<Action Name=\"Go\"><Parameter Name=\"P\" Type=\"mscrm.C0\"/></Action>"),
        "",
    );
    assert_eq!(made.schema.complex_types.len(), 120);
}

#[test]
fn lookups_may_lead_anywhere() {
    let own = lookup("rsk_parentid", "rsk_ParentId", "rsk_vessel");
    let lost = lookup("rsk_portid", "rsk_PortId", "rsk_port");
    let made = csdl(&entity("rsk_vessel", &(own + &lost)), &set("rsk_vessel"));
    assert_eq!(made.schema.tables["rsk_vessel"].columns.len(), 3);
    let relations = r#","ManyToOneRelationships":[
        {"SchemaName":"a","ReferencingEntity":"rsk_vessel","ReferencingAttribute":"rsk_portid","ReferencedEntity":"rsk_port"},
        {"SchemaName":"b","ReferencingEntity":"rsk_vessel","ReferencingAttribute":"rsk_nothing","ReferencedEntity":"rsk_port"},
        {"SchemaName":"c","ReferencingEntity":"rsk_nothing","ReferencingAttribute":"rsk_x","ReferencedEntity":"rsk_vessel",
         "ReferencedEntityNavigationPropertyName":"rsk_things"},
        {"SchemaName":"d"},{}],"ManyToManyRelationships":[{"SchemaName":"e","Entity1LogicalName":"rsk_vessel",
         "Entity1NavigationPropertyName":"rsk_crew","Entity2LogicalName":"rsk_sailor"}]"#;
    let made = definitions(&[defined(
        "rsk_vessel",
        &[attribute("rsk_portid", "Lookup", r#","Targets":[]"#)],
        relations,
    )]);
    assert_eq!(made.schema.references.keys().collect::<Vec<_>>(), ["rsk_port"]);
    assert!(made.schema.tables["rsk_vessel"].collections.is_empty());
}

#[test]
fn a_lookup_may_have_five_hundred_targets() {
    let names: Vec<String> = (0..500).map(|at| format!("rsk_t{at}")).collect();
    let navigation: String = names
        .iter()
        .map(|name| lookup("regardingobjectid", &format!("regardingobjectid_{name}"), name))
        .collect();
    let types: String = names.iter().map(|name| entity(name, "")).collect();
    let sets: String = names.iter().map(|name| set(name)).collect();
    let made = csdl(
        &(types + &entity("rsk_note", &navigation)),
        &(sets + &set("rsk_note")),
    );
    let column = made.schema.tables["rsk_note"]
        .column("regardingobjectid")
        .map(|column| column.kind.clone());
    let Some(dataverse_codegen::schema::ColumnKind::Lookup(lookup)) = column else {
        panic!("{column:?}")
    };
    assert_eq!(lookup.targets.len(), 500);
    assert_eq!(
        made.generated.files["src/targets.rs"]
            .matches("impl rt::Accepts<")
            .count(),
        500
    );
}

#[test]
fn keys_may_name_nothing() {
    let part = "<Record><PropertyValue Property=\"Name\" PropertyPath=\"rsk_nowhere\"/></Record>";
    let key = |parts: &str| {
        format!(
            "<Record><PropertyValue Property=\"Key\"><Collection>{parts}</Collection></PropertyValue></Record>"
        )
    };
    let keys = format!(
        "<Annotation Term=\"Keys.AlternateKeys\"><Collection>{}{}</Collection></Annotation>",
        key(part),
        key("")
    );
    let keyless = "<EntityType Name=\"rsk_keyless\"><Property Name=\"rsk_name\" Type=\"Edm.String\"/></EntityType>\
        <EntityType Name=\"rsk_odd\"><Key><PropertyRef Name=\"rsk_nowhere\"/></Key></EntityType>";
    let made = csdl(
        &(entity("rsk_vessel", &keys) + keyless),
        &(set("rsk_vessel") + &set("rsk_keyless") + &set("rsk_odd") + &set("rsk_nothing")),
    );
    assert!(
        made.warnings
            .iter()
            .any(|warning| warning.starts_with("rsk_keyless: left out")),
        "{:?}",
        made.warnings
    );
    assert!(!made.generated.files["src/rsk_vessel.rs"].contains("AlternateKey"));
    let nameless = r#"{"LogicalName":"rsk_a","Attributes":[{"LogicalName":"rsk_x","AttributeType":"String"}],"Keys":[{"LogicalName":"","KeyAttributes":[]},{"KeyAttributes":["rsk_q"]}]}"#;
    let made = definitions(&[
        nameless.to_owned(),
        defined(
            "rsk_b",
            &[],
            r#","Keys":[{"LogicalName":"k","KeyAttributes":["rsk_q"]}]"#,
        ),
    ]);
    assert_eq!(made.schema.tables.keys().collect::<Vec<_>>(), ["rsk_b"]);
}

#[test]
fn numbers_may_be_out_of_all_bounds() {
    let wide = r#","MaxValue":1e999,"MinValue":-1e999,"Precision":99999999999999999999,"MaxLength":-5,"SourceType":77,"DefaultFormValue":-99999999999"#;
    let columns = [
        "Integer", "BigInt", "Decimal", "Double", "Money", "String", "Memo", "Picklist",
    ]
    .map(|of| attribute(&format!("rsk_{}", of.to_lowercase()), of, wide));
    match road_in_time(None, vec![body(&[defined("rsk_vessel", &columns, "")])]) {
        Ok(made) => {
            let text = serde_json::to_string(&made.schema.tables["rsk_vessel"]).expect("a text");
            assert!(!text.contains("null"), "{text}");
        }
        Err(error) => assert!(error.contains("line ") || error.contains("rsk_"), "{error}"),
    }
}

#[test]
fn empty_names_do_no_harm() {
    let made = road_in_time(
        Some(edmx(&entity("", "<Property Name=\"\" Type=\"\"/>"), &set(""))),
        Vec::new(),
    );
    assert!(made.is_err() || made.is_ok_and(|made| made.schema.tables.len() <= 1));
    let made = road_in_time(
        None,
        vec![body(&[defined("", &[attribute("", "String", "")], "")])],
    );
    assert!(made.is_err() || made.is_ok_and(|made| made.schema.tables.len() <= 1));
}

#[test]
fn an_operation_bound_to_what_has_no_entity_set_is_left_out_and_told() {
    let bound = |name: &str, to: &str| {
        format!(
            "<Action Name=\"{name}\" IsBound=\"true\"><Parameter Name=\"entity\" Type=\"{to}\"/></Action>"
        )
    };
    let made = csdl(
        &[
            "<EntityType Name=\"principal\" Abstract=\"true\"/>".to_owned(),
            entity("rsk_vessel", ""),
            bound("rsk_Dock", "mscrm.rsk_vessel"),
            bound("rsk_Grant", "mscrm.principal"),
            bound("rsk_Sweep", "Collection(mscrm.rsk_gone)"),
        ]
        .concat(),
        &set("rsk_vessel"),
    );
    assert_eq!(
        made.schema.operations.len(),
        3,
        "the snapshot keeps what there is"
    );
    let actions = &made.generated.files["src/operations/actions.rs"];
    assert_eq!(actions.matches("impl rt::Operation for ").count(), 1, "{actions}");
    for name in ["rsk_Grant", "rsk_Sweep"] {
        let told = format!("the action `{name}` is bound to what has no entity set: the crate leaves it out");
        assert!(made.warnings.contains(&told), "{:?}", made.warnings);
    }
}

#[test]
fn a_table_called_like_a_tool_hides_no_attribute() {
    let made = csdl(&entity("rustfmt", ""), &set("rustfmt"));
    let root = &made.generated.files["src/lib.rs"];
    assert!(
        root.contains("#[rustfmt::skip]") && !root.contains("pub mod rustfmt;"),
        "{root}"
    );
}
