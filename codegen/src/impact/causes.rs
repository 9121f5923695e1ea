//! What each change is called in the program's code.

use super::Program;
use crate::drift::{Change, Item, Owner, Part, Rule};
use crate::emit::Plan;
use crate::schema::{ColumnKind, Schema};

/// What a change is called in code.
#[derive(Debug, Default)]
pub(super) struct Called {
    /// Identifiers, one of which a program has to name to be touched.
    pub(super) own: Vec<String>,
    /// Identifiers of the table, one of which stands nearby. Empty where it is about no table.
    pub(super) table: Vec<String>,
}

/// All changes with what they are called.
pub(super) struct Causes<'c, 's> {
    pub(super) all: Vec<(&'c Change<'s>, Called)>,
}

impl<'c, 's> Causes<'c, 's> {
    pub(super) fn new(old: &Schema, new: &Schema, program: &Program<'_>, changes: &'c [Change<'s>]) -> Self {
        let language = program.options.language;
        let sides = [
            (old, Plan::new(old, program.names, language)),
            (new, Plan::new(new, program.names, language)),
        ];
        let called = |change: &Change<'_>| {
            let mut called = Called::default();
            for (schema, plan) in &sides {
                called.add(schema, plan, change);
            }
            for names in [&mut called.own, &mut called.table] {
                names.sort();
                names.dedup();
            }
            called
        };
        Self {
            all: changes.iter().map(|change| (change, called(change))).collect(),
        }
    }

    pub(super) fn of(&self, change: &Change<'_>) -> &Called {
        static NOTHING: Called = Called {
            own: Vec::new(),
            table: Vec::new(),
        };
        let found = self.all.iter().find(|(own, _)| std::ptr::eq(*own, change));
        found.map_or(&NOTHING, |(_, called)| called)
    }
}

impl Called {
    fn add(&mut self, schema: &Schema, plan: &Plan, change: &Change<'_>) {
        match change.place.owner {
            Owner::Table(table) => {
                self.table_names(plan, table);
                // Of something renamed the place has the new name, and programs the old one.
                if let Some(before) = change
                    .old
                    .as_deref()
                    .filter(|_| change.rule == Rule::TableRenamed)
                {
                    self.table_names(plan, before);
                }
                self.part(schema, plan, table, change);
            }
            Owner::Choice(choice) => {
                let Some(names) = plan.choices.get(choice) else {
                    return;
                };
                match change.place.part {
                    Some(Part::Option(value)) => {
                        let set = &schema.choices[choice];
                        let at = set.options.iter().position(|option| option.value == value);
                        self.own.extend(at.map(|at| names.variants[at].clone()));
                        self.table.push(names.type_name.clone());
                    }
                    _ => self.own.push(names.type_name.clone()),
                }
            }
            Owner::Operation { name, .. } => {
                let operations = schema.operations.iter().zip(&plan.operations.operations);
                let named = operations.filter(|(of, _)| of.name == name);
                self.own.extend(named.filter_map(|(_, name)| name.clone()));
            }
            Owner::ComplexType(name) => self.own.extend(plan.operations.complex.get(name).cloned()),
            Owner::EnumType(name) => self.own.extend(plan.operations.enums.get(name).cloned()),
            Owner::Schema => {}
        }
    }

    fn table_names(&mut self, plan: &Plan, table: &str) {
        if let Some(names) = plan.tables.get(table) {
            self.table.push(plain(&names.module));
            self.table.push(names.marker.clone());
        }
    }

    fn part(&mut self, schema: &Schema, plan: &Plan, table: &str, change: &Change<'_>) {
        let Some(members) = plan.members.get(table) else {
            if change.place.part.is_none() {
                self.own.extend(self.table.clone());
            }
            return;
        };
        let before = change.old.as_deref();
        match change.place.part {
            None => self.own.extend(self.table.clone()),
            Some(Part::Column(column)) => {
                let renamed = before.filter(|_| change.rule == Rule::ColumnRenamed);
                let named = [Some(column), renamed].into_iter().flatten();
                let fields = named.filter_map(|name| members.columns.get(name));
                let fields: Vec<String> = fields.map(|name| plain(name)).collect();
                match change.place.item {
                    Some(Item::Option(value)) => {
                        if let Some(names) = members.choices.get(column)
                            && let Some(set) = own_options(schema, table, column)
                            && let Some(at) = set.iter().position(|option| *option == value)
                        {
                            self.own.push(names.variants[at].clone());
                            self.table.push(names.type_name.clone());
                        }
                    }
                    _ => {
                        if let Some(names) = members.choices.get(column) {
                            self.own.push(names.type_name.clone());
                        }
                        self.own.extend(fields);
                    }
                }
            }
            Some(Part::Key(key)) => {
                let renamed = before.filter(|_| change.rule == Rule::KeyRenamed);
                let named = [Some(key), renamed].into_iter().flatten();
                self.own
                    .extend(named.filter_map(|name| members.keys.get(name)).cloned());
            }
            Some(Part::Collection(name)) => {
                let renamed = before.filter(|_| change.rule == Rule::CollectionRenamed);
                let named = [Some(name), renamed].into_iter().flatten();
                let fields = named.filter_map(|name| members.collections.get(name));
                self.own.extend(fields.map(|name| plain(name)));
            }
            Some(_) => {}
        }
    }
}

fn own_options(schema: &Schema, table: &str, column: &str) -> Option<Vec<i32>> {
    let kind: &ColumnKind = &schema.tables.get(table)?.column(column)?.kind;
    match kind.choice()? {
        crate::schema::ChoiceUse::Local(set) => Some(set.options.iter().map(|option| option.value).collect()),
        crate::schema::ChoiceUse::Global(_) => None,
    }
}

fn plain(name: &str) -> String {
    name.trim_start_matches("r#").to_owned()
}
