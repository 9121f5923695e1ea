//! Columns of every type, and what is wrong with columns without being worth stopping for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use dataverse_codegen::definitions::{AttributeKind, RawAttribute, read};
use dataverse_codegen::warning::Warning;

/// Reads one table with these columns; gives what `look` makes of them, and the warnings.
fn columns<T: Send>(json: &str, look: impl Fn(&[RawAttribute<'_>]) -> T + Sync) -> (T, Vec<Warning>) {
    let body =
        format!(r#"{{"LogicalName":"rsk_vessel","EntitySetName":"rsk_vessels","Attributes":[{json}]}}"#);
    let mut body = read(body.as_bytes(), |table, _| look(&table.attributes)).unwrap();
    assert_eq!(body.tables.len(), 1);
    (body.tables.remove(0), body.warnings)
}

fn texts(warnings: &[Warning]) -> Vec<String> {
    warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn every_type_by_its_name_alone() {
    use AttributeKind::*;
    let types = [
        ("BigInt", BigInt),
        ("Boolean", Boolean),
        ("CalendarRules", CalendarRules),
        ("Customer", Customer),
        ("DateTime", DateTime),
        ("Decimal", Decimal),
        ("Double", Double),
        ("EntityName", EntityName),
        ("File", File),
        ("Image", Image),
        ("Integer", Integer),
        ("Lookup", Lookup),
        ("ManagedProperty", ManagedProperty),
        ("Memo", Memo),
        ("Money", Money),
        ("MultiSelectPicklist", MultiSelectPicklist),
        ("Owner", Owner),
        ("PartyList", PartyList),
        ("Picklist", Picklist),
        ("State", State),
        ("Status", Status),
        ("String", String),
        ("Uniqueidentifier", Uniqueidentifier),
        ("Virtual", Virtual),
        ("Hologram", Unknown),
    ];
    for (name, kind) in types {
        let by_type_name = format!(
            r#"{{"LogicalName":"rsk_c","AttributeType":"Virtual","AttributeTypeName":{{"Value":"{name}Type"}}}}"#
        );
        let by_attribute_type = format!(r#"{{"LogicalName":"rsk_c","AttributeType":"{name}"}}"#);
        for json in [by_type_name, by_attribute_type] {
            assert_eq!(
                columns(&json, |columns| columns[0].kind),
                (Some(kind), vec![]),
                "{json}"
            );
        }
    }
}

#[test]
fn types_by_their_other_names() {
    let kind = |facts: &str| {
        columns(&format!(r#"{{"LogicalName":"rsk_c"{facts}}}"#), |columns| {
            columns[0].kind
        })
        .0
    };
    let typed = |name: &str| format!(r##","@odata.type":"#Microsoft.Dynamics.CRM.{name}""##);
    assert_eq!(
        kind(&typed("ComplexFileAttributeMetadata")),
        Some(AttributeKind::File)
    );
    assert_eq!(
        kind(&typed("UniqueIdentifierAttributeMetadata")),
        Some(AttributeKind::Uniqueidentifier)
    );
    assert_eq!(kind(&typed("AttributeMetadata")), None);
    let image = format!(r#"{},"AttributeType":"Virtual""#, typed("ImageAttributeMetadata"));
    assert_eq!(kind(&image), Some(AttributeKind::Image));
    let owner = format!(r#"{},"AttributeType":"Owner""#, typed("LookupAttributeMetadata"));
    assert_eq!(kind(&owner), Some(AttributeKind::Owner));
    assert_eq!(kind(""), None);
}

#[test]
fn facets_of_text_numbers_and_dates() {
    let json = r#"
        {"LogicalName":"rsk_name","AttributeType":"String","MaxLength":100.0,"DatabaseLength":200,"Format":"Text",
         "FormatName":{"Value":"RichText"},"AutoNumberFormat":"V-{SEQNUM:5}","YomiOf":"rsk_x","IsLocalizable":false,
         "AttributeOf":"rsk_y","SourceType":3,"FormulaDefinition":"1 + \"a\"","IsValidForRead":true,"IsValidForCreate":false},
        {"LogicalName":"rsk_rate","AttributeType":"Decimal","MinValue":1e-10,"MaxValue":100000000000.0,"Precision":10},
        {"LogicalName":"rsk_fee","AttributeType":"Money","MinValue":-922337203685477.5807,"MaxValue":922337203685477,
         "PrecisionSource":2,"CalculationOf":"rsk_fee","IsBaseCurrency":true},
        {"LogicalName":"rsk_when","AttributeType":"DateTime","Format":"DateOnly","DateTimeBehavior":{"Value":"DateOnly"},
         "MinSupportedValue":"1753-01-01T00:00:00Z"}"#;
    let ((), warnings) = columns(json, |columns| {
        let [name, rate, fee, when] = columns else {
            panic!("{columns:?}")
        };
        assert_eq!((name.max_length, name.database_length), (Some(100), Some(200)));
        assert_eq!(
            (name.format.as_deref(), name.format_name.as_deref()),
            (Some("Text"), Some("RichText"))
        );
        assert_eq!(
            (name.attribute_of.as_deref(), name.yomi_of.as_deref()),
            (Some("rsk_y"), Some("rsk_x"))
        );
        assert_eq!(name.formula_definition.as_deref(), Some("1 + \"a\""));
        assert_eq!(
            (name.source_type, name.is_valid_for_read, name.is_valid_for_create),
            (Some(3), Some(true), Some(false))
        );
        assert_eq!(rate.min_value.map(|number| number.as_str()), Some("1e-10"));
        assert_eq!(
            rate.max_value.and_then(|number| number.to_i64()),
            Some(100_000_000_000)
        );
        assert_eq!(
            fee.min_value.map(|number| number.as_str()),
            Some("-922337203685477.5807")
        );
        assert_eq!(
            fee.max_value.and_then(|number| number.to_f64()),
            Some(922_337_203_685_477.0)
        );
        assert_eq!(
            (fee.precision_source, fee.is_base_currency),
            (Some(2), Some(true))
        );
        assert_eq!(fee.calculation_of.as_deref(), Some("rsk_fee"));
        assert_eq!(when.date_time_behavior.as_deref(), Some("DateOnly"));
    });
    assert_eq!(warnings, []);
}

#[test]
fn facets_of_lookups_choices_and_images() {
    let json = r#"
        {"LogicalName":"rsk_owner","AttributeType":"Owner","Targets":["systemuser","team"]},
        {"LogicalName":"rsk_ok","AttributeType":"Boolean","DefaultValue":true,
         "OptionSet":{"TrueOption":{"Value":1,"Label":{"LocalizedLabels":[{"Label":"Yes","LanguageCode":1033}]}}}},
        {"LogicalName":"rsk_flag","AttributeType":"Picklist","OptionSet":{"Name":"rsk_flag","Options":[]},
         "GlobalOptionSet":{"Name":"rsk_flag","IsGlobal":true,"Options":[{"Value":0}]}},
        {"LogicalName":"rsk_photo","AttributeTypeName":{"Value":"ImageType"},"IsPrimaryImage":true,"MaxSizeInKB":10240,
         "MaxHeight":144,"MaxWidth":144,"CanStoreFullImage":false},
        {"LogicalName":"rsk_type","AttributeType":"EntityName","IsEntityReferenceStored":true,"OptionSet":null}"#;
    let ((), warnings) = columns(json, |columns| {
        let [owner, ok, flag, photo, kind] = columns else {
            panic!("{columns:?}")
        };
        assert_eq!(owner.targets, ["systemuser", "team"]);
        assert_eq!(ok.default_value, Some(true));
        let yes = ok
            .choice()
            .and_then(|choice| choice.true_option.as_ref())
            .unwrap();
        assert_eq!((yes.value, yes.label.get(1033)), (1, Some("Yes")));
        assert_eq!(flag.choice().and_then(|choice| choice.is_global), Some(true));
        assert_eq!(
            (photo.is_primary_image, photo.can_store_full_image),
            (Some(true), Some(false))
        );
        assert_eq!(
            (photo.max_size_in_kb, photo.max_height, photo.max_width),
            (Some(10240), Some(144), Some(144))
        );
        assert_eq!(
            (kind.is_entity_reference_stored, kind.choice()),
            (Some(true), None)
        );
    });
    assert_eq!(warnings, []);
}

#[test]
fn odata_flags_that_were_not_requested_are_unknown() {
    let flags = |json: &str| {
        columns(json, |columns| {
            columns
                .iter()
                .map(|column| column.is_valid_odata_attribute)
                .collect::<Vec<_>>()
        })
        .0
    };
    let column =
        |name: &str, valid: bool| format!(r#"{{"LogicalName":"{name}","IsValidODataAttribute":{valid}}}"#);
    let all_false = format!("{},{}", column("a", false), column("b", false));
    let mixed = format!("{},{}", column("a", true), column("b", false));
    assert_eq!(flags(&all_false), [None, None]);
    assert_eq!(flags(&mixed), [Some(true), Some(false)]);
}

#[test]
fn wrong_types_are_warnings() {
    let json = r#"
        {"LogicalName":"rsk_a","MaxLength":"100","IsValidForRead":"yes","MinValue":[1],"Targets":"rsk_b","DisplayName":7,
         "RequiredLevel":["None"],"Format":{"x":{"y":[[[]]]}},"OptionSet":{"Name":1,"Options":[{"Label":{}},{"Value":"2"},5,
         {"Value":3,"Label":{"LocalizedLabels":[{"Label":4,"LanguageCode":1033}]}}]}},
        {"AttributeType":"String"},
        null"#;
    let (names, warnings) = columns(json, |columns| {
        let a = &columns[0];
        assert_eq!(
            (
                a.max_length,
                a.is_valid_for_read,
                a.min_value,
                a.required_level.as_deref()
            ),
            (None, None, None, None)
        );
        assert_eq!(a.choice().unwrap().options.len(), 1);
        columns
            .iter()
            .map(|column| column.logical_name.to_string())
            .collect::<Vec<_>>()
    });
    assert_eq!(names, ["rsk_a"]);
    let expected = [
        "rsk_vessel.rsk_a: MaxLength: expected a whole number, found the text \"100\"; taken as missing",
        "rsk_vessel.rsk_a: IsValidForRead: expected true or false, found the text \"yes\"; taken as missing",
        "rsk_vessel.rsk_a: MinValue: expected a number, found a list; taken as missing",
        "rsk_vessel.rsk_a: Targets: expected a list, found the text \"rsk_b\"; taken as missing",
        "rsk_vessel.rsk_a: DisplayName: expected an object with a label, found the number 7; taken as missing",
        "rsk_vessel.rsk_a: RequiredLevel: expected a text, found a list; taken as missing",
        "rsk_vessel.rsk_a: Format: expected a text, found an object; taken as missing",
        "rsk_vessel.rsk_a: OptionSet.Name: expected a text, found the number 1; taken as missing",
        "rsk_vessel.rsk_a: OptionSet.Options[0]: has no Value; left out",
    ];
    let texts = texts(&warnings);
    assert_eq!(texts[..expected.len()], expected);
    for part in [
        "Options[1].Value: expected a whole number",
        "Options[2]",
        "Options[3].Label.LocalizedLabels[0].Label",
    ] {
        assert!(texts.iter().any(|text| text.contains(part)), "{part}: {texts:#?}");
    }
    assert!(
        texts.contains(&"rsk_vessel: Attributes[1]: has no LogicalName; left out".to_owned()),
        "{texts:#?}"
    );
}

#[test]
fn warnings_are_limited() {
    let wrong = r#"{"LogicalName":"rsk_a","MaxLength":"x"}"#;
    let (count, warnings) = columns(&[wrong; 400].join(","), |columns| columns.len());
    assert_eq!(count, 400);
    assert!(warnings.len() < 100, "{}", warnings.len());
    assert!(warnings.last().unwrap().message.contains("more warnings"));
}

#[test]
fn a_table_without_a_name_is_left_out() {
    let json = r#"{"value":[{"EntitySetName":"a","MetadataId":"m"},{"LogicalName":"rsk_b"}]}"#;
    let body = read(json.as_bytes(), |table, _| table.logical_name.into_owned()).unwrap();
    // The first element isn't certain to be a table by its properties, the second one is one by its company.
    assert_eq!(body.tables, ["rsk_b"]);
    assert!(
        body.warnings[0].message.contains("MetadataId m"),
        "{:?}",
        body.warnings
    );
}

#[test]
fn columns_of_an_unnamed_table_are_a_warning() {
    let id = "0f0e0000-0000-0000-0000-00000000abcd";
    let json = format!(
        r#"{{"@odata.context":"x#EntityDefinitions({id})/Attributes","value":[{{"LogicalName":"rsk_a"}}]}}"#
    );
    let body = read(json.as_bytes(), |_, _| ()).unwrap();
    assert_eq!(body.tables.len(), 0);
    assert!(body.warnings[0].message.contains(id), "{:?}", body.warnings);
}
