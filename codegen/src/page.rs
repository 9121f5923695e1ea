//! Pages of HTML that need nothing beside them: style, script and data in one file, and no way out to a network.

/// What a page is made of.
pub(crate) struct Page<'p> {
    /// The title, which is ours.
    pub(crate) title: &'p str,
    /// The style beyond what all pages share.
    pub(crate) style: &'p str,
    /// The script, which shows the data.
    pub(crate) script: &'p str,
    /// Blocks of JSON by their ids.
    pub(crate) data: &'p [(&'p str, &'p str)],
}

/// Nothing is fetched, whatever an environment's texts say.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Writes the page. Texts of the environment enter it as JSON alone; the scripts show them as text, never as markup.
pub(crate) fn page(page: &Page<'_>) -> String {
    let shared = include_str!("page/shared.css");
    let helpers = include_str!("page/shared.js");
    let size: usize = page
        .data
        .iter()
        .map(|(_, json)| json.len() + json.len() / 16)
        .sum();
    let mut text = String::with_capacity(size + 64 * 1024);
    for part in [
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"",
        POLICY,
        "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
        page.title,
        "</title>\n<style>\n",
        shared,
        page.style,
        "</style>\n</head>\n<body>\n<noscript>This page shows its data with a script. Allow scripts, or use the formats text, markdown or json.</noscript>\n<div id=\"app\"></div>\n",
    ] {
        text.push_str(part);
    }
    for (id, json) in page.data {
        text.push_str("<script type=\"application/json\" id=\"");
        text.push_str(id);
        text.push_str("\">");
        push_json(json, &mut text);
        text.push_str("</script>\n");
    }
    for part in [
        "<script>\n\"use strict\";\n",
        helpers,
        page.script,
        "</script>\n</body>\n</html>\n",
    ] {
        text.push_str(part);
    }
    text
}

/// JSON that no parser of HTML can take for anything else: a `<` in it is in a text, where JSON may write its code.
fn push_json(json: &str, to: &mut String) {
    let mut rest = json;
    while let Some(at) = rest.find('<') {
        to.push_str(&rest[..at]);
        to.push_str("\\u003c");
        rest = &rest[at + 1..];
    }
    to.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::push_json;

    #[test]
    fn no_text_ends_the_script() {
        let json = serde_json::to_string("</script><!--<script>").unwrap_or_default();
        let mut text = String::new();
        push_json(&json, &mut text);
        assert!(!text.contains('<'));
        assert_eq!(
            serde_json::from_str::<String>(&text).ok().as_deref(),
            Some("</script><!--<script>")
        );
    }
}
