//! Labels in the wanted languages alone.

use super::{ChoiceSet, ChoiceUse, Column, ColumnKind, Label, Schema, Table};

impl Schema {
    /// Keeps the labels in these languages, and those whose language isn't known.
    pub(super) fn keep_languages(&mut self, languages: &[u32]) {
        let keep = |label: &mut Label| {
            label.retain(|code| code == Label::UNKNOWN_LANGUAGE || languages.contains(&code));
        };
        self.tables.values_mut().for_each(|of| table(of, &keep));
        self.choices.values_mut().for_each(|of| choice(of, &keep));
        self.references.values_mut().for_each(|of| keep(&mut of.label));
        let parameters = self.operations.iter_mut().flat_map(|of| &mut of.parameters);
        parameters.for_each(|of| keep(&mut of.description));
    }
}

fn table(table: &mut Table, keep: &impl Fn(&mut Label)) {
    keep(&mut table.label);
    keep(&mut table.plural_label);
    keep(&mut table.description);
    table.keys.iter_mut().for_each(|key| keep(&mut key.label));
    table.columns.iter_mut().for_each(|of| column(of, keep));
}

fn column(column: &mut Column, keep: &impl Fn(&mut Label)) {
    keep(&mut column.label);
    keep(&mut column.description);
    match &mut column.kind {
        ColumnKind::YesNo { yes, no, .. } => {
            keep(yes);
            keep(no);
        }
        ColumnKind::Choice { choice: of, .. }
        | ColumnKind::Choices { choice: of, .. }
        | ColumnKind::State { choice: of }
        | ColumnKind::Status { choice: of } => {
            if let ChoiceUse::Local(set) = of {
                choice(set, keep);
            }
        }
        _ => {}
    }
}

fn choice(set: &mut ChoiceSet, keep: &impl Fn(&mut Label)) {
    keep(&mut set.label);
    for option in &mut set.options {
        keep(&mut option.label);
        keep(&mut option.description);
    }
}
