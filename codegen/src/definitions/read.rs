//! Reads one body.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::de::{DeserializeSeed, IgnoredAny};

use crate::warning::Warning;

use super::assemble::assemble;
use super::attributes::kind_of_attribute;
use super::foreign::text_of;
use super::locate::{position_at, position_of, reason};
use super::notes::Notes;
use super::object::{Fill, Object, kind_of};
use super::tables::forget_unrequested_odata_flags;
use super::walk::walk;
use super::{Body, DefinitionsError, RawTable};

/// Reads one body of definitions, whatever its shape, table by table.
///
/// Each table is handed to `convert` as soon as it is parsed and dropped right after, on the current rayon
/// pool and in any order; [`Body::tables`] has the results in the body's order. A warning pushed by `convert`
/// lands in [`Body::warnings`]. If the body turns out to be broken, `convert` may have seen some tables.
///
/// # Errors
///
/// If the text isn't complete, valid JSON of a known shape. Single properties of an unexpected type are
/// warnings.
pub fn read<'a, T: Send>(
    json: &'a [u8],
    convert: impl Fn(RawTable<'a>, &mut Vec<Warning>) -> T + Sync,
) -> Result<Body<'a, T>, DefinitionsError> {
    let text = text_of(json)?;
    if !text.trim_start().starts_with(['{', '[']) {
        check(text)?;
        return Err(DefinitionsError::Unrecognised {
            found: kind_of(text).to_owned(),
        });
    }
    // A fault in the form of the text may have all sorts of consequences, so it is looked for first.
    read_text(text, &convert).map_err(|error| check(text).err().unwrap_or(error))
}

fn read_text<'a, T: Send>(
    text: &'a str,
    convert: &(impl Fn(RawTable<'a>, &mut Vec<Warning>) -> T + Sync),
) -> Result<Body<'a, T>, DefinitionsError> {
    let tables = Tables::new(text, convert);
    // While this thread still walks, the others of the pool already parse the tables it has passed.
    let outline = rayon::scope(|scope| {
        let tables = &tables;
        let outline = walk(text, &mut |index, part| {
            scope.spawn(move |_| tables.read(index, part));
        });
        if outline.is_none() {
            tables.stop();
        }
        outline
    });
    let Some(outline) = outline else {
        let at = position_at(text, 0);
        return Err(DefinitionsError::Malformed {
            at,
            reason: "not a JSON document".to_owned(),
        });
    };
    assemble(text, outline, tables)
}

/// Checks the form of the whole text.
fn check(text: &str) -> Result<(), DefinitionsError> {
    serde_json::from_str::<IgnoredAny>(text)
        .map(drop)
        .map_err(|error| broken(text, text, &error))
}

/// The error for a part of the body that isn't well formed.
pub(super) fn broken(text: &str, part: &str, error: &serde_json::Error) -> DefinitionsError {
    let at = position_of(text, part, error);
    let reason = reason(error);
    // serde_json takes a number cut after its sign, point or exponent for an invalid one.
    let cut_number = reason == "invalid number" && text.ends_with(['-', '+', '.', 'e', 'E']);
    // A part is a complete value, so an early end is one of the text only.
    if (error.is_eof() || cut_number) && part.len() == text.len() {
        DefinitionsError::Truncated { at, reason }
    } else {
        DefinitionsError::Malformed { at, reason }
    }
}

/// Reads one object of the body.
pub(super) fn read_object<'a, O: Object<'a>>(
    text: &str,
    part: &'a str,
    notes: &Notes,
) -> Result<O, DefinitionsError> {
    if !part.starts_with('{') {
        let offset = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let at = position_at(text, offset);
        return Err(DefinitionsError::WrongElement {
            at,
            expected: O::EXPECTED,
            found: kind_of(part),
        });
    }
    let mut target = O::default();
    let mut deserializer = serde_json::Deserializer::from_str(part);
    Fill {
        target: &mut target,
        notes,
    }
    .deserialize(&mut deserializer)
    .map_err(|error| broken(text, part, &error))?;
    Ok(target)
}

/// Reads and converts tables, from several threads.
pub(super) struct Tables<'t, 'a, T, F> {
    text: &'a str,
    convert: &'t F,
    done: Mutex<Vec<Done<T>>>,
    failed: Mutex<Option<(usize, DefinitionsError)>>,
    stopped: AtomicBool,
}

struct Done<T> {
    index: usize,
    table: Option<T>,
    warnings: Vec<Warning>,
}

impl<'t, 'a, T, F: Fn(RawTable<'a>, &mut Vec<Warning>) -> T> Tables<'t, 'a, T, F> {
    fn new(text: &'a str, convert: &'t F) -> Self {
        Self {
            text,
            convert,
            done: Mutex::default(),
            failed: Mutex::default(),
            stopped: AtomicBool::new(false),
        }
    }

    /// Reads the table at `index`.
    pub(super) fn read(&self, index: usize, part: &'a str) {
        if self.stopped.load(Ordering::Relaxed) {
            return;
        }
        let notes = Notes::default();
        match read_object(self.text, part, &notes) {
            Ok(table) => self.deliver(index, table, &notes),
            Err(error) => self.fail(index, error),
        }
    }

    /// Converts a table.
    pub(super) fn deliver(&self, index: usize, mut table: RawTable<'a>, notes: &Notes) {
        if let Some(lacks) = table.lacks() {
            let id = table.metadata_id.as_deref().unwrap_or("unknown");
            notes.add(|| format!("table {index} (MetadataId {id}) has no {lacks}; left out"));
            lock(&self.done).push(Done {
                index,
                table: None,
                warnings: notes.take(None),
            });
            return;
        }
        for attribute in &mut table.attributes {
            attribute.kind = kind_of_attribute(attribute, None);
        }
        forget_unrequested_odata_flags(&mut table.attributes);
        self.convert(index, table, notes);
    }

    /// Converts a table that is ready.
    pub(super) fn convert(&self, index: usize, table: RawTable<'a>, notes: &Notes) {
        let mut warnings = notes.take(Some(&table.logical_name));
        let table = Some((self.convert)(table, &mut warnings));
        lock(&self.done).push(Done {
            index,
            table,
            warnings,
        });
    }

    /// The first error in the body's order wins, so that a run is repeatable.
    fn fail(&self, index: usize, error: DefinitionsError) {
        let mut failed = lock(&self.failed);
        if failed.as_ref().is_none_or(|(first, _)| index < *first) {
            *failed = Some((index, error));
        }
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// The tables in the body's order, and the warnings.
    pub(super) fn finish(self) -> Result<(Vec<T>, Vec<Warning>), DefinitionsError> {
        if let Some((_, error)) = self.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let mut done = self.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|done| done.index);
        let mut tables = Vec::with_capacity(done.len());
        let mut warnings = Vec::new();
        for one in done {
            tables.extend(one.table);
            warnings.extend(one.warnings);
        }
        Ok((tables, warnings))
    }
}

/// A panic elsewhere ends the run by itself, so a poisoned lock needs no care.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
