//! Values as filters, keys and bodies write them, and which values fit which columns.

use crate::text::{push_json_string, push_quoted};
use crate::value::{Bytes, Choice, ChoiceSet, Choices, Id, Json, Money, Reference, wall_clock_text};
use crate::{Accepts, Decimal, Table, Timestamp, Uuid, civil, kind};

/// A value in the forms that a request needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    text: String,
    form: Form,
    /// Of a status the state that it belongs to.
    state: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Quoted everywhere.
    Text,
    /// Bare everywhere: numbers, `true`.
    Bare,
    /// Quoted in JSON, bare in URLs: GUIDs and dates.
    Stamp,
}

impl Literal {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            form: Form::Text,
            state: None,
        }
    }

    /// A number, `true`, `false`, or any other JSON.
    pub fn bare(text: impl ToString) -> Self {
        Self {
            text: text.to_string(),
            form: Form::Bare,
            state: None,
        }
    }

    /// A GUID or a date.
    pub fn stamp(text: impl ToString) -> Self {
        Self {
            text: text.to_string(),
            form: Form::Stamp,
            state: None,
        }
    }

    /// An option of a choice, which for a status belongs to a state.
    fn option<E: ChoiceSet>(choice: Choice<E>) -> Self {
        Self {
            state: choice.state(),
            ..Self::bare(choice.value())
        }
    }

    /// Of a status the state that it belongs to.
    pub(crate) fn state(&self) -> Option<i32> {
        self.state
    }

    /// The length in UTF-16 units, as the service counts, of a text that has more than `longest`.
    pub(crate) fn text_longer_than(&self, longest: u32) -> Option<usize> {
        let longest = usize::try_from(longest).unwrap_or(usize::MAX);
        // A unit is a byte at least: what has few bytes needs no counting.
        if self.form != Form::Text || self.text.len() <= longest {
            return None;
        }
        let length = self.text.encode_utf16().count();
        (length > longest).then_some(length)
    }

    /// Whether the service's list functions take it: numbers, text and GUIDs, but no dates.
    pub(crate) fn is_listed(&self) -> bool {
        self.form != Form::Stamp || Uuid::try_parse(&self.text).is_ok()
    }

    /// Its text, without quotes.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Its text as FetchXML writes it: yes and no are numbers there.
    pub(crate) fn into_fetch_text(self) -> String {
        match (self.form, self.text.as_str()) {
            (Form::Bare, "true") => "1".to_owned(),
            (Form::Bare, "false") => "0".to_owned(),
            _ => self.text,
        }
    }

    /// Appends it as JSON.
    pub(crate) fn push_json(&self, out: &mut String) {
        match self.form {
            Form::Text | Form::Stamp => push_json_string(out, &self.text),
            Form::Bare => out.push_str(&self.text),
        }
    }

    /// Appends it as an OData literal. The text isn't percent-encoded yet.
    pub(crate) fn push_odata(&self, out: &mut String) {
        match self.form {
            Form::Text => push_quoted(out, &self.text),
            Form::Bare | Form::Stamp => out.push_str(&self.text),
        }
    }
}

/// Rust values that have a literal.
pub(crate) trait ToLiteral {
    fn to_literal(&self) -> Literal;
}

macro_rules! literals {
    ($([$($of:tt)*] $type:ty: |$value:ident| $literal:expr;)+) => {$(
        impl<$($of)*> ToLiteral for $type {
            fn to_literal(&self) -> Literal {
                let $value = self;
                $literal
            }
        }
    )+};
}

literals! {
    [] str: |text| Literal::text(text);
    [] String: |text| Literal::text(text.as_str());
    [] i32: |number| Literal::bare(number);
    [] i64: |number| Literal::bare(number);
    // JSON has no way to write these, and the service no use for them.
    [] f64: |number| Literal::bare(if number.is_finite() { format!("{number:?}") } else { "null".to_owned() });
    [] bool: |flag| Literal::bare(flag);
    [] Decimal: |number| Literal::bare(number);
    [] Money: |money| Literal::bare(money);
    [] Uuid: |uuid| Literal::stamp(uuid);
    [T] Id<T>: |id| Literal::stamp(id);
    [S] Reference<S>: |reference| Literal::stamp(reference.uuid());
    [] Timestamp: |instant| Literal::stamp(instant);
    [] civil::Date: |date| Literal::stamp(date);
    [] civil::DateTime: |time| Literal::stamp(wall_clock_text(*time));
    [E] Choice<E>: |choice| Literal::bare(choice.value());
    [E] Choices<E>: |choices| Literal::text(choices.to_string());
    [] Bytes: |bytes| Literal::text(bytes.to_base64());
    [] Json: |json| Literal::bare(json);
}

/// Values that a `K` column can be compared with or set to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of a `{K}` column",
    label = "this value does not fit the column",
    note = "text columns take `&str` or `String`, whole numbers `i32` or `i64`, decimals `Decimal` (`decimal!(1.5)`), \
            money `Money` (`money!(1.5)`), yes/no `bool`, choices an option of the column's own enum or `Choice::new(7)`, \
            several options an array of them, lookups `Id<T>`, dates `Timestamp`, `civil::Date` or `civil::DateTime`, as \
            the column's documentation says",
    note = "of a value that may be missing, `set_or_clear(..)` takes the `Option`; whether a column is empty is asked with \
            `is_null()`"
)]
pub trait Fits<K> {
    /// The value as a literal.
    fn literal(&self) -> Literal;
}

macro_rules! fits {
    ($($type:ty => $($kind:ident),+;)+) => {$($(
        #[diagnostic::do_not_recommend]
        impl Fits<kind::$kind> for $type {
            fn literal(&self) -> Literal {
                self.to_literal()
            }
        }
    )+)+};
}

fits! {
    &str => Text, Memo, TableName;
    String => Text, Memo, TableName;
    &String => Text, Memo, TableName;
    i32 => WholeNumber, BigInteger, DecimalNumber, MoneyAmount;
    i64 => BigInteger;
    Decimal => DecimalNumber, MoneyAmount;
    Money => MoneyAmount;
    f64 => FloatNumber;
    bool => YesNo;
    Timestamp => UserLocal;
    civil::Date => DateOnly;
    civil::DateTime => TimeZoneIndependent;
    Uuid => UniqueId;
    Bytes => ImageData;
    Json => UnknownValue;
}

#[diagnostic::do_not_recommend]
impl<T> Fits<kind::PrimaryId<T>> for Id<T> {
    fn literal(&self) -> Literal {
        self.to_literal()
    }
}

#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> Fits<kind::ChoiceOf<E>> for Choice<E> {
    fn literal(&self) -> Literal {
        Literal::option(*self)
    }
}

#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> Fits<kind::ChoicesOf<E>> for Choices<E> {
    fn literal(&self) -> Literal {
        self.to_literal()
    }
}

macro_rules! several_options {
    ($([$($of:tt)*] $type:ty;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($of)*> Fits<kind::ChoicesOf<E>> for $type {
            fn literal(&self) -> Literal {
                let options: Choices<E> = self.iter().map(Choice::of).collect();
                options.to_literal()
            }
        }
    )+};
}

several_options! {
    [E: ChoiceSet, const N: usize] [E; N];
    [E: ChoiceSet] Vec<E>;
}

#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> Fits<kind::ChoiceOf<E>> for E {
    fn literal(&self) -> Literal {
        Literal::option(Choice::of(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Table, S: Accepts<T>> Fits<kind::Lookup<S>> for Id<T> {
    fn literal(&self) -> Literal {
        self.to_literal()
    }
}

#[diagnostic::do_not_recommend]
impl<S> Fits<kind::Lookup<S>> for Reference<S> {
    fn literal(&self) -> Literal {
        self.to_literal()
    }
}
