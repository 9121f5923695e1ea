//! Bodies that can't be read: each must say what is wrong and where, and none may panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use dataverse_codegen::definitions::{DefinitionsError, Position, read};
use proptest::prelude::*;

const SMALL: &str = r#"{"@odata.context":"https://rsk.example/$metadata#EntityDefinitions","value":[
{"LogicalName":"rsk_vessel","EntitySetName":"rsk_vessels","Attributes":[{"LogicalName":"rsk_né\u00e9","MinValue":-1.5e-3,
 "DisplayName":{"LocalizedLabels":[{"Label":"Länge \"m\" \ud83d\ude00","LanguageCode":1031}],"UserLocalizedLabel":null},
 "OptionSet":{"Options":[{"Value":1}]},"Targets":["a",null,true]}]},
{"LogicalName":"rsk_port","IsActivity":false}]}"#;

fn fault(json: &[u8]) -> DefinitionsError {
    read(json, |_, _| ())
        .map(|body| body.shape)
        .expect_err(&String::from_utf8_lossy(json))
}

fn place(line: usize, column: usize, path: &str) -> Position {
    Position {
        line,
        column,
        path: path.to_owned(),
    }
}

#[test]
fn a_cut_at_every_byte_is_an_error() {
    assert_eq!(read(SMALL.as_bytes(), |_, _| ()).unwrap().tables.len(), 2);
    for cut in 0..SMALL.len() {
        match fault(&SMALL.as_bytes()[..cut]) {
            DefinitionsError::Empty => assert_eq!(cut, 0),
            DefinitionsError::Truncated { at, .. } => assert!(at.line >= 1 && at.column >= 1, "{cut}"),
            other => panic!("{cut}: {other}"),
        }
    }
    let padded = format!("{SMALL}\r\n ");
    assert!(read(padded.as_bytes(), |_, _| ()).is_ok());
}

#[test]
fn a_cut_says_where() {
    let cut = SMALL.find("\"Value\":1").unwrap();
    let error = fault(&SMALL.as_bytes()[..cut]);
    let DefinitionsError::Truncated { at, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(at.path, "value[0].Attributes[0].OptionSet.Options[0]");
    assert_eq!(at.line, 4);
    assert!(error.to_string().contains("fetch it again"), "{error}");
}

#[test]
fn malformed_json_says_where() {
    let json = "{\"value\":[\n{\"LogicalName\":\"a\",\"EntitySetName\":\"b\"},\n{\"LogicalName\" \"b\"}]}";
    let DefinitionsError::Malformed { at, reason } = fault(json.as_bytes()) else {
        panic!()
    };
    assert_eq!(
        (at, reason.as_str()),
        (place(3, 16, "value[1].LogicalName"), "expected `:`")
    );
    for json in [
        "{,}",
        "[1 2]",
        "{\"value\":[{]}",
        "{\"a\":01}",
        "{\"a\":1}}",
        "nope",
        "{\"a\":\"\t\"}",
        "}",
        "{\"value\":[{\"a\":1]]}",
    ] {
        let error = fault(json.as_bytes());
        assert!(
            matches!(error, DefinitionsError::Malformed { .. }),
            "{json}: {error}"
        );
    }
}

#[test]
fn what_only_a_full_parse_sees_says_where_too() {
    let json = "{\"value\":[{\"EntitySetName\":\"a\",\"LogicalName\":\"a\"},\n{\"LogicalName\":\"b\",\"Attributes\":[{\"LogicalName\":\"\\ud800\"}]}]}";
    let DefinitionsError::Malformed { at, .. } = fault(json.as_bytes()) else {
        panic!()
    };
    assert_eq!(
        (at.line, at.path.as_str()),
        (2, "value[1].Attributes[0].LogicalName")
    );
}

#[test]
fn other_kinds_of_file() {
    assert_eq!(fault(b""), DefinitionsError::Empty);
    assert_eq!(fault(b"\xEF\xBB\xBF \n"), DefinitionsError::Empty);
    let page = fault(b"<!DOCTYPE html>\r\n<html><head><title>Sign in to your account</title></head></html>");
    assert_eq!(
        page,
        DefinitionsError::Html {
            title: Some("Sign in to your account".to_owned())
        }
    );
    let csdl = fault(b"<?xml version=\"1.0\"?><edmx:Edmx Version=\"4.0\"><edmx:DataServices/></edmx:Edmx>");
    assert_eq!(
        csdl,
        DefinitionsError::Xml {
            root: "edmx:Edmx".to_owned()
        }
    );
    assert!(csdl.to_string().contains("$metadata"));
    let utf16: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(
        fault(&utf16),
        DefinitionsError::NotUtf8 { utf16: true, .. }
    ));
    let DefinitionsError::NotUtf8 { at, utf16: false } = fault(b"{\"value\":[{\"a\":\"\xFC\"}]}") else {
        panic!()
    };
    assert_eq!(at, place(1, 17, "value[0].a"));
}

#[test]
fn an_answer_that_is_an_error_is_quoted() {
    let json =
        br#"{"error":{"code":"0x80040217","message":"Entity 'rsk_vesel' doesn't exist","innererror":{}}}"#;
    let error = fault(json);
    let text = error.to_string();
    assert!(
        text.contains("0x80040217") && text.contains("Entity 'rsk_vesel' doesn't exist"),
        "{text}"
    );
    assert!(fault(br#"{"error":"denied"}"#).to_string().contains("unknown"));
}

#[test]
fn wrong_documents_say_what_was_found() {
    let found = |json: &str| match fault(json.as_bytes()) {
        DefinitionsError::Unrecognised { found } => found,
        other => panic!("{json}: {other}"),
    };
    assert_eq!(
        found(r#"{"name":"x","version":"1"}"#),
        "an object with the properties `name`, `version`"
    );
    assert_eq!(found("{}"), "an object with no properties");
    assert_eq!(
        found(r#"{"value":[{"name":1}]}"#),
        "a list of objects with the properties `name`"
    );
    assert_eq!(found(r#"{"value":[1]}"#), "a list of which the first is a number");
    assert_eq!(found(r#"{"value":7}"#), "an object with the properties `value`");
    assert_eq!(found("\"text\""), "a text");
    assert_eq!(found("null"), "null");
}

#[test]
fn an_element_of_another_kind_says_where() {
    let json = "{\"value\":[{\"LogicalName\":\"a\",\"EntitySetName\":\"a\"},\n 5]}";
    let DefinitionsError::WrongElement { at, found, .. } = fault(json.as_bytes()) else {
        panic!()
    };
    assert_eq!((at, found), (place(2, 2, "value[1]"), "a number"));
}

#[test]
fn deep_nesting_is_harmless() {
    let deep = 200_000;
    let (open, close) = ("[".repeat(deep), "]".repeat(deep));
    let unknown = format!(r#"{{"LogicalName":"a","EntitySetName":"a","New":{open}{close}}}"#);
    assert!(read(unknown.as_bytes(), |_, _| ()).is_ok());
    let known = format!(r#"{{"LogicalName":"a","EntitySetName":{open}{close}}}"#);
    assert_eq!(read(known.as_bytes(), |_, _| ()).unwrap().warnings.len(), 1);
    assert!(matches!(
        fault(open.as_bytes()),
        DefinitionsError::Truncated { .. }
    ));
}

proptest! {
    /// Whatever single byte is changed, reading ends in a result.
    #[test]
    fn changed_bytes_never_panic(index in 0..SMALL.len(), byte: u8) {
        let mut json = SMALL.as_bytes().to_vec();
        json[index] = byte;
        let read = read(&json, |_, _| ());
        let valid = serde_json::from_slice::<serde_json::Value>(&json).is_ok();
        // What isn't JSON is never read; what is JSON may still be the wrong document.
        prop_assert!(valid || read.is_err());
    }
}
