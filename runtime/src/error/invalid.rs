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
}
