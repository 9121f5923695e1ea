//! The operators of conditions
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/reference/operators>).

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// `begins-with`.
    pub name: &'static str,
    /// How many values it takes.
    pub values: Values,
    /// What its column and its values have to be.
    pub group: Group,
}

/// How many values an operator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// None.
    None,
    /// One.
    One,
    /// Two.
    Two,
    /// One at least.
    Many,
}

/// What an operator's column and values have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Any column.
    Null,
    /// Any column that has comparable values, with one of them.
    Equality,
    /// The same, but for text of several lines.
    List,
    /// A column whose values have an order, with values of it.
    Order,
    /// A text, with a pattern.
    Pattern,
    /// A date, with a day.
    Day,
    /// A date, with whole numbers or nothing.
    Period,
    /// What identifies a row, with a row.
    Hierarchy,
    /// What identifies a row.
    Caller,
    /// The number of a language.
    Language,
    /// Several options, with options.
    Options,
}

/// The operator of this name.
#[must_use]
pub fn operator(name: &str) -> Option<Operator> {
    GROUPS.iter().find_map(|(group, values, names)| {
        let name = names.split_ascii_whitespace().find(|known| *known == name)?;
        Some(Operator {
            name,
            values: *values,
            group: *group,
        })
    })
}

/// All operators' names.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    GROUPS
        .iter()
        .flat_map(|(_, _, names)| names.split_ascii_whitespace())
}

const GROUPS: [(Group, Values, &str); 14] = [
    (Group::Null, Values::None, "null not-null"),
    (Group::Equality, Values::One, "eq ne neq"),
    (Group::List, Values::Many, "in not-in"),
    (Group::Order, Values::One, "gt ge lt le"),
    (Group::Order, Values::Two, "between not-between"),
    (
        Group::Pattern,
        Values::One,
        "like not-like begins-with not-begin-with ends-with not-end-with",
    ),
    (Group::Day, Values::One, "on on-or-before on-or-after"),
    (
        Group::Period,
        Values::None,
        "yesterday today tomorrow last-seven-days next-seven-days last-week this-week next-week last-month this-month \
         next-month last-year this-year next-year this-fiscal-year this-fiscal-period next-fiscal-year \
         next-fiscal-period last-fiscal-year last-fiscal-period",
    ),
    (
        Group::Period,
        Values::One,
        "last-x-hours next-x-hours last-x-days next-x-days last-x-weeks next-x-weeks last-x-months next-x-months \
         last-x-years next-x-years olderthan-x-minutes olderthan-x-hours olderthan-x-days olderthan-x-weeks \
         olderthan-x-months olderthan-x-years last-x-fiscal-years last-x-fiscal-periods next-x-fiscal-years \
         next-x-fiscal-periods in-fiscal-year in-fiscal-period",
    ),
    (
        Group::Period,
        Values::Two,
        "in-fiscal-period-and-year in-or-before-fiscal-period-and-year in-or-after-fiscal-period-and-year",
    ),
    (
        Group::Hierarchy,
        Values::One,
        "under eq-or-under not-under above eq-or-above",
    ),
    (
        Group::Caller,
        Values::None,
        "eq-userid ne-userid eq-businessid ne-businessid eq-userteams eq-useroruserteams eq-useroruserhierarchy \
         eq-useroruserhierarchyandteams",
    ),
    (Group::Language, Values::None, "eq-userlanguage"),
    (Group::Options, Values::Many, "contain-values not-contain-values"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_have_one_name_each() {
        let mut names: Vec<&str> = names().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert_eq!(
            operator("not-between").map(|found| found.values),
            Some(Values::Two)
        );
        assert_eq!(
            operator("last-x-days").map(|found| found.group),
            Some(Group::Period)
        );
        assert_eq!(operator("contains"), None);
    }
}
