//! Queries in FetchXML.

#[doc(hidden)]
#[allow(missing_docs)]
pub mod checks;
#[cfg(feature = "client")]
mod client;
mod kinds;
mod plan;
mod query;
mod selection;

use crate::{InvalidRequest, Table};
use dataverse_fetchxml::{Element, Source, check, read, write};
pub use kinds::{
    ComparedInFetchXml, GroupedInFetchXml, Linking, ListedInFetchXml, SeveralOptions, Spells, SpellsCount,
    SpellsDay, shape,
};
pub(crate) use plan::FetchPlan;
pub use query::FetchQuery;
use std::fmt;
use std::marker::PhantomData;

/// A query in FetchXML for rows of `T`.
///
/// The macro `fetch_xml!` of a generated crate makes one of XML that the compiler checks: each table and column is one of
/// the environment's, each operator takes its values, and each value fits its column.
///
/// ```
/// use crm::{account::{Account, IndustryCode}, prelude::*};
/// use dataverse_runtime::FetchXml;
///
/// # let _ = |industry: Choice<IndustryCode>| -> FetchXml<Account> {
/// fetch_xml!(
///     <fetch>
///       <entity name="account">
///         <attribute name="name"/>
///         <filter><condition attribute="industrycode" operator="eq" value="{industry}"/></filter>
///       </entity>
///     </fetch>
/// )
/// # };
/// ```
///
/// `Client::fetch_xml` sends it. Its text is what is sent.
pub struct FetchXml<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

impl<T> FetchXml<T> {
    /// A query whose text the macro has checked.
    pub(crate) fn of_text(text: String) -> Self {
        Self {
            text,
            of: PhantomData,
        }
    }
}

impl<T: Table> FetchXml<T> {
    /// A query whose text comes when the program runs, such as the one of a view that is stored in the environment.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// use dataverse_runtime::FetchXml;
    ///
    /// let text = r#"<fetch top="5"><entity name="account"><attribute name="name"/></entity></fetch>"#;
    /// let query = FetchXml::<Account>::from_text(text)?;
    /// assert_eq!(query.to_string(), text);
    ///
    /// let error = FetchXml::<Account>::from_text("<fetch><entity name='lead'/></fetch>").unwrap_err();
    /// assert_eq!(error.to_string(), "line 1 of the FetchXML: the rows are `account`, and the text asks for `lead`");
    /// # Ok::<(), InvalidRequest>(())
    /// ```
    ///
    /// # Errors
    /// If the text is no XML, asks for rows of another table, or breaks a rule of FetchXML. Which columns and operators there
    /// are, the service says.
    pub fn from_text(text: &str) -> Result<Self, InvalidRequest> {
        let root = understood(text, T::META.logical_name)?;
        let mut short = String::with_capacity(text.len());
        write(&root, &mut short);
        Ok(Self::of_text(short))
    }
}

/// The text, if the service can take it as a query for rows of this table.
fn understood(text: &str, table: &str) -> Result<Element, InvalidRequest> {
    let invalid = |problem: dataverse_fetchxml::Problem| InvalidRequest::FetchXml {
        line: problem.line(text),
        message: problem.message,
    };
    let root = read(text).map_err(invalid)?;
    if let Some(problem) = check(&root, Source::Data).into_iter().next() {
        return Err(invalid(problem));
    }
    let name = root
        .children_named("entity")
        .find_map(|entity| entity.attribute("name"));
    match name {
        Some(name) if name.value != table => {
            let message = format!("the rows are `{table}`, and the text asks for `{}`", name.value);
            Err(invalid(dataverse_fetchxml::Problem::new(name.at, message)))
        }
        _ => Ok(root),
    }
}

impl<T> Clone for FetchXml<T> {
    fn clone(&self) -> Self {
        Self::of_text(self.text.clone())
    }
}

/// The text.
impl<T> fmt::Display for FetchXml<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> fmt::Debug for FetchXml<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FetchXml").field(&self.text).finish()
    }
}
