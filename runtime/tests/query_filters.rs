//! Any condition's text means what the condition says: a parser written for this test reads it back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crm::account::Account;
use crm::contact::Contact;
use crm::incident::Incident;
use crm::prelude::*;
use dataverse_runtime::InvalidRequest;
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

/// What a condition's text says.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    /// Path, operator, and the text after it.
    Compare(String, String, String),
    /// Function, path and searched text.
    Search(String, String, String),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    /// Path, `any` or `all`, and the condition on each row.
    Related(String, String, Option<Box<Tree>>),
}

impl Tree {
    fn all(trees: Vec<Self>) -> Self {
        let flat = trees.into_iter().flat_map(|tree| match tree {
            Self::All(inner) => inner,
            other => vec![other],
        });
        Self::All(flat.collect())
    }

    fn any(trees: Vec<Self>) -> Self {
        let flat = trees.into_iter().flat_map(|tree| match tree {
            Self::Any(inner) => inner,
            other => vec![other],
        });
        Self::Any(flat.collect())
    }

    /// The same of the row that `navigation` leads to.
    fn through(self, navigation: &str) -> Self {
        let path = |path: String| format!("{navigation}/{path}");
        let each = |trees: Vec<Self>| trees.into_iter().map(|tree| tree.through(navigation)).collect();
        match self {
            Self::Compare(of, operator, value) => Self::Compare(path(of), operator, value),
            Self::Search(function, of, text) => Self::Search(function, path(of), text),
            Self::All(trees) => Self::All(each(trees)),
            Self::Any(trees) => Self::Any(each(trees)),
            Self::Not(tree) => Self::Not(Box::new(tree.through(navigation))),
            Self::Related(of, how, inner) => Self::Related(path(of), how, inner),
        }
    }
}

/// Reads conditions.
struct Parser<'t> {
    rest: &'t str,
    /// The variables of the lambdas that we are inside of.
    variables: Vec<String>,
}

impl Parser<'_> {
    fn parse(text: &str) -> Tree {
        let mut parser = Parser {
            rest: text,
            variables: Vec::new(),
        };
        let tree = parser.alternatives();
        assert_eq!(parser.rest, "", "in {text}");
        tree
    }

    fn take(&mut self, word: &str) -> bool {
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn word(&mut self, ends: &[char]) -> String {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.to_owned()
    }

    fn alternatives(&mut self) -> Tree {
        let mut trees = vec![self.conjunction()];
        while self.take(" or ") {
            trees.push(self.conjunction());
        }
        if trees.len() == 1 {
            trees.remove(0)
        } else {
            Tree::any(trees)
        }
    }

    fn conjunction(&mut self) -> Tree {
        let mut trees = vec![self.single()];
        while self.take(" and ") {
            trees.push(self.single());
        }
        if trees.len() == 1 {
            trees.remove(0)
        } else {
            Tree::all(trees)
        }
    }

    fn single(&mut self) -> Tree {
        if self.take("not ") {
            return Tree::Not(Box::new(self.single()));
        }
        if self.take("(") {
            let tree = self.alternatives();
            assert!(self.take(")"), "{}", self.rest);
            return tree;
        }
        for function in ["contains", "startswith", "endswith"] {
            if self.take(&format!("{function}(")) {
                let path = self.path(&[',']);
                assert!(self.take(","));
                let text = self.literal();
                assert!(self.take(")"));
                return Tree::Search(function.to_owned(), path, text);
            }
        }
        let path = self.path(&[' ', '(']);
        if self.take("(") {
            return self.related(&path);
        }
        assert!(self.take(" "));
        let operator = self.word(&[' ']);
        assert!(self.take(" "));
        Tree::Compare(path, operator, self.literal())
    }

    fn related(&mut self, path: &str) -> Tree {
        let (of, how) = path.rsplit_once('/').unwrap();
        let inner = if self.take(")") {
            None
        } else {
            let variable = self.word(&[':']);
            assert!(!self.variables.contains(&variable), "{variable} twice");
            self.variables.push(variable);
            assert!(self.take(":"));
            let tree = self.alternatives();
            self.variables.pop();
            assert!(self.take(")"));
            Some(Box::new(tree))
        };
        Tree::Related(of.to_owned(), how.to_owned(), inner)
    }

    /// A path, without the variable of the lambda that it stands in.
    fn path(&mut self, ends: &[char]) -> String {
        let path = self.word(ends);
        match self.variables.last() {
            Some(variable) => path.strip_prefix(&format!("{variable}/")).unwrap().to_owned(),
            None => path,
        }
    }

    /// A literal: its text if it is one, and otherwise as it stands there.
    fn literal(&mut self) -> String {
        if !self.take("'") {
            let value = self.word(&[' ', ')', ',']);
            let variable = self.variables.last().map(|variable| format!("{variable}/"));
            let bare = variable.and_then(|variable| value.strip_prefix(&variable).map(str::to_owned));
            return bare.unwrap_or(value);
        }
        let mut text = String::new();
        loop {
            text.push_str(&self.word(&['\'']));
            assert!(self.take("'"), "a quote that isn't closed");
            if !self.take("'") {
                return text;
            }
            text.push('\'');
        }
    }
}

fn compare(path: &str, operator: &str, value: impl ToString) -> Tree {
    Tree::Compare(path.to_owned(), operator.to_owned(), value.to_string())
}

/// Text with what may be dangerous in it.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,12}",
        "['()/:, %_\\[a-c]{0,12}",
        "(' or | and |not |\\) |o1:|eq null){1,3}"
    ]
}

/// What is searched for where nothing is a wildcard.
fn literally(text: &str) -> String {
    let escaped = text.chars().map(|character| match character {
        '[' | '%' | '_' => format!("[{character}]"),
        plain => plain.to_string(),
    });
    escaped.collect()
}

type Known<T> = (Filter<T>, Tree);

fn on_account() -> BoxedStrategy<Known<Account>> {
    prop_oneof![
        any_text().prop_map(|text| {
            (
                filter(Account, |a| a.name.eq(text.clone())),
                compare("name", "eq", text),
            )
        }),
        any::<i32>().prop_map(|number| {
            (
                filter(Account, |a| a.revenue.gt(number)),
                compare("revenue", "gt", number),
            )
        }),
        any_text().prop_map(|text| {
            let tree = Tree::Search("endswith".to_owned(), "name".to_owned(), literally(&text));
            (filter(Account, |a| a.name.ends_with(text.clone())), tree)
        }),
        any::<u128>().prop_map(|id| {
            let id = Id::<Contact>::new(Uuid::from_u128(id));
            let path = "_primarycontactid_value";
            (
                filter(Account, |a| a.primarycontactid.ne(id)),
                compare(path, "ne", id),
            )
        }),
        prop::collection::vec(any_text(), 2..5).prop_map(|texts| {
            let trees = texts.iter().map(|text| compare("name", "eq", text)).collect();
            (filter(Account, |a| a.name.is_in(texts.clone())), Tree::Any(trees))
        }),
        prop::collection::vec(any_text(), 2..5).prop_map(|texts| {
            let trees = texts.iter().map(|text| compare("name", "ne", text)).collect();
            (
                filter(Account, |a| a.name.is_not_in(texts.clone())),
                Tree::All(trees),
            )
        }),
        Just((
            filter(Account, |a| a.revenue.le_column(a.creditlimit)),
            compare("revenue", "le", "creditlimit")
        )),
        Just((
            filter(Account, |a| a.name.is_null()),
            compare("name", "eq", "null")
        )),
    ]
    .boxed()
}

fn on_contact() -> BoxedStrategy<Known<Contact>> {
    let leaf = prop_oneof![
        any_text().prop_map(|text| {
            (
                filter(Contact, |c| c.fullname.eq(text.clone())),
                compare("fullname", "eq", text),
            )
        }),
        any_text().prop_map(|text| {
            let tree = Tree::Search("contains".to_owned(), "fullname".to_owned(), literally(&text));
            (filter(Contact, |c| c.fullname.contains(text.clone())), tree)
        }),
    ];
    joined(leaf.boxed())
}

/// What conditions become: joined, negated.
fn joined<T: 'static>(leaf: BoxedStrategy<Known<T>>) -> BoxedStrategy<Known<T>>
where
    Known<T>: Clone + std::fmt::Debug,
{
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone())
                .prop_map(|((one, a), (other, b))| (one & other, Tree::all(vec![a, b]))),
            (inner.clone(), inner.clone())
                .prop_map(|((one, a), (other, b))| (one | other, Tree::any(vec![a, b]))),
            inner.prop_map(|(one, tree)| (!one, Tree::Not(Box::new(tree)))),
        ]
    })
    .boxed()
}

fn any_filter() -> BoxedStrategy<Known<Account>> {
    let related = |how: &str, tree: Tree| {
        let path = "contact_customer_accounts".to_owned();
        Tree::Related(path, how.to_owned(), Some(Box::new(tree)))
    };
    let leaf = prop_oneof![
        4 => on_account(),
        1 => on_contact().prop_map(|(inner, tree)| {
            (filter(Account, |a| a.primarycontactid.to(|_| inner.clone())), tree.through("primarycontactid"))
        }),
        1 => on_contact().prop_map(move |(inner, tree)| {
            (filter(Account, |a| a.contact_customer_accounts.any(|_| inner.clone())), related("any", tree))
        }),
        1 => on_contact().prop_map(move |(inner, tree)| {
            (filter(Account, |a| a.contact_customer_accounts.all(|_| inner.clone())), related("all", tree))
        }),
    ];
    joined(leaf.boxed())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_condition_says_what_it_means((filter, tree) in any_filter()) {
        prop_assert_eq!(Parser::parse(&filter.to_string()), tree);
    }
}

#[test]
fn lookups_with_several_targets_lead_to_each() {
    let filter = filter(Incident, |i| {
        i.customerid.to_row_of(Contact, |c| c.fullname.eq("Ada"))
            | i.customerid
                .to_row_of(Account, |a| a.primarycontactid.to(|c| c.fullname.eq("Ada")))
    });
    assert_eq!(
        filter.to_string(),
        "customerid_contact/fullname eq 'Ada' or customerid_account/primarycontactid/fullname eq 'Ada'"
    );
    let order = order_by(Incident, |i| i.customerid.to_order_of(Account, |a| a.name.desc()));
    assert_eq!(order, "customerid_account/name desc");
}

#[test]
fn long_lists_are_handed_to_the_service_s_function() {
    let numbers = 1..=21;
    let listed = filter(Account, |a| a.numberofemployees.is_in(numbers.clone()));
    let texts: Vec<String> = numbers.map(|number| format!("\"{number}\"")).collect();
    assert_eq!(
        listed.to_string(),
        format!(
            "Microsoft.Dynamics.CRM.In(PropertyName='numberofemployees',PropertyValues=[{}])",
            texts.join(",")
        )
    );
    let ids: Vec<Id<Contact>> = (1..=21).map(|n| Id::new(Uuid::from_u128(n))).collect();
    let without = filter(Account, |a| a.primarycontactid.is_not_in(ids.clone())).to_string();
    assert!(
        without
            .starts_with("Microsoft.Dynamics.CRM.NotIn(PropertyName='primarycontactid',PropertyValues=[\"0"),
        "{without}"
    );
    // Where the service doesn't take the function, the list is spelt out.
    let negated = (!listed.clone()).to_string();
    assert!(
        negated.starts_with("not (numberofemployees eq 1 or "),
        "{negated}"
    );
    let through = filter(Account, |a| a.parentaccountid.to(|_| listed.clone())).to_string();
    assert!(
        through.starts_with("(parentaccountid/numberofemployees eq 1 or "),
        "{through}"
    );
    let days = (1..=21).map(|day| civil::date(2024, 3, day));
    let born = filter(Contact, |c| c.birthdate.is_in(days)).to_string();
    assert!(born.starts_with("(birthdate eq 2024-03-01 or "), "{born}");
    let none = filter(Account, |a| a.name.is_not_in(Vec::<String>::new()));
    assert_eq!(none.to_string(), "name ne null");
    let outside = filter(Account, |a| {
        a.numberofemployees.not_between(1, 9) & a.name.is_not_null()
    });
    assert_eq!(
        outside.to_string(),
        "(numberofemployees lt 1 or numberofemployees gt 9) and name ne null"
    );
}

#[test]
fn related_rows_of_a_related_row_are_refused() {
    #[derive(Row)]
    #[row(table = Contact)]
    #[allow(dead_code)]
    struct Person {
        fullname: Option<String>,
    }
    let query = Query::<Person>::new().filter(|c| {
        c.parentcustomerid
            .to_row_of(Account, |a| a.contact_customer_accounts.exists())
    });
    assert_eq!(
        query.verify(),
        Err(InvalidRequest::CollectionOfRelatedRow {
            navigation: "parentcustomerid_account",
            collection: "contact_customer_accounts",
        })
    );
}
