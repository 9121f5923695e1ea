//! What can be said only once the whole document is read.

use super::document::{Document, Note, Text};
use super::outline;
use super::read::Reading;
use super::scope::Scope;
use super::types::{TypeName, TypeRef};
use crate::position::Walk;

/// Notes beyond this many are counted only: a document of nothing but faults must not fill the memory.
const MOST: usize = 500;

/// A note is cut after this many bytes, for the same reason: names may be long.
const LONGEST: usize = 400;

/// Notes while the document is read, by byte offset.
#[derive(Debug, Default)]
pub(super) struct Notes {
    kept: Vec<(usize, String)>,
    more: usize,
}

impl Notes {
    /// Takes a note.
    #[cold]
    pub(super) fn add(&mut self, offset: usize, message: impl Into<String>) {
        if self.kept.len() < MOST {
            let mut message = message.into();
            if message.len() > LONGEST {
                message.truncate(message.floor_char_boundary(LONGEST));
                message.push('…');
                message.shrink_to_fit();
            }
            self.kept.push((offset, message));
        } else {
            self.more += 1;
        }
    }

    fn finish(mut self, text: &str) -> Vec<Note> {
        self.kept.sort_by_key(|(offset, _)| *offset);
        if self.more > 0 {
            let last = self.kept.last().map_or(0, |(offset, _)| *offset);
            self.kept
                .push((last, format!("{} more notes aren't shown", self.more)));
        }
        let mut walk = Walk::new(text.as_bytes());
        let place = |(offset, message)| Note {
            position: walk.place(offset),
            message,
        };
        self.kept.into_iter().map(place).collect()
    }
}

/// Settles what was left open, and hands out the document.
pub(super) fn finish<'a>(text: &'a str, reading: Reading<'a>) -> Document<'a> {
    let Reading {
        source,
        scope,
        mut document,
        outlines,
        mut notes,
        mut unique,
        ..
    } = reading;
    macro_rules! distinct {
        ($($what:literal $items:ident),*) => {$(
            unique.keep_first(&mut document.$items, |item| &item.name, |name| {
                let offset = source.offset_of(name).unwrap_or(0);
                notes.add(offset, format!("the {} `{name}` appears twice: the first was kept", $what));
            });
        )*};
    }
    distinct!(
        "entity type" entity_types, "complex type" complex_types, "enum type" enum_types, "entity set" entity_sets,
        "function import" function_imports, "action import" action_imports
    );
    if scope.schemas.len() > 1 {
        late_names(&scope, &mut document);
    }
    if !outlines.is_empty() {
        outline::apply(outlines, &scope, &mut document, &mut notes);
    }
    document.schemas = scope.schemas;
    document.notes = notes.finish(text);
    document
}

/// Resolves names of schemas that came after their use.
fn late_names<'a>(scope: &Scope<'a>, document: &mut Document<'a>) {
    let local = |name: &mut Text<'a>| *name = scope.local(std::mem::take(name));
    let ty = |ty: &mut TypeRef<'a>| {
        if let TypeName::Other(name) = &mut ty.name {
            ty.name = scope.type_name(std::mem::take(name));
        }
    };
    for read in &mut document.entity_types {
        read.base.iter_mut().for_each(local);
        read.properties
            .iter_mut()
            .for_each(|property| ty(&mut property.ty));
        read.navigation
            .iter_mut()
            .for_each(|navigation| ty(&mut navigation.ty));
    }
    for read in &mut document.complex_types {
        read.base.iter_mut().for_each(local);
        read.properties
            .iter_mut()
            .for_each(|property| ty(&mut property.ty));
        read.navigation
            .iter_mut()
            .for_each(|navigation| ty(&mut navigation.ty));
    }
    for read in document.functions.iter_mut().chain(&mut document.actions) {
        read.parameters
            .iter_mut()
            .for_each(|parameter| ty(&mut parameter.ty));
        read.returns.iter_mut().for_each(|returns| ty(&mut returns.ty));
    }
    document
        .entity_sets
        .iter_mut()
        .for_each(|set| local(&mut set.entity_type));
    let imports = document
        .function_imports
        .iter_mut()
        .chain(&mut document.action_imports);
    imports.for_each(|import| local(&mut import.operation));
}
