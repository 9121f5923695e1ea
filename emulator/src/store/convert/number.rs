//! Numbers, read from their text: what is decimal stays decimal.

use super::Place;
use crate::Fault;
use crate::json::Json;
use crate::store::Cell;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// Bounds of a column, where the schema tells them.
type Bounds = (Option<f64>, Option<f64>);

/// The decimals that money is kept with.
const MONEY_SCALE: u32 = 4;

pub(super) fn integer(
    place: Place<'_>,
    value: &Json,
    edm: &str,
    (min, max): (i64, i64),
) -> Result<Cell, Fault> {
    let Json::Number(text) = value else {
        return Err(place.unconvertible(value, edm));
    };
    let number: i64 = text.parse().map_err(|_| place.unconvertible(value, edm))?;
    if edm == "Edm.Int32" && i32::try_from(number).is_err() {
        return Err(place.unconvertible(value, edm));
    }
    if number < min || number > max {
        return Err(place.out_of_range(0x8004_432f, text, &min.to_string(), &max.to_string()));
    }
    Ok(Cell::Integer(number))
}

pub(super) fn float(place: Place<'_>, value: &Json, (min, max): Bounds) -> Result<Cell, Fault> {
    let Json::Number(text) = value else {
        return Err(place.unconvertible(value, "Edm.Double"));
    };
    let number: f64 = text
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| place.unconvertible(value, "Edm.Double"))?;
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        return Err(place.out_of_range(0x8004_4330, text, &shown(min), &shown(max)));
    }
    // The database knows one zero.
    Ok(Cell::Real(if number == 0.0 { 0.0 } else { number }))
}

/// More digits than the column has are rounded, half to even: the service's rule isn't documented, .NET's is this.
pub(super) fn decimal(
    place: Place<'_>,
    value: &Json,
    bounds: Bounds,
    precision: Option<u32>,
) -> Result<Cell, Fault> {
    let number = exact(place, value, bounds)?;
    Ok(Cell::Decimal(
        number.round_dp(precision.unwrap_or(10)).normalize(),
    ))
}

pub(super) fn money(place: Place<'_>, value: &Json, bounds: Bounds) -> Result<Cell, Fault> {
    let number = exact(place, value, bounds)?;
    match ten_thousandths(number) {
        Some(amount) => Ok(Cell::Money(amount)),
        None => Err(place.out_of_range(
            0x8004_4330,
            &number.to_string(),
            "-922337203685477.5808",
            "922337203685477.5807",
        )),
    }
}

/// An amount as it is kept.
pub(crate) fn ten_thousandths(amount: Decimal) -> Option<i64> {
    let rounded = amount.round_dp_with_strategy(MONEY_SCALE, RoundingStrategy::MidpointNearestEven);
    rounded.checked_mul(Decimal::from(10_000))?.to_i64()
}

fn exact(place: Place<'_>, value: &Json, (min, max): Bounds) -> Result<Decimal, Fault> {
    let Json::Number(text) = value else {
        return Err(place.unconvertible(value, "Edm.Decimal"));
    };
    let number = read(text).ok_or_else(|| place.unconvertible(value, "Edm.Decimal"))?;
    // A bound that a decimal can't hold bounds nothing.
    let bound = |bound: Option<f64>| bound.and_then(|bound| bound.to_string().parse::<Decimal>().ok());
    if bound(min).is_some_and(|min| number < min) || bound(max).is_some_and(|max| number > max) {
        return Err(place.out_of_range(0x8004_4330, text, &shown(min), &shown(max)));
    }
    Ok(number)
}

fn read(text: &str) -> Option<Decimal> {
    let number = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text).ok()?
    } else {
        text.parse().ok()?
    };
    Some(number.normalize())
}

fn shown(bound: Option<f64>) -> String {
    bound.map_or_else(|| "any".to_owned(), |bound| bound.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_over_the_whole_range() {
        let kept = |text: &str| ten_thousandths(read(text).unwrap());
        assert_eq!(kept("922337203685477.5807"), Some(i64::MAX));
        assert_eq!(kept("-922337203685477.5808"), Some(i64::MIN));
        assert_eq!(kept("922337203685477.5808"), None);
        assert_eq!(kept("0.00005"), Some(0));
        assert_eq!(kept("1.5e2"), Some(1_500_000));
        assert_eq!(kept("79228162514264337593543950335"), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "1e400", "99999999999999999999999999999999999", "1.", "x"] {
            assert!(read(text).is_none() || text == "1.", "{text}");
        }
    }
}
