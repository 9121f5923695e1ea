//! Walks the outermost level of a body and hands its tables out while it goes.

use serde::de::{DeserializeSeed, IgnoredAny};

use super::context::{Context, Target};
use super::detect::Glance;
use super::lenient::{Key, ScalarSeed};
use super::model::Text;
use super::notes::Notes;
use super::split::Cursor;

/// What the outermost level of a body shows.
#[derive(Default)]
pub(super) struct Outline<'a> {
    /// The body without blanks around it.
    pub(super) whole: &'a str,
    /// `@odata.context`.
    pub(super) context: Option<Text<'a>>,
    /// The outermost properties.
    pub(super) glance: Glance<'a>,
    /// `value`, or the whole body if that is a list.
    pub(super) list: Option<List<'a>>,
    /// `EntityMetadata`.
    pub(super) message: Option<Message>,
    /// `error`.
    pub(super) error: Option<&'a str>,
    /// `DeletedMetadata`.
    pub(super) deleted: Option<&'a str>,
    /// `ServerVersionStamp`.
    pub(super) server_version_stamp: Option<Text<'a>>,
}

/// The elements of a list.
#[derive(Default)]
pub(super) struct List<'a> {
    /// What they are, as far as a context before them or the first one tells.
    pub(super) target: Option<Target>,
    /// The elements, unless they are handed out as tables or of no interest.
    pub(super) parts: Vec<&'a str>,
    /// The first element.
    pub(super) first: Option<(&'a str, Glance<'a>)>,
}

/// What `EntityMetadata` of a message's answer is; its tables are handed out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Message {
    Many,
    One,
    Nothing,
}

/// Walks `json`, giving each table's text and index to `on_table`; `None` if it isn't well formed.
///
/// Of a well-formed outermost level everything is checked but what is handed out, in [`List::parts`] or kept
/// as text in the [`Outline`]: who parses that, checks it.
pub(super) fn walk<'a>(json: &'a str, on_table: &mut impl FnMut(usize, &'a str)) -> Option<Outline<'a>> {
    let mut outline = Outline {
        whole: json.trim(),
        ..Outline::default()
    };
    let mut cursor = Cursor::new(json);
    if cursor.peek() == Some(b'[') {
        outline.list = Some(read_list(&mut cursor, None, on_table)?);
    } else {
        read_object(&mut cursor, &mut outline, on_table)?;
    }
    cursor.peek().is_none().then_some(outline)
}

fn read_object<'a>(
    cursor: &mut Cursor<'a>,
    outline: &mut Outline<'a>,
    on_table: &mut impl FnMut(usize, &'a str),
) -> Option<()> {
    if !cursor.eat(b'{') {
        return None;
    }
    if cursor.eat(b'}') {
        return Some(());
    }
    loop {
        let name = name_of(cursor.value()?)?;
        if !cursor.eat(b':') {
            return None;
        }
        match name.as_ref() {
            "value" if cursor.peek() == Some(b'[') => {
                let known = outline
                    .context
                    .as_deref()
                    .and_then(|context| Context::parse(context).target);
                outline.list = Some(read_list(cursor, known, on_table)?);
            }
            "EntityMetadata" => outline.message = Some(read_message(cursor, on_table)?),
            _ => read_property(&name, cursor.value()?, outline)?,
        }
        outline.glance.see(name);
        if cursor.eat(b'}') {
            return Some(());
        }
        if !cursor.eat(b',') {
            return None;
        }
    }
}

fn read_property<'a>(name: &str, value: &'a str, outline: &mut Outline<'a>) -> Option<()> {
    match name {
        "@odata.context" => outline.context = text_of(value)?,
        "@odata.type" => outline.glance.odata_type = text_of(value)?,
        "ServerVersionStamp" => outline.server_version_stamp = text_of(value)?,
        _ => check(value)?,
    }
    match name {
        "DeletedMetadata" => outline.deleted = Some(value),
        "error" => outline.error = Some(value),
        _ => {}
    }
    Some(())
}

/// Reads a list of whatever the body is about.
fn read_list<'a>(
    cursor: &mut Cursor<'a>,
    known: Option<Target>,
    on_table: &mut impl FnMut(usize, &'a str),
) -> Option<List<'a>> {
    let known = known.filter(|target| *target != Target::Message);
    let mut list = List {
        target: known,
        ..List::default()
    };
    each(cursor, |index, part| {
        if index == 0 {
            // What is wrong with the first element shows when it is read in full.
            let glance = Glance::at(part).unwrap_or_default();
            list.target = known.or_else(|| glance.target());
            list.first = Some((part, glance));
        }
        match list.target {
            Some(Target::Tables) => on_table(index, part),
            Some(Target::Other) => check(part)?,
            _ => list.parts.push(part),
        }
        Some(())
    })?;
    Some(list)
}

fn read_message<'a>(cursor: &mut Cursor<'a>, on_table: &mut impl FnMut(usize, &'a str)) -> Option<Message> {
    match cursor.peek()? {
        b'[' => {
            each(cursor, |index, part| {
                on_table(index, part);
                Some(())
            })?;
            Some(Message::Many)
        }
        b'{' => {
            on_table(0, cursor.value()?);
            Some(Message::One)
        }
        _ => check(cursor.value()?).map(|()| Message::Nothing),
    }
}

/// Calls `on_part` with each element of a list.
fn each<'a>(cursor: &mut Cursor<'a>, mut on_part: impl FnMut(usize, &'a str) -> Option<()>) -> Option<()> {
    if !cursor.eat(b'[') {
        return None;
    }
    if cursor.eat(b']') {
        return Some(());
    }
    let mut index = 0;
    loop {
        on_part(index, cursor.value()?)?;
        if cursor.eat(b']') {
            return Some(());
        }
        if !cursor.eat(b',') {
            return None;
        }
        index += 1;
    }
}

/// Checks what nobody parses later.
fn check(value: &str) -> Option<()> {
    serde_json::from_str::<IgnoredAny>(value).ok().map(drop)
}

fn name_of(json: &str) -> Option<Text<'_>> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let name = Key.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok().map(|()| name)
}

/// A text; anything else is as good as missing here.
fn text_of(json: &str) -> Option<Option<Text<'_>>> {
    let notes = Notes::default();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let text = ScalarSeed::<Text<'_>, false>::new(&notes, "")
        .deserialize(&mut deserializer)
        .ok()?;
    deserializer.end().ok().map(|()| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables_of(json: &str) -> Option<Vec<(usize, &str)>> {
        let mut tables = Vec::new();
        walk(json, &mut |index, part| tables.push((index, part))).map(|_| tables)
    }

    #[test]
    fn tables_are_handed_out() {
        let context = r#""@odata.context":"x#EntityDefinitions""#;
        let json = format!(r#" {{ {context} , "value" : [ {{"a":1}} , {{"b":"]"}} ] }} "#);
        assert_eq!(
            tables_of(&json),
            Some(vec![(0, r#"{"a":1}"#), (1, r#"{"b":"]"}"#)])
        );
        assert_eq!(
            tables_of(r#"{"EntityMetadata":{"LogicalName":"x"}}"#)
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            tables_of(r#"[{"EntitySetName":"x","LogicalName":"x"}]"#)
                .unwrap()
                .len(),
            1
        );
        assert_eq!(tables_of(r#"{"value":[]}"#), Some(Vec::new()));
    }

    #[test]
    fn malformed_outlines() {
        for json in [
            "",
            "1",
            "{",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\":1}x",
            "{\"a\":tru}",
            "{\"a\":1 \"b\":2}",
            "{\"value\":[}",
            "{\"value\":[1,]}",
            "{\"value\":[1 2]}",
            "{\"EntityMetadata\":[,]}",
            "[1]]",
            "{\"a\":[1}]",
        ] {
            assert!(walk(json, &mut |_, _| {}).is_none(), "{json}");
        }
    }
}
