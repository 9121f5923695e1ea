//! What requests carry besides what they do: for whom, past which logic, under which name.

use super::Request;
use crate::Uuid;
use crate::text::percent_encoded;
use http::{HeaderName, HeaderValue};

/// Options that every request of a client carries. Set them with [`Client::with`](crate::Client::with), on a clone for as
/// many requests as they are meant for.
///
/// Texts that can't stand in a header, because of control characters or letters beyond ASCII, are left out of headers:
/// `tag` goes into the URL, where every character is safe
/// (Microsoft Learn, "Use optional parameters").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestOptions {
    caller: Option<Caller>,
    bypass: Option<CustomLogic>,
    skip_flows: bool,
    skip_steps: Vec<Uuid>,
    detect_duplicates: bool,
    strong_consistency: bool,
    tag: Option<String>,
    solution: Option<HeaderValue>,
    session: Option<HeaderValue>,
}

/// The user for whom a request is made. The caller needs the privilege `prvActOnBehalfOfAnotherUser`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// By the object id that Entra ID knows the user by: the form that Microsoft recommends.
    EntraObject(Uuid),
    /// By the user's row in this environment: `systemuserid`.
    SystemUser(Uuid),
}

/// Custom logic that is passed by. The caller needs the privilege `prvBypassCustomBusinessLogic`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomLogic {
    /// Synchronous plug-ins and workflows.
    Synchronous,
    /// Asynchronous plug-ins and workflows.
    Asynchronous,
    /// Both.
    All,
}

impl RequestOptions {
    /// No options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Acts for this user.
    #[must_use]
    pub fn on_behalf_of(self, caller: Caller) -> Self {
        Self {
            caller: Some(caller),
            ..self
        }
    }

    /// Passes custom logic by.
    #[must_use]
    pub fn bypass(self, logic: CustomLogic) -> Self {
        Self {
            bypass: Some(logic),
            ..self
        }
    }

    /// Passes these plug-in steps by, and no others.
    #[must_use]
    pub fn bypass_steps(self, steps: impl IntoIterator<Item = Uuid>) -> Self {
        Self {
            skip_steps: steps.into_iter().collect(),
            ..self
        }
    }

    /// Starts no flow of Power Automate.
    #[must_use]
    pub fn without_flows(self) -> Self {
        Self {
            skip_flows: true,
            ..self
        }
    }

    /// Refuses a write that the environment's rules find to be a duplicate. Without it the Web API doesn't look.
    #[must_use]
    pub fn detect_duplicates(self) -> Self {
        Self {
            detect_duplicates: true,
            ..self
        }
    }

    /// Reads past the caches of metadata, labels and permissions, which may be some 30 seconds old.
    #[must_use]
    pub fn strong_consistency(self) -> Self {
        Self {
            strong_consistency: true,
            ..self
        }
    }

    /// A text that plug-ins find as the shared variable `tag`.
    #[must_use]
    pub fn tag(self, tag: impl Into<String>) -> Self {
        Self {
            tag: Some(tag.into()),
            ..self
        }
    }

    /// Puts solution components into the solution with this unique name.
    #[must_use]
    pub fn solution(self, unique_name: &str) -> Self {
        Self {
            solution: HeaderValue::from_str(unique_name).ok(),
            ..self
        }
    }

    /// Reads what was written under this token: the header `x-ms-session-token` of a write to an elastic table.
    #[must_use]
    pub fn session(self, token: &str) -> Self {
        Self {
            session: HeaderValue::from_str(token).ok(),
            ..self
        }
    }

    /// Adds them to a request.
    pub fn apply(&self, mut request: Request) -> Request {
        let mut set = |name: &'static str, value: HeaderValue| {
            request.headers_mut().insert(HeaderName::from_static(name), value);
        };
        match self.caller {
            Some(Caller::EntraObject(id)) => set("callerobjectid", id_header(&[id])),
            Some(Caller::SystemUser(id)) => set("mscrmcallerid", id_header(&[id])),
            None => {}
        }
        if let Some(logic) = self.bypass {
            let words = match logic {
                CustomLogic::Synchronous => "CustomSync",
                CustomLogic::Asynchronous => "CustomAsync",
                CustomLogic::All => "CustomSync,CustomAsync",
            };
            set(
                "mscrm.bypassbusinesslogicexecution",
                HeaderValue::from_static(words),
            );
        }
        if !self.skip_steps.is_empty() {
            set(
                "mscrm.bypassbusinesslogicexecutionstepids",
                id_header(&self.skip_steps),
            );
        }
        let flags = [
            (
                self.skip_flows,
                "mscrm.suppresscallbackregistrationexpanderjob",
                "true",
            ),
            // `false` turns detection on.
            (
                self.detect_duplicates,
                "mscrm.suppressduplicatedetection",
                "false",
            ),
            (self.strong_consistency, "consistency", "Strong"),
        ];
        for (_, name, value) in flags.into_iter().filter(|(on, ..)| *on) {
            set(name, HeaderValue::from_static(value));
        }
        for (name, value) in [
            ("mscrm.solutionuniquename", &self.solution),
            ("mscrm.sessiontoken", &self.session),
        ] {
            if let Some(value) = value {
                set(name, value.clone());
            }
        }
        match &self.tag {
            // The address of a further page carries it already, and has to stay as it came.
            Some(tag) if !request.is_whole_url() => {
                request.with_query(&format!("tag={}", percent_encoded(tag)))
            }
            _ => request,
        }
    }
}

fn id_header(ids: &[Uuid]) -> HeaderValue {
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    // Hexadecimal digits, hyphens and commas are legal in headers.
    HeaderValue::from_str(&ids.join(",")).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Origin;
    use http::Method;

    const ORIGIN: Origin = Origin {
        operation: "query",
        table: None,
    };

    #[test]
    fn options_are_headers_and_a_tag() {
        let id = Uuid::from_u128(7);
        let options = RequestOptions::new()
            .on_behalf_of(Caller::EntraObject(id))
            .bypass(CustomLogic::All)
            .bypass_steps([id])
            .without_flows()
            .detect_duplicates()
            .strong_consistency()
            .solution("RaskFleet")
            .session("0:1")
            .tag("night & day");
        let request = options.apply(Request::new(Method::GET, "accounts?$top=1", ORIGIN));
        assert_eq!(
            request.to_string(),
            "GET accounts?$top=1&tag=night%20%26%20day\n\
             callerobjectid: 00000000-0000-0000-0000-000000000007\n\
             mscrm.bypassbusinesslogicexecution: CustomSync,CustomAsync\n\
             mscrm.bypassbusinesslogicexecutionstepids: 00000000-0000-0000-0000-000000000007\n\
             mscrm.suppresscallbackregistrationexpanderjob: true\n\
             mscrm.suppressduplicatedetection: false\n\
             consistency: Strong\n\
             mscrm.solutionuniquename: RaskFleet\n\
             mscrm.sessiontoken: 0:1"
        );
    }

    #[test]
    fn callers_exclude_each_other_and_pages_stay_as_they_came() {
        let id = Uuid::from_u128(7);
        let options = RequestOptions::new()
            .on_behalf_of(Caller::EntraObject(id))
            .on_behalf_of(Caller::SystemUser(id))
            .tag("x");
        let page = "https://contoso.crm4.dynamics.com/api/data/v9.2/accounts?$skiptoken=1";
        let request = options.apply(Request::new(Method::GET, page, ORIGIN));
        assert_eq!(request.path(), page);
        assert!(request.headers().contains_key("mscrmcallerid"));
        assert!(!request.headers().contains_key("callerobjectid"));
    }
}
