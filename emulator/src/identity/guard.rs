//! The guard of the Web API: who calls, and on whose behalf.

use super::{Auth, Directory, Identity, Standing};
use crate::Fault;
use http::{HeaderMap, StatusCode, header};

/// Why a call isn't let in.
#[derive(Debug)]
pub(crate) enum Denied {
    /// 401, with this challenge.
    Challenge(String),
    /// The token is good, but its owner may not.
    Refused(Fault),
}

impl Identity {
    /// The user who calls, from the token.
    pub(crate) fn authenticate(&self, headers: &HeaderMap, origin: &str) -> Result<String, Denied> {
        let Some(shown) = headers.get(header::AUTHORIZATION) else {
            return match self.auth {
                Auth::Anonymous => Ok(self.directory().administrator()),
                Auth::Required => Err(Denied::Challenge(self.challenge(origin, ""))),
            };
        };
        let invalid = || {
            let reason = "error=invalid_token, error_description=Error during token validation!, ";
            Denied::Challenge(self.challenge(origin, reason))
        };
        let bearer = shown.to_str().ok().and_then(bearer).ok_or_else(invalid)?;
        let claims = match self.verify(bearer) {
            Some(claims) if self.is_own(&claims.aud) => claims,
            // Without authentication any token will do: clients have theirs from a real tenant, or made it up.
            None if self.auth == Auth::Anonymous => return Ok(self.directory().administrator()),
            _ => return Err(invalid()),
        };
        let directory = self.directory();
        let found = if claims.idtyp == "app" {
            directory
                .application(&claims.appid)
                .map(|application| (application.user.clone(), application.standing))
        } else {
            directory
                .person(|person| person.object_id == claims.oid)
                .map(|person| (person.user.clone(), person.standing))
        };
        let (user, standing) = found.unwrap_or((String::new(), Standing::Stranger));
        admitted(standing).map(|()| user).map_err(Denied::Refused)
    }

    /// Microsoft Learn, "Use OAuth authentication with Microsoft Dataverse": where tokens are issued, and for what.
    fn challenge(&self, origin: &str, reason: &str) -> String {
        let tenant = self.directory().tenant.clone();
        format!("Bearer {reason}authorization_uri={origin}/{tenant}/oauth2/authorize, resource_id={origin}/")
    }

    /// The user on whose behalf a call is made: `CallerObjectId`, or the older `MSCRMCallerID`.
    pub(crate) fn on_behalf(&self, headers: &HeaderMap, caller: &str) -> Result<String, Fault> {
        let value = |name: &str| {
            headers.get(name).map(|value| {
                value
                    .to_str()
                    .unwrap_or_default()
                    .trim()
                    .trim_matches(['{', '}'])
                    .to_owned()
            })
        };
        let directory = self.directory();
        let found = match (value("callerobjectid"), value("mscrmcallerid")) {
            (Some(object), _) => user(&directory, |person, _| person.eq_ignore_ascii_case(&object)),
            (None, Some(id)) => user(&directory, |_, user| user.eq_ignore_ascii_case(&id)),
            (None, None) => return Ok(caller.to_owned()),
        };
        match found {
            Some((user, Standing::Member)) => Ok(user),
            _ => Err(Fault::new(
                StatusCode::FORBIDDEN,
                0x8004_a110,
                format!(
                    "User '{caller}' can't act on behalf of another user who is no enabled user of the environment."
                ),
            )),
        }
    }
}

/// The user, person or application, whose ids fit.
fn user(directory: &Directory, fits: impl Fn(&str, &str) -> bool) -> Option<(String, Standing)> {
    let people = directory
        .people
        .iter()
        .map(|person| (&person.object_id, &person.user, person.standing));
    let applications = directory
        .applications
        .iter()
        .map(|application| (&application.client_id, &application.user, application.standing));
    people
        .chain(applications)
        .find(|(object, user, _)| fits(object, user))
        .map(|(_, user, standing)| (user.clone(), standing))
}

fn admitted(standing: Standing) -> Result<(), Fault> {
    let (code, message) = match standing {
        Standing::Member => return Ok(()),
        Standing::Stranger => (0x8007_2560, "The user is not a member of the organization."),
        Standing::NoRole => (0x8004_2f09, "The user has not been assigned any roles."),
        Standing::Disabled => (
            0x8004_0225,
            "The specified user is either disabled or is not a member of any business unit.",
        ),
    };
    Err(Fault::new(StatusCode::FORBIDDEN, code, message))
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
