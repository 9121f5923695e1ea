//! What an environment says when it wants a token: the header `WWW-Authenticate`.

/// A challenge of the scheme `Bearer`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Challenge {
    /// Where tokens are issued: `https://login.microsoftonline.com/{tenant}`.
    pub(super) authority: Option<String>,
    /// What the environment demands of the token.
    pub(super) claims: Option<String>,
}

/// Reads the values of the header. Names are compared without case, values may be quoted, and there may be several
/// challenges (Microsoft Learn, "Use OAuth authentication with Microsoft Dataverse").
pub(super) fn read<'a>(values: impl Iterator<Item = &'a str>) -> Challenge {
    let mut challenge = Challenge::default();
    for value in values {
        for (name, value) in parameters(value) {
            if name.eq_ignore_ascii_case("authorization_uri") {
                challenge.authority = challenge.authority.or_else(|| authority(&value));
            } else if name.eq_ignore_ascii_case("claims") {
                challenge.claims = challenge.claims.or(Some(value));
            }
        }
    }
    challenge
}

/// The address without the path that follows the tenant.
fn authority(uri: &str) -> Option<String> {
    let secure = uri
        .get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    let local = uri.starts_with("http://127.0.0.1") || uri.starts_with("http://localhost");
    let end = uri.to_ascii_lowercase().find("/oauth2/").unwrap_or(uri.len());
    (secure || local).then(|| uri[..end].trim_end_matches('/').to_owned())
}

/// `name=value` pairs, whatever stands between them.
fn parameters(header: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = header;
    while let Some(equals) = rest.find('=') {
        let name = rest[..equals].rsplit([' ', ',', '\t']).next().unwrap_or_default();
        let after = &rest[equals + 1..];
        let (value, end) = match after.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.find('"').unwrap_or(quoted.len());
                (&quoted[..end], (end + 2).min(after.len()))
            }
            None => {
                let end = after.find([',', ' ', '\t']).unwrap_or(after.len());
                (&after[..end], end)
            }
        };
        found.push((name, value.to_owned()));
        rest = &after[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tenant_is_found_however_it_is_written() {
        let expected = Some("https://login.microsoftonline.com/8f1c".to_owned());
        for header in [
            "Bearer authorization_uri=https://login.microsoftonline.com/8f1c/oauth2/authorize, resource_id=https://rsk.crm4.dynamics.com/",
            "bearer AUTHORIZATION_URI=\"https://login.microsoftonline.com/8f1c/oauth2/v2.0/authorize\",resource_id=\"x\"",
            "Negotiate, Bearer realm=\"a, b=c\", authorization_uri=\"https://login.microsoftonline.com/8f1c/\"",
        ] {
            assert_eq!(read([header].into_iter()).authority, expected, "{header}");
        }
        let two = [
            "Negotiate",
            "Bearer claims=\"eyJ9\", error=\"insufficient_claims\"",
        ];
        assert_eq!(read(two.into_iter()).claims.as_deref(), Some("eyJ9"));
    }

    #[test]
    fn hostile_challenges_are_harmless() {
        for header in [
            "",
            "=",
            "a=",
            "a=\"",
            "Bearer authorization_uri=http://evil.example/x",
            "é=\"ü",
            "=====\"\"",
        ] {
            assert_eq!(read([header].into_iter()).authority, None, "{header}");
        }
    }
}
