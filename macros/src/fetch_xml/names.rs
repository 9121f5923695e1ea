//! The identifiers that the generated crate gives tables and columns, by the generator's rules: a name as it is, in raw form
//! where it is a keyword.

use proc_macro2::{Ident, Span};

/// Names of modules that mean something to cargo or rustc: the generator adds an underscore.
const FILE_NAMES: [&str; 7] = ["lib", "main", "mod", "aux", "con", "nul", "prn"];

/// The module of the table with this logical name. `None`: no table is called so.
pub(super) fn module(table: &str, span: Span) -> Option<Ident> {
    if FILE_NAMES.contains(&table) {
        return Some(Ident::new(&format!("{table}_"), span));
    }
    field(table, span)
}

/// The field of the column with this logical name. `None`: no column is called so.
pub(super) fn field(column: &str, span: Span) -> Option<Ident> {
    let is_name = column.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && column.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_name {
        return None;
    }
    if matches!(column, "self" | "Self" | "super" | "crate" | "_") {
        return Some(Ident::new(&format!("{column}_"), span));
    }
    Some(match syn::parse_str::<Ident>(column) {
        Ok(_) => Ident::new(column, span),
        Err(_) => Ident::new_raw(column, span),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_but_for_keywords() {
        let name = |name: &str| field(name, Span::call_site()).map(|name| name.to_string());
        assert_eq!(name("rsk_name").as_deref(), Some("rsk_name"));
        assert_eq!(name("type").as_deref(), Some("r#type"));
        assert_eq!(name("self").as_deref(), Some("self_"));
        for no_name in ["", "1a", "a b", "a.b", "_x-y"] {
            assert_eq!(name(no_name), None, "{no_name}");
        }
        let module = module("main", Span::call_site()).map(|name| name.to_string());
        assert_eq!(module.as_deref(), Some("main_"));
    }
}
