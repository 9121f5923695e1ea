//! Requests that would be refused, found before they are sent.

/// A request that the service would refuse. It wasn't sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidRequest {
    /// A text is longer than its column.
    #[error(
        "`{column}` (table `{table}`) takes at most {longest} characters, and the text has {length}: shorten it"
    )]
    TooLong {
        /// The table's logical name.
        table: &'static str,
        /// The column's logical name.
        column: &'static str,
        /// How many characters (UTF-16 units) the column takes.
        longest: u32,
        /// How many the text has.
        length: usize,
    },
    /// A lookup is bound to a row of a table that it doesn't lead to, or to a reference that doesn't name its table.
    #[error(
        "`{column}` (table `{table}`) can't be bound to a row of {}: the lookup has no such target, or the target no address",
        .target.as_deref().map_or_else(|| "an unknown table".to_owned(), |target| format!("`{target}`"))
    )]
    UnknownTarget {
        /// The table's logical name.
        table: &'static str,
        /// The property that reads the lookup.
        column: &'static str,
        /// Logical name of the table to whose row it is bound, if that is known.
        target: Option<String>,
    },
    /// It isn't known which state a status belongs to.
    #[error(
        "status {status} of table `{table}` belongs to no state that is known: generate again, or set `statecode` and `statuscode` yourself"
    )]
    UnknownStatus {
        /// The table's logical name.
        table: &'static str,
        /// The status.
        status: i32,
    },
    /// The table has no entity set: its rows can't be reached by a URL.
    #[error(
        "rows of table `{table}` have no address in the Web API: reach them through a row that they belong to"
    )]
    NoEntitySet {
        /// The table's logical name.
        table: &'static str,
    },
    /// A function of the service stands behind a `!`.
    #[error(
        "`not` can't stand before {function}(`{column}`): use the condition's opposite, such as `is_not_user`, `not_under` or `contains_none`"
    )]
    NegatedFunction {
        /// The service's function.
        function: &'static str,
        /// The column's logical name.
        column: &'static str,
    },
    /// A function of the service is used for a column of a related row.
    #[error(
        "{function}(`{column}`) stands inside of a condition on related rows, where the service has no such functions: compare the column with values"
    )]
    FunctionOfRelatedRow {
        /// The service's function.
        function: &'static str,
        /// The column's logical name.
        column: &'static str,
    },
    /// A condition on the row that a lookup refers to asks about that row's own related rows.
    #[error(
        "`{collection}` stands inside of a condition on `{navigation}`, where the service takes no relationship to many rows: ask the other way round, from the table of those rows"
    )]
    CollectionOfRelatedRow {
        /// The navigation property of the lookup.
        navigation: &'static str,
        /// The navigation property of the relationship to many rows.
        collection: &'static str,
    },
    /// Options are given for related rows that the row type doesn't read.
    #[error(
        "the rows don't read `{navigation}`: add a field with `#[row(expand)]`, or leave out its options"
    )]
    NotExpanded {
        /// The navigation property.
        navigation: &'static str,
    },
    /// Related rows are ordered or limited in a query that expands related rows of related rows.
    #[error(
        "`{navigation}` can't be ordered or limited here: the rows read related rows of related rows, where the service takes conditions alone"
    )]
    OrderedNestedExpand {
        /// The navigation property.
        navigation: &'static str,
    },
    /// A page size is given for a query that expands many related rows and related rows of related rows.
    #[error(
        "a page size would also cut the related rows `{navigation}` of each row, because the rows read related rows of related rows: leave it out, or query those rows by themselves"
    )]
    PageSizeCutsRelated {
        /// The navigation property.
        navigation: &'static str,
    },
    /// A view is read into rows that hold related rows.
    #[error(
        "a view gives no related rows, and the rows read `{navigation}`: read them by a query of their own"
    )]
    ViewExpands {
        /// The navigation property.
        navigation: &'static str,
    },
    /// Changes are read into rows that hold related rows.
    #[error(
        "changes come without related rows, and the rows read `{navigation}`: read them by a query of their own"
    )]
    ChangesExpand {
        /// The navigation property.
        navigation: &'static str,
    },
    /// A search has no text, or too long a one.
    #[error("a search takes 1 to 100 characters, and the text has {length}")]
    SearchText {
        /// How many characters it has.
        length: usize,
    },
    /// A condition of a search is more than comparisons of columns with values.
    #[error(
        "the search of table `{table}` takes comparisons of columns with values alone, and none of lookups: put other conditions into a query for the rows that are found"
    )]
    SearchFilter {
        /// The table's logical name.
        table: &'static str,
    },
    /// The text of a query in FetchXML can't be used.
    #[error("line {line} of the FetchXML: {message}")]
    FetchXml {
        /// The line of the text, from 1 on.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A query in FetchXML is read into rows that read what it doesn't give.
    #[error("the FetchXML doesn't give what the rows read: add {} to its text", .missing.join(", "))]
    NotInFetchXml {
        /// What the text lacks: columns with their tables, aliases and links.
        missing: Vec<String>,
    },
    /// A query in FetchXML is read into rows that expand related rows.
    #[error(
        "FetchXML expands nothing, and the rows read `{navigation}`: link the table in the text, and read it with `#[row(link = \"its alias\")]`"
    )]
    FetchXmlExpands {
        /// The navigation property.
        navigation: &'static str,
    },
    /// Two groups of an aggregation come back under the same name.
    #[error(
        "two groups of the aggregation come back as `{key}`: group by one of the two lookups alone, or by the lookups themselves"
    )]
    AmbiguousGroups {
        /// The property of the answer.
        key: String,
    },
    /// The state and the status that are set don't belong together.
    #[error(
        "status {status} of table `{table}` belongs to state {state}, and the state is set to {set}: set the two with `statuscode.with_state(..)`"
    )]
    StateMismatch {
        /// The table's logical name.
        table: &'static str,
        /// The status.
        status: i32,
        /// The state that it belongs to.
        state: i32,
        /// The state that is set.
        set: String,
    },
    /// The URL is longer than any that the service takes.
    #[error(
        "the URL has {length} characters, and the service takes at most 65,536: ask for fewer columns or fewer values at once"
    )]
    UrlTooLong {
        /// How many characters it has.
        length: usize,
    },
    /// The parties of an activity are replaced by none, of no column.
    #[error("no column of parties is named: to leave none, write `|a| a.to.parties::<_, Party>([])`")]
    NoParties,
    /// A row version holds what no header can hold.
    #[error("`{etag}` is no row version: take it from a row's `@odata.etag`")]
    BadVersion {
        /// What was given.
        etag: String,
    },
    /// The address is another server's, which gets neither requests nor tokens.
    #[error(
        "`{url}` leads away from the environment: only addresses that the environment itself gave are followed"
    )]
    Elsewhere {
        /// The address.
        url: String,
    },
    /// A batch has more operations than the service takes.
    #[error(
        "the batch has {operations} operations, and the service takes at most 1,000: send several batches"
    )]
    TooManyOperations {
        /// How many it has.
        operations: usize,
    },
    /// A request refers to a row of a change set that it doesn't stand in, or stands before.
    #[error(
        "`{reference}` stands for a row that a change set writes: only operations behind that one, in the same change set, can refer to it"
    )]
    UnknownReference {
        /// The reference.
        reference: String,
    },
    /// A write in a batch gives its row together with related rows, which takes a request of its own.
    #[error(
        "{write} gives related rows, which a batch can't: add a read of the row behind the write instead of `returning`"
    )]
    ReadsAgain {
        /// The write.
        write: crate::message::Origin,
    },
    /// A handle is asked for in the answers to another batch than the one that it was made for.
    #[error("the handle stands for an operation of another batch")]
    OtherBatch,
}
