//! The header `Prefer`.

use http::HeaderMap;

/// What a request prefers. Several lines and lists with commas are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences(Vec<(String, Option<String>)>);

impl Preferences {
    /// Reads all lines of the header.
    pub fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all("prefer").iter();
        let items = lines.filter_map(|line| line.to_str().ok()).flat_map(split);
        Self(items.map(|item| preference(&item)).collect())
    }

    /// Whether this is preferred, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The value of a preference, without quotes.
    pub fn value(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        value.as_deref()
    }

    /// Whether an annotation is asked for by `odata.include-annotations`: by name, by a prefix such as
    /// `Microsoft.Dynamics.CRM.*`, or with `*`. A leading `-` excludes.
    pub fn includes(&self, annotation: &str) -> bool {
        let list = self.value("odata.include-annotations").unwrap_or_default();
        let fits = |pattern: &str| match pattern.strip_suffix('*') {
            Some(prefix) => annotation.starts_with(prefix),
            None => annotation == pattern,
        };
        let patterns = || {
            list.split(',')
                .map(str::trim)
                .filter(|pattern| !pattern.is_empty())
        };
        let excluded = patterns()
            .filter_map(|pattern| pattern.strip_prefix('-'))
            .any(fits);
        !excluded && patterns().any(fits)
    }
}

/// The items of a list with commas, of which those in quotes don't separate.
fn split(line: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        quoted ^= c == '"';
        match (c, items.last_mut()) {
            (',', _) if !quoted => items.push(String::new()),
            (_, Some(item)) => item.push(c),
            (_, None) => {}
        }
    }
    items
}

fn preference(item: &str) -> (String, Option<String>) {
    // Parameters such as `respond-async; wait=10` belong to the preference before them, and none is known.
    let item = item.split(';').next().unwrap_or_default();
    match item.split_once('=') {
        Some((name, value)) => (
            name.trim().to_ascii_lowercase(),
            Some(value.trim().trim_matches('"').to_owned()),
        ),
        None => (item.trim().to_ascii_lowercase(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn preferences(lines: &[&str]) -> Preferences {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("prefer", HeaderValue::from_str(line).unwrap());
        }
        Preferences::of(&headers)
    }

    #[test]
    fn lines_and_lists_are_one() {
        let read = preferences(&[
            "odata.maxpagesize=3,return=representation",
            "odata.include-annotations=\"a.b,Microsoft.Dynamics.CRM.*,-Microsoft.Dynamics.CRM.x\"",
            "Odata.Continue-On-Error",
        ]);
        assert_eq!(read.value("odata.maxpagesize"), Some("3"));
        assert_eq!(read.value("return"), Some("representation"));
        assert!(read.has("odata.continue-on-error"));
        assert!(read.includes("a.b") && read.includes("Microsoft.Dynamics.CRM.y"));
        assert!(!read.includes("a.bc") && !read.includes("Microsoft.Dynamics.CRM.x"));
        assert!(preferences(&["odata.include-annotations=*"]).includes("anything"));
        assert!(!preferences(&["", "\"", "=", ";", ","]).includes("anything"));
    }
}
