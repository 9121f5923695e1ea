//! Devices: a program shows a code, and its user signs in elsewhere.

use super::Identity;
use super::aadsts::Refusal;
use super::client::Client;
use super::pending::{Consent, Device, DeviceState};
use super::route::{Form, Version, resource};
use serde_json::{Value, json};

/// How long a device may wait, in seconds.
const VALID: u64 = 900;

/// No device shows this code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no device waits with this code")]
pub struct DeviceError;

/// Begins: the code for the device and the one for its user.
pub(super) fn begin(
    identity: &Identity,
    form: &Form,
    origin: &str,
    version: Version,
) -> Result<Value, Refusal> {
    let client_id = form.need("client_id")?;
    let person = {
        let directory = identity.directory();
        directory.application(client_id).ok_or_else(|| {
            Refusal::word(
                "unauthorized_client",
                700_016,
                "The application was not found in the directory.",
            )
        })?;
        directory.person(|_| true).map(|person| person.object_id.clone())
    };
    let (resource, scope) = resource(identity, form, version)?;
    let user_code: String = super::secret().to_ascii_uppercase().chars().take(9).collect();
    let device_code = identity.pending().devices.keep(Device {
        user_code: user_code.clone(),
        consent: Consent {
            client_id: client_id.to_owned(),
            object_id: person.unwrap_or_default(),
            resource,
            scope,
            until: identity.clock.seconds() + VALID,
        },
        polls: 0,
        last: None,
        state: DeviceState::Waiting,
    });
    let page = format!("{origin}/devicelogin");
    Ok(json!({
        "user_code": user_code,
        "device_code": device_code,
        "verification_uri": page,
        "expires_in": VALID,
        "interval": identity.issuing.device_interval,
        "message": format!("To sign in, use a web browser to open the page {page} and enter the code {user_code} to authenticate."),
    }))
}

/// Asks whether the user has signed in.
pub(super) fn poll(
    identity: &Identity,
    form: &Form,
    client: &Client,
    version: Version,
) -> Result<Value, Refusal> {
    let shown = form.get("device_code").or_else(|| form.get("code"));
    let shown = shown.ok_or_else(|| Refusal::missing("device_code"))?;
    let now = identity.clock.seconds();
    let consent = {
        let mut pending = identity.pending();
        let device = pending
            .devices
            .get_mut(shown)
            .filter(|device| {
                device
                    .consent
                    .client_id
                    .eq_ignore_ascii_case(&client.application.client_id)
            })
            .ok_or_else(|| Refusal::word("bad_verification_code", 70_000, "The device code is not known."))?;
        let too_soon = device
            .last
            .is_some_and(|last| now < last + identity.issuing.device_interval);
        device.last = Some(now);
        if now >= device.consent.until {
            return Err(Refusal::word(
                "expired_token",
                70_020,
                "The provided value for the input parameter 'device_code' has expired.",
            ));
        }
        if too_soon {
            return Err(Refusal::word("slow_down", 70_021, "The device asks too often."));
        }
        device.polls += 1;
        let waited = identity
            .issuing
            .device_polls
            .is_some_and(|polls| device.polls > polls);
        match device.state {
            DeviceState::Declined => {
                return Err(Refusal::word(
                    "authorization_declined",
                    70_018,
                    "The end user denied the authorization request.",
                ));
            }
            DeviceState::Waiting if !waited => {
                return Err(Refusal::word(
                    "authorization_pending",
                    70_016,
                    "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
                ));
            }
            DeviceState::Waiting | DeviceState::SignedIn => device.consent.clone(),
        }
    };
    identity.pending().devices.remove(shown);
    Ok(super::user::signed_in(identity, &consent, version))
}

impl Identity {
    /// Signs in with the code that a device shows: as this person of the directory, or the first.
    ///
    /// # Errors
    /// If no device shows the code.
    pub fn sign_in_device(&self, user_code: &str, object_id: Option<&str>) -> Result<(), DeviceError> {
        self.device(user_code, |device| {
            device.state = DeviceState::SignedIn;
            if let Some(object_id) = object_id {
                object_id.clone_into(&mut device.consent.object_id);
            }
        })
    }

    /// Declines with the code that a device shows.
    ///
    /// # Errors
    /// If no device shows the code.
    pub fn decline_device(&self, user_code: &str) -> Result<(), DeviceError> {
        self.device(user_code, |device| device.state = DeviceState::Declined)
    }

    fn device(&self, user_code: &str, change: impl FnOnce(&mut Device)) -> Result<(), DeviceError> {
        let mut pending = self.pending();
        let device = pending
            .devices
            .values_mut()
            .find(|device| device.user_code.eq_ignore_ascii_case(user_code))
            .ok_or(DeviceError)?;
        change(device);
        Ok(())
    }
}
