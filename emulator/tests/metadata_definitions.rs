//! Definitions as clients ask for them: addresses, what is selected and filtered, shapes, refusals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/metadata.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod support;

use std::path::Path;

use dataverse_codegen::snapshot;
use dataverse_emulator::metadata::Metadata;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use support::{ROOT, ask, call, encoded, json, metadata, start};

fn example() -> Metadata {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");
    metadata(
        snapshot::read(Path::new(folder))
            .expect("the example's snapshot")
            .schema,
    )
}

fn names(answer: &Value, property: &str) -> Vec<String> {
    let list = answer["value"].as_array().expect("a list").iter();
    list.map(|item| item[property].as_str().expect("a text").to_owned())
        .collect()
}

fn refusal(metadata: &Metadata, path: &str) -> (u16, u32, String) {
    let fault = ask(metadata, path).expect_err(path);
    (fault.status.as_u16(), fault.code, fault.message)
}

const PICKLISTS: &str = "Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata";

#[test]
fn the_service_document_lists_entity_sets() {
    let answer = json(&example(), "");
    assert_eq!(answer["@odata.context"], format!("{ROOT}$metadata"));
    let vessels = json!({"name": "rsk_vessels", "kind": "EntitySet", "url": "rsk_vessels"});
    let list = answer["value"].as_array().unwrap();
    assert!(list.contains(&vessels));
    assert!(names(&answer, "name").contains(&"EntityDefinitions".to_owned()));
}

#[test]
fn one_table_is_addressed_by_name_or_id() {
    let metadata = example();
    let select = "$select=LogicalName,EntitySetName";
    let by_name = json(
        &metadata,
        &format!("EntityDefinitions(LogicalName='rsk_vessel')?{select}"),
    );
    let context = format!("{ROOT}$metadata#EntityDefinitions(LogicalName,EntitySetName)/$entity");
    // Contexts name a definition only where something below it is asked for.
    assert_eq!(by_name["@odata.context"], context);
    assert_eq!(by_name["EntitySetName"], "rsk_vessels");
    let members: Vec<&String> = by_name.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        ["@odata.context", "EntitySetName", "LogicalName", "MetadataId"]
    );
    let id = by_name["MetadataId"].as_str().unwrap();
    let by_id = json(&metadata, &format!("EntityDefinitions({id})?{select}"));
    assert_eq!(by_id, by_name);
    let (status, code, _) = refusal(&metadata, "EntityDefinitions(LogicalName='rsk_none')");
    assert_eq!((status, code), (404, 0x8004_0217));
}

#[test]
fn conditions_are_on_simple_enumerated_and_inner_properties() {
    let metadata = example();
    let find = |filter: &str| {
        let path = format!(
            "EntityDefinitions?$select=LogicalName&$filter={}",
            encoded(filter)
        );
        names(&json(&metadata, &path), "LogicalName")
    };
    assert_eq!(find("SchemaName eq 'Account'"), ["account"]);
    assert_eq!(
        find("EntitySetName eq 'accounts' or LogicalName eq 'contact'"),
        ["account", "contact"]
    );
    let owned =
        "OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned' and IsCustomEntity eq true";
    assert!(find(owned).contains(&"rsk_vessel".to_owned()) && !find(owned).contains(&"account".to_owned()));
    assert!(find("IsDuplicateDetectionEnabled/Value eq true").contains(&"task".to_owned()));
    assert_eq!(
        find("MetadataId eq 00000000-0000-0000-0000-000000000000"),
        [""; 0]
    );
    for filter in ["DisplayName eq 'x'", "Nothing eq 1", "IsCustomizable eq true"] {
        let path = format!("EntityDefinitions?$filter={}", encoded(filter));
        assert_eq!(refusal(&metadata, &path).0, 400, "{filter}");
    }
}

#[test]
fn columns_come_along_with_a_shape_of_their_own() {
    let metadata = example();
    let path = format!(
        "EntityDefinitions(LogicalName='rsk_vessel')?$select=LogicalName&$expand=Attributes($select=LogicalName,AttributeType;$filter={})",
        encoded("AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Money'")
    );
    let answer = json(&metadata, &path);
    let columns = answer["Attributes"].as_array().unwrap();
    assert!(columns.len() > 1);
    for column in columns {
        assert_eq!(column["AttributeType"], "Money");
        assert_eq!(
            column["@odata.type"],
            "#Microsoft.Dynamics.CRM.MoneyAttributeMetadata"
        );
        assert_eq!(column.as_object().unwrap().len(), 4, "{column}");
    }
    // What only some types have can't be selected of all.
    let (status, _, message) = refusal(
        &metadata,
        "EntityDefinitions(LogicalName='rsk_vessel')?$expand=Attributes($select=MaxLength)",
    );
    assert_eq!(status, 400);
    assert!(message.contains("MaxLength"), "{message}");
}

#[test]
fn columns_of_the_base_type_name_no_type() {
    let answer = json(
        &example(),
        "EntityDefinitions(LogicalName='rsk_vessel')/Attributes",
    );
    assert_eq!(
        answer["@odata.context"],
        format!("{ROOT}$metadata#EntityDefinitions('rsk_vessel')/Attributes")
    );
    let columns = answer["value"].as_array().unwrap();
    let of = |name: &str| {
        columns
            .iter()
            .find(|column| column["LogicalName"] == name)
            .expect(name)
    };
    assert_eq!(of("rsk_vesselid").get("@odata.type"), None);
    assert_eq!(
        of("rsk_vesselid")["AttributeTypeName"],
        json!({"Value": "UniqueidentifierType"})
    );
    let shadow = of("statecodename");
    assert_eq!(shadow.get("@odata.type"), None);
    assert_eq!(
        (&shadow["AttributeOf"], &shadow["IsValidODataAttribute"]),
        (&json!("statecode"), &json!(false))
    );
    let name = of("rsk_name");
    assert_eq!(
        name["@odata.type"],
        "#Microsoft.Dynamics.CRM.StringAttributeMetadata"
    );
    assert_eq!(
        name["RequiredLevel"]["ManagedPropertyLogicalName"],
        "canmodifyrequirementlevelsettings"
    );
    assert!(name["DisplayName"]["UserLocalizedLabel"]["Label"].is_string());
    assert_eq!(name["HasChanged"], Value::Null);
}

#[test]
fn casts_bring_the_options() {
    let metadata = example();
    let path = format!(
        "EntityDefinitions(LogicalName='rsk_vessel')/{PICKLISTS}?$select=LogicalName&$expand=OptionSet,GlobalOptionSet"
    );
    let answer = json(&metadata, &path);
    let context = format!(
        "{ROOT}$metadata#EntityDefinitions('rsk_vessel')/{PICKLISTS}(LogicalName,OptionSet(),GlobalOptionSet())"
    );
    assert_eq!(answer["@odata.context"], context);
    let columns = answer["value"].as_array().unwrap();
    assert!(columns.iter().all(|column| column.get("@odata.type").is_none()));
    let local = columns
        .iter()
        .find(|column| column["GlobalOptionSet"].is_null())
        .unwrap();
    assert_eq!(local["OptionSet"]["IsGlobal"], false);
    assert_eq!(local["OptionSet"]["OptionSetType"], "Picklist");
    let option = &local["OptionSet"]["Options"][0];
    assert!(option["Value"].is_i64() && option["Label"]["LocalizedLabels"].is_array());

    let one = "EntityDefinitions(LogicalName='rsk_vessel')/Attributes(LogicalName='statuscode')";
    let status = json(
        &metadata,
        &format!("{one}/Microsoft.Dynamics.CRM.StatusAttributeMetadata?$expand=OptionSet($select=Options)"),
    );
    let option = &status["OptionSet"]["Options"][0];
    assert_eq!(
        option["@odata.type"],
        "#Microsoft.Dynamics.CRM.StatusOptionMetadata"
    );
    let set = json(
        &metadata,
        &format!("{one}/Microsoft.Dynamics.CRM.StatusAttributeMetadata/OptionSet"),
    );
    assert_eq!(
        set["Options"].as_array().map(Vec::len),
        status["OptionSet"]["Options"].as_array().map(Vec::len)
    );
    let uncast = json(&metadata, one);
    assert_eq!(
        uncast["@odata.type"],
        "#Microsoft.Dynamics.CRM.StatusAttributeMetadata"
    );

    for (path, status) in [
        (
            "EntityDefinitions(LogicalName='task')/Attributes/Microsoft.Dynamics.CRM.EnumAttributeMetadata",
            400,
        ),
        (
            "EntityDefinitions(LogicalName='task')/Attributes/Microsoft.Dynamics.CRM.EntityKeyMetadata",
            404,
        ),
        (
            "EntityDefinitions(LogicalName='task')/Attributes?$expand=OptionSet",
            400,
        ),
        ("EntityDefinitions/Attributes", 404),
        ("EntityDefinitions?$top=3", 400),
        ("ManagedPropertyDefinitions", 501),
    ] {
        assert_eq!(refusal(&metadata, path).0, status, "{path}");
    }
}

#[test]
fn yes_no_has_two_answers() {
    let path = "EntityDefinitions(LogicalName='task')/Attributes(LogicalName='isbilled')/Microsoft.Dynamics.CRM.BooleanAttributeMetadata?$select=DefaultValue&$expand=OptionSet";
    let answer = json(&example(), path);
    assert_eq!(answer["DefaultValue"], false);
    assert_eq!(answer["OptionSet"]["TrueOption"]["Value"], 1);
    assert_eq!(
        answer["OptionSet"]["FalseOption"]["Label"]["UserLocalizedLabel"]["Label"],
        "No"
    );
}

#[test]
fn global_choices_and_relationships_have_sets_of_their_own() {
    let metadata = example();
    let all = json(&metadata, "GlobalOptionSetDefinitions");
    assert!(names(&all, "Name").contains(&"componentstate".to_owned()));
    assert_eq!(
        all["value"][0]["@odata.type"],
        "#Microsoft.Dynamics.CRM.OptionSetMetadata"
    );
    let one = json(&metadata, "GlobalOptionSetDefinitions(Name='componentstate')");
    let id = one["MetadataId"].as_str().unwrap();
    let cast =
        format!("GlobalOptionSetDefinitions({id})/Microsoft.Dynamics.CRM.OptionSetMetadata?$select=Options");
    assert_eq!(json(&metadata, &cast)["Options"], one["Options"]);
    // The base type of choices has no options.
    assert_eq!(
        refusal(&metadata, "GlobalOptionSetDefinitions?$select=Options").0,
        400
    );

    let lookups = "RelationshipDefinitions/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata";
    let filter = encoded("ReferencingEntity eq 'rsk_portcall' and ReferencingAttribute eq 'rsk_portid'");
    let found = json(&metadata, &format!("{lookups}?$filter={filter}"));
    assert_eq!(found["value"].as_array().unwrap().len(), 1);
    let relation = &found["value"][0];
    assert_eq!(relation["ReferencedEntity"], "rsk_port");
    assert!(relation["CascadeConfiguration"]["Delete"].is_string());
    let name = relation["SchemaName"].as_str().unwrap();
    let one = json(
        &metadata,
        &format!("RelationshipDefinitions(SchemaName='{name}')"),
    );
    assert_eq!(
        one["@odata.type"],
        "#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata"
    );
    assert_eq!(one["MetadataId"], relation["MetadataId"]);
    let same = json(
        &metadata,
        "EntityDefinitions(LogicalName='rsk_portcall')/ManyToOneRelationships",
    );
    assert!(names(&same, "SchemaName").contains(&name.to_owned()));
    assert_eq!(
        ask(&metadata, &format!("{lookups}/$count")).unwrap().headers["content-type"],
        "text/plain"
    );
}

#[test]
fn the_schema_is_not_changed_by_the_web_api() {
    let metadata = example();
    let send = |method: Method| {
        let call = call(method, "EntityDefinitions(LogicalName='account')");
        metadata.answer(&call, start()).unwrap().unwrap_err()
    };
    let patch = send(Method::PATCH);
    assert_eq!(
        (patch.status, patch.code),
        (StatusCode::METHOD_NOT_ALLOWED, 0x8006_0888)
    );
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        assert_eq!(send(method).status, StatusCode::NOT_IMPLEMENTED);
    }
    assert!(metadata.answer(&call(Method::GET, "accounts"), start()).is_none());
}

#[test]
fn solutions_name_their_tables() {
    let metadata = example();
    let filter = encoded("componenttype eq 1 and (solutionid/uniquename eq 'RaskFleet')");
    let path = format!(
        "solutioncomponents?$select=objectid,componenttype&$expand=solutionid($select=uniquename)&$filter={filter}"
    );
    let answer = json(&metadata, &path);
    let vessel = json(
        &metadata,
        "EntityDefinitions(LogicalName='rsk_vessel')?$select=LogicalName",
    );
    assert!(names(&answer, "objectid").contains(&vessel["MetadataId"].as_str().unwrap().to_owned()));
    assert_eq!(answer["value"][0]["solutionid"]["uniquename"], "RaskFleet");
}

#[test]
fn the_document_has_the_form_that_the_service_gives_it() {
    let metadata = example();
    let answer = ask(&metadata, "%24metadata").unwrap();
    assert_eq!(answer.headers["content-type"], "application/xml");
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    assert!(!text.contains('\n'));
    for part in [
        r#"<EntityType Name="crmbaseentity" Abstract="true" />"#,
        r#"<EntityType Name="systemuser" BaseType="mscrm.principal"><Key><PropertyRef Name="ownerid" /></Key>"#,
        r#"<EntityType Name="task" BaseType="mscrm.activitypointer"><Key><PropertyRef Name="activityid" /></Key>"#,
        // A custom lookup's navigation property has its schema name; optional lookups aren't nullable either.
        r#"<NavigationProperty Name="rsk_HomePortId" Type="mscrm.rsk_port" Nullable="false""#,
        r#"<ReferentialConstraint Property="_rsk_homeportid_value" ReferencedProperty="rsk_portid" />"#,
        // An activity's inherited lookup has no constraint.
        r#"<NavigationProperty Name="createdby_task" Type="mscrm.systemuser" Nullable="false" Partner="lk_task_createdby" />"#,
        r#"<NavigationProperty Name="ownerid_task" Type="mscrm.principal" Nullable="false" Partner="owner_tasks" />"#,
        // A set that no container declares.
        r#"<NavigationPropertyBinding Path="ownerid" Target="owners" />"#,
        r#"<EntitySet Name="rsk_vessels" EntityType="Microsoft.Dynamics.CRM.rsk_vessel">"#,
        r#"<PropertyValue Property="Name" PropertyPath="_rsk_portid_value" />"#,
        r#"<FunctionImport Name="WhoAmI" Function="Microsoft.Dynamics.CRM.WhoAmI" />"#,
        r#"<Annotation Term="Org.OData.Core.V1.DereferenceableIDs" Bool="true" />"#,
    ] {
        assert!(text.contains(part), "{part}");
    }
    // Functions of filters have no import, and descriptions are told on request only.
    assert!(text.contains(r#"<Function Name="Today">"#) && !text.contains(r#"<FunctionImport Name="Today""#));
    assert!(!text.contains("Core.V1.Description"));
    let annotated = ask(&metadata, "$metadata?annotations=true").unwrap().body;
    assert!(
        String::from_utf8(annotated.to_vec())
            .unwrap()
            .contains("Core.V1.Description")
    );
}
