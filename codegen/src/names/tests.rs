//! The rules for names, by example.

use super::*;

fn wishes(names: &[(&str, i32)]) -> Vec<Wish> {
    let wish = |(name, value): &(&str, i32)| Wish {
        key: format!("option a.b {value}"),
        name: type_name(name).unwrap_or_else(|| "Value".to_owned()),
        suffix: format!("_{value}"),
    };
    names.iter().map(wish).collect()
}

#[test]
fn labels_of_any_script_become_type_names() {
    for (label, name) in [
        ("Preferred Customer", "PreferredCustomer"),
        ("1 - 10 employees", "_110Employees"),
        ("self", "Self_"),
        ("Größer als", "GrößerAls"),
        ("सक्रिय खाता", "सक्रियखाता"),
        ("顧客 (優先)", "顧客優先"),
        ("c++", "C"),
        ("a\u{202e}b*/", "Ab"),
    ] {
        assert_eq!(type_name(label).as_deref(), Some(name), "{label}");
    }
    for nothing in ["", "  ", "🚀", "*/", "\u{202e}", "---", "__"] {
        assert_eq!(type_name(nothing), None, "{nothing}");
    }
}

#[test]
fn keywords_are_raw_where_they_may_be() {
    assert_eq!(field("type"), "r#type");
    assert_eq!(field("self"), "self_");
    assert_eq!(field("msdyn_LanguageLocaleIdName"), "msdyn_LanguageLocaleIdName");
    assert_eq!(field("2fa code"), "_2fa_code");
    assert_eq!(field(""), "_unnamed");
    assert_eq!(member("ColumnSet"), "column_set");
    assert_eq!(member("Type"), "r#type");
    assert_eq!(module("lib"), "lib_");
    assert_eq!(module("com1"), "com1_");
    assert_eq!(module("type"), "r#type");
}

#[test]
fn equal_wishes_all_take_their_suffix_whatever_the_order() {
    let name = |names: &[(&str, i32)]| distinct(&wishes(names), &[], &Lock::default(), &mut Lock::default());
    assert_eq!(
        name(&[("Open", 1), ("open", 5), ("Closed", 2)]),
        ["Open_1", "Open_5", "Closed"]
    );
    assert_eq!(
        name(&[("open", 5), ("Open", 1), ("", 3), ("!", 4)]),
        ["Open_5", "Open_1", "Value_3", "Value_4"]
    );
}

#[test]
fn a_locked_name_survives_a_relabel_and_is_not_taken_by_another() {
    let mut lock = Lock::default();
    distinct(
        &wishes(&[("Open", 1), ("Closed", 2)]),
        &[],
        &Lock::default(),
        &mut lock,
    );
    let lock = Lock::parse(&lock.to_string()).expect("what is written can be read");
    let names = distinct(
        &wishes(&[("Active", 1), ("Open", 2), ("Open", 3)]),
        &[],
        &lock,
        &mut Lock::default(),
    );
    assert_eq!(names, ["Open", "Closed", "Open_3"]);
}

#[test]
fn a_lock_line_must_name_an_identifier() {
    assert_eq!(
        Lock::parse("# fine\n\nx = not-a-name").map_err(|bad| bad.line),
        Err(3)
    );
    assert_eq!(Lock::parse("table x").map_err(|bad| bad.line), Err(1));
    assert_eq!(Lock::parse("a = B\na = C").map_err(|bad| bad.line), Err(2));
}
