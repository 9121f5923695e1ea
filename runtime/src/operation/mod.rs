//! Actions and functions of the service, and what they take and give.

pub mod bound;
mod call;
mod complex;
pub mod kind;
mod member;
mod object;
mod open;
mod record;
mod value;

use crate::text::{json_string, percent_encoded};
use crate::{DecodeError, TableMeta, Uuid};
use bound::Binding;
pub use call::{Calling, call};
#[doc(hidden)]
pub use complex::show;
pub use complex::{ComplexType, Derived, Extends};
use kind::Kind;
pub use member::{EnumType, Flags, Member};
pub use object::{ObjectReader, ObjectWriter};
pub use open::{OpenRecord, OpenValue};
pub use record::{AnyRecord, Record};
pub(crate) use value::json_of;
pub use value::{RawJson, Response, Value, ValueWriter};

/// What bound operations, and the types and tables named in JSON, are qualified with.
pub(crate) const NAMESPACE: &str = "Microsoft.Dynamics.CRM.";
/// The property in which an object says its type.
pub(crate) const TYPE: &str = "@odata.type";

/// The property that says that an object is a row of this table.
pub(crate) fn type_of(table: &TableMeta) -> (String, String) {
    let name = format!("{NAMESPACE}{}", table.logical_name);
    (TYPE.to_owned(), json_string(&name))
}

/// An action or function with its parameters. Generated code implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation",
    label = "expected an action or a function of the generated crate's module `operations`"
)]
pub trait Operation {
    /// What it gives: `()` for nothing.
    type Response: Response;
    /// What it is called on.
    type Bound: Binding;
    /// Whether it is an [`Action`](kind::Action) or a [`Function`](kind::Function).
    type Kind: Kind;
    /// Its name.
    const NAME: &'static str;

    /// Writes the parameters.
    fn parameters(&self, to: &mut ObjectWriter);

    /// The row that it is called on, if it is bound to one.
    fn row(&self) -> Option<Uuid> {
        None
    }
}

/// Path and query of the operation under the service's root, percent-encoded.
pub fn path<O: Operation>(operation: &O) -> String {
    let mut path = O::Bound::prefix(operation.row());
    path.push_str(O::NAME);
    if !O::Kind::CHANGES {
        let mut parameters = ObjectWriter::for_url();
        operation.parameters(&mut parameters);
        push_parameters(&mut path, &parameters);
    }
    path
}

/// The JSON body of the operation. `None` for a function, which has none.
pub fn body<O: Operation>(operation: &O) -> Option<String> {
    O::Kind::CHANGES.then(|| {
        let mut parameters = ObjectWriter::for_json();
        operation.parameters(&mut parameters);
        parameters.into_json()
    })
}

/// Reads the operation's answer.
///
/// # Errors
/// If it has another shape than the metadata says.
pub fn response<O: Operation>(body: &str) -> Result<O::Response, DecodeError> {
    O::Response::from_body(body)
}

/// Every parameter goes through an alias: some values can't stand between the parentheses.
fn push_parameters(path: &mut String, parameters: &ObjectWriter) {
    let named: Vec<_> = parameters
        .fields()
        .iter()
        .map(|(name, _)| format!("{name}=@{name}"))
        .collect();
    let values = parameters
        .fields()
        .iter()
        .map(|(name, value)| format!("@{name}={}", percent_encoded(value)));
    let values: Vec<_> = values.collect();
    path.push_str(&format!("({})", named.join(",")));
    if !values.is_empty() {
        path.push_str(&format!("?{}", values.join("&")));
    }
}
