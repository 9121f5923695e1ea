//! What stands in the macro's parentheses: the generated crate, and the text or the XML itself.

use super::tokens;
use dataverse_fetchxml::{Element, Problem, read};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::LitStr;

/// The text of a query, as elements.
pub(super) struct Query {
    /// The path of the generated crate.
    pub generated: TokenStream,
    pub root: Element,
    pub places: Places,
}

/// Where in the program an element or attribute stands, by the number that it has for a place.
pub(super) enum Places {
    /// In a string, which has one place for the compiler.
    Text { text: String, span: Span },
    /// In the program itself.
    Tokens(Vec<Span>),
}

impl Places {
    pub(super) fn span(&self, at: usize) -> Span {
        match self {
            Self::Text { span, .. } => *span,
            Self::Tokens(spans) => spans.get(at).copied().unwrap_or_else(Span::call_site),
        }
    }

    /// The same, under which the compiler may offer a nearer name: not of a string, which it would replace as a whole.
    pub(super) fn shown(&self, span: Span) -> Span {
        match self {
            Self::Text { .. } => Span::mixed_site().located_at(span),
            Self::Tokens(_) => span,
        }
    }

    /// The problem as an error of the compiler, which of a string shows the line that is wrong.
    pub(super) fn error(&self, problem: &Problem) -> syn::Error {
        let message = match self {
            Self::Tokens(_) => problem.message.clone(),
            Self::Text { text, .. } => {
                let line = text
                    .lines()
                    .nth(problem.line(text) - 1)
                    .unwrap_or_default()
                    .trim();
                if line.is_empty() {
                    problem.message.clone()
                } else {
                    format!("{}\n  in: {line}", problem.message)
                }
            }
        };
        syn::Error::new(self.span(problem.at), message)
    }
}

const WANTED: &str = "expected FetchXML: `fetch_xml!(<fetch>…</fetch>)`, or its text as a string literal";

impl Query {
    pub(super) fn from_tokens(input: TokenStream) -> syn::Result<Self> {
        let mut input = input.into_iter();
        let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let generated = input.by_ref().take_while(|token| !is_comma(token)).collect();
        let query: Vec<TokenTree> = input.collect();
        let (root, places) = match query.as_slice() {
            [] => return Err(syn::Error::new(Span::call_site(), WANTED)),
            [text @ TokenTree::Literal(_)] => from_text(text.clone())?,
            [text @ TokenTree::Literal(_), comma] if is_comma(comma) => from_text(text.clone())?,
            [TokenTree::Punct(first), ..] if first.as_char() == '<' => {
                let (root, spans) = tokens::read(query)?;
                (root, Places::Tokens(spans))
            }
            [first, ..] => return Err(syn::Error::new(first.span(), WANTED)),
        };
        Ok(Self {
            generated,
            root,
            places,
        })
    }
}

fn from_text(literal: TokenTree) -> syn::Result<(Element, Places)> {
    let literal: LitStr = syn::parse2(literal.into())?;
    let places = Places::Text {
        text: literal.value(),
        span: literal.span(),
    };
    match read(&literal.value()) {
        Ok(root) => Ok((root, places)),
        Err(problem) => Err(places.error(&problem)),
    }
}
