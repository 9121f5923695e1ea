//! The sets of tables that polymorphic lookups point at: enums, as choices are, and which tables are in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::Schema;

use super::choice::brackets;
use super::plan::Plan;
use super::source::{Quoted, Source};
use super::tokens::{From, link, marker};

/// Writes the module of the target sets.
pub(super) fn targets(schema: &Schema, plan: &Plan, to: &mut Source) {
    to.module_docs(["The sets of tables that lookups with several targets point at."]);
    if plan.targets.is_empty() {
        return;
    }
    to.line(format_args!("use ::dataverse_runtime as rt;"));
    entity_sets(schema, plan, to);
    let (groups, others) = memberships(plan);
    for (tables, name) in &plan.targets {
        set(schema, plan, tables, name, to);
        for table in tables.iter().filter(|table| others.contains(table.as_str())) {
            to.line(format_args!(
                "impl rt::Accepts<{}> for {name} {{}}",
                marker(plan, table, From::Module)
            ));
        }
        if groups.iter().any(|group| group.sets.contains(&name.as_str())) {
            to.docs(["The groups below that are in this set."]);
            // Of a table that isn't in the set, the compiler shall say just that, and nothing of groups.
            to.line(format_args!("#[diagnostic::do_not_recommend]"));
            to.block(
                format_args!("impl<T: rt::Grouped> rt::Accepts<T> for {name}"),
                "{}",
                |to| to.line(format_args!("where T::Group: rt::Within<{name}>")),
            );
        }
    }
    write_groups(plan, &groups, to);
}

/// Writes an enum of the set's tables.
fn set(schema: &Schema, plan: &Plan, tables: &[String], name: &str, to: &mut Source) {
    to.blank();
    to.docs([format!("A row of one of {} tables.", tables.len())]);
    to.block(format_args!("pub enum {name} {{"), "}", |to| {
        for table in tables {
            to.docs([format!("{}.", link(plan, schema, table))]);
            to.line(format_args!("{},", plan.tables[table].marker));
        }
    });
    to.blank();
    to.block(format_args!("impl rt::TargetSet for {name} {{"), "}", |to| {
        let head = format_args!("const TARGETS: &'static [(&'static str, Self)] = &");
        brackets(to, head, tables.iter(), |to, table| {
            let variant = &plan.tables[table].marker;
            to.line(format_args!("({}, Self::{variant}),", Quoted(table)));
        });
        to.line(format_args!(
            "const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;"
        ));
    });
}

/// Tables that are in the same sets.
struct Group<'p> {
    sets: Vec<&'p str>,
    tables: Vec<&'p str>,
}

impl Group<'_> {
    /// Whether the group is fewer items than each table in each set, a table's group weighing as much as two.
    fn pays(&self) -> bool {
        self.tables.len() * self.sets.len() > 2 * (self.tables.len() + self.sets.len())
    }
}

/// The groups that pay, and the tables that are in none. Lookups to anything have mostly the same thousand tables.
fn memberships(plan: &Plan) -> (Vec<Group<'_>>, BTreeSet<&str>) {
    let mut sets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (tables, name) in &plan.targets {
        for table in tables {
            sets.entry(table).or_default().push(name);
        }
    }
    let mut groups: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
    for (table, sets) in sets {
        groups.entry(sets).or_default().push(table);
    }
    let groups = groups.into_iter().map(|(sets, tables)| Group { sets, tables });
    let (groups, others): (Vec<_>, Vec<_>) = groups.partition(Group::pays);
    (
        groups,
        others.into_iter().flat_map(|group| group.tables).collect(),
    )
}

/// Writes which groups there are, which sets they are in, and the group of each table.
fn write_groups(plan: &Plan, groups: &[Group<'_>], to: &mut Source) {
    if groups.is_empty() {
        return;
    }
    let groups = || (1..).zip(groups);
    to.blank();
    to.docs([
        "Groups of tables that are in the same sets. What is told of a group is told of each of its tables.",
    ]);
    to.block(format_args!("pub mod groups {{"), "}", |to| {
        for (number, group) in groups() {
            to.docs([format!("{} tables.", group.tables.len())]);
            to.line(format_args!("pub enum Group{number} {{}}"));
        }
    });
    for (number, group) in groups() {
        to.blank();
        for set in &group.sets {
            to.line(format_args!(
                "impl rt::Within<{set}> for groups::Group{number} {{}}"
            ));
        }
        for table in &group.tables {
            let table = marker(plan, table, From::Module);
            to.block(format_args!("impl rt::Grouped for {table} {{"), "}", |to| {
                to.line(format_args!("type Group = groups::Group{number};"));
            });
        }
    }
}

/// Writes the entity set of each table that some set of targets has, once for all sets: a table is in many.
fn entity_sets(schema: &Schema, plan: &Plan, to: &mut Source) {
    let tables: BTreeSet<&String> = plan.targets.keys().flatten().collect();
    let sets = tables.into_iter().filter_map(|table| {
        let selected = schema.tables.get(table).map(|of| &of.entity_set);
        let set = selected.or_else(|| schema.references.get(table).map(|of| &of.entity_set))?;
        Some((table, set.as_ref()?))
    });
    to.blank();
    to.docs(["The entity set of each table, by name."]);
    brackets(
        to,
        format_args!("const ENTITY_SETS: &[(&str, &str)] = &"),
        sets,
        |to, (table, set)| to.line(format_args!("({}, {}),", Quoted(table), Quoted(set))),
    );
}
