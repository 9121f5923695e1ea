//! What is refused, and in which words.

use super::{Source, check};
use crate::read;

fn problems(text: &str) -> Vec<String> {
    said(text, Source::Program)
}

fn said(text: &str, source: Source) -> Vec<String> {
    let found = check(&read(text).unwrap(), source);
    found.into_iter().map(|problem| problem.message).collect()
}

/// A text whose entity holds this.
fn entity(inner: &str) -> String {
    format!(r#"<fetch><entity name="account">{inner}</entity></fetch>"#)
}

fn condition(attributes: &str) -> String {
    entity(&format!("<filter><condition {attributes}</filter>"))
}

#[test]
fn what_the_service_takes_is_taken() {
    let text = r#"
        <fetch top="{top}" distinct="true" no-lock="false" options="ForceOrder">
          <entity name="account">
            <attribute name="name" alias="n"/>
            <all-attributes/>
            <order attribute="fullname" entityname="person" descending="true"/>
            <filter type="or" isquickfindfields="0">
              <condition attribute="industrycode" operator="in"><value>1</value><value>{two}</value></condition>
              <condition attribute="createdon" operator="last-x-days" value="7"/>
              <condition attribute="revenue" operator="between"><value>1</value><value>2</value></condition>
              <condition attribute="ownerid" operator="eq-userid"/>
              <condition attribute="revenue" operator="gt" valueof="creditlimit"/>
              <condition attribute="name" operator="eq" valueof="person.fullname"/>
              <condition entityname="task1" attribute="subject" operator="null"/>
              <link-entity name="task" from="regardingobjectid" to="accountid" link-type="not any"/>
            </filter>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="person" link-type="outer">
              <attribute name="fullname"/>
            </link-entity>
          </entity>
        </fetch>"#;
    assert_eq!(problems(text), Vec::<String>::new());
    let text = r#"
        <fetch aggregate="1" count="10" page="2" returntotalrecordcount="true">
          <entity name="account">
            <attribute name="revenue" aggregate="sum" alias="total"/>
            <attribute name="createdon" groupby="true" dategrouping="month" alias="month"/>
            <attribute name="name" aggregate="countcolumn" distinct="true" alias="names"/>
            <order alias="total" descending="true"/>
          </entity>
        </fetch>"#;
    assert_eq!(problems(text), Vec::<String>::new());
}

#[test]
fn names_that_are_not_known_are_told_with_the_nearest() {
    assert_eq!(
        problems(r#"<fetch topp="1"><entity name="a"><atribute name="x"/><Filter/></entity></fetch>"#),
        [
            "`<fetch>` has no attribute `topp` (did you mean `top`?)",
            "`<entity>` holds no `<atribute>` (did you mean `attribute`?): it holds `attribute`, `all-attributes`, \
             `order`, `filter`, `link-entity`",
            "`<entity>` holds no `<Filter>` (did you mean `filter`?): it holds `attribute`, `all-attributes`, `order`, \
             `filter`, `link-entity`",
        ]
    );
    assert_eq!(
        problems(&condition(
            r#"attribute="name" operator="beginswith" value="A"/>"#
        )),
        ["there is no operator `beginswith` (did you mean `begins-with`?)"]
    );
    assert_eq!(
        problems(&condition(r#"attribute="name" operator="contains" value="A"/>"#)),
        ["there is no operator `contains`"]
    );
    assert_eq!(
        problems(
            r#"<fetch distinct="yes" top="many"><entity name="a"><filter type="nor"/></entity></fetch>"#
        ),
        [
            "`distinct` is `true` or `false`, not `yes`",
            "`top` is a whole number from 1 to 5000, not `many`",
            "`nor` is no `type` (did you mean `or`?): it is one of `and`, `or`",
        ]
    );
}

#[test]
fn operators_take_their_number_of_values() {
    for (attributes, problem) in [
        (
            r#"attribute="a" operator="null" value="1"/>"#,
            "the operator `null` takes no value, and here is 1",
        ),
        (
            r#"attribute="a" operator="eq"/>"#,
            "the operator `eq` takes one value, and here is none",
        ),
        (
            r#"attribute="a" operator="between" value="1"/>"#,
            "the operator `between` takes two values, each in a `<value>` of its own, and here is 1",
        ),
        (
            r#"attribute="a" operator="eq"><value>1</value><value>2</value></condition>"#,
            "the operator `eq` takes one value, and here is 2",
        ),
        (
            r#"attribute="a" operator="in"/>"#,
            "the operator `in` takes at least one `<value>`, and here is none",
        ),
        (
            r#"attribute="a" operator="like" valueof="b"/>"#,
            "`valueof` goes with `eq`, `ne`, `gt`, `ge`, `lt` and `le`, not with `like`",
        ),
        (
            r#"attribute="a" operator="eq" valueof="b" value="1"/>"#,
            "`valueof` compares with another column: leave out the value",
        ),
        (r#"attribute="a"/>"#, "`<condition>` needs an `operator`"),
        (r#"operator="null"/>"#, "`<condition>` needs an `attribute`"),
    ] {
        assert_eq!(problems(&condition(attributes)), [problem], "{attributes}");
    }
}

#[test]
fn links_have_both_columns_a_known_type_and_an_alias_of_their_own() {
    assert_eq!(
        problems(&entity(
            r#"<link-entity name="contact" from="contactid" alias="p" link-type="any"/>
               <link-entity name="contact" from="contactid" to="x" alias="p"/>
               <link-entity from="contactid" to="x"/>
               <link-entity name="task"/>
               <order attribute="fullname" entityname="persn"/>
               <order alias="total"/>
               <filter><condition attribute="a" operator="eq" valueof="q.x"/>
               <link-entity name="task" from="a" to="b" link-type="inner"/></filter>"#
        )),
        [
            "two links have the alias `p`",
            "this `<link-entity>` needs `to` besides `from`: `from` is a column of the linked table, `to` one of the table \
             that it is linked to",
            "`any` is no `link-type` outside of filters: it is one of `inner`, `outer`, `exists`, `in`, \
             `matchfirstrowusingcrossapply`, `natural`",
            "`<link-entity>` needs a `name`",
            "`<link-entity>` needs `from`, a column of the linked table, and `to`, a column of the table that it is linked \
             to",
            "no link has the alias `persn`",
            "no attribute has the alias `total`",
            "no link has the alias `q` (did you mean `p`?)",
            "`inner` is no `link-type` inside of a filter: it is one of `any`, `not any`, `all`, `not all`",
        ]
    );
}

#[test]
fn a_text_has_one_entity_with_a_name() {
    assert_eq!(
        problems("<entity/>"),
        ["the text begins with `<entity>`, not with `<fetch>`"]
    );
    assert_eq!(problems("<fetch/>"), ["`<fetch>` needs an `<entity name=\"…\">`"]);
    assert_eq!(
        problems(r#"<fetch><entity/><entity name="b">x</entity></fetch>"#),
        [
            "`<fetch>` holds one `<entity>`: join others with `<link-entity>`",
            "`<entity>` needs a `name`",
            "`<entity>` holds no text: `x`",
        ]
    );
}

#[test]
fn top_goes_without_pages() {
    assert_eq!(
        problems(
            r#"<fetch top="1" page="1" count="2" returntotalrecordcount="1"><entity name="a"/></fetch>"#
        ),
        ["count", "page", "returntotalrecordcount"]
            .map(|other| format!("`top` and `{other}` exclude each other: a text with `top` has no pages"))
    );
}

#[test]
fn what_is_aggregated_has_an_alias() {
    let text = r#"
        <fetch aggregate="true"><entity name="a">
          <all-attributes/>
          <attribute name="b" aggregate="sum"/>
          <attribute name="c" alias="c"/>
          <attribute name="d" alias="d" aggregate="sum" groupby="true"/>
          <attribute name="e" alias="e" aggregate="total"/>
          <attribute name="f" alias="f" aggregate="min" dategrouping="day"/>
          <attribute name="g" alias="f" aggregate="count" distinct="true"/>
        </entity></fetch>"#;
    assert_eq!(
        problems(text),
        [
            "two attributes have the alias `f`",
            "a text that aggregates names its attributes: leave out `<all-attributes>`",
            "the attribute `b` needs an `alias`: what is aggregated comes back under it",
            "the attribute `c` needs `aggregate` or `groupby=\"true\"`, because the text aggregates",
            "the attribute `d` has both `aggregate` and `groupby`: take one of them",
            "`total` is no `aggregate`: it is one of `count`, `countcolumn`, `sum`, `avg`, `min`, `max`",
            "`dategrouping` of the attribute `f` needs `groupby=\"true\"`",
            "`distinct` of the attribute `g` needs `aggregate=\"countcolumn\"`",
        ]
    );
    assert_eq!(
        problems(&entity(r#"<attribute name="a" aggregate="sum" alias="b"/>"#)),
        ["`aggregate` of the attribute `a` needs `<fetch aggregate=\"true\">`"]
    );
}

#[test]
fn the_limits_of_the_service_are_kept() {
    let link = r#"<link-entity name="t" from="a" to="b"/>"#;
    assert_eq!(problems(&entity(&link.repeat(15))), Vec::<String>::new());
    assert_eq!(
        problems(&entity(&link.repeat(16))),
        ["the text has 16 links, and the service takes at most 15"]
    );
    let condition = r#"<condition attribute="a" operator="null"/>"#;
    let text = |count: usize| entity(&format!("{link}<filter>{}</filter>", condition.repeat(count)));
    assert_eq!(problems(&text(499)), Vec::<String>::new());
    assert_eq!(
        problems(&text(500)),
        ["the text has 501 conditions and links, and the service takes at most 500"]
    );
}

#[test]
fn data_may_have_names_that_are_not_known() {
    let text = r#"
        <fetch new="1" count="10000" distinct="yes"><entity name="a"><new/>
          <filter><condition attribute="a" operator="newer" value="1"/></filter>
          <link-entity name="b" link-type="newest"/>
        </entity></fetch>"#;
    assert_eq!(said(text, Source::Data), Vec::<String>::new());
    assert_eq!(
        said(
            r#"<fetch top="1" page="1"><entity name="a"/></fetch>"#,
            Source::Data
        ),
        ["`top` and `page` exclude each other: a text with `top` has no pages"]
    );
}
