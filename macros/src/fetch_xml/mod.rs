//! `fetch_xml!`.

mod checks;
mod input;
mod names;
mod shape;
mod tables;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod tokens;

use crate::errors::Errors;
use dataverse_fetchxml::{Element, Source, check};
use input::Query;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use tables::Tables;

/// The expression that stands for the query. Where something is wrong, nothing but that is reported.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let expression = errors
        .ok(Query::from_tokens(input))
        .and_then(|query| expression(&query, &mut errors));
    let errors = errors.into_tokens();
    match expression {
        Some(expression) if errors.is_empty() => expression,
        // A closure, so that what follows isn't reported as unreachable.
        _ => quote!({ #errors (|| ::core::unreachable!())() }),
    }
}

fn expression(query: &Query, errors: &mut Errors) -> Option<TokenStream> {
    let Query {
        generated,
        root,
        places,
    } = query;
    let problems = check(root, Source::Program);
    for problem in &problems {
        errors.push(places.error(problem));
    }
    if !problems.is_empty() {
        return None;
    }
    let entity = root.children_named("entity").next()?;
    let tables = Tables::new(root, places, errors);
    let checks = checks::checks(entity, &tables, errors);
    let text = Ident::new("text", Span::mixed_site());
    let written = text::Text::new(places, &tables, errors).of(root, &text);
    if !errors.is_empty() {
        return None;
    }
    let table = entity.attribute("name")?;
    let made = match first_column(entity) {
        Some((column, place)) => {
            let made = tables.call("made", place);
            let column = tables.column(&table.value, column, place, errors)?;
            quote!(#made(#text, #column))
        }
        None => {
            let made = tables.call("made_of", table.at);
            let columns = tables.columns(&table.value)?;
            quote!(#made::<_, #columns>(#text))
        }
    };
    // Names have the places of the words that they come from, and are looked at as if a person had written them.
    Some(quote!({
        use #generated as tables;
        #[allow(unused_qualifications)]
        let _ = || { #checks };
        #[allow(unused_qualifications)]
        let query = { #written #made };
        query
    }))
}

/// A column of the entity's table, which says to the compiler which table that is.
fn first_column(element: &Element) -> Option<(&str, usize)> {
    element.children.iter().find_map(|child| {
        let column = match child.name.as_str() {
            "attribute" => child.attribute("name"),
            "order" | "condition" if child.attribute("entityname").is_none() => child.attribute("attribute"),
            "link-entity" => child.attribute("to"),
            "filter" => return first_column(child),
            _ => None,
        };
        column.map(|column| (column.value.as_str(), column.at))
    })
}
