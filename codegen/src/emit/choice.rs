//! Choices, and the sets of tables that polymorphic lookups point at, which have the same form.

use std::collections::BTreeSet;

use crate::schema::{ChoiceSet, Schema};

use super::docs;
use super::plan::{ChoiceNames, Plan};
use super::source::{Quoted, Source};
use super::tokens::{From, link, marker};

/// Writes a bare enum and one table of its options.
pub(super) fn choice(set: &ChoiceSet, names: &ChoiceNames, doc: &str, language: u32, to: &mut Source) {
    let ChoiceNames { type_name, variants } = names;
    let options = || set.options.iter().zip(variants);
    to.docs([doc]);
    braces(
        to,
        format_args!("pub enum {type_name}"),
        options(),
        |to, (option, name)| {
            to.docs(docs::option(option, language));
            to.line(format_args!("{name},"));
        },
    );
    to.blank();
    to.block(format_args!("impl rt::ChoiceSet for {type_name} {{"), "}", |to| {
        to.line(format_args!("const NAME: &'static str = {};", Quoted(&set.name)));
        let head = format_args!("const OPTIONS: &'static [(i32, Self, &'static str)] = &");
        brackets(to, head, options(), |to, (option, name)| {
            let label = option.label.preferred(language).unwrap_or_default();
            to.line(format_args!(
                "({}, Self::{name}, {}),",
                option.value,
                Quoted(label)
            ));
        });
        if set.options.iter().any(|option| option.state.is_some()) {
            let states = set
                .options
                .iter()
                .filter_map(|option| Some((option.value, option.state?)));
            brackets(
                to,
                format_args!("const STATES: &'static [(i32, i32)] = &"),
                states,
                |to, (status, state)| {
                    to.line(format_args!("({status}, {state}),"));
                },
            );
        }
    });
}

fn braces<T>(
    to: &mut Source,
    head: std::fmt::Arguments<'_>,
    items: impl Iterator<Item = T>,
    each: impl Fn(&mut Source, T),
) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return to.line(format_args!("{head} {{}}"));
    }
    to.block(format_args!("{head} {{"), "}", |to| {
        items.for_each(|item| each(to, item));
    });
}

fn brackets<T>(
    to: &mut Source,
    head: std::fmt::Arguments<'_>,
    items: impl Iterator<Item = T>,
    each: impl Fn(&mut Source, T),
) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return to.line(format_args!("{head}[];"));
    }
    to.block(format_args!("{head}["), "];", |to| {
        items.for_each(|item| each(to, item));
    });
}

/// Writes the module of the global choices.
pub(super) fn global_choices(schema: &Schema, plan: &Plan, to: &mut Source) {
    to.module_docs(["The choices that several columns share."]);
    if !schema.choices.is_empty() {
        to.line(format_args!("use ::dataverse_runtime as rt;"));
    }
    for (name, set) in &schema.choices {
        let label = docs::first(&set.label, plan.language);
        let of = label.map_or_else(String::new, |label| format!("**{label}**: "));
        to.blank();
        let doc = format!("{of}the options of the global choice {}.", docs::code(name));
        choice(set, &plan.choices[name], &doc, plan.language, to);
    }
}

/// Writes the module of the target sets.
pub(super) fn targets(schema: &Schema, plan: &Plan, to: &mut Source) {
    to.module_docs(["The sets of tables that lookups with several targets point at."]);
    if !plan.targets.is_empty() {
        to.line(format_args!("use ::dataverse_runtime as rt;"));
        entity_sets(schema, plan, to);
    }
    for (set, name) in &plan.targets {
        to.blank();
        to.docs([format!("A row of one of {} tables.", set.len())]);
        to.block(format_args!("pub enum {name} {{"), "}", |to| {
            for table in set {
                to.docs([format!("{}.", link(plan, schema, table))]);
                to.line(format_args!("{},", plan.tables[table].marker));
            }
        });
        to.blank();
        to.block(format_args!("impl rt::TargetSet for {name} {{"), "}", |to| {
            to.block(
                format_args!("const TARGETS: &'static [(&'static str, Self)] = &["),
                "];",
                |to| {
                    for table in set {
                        to.line(format_args!(
                            "({}, Self::{}),",
                            Quoted(table),
                            plan.tables[table].marker
                        ));
                    }
                },
            );
            to.line(format_args!(
                "const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;"
            ));
        });
        for table in set {
            to.line(format_args!(
                "impl rt::Accepts<{}> for {name} {{}}",
                marker(plan, table, From::Module)
            ));
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
