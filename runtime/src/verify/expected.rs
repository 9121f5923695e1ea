//! What is expected of a table: gathered from rows and tokens, compared with what is found.

use super::answer::{FoundTable, column_of};
use super::difference::Difference;
use crate::row::Part;
use crate::{Collection, Column, TableMeta, access, kind};
use std::collections::{BTreeMap, BTreeSet};

/// What is expected of one table.
#[derive(Clone, Debug)]
pub struct Expected {
    entity_set: &'static str,
    primary_id: &'static str,
    /// By the property that a column is read as.
    columns: BTreeMap<&'static str, ExpectedColumn>,
    navigations: BTreeSet<&'static str>,
}

/// What is expected of one column.
#[derive(Clone, Copy, Debug, Default)]
struct ExpectedColumn {
    /// The types that read and write alike. Empty: any.
    types: &'static [&'static str],
    behavior: Option<&'static str>,
    read: bool,
    create: bool,
    update: bool,
}

impl Expected {
    pub(super) fn of(meta: &TableMeta) -> Self {
        Self {
            entity_set: meta.entity_set,
            primary_id: meta.primary_id,
            columns: BTreeMap::new(),
            navigations: BTreeSet::new(),
        }
    }

    /// Adds what a row reads.
    pub(super) fn parts(&mut self, parts: &'static [Part]) {
        for part in parts {
            match part {
                Part::Column { property, .. } | Part::Formatted { property } | Part::Target { property } => {
                    self.columns.entry(property).or_default().read = true;
                }
                Part::Expand { navigation, .. } => {
                    self.navigations.insert(navigation);
                }
                Part::Etag | Part::Link { .. } | Part::Alias { .. } => {}
            }
        }
    }

    pub(super) fn compare(&self, table: &str, found: &FoundTable, differences: &mut Vec<Difference>) {
        let table = || table.to_owned();
        if found.entity_set_name.as_deref() != Some(self.entity_set) && !self.entity_set.is_empty() {
            differences.push(Difference::EntitySet {
                table: table(),
                expected: self.entity_set.to_owned(),
                found: found.entity_set_name.clone(),
            });
        }
        if let Some(primary_id) = found
            .primary_id_attribute
            .as_deref()
            .filter(|id| *id != self.primary_id)
        {
            differences.push(Difference::PrimaryIdName {
                table: table(),
                expected: self.primary_id.to_owned(),
                found: primary_id.to_owned(),
            });
        }
        for (property, expected) in &self.columns {
            expected.compare(&table(), property, found, differences);
        }
        for navigation in self.navigations.iter().filter(|name| !found.has_navigation(name)) {
            differences.push(Difference::NoNavigation {
                table: table(),
                navigation: (*navigation).to_owned(),
            });
        }
    }
}

impl ExpectedColumn {
    fn compare(&self, table: &str, property: &str, found: &FoundTable, differences: &mut Vec<Difference>) {
        let column = || column_of(property).unwrap_or(property).to_owned();
        let Some(of) = found.column(property) else {
            return differences.push(Difference::NoColumn {
                table: table.to_owned(),
                column: column(),
            });
        };
        let mut differs = |expected: &str, found: &str| {
            differences.push(Difference::Type {
                table: table.to_owned(),
                column: column(),
                expected: expected.to_owned(),
                found: found.to_owned(),
            });
        };
        if let (Some(expected), Some(found)) = (self.types.first(), of.type_name())
            && !self.types.contains(&found)
        {
            differs(expected, found);
        }
        if let (Some(expected), Some(found)) = (self.behavior, of.behavior())
            && expected != found
        {
            differs(expected, found);
        }
        let access = [
            (self.read, of.is_valid_for_read, "read"),
            (self.create, of.is_valid_for_create, "set on create"),
            (self.update, of.is_valid_for_update, "updated"),
        ];
        for (_, _, lost) in access
            .into_iter()
            .filter(|(expected, found, _)| *expected && *found == Some(false))
        {
            differences.push(Difference::Access {
                table: table.to_owned(),
                column: column(),
                lost,
            });
        }
    }
}

/// Tokens of columns and relationships, and tuples of them.
pub trait Uses {
    /// Adds what they expect.
    fn expect(&self, table: &mut Expected);
}

impl<T, K: KindFacts, A: AccessFacts, N> Uses for Column<T, K, A, N> {
    fn expect(&self, table: &mut Expected) {
        table
            .navigations
            .extend(self.targets().map(|(_, navigation)| navigation));
        // Parties have no property of their own.
        if !self.property().is_empty() {
            table.columns.insert(
                self.property(),
                ExpectedColumn {
                    types: K::TYPES,
                    behavior: K::BEHAVIOR,
                    read: A::READ,
                    create: A::CREATE,
                    update: A::UPDATE,
                },
            );
        }
    }
}

impl<T, U> Uses for Collection<T, U> {
    fn expect(&self, table: &mut Expected) {
        table.navigations.insert(self.navigation());
    }
}

macro_rules! tuples {
    ($($name:ident)+) => {
        impl<$($name: Uses),+> Uses for ($($name,)+) {
            #[allow(non_snake_case, reason = "the names of the tuple's types")]
            fn expect(&self, table: &mut Expected) {
                let ($($name,)+) = self;
                $($name.expect(table);)+
            }
        }
    };
}
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
tuples!(A B C D E F G H I);
tuples!(A B C D E F G H I J);
tuples!(A B C D E F G H I J K);
tuples!(A B C D E F G H I J K L);

/// What the service calls a kind of column.
pub trait KindFacts {
    /// The types (`AttributeTypeName`) that are read and written alike, the usual one first. Empty: any.
    const TYPES: &'static [&'static str];
    /// Of dates: what they mean (`DateTimeBehavior`).
    const BEHAVIOR: Option<&'static str> = None;
}

macro_rules! kinds {
    ($($kind:ty: $($types:literal)*;)+) => {
        $(impl KindFacts for $kind {
            const TYPES: &'static [&'static str] = &[$($types),*];
        })+
    };
}
kinds! {
    kind::Text: "StringType" "MemoType" "VirtualType" "EntityNameType";
    kind::Memo: "MemoType" "StringType";
    kind::WholeNumber: "IntegerType" "PicklistType" "StateType" "StatusType";
    kind::BigInteger: "BigIntType";
    kind::DecimalNumber: "DecimalType";
    kind::FloatNumber: "DoubleType";
    kind::MoneyAmount: "MoneyType";
    kind::YesNo: "BooleanType";
    kind::UniqueId: "UniqueidentifierType" "LookupType" "OwnerType" "CustomerType";
    kind::PartyList: "PartyListType";
    kind::ImageData: "ImageType";
    kind::FileContent: "FileType";
    kind::TableName: "EntityNameType" "StringType";
    kind::ManagedPropertyFlag: "ManagedPropertyType";
    kind::UnknownValue:;
}
impl<T> KindFacts for kind::PrimaryId<T> {
    const TYPES: &'static [&'static str] = &["UniqueidentifierType", "LookupType"];
}
impl<T> KindFacts for kind::Lookup<T> {
    const TYPES: &'static [&'static str] = &["LookupType", "OwnerType", "CustomerType"];
}
impl<E> KindFacts for kind::ChoiceOf<E> {
    const TYPES: &'static [&'static str] = &["PicklistType", "StateType", "StatusType", "IntegerType"];
}
impl<E> KindFacts for kind::ChoicesOf<E> {
    const TYPES: &'static [&'static str] = &["MultiSelectPicklistType"];
}

macro_rules! dates {
    ($($kind:ident)+) => {
        $(impl KindFacts for kind::$kind {
            const TYPES: &'static [&'static str] = &["DateTimeType"];
            const BEHAVIOR: Option<&'static str> = Some(stringify!($kind));
        })+
    };
}
dates!(UserLocal DateOnly TimeZoneIndependent);

/// What may be done with a column, as data.
pub trait AccessFacts {
    /// It is read.
    const READ: bool;
    /// It counts in a create.
    const CREATE: bool;
    /// It counts in an update.
    const UPDATE: bool;
}

macro_rules! accesses {
    ($($access:ident $read:literal $create:literal $update:literal;)+) => {
        $(impl AccessFacts for access::$access {
            const READ: bool = $read;
            const CREATE: bool = $create;
            const UPDATE: bool = $update;
        })+
    };
}
accesses! {
    ReadWrite true true true;
    ReadOnly true false false;
    CreateOnly true true false;
    UpdateOnly true false true;
    WriteOnly false true true;
    WriteOnlyOnCreate false true false;
    WriteOnlyOnUpdate false false true;
}
