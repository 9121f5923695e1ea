//! The columns of a table: one field each, made by one constant.

use std::fmt::Write as _;

use crate::schema::{
    Access, ChoiceUse, CollectionKind, Column, ColumnKind, DateBehavior, Lookup, PARTY_TABLE, Required,
    Schema, Table,
};

use super::mandatory::{Mandatory, is_mandatory};
use super::plan::{Plan, target_set};
use super::source::{Quoted, Source};
use super::tokens::{From, link, marker};

/// The widest line before a type is laid out over several.
const WIDTH: usize = 100;

/// The fields of `Columns`: columns, then collections.
pub(super) fn declarations(schema: &Schema, plan: &Plan, table: &Table, policy: Mandatory, to: &mut Source) {
    let names = &plan.members[&table.name];
    for column in &table.columns {
        to.docs(super::docs::column(
            column,
            plan.language,
            &target_links(schema, plan, table, column),
        ));
        declaration(
            to,
            &names.columns[&column.name],
            &column_type(plan, table, column, policy),
        );
    }
    for collection in &table.collections {
        let label = schema
            .tables
            .get(&collection.table)
            .and_then(|of| super::docs::first(&of.label, plan.language));
        to.docs([format!(
            "Rows of {}.",
            label.unwrap_or_else(|| super::docs::code(&collection.table))
        )]);
        let of = marker(plan, &collection.table, From::Table(&table.name));
        let name = &names.collections[&collection.name];
        to.line(format_args!("pub {name}: Collection<{of}>,"));
    }
}

fn declaration(to: &mut Source, name: &str, of: &[String]) {
    let width =
        4 + "pub : Column<>,".len() + name.len() + of.iter().map(|part| part.len() + 2).sum::<usize>();
    if width <= WIDTH {
        return to.line(format_args!("pub {name}: Column<{}>,", of.join(", ")));
    }
    to.block(format_args!("pub {name}: Column<"), ">,", |to| {
        for part in of {
            to.line(format_args!("{part},"));
        }
    });
}

/// The values of the fields.
pub(super) fn values(plan: &Plan, table: &Table, to: &mut Source) {
    let names = &plan.members[&table.name];
    for column in &table.columns {
        let name = &names.columns[&column.name];
        match &column.kind {
            ColumnKind::Lookup(lookup) => {
                let navigations = lookup
                    .targets
                    .iter()
                    .filter_map(|target| Some((target.table.as_str(), target.navigation.as_deref()?)));
                lookup_value(to, name, &column.property(), navigations);
            }
            ColumnKind::PartyList { navigation, .. } => {
                let navigation = navigation.as_deref().map(|navigation| (PARTY_TABLE, navigation));
                let pairs = pairs(navigation.into_iter());
                let role = party_role(&column.name);
                to.line(format_args!("{name}: rt::parties({role}, &[{pairs}]),"));
            }
            ColumnKind::Text {
                max_length: Some(longest),
                ..
            }
            | ColumnKind::Memo {
                max_length: Some(longest),
                ..
            } => to.line(format_args!(
                "{name}: rt::text({}, {longest}),",
                Quoted(&column.name)
            )),
            _ => to.line(format_args!("{name}: rt::column({}),", Quoted(&column.name))),
        }
    }
    for collection in &table.collections {
        let name = &names.collections[&collection.name];
        let constructor = match collection.kind {
            CollectionKind::OneToMany { .. } => "collection",
            CollectionKind::ManyToMany { .. } => "many_to_many",
        };
        to.line(format_args!(
            "{name}: rt::{constructor}({}),",
            Quoted(&collection.name)
        ));
    }
}

fn lookup_value<'n>(
    to: &mut Source,
    name: &str,
    property: &str,
    mut navigations: impl Iterator<Item = (&'n str, &'n str)> + Clone,
) {
    let all = navigations.clone();
    let property = Quoted(property);
    match (navigations.next(), navigations.next()) {
        (Some((table, navigation)), None) => to.line(format_args!(
            "{name}: rt::lookup_to({property}, {}, {}),",
            Quoted(table),
            Quoted(navigation)
        )),
        _ => to.line(format_args!("{name}: rt::lookup({property}, &[{}]),", pairs(all))),
    }
}

/// Each target with its navigation property. Targets that share one, as the owner's do, are still told one by one.
fn pairs<'n>(navigations: impl Iterator<Item = (&'n str, &'n str)>) -> String {
    let mut pairs = String::new();
    for (table, navigation) in navigations {
        let separator = if pairs.is_empty() { "" } else { ", " };
        // Writing to a string can't fail.
        let _ = write!(pairs, "{separator}({}, {})", Quoted(table), Quoted(navigation));
    }
    pairs
}

/// The role (`participationtypemask`) of the parties in a column, which the service names by its columns
/// (<https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/activityparty>). 0: none that is
/// known.
fn party_role(column: &str) -> u32 {
    match column {
        "from" => 1,
        "to" => 2,
        "cc" => 3,
        "bcc" => 4,
        "requiredattendees" => 5,
        "optionalattendees" => 6,
        "organizer" => 7,
        "resources" => 10,
        "customer" | "customers" => 11,
        _ => 0,
    }
}

/// What a lookup points at, as links. Many targets are better read on the page of their set.
fn target_links(schema: &Schema, plan: &Plan, table: &Table, column: &Column) -> String {
    const LISTED: usize = 4;
    let ColumnKind::Lookup(lookup) = &column.kind else {
        return String::new();
    };
    if lookup.targets.len() > LISTED {
        let set = lookup_target(plan, table, lookup);
        let name = set.rsplit("::").next().unwrap_or(&set);
        return format!("one of {} tables, see [`{name}`]({set})", lookup.targets.len());
    }
    let links: Vec<String> = lookup
        .targets
        .iter()
        .map(|target| link(plan, schema, &target.table))
        .collect();
    match links.split_last() {
        None => "a row of some table".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// The type arguments of the column.
fn column_type(plan: &Plan, table: &Table, column: &Column, policy: Mandatory) -> Vec<String> {
    let mut arguments = vec![kind(plan, table, column)];
    let access = access(column.access);
    let required = reads_without_option(table, column);
    let needed = is_mandatory(table, column, policy);
    if access.is_some() || required || needed {
        arguments.push(format!("access::{}", access.unwrap_or("ReadWrite")));
    }
    let name = &plan.members[&table.name].columns[&column.name];
    match (needed, required) {
        (true, true) => arguments.push(format!("rt::Needed<needs::{name}, rt::Required>")),
        (true, false) => arguments.push(format!("rt::Needed<needs::{name}>")),
        (false, true) => arguments.push("rt::Required".to_owned()),
        (false, false) => {}
    }
    arguments
}

/// Only what the service itself insists on is surely there. Collections and values that the caller may not see are not.
pub(super) fn reads_without_option(table: &Table, column: &Column) -> bool {
    let insisted = column.name == table.primary_id || column.required == Some(Required::System);
    let readable = column.access.is_none_or(|access| access.read);
    insisted && readable && !column.secured && !matches!(column.kind, ColumnKind::PartyList { .. })
}

fn access(access: Option<Access>) -> Option<&'static str> {
    let access = access?;
    match (access.read, access.create, access.update) {
        (true, true, true) => None,
        (true, true, false) => Some("CreateOnly"),
        (true, false, true) => Some("UpdateOnly"),
        (false, true, true) => Some("WriteOnly"),
        (false, true, false) => Some("WriteOnlyOnCreate"),
        (false, false, true) => Some("WriteOnlyOnUpdate"),
        (_, false, false) => Some("ReadOnly"),
    }
}

fn kind(plan: &Plan, table: &Table, column: &Column) -> String {
    let plain = match &column.kind {
        _ if column.name == table.primary_id => {
            return format!("kind::PrimaryId<{}>", plan.tables[&table.name].marker);
        }
        ColumnKind::Text { .. } => "kind::Text",
        ColumnKind::Memo { .. } => "kind::Memo",
        ColumnKind::WholeNumber { .. } => "kind::WholeNumber",
        ColumnKind::BigInteger { .. } => "kind::BigInteger",
        ColumnKind::Decimal { .. } => "kind::DecimalNumber",
        ColumnKind::Float { .. } => "kind::FloatNumber",
        ColumnKind::Money { .. } => "kind::MoneyAmount",
        ColumnKind::YesNo { .. } => "kind::YesNo",
        ColumnKind::DateTime { behavior, .. } => match behavior {
            DateBehavior::UserLocal => "kind::UserLocal",
            DateBehavior::DateOnly => "kind::DateOnly",
            DateBehavior::TimeZoneIndependent => "kind::TimeZoneIndependent",
        },
        ColumnKind::UniqueId => "kind::UniqueId",
        ColumnKind::Lookup(lookup) => return format!("kind::Lookup<{}>", lookup_target(plan, table, lookup)),
        ColumnKind::PartyList { .. } => "kind::PartyList",
        ColumnKind::Choice { choice, .. } | ColumnKind::State { choice } | ColumnKind::Status { choice } => {
            return format!("kind::ChoiceOf<{}>", choice_type(plan, table, column, choice));
        }
        ColumnKind::Choices { choice, .. } => {
            return format!("kind::ChoicesOf<{}>", choice_type(plan, table, column, choice));
        }
        ColumnKind::TableName => "kind::TableName",
        ColumnKind::Image { .. } => "kind::ImageData",
        ColumnKind::File { .. } => "kind::FileContent",
        ColumnKind::ManagedProperty { .. } => "kind::ManagedPropertyFlag",
        ColumnKind::Unknown { .. } => "kind::UnknownValue",
    };
    plain.to_owned()
}

/// The marker or the target set that a lookup points at, seen from the table's module.
pub(super) fn lookup_target(plan: &Plan, table: &Table, lookup: &Lookup) -> String {
    match &lookup.targets[..] {
        [] => "rt::AnyTable".to_owned(),
        [target] => marker(plan, &target.table, From::Table(&table.name)),
        _ => match target_set(lookup).and_then(|set| plan.targets.get(&set)) {
            Some(name) => format!("super::targets::{name}"),
            None => "rt::AnyTable".to_owned(),
        },
    }
}

/// The enum of a choice column, seen from the table's module.
pub(super) fn choice_type(plan: &Plan, table: &Table, column: &Column, choice: &ChoiceUse) -> String {
    match choice {
        ChoiceUse::Local(_) => plan.members[&table.name].choices[&column.name].type_name.clone(),
        ChoiceUse::Global(global) => match plan.choices.get(global) {
            Some(names) => format!("super::choices::{}", names.type_name),
            None => "rt::AnyChoice".to_owned(),
        },
    }
}
