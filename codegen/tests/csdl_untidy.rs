//! What the CSDL reader makes of documents that are unusual or untidy, but usable.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use dataverse_codegen::csdl::{self, Document, EdmType, EnumMember, TypeName};

/// A schema's content, read as a document of its own.
fn schema(content: &str) -> Document<'static> {
    let text = format!(
        r#"<Edmx Version="4.0"><DataServices><Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm">
{content}</Schema></DataServices></Edmx>"#
    );
    csdl::read(Box::leak(text.into_boxed_str()).as_bytes()).expect("readable")
}

fn notes(document: &Document<'_>) -> Vec<(usize, String)> {
    document
        .notes
        .iter()
        .map(|note| (note.position.line, note.message.clone()))
        .collect()
}

#[test]
fn annotations_without_a_target_are_noted() {
    let document = schema(
        r#"<EntityType Name="rsk_port"/>
<Annotations Target="mscrm.rsk_port/rsk_gone"><Annotation Term="Core.Computed" Bool="true"/></Annotations>
<Annotations Target="mscrm.rsk_port"><Annotation Term="Core.Computed" Bool="true"/></Annotations>
<Annotations Target="mscrm.rsk_Dock(mscrm.rsk_port)/P"><Annotation Term="Core.OptionalParameter"/></Annotations>
<Annotations Target="mscrm.rsk_port"><Annotation Term="Core.LongDescription" String="x"/></Annotations>
<Annotations Target="mscrm.rsk_port" Qualifier="q"><Annotation Term="Core.Description" String="x"/></Annotations>"#,
    );
    let lines: Vec<_> = document.notes.iter().map(|note| note.position.line).collect();
    assert_eq!(lines, [3, 4, 5]);
    assert!(
        document.notes[0].message.contains("`rsk_port/rsk_gone`"),
        "{:?}",
        document.notes
    );
    assert_eq!(document.entity_types[0].description, None);
}

#[test]
fn the_first_of_two_is_kept() {
    let document = schema(
        r#"<EntityType Name="rsk_port"><Property Name="a" Type="Edm.Int32"/><Property Name="b" Type="Edm.Int32"/>
<Property Name="a" Type="Edm.String"/></EntityType>
<EntityType Name="rsk_port"><Key><PropertyRef Name="x"/></Key></EntityType>
<EntityContainer><EntitySet Name="s" EntityType="mscrm.rsk_port"/>
<EntitySet Name="s" EntityType="mscrm.other"/></EntityContainer>"#,
    );
    let [port] = &document.entity_types[..] else {
        panic!("one expected")
    };
    assert!(port.key.is_empty());
    let types: Vec<_> = port.properties.iter().map(|property| &property.ty.name).collect();
    assert_eq!(
        types,
        [&TypeName::Edm(EdmType::Int32), &TypeName::Edm(EdmType::Int32)]
    );
    assert_eq!(document.entity_sets.len(), 1);
    assert_eq!(document.entity_sets[0].entity_type, "rsk_port");
    assert_eq!(
        notes(&document),
        [
            (3, "the property `a` appears twice: the first was kept".to_owned()),
            (
                4,
                "the entity type `rsk_port` appears twice: the first was kept".to_owned()
            ),
            (
                6,
                "the entity set `s` appears twice: the first was kept".to_owned()
            ),
        ]
    );
}

#[test]
fn what_can_be_done_without_is_noted() {
    let document = schema(
        r#"<EntityType Name="t"><NavigationProperty Name="n" Type="mscrm.t"><ReferentialConstraint Property="p"/></NavigationProperty>
<Property Name="p" Type="Edm.Guid" Nullable="maybe"/></EntityType>
<EnumType Name="e"><Member Name="a" Value="x"/><Member Name="b"/></EnumType>
<EntityContainer><EntitySet Name="s" EntityType="mscrm.t"><NavigationPropertyBinding Path="n"/></EntitySet>
<Singleton Name="me" Type="mscrm.t"/></EntityContainer>
<TypeDefinition Name="d" UnderlyingType="Edm.String"/>
<Action Name="a"><Annotation Term="Org.OData.Core.V1.Description" Bool="true"><Record/></Annotation></Action>"#,
    );
    let lines: Vec<_> = document.notes.iter().map(|note| note.position.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7], "{:?}", document.notes);
    assert_eq!(
        document.enum_types[0].members,
        [EnumMember {
            name: "b".into(),
            value: 0
        }]
    );
    assert_eq!(document.entity_types[0].properties[0].nullable, None);
}

#[test]
fn what_is_unknown_is_skipped() {
    let document = schema(
        r#"<m:Whatever xmlns:m="x"><EntityType Name="inner"/>text &#65; <![CDATA[<]]></m:Whatever>
<EntityType Name="t" New="1" m:Name="other"><Key New="1"><Sub/></Key><Property m:x="1" Type='Edm.Int32' Name='p'><Sub/></Property></EntityType>
<?target instruction?>"#,
    );
    assert_eq!(document.entity_types.len(), 1);
    assert_eq!(document.entity_types[0].properties[0].name, "p");
    assert_eq!(document.notes, []);
}

#[test]
fn several_schemas_refer_to_each_other() {
    let xml = br#"<edmx:Edmx Version="4.01" xmlns:edmx="e"><edmx:Reference Uri="u"><edmx:Include Namespace="Org.OData.Core.V1"
 Alias="C"/></edmx:Reference><edmx:DataServices><Schema Namespace="Rsk.One"><EntityType Name="a" BaseType="Rsk.Two.b">
<Property Name="p" Type="Rsk.Two.c"><Annotation Term="C.Computed"><Bool> true </Bool></Annotation></Property></EntityType>
</Schema><Schema Namespace="Rsk.Two" Alias="two"><EntityType Name="b"/></Schema></edmx:DataServices></edmx:Edmx>"#;
    let document = csdl::read(xml).expect("readable");
    assert_eq!(document.schemas.len(), 2);
    let a = &document.entity_types[0];
    assert_eq!(a.base.as_deref(), Some("b"));
    assert_eq!(a.properties[0].ty.name, TypeName::Schema("c".into()));
    assert!(a.properties[0].computed);
}

#[test]
fn references_are_resolved() {
    let document = schema(
        r#"<EntityType Name="a&#x62;&lt;"><Property Type="&#109;scrm.&gt;" Name=" x&#10;y
z"/></EntityType>"#,
    );
    let ty = &document.entity_types[0];
    assert_eq!(ty.name, "ab<");
    assert_eq!(ty.properties[0].ty.name, TypeName::Schema(">".into()));
    assert_eq!(ty.properties[0].name, " x\ny z");
}
