//! From tokens to formatted source.

use proc_macro2::TokenStream;

/// Code that could not be formatted: a defect of the generator.
#[derive(Debug, thiserror::Error)]
#[error("{of}: the generated code is no Rust: {source}")]
pub struct EmitError {
    /// What it was generated for.
    pub of: String,
    /// What the parser said.
    pub source: syn::Error,
}

/// Formats items, with an empty line between them.
pub(super) fn format(of: impl Fn() -> String, tokens: TokenStream) -> Result<String, EmitError> {
    let parsed: syn::File = syn::parse2(tokens).map_err(|source| EmitError { of: of(), source })?;
    let mut text = String::new();
    if !parsed.attrs.is_empty() {
        text = prettyplease::unparse(&syn::File {
            attrs: parsed.attrs,
            items: Vec::new(),
            ..parsed_empty()
        });
    }
    for item in parsed.items {
        let alone = matches!(&item, syn::Item::Mod(of) if of.content.is_none());
        if !text.is_empty() && !alone {
            text.push('\n');
        }
        text.push_str(&prettyplease::unparse(&syn::File {
            items: vec![item],
            ..parsed_empty()
        }));
    }
    Ok(text)
}

fn parsed_empty() -> syn::File {
    syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: Vec::new(),
    }
}
