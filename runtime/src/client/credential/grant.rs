//! Forms that token endpoints take.

use super::authority::Authority;
use super::{CredentialError, Secret, Token, TokenRequest, answer, http};
use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose};

/// A form's field.
pub(super) type Field<'f> = (&'f str, &'f str);

/// What an application proves itself with: a secret, or an assertion.
#[derive(Debug)]
pub(super) struct Proof(Vec<(&'static str, Secret)>);

impl Proof {
    pub(super) fn secret(secret: &Secret) -> Self {
        Self(vec![("client_secret", secret.clone())])
    }

    pub(super) fn assertion(token: impl Into<Secret>) -> Self {
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        Self(vec![
            ("client_assertion_type", kind.into()),
            ("client_assertion", token.into()),
        ])
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = Field<'_>> {
        self.0.iter().map(|(name, value)| (*name, value.reveal()))
    }
}

/// Where tokens are fetched.
pub(super) fn endpoint(authority: &str) -> String {
    format!("{authority}/oauth2/v2.0/token")
}

/// A token for an application itself.
pub(super) async fn for_application(
    request: &TokenRequest,
    authority: &Authority,
    client_id: &str,
    proof: &Proof,
) -> Result<Token, CredentialError> {
    let scope = format!("{}/.default", request.resource);
    let claims = claims(request);
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_id", client_id),
        ("scope", scope.as_str()),
    ];
    form.extend(proof.fields());
    if let Some(claims) = &claims {
        form.push(("claims", claims));
    }
    let reply = http::post(request, &endpoint(&authority.of(request)?), &form).await?;
    if !reply.status.is_success() {
        return Err(answer::refusal(request, reply.status.as_u16(), &reply.body));
    }
    Ok(answer::token(request, &reply.body)?.token)
}

/// Base64 with or without its padding.
const fn lenient(alphabet: &base64::alphabet::Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(alphabet, config)
}

/// The environment writes its demands in Base64; the token endpoint takes them as they are.
pub(super) fn claims(request: &TokenRequest) -> Option<String> {
    let claims = request.claims.as_ref()?;
    let engines = [
        lenient(&base64::alphabet::STANDARD),
        lenient(&base64::alphabet::URL_SAFE),
    ];
    let decoded = engines.iter().find_map(|engine| {
        let bytes = engine.decode(claims).ok()?;
        String::from_utf8(bytes).ok()
    });
    Some(decoded.unwrap_or_else(|| claims.clone()))
}

/// Bytes in the alphabet of tokens.
pub(super) fn url_safe(bytes: impl AsRef<[u8]>) -> String {
    general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
