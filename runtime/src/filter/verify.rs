//! What the service refuses of a condition that its parts allow.

use super::Expression;
use crate::InvalidRequest;

impl Expression {
    /// The service's functions stand neither behind `not` nor behind a path (Microsoft Learn, "Filter rows using OData").
    pub(crate) fn verify(&self) -> Result<(), InvalidRequest> {
        self.verify_inside(false, false)
    }

    fn verify_inside(&self, negated: bool, elsewhere: bool) -> Result<(), InvalidRequest> {
        match self {
            Self::Function { name, column, .. } => {
                if elsewhere {
                    Err(InvalidRequest::FunctionOfRelatedRow {
                        function: name,
                        column,
                    })
                } else if negated {
                    Err(InvalidRequest::NegatedFunction {
                        function: name,
                        column,
                    })
                } else {
                    Ok(())
                }
            }
            Self::And(all) | Self::Or(all) => all
                .iter()
                .try_for_each(|part| part.verify_inside(negated, elsewhere)),
            Self::Not(condition) => condition.verify_inside(true, elsewhere),
            Self::Through {
                navigation,
                condition,
            } => match condition.collection() {
                Some(collection) => Err(InvalidRequest::CollectionOfRelatedRow {
                    navigation,
                    collection,
                }),
                None => condition.verify_inside(negated, true),
            },
            Self::Related { condition, .. } => match condition {
                Some(condition) => condition.verify_inside(negated, true),
                None => Ok(()),
            },
            Self::Compare { .. }
            | Self::Columns { .. }
            | Self::Null { .. }
            | Self::Search { .. }
            | Self::In { .. } => Ok(()),
        }
    }

    /// The first relationship to many rows that this asks about.
    fn collection(&self) -> Option<&'static str> {
        match self {
            Self::Related { navigation, .. } => Some(navigation),
            Self::And(all) | Self::Or(all) => all.iter().find_map(Self::collection),
            Self::Not(condition) | Self::Through { condition, .. } => condition.collection(),
            _ => None,
        }
    }
}
