//! Text that nobody gets to see.

use std::fmt;

/// A password, a client secret or a refresh token. It never shows itself.
///
/// ```
/// use dataverse_runtime::client::credential::Secret;
///
/// assert_eq!(format!("{:?}", Secret::from("open sesame")), "[hidden]");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}
