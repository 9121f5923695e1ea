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
            Self::Through { condition, .. } => condition.verify_inside(negated, true),
            Self::Related { condition, .. } => match condition {
                Some(condition) => condition.verify_inside(negated, true),
                None => Ok(()),
            },
            Self::Compare { .. } | Self::Null { .. } | Self::Search { .. } | Self::In { .. } => Ok(()),
        }
    }
}
