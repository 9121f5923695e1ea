//! Documents: what is read, what is refused, and that no document harms.

use super::{Against, Aggregate, Fetch, LinkType, Part, Use};
use http::StatusCode;
use proptest::prelude::*;

const WHOLE: &str = r#"<?xml version="1.0"?><!-- from a tool -->
<fetch version="1.0" mapping='logical' distinct="1" count="10" page="2" no-lock='true' xmlns:generator='a tool'
  paging-cookie='&lt;cookie page="1"&gt;&lt;/cookie&gt;'>
  <entity name="rsk_vessel">
    <attribute name="rsk_name" alias="n" />
    <order attribute="rsk_name" descending="true" />
    <filter type="or">
      <condition attribute="rsk_name" operator="in"><value>a &amp; b</value><value uitype="x"><![CDATA[<c>]]>&#100;</value></condition>
      <condition entityname="p" attribute="rsk_name" operator="eq" valueof="p.rsk_code" />
      <filter><link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid" link-type="not any" /></filter>
    </filter>
    <link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid" alias="p" link-type="outer" intersect="false"><all-attributes/></link-entity>
  </entity>
</fetch>
"#;

#[test]
fn a_document_says_what_it_says() {
    let fetch = Fetch::parse(WHOLE).unwrap();
    assert!(fetch.distinct && !fetch.aggregate && fetch.items.attributes[0].alias.as_deref() == Some("n"));
    assert_eq!((fetch.count, fetch.page, fetch.top), (Some(10), Some(2), None));
    assert_eq!(
        fetch.paging_cookie.as_deref(),
        Some("<cookie page=\"1\"></cookie>")
    );
    let filter = &fetch.items.filters[0];
    let [
        Part::Condition(list),
        Part::Condition(column),
        Part::Filter(inner),
    ] = &filter.parts[..]
    else {
        panic!("{filter:?}");
    };
    assert!(filter.any && !inner.any);
    assert_eq!(
        list.against,
        Against::Values(vec!["a & b".to_owned(), "<c>d".to_owned()])
    );
    assert_eq!(column.against, Against::Column("p.rsk_code".to_owned()));
    assert!(matches!(&inner.parts[0], Part::Link(link) if link.kind == LinkType::NotAny));
    assert_eq!(fetch.items.links[0].kind, LinkType::Outer);
    assert_eq!(Fetch::parse(&fetch.to_string()).unwrap(), fetch);
}

#[test]
fn groups_are_read() {
    let fetch = Fetch::parse(
        "<fetch aggregate='true' aggregatelimit='10'><entity name='a'><attribute name='b' alias='c' aggregate='countcolumn' distinct='true'/>\
         <attribute name='d' alias='e' groupby='true' dategrouping='fiscal-period' usertimezone='false'/><order alias='c'/></entity></fetch>",
    )
    .unwrap();
    assert_eq!(
        fetch.items.attributes[0].used,
        Use::Aggregate(Aggregate::CountColumn { distinct: true })
    );
    assert_eq!(Fetch::parse(&fetch.to_string()).unwrap(), fetch);
}

#[test]
fn what_isnt_fetch_xml_is_refused() {
    let entity = |inner: &str| format!("<fetch><entity name='a'>{inner}</entity></fetch>");
    for (document, part) in [
        (String::new(), "one root element"),
        ("fetch".to_owned(), "one root element"),
        ("<fetch/>".to_owned(), "one child"),
        (
            "<fetch><entity name='a'/></fetch><fetch/>".to_owned(),
            "one root element",
        ),
        ("<fetch><entity name='a'></fetch>".to_owned(), "malformed"),
        ("<fetch><entity name='a'>".to_owned(), "has no end"),
        ("</fetch>".to_owned(), "malformed"),
        ("<fetch><entity/></fetch>".to_owned(), "'name' must be specified"),
        (
            "<FETCH><entity name='a'/></FETCH>".to_owned(),
            "'FETCH' is not expected",
        ),
        (
            "<fetch nolock='1'><entity name='a'/></fetch>".to_owned(),
            "'nolock'",
        ),
        (
            "<fetch top='1' top='2'><entity name='a'/></fetch>".to_owned(),
            "malformed",
        ),
        ("<fetch top='-1'><entity name='a'/></fetch>".to_owned(), "'-1'"),
        (
            "<fetch top='&x;'><entity name='a'/></fetch>".to_owned(),
            "malformed",
        ),
        (entity("text"), "no text"),
        (entity("<attribute/>"), "'name' must be specified"),
        (entity("<attribute name='b' distinct='yes'/>"), "'yes'"),
        (entity("<attribute name='b' aggregate='mean'/>"), "'mean'"),
        (
            entity("<attribute name='b' aggregate='sum' groupby='1'/>"),
            "not both",
        ),
        (entity("<order/>"), "either"),
        (entity("<filter type='xor'/>"), "'xor'"),
        (
            entity("<filter><condition attribute='b'/></filter>"),
            "'operator' must",
        ),
        (
            entity("<filter><condition attribute='b' operator='eq' value='1' valueof='c'/></filter>"),
            "either",
        ),
        (
            entity("<link-entity name='b' from='c' to='d' link-type='left'/>"),
            "'left'",
        ),
        (entity("<x/>"), "'x' is not expected"),
    ] {
        let fault = Fetch::parse(&document).unwrap_err();
        assert_eq!(
            (fault.status, fault.code),
            (StatusCode::BAD_REQUEST, 0x8004_0201),
            "{document}: {fault}"
        );
        assert!(fault.message.contains(part), "{document}: {fault}");
    }
}

#[test]
fn what_isnt_supported_is_named() {
    let entity = |inner: &str| format!("<fetch><entity name='a'>{inner}</entity></fetch>");
    for (document, part) in [
        (
            "<fetch datasource='retained'><entity name='a'/></fetch>".to_owned(),
            "'datasource'",
        ),
        (
            "<fetch mapping='internal'><entity name='a'/></fetch>".to_owned(),
            "'internal'",
        ),
        (
            entity("<attribute name='b' rowaggregate='CountChildren'/>"),
            "'rowaggregate'",
        ),
        (entity("<filter isquickfindfields='1'/>"), "'isquickfindfields'"),
        (entity("<link-entity name='b'/>"), "'from' and 'to'"),
    ] {
        let fault = Fetch::parse(&document).unwrap_err();
        assert_eq!(fault.status, StatusCode::NOT_IMPLEMENTED, "{document}: {fault}");
        assert!(fault.message.contains(part), "{document}: {fault}");
    }
}

#[test]
fn hostile_documents_meet_bounds() {
    let bomb =
        "<!DOCTYPE fetch [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><fetch><entity name='&b;'/></fetch>";
    let entity = |inner: &str| format!("<fetch><entity name='a'>{inner}</entity></fetch>");
    let deep = format!("{}{}", "<filter>".repeat(60), "</filter>".repeat(60));
    let wide = "<filter/>".repeat(15_000);
    let many: String = (0..50).map(|at| format!(" a{at}='1'")).collect();
    for (document, part) in [
        (bomb.to_owned(), "document type"),
        (entity(&deep), "levels deep"),
        (entity(&"<a>".repeat(20_000)), "levels deep"),
        (entity(&wide), "longer than"),
        (entity(&"<a/>".repeat(20_001)), "elements"),
        (entity(&format!("<attribute{many}/>")), "attributes"),
        (entity("&unknown;"), "stands for no character"),
        (entity("&#0;"), "malformed"),
    ] {
        let fault = Fetch::parse(&document).unwrap_err();
        assert_eq!(fault.code, 0x8004_0201, "{fault}");
        assert!(fault.message.contains(part), "{fault}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_or_refused(text in "[<>/='\"&;#x! a-c\\-\\[\\]\u{0}é]{0,60}", at in 0_usize..2_000, cut in 0_usize..6) {
        let _ = Fetch::parse(&text);
        let mut damaged: Vec<char> = WHOLE.chars().collect();
        let at = at % damaged.len();
        let end = (at + cut).min(damaged.len());
        damaged.splice(at..end, text.chars().take(3));
        let damaged: String = damaged.into_iter().collect();
        if let Ok(fetch) = Fetch::parse(&damaged) {
            prop_assert_eq!(Fetch::parse(&fetch.to_string()).unwrap(), fetch);
        }
    }
}
