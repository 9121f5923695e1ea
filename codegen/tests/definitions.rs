//! Definitions of a fictional environment in every shape that they come in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use dataverse_codegen::definitions::{AttributeKind, Body, RawAttribute, RawTable, Shape, read};

const ROOT: &str = "https://rsk.example/api/data/v9.2/$metadata#";
const VESSEL_ID: &str = "5e550000-0000-0000-0000-000000000001";

fn label(text: &str) -> String {
    let one = |language: u32, text: &str| {
        format!(
            r#"{{"Label":"{text}","LanguageCode":{language},"IsManaged":false,"MetadataId":"x","HasChanged":null}}"#
        )
    };
    let english = one(1033, text);
    format!(
        r#"{{"LocalizedLabels":[{english},{},{}],"UserLocalizedLabel":{english}}}"#,
        one(1031, &format!("{text} (de)")),
        one(1036, &format!("{text} \\u00e9"))
    )
}

fn hull() -> String {
    format!(
        r##"{{"@odata.type":"#Microsoft.Dynamics.CRM.PicklistAttributeMetadata","LogicalName":"rsk_hull",
        "AttributeType":"Picklist","AttributeTypeName":{{"Value":"PicklistType"}},"DefaultFormValue":-1,
        "ParentPicklistLogicalName":"rsk_class","ChildPicklistLogicalNames":["rsk_rig"],"DisplayName":{},
        "OptionSet":{{"Name":"rsk_vessel_rsk_hull","IsGlobal":false,"OptionSetType":"Picklist","Options":[
            {{"Value":814250000,"Color":"#0000ff","ExternalValue":"","ParentValues":[1,2],"Label":{},"Description":null}},
            {{"Value":-1,"Color":null,"Label":{{"LocalizedLabels":[],"UserLocalizedLabel":null}}}}]}},
        "GlobalOptionSet":null}}"##,
        label("Hull"),
        label("Steel")
    )
}

fn vessel() -> String {
    format!(
        r#"{{"MetadataId":"{VESSEL_ID}","LogicalName":"rsk_vessel","SchemaName":"rsk_Vessel",
        "EntitySetName":"rsk_vessels","PrimaryIdAttribute":"rsk_vesselid","ObjectTypeCode":10042,"IsActivity":false,
        "IsBPFEntity":null,"IsAuditEnabled":{{"Value":true,"CanBeChanged":true}},"DisplayName":{},
        "Attributes":[{{"LogicalName":"rsk_vesselid","AttributeType":"Uniqueidentifier","IsValidODataAttribute":true,
            "AttributeTypeName":{{"Value":"UniqueidentifierType"}},"RequiredLevel":{{"Value":"SystemRequired"}}}},{}],
        "Keys":[{{"LogicalName":"rsk_byimo","SchemaName":"rsk_ByImo","KeyAttributes":["rsk_imo","rsk_flag"],
            "EntityKeyIndexStatus":"Active","DisplayName":{}}}],
        "OneToManyRelationships":[{}],"ManyToOneRelationships":[],"ManyToManyRelationships":[{}],
        "NewerThanThisReader":{{"anything":[1,2,{{}}]}}}}"#,
        label("Vessel"),
        hull(),
        label("By IMO"),
        one_to_many(),
        many_to_many()
    )
}

fn one_to_many() -> &'static str {
    r#"{"SchemaName":"rsk_port_vessel","RelationshipType":"OneToManyRelationship","IsCustomRelationship":true,
    "ReferencedEntity":"rsk_port","ReferencedAttribute":"rsk_portid","ReferencingEntity":"rsk_vessel",
    "ReferencingAttribute":"rsk_homeport","ReferencedEntityNavigationPropertyName":"rsk_port_vessel",
    "ReferencingEntityNavigationPropertyName":"rsk_HomePort","IsHierarchical":false,
    "CascadeConfiguration":{"Assign":"NoCascade","Delete":"RemoveLink"},
    "AssociatedMenuConfiguration":{"Label":{"LocalizedLabels":[],"UserLocalizedLabel":{"Label":"Fleet","LanguageCode":1033}}}}"#
}

fn many_to_many() -> &'static str {
    r#"{"SchemaName":"rsk_vessel_crew","RelationshipType":"ManyToManyRelationship","IntersectEntityName":"rsk_vessel_crew",
    "Entity1LogicalName":"rsk_vessel","Entity1IntersectAttribute":"rsk_vesselid","Entity1NavigationPropertyName":"rsk_crew",
    "Entity2LogicalName":"rsk_sailor","Entity2IntersectAttribute":"rsk_sailorid","Entity2NavigationPropertyName":"rsk_vessels"}"#
}

fn context(fragment: &str) -> String {
    format!(r#""@odata.context":"{ROOT}{fragment}""#)
}

/// Reads a body that must be free of warnings, keeping its tables.
fn tables(json: &str) -> Body<'_, RawTable<'_>> {
    let body = read(json.as_bytes(), |table, _| table).expect(json);
    assert_eq!(body.warnings, [], "{json}");
    body
}

fn assert_vessel(table: &RawTable<'_>) {
    assert_eq!(table.logical_name, "rsk_vessel");
    assert!(!table.partial);
    assert_eq!(table.metadata_id.as_deref(), Some(VESSEL_ID));
    assert_eq!(table.schema_name.as_deref(), Some("rsk_Vessel"));
    assert_eq!(table.object_type_code, Some(10042));
    assert_eq!(
        (table.is_activity, table.is_bpf_entity, table.has_notes),
        (Some(false), None, None)
    );
    assert_eq!(table.is_audit_enabled, Some(true));
    assert_eq!(table.display_name.texts.len(), 3);
    assert_eq!(table.display_name.get(1031), Some("Vessel (de)"));
    assert_eq!(table.display_name.get(1036), Some("Vessel é"));
    assert_eq!(table.display_name.get_or_first(1040), Some("Vessel"));
    assert_eq!(table.attributes.len(), 2);
    assert_eq!(table.attributes[0].kind, Some(AttributeKind::Uniqueidentifier));
    assert_eq!(
        table.attributes[0].required_level.as_deref(),
        Some("SystemRequired")
    );
    assert_hull(&table.attributes[1]);
    let key = &table.keys[0];
    assert_eq!(
        (key.logical_name.as_ref(), key.index_status.as_deref()),
        ("rsk_byimo", Some("Active"))
    );
    assert_eq!(key.key_attributes, ["rsk_imo", "rsk_flag"]);
    let lookup = &table.one_to_many[0];
    assert_eq!(lookup.referencing_navigation.as_deref(), Some("rsk_HomePort"));
    assert_eq!(
        lookup
            .cascade
            .as_ref()
            .and_then(|cascade| cascade.delete.as_deref()),
        Some("RemoveLink")
    );
    assert_eq!(lookup.menu_label.get(1033), Some("Fleet"));
    assert_eq!(
        table.many_to_many[0].entity2_navigation.as_deref(),
        Some("rsk_vessels")
    );
}

fn assert_hull(hull: &RawAttribute<'_>) {
    assert_eq!(hull.logical_name, "rsk_hull");
    assert_eq!(hull.kind, Some(AttributeKind::Picklist));
    assert_eq!(hull.default_form_value, Some(-1));
    assert_eq!(hull.parent_picklist.as_deref(), Some("rsk_class"));
    assert_eq!(hull.child_picklists, ["rsk_rig"]);
    let choice = hull.choice().unwrap();
    assert_eq!(
        (choice.name.as_deref(), choice.is_global),
        (Some("rsk_vessel_rsk_hull"), Some(false))
    );
    let steel = &choice.options[0];
    assert_eq!(
        (steel.value, steel.color.as_deref(), steel.label.get(1033)),
        (814250000, Some("#0000ff"), Some("Steel"))
    );
    assert_eq!(steel.parent_values, [1, 2]);
    assert_eq!(choice.options[1].value, -1);
    assert!(choice.options[1].label.is_empty());
}

#[test]
fn the_same_table_through_several_bodies() {
    let vessel = vessel();
    let inner = vessel.strip_prefix('{').unwrap();
    let message = |name: &str| context(&format!("Microsoft.Dynamics.CRM.{name}Response"));
    let bodies = [
        (
            Shape::Tables,
            format!("{{{},\"value\":[{vessel}]}}", context("EntityDefinitions")),
        ),
        (Shape::Tables, format!("{{\"value\":[{vessel}]}}")),
        (
            Shape::Tables,
            format!("{{\"value\":[{vessel}],{}}}", context("EntityDefinitions")),
        ),
        (Shape::Tables, format!("[{vessel}]")),
        (
            Shape::Tables,
            format!("{{{},{inner}", context("EntityDefinitions/$entity")),
        ),
        (
            Shape::Tables,
            format!(
                "{{{},{inner}",
                context("EntityDefinitions(LogicalName,Attributes())/$entity")
            ),
        ),
        (Shape::Tables, format!("\u{feff} {vessel} ")),
        (
            Shape::MetadataChanges,
            format!(
                "{{{},\"EntityMetadata\":[{vessel}]}}",
                message("RetrieveMetadataChanges")
            ),
        ),
        (
            Shape::MetadataChanges,
            format!("{{\"EntityMetadata\":[{vessel}],\"ServerVersionStamp\":\"1!x\"}}"),
        ),
        (
            Shape::RetrieveEntity,
            format!("{{{},\"EntityMetadata\":{vessel}}}", message("RetrieveEntity")),
        ),
    ];
    for (shape, json) in &bodies {
        let body = tables(json);
        assert_eq!((body.shape, body.tables.len()), (*shape, 1), "{json}");
        assert_vessel(&body.tables[0]);
    }
}

#[test]
fn tables_stay_in_order() {
    let many: Vec<String> = (0..300)
        .map(|n| format!(r#"{{"LogicalName":"rsk_t{n}","EntitySetName":"rsk_t{n}s"}}"#))
        .collect();
    let json = format!("{{\"value\":[{}]}}", many.join(",\n"));
    let body = read(json.as_bytes(), |table, _| table.logical_name.into_owned()).unwrap();
    let expected: Vec<String> = (0..300).map(|n| format!("rsk_t{n}")).collect();
    assert_eq!(body.tables, expected);
}

#[test]
fn warnings_of_the_caller_are_kept() {
    let json = vessel();
    let body = read(json.as_bytes(), |table, warnings| {
        warnings.push(dataverse_codegen::warning::Warning {
            table: Some(table.logical_name.into_owned()),
            column: None,
            message: "seen".to_owned(),
        });
    })
    .unwrap();
    assert_eq!(body.warnings[0].to_string(), "rsk_vessel: seen");
}

#[test]
fn columns_make_a_partial_table() {
    let hull = hull();
    let inner = hull.strip_prefix('{').unwrap();
    let cast = "Microsoft.Dynamics.CRM.PicklistAttributeMetadata";
    let with_table = hull.replacen('{', "{\"EntityLogicalName\":\"rsk_vessel\",", 1);
    let bodies = [
        format!(
            "{{{},\"value\":[{hull}]}}",
            context("EntityDefinitions('rsk_vessel')/Attributes")
        ),
        format!(
            "{{{},\"value\":[{hull}]}}",
            context(&format!("EntityDefinitions('rsk_vessel')/Attributes/{cast}(x)"))
        ),
        format!(
            "{{{},\"value\":[{hull}]}}",
            context("EntityDefinitions(LogicalName='rsk_vessel')/Attributes")
        ),
        format!(
            "{{{},\"value\":[{with_table}]}}",
            context(&format!("EntityDefinitions({VESSEL_ID})/Attributes"))
        ),
        format!(
            "{{{},{inner}",
            context(&format!(
                "EntityDefinitions('rsk_vessel')/Attributes/{cast}/$entity"
            ))
        ),
        format!("{{\"value\":[{with_table}]}}"),
        with_table,
    ];
    for json in &bodies {
        let body = tables(json);
        assert_eq!((body.shape, body.tables.len()), (Shape::Attributes, 1), "{json}");
        assert!(body.tables[0].partial);
        assert_eq!(body.tables[0].logical_name, "rsk_vessel");
        assert_hull(&body.tables[0].attributes[0]);
    }
    assert_eq!(
        tables(&bodies[3]).tables[0].metadata_id.as_deref(),
        Some(VESSEL_ID)
    );
}

#[test]
fn a_cast_in_the_context_tells_the_kind() {
    let fragment = "EntityDefinitions('rsk_vessel')/Attributes/Microsoft.Dynamics.CRM.StatusAttributeMetadata(OptionSet())";
    let json = format!(
        r#"{{{},"value":[{{"LogicalName":"statuscode","OptionSet":{{"OptionSetType":"Status","Options":[
            {{"Value":1,"State":0,"TransitionData":null,"Label":null}}]}}}}]}}"#,
        context(fragment)
    );
    let body = tables(&json);
    let status = &body.tables[0].attributes[0];
    assert_eq!(status.kind, Some(AttributeKind::Status));
    assert_eq!(status.choice().unwrap().options[0].state, Some(0));
    let empty = json.split("\"value\":").next().unwrap().to_owned() + "\"value\":[]}";
    assert!(tables(&empty).tables[0].attributes.is_empty());
}

#[test]
fn the_choice_of_one_column() {
    let fragment = "EntityDefinitions('rsk_vessel')/Attributes('rsk_hull')/Microsoft.Dynamics.CRM.PicklistAttributeMetadata/OptionSet/$entity";
    let json = format!(
        r#"{{{},"Name":"rsk_vessel_rsk_hull","Options":[{{"Value":5}}]}}"#,
        context(fragment)
    );
    let body = tables(&json);
    let hull = &body.tables[0].attributes[0];
    assert_eq!(
        (hull.logical_name.as_ref(), hull.kind),
        ("rsk_hull", Some(AttributeKind::Picklist))
    );
    assert_eq!(hull.choice().unwrap().options[0].value, 5);
}

#[test]
fn keys_and_relationships_by_themselves() {
    let json = format!(
        r#"{{{},"value":[{{"LogicalName":"rsk_byimo","KeyAttributes":["rsk_imo"]}}]}}"#,
        context("EntityDefinitions('rsk_vessel')/Keys")
    );
    let body = tables(&json);
    assert_eq!((body.shape, body.tables[0].keys.len()), (Shape::Keys, 1));
    for fragment in [
        "RelationshipDefinitions",
        "EntityDefinitions('rsk_vessel')/ManyToManyRelationships",
    ] {
        let json = format!(
            r#"{{{},"value":[{},{}]}}"#,
            context(fragment),
            one_to_many(),
            many_to_many()
        );
        let body = tables(&json);
        assert_eq!(body.shape, Shape::Relationships);
        assert_eq!((body.one_to_many.len(), body.many_to_many.len()), (1, 1));
    }
    assert_eq!(
        tables(one_to_many()).one_to_many[0].schema_name.as_deref(),
        Some("rsk_port_vessel")
    );
    assert_eq!(
        tables(many_to_many()).many_to_many[0].entity1.as_deref(),
        Some("rsk_vessel")
    );
}
