//! How many rows a table has, by the service's own books.

use crate::message::{Repeat, Response};
use crate::operation::ObjectReader;
use crate::pending::{Draft, Pending};
use crate::{DecodeError, Error, Table};
use http::Method;
use std::marker::PhantomData;

/// A count of all rows of `T`.
pub struct TotalRows<T>(PhantomData<fn() -> T>);

/// How many rows `T` has, without a client: see `Client::total_rows`.
pub fn total_rows<T: Table>() -> Pending<TotalRows<T>, i64> {
    let name = T::META.logical_name;
    // A logical name has only letters, digits and underscores.
    let path = format!("RetrieveTotalRecordCount(EntityNames=@EntityNames)?@EntityNames=%5B%22{name}%22%5D");
    let mut draft = Draft::new(Method::GET, path, "RetrieveTotalRecordCount", Some(name));
    draft.repeat = Repeat::Safe;
    Pending::new(draft, read::<T>)
}

fn read<T: Table>(_: &Draft, response: &Response) -> Result<i64, Error> {
    let answer = ObjectReader::answer(response, "the number of rows as JSON")?;
    let counts: Counts = answer.field("EntityRecordCountCollection")?;
    let mut counts = counts.keys.iter().zip(counts.values);
    let ours = counts.find(|(name, _)| *name == T::META.logical_name);
    ours.map(|(_, count)| count)
        .ok_or_else(|| DecodeError::missing("the table's number of rows").into())
}

/// The numbers of rows, by tables.
struct Counts {
    keys: Vec<String>,
    values: Vec<i64>,
}

impl crate::ComplexType for Counts {
    const NAME: &'static str = "Microsoft.Dynamics.CRM.EntityRecordCountCollection";

    fn read(from: &ObjectReader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            keys: from.field("Keys")?,
            values: from.field("Values")?,
        })
    }

    fn write(&self, to: &mut crate::ObjectWriter) {
        to.field("Keys", &self.keys);
        to.field("Values", &self.values);
    }
}
