//! Amounts of money that know their currency.

use super::Money;
use std::fmt;
use uuid::Uuid;

/// An amount together with the currency of its row, which a row type that has one reads along.
///
/// ```
/// # use crm::{account::Account, prelude::*};
/// #[derive(Row)]
/// #[row(table = Account)]
/// struct Company {
///     revenue: Option<CurrencyAmount>,
/// }
/// assert_eq!(
///     dataverse_runtime::select::select::<Company>(),
///     "revenue,_transactioncurrencyid_value"
/// );
/// ```
///
/// Columns in the organisation's base currency, whose names end in `_base`, are not in the currency of the row: read
/// these as [`Money`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CurrencyAmount {
    /// How much.
    pub amount: Money,
    /// The id of the row of `transactioncurrency`, if the row has one.
    pub currency: Option<Uuid>,
}

impl CurrencyAmount {
    pub(crate) const fn new(amount: Money) -> Self {
        Self {
            amount,
            currency: None,
        }
    }
}

/// The amount alone: what people call a currency is in its own row.
impl fmt::Display for CurrencyAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.amount.fmt(f)
    }
}
