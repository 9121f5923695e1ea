//! A table as CSDL alone tells it.

use crate::csdl::{EdmType, EntityType, NavigationProperty, Property, TypeName};
use crate::schema::{
    Access, Collection, CollectionKind, Column, ColumnKind, DateBehavior, Facts, Key, Label, Lookup,
    Required, Source, Table, Target,
};
use crate::warning::Warning;

use super::csdl_index::{ANY_ROW, CsdlIndex};
use super::fixups;
use super::navigation::{Lookups, lookup_of_navigation, lookup_of_property, lookups};

/// A table of the document. The columns stand apart, each with the type that it has on the wire.
pub(super) struct CsdlTable {
    pub(super) table: Table,
    pub(super) columns: Vec<CsdlColumn>,
    pub(super) lookups: Lookups,
}

/// A column of the document.
pub(super) struct CsdlColumn {
    pub(super) column: Column,
    pub(super) edm: Option<EdmType>,
}

/// Reads one entity type as a table. `None` where it has nothing that identifies a row.
pub(super) fn table<'d, 'a>(
    index: &CsdlIndex<'d, 'a>,
    entity_type: &'d EntityType<'a>,
    warnings: &mut Vec<Warning>,
) -> Option<CsdlTable> {
    let name = &*entity_type.name;
    let levels: Vec<_> = index.chain(entity_type).collect();
    let mut properties: Vec<&Property<'_>> = levels.iter().flat_map(|level| &level.properties).collect();
    properties.sort_by(|a, b| a.name.cmp(&b.name));
    properties.dedup_by(|later, first| later.name == first.name);

    let key = levels
        .iter()
        .find_map(|level| level.key.first())
        .map(|key| &**key);
    let has = |property: &str| properties.binary_search_by(|p| (*p.name).cmp(property)).is_ok();
    let Some(primary_id) = fixups::primary_id_behind_owner_key(name, key, has) else {
        warnings.push(Warning::table(
            name,
            "left out: the document declares no key for it",
        ));
        return None;
    };
    let lookups = lookups(index, entity_type);
    let columns = columns(&properties, &lookups, &primary_id);
    let set = index.set(name);
    let base = levels
        .get(1)
        .map(|base| &*base.name)
        .filter(|base| *base != ANY_ROW);
    let table = Table {
        name: name.to_owned(),
        entity_set: set.map(|set| set.name.to_string()),
        description: unknown_language(entity_type.description.as_deref()),
        csdl_key: key.filter(|key| *key != primary_id).map(str::to_owned),
        base: base.map(str::to_owned),
        facts: Facts {
            activity: Some(base == Some(fixups::ACTIVITY_BASE) || name == fixups::ACTIVITY_BASE),
            change_tracking: set.and_then(|set| set.capabilities.change_tracking),
            ..Facts::default()
        },
        keys: levels
            .iter()
            .flat_map(|level| &level.alternate_keys)
            .map(|key| alternate_key(&key.parts))
            .collect(),
        collections: collections(index, &levels),
        primary_id,
        ..Table::default()
    };
    Some(CsdlTable {
        table,
        columns,
        lookups,
    })
}

fn columns(properties: &[&Property<'_>], lookups: &Lookups, primary_id: &str) -> Vec<CsdlColumn> {
    let has = |property: &str| properties.binary_search_by(|p| (*p.name).cmp(property)).is_ok();
    let column = |property: &&Property<'_>| {
        let name = lookup_of_property(&property.name).unwrap_or(&property.name);
        let edm = edm_type(property);
        let kind = match lookups.targets.get(name) {
            Some(targets) if edm == Some(EdmType::Guid) => lookup(name, &property.name, targets.clone()),
            _ if name != property.name => lookup(name, &property.name, Vec::new()),
            _ => kind_on_the_wire(property, edm, fixups::has_base_twin(name, has)),
        };
        let writable = !property.is_read_only() && !fixups::is_kept_by_the_service(name, &kind);
        let access = match (writable, name == primary_id) {
            (false, _) => Some(Access::READ_ONLY),
            (true, true) => Some(Access::CREATE_ONLY),
            (true, false) => None,
        };
        CsdlColumn {
            column: Column {
                name: name.to_owned(),
                schema_name: None,
                label: Label::default(),
                description: unknown_language(property.description.as_deref()),
                kind,
                access,
                required: (name == primary_id).then_some(Required::System),
                source: Source::Simple,
                auto_number: None,
                secured: false,
                logical: false,
                custom: false,
            },
            edm,
        }
    };
    let mut columns: Vec<_> = properties.iter().map(column).collect();
    columns.sort_by(|a, b| a.column.name.cmp(&b.column.name));
    // `_x_value` and a plain `x` may stand side by side: the lookup is the column.
    columns.dedup_by(|later, first| {
        let same = later.column.name == first.column.name;
        if same && matches!(later.column.kind, ColumnKind::Lookup(_)) {
            std::mem::swap(later, first);
        }
        same
    });
    columns
}

fn lookup(name: &str, property: &str, targets: Vec<Target>) -> ColumnKind {
    let property = (lookup_of_property(property) != Some(name)).then(|| property.to_owned());
    let kind = fixups::lookup_kind(name, &targets);
    ColumnKind::Lookup(Lookup {
        kind,
        property,
        targets,
    })
}

/// The kind of a column of which nothing but the type on the wire is known: choices look like whole numbers, memos like
/// text, and all instants like user-local ones.
fn kind_on_the_wire(property: &Property<'_>, edm: Option<EdmType>, has_base_twin: bool) -> ColumnKind {
    match edm {
        Some(EdmType::String) => ColumnKind::Text {
            max_length: None,
            format: None,
        },
        Some(EdmType::Int32 | EdmType::Int16 | EdmType::Byte | EdmType::SByte) => ColumnKind::WholeNumber {
            min: None,
            max: None,
            format: None,
        },
        Some(EdmType::Int64) => ColumnKind::BigInteger { min: None, max: None },
        Some(EdmType::Decimal) => fixups::money_by_base_twin(&property.name, has_base_twin),
        Some(EdmType::Double | EdmType::Single) => ColumnKind::Float {
            min: None,
            max: None,
            precision: None,
        },
        Some(EdmType::Boolean) => ColumnKind::YesNo {
            default: None,
            yes: Label::default(),
            no: Label::default(),
        },
        Some(EdmType::DateTimeOffset) => ColumnKind::DateTime {
            behavior: DateBehavior::UserLocal,
            format: None,
        },
        Some(EdmType::Date) => ColumnKind::DateTime {
            behavior: DateBehavior::DateOnly,
            format: None,
        },
        Some(EdmType::Guid) => ColumnKind::UniqueId,
        Some(EdmType::Binary) => ColumnKind::Image {
            max_size_kb: None,
            max_width: None,
            max_height: None,
            full_image: false,
            primary: false,
        },
        Some(EdmType::Duration | EdmType::Stream | EdmType::TimeOfDay) | None => ColumnKind::Unknown {
            type_name: type_text(property),
        },
    }
}

fn edm_type(property: &Property<'_>) -> Option<EdmType> {
    match property.ty.name {
        TypeName::Edm(edm) if !property.ty.collection => Some(edm),
        _ => None,
    }
}

fn type_text(property: &Property<'_>) -> String {
    let name = match &property.ty.name {
        TypeName::Edm(edm) => format!("Edm.{edm:?}"),
        TypeName::Schema(name) | TypeName::Other(name) => name.to_string(),
    };
    if property.ty.collection {
        format!("Collection({name})")
    } else {
        name
    }
}

fn alternate_key(parts: &[crate::csdl::KeyPart<'_>]) -> Key {
    let columns: Vec<String> = parts
        .iter()
        .map(|part| lookup_of_property(&part.name).unwrap_or(&part.name).to_owned())
        .collect();
    Key {
        name: columns.join("_"),
        columns,
        ..Key::default()
    }
}

fn collections<'d, 'a>(index: &CsdlIndex<'d, 'a>, levels: &[&'d EntityType<'a>]) -> Vec<Collection> {
    let own = |name: &str| {
        let of = levels.first();
        of.is_some_and(|of| of.navigation.iter().any(|navigation| navigation.name == name))
    };
    let table = levels.first().map_or("", |of| &*of.name);
    let counts = |base: &str, name: &str| {
        base == table || !fixups::own_name_of_inherited(name, base, table).is_some_and(|name| own(&name))
    };
    let mut collections: Vec<Collection> = levels
        .iter()
        .flat_map(|level| {
            let declared = level
                .navigation
                .iter()
                .filter(|navigation| navigation.ty.collection);
            declared.filter(|navigation| counts(&level.name, &navigation.name))
        })
        .filter_map(|navigation| collection(index, navigation))
        .collect();
    collections.sort_by(|a, b| a.name.cmp(&b.name));
    collections.dedup_by(|later, first| later.name == first.name);
    collections
}

fn collection(index: &CsdlIndex<'_, '_>, navigation: &NavigationProperty<'_>) -> Option<Collection> {
    let [table] = index.tables_of(&navigation.ty.name) else {
        return None;
    };
    let partner = navigation
        .partner
        .as_deref()
        .and_then(|partner| index.navigation(table, partner));
    let kind = match partner {
        Some((_, partner)) if partner.ty.collection => CollectionKind::ManyToMany { intersect: None },
        Some((of, partner)) => CollectionKind::OneToMany {
            lookup: lookup_of_navigation(index, of, partner).map(str::to_owned),
        },
        None => CollectionKind::OneToMany { lookup: None },
    };
    Some(Collection {
        name: navigation.name.to_string(),
        table: (*table).to_owned(),
        kind,
        relationship: None,
    })
}

fn unknown_language(text: Option<&str>) -> Label {
    text.map_or_else(Label::default, |text| Label::of(Label::UNKNOWN_LANGUAGE, text))
}
