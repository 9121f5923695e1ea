//! What is read is written and read back as the same, and no text makes a reader panic.

use super::{
    Aggregate, Apply, Argument, Comparison, Expand, Expands, Expression, Literal, Method, Operand, Order,
    OrderBy, PropertyPath, Quantifier, Request, Resource, Select, TextFunction, Transformation,
};
use proptest::prelude::*;
use uuid::Uuid;

fn name() -> impl Strategy<Value = String> {
    // Words of the languages are no good names in all places.
    "[a-z_][a-zA-Z0-9_]{0,6}".prop_filter("a word", |name| {
        !["not", "null", "true", "false", "and", "or", "any", "all"].contains(&name.as_str())
    })
}

fn path() -> impl Strategy<Value = PropertyPath> {
    prop::collection::vec(name(), 1..4).prop_map(PropertyPath)
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        "-?[0-9]{1,12}(\\.[0-9]{1,6})?(e-?[0-9]{1,2})?".prop_map(Literal::Number),
        ".{0,8}".prop_map(Literal::Text),
        any::<u128>().prop_map(|id| Literal::Guid(Uuid::from_u128(id))),
        (0_i16..9_999, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| Literal::Date(jiff::civil::date(y, m, d))),
        (-60_000_000_000_i64..200_000_000_000, 0_i32..1_000_000_000)
            .prop_map(|(seconds, nanos)| Literal::Time(jiff::Timestamp::new(seconds, nanos).unwrap())),
        ("[A-Z][a-z]{0,5}\\.[A-Z][a-z]{0,5}", ".{0,5}")
            .prop_map(|(of, member)| Literal::Member { of, member }),
        prop::collection::vec(".{0,5}", 0..4)
            .prop_map(|items| Literal::Json(serde_json::json!({"a": items, "'": 1.5}))),
    ]
}

fn argument() -> impl Strategy<Value = Argument> {
    prop_oneof![4 => literal().prop_map(Argument::Literal), 1 => name().prop_map(Argument::Alias)]
}

fn operand() -> impl Strategy<Value = Operand> {
    prop_oneof![
        path().prop_map(Operand::Path),
        argument().prop_map(Operand::Value)
    ]
}

fn expression() -> impl Strategy<Value = Expression> {
    let comparison = prop::sample::select(Comparison::ALL.to_vec());
    let function = prop::sample::select(TextFunction::ALL.to_vec());
    let leaf = prop_oneof![
        (operand(), comparison, operand()).prop_map(|(left, comparison, right)| Expression::Compare {
            left,
            comparison,
            right
        }),
        (function, path(), argument()).prop_map(|(function, column, value)| Expression::Text {
            function,
            column,
            value
        }),
        (name(), prop::collection::btree_map(name(), argument(), 0..3)).prop_map(|(name, arguments)| {
            Expression::Function {
                name,
                arguments: arguments.into_iter().collect(),
            }
        }),
        operand().prop_map(Expression::Flag),
        path().prop_map(|collection| Expression::Lambda {
            collection,
            quantifier: Quantifier::Any,
            body: None
        }),
    ];
    leaf.prop_recursive(4, 20, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::Or),
            inner.clone().prop_map(|inner| Expression::Not(Box::new(inner))),
            (path(), any::<bool>(), name(), inner).prop_map(|(collection, all, variable, condition)| {
                Expression::Lambda {
                    collection,
                    quantifier: if all { Quantifier::All } else { Quantifier::Any },
                    body: Some((variable, Box::new(condition))),
                }
            }),
        ]
    })
}

fn order_by() -> impl Strategy<Value = OrderBy> {
    let order = (path(), any::<bool>()).prop_map(|(path, descending)| Order { path, descending });
    prop::collection::vec(order, 1..4).prop_map(OrderBy)
}

fn select() -> impl Strategy<Value = Select> {
    prop::collection::vec(prop_oneof![6 => name(), 1 => Just("*".to_owned())], 1..4).prop_map(Select)
}

fn expands() -> impl Strategy<Value = Expands> {
    let options = || {
        (
            prop::option::of(select()),
            prop::option::of(expression()),
            prop::option::of(order_by()),
            prop::option::of(any::<u64>()),
        )
    };
    let one = move |inner: BoxedStrategy<Expands>| {
        (name(), any::<bool>(), options(), inner).prop_map(|(navigation, reference, options, expand)| {
            Expand {
                navigation,
                reference,
                select: options.0,
                filter: options.1,
                order_by: options.2,
                top: options.3,
                expand,
            }
        })
    };
    let leaf = prop::collection::vec(one(Just(Expands::default()).boxed()), 1..3).prop_map(Expands);
    leaf.prop_recursive(2, 6, 2, move |inner| {
        prop::collection::vec(one(inner.boxed()), 1..3).prop_map(Expands)
    })
}

fn apply() -> impl Strategy<Value = Apply> {
    let method = prop::sample::select(vec![
        Method::Sum,
        Method::Average,
        Method::Min,
        Method::Max,
        Method::CountDistinct,
    ]);
    let aggregate = (prop::option::of((path(), method)), name())
        .prop_map(|(of, alias)| Aggregate { of, alias })
        .boxed();
    let step = prop_oneof![
        expression().prop_map(Transformation::Filter),
        prop::collection::vec(aggregate.clone(), 1..3).prop_map(Transformation::Aggregate),
        (
            prop::collection::vec(path(), 1..3),
            prop::collection::vec(aggregate, 0..3)
        )
            .prop_map(|(columns, aggregates)| Transformation::GroupBy { columns, aggregates }),
    ];
    prop::collection::vec(step, 1..4).prop_map(Apply)
}

proptest! {
    #[test]
    fn literals_read_back(literal in literal()) {
        prop_assert_eq!(Literal::parse(&literal.to_string()), Ok(literal));
    }

    #[test]
    fn conditions_read_back(expression in expression()) {
        prop_assert_eq!(Expression::parse(&expression.to_string()), Ok(expression));
    }

    #[test]
    fn lists_read_back(select in select(), order_by in order_by()) {
        prop_assert_eq!(Select::parse(&select.to_string()), Ok(select));
        prop_assert_eq!(OrderBy::parse(&order_by.to_string()), Ok(order_by));
    }

    #[test]
    fn expansions_and_aggregations_read_back(expands in expands(), apply in apply()) {
        prop_assert_eq!(Expands::parse(&expands.to_string()), Ok(expands));
        prop_assert_eq!(Apply::parse(&apply.to_string()), Ok(apply));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in prop_oneof![".{0,60}", "[a-z(),/$@'\\[\\]{}:;= %.0-9-]{0,60}"]) {
        let _ = Request::parse(&text);
        let _ = Resource::parse(&text);
        let _ = Expression::parse(&text);
        let _ = Expands::parse(&text);
        let _ = Apply::parse(&text);
        let _ = Literal::parse(&text);
    }
}
