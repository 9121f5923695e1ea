//! Checks while compiling: text against the length of its column, and structs against what their table requires.

use crate::column::same_text;
use crate::{Body, Column, Table};

/// Fails, while compiling, if the text doesn't fit the column.
#[track_caller]
pub const fn refuse_longer<T: Table, K, A, N>(column: Column<T, K, A, N>, text: &str) {
    let length = utf16_length(text);
    if let Some(longest) = column.longest()
        && length > longest as usize
    {
        Message::new()
            .text("`")
            .text(column.property())
            .text("` (table `")
            .text(T::META.logical_name)
            .text("`) takes at most ")
            .number(longest as usize)
            .text(" characters, and this text has ")
            .number(length)
            .fail();
    }
}

/// How many UTF-16 units a text has, which is how the service counts.
const fn utf16_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut length) = (0, 0);
    while at < bytes.len() {
        // Each character has one first byte, and one of four bytes is two units.
        length += match bytes[at] {
            0x80..=0xbf => 0,
            0xf0..=0xff => 2,
            _ => 1,
        };
        at += 1;
    }
    length
}

/// Fails, while compiling, if a struct doesn't write a column that a create of `T` has to set. `written` is the property
/// of each column that it writes, and whether it does so in every case.
#[track_caller]
pub const fn refuse_incomplete<T: Table>(name: &str, written: &[(&str, bool)]) {
    let mut at = 0;
    while at < T::MANDATORY.len() {
        let wanted = T::MANDATORY[at];
        let mut how = None;
        let mut field = 0;
        while field < written.len() {
            if same_text(written[field].0, wanted) {
                how = Some(written[field].1);
            }
            field += 1;
        }
        if !matches!(how, Some(true)) {
            let (verb, help) = match how {
                Some(_) => (
                    "` may leave out `",
                    "`: let its field be no `Option`, `Patch` or type parameter, or say `#[create(incomplete)]`",
                ),
                None => (
                    "` lacks `",
                    "`: add a field for it or `#[create(set(..))]`, or say `#[create(incomplete)]`",
                ),
            };
            Message::new()
                .text("`")
                .text(name)
                .text(verb)
                .text(column_name(wanted))
                .text("`, which a create needs in table `")
                .text(T::META.logical_name)
                .text(help)
                .fail();
        }
        at += 1;
    }
}

/// The logical name of the column that is read as this property: a lookup's stands between `_` and `_value`.
const fn column_name(property: &str) -> &str {
    let bytes = property.as_bytes();
    if let [b'_', name @ .., b'_', b'v', b'a', b'l', b'u', b'e'] = bytes {
        return crate::support::text(name);
    }
    property
}

/// A text that is put together while compiling.
struct Message {
    bytes: [u8; 400],
    length: usize,
}

impl Message {
    const fn new() -> Self {
        Self {
            bytes: [0; 400],
            length: 0,
        }
    }

    /// What doesn't fit is cut off.
    const fn text(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.length < self.bytes.len() {
            self.bytes[self.length] = bytes[at];
            self.length += 1;
            at += 1;
        }
        self
    }

    const fn number(self, number: usize) -> Self {
        let digit = [b'0' + (number % 10) as u8];
        let before = if number >= 10 {
            self.number(number / 10)
        } else {
            self
        };
        before.text(crate::support::text(&digit))
    }

    #[expect(
        clippy::panic,
        reason = "it runs while compiling, where a panic is the error message"
    )]
    #[track_caller]
    const fn fail(&self) {
        let (text, _) = self.bytes.split_at(self.length);
        panic!("{}", crate::support::text(text));
    }
}

/// A body without properties.
pub fn empty_body<T, M>() -> Body<T, M> {
    Body::new()
}

/// Adds an assignment to a body.
pub fn assign<T, M, A: super::Assignments<T, M>>(body: &mut Body<T, M>, assignments: A) {
    assignments.push_to(body);
}

/// Text that fits its column, checked while compiling: `a.name.set(text!(Account.name, "Contoso"))`.
///
/// Other text is checked before the request is sent.
///
/// ```
/// # use dataverse_runtime::{*, prelude::*};
/// # struct Account;
/// # struct Columns { name: Column<Account, kind::Text> }
/// # impl Table for Account {
/// #     type Columns = Columns;
/// #     type ChangeTracking = capability::Unknown;
/// #     type Storage = storage::Standard;
/// #     type Mandatory = ();
/// #     const META: TableMeta = TableMeta { logical_name: "account", entity_set: "accounts", primary_id: "accountid",
/// #         primary_name: None, is_activity: false, optimistic_concurrency: None };
/// #     const COLUMNS: Columns = Columns { name: text("name", 7) };
/// # }
/// let body = create_body(Account, |a| a.name.set(text!(Account.name, "Contoso")));
/// ```
#[macro_export]
macro_rules! text {
    ($($table:ident)::+ . $column:ident, $text:expr) => {{
        const TEXT: &str = $text;
        const _: () = $crate::support::refuse_longer(<$($table)::+ as $crate::Table>::COLUMNS.$column, TEXT);
        TEXT
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_counted_as_the_service_does() {
        for text in ["", "abc", "é", "船", "🙂", "a🙂b船é\u{10ffff}"] {
            assert_eq!(utf16_length(text), text.encode_utf16().count(), "{text}");
        }
    }

    #[test]
    fn lookups_are_called_by_their_column() {
        assert_eq!(column_name("_primarycontactid_value"), "primarycontactid");
        assert_eq!(column_name("name"), "name");
        assert_eq!(column_name("_value"), "_value");
    }
}
