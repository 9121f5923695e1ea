//! Why an input is refused, where, and what to do about it.

use crate::position::Position;

/// An input that is no usable `$metadata` document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {kind}")]
pub struct CsdlError {
    /// What is wrong.
    pub kind: CsdlErrorKind,
    /// Where it is.
    pub position: Position,
}

/// What is wrong with an input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CsdlErrorKind {
    /// There is nothing but perhaps white space.
    #[error("the input is empty, where an XML document was expected: fetch `$metadata` again")]
    Empty,
    /// An HTML page.
    #[error(
        "the input is an HTML page, not `$metadata`: the request was answered by a sign-in page, so the URL or \
         the access token is likely wrong"
    )]
    SignInPage,
    /// An OData error body.
    #[error("the input is an error answer of the service, not `$metadata`: \"{0}\"")]
    ServiceError(String),
    /// Some other JSON.
    #[error(
        "the input is JSON, where `$metadata` is XML: are the files of CSDL and definitions swapped, or was it \
         asked for with `$format=json`?"
    )]
    Json,
    /// Bytes that are no UTF-8.
    #[error("the input is {0}, where UTF-8 was expected: convert it to UTF-8")]
    Encoding(String),
    /// The input ends too early.
    #[error("the document ends inside {0}: it was cut off, so fetch it again")]
    Truncated(String),
    /// No well-formed XML.
    #[error("the XML is malformed: {0}")]
    Malformed(String),
    /// Another XML document.
    #[error("expected an `Edmx` document, found `{root}`: {hint}")]
    NotEdmx {
        /// The name of the root element.
        root: String,
        /// What it may be.
        hint: &'static str,
    },
    /// CSDL of another OData version.
    #[error(
        "the document is CSDL of version {0}, where 4.0 was expected: fetch it from `/api/data/v9.2/$metadata`, \
         not from an OData v2 endpoint such as `OrganizationData.svc`"
    )]
    Version(String),
    /// A document type declaration, which could define entities.
    #[error("the document has a DOCTYPE, which is refused: `$metadata` has none, so remove it")]
    Doctype,
    /// An element lacks an attribute that nothing can stand in for.
    #[error("expected the attribute `{attribute}` of `{element}`: the document isn't valid CSDL")]
    MissingAttribute {
        /// The element.
        element: String,
        /// The attribute.
        attribute: &'static str,
    },
    /// Elements within elements, without end.
    #[error("elements are nested deeper than {0}: this is no `$metadata` of Dataverse")]
    TooDeep(usize),
    /// An `Edmx` that declares nothing.
    #[error("expected a `Schema` element in the document, found none: fetch `$metadata` again")]
    NoSchema,
}
