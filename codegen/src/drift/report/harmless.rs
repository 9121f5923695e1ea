//! Texts of an environment, made harmless for where they are shown.

/// Texts longer than so many characters are cut: a report tells that a text changed, not all of it.
const LONGEST: usize = 80;

/// One line without control characters and without marks that turn the direction of what follows.
pub(crate) fn shown(text: &str) -> String {
    let turns =
        |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let chars = text.chars().filter(|c| !turns(c));
    chars.map(|c| if breaks(c) { ' ' } else { c }).collect()
}

/// The same, cut where it is long.
pub(super) fn line(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => shown(text),
        Some((at, _)) => shown(&text[..at]) + "\u{2026}",
    }
}

/// A code span of Markdown that may stand in a cell of a table.
pub(crate) fn code(text: &str) -> String {
    let line = line(text).replace('|', "\\|");
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if line.starts_with('`') || line.ends_with('`') || line.trim().is_empty() {
        " "
    } else {
        ""
    };
    if line.trim().is_empty() {
        return "` `".to_owned();
    }
    format!("{fence}{blank}{line}{blank}{fence}")
}

#[cfg(test)]
mod tests {
    use super::{code, line};

    #[test]
    fn no_text_leaves_its_line() {
        assert_eq!(line("a\nb\u{1b}[31m\u{202e}c\u{2028}d"), "a b [31mc d");
        assert_eq!(line(&"x".repeat(500)).chars().count(), 81);
    }

    #[test]
    fn no_text_leaves_its_code_span() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code(""), "` `");
    }
}
