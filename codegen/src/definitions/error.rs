//! Why a body can't be read.

use std::fmt;

/// Why a body can't be read, where, what was expected and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DefinitionsError {
    /// There is nothing in it.
    #[error("the file is empty; expected a JSON answer of `EntityDefinitions`: fetch it again")]
    Empty,
    /// A web page, mostly of a sign-in.
    #[error(
        "this is a web page{}, not JSON: the request was probably answered by a sign-in page; \
         fetch it again with a valid access token", title.as_ref().map(|t| format!(" (\"{t}\")")).unwrap_or_default()
    )]
    Html {
        /// The page's title.
        title: Option<String>,
    },
    /// XML, mostly `$metadata`.
    #[error(
        "this is XML (root element `{root}`), not JSON: a `$metadata` document goes where metadata is expected; \
         for definitions fetch `EntityDefinitions` with `Accept: application/json`"
    )]
    Xml {
        /// Name of the first element.
        root: String,
    },
    /// Text that isn't UTF-8.
    #[error("{at}: the text isn't UTF-8{}; save the answer as UTF-8", if *utf16 { " but UTF-16" } else { "" })]
    NotUtf8 {
        /// Where.
        at: Position,
        /// True if it starts with the mark of UTF-16, which some shells write on redirection.
        utf16: bool,
    },
    /// The environment's answer was an error.
    #[error(
        "the environment answered with an error instead of definitions: {code}: {message}; \
         solve that, then fetch it again"
    )]
    Answer {
        /// The error's code, such as `0x80060888`.
        code: String,
        /// The error's message.
        message: String,
    },
    /// The text ends too early.
    #[error("{at}: the JSON ends too early ({reason}): the download was probably cut off; fetch it again")]
    Truncated {
        /// Where it ends.
        at: Position,
        /// What was expected there.
        reason: String,
    },
    /// The text isn't JSON.
    #[error("{at}: not valid JSON: {reason}; fetch it again, or check what edited it")]
    Malformed {
        /// Where.
        at: Position,
        /// What was expected there.
        reason: String,
    },
    /// Valid JSON, but an element is something else than the rest.
    #[error("{at}: expected {expected}, found {found}; fetch it again, or check what edited it")]
    WrongElement {
        /// Where.
        at: Position,
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// Valid JSON, but none of the known documents.
    #[error(
        "this JSON holds no definitions: expected an answer of `EntityDefinitions`, `RetrieveMetadataChanges`, \
         `RetrieveEntity`, `GlobalOptionSetDefinitions`, `RelationshipDefinitions` or `solutioncomponents`; \
         found {found}"
    )]
    Unrecognised {
        /// What was found instead: the keys, or the kind of value.
        found: String,
    },
}

/// A place in a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// The place as a path, such as `value[17].Attributes[3].OptionSet.Options`; empty for the document itself.
    pub path: String,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)?;
        if self.path.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", self.path)
        }
    }
}
