//! Definitions as JSON text, member by member.

use super::ids;
use super::node::{Flag, Members, Value};
use dataverse_codegen::schema::Label;
use std::fmt::Display;
use std::io::Write as _;
use uuid::Uuid;

/// Where JSON is written to, and how labels are to be written.
pub(super) struct Json {
    out: Vec<u8>,
    /// The language of the user.
    language: u32,
    /// The languages that are wanted. `None`: all.
    languages: Option<Vec<u32>>,
}

impl Json {
    pub(super) fn new(language: u32) -> Self {
        Self {
            out: Vec::with_capacity(4 << 10),
            language,
            languages: None,
        }
    }

    /// Leaves out of labels what isn't in these languages.
    pub(super) fn only_languages(&mut self, languages: Vec<u32>) {
        self.languages = Some(languages);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    /// Text that stands in this program: punctuation and names.
    pub(super) fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Opens an object or a list.
    pub(super) fn open(&mut self, bracket: char) {
        self.out.push(bracket as u8);
    }

    /// Closes an object or a list; a comma that waits for another part goes.
    pub(super) fn close(&mut self, bracket: char) {
        if self.out.last() == Some(&b',') {
            self.out.pop();
        }
        self.out.push(bracket as u8);
    }

    /// A comma that [`Json::close`] takes back if nothing comes any more.
    pub(super) fn comma(&mut self) {
        self.out.push(b',');
    }

    /// The name of a member. Names stand in this program and need no escapes.
    pub(super) fn name(&mut self, name: &str) {
        self.raw("\"");
        self.raw(name);
        self.raw("\":");
    }

    /// A text, with what it needs escaped.
    pub(super) fn text(&mut self, text: &str) {
        // Writing to memory can't fail, and every text has a form in JSON.
        let _ = serde_json::to_writer(&mut self.out, text);
    }

    fn number(&mut self, number: impl Display) {
        // Writing to memory can't fail.
        let _ = write!(self.out, "{number}");
    }

    /// An id.
    pub(super) fn id(&mut self, id: Uuid) {
        let mut text = Uuid::encode_buffer();
        let text = id.hyphenated().encode_lower(&mut text);
        self.out.push(b'"');
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'"');
    }

    /// A member with its value, and the comma behind it.
    pub(super) fn member(&mut self, name: &str, value: &Value<'_>) {
        self.name(name);
        self.value(value);
        self.comma();
    }

    /// Any value.
    pub(super) fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Null => self.raw("null"),
            Value::Bool(flag) => self.bool(*flag),
            Value::Int(number) => self.number(number),
            Value::Real(number) => self.real(*number),
            Value::Text(text) | Value::Word(text) => self.text(text),
            Value::Time(time) => self.text(time),
            Value::Id(id) => self.id(*id),
            Value::Label(label, owner, role) => self.label(label, *owner, role),
            Value::NoLabel => self.raw(NO_LABEL),
            Value::Managed(flag, changeable, property) => self.managed(*flag, *changeable, property),
            Value::Wrapped(text) => {
                self.raw("{\"Value\":");
                self.text(text);
                self.raw("}");
            }
            Value::Object(members) => self.object(members),
            Value::List(values) => {
                self.open('[');
                for value in values {
                    self.value(value);
                    self.comma();
                }
                self.close(']');
            }
        }
    }

    fn object(&mut self, members: &Members<'_>) {
        self.open('{');
        for (name, value) in members {
            self.member(name, value);
        }
        self.close('}');
    }

    fn bool(&mut self, flag: bool) {
        self.raw(if flag { "true" } else { "false" });
    }

    /// Whole numbers without a point, as the service writes limits.
    fn real(&mut self, number: f64) {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let whole = number.fract() == 0.0 && number.abs() < EXACT;
        if whole && (number != 0.0 || number.is_sign_positive()) {
            self.number(number as i64);
        } else {
            // Writing to memory can't fail; numbers that JSON has no form for become null.
            let _ = serde_json::to_writer(&mut self.out, &number);
        }
    }

    fn managed(&mut self, flag: Flag, changeable: bool, property: &str) {
        self.raw("{\"Value\":");
        match flag {
            Flag::Bool(flag) => self.bool(flag),
            Flag::Word(word) => self.text(word),
        }
        self.raw(",\"CanBeChanged\":");
        self.bool(changeable);
        self.raw(",\"ManagedPropertyLogicalName\":");
        self.text(property);
        self.raw("}");
    }

    fn label(&mut self, label: &Label, owner: Uuid, role: &str) {
        let wanted = |language: u32| {
            self.languages
                .as_ref()
                .is_none_or(|languages| languages.contains(&language))
        };
        let texts: Vec<(u32, &str)> = label.iter().filter(|(language, _)| wanted(*language)).collect();
        let Some(first) = texts.first() else {
            return self.raw(NO_LABEL);
        };
        let own = texts.iter().find(|(language, _)| *language == self.language);
        let user = own.unwrap_or(first);
        self.raw("{\"LocalizedLabels\":[");
        for text in &texts {
            self.localized(*text, owner, role);
            self.comma();
        }
        self.close(']');
        self.raw(",\"UserLocalizedLabel\":");
        self.localized(*user, owner, role);
        self.raw("}");
    }

    fn localized(&mut self, (language, text): (u32, &str), owner: Uuid, role: &str) {
        self.raw("{\"Label\":");
        self.text(text);
        self.raw(",\"LanguageCode\":");
        self.number(language);
        self.raw(",\"IsManaged\":false,\"MetadataId\":");
        self.id(ids::within(owner, role, &[&language.to_string()]));
        self.raw(",\"HasChanged\":null}");
    }
}

/// A text in no language.
const NO_LABEL: &str = "{\"LocalizedLabels\":[],\"UserLocalizedLabel\":null}";
