//! Turns the service's names and people's labels into Rust identifiers.

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

/// Whether the compiler takes the character inside an identifier. The tables of `unicode-ident` may be newer than the
/// compiler's; beyond the first plane, where new letters come, only those count that the standard library knows too.
pub(super) fn is_xid_continue(c: char) -> bool {
    unicode_ident::is_xid_continue(c) && (c <= '\u{ffff}' || c.is_alphanumeric())
}

/// Whether the compiler takes the character at the beginning of an identifier.
pub(super) fn is_xid_start(c: char) -> bool {
    unicode_ident::is_xid_start(c) && is_xid_continue(c)
}

/// Keywords of every edition, which identifiers may equal only in raw form.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that even raw identifiers may not equal.
const NEVER_RAW: [&str; 5] = ["crate", "self", "Self", "super", "_"];

/// File names that mean something to cargo, rustc or Windows.
const FILE_NAMES: [&str; 7] = ["lib", "main", "mod", "aux", "con", "nul", "prn"];

/// Names of types and variants are cut after so many characters: labels can be pages long.
const LONGEST: usize = 80;

/// The name of a type or variant for a text: `Preferred Customer` -> `PreferredCustomer`. `None` where the text holds
/// nothing that a name can be made of.
pub(crate) fn type_name(text: &str) -> Option<String> {
    let text: String = text.nfc().filter(|c| !is_invisible(*c)).collect();
    let name = if text.is_ascii() {
        text.to_upper_camel_case()
    } else {
        upper_camel_in_any_script(&text)
    };
    let name: String = name.chars().take(LONGEST).collect();
    match name.chars().next() {
        None => None,
        Some(first) if is_xid_start(first) => Some(without_keyword(name)),
        Some(_) => Some(format!("_{name}")),
    }
}

/// Words begin anew after whatever can't stand in an identifier. Unlike heck's rule, marks that belong to the letter
/// before them (as in Hindi or Thai) don't part words.
fn upper_camel_in_any_script(text: &str) -> String {
    let words = text
        .split(|c: char| c == '_' || !is_xid_continue(c))
        .filter(|word| !word.is_empty());
    let name: String = words
        .flat_map(|word| {
            let mut chars = word.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            first.chain(chars)
        })
        .collect();
    name.nfc().collect()
}

/// Joiners and other characters that don't show, though some may stand in an identifier.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// The name of a field for a logical name, which is kept as it is: `type` -> `r#type`.
pub(crate) fn field(name: &str) -> String {
    let mut text: String = name
        .nfc()
        .map(|c| if is_xid_continue(c) { c } else { '_' })
        .collect();
    if !text
        .chars()
        .next()
        .is_some_and(|c| is_xid_start(c) || (c == '_' && text.len() > 1))
    {
        text.insert(0, '_');
    }
    raw(if text.chars().all(|c| c == '_') {
        format!("{text}unnamed")
    } else {
        text
    })
}

/// The name of a parameter or a member of a complex type: `ColumnSet` -> `column_set`.
pub(crate) fn member(name: &str) -> String {
    if name.is_ascii() {
        field(&name.to_snake_case())
    } else {
        field(name)
    }
}

/// The name of a table's module and file: ASCII, lower case, nothing that a file system or cargo takes amiss.
pub(crate) fn module(table: &str) -> String {
    let lower = table.chars().map(|c| c.to_ascii_lowercase());
    let text: String = lower
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let is_port = |name: &str| name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt"));
    if FILE_NAMES.contains(&text.as_str()) || is_port(&text) {
        format!("{text}_")
    } else {
        field(&text)
    }
}

/// Whether the name can't be a type's or a variant's because the language has it.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

fn raw(text: String) -> String {
    if NEVER_RAW.contains(&text.as_str()) {
        format!("{text}_")
    } else if KEYWORDS.contains(&text.as_str()) {
        format!("r#{text}")
    } else {
        text
    }
}

fn without_keyword(name: String) -> String {
    if name == "Self" { "Self_".to_owned() } else { name }
}
