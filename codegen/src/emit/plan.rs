//! Every identifier of the generated crate, decided before anything is emitted.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::{Lock, Wish, distinct, field, module, type_name};
use crate::schema::{ChoiceSet, ChoiceUse, Column, ColumnKind, Label, Lookup, Reference, Schema, Table};

use super::operation_plan::{OperationNames, operation_names};

/// Modules of the crate that are no table's, and the tool whose attribute stands on each of them: a module of its name
/// would hide it.
const OWN_MODULES: [&str; 6] = [
    "choices",
    "dataverse_runtime",
    "operations",
    "prelude",
    "rustfmt",
    "targets",
];
/// Type names that every program has in scope; a table or choice of such a name would puzzle who imports it.
const PRELUDE: [&str; 30] = [
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToString",
    "Vec",
];
/// Names that a table's module gives itself.
const TABLE_MODULE: [&str; 4] = ["Collection", "Column", "Columns", "Row"];

/// Names that generated modules use of others. No rule makes one of them, but a person who chooses names may.
pub(super) const USED: [&str; 8] = ["access", "bool", "f64", "i32", "i64", "kind", "rt", "str"];

/// All names.
pub(crate) struct Plan {
    /// Names of tables and references by logical name.
    pub(crate) tables: BTreeMap<String, TableNames>,
    /// Names of a table's choices, keys and fields by logical name.
    pub(crate) members: BTreeMap<String, MemberNames>,
    /// The global choices by name.
    pub(crate) choices: BTreeMap<String, ChoiceNames>,
    /// The sets of tables that polymorphic lookups point at, by their tables.
    pub(crate) targets: BTreeMap<Vec<String>, String>,
    /// Functions, actions and their types.
    pub(crate) operations: OperationNames,
    /// The lock after this run.
    pub(crate) lock: Lock,
    /// The language whose labels come first.
    pub(crate) language: u32,
}

/// How a table is called.
pub(crate) struct TableNames {
    /// The module, possibly raw.
    pub(crate) module: String,
    /// The marker type.
    pub(crate) marker: String,
}

/// How the parts of a table are called.
#[derive(Default)]
pub(crate) struct MemberNames {
    /// Fields of columns by logical name.
    pub(crate) columns: BTreeMap<String, String>,
    /// Fields of collections by navigation property.
    pub(crate) collections: BTreeMap<String, String>,
    /// Local choices by the column's logical name.
    pub(crate) choices: BTreeMap<String, ChoiceNames>,
    /// Alternate keys by name.
    pub(crate) keys: BTreeMap<String, String>,
}

/// How a choice is called.
pub(crate) struct ChoiceNames {
    /// The enum.
    pub(crate) type_name: String,
    /// The variants, in the order of the options.
    pub(crate) variants: Vec<String>,
}

impl Plan {
    /// Decides all names. What `before` has is kept.
    pub(crate) fn new(schema: &Schema, before: &Lock, language: u32) -> Self {
        let mut lock = Lock::default();
        let tables = table_names(schema, before, &mut lock);
        let markers: BTreeSet<&str> = tables.values().map(|names| names.marker.as_str()).collect();
        debug_assert_eq!(markers.len(), tables.len(), "markers are distinct");
        let mut plan = Self {
            targets: target_names(schema, &tables, before, &mut lock),
            choices: global_choices(schema, language, before, &mut lock),
            operations: operation_names(schema, &tables, before, &mut lock),
            members: BTreeMap::new(),
            tables,
            lock,
            language,
        };
        for table in schema.tables.values() {
            let names = member_names(
                table,
                &plan.tables[&table.name].marker,
                language,
                before,
                &mut plan.lock,
            );
            plan.members.insert(table.name.clone(), names);
        }
        plan
    }
}

fn table_names(schema: &Schema, before: &Lock, after: &mut Lock) -> BTreeMap<String, TableNames> {
    let selected = schema
        .tables
        .values()
        .map(|table| (table.name.as_str(), table.schema_name.as_deref()));
    let referred = schema
        .references
        .values()
        .map(|of: &Reference| (of.name.as_str(), of.schema_name.as_deref()));
    let all: Vec<_> = selected.chain(referred).collect();
    let markers: Vec<Wish> = all
        .iter()
        .map(|(table, schema_name)| Wish {
            key: format!("table {table}"),
            name: schema_name
                .and_then(type_name)
                .or_else(|| type_name(table))
                .unwrap_or_else(|| "Table".to_owned()),
            suffix: format!("_{}", field(table).trim_start_matches("r#")),
        })
        .map(|wish| {
            if PRELUDE.contains(&&*wish.name) {
                Wish {
                    name: format!("{}Table", wish.name),
                    ..wish
                }
            } else {
                wish
            }
        })
        .collect();
    let modules: Vec<Wish> = all
        .iter()
        .map(|(table, _)| {
            let name = module(table);
            Wish {
                key: String::new(),
                suffix: format!("_{:x}", hash(table)),
                name,
            }
        })
        .collect();
    let markers = distinct(&markers, &[&TABLE_MODULE[..], &USED].concat(), before, after);
    let modules = distinct(&modules, &OWN_MODULES, &Lock::default(), after);
    let names = markers
        .into_iter()
        .zip(modules)
        .map(|(marker, module)| TableNames { module, marker });
    all.iter()
        .map(|(table, _)| (*table).to_owned())
        .zip(names)
        .collect()
}

/// Sets apart modules whose tables' names differ only in what a file name can't hold (FNV-1a).
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The tables that a lookup points at, where they are several.
pub(crate) fn target_set(lookup: &Lookup) -> Option<Vec<String>> {
    (lookup.targets.len() > 1).then(|| lookup.targets.iter().map(|target| target.table.clone()).collect())
}

fn target_names(
    schema: &Schema,
    tables: &BTreeMap<String, TableNames>,
    before: &Lock,
    after: &mut Lock,
) -> BTreeMap<Vec<String>, String> {
    /// Sets of more tables than these are called after the column that uses them.
    const SPELLED_OUT: usize = 3;
    let mut users: BTreeMap<Vec<String>, (&Table, &Column)> = BTreeMap::new();
    for table in schema.tables.values() {
        for column in &table.columns {
            if let ColumnKind::Lookup(lookup) = &column.kind
                && let Some(set) = target_set(lookup)
            {
                users.entry(set).or_insert((table, column));
            }
        }
    }
    let wish = |(set, (table, column)): (&Vec<String>, &(&Table, &Column))| {
        let own = pascal(column.schema_name.as_deref(), &column.name);
        let table = &tables[&table.name].marker;
        let spelled: Vec<&str> = set.iter().map(|target| tables[target].marker.as_str()).collect();
        let name = match &set.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["systemuser", "team"] => "Owner".to_owned(),
            ["account", "contact"] => "Customer".to_owned(),
            few if few.len() <= SPELLED_OUT => spelled.join("Or"),
            _ => own.clone(),
        };
        Wish {
            key: format!("targets {}", set.join("|")),
            name,
            suffix: format!("_{table}_{own}"),
        }
    };
    let wishes: Vec<Wish> = users.iter().map(wish).collect();
    let names = distinct(&wishes, &[&PRELUDE[..], &USED].concat(), before, after);
    users.into_keys().zip(names).collect()
}

fn pascal(schema_name: Option<&str>, name: &str) -> String {
    schema_name
        .and_then(type_name)
        .or_else(|| type_name(name))
        .unwrap_or_else(|| "Unnamed".to_owned())
}

fn global_choices(
    schema: &Schema,
    language: u32,
    before: &Lock,
    after: &mut Lock,
) -> BTreeMap<String, ChoiceNames> {
    let wish = |name: &String| Wish {
        key: format!("choice {name}"),
        name: type_name(name).unwrap_or_else(|| "Choice".to_owned()),
        suffix: format!("_{:x}", hash(name)),
    };
    let wishes: Vec<Wish> = schema.choices.keys().map(wish).collect();
    let names = distinct(&wishes, &[&PRELUDE[..], &USED].concat(), before, after);
    let named = schema.choices.iter().zip(names);
    named
        .map(|((name, set), type_name)| {
            (
                name.clone(),
                choice_names(name, type_name, set, language, before, after),
            )
        })
        .collect()
}

fn choice_names(
    key: &str,
    type_name_: String,
    set: &ChoiceSet,
    language: u32,
    before: &Lock,
    after: &mut Lock,
) -> ChoiceNames {
    let wish = |option: &crate::schema::ChoiceOption| {
        let name = option_name(&option.label, option.invariant_name.as_deref(), language);
        let suffix = if option.value < 0 {
            format!("Minus{}", option.value.unsigned_abs())
        } else {
            option.value.to_string()
        };
        let key = format!("option {key} {}", option.value);
        match name {
            Some(name) => Wish {
                key,
                name,
                suffix: format!("_{suffix}"),
            },
            None => Wish {
                key,
                name: format!("Value{suffix}"),
                suffix: "_".to_owned(),
            },
        }
    };
    let wishes: Vec<Wish> = set.options.iter().map(wish).collect();
    ChoiceNames {
        type_name: type_name_,
        variants: distinct(&wishes, &[], before, after),
    }
}

fn option_name(label: &Label, invariant_name: Option<&str>, language: u32) -> Option<String> {
    label
        .preferred(language)
        .and_then(type_name)
        .or_else(|| invariant_name.and_then(type_name))
}

fn member_names(table: &Table, marker: &str, language: u32, before: &Lock, after: &mut Lock) -> MemberNames {
    let columns = column_names(table, before, after);
    let taken: BTreeSet<String> = columns.values().cloned().collect();
    let collections = field_names(table.collections.iter().map(|of| of.name.as_str()), &taken);
    let local: Vec<(&Column, &ChoiceSet)> = table
        .columns
        .iter()
        .filter_map(|column| match column.kind.choice() {
            Some(ChoiceUse::Local(set)) => Some((column, set)),
            _ => None,
        })
        .collect();
    let reserved = [&PRELUDE[..], &TABLE_MODULE, &USED, &[marker]].concat();
    let choice_wishes = local.iter().map(|(column, _)| Wish {
        key: format!("choice {}.{}", table.name, column.name),
        name: pascal(column.schema_name.as_deref(), &column.name),
        suffix: "Choice".to_owned(),
    });
    let key_wishes = table.keys.iter().map(|key| {
        let stem = type_name(&key.name).unwrap_or_else(|| "Alternate".to_owned());
        let name = if stem.ends_with("Key") {
            stem
        } else {
            format!("{stem}Key")
        };
        Wish {
            key: format!("key {}.{}", table.name, key.name),
            name,
            suffix: format!("_{}", field(&key.name).trim_start_matches("r#")),
        }
    });
    let wishes: Vec<Wish> = choice_wishes.chain(key_wishes).collect();
    let mut names = distinct(&wishes, &reserved, before, after).into_iter();
    let choices = local
        .iter()
        .zip(names.by_ref())
        .map(|((column, set), type_name)| {
            let key = format!("{}.{}", table.name, column.name);
            (
                column.name.clone(),
                choice_names(&key, type_name, set, language, before, after),
            )
        })
        .collect();
    let keys = table.keys.iter().map(|key| key.name.clone()).zip(names).collect();
    MemberNames {
        columns,
        collections,
        choices,
        keys,
    }
}

/// Fields of columns are called as the service calls the columns, but for those that the lock calls otherwise.
fn column_names(table: &Table, before: &Lock, after: &mut Lock) -> BTreeMap<String, String> {
    let key = |column: &str| format!("column {}.{column}", table.name);
    let mut chosen = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for column in &table.columns {
        if let Some(name) = before.get(&key(&column.name))
            && taken.insert(name.to_owned())
        {
            after.set(&key(&column.name), name);
            chosen.insert(column.name.clone(), name.to_owned());
        }
    }
    let others = table.columns.iter().map(|column| column.name.as_str());
    let others = others.filter(|name| !chosen.contains_key(*name));
    let mut names = field_names(others, &taken);
    names.append(&mut chosen);
    names
}

/// Fields keep the names of the service. Where one is taken, which a column's never is, underscores follow.
fn field_names<'n>(
    names: impl Iterator<Item = &'n str>,
    taken: &BTreeSet<String>,
) -> BTreeMap<String, String> {
    let mut used = taken.clone();
    names
        .map(|name| {
            let mut own = field(name);
            while !used.insert(own.clone()) {
                own = format!("{}_", own.trim_start_matches("r#"));
            }
            (name.to_owned(), own)
        })
        .collect()
}
