//! Properties and their annotations, as columns of the statement.

use super::Shaper;
use crate::answer::{Field, Label, Labels, LookupNotes, NavigationNote, Note, Scalar, key, note, of_kind};
use crate::query::bind::is_owner;
use crate::query::plan::ColumnRef;
use dataverse_codegen::schema::ColumnKind;

impl<'a> Shaper<'_, 'a> {
    /// A property with the annotations that are asked for.
    pub(in crate::query) fn field(&mut self, column: ColumnRef<'a>, property: &str) -> Field {
        let at = self.value(column);
        let level = self.level();
        let label = level.formatted.then(|| self.label(column)).flatten();
        let is_lookup = matches!(column.column.kind, ColumnKind::Lookup(_));
        let lookup = (is_lookup && (level.table || level.navigation)).then(|| LookupNotes {
            at: self.stored(column.source, &format!("{}$table", column.column.name)),
            navigation: level.navigation.then(|| {
                let navigations = column.entity.singles_of(&column.column.name);
                let mut named: Vec<(String, String)> = navigations
                    .map(|single| (single.target.clone(), single.name.clone()))
                    .collect();
                if is_owner(column.column)
                    && let Some((_, name)) = named.first().cloned()
                {
                    named = ["systemuser", "team"]
                        .map(|table| (table.to_owned(), name.clone()))
                        .to_vec();
                }
                NavigationNote {
                    key: note(property, Note::Navigation),
                    by_table: named,
                }
            }),
            table: level.table.then(|| note(property, Note::Table)),
        });
        Field {
            key: key(property),
            at,
            scalar: Scalar::of(column.column),
            label: label.map(|label| (note(property, Note::Formatted), label)),
            lookup,
            attribute: None,
        }
    }

    fn value(&mut self, column: ColumnRef<'a>) -> usize {
        let known = (column.source, format!("={}", column.column.name));
        if let Some(at) = self.known.get(&known) {
            return *at;
        }
        let at = self.add(|sql| sql.shown(column));
        self.known.insert(known, at);
        at
    }

    fn label(&mut self, column: ColumnRef<'a>) -> Option<Label> {
        let labels = Labels {
            model: self.context.model,
            language: self.context.settings.language,
        };
        match &column.column.kind {
            ColumnKind::Lookup(_) => {
                let model = self.context.model;
                Some(Label::Beside(
                    self.add(|sql| sql.lookup_name(model, column, false)),
                ))
            }
            ColumnKind::Money {
                precision, base_of, ..
            } => {
                let symbol = self.symbol(column, base_of.is_some());
                Some(Label::Money {
                    symbol,
                    digits: precision.unwrap_or(2),
                })
            }
            ColumnKind::Choices { .. } => labels.options(column.column).map(Label::Several),
            _ if column.column.name == "versionnumber" => Some(Label::Number(0)),
            _ => labels
                .options(column.column)
                .map(Label::Options)
                .or_else(|| of_kind(column.column))
                .map(|label| label.in_zone(column.column, &self.context.settings.time_zone)),
        }
    }

    /// The symbol of the currency of a row's amounts, or of the organization's.
    fn symbol(&mut self, column: ColumnRef<'_>, base: bool) -> usize {
        let known = (column.source, format!("$symbol{base}"));
        if let Some(at) = self.known.get(&known) {
            return *at;
        }
        const CURRENCY: &str = "transactioncurrency";
        const OF_ROW: &str = "transactioncurrencyid";
        let currencies = self.context.model.entity(CURRENCY);
        let has_symbol = currencies.is_some_and(|entity| entity.table().column("currencysymbol").is_some());
        let of_row = column.entity.table().column(OF_ROW).is_some();
        let base_currency = self.context.base_currency;
        let at = self.add(|sql| {
            if !has_symbol || !(base || of_row) {
                return sql.push("NULL");
            }
            sql.push("(SELECT c.\"currencysymbol\" FROM \"transactioncurrency\" AS c WHERE c.\"transactioncurrencyid\" = ");
            if base {
                sql.bind(base_currency.to_string());
            } else {
                sql.column(column.source, OF_ROW);
            }
            sql.push(")");
        });
        self.known.insert(known, at);
        at
    }
}
