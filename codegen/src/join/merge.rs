//! Puts a table of CSDL and the same table of the definitions together.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::definitions::AttributeKind;
use crate::schema::{
    Access, ChoiceSet, ChoiceUse, Column, ColumnKind, Lookup, LookupKind, Schema, Table, Target,
};
use crate::warning::Warning;

use super::combine::{merge_lookups, party_collection, take_definitions};
use super::csdl_table::{CsdlColumn, CsdlTable};
use super::defined::{DefinedColumn, DefinedTable};
use super::definitions::Definitions;
use super::fixups;
use super::relations::Relations;

/// Fills the schema's tables and global choices.
pub(super) fn tables(
    schema: &mut Schema,
    mut from_csdl: BTreeMap<String, CsdlTable>,
    definitions: Definitions,
    has_csdl: bool,
    warnings: &mut Vec<Warning>,
) {
    let Definitions {
        tables,
        choices,
        relations,
        solutions,
        ..
    } = definitions;
    let relations = Relations::new(relations);
    let without_definitions = !tables.is_empty();
    let mut sources = Vec::with_capacity(tables.len() + from_csdl.len());
    for (name, defined) in tables {
        let csdl = from_csdl.remove(&name);
        if csdl.is_none() && has_csdl {
            let message = "is in the definitions, but $metadata has no entity set for it: the Web API doesn't offer its rows";
            warnings.push(Warning::table(&name, message));
            continue;
        }
        sources.push((name, csdl, Some(defined)));
    }
    let lacking = from_csdl.len();
    sources.extend(from_csdl.into_iter().map(|(name, csdl)| (name, Some(csdl), None)));
    let joined: Vec<_> = sources
        .into_par_iter()
        .map(|(name, csdl, defined)| {
            let mut join = Join {
                name,
                relations: &relations,
                known_choices: &choices,
                choices: Vec::new(),
                warnings: Vec::new(),
            };
            let mut table = join.table(csdl, defined, &solutions);
            table.iter_mut().for_each(Table::sort);
            (table, join.choices, join.warnings)
        })
        .collect();
    schema.choices = choices;
    for (table, choices, noticed) in joined {
        schema
            .tables
            .extend(table.map(|table| (table.name.clone(), table)));
        warnings.extend(noticed);
        for set in choices {
            let known = schema.choices.entry(set.name.clone()).or_default();
            if known.options.is_empty() {
                *known = set;
            }
        }
    }
    if lacking > 0 {
        let some = if without_definitions {
            format!("{lacking} tables have")
        } else {
            "there are".to_owned()
        };
        warnings.push(Warning::document(format!(
            "{some} no definitions: choices, labels, lengths, ranges, required levels and access are unknown there; \
             choices look like whole numbers, memos like text"
        )));
    }
}

/// The join of one table.
struct Join<'j> {
    name: String,
    relations: &'j Relations,
    /// The global choices that have definitions of their own.
    known_choices: &'j BTreeMap<String, ChoiceSet>,
    /// The global choices that came along with columns.
    choices: Vec<ChoiceSet>,
    warnings: Vec<Warning>,
}

impl Join<'_> {
    fn table(
        &mut self,
        csdl: Option<CsdlTable>,
        defined: Option<DefinedTable>,
        solutions: &BTreeMap<String, Vec<String>>,
    ) -> Option<Table> {
        let (mut table, columns, loose) = match csdl {
            Some(csdl) => (csdl.table, Some(csdl.columns), csdl.lookups.loose),
            None => (
                Table {
                    name: self.name.clone(),
                    ..Table::default()
                },
                None,
                Vec::new(),
            ),
        };
        let from_csdl = columns.is_some();
        let mut defined_columns = Vec::new();
        if let Some(defined) = defined {
            let id = defined.metadata_id.unwrap_or_default();
            defined_columns = defined.columns;
            take_definitions(&mut table, defined.table, from_csdl);
            table.solutions = solutions.get(&id).cloned().unwrap_or_default();
        }
        if table.primary_id.is_empty() {
            table.primary_id = self.guess_primary_id(&defined_columns)?;
        }
        if from_csdl {
            self.relations.enrich(&self.name, &mut table.collections);
        } else {
            table.collections = self.relations.collections(&self.name).to_vec();
        }
        table.columns = match columns {
            Some(columns) => self.columns(columns, defined_columns, &table),
            None => self.defined_columns(defined_columns),
        };
        for column in &mut table.columns {
            column.required =
                fixups::primary_id_is_required(&column.name, &table.primary_id, column.required);
        }
        for name in loose {
            let message =
                format!("the navigation property `{name}` belongs to no lookup that is known: left out");
            self.warnings.push(Warning::table(&self.name, message));
        }
        Some(table)
    }

    /// Attribute answers alone don't name the primary id. By convention it is called after the table.
    fn guess_primary_id(&mut self, columns: &[DefinedColumn]) -> Option<String> {
        let own = format!("{}id", self.name);
        if columns.iter().any(|column| column.column.name == own) {
            self.warnings.push(Warning::table(
                &self.name,
                format!("nothing names its primary id: taken to be `{own}`"),
            ));
            Some(own)
        } else {
            self.warnings.push(Warning::table(
                &self.name,
                "left out: nothing names its primary id",
            ));
            None
        }
    }

    /// The columns of a table that CSDL knows: its properties, made richer by the definitions.
    fn columns(&mut self, csdl: Vec<CsdlColumn>, defined: Vec<DefinedColumn>, table: &Table) -> Vec<Column> {
        let mut columns = Vec::with_capacity(csdl.len() + 4);
        let mut defined = defined.into_iter().peekable();
        for property in csdl {
            while let Some(extra) = defined.next_if(|column| column.column.name < property.column.name) {
                columns.extend(self.only_defined(extra, table));
            }
            let known = defined.next_if(|column| column.column.name == property.column.name);
            columns.extend(self.column(property, known));
        }
        for extra in defined {
            columns.extend(self.only_defined(extra, table));
        }
        columns
    }

    /// A column that both documents may know.
    fn column(&mut self, property: CsdlColumn, defined: Option<DefinedColumn>) -> Option<Column> {
        let mut column = property.column;
        let Some(defined) = defined else {
            self.add_relations(&mut column);
            return Some(column);
        };
        let kind = self.settle_choice(defined.column.kind.clone(), defined.global);
        // Of types that say nothing of the value, or that are newer than this program, the wire says more.
        let plain = matches!(
            defined.kind,
            None | Some(AttributeKind::Virtual | AttributeKind::CalendarRules | AttributeKind::Unknown)
        );
        let mut rich = defined.column;
        rich.access = rich.access.or(column.access);
        if rich.description.is_empty() {
            rich.description = column.description;
        }
        rich.kind = match (column.kind, kind) {
            (wire, _) if plain => wire,
            (ColumnKind::Lookup(wire), ColumnKind::Lookup(told)) => {
                ColumnKind::Lookup(merge_lookups(wire, told))
            }
            // A lookup by its navigation properties, whatever the definitions call the column.
            (ColumnKind::Lookup(wire), _) => ColumnKind::Lookup(wire),
            (ColumnKind::UniqueId, ColumnKind::Lookup(told)) => ColumnKind::Lookup(Lookup {
                property: Some(rich.name.clone()),
                ..told
            }),
            (_, told) if property.edm.is_none_or(|edm| fixups::fits_the_wire(&told, edm)) => told,
            (wire, told) => {
                let message = format!(
                    "$metadata types it as {}, which doesn't go with the {} of the definitions: $metadata is right",
                    wire.name(),
                    told.name()
                );
                self.warnings
                    .push(Warning::column(&self.name, &rich.name, message));
                wire
            }
        };
        self.add_relations(&mut rich);
        rich.access.is_none_or(Access::any).then_some(rich)
    }

    /// A column that CSDL doesn't have: party lists never are properties; others only count where the definitions insist.
    fn only_defined(&mut self, defined: DefinedColumn, table: &Table) -> Option<Column> {
        let mut column = defined.column;
        column.kind = self.settle_choice(column.kind, defined.global);
        match (&mut column.kind, defined.kind) {
            (ColumnKind::PartyList { navigation, .. }, _) => {
                *navigation = party_collection(table);
                Some(column)
            }
            (_, None | Some(AttributeKind::Virtual | AttributeKind::CalendarRules)) => None,
            _ if defined.shadow || defined.valid_for_odata != Some(true) => None,
            _ => {
                self.add_relations(&mut column);
                let message =
                    "is valid for OData by the definitions, but $metadata has no such property: kept";
                self.warnings
                    .push(Warning::column(&self.name, &column.name, message));
                column.access.is_none_or(Access::any).then_some(column)
            }
        }
    }

    /// The columns of a table of which there are definitions alone.
    fn defined_columns(&mut self, defined: Vec<DefinedColumn>) -> Vec<Column> {
        let valid = |column: &DefinedColumn| match (column.valid_for_odata, column.kind) {
            (Some(valid), Some(AttributeKind::Virtual | AttributeKind::CalendarRules)) => {
                valid && !column.shadow
            }
            (None, Some(AttributeKind::Virtual | AttributeKind::CalendarRules)) => false,
            (Some(valid), _) => valid,
            (None, _) => !column.shadow,
        };
        let offered = |column: &Column| column.access.is_none_or(Access::any);
        let columns = defined.into_iter().filter(valid);
        columns
            .map(|defined| {
                let mut column = defined.column;
                column.kind = self.settle_choice(column.kind, defined.global);
                self.add_relations(&mut column);
                column
            })
            .filter(offered)
            .collect()
    }

    /// Moves a global choice that came along with a column to the schema's list.
    fn settle_choice(&mut self, mut kind: ColumnKind, global: bool) -> ColumnKind {
        if let ColumnKind::Choice { choice, .. } | ColumnKind::Choices { choice, .. } = &mut kind
            && let ChoiceUse::Local(set) = choice
            && (global || (set.options.is_empty() && self.known_choices.contains_key(&set.name)))
        {
            let name = set.name.clone();
            self.choices.push(std::mem::take(set));
            *choice = ChoiceUse::Global(name);
        }
        kind
    }

    /// Adds to a lookup what the relationships of the definitions say: theirs are the authoritative navigation names.
    fn add_relations(&mut self, column: &mut Column) {
        let ColumnKind::Lookup(lookup) = &mut column.kind else {
            return;
        };
        for told in self.relations.targets(&self.name, &column.name) {
            match lookup
                .targets
                .iter_mut()
                .find(|target| target.table == told.table)
            {
                Some(target) => {
                    let navigation = target.navigation.take().or_else(|| told.navigation.clone());
                    *target = Target {
                        navigation,
                        ..told.clone()
                    };
                }
                None => lookup.targets.push(told.clone()),
            }
        }
        if lookup.kind == LookupKind::Owner {
            // The owner is told as one relationship to `owner`, while its rows are users and teams.
            let navigation = lookup.targets.iter().find_map(|target| target.navigation.clone());
            lookup.targets.retain(|target| target.table != OWNER);
            for target in &mut lookup.targets {
                target.navigation = target.navigation.take().or_else(|| navigation.clone());
            }
        }
        lookup.targets.sort_by(|a, b| a.table.cmp(&b.table));
        if lookup.targets.iter().all(|target| target.navigation.is_none())
            && column.access.is_some_and(|a| a.create || a.update)
        {
            let message =
                "has no navigation property: it can be read as an id, but not be expanded or written";
            self.warnings
                .push(Warning::column(&self.name, &column.name, message));
        }
    }
}

/// The table that definitions name as the target of owner lookups. No rows of it exist.
const OWNER: &str = "owner";
