//! Addresses of requests: the root of the service, lengths, hosts.

use http::HeaderMap;
use http::header;

/// The longest address of a request, in characters (Microsoft Learn, "Compose HTTP requests and handle errors").
pub(super) const LONGEST_URL: usize = 32_768;

/// The longest segment of a path, in characters (same page).
const LONGEST_SEGMENT: usize = 260;

/// The versions of the Web API that are served. They differ in behaviour only; here they are one.
const VERSIONS: [&str; 3] = ["v9.0", "v9.1", "v9.2"];

/// The version in a path, and what stands under the root of the service: `/api/data/v9.2/accounts?$top=1`.
pub(crate) fn under_root(path: &str) -> Option<(&str, &str)> {
    const PREFIX: &str = "/api/data/";
    let start = path.get(..PREFIX.len())?;
    if !start.eq_ignore_ascii_case(PREFIX) {
        return None;
    }
    let rest = &path[PREFIX.len()..];
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let version = VERSIONS
        .into_iter()
        .find(|version| version.eq_ignore_ascii_case(&rest[..end]))?;
    let under = &rest[end..];
    Some((version, under.strip_prefix('/').unwrap_or(under)))
}

/// Whether a segment of the path is longer than the service takes.
pub(super) fn has_long_segment(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').any(|segment| {
        let escapes = segment.bytes().filter(|byte| *byte == b'%').count();
        segment.len().saturating_sub(2 * escapes) > LONGEST_SEGMENT
    })
}

/// The host that a request names, with its port. `None` if it names none, or nothing that can be one.
pub(super) fn host(headers: &HeaderMap, uri: &http::Uri) -> Option<String> {
    let mut named = headers.get_all(header::HOST).iter();
    let host = match (named.next(), named.next()) {
        (Some(host), None) => host.to_str().ok()?,
        (None, _) => uri.authority()?.as_str(),
        (Some(_), Some(_)) => return None,
    };
    let authority: http::uri::Authority = host.parse().ok()?;
    (!authority.as_str().contains('@')).then(|| authority.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_the_root_is_found() {
        assert_eq!(
            under_root("/api/data/v9.2/accounts?x"),
            Some(("v9.2", "accounts?x"))
        );
        assert_eq!(under_root("/API/data/V9.0"), Some(("v9.0", "")));
        assert_eq!(under_root("/api/data/v9.1/"), Some(("v9.1", "")));
        assert_eq!(under_root("/api/data/v9.2?$top=1"), Some(("v9.2", "?$top=1")));
        for wrong in [
            "/api/data/v9.3/",
            "/api/data/",
            "/api",
            "/api/data/v9.20/x",
            "",
            "/äpi/data/v9.2",
        ] {
            assert_eq!(under_root(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn escapes_count_as_one_character() {
        assert!(!has_long_segment(&format!(
            "/a/{}?{}",
            "%20".repeat(260),
            "x".repeat(999)
        )));
        assert!(has_long_segment(&format!("/a/{}/b", "x".repeat(261))));
        assert!(!has_long_segment("/%%%"));
    }
}
