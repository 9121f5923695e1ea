//! What of OData's own information an answer carries, and which annotations.

use crate::Fault;
use crate::server::Preferences;
use http::{HeaderMap, header};

/// What is written beside the values themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Level {
    /// Context and etags: `odata.metadata=minimal`, the default, rather than `none`.
    pub(crate) control: bool,
    /// `OData.Community.Display.V1.FormattedValue`.
    pub(crate) formatted: bool,
    /// `Microsoft.Dynamics.CRM.lookuplogicalname`.
    pub(crate) table: bool,
    /// `Microsoft.Dynamics.CRM.associatednavigationproperty`.
    pub(crate) navigation: bool,
    /// `OData.Community.Display.V1.AttributeName`, of what FetchXML calls by an alias.
    pub(crate) attribute: bool,
}

pub(crate) const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";
pub(crate) const TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";
pub(crate) const NAVIGATION: &str = "Microsoft.Dynamics.CRM.associatednavigationproperty";
pub(crate) const ATTRIBUTE: &str = "OData.Community.Display.V1.AttributeName";

impl Level {
    /// What a request asks for.
    ///
    /// # Errors
    /// If it asks for full metadata.
    pub(crate) fn of(headers: &HeaderMap, preferences: &Preferences) -> Result<Self, Fault> {
        let accept = headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|line| line.to_str().ok());
        let accept: String = accept
            .collect::<Vec<_>>()
            .join(",")
            .replace(' ', "")
            .to_ascii_lowercase();
        if accept.contains("odata.metadata=full") {
            return Err(Fault::unsupported("odata.metadata=full"));
        }
        Ok(Self {
            control: !accept.contains("odata.metadata=none"),
            formatted: preferences.includes(FORMATTED),
            table: preferences.includes(TABLE),
            navigation: preferences.includes(NAVIGATION),
            attribute: preferences.includes(ATTRIBUTE),
        })
    }

    /// Whether any annotation of values is asked for.
    pub(crate) fn annotates(self) -> bool {
        self.formatted || self.table || self.navigation
    }

    /// The content type of an answer.
    pub(crate) fn content_type(self) -> &'static str {
        if self.control {
            "application/json; odata.metadata=minimal"
        } else {
            "application/json; odata.metadata=none"
        }
    }
}
