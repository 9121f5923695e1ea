//! A query as its document says it.

/// A query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fetch {
    /// The logical name of the table.
    pub entity: String,
    /// What is asked of its rows.
    pub items: Items,
    /// Whether groups are asked for instead of rows.
    pub aggregate: bool,
    /// Whether equal rows are answered once.
    pub distinct: bool,
    /// Whether choices are sorted by their numbers rather than by their labels.
    pub raw_order: bool,
    /// Whether rows are counted, beyond the page.
    pub count_total: bool,
    /// The most rows.
    pub top: Option<u64>,
    /// The most rows of a page.
    pub count: Option<u64>,
    /// The number of the page.
    pub page: Option<u64>,
    /// Where the page before ended.
    pub paging_cookie: Option<String>,
    /// The most rows that an aggregation reads.
    pub aggregate_limit: Option<u64>,
}

/// What is asked of the rows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Items {
    /// Whether all columns are.
    pub all: bool,
    /// Columns.
    pub attributes: Vec<Attribute>,
    /// What they are sorted by.
    pub orders: Vec<Order>,
    /// What all must hold.
    pub filters: Vec<Filter>,
    /// Rows of other tables.
    pub links: Vec<Link>,
}

/// A column of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its logical name.
    pub name: String,
    /// What the answer calls it.
    pub alias: Option<String>,
    /// What is made of it.
    pub used: Use,
    /// Whether parts of dates are those in UTC rather than in the user's time zone.
    pub in_utc: bool,
}

/// What is made of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is answered as it is.
    Value,
    /// Something is computed of all rows of a group.
    Aggregate(Aggregate),
    /// Its values, or parts of its dates, make groups.
    Group(Option<DateGrouping>),
}

/// What can be computed of the rows of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// The number of rows.
    Count,
    /// The number of values, or of different ones.
    CountColumn {
        /// Whether equal values count once.
        distinct: bool,
    },
    /// The sum.
    Sum,
    /// The average.
    Average,
    /// The least.
    Min,
    /// The largest.
    Max,
}

/// Parts of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateGrouping {
    /// The day of the month.
    Day,
    /// The week of the year.
    Week,
    /// The month of the year.
    Month,
    /// The quarter of the year.
    Quarter,
    /// The year.
    Year,
    /// The period of the fiscal year, with the year.
    FiscalPeriod,
    /// The fiscal year.
    FiscalYear,
}

/// What rows are sorted by.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The column, or what the answer has under an alias.
    pub by: OrderBy,
    /// The alias of the link whose column it is.
    pub entity: Option<String>,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// The key of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderBy {
    /// A column.
    Attribute(String),
    /// What the answer has under an alias.
    Alias(String),
}

/// Conditions of which all must hold, or one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Whether one is enough.
    pub any: bool,
    /// The conditions.
    pub parts: Vec<Part>,
}

/// One condition among others.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Conditions within.
    Filter(Filter),
    /// A condition on a column.
    Condition(Condition),
    /// A condition on related rows.
    Link(Link),
}

/// A condition on a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The alias of the link whose column it is.
    pub entity: Option<String>,
    /// The column.
    pub attribute: String,
    /// The operator.
    pub operator: String,
    /// What it is held against.
    pub against: Against,
}

/// What a column is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// Values.
    Values(Vec<String>),
    /// Another column, perhaps behind the alias of a link.
    Column(String),
}

/// Rows of another table.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The other table.
    pub table: String,
    /// Its column.
    pub from: String,
    /// The column of this table that has the same value.
    pub to: String,
    /// What the link is called.
    pub alias: Option<String>,
    /// How the rows belong together.
    pub kind: LinkType,
    /// What is asked of them.
    pub items: Items,
}

/// How rows belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkType {
    /// A row for each pair.
    Inner,
    /// The same, and rows without a partner too.
    Outer,
    /// There is a partner.
    Exists,
    /// The value is among those of the partners.
    In,
    /// A row for the first partner.
    First,
    /// There is a partner. Within filters, as all that follow.
    Any,
    /// There is no partner.
    NotAny,
    /// There are partners, but none meets the filter.
    All,
    /// There is a partner.
    NotAll,
}

impl LinkType {
    /// The words of the attribute `link-type`.
    pub(super) const WORDS: [(&str, Self); 10] = [
        ("inner", Self::Inner),
        ("outer", Self::Outer),
        ("exists", Self::Exists),
        ("in", Self::In),
        ("matchfirstrowusingcrossapply", Self::First),
        ("any", Self::Any),
        ("not any", Self::NotAny),
        ("all", Self::All),
        ("not all", Self::NotAll),
        ("natural", Self::Inner),
    ];
}

impl Aggregate {
    /// The words of the attribute `aggregate`.
    pub(super) const WORDS: [(&str, Self); 6] = [
        ("count", Self::Count),
        ("countcolumn", Self::CountColumn { distinct: false }),
        ("sum", Self::Sum),
        ("avg", Self::Average),
        ("min", Self::Min),
        ("max", Self::Max),
    ];
}

impl DateGrouping {
    /// The words of the attribute `dategrouping`.
    pub(super) const WORDS: [(&str, Self); 7] = [
        ("day", Self::Day),
        ("week", Self::Week),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("year", Self::Year),
        ("fiscal-period", Self::FiscalPeriod),
        ("fiscal-year", Self::FiscalYear),
    ];
}
