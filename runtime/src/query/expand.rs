//! What a query says about related rows besides what is read of them: which, in which order, how many.

use crate::filter::{Expression, Filter, Orders};
use crate::kind::Lookup;
use crate::row::{Part, Relation};
use crate::text::percent_encoded;
use crate::{Collection, Column, InvalidRequest, Table};
use std::fmt;
use std::marker::PhantomData;

/// What is said about the rows of one relationship, without types.
#[derive(Clone, Debug)]
pub(crate) struct Expanded {
    pub navigation: &'static str,
    filter: Option<Expression>,
    orders: Vec<String>,
    top: Option<u32>,
    pub inner: Vec<Self>,
}

impl Expanded {
    fn new(navigation: &'static str) -> Self {
        Self {
            navigation,
            filter: None,
            orders: Vec::new(),
            top: None,
            inner: Vec::new(),
        }
    }

    /// Its options as `$expand` writes them, each after a semicolon.
    pub fn options(&self) -> String {
        let mut options = String::new();
        if let Some(filter) = &self.filter {
            options.push_str(";$filter=");
            options.push_str(&percent_encoded(&filter.to_odata()));
        }
        if !self.orders.is_empty() {
            options.push_str(";$orderby=");
            options.push_str(&self.orders.join(",").replace(' ', "%20"));
        }
        if let Some(top) = self.top {
            options.push_str(&format!(";$top={top}"));
        }
        options
    }

    fn is_ordered(&self) -> bool {
        !self.orders.is_empty() || self.top.is_some()
    }
}

/// Related rows that a query reads, and which of them: see [`Query::expand`](super::Query::expand).
///
/// `U` is their table, `L` whether there may be many: only these are ordered and limited.
#[must_use = "an option does nothing by itself"]
pub struct Expanding<U, L> {
    said: Expanded,
    of: PhantomData<fn() -> (U, L)>,
}

/// One related row at most.
pub enum One {}
/// Many related rows.
pub enum Many {}

impl<U: Table, L> Expanding<U, L> {
    /// Only related rows for which this holds. Of several conditions all have to hold. Which rows have related rows
    /// doesn't change.
    pub fn filter(mut self, condition: impl FnOnce(&U::Columns) -> Filter<U>) -> Self {
        let more = condition(&U::COLUMNS).into_expression();
        self.said.filter = Some(match self.said.filter {
            Some(known) => known.and(more),
            None => more,
        });
        self
    }

    /// What to read of the rows that are related to these in turn.
    pub fn expand<E: Expands<U>, P>(
        mut self,
        relationship: impl FnOnce(&U::Columns) -> E,
        options: impl FnOnce(Expanding<E::Table, E::Many>) -> Expanding<E::Table, P>,
    ) -> Self {
        push_expanded(&mut self.said.inner, relationship(&U::COLUMNS), options);
        self
    }
}

impl<U: Table> Expanding<U, Many> {
    /// In this order; after an earlier one, within that. The service takes no order where the rows read related rows of
    /// related rows.
    pub fn order_by<O: Orders<U>>(mut self, orders: impl FnOnce(&U::Columns) -> O) -> Self {
        let mut list = Vec::new();
        orders(&U::COLUMNS).push_to(&mut list);
        self.said.orders.extend(list.iter().map(ToString::to_string));
        self
    }

    /// At most so many related rows of each row. The service takes no limit where the rows read related rows of related
    /// rows.
    pub fn top(mut self, most: u32) -> Self {
        self.said.top = Some(most);
        self
    }
}

impl<U, L> fmt::Debug for Expanding<U, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expanding({}{})", self.said.navigation, self.said.options())
    }
}

/// Relationships of `T` that rows can be read through: collections, and lookups with a single target.
#[diagnostic::on_unimplemented(
    message = "this leads to no related rows",
    label = "expected a relationship to many rows, or a lookup with a single target"
)]
pub trait Expands<T> {
    /// The table of the related rows.
    type Table: Table;
    /// Whether there may be many: [`One`] or [`Many`].
    type Many;

    /// The navigation property.
    #[doc(hidden)]
    fn through(self) -> &'static str;
}

#[diagnostic::do_not_recommend]
impl<T, U: Table> Expands<T> for Collection<T, U> {
    type Table = U;
    type Many = Many;

    fn through(self) -> &'static str {
        self.navigation()
    }
}

#[diagnostic::do_not_recommend]
impl<T, U: Table, A, N> Expands<T> for Column<T, Lookup<U>, A, N> {
    type Table = U;
    type Many = One;

    fn through(self) -> &'static str {
        self.navigation_or_property()
    }
}

/// Adds what the closure says about the rows of a relationship.
pub(super) fn push_expanded<T, E: Expands<T>, P>(
    to: &mut Vec<Expanded>,
    relationship: E,
    options: impl FnOnce(Expanding<E::Table, E::Many>) -> Expanding<E::Table, P>,
) {
    let navigation = relationship.through();
    // What was said of it before goes on.
    let known = to.iter().position(|said| said.navigation == navigation);
    let said = known.map_or_else(|| Expanded::new(navigation), |at| to.remove(at));
    let begun = Expanding {
        said,
        of: PhantomData,
    };
    to.push(options(begun).said);
}

/// Whether the service would take this of rows with these parts
/// (Microsoft Learn, "Join tables using OData").
pub(super) fn verify(
    parts: &'static [Part],
    said: &[Expanded],
    page_size: bool,
) -> Result<(), InvalidRequest> {
    let nested = inner_parts(parts).any(|(_, _, inner)| inner_parts(inner).next().is_some());
    if nested
        && page_size
        && let Some(navigation) = first_many(parts)
    {
        return Err(InvalidRequest::PageSizeCutsRelated { navigation });
    }
    verify_said(parts, said, nested)
}

fn verify_said(parts: &'static [Part], said: &[Expanded], nested: bool) -> Result<(), InvalidRequest> {
    for one in said {
        let navigation = one.navigation;
        let Some((_, _, inner)) = inner_parts(parts).find(|(name, ..)| *name == navigation) else {
            return Err(InvalidRequest::NotExpanded { navigation });
        };
        if nested && one.is_ordered() {
            return Err(InvalidRequest::OrderedNestedExpand { navigation });
        }
        if let Some(filter) = &one.filter {
            filter.verify()?;
        }
        verify_said(inner, &one.inner, nested)?;
    }
    Ok(())
}

/// Navigation property, relation and parts of each relationship.
fn inner_parts(parts: &'static [Part]) -> impl Iterator<Item = (&'static str, Relation, &'static [Part])> {
    parts.iter().filter_map(|part| match part {
        Part::Expand {
            navigation,
            relation,
            parts,
            ..
        } => Some((*navigation, *relation, *parts)),
        _ => None,
    })
}

fn first_many(parts: &'static [Part]) -> Option<&'static str> {
    inner_parts(parts).find_map(|(navigation, relation, inner)| match relation {
        Relation::ManyToOne => first_many(inner),
        Relation::OneToMany | Relation::ManyToMany => Some(navigation),
    })
}
