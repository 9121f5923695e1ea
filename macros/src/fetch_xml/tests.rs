//! What the macro writes, and what it refuses.

use super::expand;
use crate::errors::reported;
use proc_macro2::TokenStream;
use quote::quote;

fn errors(input: TokenStream) -> Vec<String> {
    reported(&expand(input))
}

#[test]
fn a_text_becomes_checks_and_a_string() {
    let output = expand(quote! {
        crm,
        <fetch top="{top}">
          // One industry.
          <entity name="account">
            <!-- and its contacts -->
            <attribute name=r#type/>
            <filter><condition attribute="industrycode" operator="eq" value="{industry}"/></filter>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="p" />
          </entity>
        </fetch>
    });
    syn::parse2::<syn::Expr>(output.clone()).unwrap();
    let output = output.to_string();
    for part in [
        "use crm as tables ; # [allow (unused_qualifications)] let _ = || {",
        "tables :: dataverse_runtime :: support :: fetch_xml :: readable \
         (| _columns : tables :: account :: Columns | _columns . r#type) ;",
        "fetch_xml :: compared (| _columns : tables :: account :: Columns | _columns . industrycode) ;",
        "fetch_xml :: linked (| _columns : tables :: contact :: Columns | _columns . contactid) ;",
        "fetch_xml :: linked (| _columns : tables :: account :: Columns | _columns . primarycontactid) ;",
        "text . push_str (\"<fetch top=\\\"\") ;",
        "push_number (& mut text , top) ;",
        "push_value (& mut text , | _columns : tables :: account :: Columns | _columns . industrycode , & industry) ;",
        "fetch_xml :: made (text , | _columns : tables :: account :: Columns | _columns . r#type)",
    ] {
        assert!(output.contains(part), "{part} is not in {output}");
    }
}

#[test]
fn a_text_without_columns_is_of_the_table_all_the_same() {
    let output = expand(quote!(
        crm,
        "<fetch><entity name='account'><all-attributes/></entity></fetch>",
    ));
    assert!(
        output
            .to_string()
            .contains("made_of :: < _ , tables :: account :: Columns > (text)")
    );
}

#[test]
fn errors_show_the_line_of_a_string() {
    assert_eq!(
        errors(quote!(crm, "<fetch>\n  <entity nam='account'/>\n</fetch>")),
        [
            "`<entity>` has no attribute `nam` (did you mean `name`?)\\n  in: <entity nam='account'/>",
            "`<entity>` needs a `name`\\n  in: <entity nam='account'/>",
        ]
    );
    assert_eq!(
        errors(quote!(crm, "<fetch>\n  <entity>\n</fetch>")),
        ["`</fetch>` stands where `</entity>` is expected\\n  in: </fetch>"]
    );
    let wanted = "expected FetchXML: `fetch_xml!(<fetch>…</fetch>)`, or its text as a string literal";
    assert_eq!(errors(quote!(crm,)), [wanted]);
    assert_eq!(errors(quote!(crm, text)), [wanted]);
}

#[test]
fn xml_in_the_program_is_read_as_xml() {
    for (input, error) in [
        (
            quote!(crm, <fetch top=5/>),
            "expected the value of `top` in quotes: `top=\"…\"`",
        ),
        (
            quote!(crm, <fetch top "5"/>),
            "expected `=` after the attribute `top`",
        ),
        (
            quote!(crm, <fetch top="5" top="6"/>),
            "`<fetch>` has two attributes `top`",
        ),
        (
            quote!(crm, <fetch> <entity> </fetch>),
            "`</fetch>` stands where `</entity>` is expected",
        ),
        (
            quote!(crm, <fetch> <entity>),
            "`<entity>` is not closed: `</entity>` is missing",
        ),
        (
            quote!(crm, <fetch/> <fetch/>),
            "nothing may follow after `</fetch>`",
        ),
        (
            quote!(crm, <fetch><!DOCTYPE></fetch>),
            "FetchXML has elements and comments alone",
        ),
        (
            quote!(crm, <fetch><!-- no end),
            "this comment has no end: `-->` is missing",
        ),
        (
            quote!(crm, <value>New York</value>),
            "expected one word: put a text of several into quotes",
        ),
    ] {
        assert_eq!(errors(input.clone()), [error], "{input}");
    }
}

#[test]
fn variables_stand_where_values_do() {
    let condition = |condition: TokenStream| {
        errors(quote!(crm, <fetch><entity name="account"><filter>#condition</filter></entity></fetch>))
    };
    assert_eq!(
        errors(quote!(crm, <fetch><entity name="{table}"/></fetch>))
            .last()
            .map(String::as_str),
        Some(
            "`{table}` can't stand here: names are checked while the program compiles, and variables hold the values of \
             conditions, `top`, `count` and `page`; braces themselves are written as `{{` and `}}`"
        )
    );
    assert_eq!(
        condition(quote!(<condition attribute="name" operator="eq" value="{a.b}"/>)),
        [
            "`{a.b}` names no variable: `{name}` is the value of a variable, and braces themselves are written as `{{` and `}}`"
        ]
    );
    assert_eq!(
        condition(quote!(<condition attribute="name" operator="in"><value>{..a} b</value></condition>)),
        ["expected one word: put a text of several into quotes"]
    );
    let alone = "`{..names}` is a list of values: it stands alone in a `<value>` of `in`, `not-in`, `contain-values` or \
                 `not-contain-values`";
    assert_eq!(
        condition(quote!(<condition attribute="name" operator="eq" value="{..names}"/>)),
        [alone]
    );
    assert_eq!(
        condition(quote!(<condition attribute="name" operator="eq"><value>{..names}</value></condition>)),
        [
            "`{..names}` is a list of values, and this operator takes none: it goes with `in`, `not-in`, `contain-values` and \
          `not-contain-values`"
        ]
    );
    assert_eq!(
        condition(quote!(<condition attribute="na me" operator="null"/>)),
        ["`na me` is no name of a column"]
    );
}
