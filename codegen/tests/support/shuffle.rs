//! Puts the parts of documents in another order that means the same.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::hostile::Chance;

/// Lists whose order means something.
const ORDERED_LISTS: [&str; 1] = ["KeyAttributes"];
/// Elements whose children's order means something: parameters, and the parts of a key.
const ORDERED_ELEMENTS: [&str; 4] = ["Function", "Action", "PropertyValue", "Edmx"];

/// The same body with the members of all objects and the items of most lists in another order.
pub fn json(text: &str, chance: &mut Chance) -> String {
    let mut to = String::new();
    write(&serde_json::from_str(text).expect("JSON"), "", chance, &mut to);
    to
}

fn write(value: &Value, name: &str, chance: &mut Chance, to: &mut String) {
    match value {
        Value::Array(items) => {
            let mut items: Vec<&Value> = items.iter().collect();
            if !ORDERED_LISTS.contains(&name) {
                chance.shuffle(&mut items);
            }
            to.push('[');
            for (at, item) in items.into_iter().enumerate() {
                to.push_str(if at == 0 { "" } else { "," });
                write(item, "", chance, to);
            }
            to.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            chance.shuffle(&mut members);
            to.push('{');
            for (at, (name, value)) in members.into_iter().enumerate() {
                to.push_str(if at == 0 { "" } else { "," });
                to.push_str(&format!("{}:", Value::from(name.as_str())));
                write(value, name, chance, to);
            }
            to.push('}');
        }
        other => to.push_str(&other.to_string()),
    }
}

/// An element as it was written, and what is in it.
#[derive(Default)]
struct Element {
    name: String,
    open: String,
    children: Vec<Element>,
}

/// The same document with the children of most elements in another order.
pub fn xml(text: &str, chance: &mut Chance) -> String {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().expect("XML");
        let (Event::Start(start) | Event::Empty(start)) = &event else {
            match event {
                Event::End(_) => {
                    let done = open.pop().expect("an open element");
                    open.last_mut().expect("its parent").children.push(done);
                }
                Event::Eof => break,
                Event::Text(text) => assert!(text.trim().is_empty(), "no text is expected"),
                _ => {}
            }
            continue;
        };
        let element = Element {
            name: start.local_name().as_ref().to_owned(),
            open: start.to_string(),
            children: Vec::new(),
        };
        if matches!(event, Event::Empty(_)) {
            open.last_mut().expect("its parent").children.push(element);
        } else {
            open.push(element);
        }
    }
    let mut to = String::new();
    for mut child in open.pop().expect("the root").children {
        put(&mut child, false, chance, &mut to);
    }
    to
}

fn put(element: &mut Element, in_key: bool, chance: &mut Chance, to: &mut String) {
    let name = element.open.split_whitespace().next().expect("a name");
    // Of an alternate key's collections, the one in a property value has the parts.
    let is_key = in_key && element.name == "Collection";
    if !is_key && !ORDERED_ELEMENTS.contains(&element.name.as_str()) {
        chance.shuffle(&mut element.children);
    }
    to.push_str(&format!("<{}>", element.open.trim_end()));
    for child in &mut element.children {
        put(child, element.name == "PropertyValue", chance, to);
    }
    to.push_str(&format!("</{name}>\n"));
}
