//! Reads rows of `solutioncomponents`.

use serde::de::MapAccess;

use super::model::{RawSolutionComponent, Text};
use super::object::{Object, Property, object};

impl<'de> Object<'de> for RawSolutionComponent<'de> {
    const EXPECTED: &'static str = "a row of solutioncomponents";

    fn property<A: MapAccess<'de>>(&mut self, property: Property<'_, 'de, A>) -> Result<(), A::Error> {
        match property.name.as_ref() {
            "objectid" => property.required(&mut self.object_id),
            "componenttype" => property.scalar(&mut self.component_type),
            "rootcomponentbehavior" => property.scalar(&mut self.root_component_behavior),
            "_solutionid_value" => property.scalar(&mut self.solution_id),
            "_solutionid_value@OData.Community.Display.V1.FormattedValue" => {
                let mut name = None;
                property.scalar(&mut name)?;
                self.solution_display_name = self.solution_display_name.take().or(name);
                Ok(())
            }
            "solutionid" => {
                let mut solution = Solution::default();
                property.object(&mut solution)?;
                self.solution_id = solution.id.or(self.solution_id.take());
                self.solution_unique_name = solution.unique_name;
                self.solution_display_name = solution.friendly_name.or(self.solution_display_name.take());
                Ok(())
            }
            _ => property.skip(),
        }
    }

    fn lacks(&self) -> Option<&'static str> {
        self.object_id.is_empty().then_some("objectid")
    }
}

/// The expanded solution.
#[derive(Default)]
struct Solution<'a> {
    id: Option<Text<'a>>,
    unique_name: Option<Text<'a>>,
    friendly_name: Option<Text<'a>>,
}

object! {
    Solution, "an object describing a solution";
    "solutionid" => id: scalar,
    "uniquename" => unique_name: scalar,
    "friendlyname" => friendly_name: scalar,
}
