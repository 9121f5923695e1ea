//! What the derive reads from a struct.

use crate::attributes::{TableOptions, column_name, for_each_option, named_fields, set_once};
use crate::errors::Errors;
use crate::generics::{Unbound, depends};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, DeriveInput, Error, Generics, Ident, LitStr, Path, Token, Type};

/// A struct that a row is read into.
pub(crate) struct Row {
    pub ident: Ident,
    /// Without lifetimes.
    pub generics: Generics,
    pub table: Path,
    /// Where the runtime is.
    pub runtime: Path,
    pub fields: Vec<Field>,
    /// The fields whose attributes are wrong. What they read isn't known, so nothing more is said about them.
    pub broken: Vec<Ident>,
}

/// A field of the struct.
pub(crate) struct Field {
    pub ident: Ident,
    pub ty: Type,
    pub source: Source,
    /// Whether its type depends on a parameter of the struct.
    pub generic: bool,
}

/// Where a field's value comes from. The identifiers name columns.
pub(crate) enum Source {
    Column(Ident),
    Expand(Ident),
    Formatted(Ident),
    Target(Ident),
    Etag,
    /// Columns of the table that is linked under this alias.
    Link(LitStr),
    /// What stands under this alias, or what people see for it.
    Alias {
        alias: LitStr,
        formatted: bool,
    },
}

impl Row {
    /// Reads the struct. `None` if too little of it can be used.
    pub(crate) fn from_item(item: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        let mut options = TableOptions::default();
        for_each_option("row", &item.attrs, errors, |meta| {
            if options.take(&meta)? {
                Ok(())
            } else {
                Err(meta.error("expected `table = ..` or `crate = ..`"))
            }
        });
        let borrows = item.generics.lifetimes().next();
        if let Some(lifetime) = borrows {
            errors.push(Error::new(
                lifetime.span(),
                "a row borrows nothing, because it outlives the answer that it is read from: write `String` for `&str`",
            ));
        }
        let fields = named_fields(item, "a row", errors);
        options.check("row", item, errors);
        if borrows.is_some() {
            return None;
        }
        let (mut good, mut broken) = (Vec::new(), Vec::new());
        let mut unbound = Unbound::default();
        for field in fields? {
            let Some(ident) = field.ident.clone() else {
                continue;
            };
            match Field::from_item(ident.clone(), field, &item.generics, errors) {
                Some(field) if unbound.finds(&field.ty, &item.generics, field.source.wants()) => {
                    broken.push(ident);
                }
                Some(field) => good.push(field),
                None => broken.push(ident),
            }
        }
        unbound.report(errors);
        refuse_doubles(&good, errors);
        let (table, runtime) = options.into_paths()?;
        Some(Self {
            ident: item.ident.clone(),
            generics: item.generics.clone(),
            table,
            runtime,
            fields: good,
            broken,
        })
    }
}

/// A property stands in an answer once, so only one field can take its value.
fn refuse_doubles(fields: &[Field], errors: &mut Errors) {
    for (at, field) in fields.iter().enumerate() {
        let same = fields[..at]
            .iter()
            .find(|earlier| earlier.source.is_same_property(&field.source));
        if let Some(earlier) = same {
            let message = format!("the field `{}` reads this already", earlier.ident);
            errors.push(Error::new(field.ident.span(), message));
        }
    }
}

impl Source {
    /// What a type parameter lacks of which the struct says nothing.
    fn wants(&self) -> &'static str {
        match self {
            Self::Expand(_) | Self::Link(_) => "which rows does it hold? Write `: Row<Table = ..>` behind it",
            _ => "it could be any type, and a column gives one: write that type in its place",
        }
    }

    fn is_same_property(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Column(one), Self::Column(other))
            | (Self::Formatted(one), Self::Formatted(other))
            | (Self::Target(one), Self::Target(other)) => one == other,
            (Self::Etag, Self::Etag) => true,
            (Self::Link(one), Self::Link(other)) => one.value() == other.value(),
            (
                Self::Alias { alias, formatted },
                Self::Alias {
                    alias: other,
                    formatted: also,
                },
            ) => alias.value() == other.value() && formatted == also,
            // A lookup with several targets can be expanded once per target.
            _ => false,
        }
    }
}

impl Field {
    /// `None` if its attributes are wrong.
    fn from_item(ident: Ident, field: &syn::Field, generics: &Generics, errors: &mut Errors) -> Option<Self> {
        let options = FieldOptions::parse(&field.attrs, errors)?;
        let column = options.column.unwrap_or_else(|| ident.clone());
        let source = match options.how {
            None => Source::Column(column),
            Some(How::Expand) => Source::Expand(column),
            Some(How::Formatted(of)) => Source::Formatted(of),
            Some(How::Target(of)) => Source::Target(of),
            Some(How::Etag) => Source::Etag,
            Some(How::Link(alias)) => Source::Link(alias),
            Some(How::Alias(alias)) => Source::Alias {
                alias,
                formatted: options.formatted,
            },
        };
        Some(Self {
            ident,
            ty: field.ty.clone(),
            source,
            generic: depends(generics, &field.ty),
        })
    }
}

/// `#[row(..)]` on a field.
#[derive(Default)]
struct FieldOptions {
    column: Option<Ident>,
    how: Option<How>,
    /// What people see for what stands under an alias.
    formatted: bool,
}

enum How {
    Expand,
    Formatted(Ident),
    Target(Ident),
    Etag,
    Link(LitStr),
    Alias(LitStr),
}

impl FieldOptions {
    fn parse(attributes: &[Attribute], errors: &mut Errors) -> Option<Self> {
        let mut options = Self::default();
        let mut good = for_each_option("row", attributes, errors, |meta| {
            if meta.path.is_ident("column") {
                set_once(&mut options.column, &meta, column_name(&meta)?)
            } else if meta.path.is_ident("expand") {
                set_once(&mut options.how, &meta, How::Expand)
            } else if meta.path.is_ident("link") {
                let alias = meta.value()?.parse()?;
                set_once(&mut options.how, &meta, How::Link(alias))
            } else if meta.path.is_ident("alias") {
                let alias = meta.value()?.parse()?;
                set_once(&mut options.how, &meta, How::Alias(alias))
            } else if meta.path.is_ident("formatted") && !meta.input.peek(Token![=]) {
                options.formatted = true;
                Ok(())
            } else if meta.path.is_ident("formatted") {
                set_once(&mut options.how, &meta, How::Formatted(column_name(&meta)?))
            } else if meta.path.is_ident("target") {
                set_once(&mut options.how, &meta, How::Target(column_name(&meta)?))
            } else if meta.path.is_ident("etag") {
                set_once(&mut options.how, &meta, How::Etag)
            } else {
                Err(meta.error(
                    "expected `column = name`, `expand`, `formatted = name`, `target = name`, `etag`, `link = \"alias\"` \
                     or `alias = \"name\"`",
                ))
            }
        });
        if options.formatted && !matches!(options.how, Some(How::Alias(_))) {
            let span = attributes.first().map_or_else(Span::call_site, Spanned::span);
            errors.push(Error::new(
                span,
                "formatted of which column? Write `formatted = name`, or `alias = \"name\", formatted`",
            ));
            good = false;
        }
        if let (Some(column), Some(how)) = (&options.column, &options.how)
            && !matches!(how, How::Expand)
        {
            errors.push(Error::new(
                column.span(),
                "`column` goes with a plain field or `expand` only",
            ));
            good = false;
        }
        good.then_some(options)
    }
}
