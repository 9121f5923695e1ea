//! Relationships (`OneToManyRelationshipMetadata`, `ManyToManyRelationshipMetadata`).

use super::{managed, simple};
use crate::metadata::catalog::Catalog;
use crate::metadata::node::{Members, Value};
use crate::metadata::relations::{ManyToMany, OWNER, OneToMany};
use dataverse_codegen::schema::Cascade;
use std::borrow::Cow;
use uuid::Uuid;

pub(super) fn one_to_many<'s>(
    catalog: Catalog<'s>,
    relation: &'s OneToMany,
) -> (&'static str, usize, Members<'s>) {
    let custom = catalog
        .table(&relation.referencing)
        .and_then(|table| table.column(&relation.column))
        .map(|column| column.custom);
    let mut members = common(&relation.name, custom, "OneToManyRelationship");
    let first = members.len();
    let referenced_id = if relation.referenced == OWNER {
        Some("ownerid")
    } else {
        catalog.primary_id(&relation.referenced)
    };
    members.extend([
        ("ReferencedAttribute", Value::text(referenced_id)),
        ("ReferencedEntity", Value::text(Some(&relation.referenced))),
        ("ReferencingAttribute", Value::text(Some(&relation.column))),
        ("ReferencingEntity", Value::text(Some(&relation.referencing))),
        ("IsHierarchical", Value::Bool(relation.hierarchical)),
        ("EntityKey", Value::Null),
        ("IsRelationshipAttributeDenormalized", Value::Bool(false)),
        (
            "ReferencedEntityNavigationPropertyName",
            Value::text(relation.collection.as_deref()),
        ),
        (
            "ReferencingEntityNavigationPropertyName",
            Value::text(relation.navigation.as_deref()),
        ),
        ("RelationshipBehavior", Value::Int(1)),
        ("IsDenormalizedLookup", Value::Null),
        ("DenormalizedAttributeName", Value::Null),
        ("IsCustomizable", managed(true, "iscustomizable")),
        ("AssociatedMenuConfiguration", menu()),
        (
            "CascadeConfiguration",
            relation.cascade.as_ref().map_or(Value::Null, cascade),
        ),
        ("RelationshipAttributes", Value::List(Vec::new())),
    ]);
    ("OneToManyRelationshipMetadata", first, members)
}

pub(super) fn many_to_many(relation: &ManyToMany) -> (&'static str, usize, Members<'_>) {
    let mut members = common(&relation.name, None, "ManyToManyRelationship");
    let first = members.len();
    let [one, two] = &relation.sides;
    let [one_column, two_column] = relation.columns();
    members.extend([
        ("Entity1LogicalName", Value::text(Some(&one.table))),
        ("Entity2LogicalName", Value::text(Some(&two.table))),
        ("IntersectEntityName", Value::text(relation.intersect.as_deref())),
        ("Entity1IntersectAttribute", Value::Text(Cow::Owned(one_column))),
        ("Entity2IntersectAttribute", Value::Text(Cow::Owned(two_column))),
        (
            "Entity1NavigationPropertyName",
            Value::text(one.collection.as_deref()),
        ),
        (
            "Entity2NavigationPropertyName",
            Value::text(two.collection.as_deref()),
        ),
        ("IsCustomizable", managed(true, "iscustomizable")),
        ("Entity1AssociatedMenuConfiguration", menu()),
        ("Entity2AssociatedMenuConfiguration", menu()),
    ]);
    ("ManyToManyRelationshipMetadata", first, members)
}

fn common<'s>(name: &'s str, custom: Option<bool>, kind: &'static str) -> Members<'s> {
    simple(
        [
            ("IsCustomRelationship", Value::flag(custom)),
            ("IsValidForAdvancedFind", Value::Bool(true)),
            ("SchemaName", Value::text(Some(name))),
            ("SecurityTypes", Value::word("Append")),
            ("IsManaged", Value::Null),
            ("RelationshipType", Value::word(kind)),
            ("IntroducedVersion", Value::Null),
        ],
        16,
    )
}

fn cascade(cascade: &Cascade) -> Value<'_> {
    let word = |word: &'_ str| {
        if word.is_empty() {
            Value::Null
        } else {
            Value::Word(Cow::Owned(word.to_owned()))
        }
    };
    Value::Object(vec![
        ("Assign", word(&cascade.assign)),
        ("Delete", word(&cascade.delete)),
        ("Merge", word(&cascade.merge)),
        ("Reparent", word(&cascade.reparent)),
        ("Share", word(&cascade.share)),
        ("Unshare", word(&cascade.unshare)),
        ("RollupView", Value::word("NoCascade")),
    ])
}

fn menu() -> Value<'static> {
    Value::Object(vec![
        ("Behavior", Value::word("UseCollectionName")),
        ("Group", Value::word("Details")),
        ("Order", Value::Null),
        ("IsCustomizable", Value::Bool(false)),
        ("Icon", Value::Null),
        ("ViewId", Value::Id(Uuid::nil())),
        ("AvailableOffline", Value::Bool(true)),
        ("MenuId", Value::Null),
        ("QueryApi", Value::Null),
        ("Label", Value::NoLabel),
    ])
}
