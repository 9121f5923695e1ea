//! Annotations that stand apart from what they annotate: `<Annotations Target="…">`.

use super::annotation::{Annotated, Annotation};
use super::document::{Document, Text};
use super::error::CsdlError;
use super::finish::Notes;
use super::read::Reading;
use super::scope::Scope;
use super::source::Tag;

/// Annotations whose targets are looked up once all are read.
pub(super) type Outlines<'a> = Vec<Outline<'a>>;

/// What is annotated, with the annotations and where they are.
pub(super) struct Outline<'a> {
    target: Text<'a>,
    annotations: Vec<(usize, Annotation<'a>)>,
}

impl<'a> Reading<'a> {
    pub(super) fn outline(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let [target, qualifier] = self.source.attributes(tag, ["Target", "Qualifier"])?;
        let target = self.required(tag, "Target", target)?;
        let mut annotations = Vec::new();
        while let Some(child) = self.source.child(tag)? {
            if child.name != "Annotation" || qualifier.is_some() {
                self.source.skip(&child)?;
            } else if let Some(annotation) = self.annotation(&child)? {
                annotations.push((child.offset, annotation));
            }
        }
        if !annotations.is_empty() {
            self.outlines.push(Outline { target, annotations });
        }
        Ok(())
    }
}

/// Puts annotations where they belong, or notes that there is no such place.
pub(super) fn apply<'a>(
    mut outlines: Outlines<'a>,
    scope: &Scope<'a>,
    document: &mut Document<'a>,
    notes: &mut Notes,
) {
    // Sorted, a type is looked up once for all annotations of its members.
    outlines.sort_by(|a, b| a.target.cmp(&b.target));
    let mut targets = Targets::new(document);
    for Outline { target, annotations } in outlines {
        let local = scope.local(target);
        let (owner, member) = match local.split_once('/') {
            Some((owner, member)) => (owner, Some(member)),
            None => (&*local, None),
        };
        for (offset, annotation) in annotations {
            if !targets.annotate(document, owner, member, annotation) {
                notes.add(
                    offset,
                    format!("the annotation of `{local}` isn't supported there: it was skipped"),
                );
            }
        }
    }
}

/// Where the names of a document are.
struct Targets {
    entity_types: Vec<usize>,
    complex_types: Vec<usize>,
    entity_sets: Vec<usize>,
    /// The type that the indices below are of.
    current: Option<Owner>,
    properties: Vec<usize>,
    navigation: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Entity(usize),
    Complex(usize),
}

impl Targets {
    fn new(document: &Document<'_>) -> Self {
        Self {
            entity_types: sorted(&document.entity_types, |item| &item.name),
            complex_types: sorted(&document.complex_types, |item| &item.name),
            entity_sets: sorted(&document.entity_sets, |item| &item.name),
            current: None,
            properties: Vec::new(),
            navigation: Vec::new(),
        }
    }

    fn annotate<'a>(
        &mut self,
        document: &mut Document<'a>,
        owner: &str,
        member: Option<&str>,
        annotation: Annotation<'a>,
    ) -> bool {
        let entity = find(&self.entity_types, &document.entity_types, owner, |item| {
            &item.name
        })
        .map(Owner::Entity);
        let complex = || {
            find(&self.complex_types, &document.complex_types, owner, |item| {
                &item.name
            })
        };
        match (entity.or_else(|| complex().map(Owner::Complex)), member) {
            (Some(Owner::Entity(at)), None) => document.entity_types[at].annotate(annotation),
            (Some(Owner::Complex(at)), None) => document.complex_types[at].annotate(annotation),
            (Some(owner), Some(member)) => self.annotate_member(document, owner, member, annotation),
            // A container has a name that nothing else needs; what is in it has names of its own.
            (None, Some(member)) => {
                let set = find(&self.entity_sets, &document.entity_sets, member, |item| {
                    &item.name
                });
                set.is_some_and(|at| document.entity_sets[at].annotate(annotation))
            }
            (None, None) => false,
        }
    }

    fn annotate_member<'a>(
        &mut self,
        document: &mut Document<'a>,
        owner: Owner,
        member: &str,
        annotation: Annotation<'a>,
    ) -> bool {
        let (properties, navigation) = match owner {
            Owner::Entity(at) => {
                let ty = &mut document.entity_types[at];
                (&mut ty.properties, &mut ty.navigation)
            }
            Owner::Complex(at) => {
                let ty = &mut document.complex_types[at];
                (&mut ty.properties, &mut ty.navigation)
            }
        };
        if self.current != Some(owner) {
            self.current = Some(owner);
            self.properties = sorted(properties, |item| &item.name);
            self.navigation = sorted(navigation, |item| &item.name);
        }
        if let Some(at) = find(&self.properties, properties, member, |item| &item.name) {
            return properties[at].annotate(annotation);
        }
        find(&self.navigation, navigation, member, |item| &item.name)
            .is_some_and(|at| navigation[at].annotate(annotation))
    }
}

fn sorted<T>(items: &[T], name: impl Fn(&T) -> &str) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|&at| name(&items[at]));
    order
}

fn find<T>(order: &[usize], items: &[T], wanted: &str, name: impl Fn(&T) -> &str) -> Option<usize> {
    let place = order.binary_search_by(|&at| name(&items[at]).cmp(wanted)).ok()?;
    Some(order[place])
}
