//! What the CSDL reader makes of a document that has everything in it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::borrow::Cow;

use dataverse_codegen::csdl::{
    self, AlternateKey, Binding, Capabilities, Document, EdmType, EntityType, EnumMember, Import, KeyPart,
    Namespace, Permission, Property, ReferentialConstraint, TypeName, TypeRef,
};

const HARBOUR: &[u8] = include_bytes!("csdl/harbour.xml");

fn harbour() -> Document<'static> {
    csdl::read(HARBOUR).expect("readable")
}

fn entity<'d, 'a>(document: &'d Document<'a>, name: &str) -> &'d EntityType<'a> {
    document
        .entity_types
        .iter()
        .find(|ty| ty.name == name)
        .expect("declared")
}

fn property<'d, 'a>(properties: &'d [Property<'a>], name: &str) -> &'d Property<'a> {
    properties
        .iter()
        .find(|property| property.name == name)
        .expect("declared")
}

fn one(name: TypeName<'static>) -> TypeRef<'static> {
    TypeRef {
        collection: false,
        name,
    }
}

fn many(name: TypeName<'static>) -> TypeRef<'static> {
    TypeRef {
        collection: true,
        name,
    }
}

fn local(name: &'static str) -> TypeName<'static> {
    TypeName::Schema(name.into())
}

#[test]
fn the_envelope_is_read() {
    let document = harbour();
    let schema = Namespace {
        name: "Microsoft.Dynamics.CRM".into(),
        alias: Some("mscrm".into()),
    };
    assert_eq!(document.schemas, [schema]);
    assert_eq!(document.namespace(), Some("Microsoft.Dynamics.CRM"));
    assert_eq!(document.notes, []);
}

#[test]
fn entity_types_inherit_and_have_keys() {
    let document = harbour();
    let names: Vec<_> = document.entity_types.iter().map(|ty| ty.name.as_ref()).collect();
    assert_eq!(names, ["crmbaseentity", "expando", "rsk_port", "rsk_vessel"]);
    let root = entity(&document, "crmbaseentity");
    assert!(root.is_abstract && !root.is_open && root.base.is_none() && root.key.is_empty());
    let open = entity(&document, "expando");
    assert!(open.is_open && !open.is_abstract);
    let port = entity(&document, "rsk_port");
    assert_eq!(port.base.as_deref(), Some("crmbaseentity"));
    assert_eq!(port.key, ["rsk_portid"]);
    assert_eq!(port.description.as_deref(), Some("Where vessels lie."));
}

#[test]
fn properties_have_types_and_annotations() {
    let document = harbour();
    let port = entity(&document, "rsk_port");
    let id = property(&port.properties, "rsk_portid");
    assert_eq!(
        (&id.ty, id.nullable),
        (&one(TypeName::Edm(EdmType::Guid)), Some(false))
    );
    let name = property(&port.properties, "rsk_name");
    assert_eq!(name.description.as_deref(), Some("Häfen & \"Molen\""));
    assert!(name.nullable.is_none() && !name.is_read_only());
    let version = property(&port.properties, "versionnumber");
    assert_eq!(
        (version.computed, version.permission),
        (true, Some(Permission::Read))
    );
    assert_eq!(version.description, None);
    assert!(version.is_read_only());
    assert_eq!(
        property(&port.properties, "rsk_depth").ty,
        one(TypeName::Edm(EdmType::Decimal))
    );
}

#[test]
fn names_borrow_from_the_input() {
    let document = harbour();
    let port = entity(&document, "rsk_port");
    assert!(matches!(port.name, Cow::Borrowed(_)));
    assert!(matches!(port.base, Some(Cow::Borrowed(_))));
    assert!(
        port.properties
            .iter()
            .all(|property| matches!(property.name, Cow::Borrowed(_)))
    );
    assert!(matches!(
        &port.navigation[1].ty.name,
        TypeName::Schema(Cow::Borrowed("rsk_vessel"))
    ));
}

#[test]
fn navigation_properties_are_read() {
    let document = harbour();
    let [lookup, collection] = &entity(&document, "rsk_port").navigation[..] else {
        panic!("two expected")
    };
    assert_eq!(lookup.ty, one(local("systemuser")));
    assert_eq!(
        (lookup.nullable, lookup.partner.as_deref()),
        (Some(false), Some("rsk_user_port"))
    );
    let constraint = ReferentialConstraint {
        property: "_rsk_harbourmasterid_value".into(),
        referenced: "systemuserid".into(),
    };
    assert_eq!(lookup.constraints, [constraint]);
    assert_eq!(collection.ty, many(local("rsk_vessel")));
    assert!(collection.constraints.is_empty() && !collection.contains_target);
}

#[test]
fn alternate_keys_are_read_in_both_spellings() {
    let document = harbour();
    let part = |name: &'static str, alias: &'static str| KeyPart {
        name: name.into(),
        alias: alias.into(),
    };
    assert_eq!(
        entity(&document, "rsk_port").alternate_keys,
        [
            AlternateKey {
                parts: vec![
                    part("rsk_name", "rsk_name"),
                    part("_rsk_harbourmasterid_value", "master")
                ]
            },
            AlternateKey {
                parts: vec![part("rsk_code", "rsk_code")]
            },
        ]
    );
    assert_eq!(
        entity(&document, "rsk_vessel").alternate_keys,
        [AlternateKey {
            parts: vec![part("rsk_imo", "rsk_imo")]
        }]
    );
}

#[test]
fn complex_types_inherit_and_hold_rows() {
    let document = harbour();
    let [size, loaded] = &document.complex_types[..] else {
        panic!("two expected")
    };
    assert!(size.base.is_none() && !size.is_abstract);
    assert_eq!(loaded.base.as_deref(), Some("rsk_Size"));
    assert!(loaded.is_abstract && loaded.is_open);
    assert_eq!(loaded.properties[0].ty, many(TypeName::Edm(EdmType::Int32)));
    assert!(loaded.navigation[0].contains_target);
}

#[test]
fn enum_values_count_up_where_they_are_missing() {
    let document = harbour();
    let [rights, weather] = &document.enum_types[..] else {
        panic!("two expected")
    };
    assert_eq!((rights.is_flags, rights.underlying), (true, Some(EdmType::Int64)));
    let values = |members: &[EnumMember<'_>]| members.iter().map(|member| member.value).collect::<Vec<_>>();
    assert_eq!(values(&rights.members), [0, 1, 16]);
    assert_eq!((weather.is_flags, weather.underlying), (false, None));
    assert_eq!(values(&weather.members), [-1, 0, 1]);
}

#[test]
fn overloads_are_kept() {
    let document = harbour();
    let [row, set] = &document.functions[..] else {
        panic!("two expected")
    };
    assert_eq!((row.name.as_ref(), set.name.as_ref()), ("rsk_Tides", "rsk_Tides"));
    assert!(row.is_bound && !row.is_composable && set.is_composable);
    let [entity, days] = &row.parameters[..] else {
        panic!("two expected")
    };
    assert_eq!((entity.nullable, entity.optional), (Some(false), false));
    assert_eq!((days.nullable, days.optional), (None, true));
    let returns = row.returns.as_ref().expect("declared");
    assert_eq!(
        (&returns.ty, returns.nullable),
        (&many(local("rsk_Size")), Some(false))
    );
    let geography = TypeName::Other("Edm.GeographyPoint".into());
    assert_eq!(
        set.returns.as_ref().map(|returns| &returns.ty),
        Some(&one(geography))
    );
    assert_eq!(
        (document.actions.len(), document.actions[0].returns.is_none()),
        (1, true)
    );
    let import = |name: &'static str, operation: &'static str| Import {
        name: name.into(),
        operation: operation.into(),
    };
    assert_eq!(document.function_imports, [import("rsk_TidesOf", "rsk_Tides")]);
    assert_eq!(document.action_imports, [import("rsk_Dock", "rsk_Dock")]);
}

#[test]
fn entity_sets_have_bindings_and_capabilities() {
    let document = harbour();
    let [ports, vessels] = &document.entity_sets[..] else {
        panic!("two expected")
    };
    assert_eq!(
        (ports.name.as_ref(), ports.entity_type.as_ref()),
        ("rsk_ports", "rsk_port")
    );
    let binding = |path: &'static str, target: &'static str| Binding {
        path: path.into(),
        target: target.into(),
    };
    assert_eq!(
        ports.bindings,
        [
            binding("rsk_port_vessel", "rsk_vessels"),
            binding("ownerid", "owners")
        ]
    );
    let capabilities = Capabilities {
        change_tracking: Some(true),
        skip_supported: Some(false),
        indexable_by_key: Some(true),
        ..Capabilities::default()
    };
    assert_eq!(ports.capabilities, capabilities);
    assert_eq!(
        vessels.capabilities,
        Capabilities {
            change_tracking: Some(false),
            ..Capabilities::default()
        }
    );
}

#[test]
fn annotations_out_of_line_are_applied() {
    let document = harbour();
    let size = property(&entity(&document, "rsk_vessel").properties, "rsk_size");
    assert_eq!(
        (size.description.as_deref(), size.computed),
        (Some("Over all."), true)
    );
    let length = &document.complex_types[0].properties[0];
    assert_eq!(
        (length.permission, length.is_read_only()),
        (Some(Permission::ReadWrite), false)
    );
}
