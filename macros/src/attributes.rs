//! What the derives read from attributes and structs alike.

use crate::errors::Errors;
use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, Path};

/// The fields of a struct that have names. `what` the struct is, the errors say: `a row`.
pub(crate) fn named_fields<'a>(
    item: &'a DeriveInput,
    what: &str,
    errors: &mut Errors,
) -> Option<Vec<&'a syn::Field>> {
    let (span, message) = match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields.named.iter().collect()),
            _ => (
                item.ident.span(),
                format!("{what} needs named fields: their names are the columns"),
            ),
        },
        Data::Enum(data) => (data.enum_token.span, format!("{what} is a struct, not an enum")),
        Data::Union(data) => (data.union_token.span, format!("{what} is a struct, not a union")),
    };
    errors.push(Error::new(span, message));
    None
}

/// The value of an option that names a column.
pub(crate) fn column_name(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    let value = meta.value()?;
    if value.peek(syn::LitStr) {
        let text: syn::LitStr = value.parse()?;
        return Err(Error::new(
            text.span(),
            format!("write the column's name without quotes: `{}`", text.value()),
        ));
    }
    value.parse()
}

pub(crate) fn set_once<T>(option: &mut Option<T>, meta: &ParseNestedMeta<'_>, value: T) -> syn::Result<()> {
    if option.is_some() {
        return Err(meta.error("this is said twice"));
    }
    *option = Some(value);
    Ok(())
}

/// The options of all derives: which table, and where the runtime is.
#[derive(Default)]
pub(crate) struct TableOptions {
    table: Option<Path>,
    runtime: Option<Path>,
}

impl TableOptions {
    /// Takes the option if it is one of these, and says whether it is.
    pub(crate) fn take(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<bool> {
        let option = if meta.path.is_ident("table") {
            &mut self.table
        } else if meta.path.is_ident("crate") {
            &mut self.runtime
        } else {
            return Ok(false);
        };
        set_once(option, meta, meta.value()?.call(Path::parse_mod_style)?)?;
        Ok(true)
    }

    /// Reports that the table isn't said, if so.
    pub(crate) fn check(&self, attribute: &str, item: &DeriveInput, errors: &mut Errors) {
        if self.table.is_none() {
            let message = format!(
                "which table? Add `#[{attribute}(table = ..)]` to `{}`",
                item.ident
            );
            errors.push(Error::new(item.ident.span(), message));
        }
    }

    /// The table and the runtime. `None`: the table isn't said.
    pub(crate) fn into_paths(self) -> Option<(Path, Path)> {
        let runtime = self
            .runtime
            .unwrap_or_else(|| Ident::new("dataverse_runtime", Span::call_site()).into());
        Some((self.table?, runtime))
    }
}

/// Hands each option of each attribute of this name on, and says whether all went well. An error ends one attribute, not
/// the rest.
pub(crate) fn for_each_option(
    name: &str,
    attributes: &[Attribute],
    errors: &mut Errors,
    mut option: impl FnMut(ParseNestedMeta<'_>) -> syn::Result<()>,
) -> bool {
    let mut good = true;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name))
    {
        good &= errors.ok(attribute.parse_nested_meta(&mut option)).is_some();
    }
    good
}
