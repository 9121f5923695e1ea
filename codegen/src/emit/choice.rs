//! Choices.

use crate::schema::{ChoiceSet, Schema};

use super::docs;
use super::plan::{ChoiceNames, Plan};
use super::source::{Quoted, Source};

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

/// A constant list.
pub(super) fn brackets<T>(
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
