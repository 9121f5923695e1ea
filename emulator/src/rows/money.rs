//! Amounts: their currency, their precision, and their value in the base currency.

use super::draft::Draft;
use super::{Record, Work};
use crate::Fault;
use crate::store::{Cell, ten_thousandths};
use dataverse_codegen::schema::{Column, ColumnKind, Source};
use http::StatusCode;
use rust_decimal::Decimal;

const CURRENCY: &str = "transactioncurrencyid";

/// Completes a row whose amounts or currency are written.
pub(super) fn settle(work: &Work<'_>, draft: &mut Draft<'_>) -> Result<(), Fault> {
    let entity = draft.entity;
    let amounts: Vec<&Column> = entity
        .table()
        .columns
        .iter()
        .filter(|column| column.source == Source::Simple && is_amount(&column.kind))
        .collect();
    let written = |draft: &Draft<'_>| {
        draft.cells.contains_key(CURRENCY)
            || amounts
                .iter()
                .any(|column| draft.cells.contains_key(&column.name))
    };
    if amounts.is_empty() || !draft.has(CURRENCY) || !written(draft) {
        return Ok(());
    }
    let any = amounts.iter().any(|column| !draft.value(&column.name).is_null());
    if draft.value(CURRENCY).is_null() && any {
        let base = Cell::Lookup(work.organization.currency, "transactioncurrency".to_owned());
        draft.set(CURRENCY, base);
    }
    let Some(currency) = currency(work, draft.value(CURRENCY))? else {
        return Ok(());
    };
    draft.set("exchangerate", Cell::Decimal(currency.rate.normalize()));
    for column in amounts {
        if let Some(Cell::Money(amount)) = draft.cells.get(&column.name) {
            let places = places(work, &column.kind, &currency);
            let rounded = round(*amount, places);
            draft.cells.insert(column.name.clone(), Cell::Money(rounded));
        }
    }
    for column in &entity.table().columns {
        if let ColumnKind::Money {
            base_of: Some(of), ..
        } = &column.kind
            && column.source == Source::Simple
        {
            let base = match draft.value(of) {
                Cell::Money(amount) => Cell::Money(in_base(draft, column, *amount, currency.rate)?),
                _ => Cell::Null,
            };
            draft.set(&column.name, base);
        }
    }
    Ok(())
}

fn is_amount(kind: &ColumnKind) -> bool {
    matches!(kind, ColumnKind::Money { base_of: None, .. })
}

/// What of a currency matters here.
struct Currency {
    /// How much of it is one unit of the base currency.
    rate: Decimal,
    precision: u32,
}

fn currency(work: &Work<'_>, cell: &Cell) -> Result<Option<Currency>, Fault> {
    let Cell::Lookup(id, table) = cell else {
        return Ok(None);
    };
    let row = match work.model.entity(table) {
        Some(entity) => Record::find(work, entity, &(*id).into())?,
        None => None,
    };
    let value = |name: &str| row.as_ref().and_then(|row| row.cells.get(name));
    Ok(Some(Currency {
        rate: match value("exchangerate") {
            Some(Cell::Decimal(rate)) if !rate.is_zero() => *rate,
            _ => Decimal::ONE,
        },
        precision: match value("currencyprecision") {
            Some(Cell::Integer(precision)) => u32::try_from(*precision).unwrap_or(2),
            _ => 2,
        },
    }))
}

/// How many decimals an amount has: the column, the organization or the currency decides.
fn places(work: &Work<'_>, kind: &ColumnKind, currency: &Currency) -> u32 {
    match kind {
        ColumnKind::Money {
            precision_source: Some(1),
            ..
        } => work.organization.pricing_precision,
        ColumnKind::Money {
            precision_source: Some(2),
            ..
        } => currency.precision,
        ColumnKind::Money { precision, .. } => precision.unwrap_or(4),
        _ => 4,
    }
}

/// Half to even, as .NET rounds.
fn round(amount: i64, places: u32) -> i64 {
    let exact = Decimal::new(amount, 4);
    ten_thousandths(exact.round_dp(places.min(4))).unwrap_or(amount)
}

fn in_base(draft: &Draft<'_>, column: &Column, amount: i64, rate: Decimal) -> Result<i64, Fault> {
    Decimal::new(amount, 4)
        .checked_div(rate)
        .and_then(ten_thousandths)
        .ok_or_else(|| {
            Fault::new(
                StatusCode::BAD_REQUEST,
                0x8004_4330,
                format!(
                    "A validation error occurred. The value of '{}' on record of type '{}' is outside the valid range.",
                    column.name,
                    draft.entity.name()
                ),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn amounts_are_rounded_half_to_even() {
        assert_eq!(round(12_345, 2), 12_300);
        assert_eq!(round(12_350, 2), 12_400);
        assert_eq!(round(12_450, 2), 12_400);
        assert_eq!(round(i64::MAX, 2), 9_223_372_036_854_775_800);
        assert_eq!(round(-5_000, 0), 0);
    }
}
