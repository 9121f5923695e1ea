//! Whether an environment still has what a program was built for: asked for once, such as at its start.
//!
//! What is expected comes from the program's own rows and column tokens, and so costs generated code nothing. The
//! environment is asked for the definitions of just these tables, in one request (`RetrieveMetadataChanges`): no digest of
//! a whole schema could say what differs, and a program isn't concerned by columns that it doesn't use.
//!
//! ```no_run
//! # use crm::{account::Account, prelude::*};
//! # use dataverse_runtime::{Client, Error};
//! #[derive(Row)]
//! #[row(table = Account)]
//! struct Company { name: Option<String>, revenue: Option<Money> }
//!
//! # async fn example(client: Client) -> Result<(), Error> {
//! let differences = client
//!     .verify_schema()
//!     .reads::<Company>()
//!     .uses(Account, |a| (a.fax, a.primarycontactid))
//!     .send()
//!     .await?;
//! for difference in &differences {
//!     eprintln!("{difference}");
//! }
//! # Ok(())
//! # }
//! ```

mod answer;
mod difference;
mod expected;
mod request;

pub use difference::Difference;
pub use expected::{AccessFacts, Expected, KindFacts, Uses};

use crate::{Row, Table};
use answer::Answer;
use std::collections::BTreeMap;

/// What a program expects of an environment, table by table.
#[derive(Clone, Debug, Default)]
pub struct SchemaCheck<C = ()> {
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "nothing sends it"))]
    client: C,
    tables: BTreeMap<&'static str, Expected>,
}

impl SchemaCheck {
    /// Nothing is expected yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl<C> SchemaCheck<C> {
    /// A check that `client` carries out.
    #[cfg(feature = "client")]
    pub(crate) fn with_client(client: C) -> Self {
        Self {
            client,
            tables: BTreeMap::new(),
        }
    }

    /// Expects what a row reads: its table, columns and relationships. Rows that it expands are rows of their own: name
    /// them too.
    #[must_use]
    pub fn reads<R: Row>(mut self) -> Self {
        self.table::<R::Table>().parts(R::PARTS);
        self
    }

    /// Expects columns and relationships as the generated code has them: type, access, and navigation properties.
    #[must_use]
    pub fn uses<T: Table, U: Uses>(mut self, _: T, columns: impl FnOnce(&T::Columns) -> U) -> Self {
        columns(&T::COLUMNS).expect(self.table::<T>());
        self
    }

    fn table<T: Table>(&mut self) -> &mut Expected {
        self.tables
            .entry(T::META.logical_name)
            .or_insert_with(|| Expected::of(&T::META))
    }

    /// The request for the definitions of these tables.
    #[must_use]
    pub fn request(&self) -> crate::message::Request {
        request::definitions(self.tables.keys().copied())
    }

    /// What differs, as the answer to [`request`](Self::request) tells.
    ///
    /// # Errors
    /// If the answer isn't one to that request.
    pub fn compare(
        &self,
        response: &crate::message::Response,
    ) -> Result<Vec<Difference>, crate::DecodeError> {
        let answer = Answer::read(response)?;
        let mut differences = Vec::new();
        for (table, expected) in &self.tables {
            match answer.table(table) {
                Some(found) => expected.compare(table, found, &mut differences),
                None => differences.push(Difference::NoTable {
                    table: (*table).to_owned(),
                }),
            }
        }
        Ok(differences)
    }
}

#[cfg(feature = "client")]
impl SchemaCheck<crate::Client> {
    /// Asks the environment, and says what differs. Nothing: all that the program expects is there.
    ///
    /// # Errors
    /// As [`Client::execute`](crate::Client::execute), and if the answer can't be read. Reading definitions takes the privileges
    /// that the role Basic User has.
    pub async fn send(self) -> Result<Vec<Difference>, crate::Error> {
        if self.tables.is_empty() {
            return Ok(Vec::new());
        }
        let response = self.client.execute(self.request()).await?;
        Ok(self.compare(&response)?)
    }
}

#[cfg(feature = "client")]
impl crate::Client {
    /// Begins a comparison of what the program uses with what the environment has: see [`verify`](crate::verify).
    pub fn verify_schema(&self) -> SchemaCheck<Self> {
        SchemaCheck::with_client(self.clone())
    }
}
