//! What is read, what is refused, and that what is written is read as the same.

use super::*;
use proptest::prelude::*;

fn refusal(text: &str) -> (usize, String) {
    let problem = read(text).unwrap_err();
    (problem.line(text), problem.message)
}

#[test]
fn elements_attributes_text_and_comments_are_read() {
    let text = "\u{feff}<?xml version='1.0'?>\n<!-- a > b -->\n<fetch top = '5'>\n  <!-- one -->\n  \
                <value>  A &amp;&#32;&#x42;</value><b:x y=\"&lt;'&gt;\"/></fetch>\n<!-- end -->\n";
    let element = read(text).unwrap();
    assert_eq!(element.value("top"), Some("5"));
    assert_eq!(element.children[0].text, "  A & B");
    assert_eq!(element.children[1].value("y"), Some("<'>"));
    let mut out = String::new();
    write(&element, &mut out);
    assert_eq!(
        out,
        r#"<fetch top="5"><value>  A &amp; B</value><b:x y="&lt;'&gt;"/></fetch>"#
    );
}

#[test]
fn what_is_no_xml_is_refused_with_its_place() {
    for (text, line, message) in [
        ("", 1, "this is no XML: an element such as `<fetch>` is expected"),
        (
            "select 1",
            1,
            "this is no XML: an element such as `<fetch>` is expected",
        ),
        (
            "<fetch>\n<entity>\n</fetch>",
            3,
            "`</fetch>` stands where `</entity>` is expected",
        ),
        (
            "<fetch>\n<entity>",
            2,
            "`<entity>` is not closed: `</entity>` is missing",
        ),
        (
            "<fetch\n top=5/>",
            2,
            "the value of `top` needs quotes: `top=\"…\"`",
        ),
        ("<fetch top/>", 1, "`=` is expected after the attribute `top`"),
        ("<fetch top='5", 1, "the value of `top` has no closing quote"),
        (
            "<fetch top='1' top='2'/>",
            1,
            "`<fetch>` has two attributes `top`",
        ),
        (
            "<fetch a='1'b='2'/>",
            1,
            "a space, `>` or `/>` is expected in `<fetch`",
        ),
        ("<fetch/><fetch/>", 1, "nothing may follow after `</fetch>`"),
        (
            "<fetch a='<'/>",
            1,
            "`<` in the value of `a` is written as `&lt;`, or its quote is missing",
        ),
        ("<!-- ", 1, "this comment has no end: `-->` is missing"),
        ("<fetch", 1, "`<fetch` has no end: `>` is missing"),
        (
            "< fetch/>",
            1,
            "the name of an element, such as `<entity`, is expected here",
        ),
    ] {
        assert_eq!(refusal(text), (line, message.to_owned()), "{text}");
    }
    for text in ["<f a='R & D'/>", "<f>&nbsp;</f>", "<f>&#xD800;</f>", "<f>&</f>"] {
        assert!(refusal(text).1.starts_with("`&` is written as `&amp;`"), "{text}");
    }
    for text in ["<!DOCTYPE f><f/>", "<f><![CDATA[x]]></f>", "<f><?php ?></f>"] {
        assert!(
            refusal(text)
                .1
                .starts_with("FetchXML has elements and comments alone"),
            "{text}"
        );
    }
    let deep = "<f>".repeat(10_000);
    assert!(refusal(&deep).1.contains("nested more than"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[<>/='\"& a-c!?;#\\-\\n]{0,60}") {
        if let Err(problem) = read(&text) {
            prop_assert!(problem.line(&text) >= 1);
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same(value in any::<String>(), text in any::<String>()) {
        let element = Element {
            name: "value".to_owned(),
            attributes: vec![Attribute { name: "a".to_owned(), value: value.clone(), ..Attribute::default() }],
            text: text.clone(),
            ..Element::default()
        };
        let mut out = String::new();
        write(&element, &mut out);
        let back = read(&out).unwrap();
        let legal = |text: &str| -> String {
            text.chars()
                .map(|c| match c {
                    '\t' | '\n' | '\r' => c,
                    '\0'..' ' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
                    c => c,
                })
                .collect()
        };
        let read = back.value("a").map(str::to_owned);
        prop_assert_eq!(read, Some(legal(&value)));
        prop_assert_eq!(back.text, legal(&text));
    }
}
