//! What the CSDL reader says of documents that aren't usable. It must never panic, and never take long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::time::{Duration, Instant};

use dataverse_codegen::csdl::{self, CsdlError, CsdlErrorKind};
use proptest::prelude::*;

const HARBOUR: &[u8] = include_bytes!("csdl/harbour.xml");

fn refused(xml: impl AsRef<[u8]>) -> CsdlError {
    csdl::read(xml.as_ref()).expect_err("refused")
}

fn place(error: &CsdlError) -> (usize, usize) {
    (error.position.line, error.position.column)
}

/// A schema's content with an envelope on the first line around it.
fn schema(content: &str) -> String {
    format!(
        "<Edmx Version=\"4.0\"><DataServices><Schema Namespace=\"Rsk\">\n{content}</Schema></DataServices></Edmx>"
    )
}

fn malformed(content: &str) -> (usize, usize, String) {
    let error = refused(schema(content));
    let (line, column) = place(&error);
    let CsdlErrorKind::Malformed(what) = error.kind else {
        panic!("another kind: {error}")
    };
    (line, column, what)
}

#[test]
fn a_document_cut_anywhere_is_refused() {
    let end = HARBOUR.trim_ascii_end().len();
    assert!(csdl::read(&HARBOUR[..end]).is_ok());
    for length in 0..end {
        let error = csdl::read(&HARBOUR[..length]).expect_err("refused");
        let expected = match &error.kind {
            CsdlErrorKind::Empty => length == 0,
            CsdlErrorKind::Truncated(_) => true,
            _ => false,
        };
        assert!(expected, "{length}: {error}");
    }
}

#[test]
fn a_cut_names_the_open_element() {
    let error =
        refused(br#"<Edmx Version="4.0"><DataServices><Schema Namespace="Rsk"></Schema></DataServices>"#);
    assert_eq!(
        error.kind,
        CsdlErrorKind::Truncated("the element `Edmx`".to_owned())
    );
    let error = refused(&schema("<EntityType Name=\"a\">\n<Property Name=\"b")[..95]);
    assert_eq!(place(&error), (3, 1));
    assert!(
        error
            .to_string()
            .starts_with("line 3, column 1: the document ends inside"),
        "{error}"
    );
    assert!(error.to_string().ends_with("fetch it again"), "{error}");
}

#[test]
fn other_documents_are_recognized() {
    let root = |xml: &str| match refused(xml).kind {
        CsdlErrorKind::NotEdmx { root, .. } => root,
        kind => panic!("another kind: {kind}"),
    };
    assert_eq!(
        root("<?xml version='1.0'?><service xmlns='http://www.w3.org/2007/app'/>"),
        "service"
    );
    assert_eq!(root("<m:error xmlns:m='x'><m:code/></m:error>"), "error");
    assert_eq!(root("<Schema Namespace='Rsk'/>"), "Schema");
    let service = refused("<service/>").to_string();
    assert_eq!(
        service,
        "line 1, column 1: expected an `Edmx` document, found `service`: it's a service document, \
        so the URL lacks `/$metadata`"
    );
}

#[test]
fn a_sign_in_page_is_recognized_wherever_it_shows() {
    for page in [
        "<!DOCTYPE html>\n<html><head>",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\" \"x\">\n<html/>",
        "<!-- copyright -->\n<HTML><body>",
    ] {
        assert_eq!(refused(page).kind, CsdlErrorKind::SignInPage, "{page}");
    }
}

#[test]
fn older_versions_are_refused() {
    for (version, found) in [
        ("Version=\"1.0\"", "1.0"),
        ("Version=\"3.0\"", "3.0"),
        ("", "unknown"),
    ] {
        let error = refused(format!("\n<Edmx {version}><DataServices/></Edmx>"));
        assert_eq!(
            (error.kind.clone(), place(&error)),
            (CsdlErrorKind::Version(found.to_owned()), (2, 1))
        );
    }
}

#[test]
fn an_empty_envelope_is_refused() {
    assert_eq!(refused("<Edmx Version=\"4.0\"/>").kind, CsdlErrorKind::NoSchema);
    assert_eq!(
        refused("<Edmx Version=\"4.0\"><DataServices/></Edmx>").kind,
        CsdlErrorKind::NoSchema
    );
}

#[test]
fn document_types_are_refused() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE e [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&a;&a;\">]>\n<Edmx Version=\"4.0\"/>";
    let error = refused(bomb);
    assert_eq!(
        (error.kind.clone(), place(&error)),
        (CsdlErrorKind::Doctype, (2, 1))
    );
}

#[test]
fn only_predefined_references_are_resolved() {
    assert!(malformed("<EntityType Name=\"&auml;\"/>").2.contains("auml"));
    assert!(
        malformed("<EntityType Name=\"&#0;\"/>")
            .2
            .starts_with("an attribute value")
    );
    assert_eq!(
        malformed("\n &auml;"),
        (3, 2, "`&auml;` stands for no character".to_owned())
    );
    assert_eq!(malformed("a &#xFFFFFF;").1, 3);
    assert!(malformed("fish & chips < EntityType").0 == 2);
}

#[test]
fn malformed_xml_is_placed() {
    let (line, column, what) = malformed("<EntityType Name=\"a\"></ComplexType>");
    assert_eq!((line, column), (2, 22));
    assert!(what.contains("expected `</EntityType>`"), "{what}");
    assert_eq!(
        malformed("<EntityType Name='a' Name='b'/>").2,
        "the attribute `Name` appears twice"
    );
    assert_eq!(malformed("<EntityType Name=a/>").1, 18);
    assert_eq!(
        malformed("<Unknown><Deeper a/></Unknown>").2,
        "expected `=` after the attribute's name"
    );
    let lost = malformed("<EntityType Name=\"a/>\n<EntityType Name=b\"/>");
    assert_eq!((lost.0, lost.1), (2, 1));
    assert!(lost.2.contains("is a quote missing?"));
    let lost = refused(schema("<EntityType Name=\"a/>\n<EntityType Name=\"b\"/>"));
    assert_eq!(place(&lost), (2, 1));
    assert!(lost.to_string().contains("unless a quote or `>` is missing"));
    assert!(refused("<a/><b/>").to_string().contains("found `a`"));
    let after = format!("{}\n<b/>", schema("<EntityType Name='a'/>"));
    assert_eq!(place(&refused(after)), (3, 1));
}

#[test]
fn names_and_types_are_required() {
    for (content, element, attribute) in [
        ("<EntityType/>", "EntityType", "Name"),
        ("<EntityType Name=''/>", "EntityType", "Name"),
        (
            "<EntityType Name='a'><Property Name='b'/></EntityType>",
            "Property",
            "Type",
        ),
        (
            "<EntityType Name='a'><Property Type='b'/></EntityType>",
            "Property",
            "Name",
        ),
        (
            "<EntityType Name='a'><NavigationProperty Name='b'/></EntityType>",
            "NavigationProperty",
            "Type",
        ),
        (
            "<EntityType Name='a'><Key><PropertyRef/></Key></EntityType>",
            "PropertyRef",
            "Name",
        ),
        ("<EnumType Name='a'><Member/></EnumType>", "Member", "Name"),
        (
            "<Function Name='a'><ReturnType/></Function>",
            "ReturnType",
            "Type",
        ),
        (
            "<Action Name='a'><Parameter Name='p'/></Action>",
            "Parameter",
            "Type",
        ),
        (
            "<EntityContainer><EntitySet Name='s'/></EntityContainer>",
            "EntitySet",
            "EntityType",
        ),
        (
            "<EntityContainer><FunctionImport Name='s'/></EntityContainer>",
            "FunctionImport",
            "Function",
        ),
        ("<Annotations/>", "Annotations", "Target"),
    ] {
        let error = refused(schema(content));
        assert_eq!(
            error.kind,
            CsdlErrorKind::MissingAttribute {
                element: element.to_owned(),
                attribute
            }
        );
        assert_eq!(error.position.line, 2);
    }
}

#[test]
fn nesting_has_an_end() {
    let nested = |depth: usize| schema(&format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)));
    assert!(csdl::read(nested(61).as_bytes()).is_ok());
    let error = refused(nested(62));
    assert_eq!(
        (error.kind.clone(), place(&error)),
        (CsdlErrorKind::TooDeep(64), (2, 184))
    );
    let collections = format!(
        "<EntityType Name='a'><Annotation Term='Keys.AlternateKeys'>{}",
        "<Collection>".repeat(100_000)
    );
    assert_eq!(refused(schema(&collections)).kind, CsdlErrorKind::TooDeep(64));
}

#[test]
fn encodings_are_checked() {
    let declared = |name: &str, text: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{name}\"?>{}",
            schema(&format!("<EntityType Name=\"{text}\"/>"))
        )
    };
    for (name, text) in [("UTF-8", "ä"), ("utf-16", "ä"), ("iso-8859-1", "a")] {
        assert!(csdl::read(declared(name, text).as_bytes()).is_ok(), "{name}");
    }
    let error = refused(declared("iso-8859-1", "ä"));
    assert_eq!(
        error.kind,
        CsdlErrorKind::Encoding("in the encoding `iso-8859-1`".to_owned())
    );
    assert!(csdl::read(format!("\u{FEFF}{}", schema("")).as_bytes()).is_ok());
    assert!(matches!(
        refused(format!("\u{FEFF}\u{FEFF}{}", schema(""))).kind,
        CsdlErrorKind::Malformed(_)
    ));
}

#[test]
fn faults_by_the_thousand_take_no_time_and_little_memory() {
    let start = Instant::now();
    let properties: String = (0..100_000)
        .map(|n| format!("<Property Name='p{}' Type='x'/>", n % 50_000))
        .collect();
    let targets: String = (0..50_000)
        .map(|n| format!("<Annotations Target='Rsk.a/p{n}'><Annotation Term='Core.Computed'/></Annotations>"))
        .collect();
    let name = "n".repeat(100_000);
    let bindings = "<NavigationPropertyBinding/>".repeat(10_000);
    let content = format!(
        "<EntityType Name='a'>{properties}</EntityType>{targets}<EntityContainer>\
         <EntitySet Name='{name}' EntityType='Rsk.a'>{bindings}</EntitySet></EntityContainer>"
    );
    let text = schema(&content);
    let document = csdl::read(text.as_bytes()).expect("readable");
    assert_eq!(document.entity_types[0].properties.len(), 50_000);
    assert!(
        document.entity_types[0]
            .properties
            .iter()
            .all(|property| property.computed)
    );
    assert_eq!(document.notes.len(), 501);
    assert!(document.notes.iter().all(|note| note.message.len() < 500));
    // Far from what it takes, near to what a quadratic step would take.
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_never_panics(
        edits in proptest::collection::vec((0..HARBOUR.len(), prop_oneof![any::<u8>(), prop::sample::select(b"<>&;\"'=/!?-[]: \n\xC3".to_vec())], any::<bool>()), 1..8)
    ) {
        let mut bytes = HARBOUR.to_vec();
        for (at, byte, insert) in edits {
            if insert {
                bytes.insert(at, byte);
            } else {
                bytes[at] = byte;
            }
        }
        let _ = csdl::read(&bytes);
    }

    #[test]
    fn noise_never_panics(pieces in proptest::collection::vec(prop::sample::select(vec![
        "<", ">", "/>", "</", "<Edmx Version=\"4.0\">", "</Edmx>", "<DataServices>", "</DataServices>",
        "<Schema Namespace=\"Rsk\" Alias='r'>", "</Schema>", "<EntityType Name=\"a\">", "</EntityType>", "<![CDATA[", "]]>",
        "<!--", "-->", "<?", "?>", "<!DOCTYPE", "&amp;", "&#", ";", "\"", "'", "=", " ", "Name", "ä", "\u{FEFF}", "\0",
        "<Property Name=\"p\" Type=\"Collection(r.a)\"/>", "<Annotation Term=\"Core.Computed\">", "</Annotation>",
    ]), 0..40)) {
        let _ = csdl::read(pieces.concat().as_bytes());
    }
}
