//! Which properties a row has in the answer.

use crate::Fault;
use crate::model::Entity;
use crate::odata::{Expands, Select};
use crate::query::bind::no_property;
use dataverse_codegen::schema::{Column, ColumnKind};

/// The columns that `$select` asks for, with those that always come along.
pub(in crate::query) fn fields<'a>(
    entity: &'a Entity,
    select: Option<&Select>,
) -> Result<Vec<&'a Column>, Fault> {
    let table = entity.table();
    let all = || {
        let readable = |column: &&Column| {
            // Images come only to those who name them (Microsoft Learn, "Use image column data").
            !matches!(
                column.kind,
                ColumnKind::PartyList { .. } | ColumnKind::Image { .. }
            ) && column.access.is_none_or(|access| access.read)
        };
        table.columns.iter().filter(readable).collect()
    };
    let Some(select) = select else {
        return Ok(all());
    };
    let mut fields: Vec<&Column> = Vec::with_capacity(select.0.len() + 1);
    let mut money = false;
    for name in &select.0 {
        match entity.property(name) {
            Some((_, column)) => {
                money |= matches!(column.kind, ColumnKind::Money { .. });
                if !fields.iter().any(|known| known.name == column.name) {
                    fields.push(column);
                }
            }
            // As the service does: the name of a lookup's navigation property selects everything.
            None if name == "*" || entity.single(name).is_some() => return Ok(all()),
            None => return Err(no_property(name, entity.name())),
        }
    }
    // As a part of an address brings the whole along, and an amount its currency.
    let addresses: Vec<String> = fields
        .iter()
        .filter_map(|field| whole_address(&field.name))
        .collect();
    for whole in &addresses {
        push_column(&mut fields, entity, whole);
    }
    if money {
        push_column(&mut fields, entity, "transactioncurrencyid");
    }
    push_column(&mut fields, entity, entity.primary_id());
    if let Some(name) = &table.csdl_key {
        push_column(&mut fields, entity, name);
    }
    Ok(fields)
}

/// The column with the whole of the address of which a column is a part.
fn whole_address(part: &str) -> Option<String> {
    let (address, _) = part.split_once('_')?;
    address
        .starts_with("address")
        .then(|| format!("{address}_composite"))
}

pub(in crate::query) fn push_column<'a>(fields: &mut Vec<&'a Column>, entity: &'a Entity, name: &str) {
    if !fields.iter().any(|known| known.name == name)
        && let Some(column) = entity.table().column(name)
    {
        fields.push(column);
    }
}

/// What a context says of selected and expanded properties: `(name,primarycontactid(fullname))`.
pub(in crate::query) fn described(select: Option<&Select>, expands: &Expands) -> String {
    let mut items: Vec<String> = select.map(|select| select.0.clone()).unwrap_or_default();
    for expand in &expands.0 {
        let inner = described(expand.select.as_ref(), &expand.expand);
        let inner = if inner.is_empty() { "()" } else { &inner };
        let name = if expand.reference {
            format!("{}/$ref", expand.navigation)
        } else {
            expand.navigation.clone()
        };
        items.push(format!("{name}{inner}"));
    }
    if items.is_empty() {
        return String::new();
    }
    format!("({})", items.join(","))
}
