//! What the derives read from a struct.

use super::Write;
use crate::attributes::{TableOptions, column_name, for_each_option, named_fields, set_once};
use crate::errors::Errors;
use crate::generics::Unbound;
use syn::{Attribute, DeriveInput, Error, Expr, Generics, Ident, Path, Token, Type};

/// A struct that a row is written from.
pub(crate) struct Written {
    pub write: Write,
    pub ident: Ident,
    pub generics: Generics,
    pub table: Path,
    /// Where the runtime is.
    pub runtime: Path,
    pub fields: Vec<Field>,
    /// Columns that are the same in each row.
    pub constants: Vec<(Ident, Expr)>,
    /// Columns that the table requires may lack.
    pub incomplete: bool,
}

/// A field of the struct that is written.
pub(crate) struct Field {
    pub ident: Ident,
    pub ty: Type,
    pub column: Ident,
    /// It holds rows that are created along.
    pub insert: bool,
}

impl Written {
    /// Reads the struct. `None` if too little of it can be used.
    pub(crate) fn from_item(write: Write, item: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        let mut options = StructOptions::parse(write, &item.attrs, errors);
        let fields = named_fields(item, write.what(), errors);
        options.of.check(write.attribute(), item, errors);
        let mut read: Vec<Field> = Vec::new();
        // A field whose attributes are wrong may be the one that a check would miss.
        let mut all_good = true;
        let mut unbound = Unbound::default();
        for field in fields? {
            match Field::from_item(write, field, errors) {
                Some(Some(found)) if unbound.finds(&found.ty, &item.generics, found.wants()) => {
                    all_good = false;
                }
                Some(found) => read.extend(found),
                None => all_good = false,
            }
        }
        unbound.report(errors);
        refuse_doubles(&read, &options.constants, errors);
        options.incomplete |= !all_good;
        let (table, runtime) = options.of.into_paths()?;
        Some(Self {
            write,
            ident: item.ident.clone(),
            generics: item.generics.clone(),
            table,
            runtime,
            fields: read,
            constants: options.constants,
            incomplete: options.incomplete,
        })
    }
}

/// Of two values for a column only one could be sent. A lookup with several targets is one column too.
fn refuse_doubles(fields: &[Field], constants: &[(Ident, Expr)], errors: &mut Errors) {
    let columns: Vec<&Ident> = fields
        .iter()
        .map(|field| &field.column)
        .chain(constants.iter().map(|(column, _)| column))
        .collect();
    for (at, column) in columns.iter().enumerate() {
        if columns[..at].contains(column) {
            errors.push(Error::new(column.span(), format!("`{column}` is written twice")));
        }
    }
}

#[derive(Default)]
struct StructOptions {
    of: TableOptions,
    constants: Vec<(Ident, Expr)>,
    incomplete: bool,
}

impl StructOptions {
    fn parse(write: Write, attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for_each_option(write.attribute(), attributes, errors, |meta| {
            if options.of.take(&meta)? {
                Ok(())
            } else if meta.path.is_ident("set") {
                meta.parse_nested_meta(|column| {
                    let name = column.path.require_ident()?.clone();
                    column.input.parse::<Token![=]>()?;
                    options.constants.push((name, column.input.parse()?));
                    Ok(())
                })
            } else if write == Write::Create && meta.path.is_ident("incomplete") {
                options.incomplete = true;
                Ok(())
            } else {
                Err(meta.error(match write {
                    Write::Create => {
                        "expected `table = ..`, `set(column = ..)`, `incomplete` or `crate = ..`"
                    }
                    Write::Update => "expected `table = ..`, `set(column = ..)` or `crate = ..`",
                }))
            }
        });
        options
    }
}

impl Field {
    /// What a type parameter lacks of which the struct says nothing.
    fn wants(&self) -> &'static str {
        if self.insert {
            "which rows does it create? Write `: NewRow<Table = ..>` behind it"
        } else {
            "it could be any type, and a column takes one: write that type in its place"
        }
    }

    /// `None` if its attributes are wrong, and an empty one if it isn't written.
    fn from_item(write: Write, field: &syn::Field, errors: &mut Errors) -> Option<Option<Self>> {
        let ident = field.ident.clone()?;
        let (mut column, mut insert, mut skip) = (None, None, None);
        let good = for_each_option(write.attribute(), &field.attrs, errors, |meta| {
            if meta.path.is_ident("column") {
                set_once(&mut column, &meta, column_name(&meta)?)
            } else if write == Write::Create && meta.path.is_ident("insert") {
                set_once(&mut insert, &meta, ())
            } else if meta.path.is_ident("skip") {
                set_once(&mut skip, &meta, ())
            } else {
                Err(meta.error(match write {
                    Write::Create => "expected `column = name`, `insert` or `skip`",
                    Write::Update => "expected `column = name` or `skip`",
                }))
            }
        });
        if !good {
            return None;
        }
        Some(skip.is_none().then(|| Self {
            column: column.unwrap_or_else(|| ident.clone()),
            ident,
            ty: field.ty.clone(),
            insert: insert.is_some(),
        }))
    }
}
