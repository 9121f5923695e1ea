//! Which properties of choices and their options are read, and how.

use serde::de::MapAccess;

use super::model::{RawOption, RawOptionSet};
use super::object::{Filled, Object, Property, object};

object! {
    RawOptionSet, "an object describing a choice";
    "Name" => name: scalar,
    "MetadataId" => metadata_id: scalar,
    "IsGlobal" => is_global: scalar,
    "IsCustomOptionSet" => is_custom: scalar,
    "IsManaged" => is_managed: scalar,
    "OptionSetType" => option_set_type: scalar,
    "ExternalTypeName" => external_type_name: scalar,
    "ParentOptionSetName" => parent_option_set_name: scalar,
    "IntroducedVersion" => introduced_version: scalar,
    "DisplayName" => display_name: label,
    "Description" => description: label,
    "Options" => options: options,
    "TrueOption" => true_option: yes_option,
    "FalseOption" => false_option: no_option,
}

object! {
    RawOption, "an object describing an option";
    "Label" => label: label,
    "Description" => description: label,
    "Color" => color: scalar,
    "ExternalValue" => external_value: scalar,
    "IsManaged" => is_managed: scalar,
    "IsHidden" => is_hidden: scalar,
    "State" => state: scalar,
    "DefaultStatus" => default_status: scalar,
    "InvariantName" => invariant_name: scalar,
    "TransitionData" => transition_data: scalar,
    "ParentValues" => parent_values: scalars,
}

/// An option together with whether its value was there: zero is a value like any other.
#[derive(Default)]
struct ValuedOption<'a> {
    option: RawOption<'a>,
    has_value: bool,
}

impl<'de> Object<'de> for ValuedOption<'de> {
    const EXPECTED: &'static str = RawOption::EXPECTED;

    fn property<A: MapAccess<'de>>(&mut self, property: Property<'_, 'de, A>) -> Result<(), A::Error> {
        if property.name != "Value" {
            return self.option.property(property);
        }
        let mut value = None;
        property.scalar(&mut value)?;
        if let Some(value) = value {
            self.option.value = value;
            self.has_value = true;
        }
        Ok(())
    }

    fn lacks(&self) -> Option<&'static str> {
        (!self.has_value).then_some("Value")
    }
}

impl<'de, A: MapAccess<'de>> Property<'_, 'de, A> {
    /// The options of a choice.
    fn options(self, target: &mut Vec<RawOption<'de>>) -> Result<(), A::Error> {
        target.clear();
        self.each(|valued: ValuedOption<'de>| target.push(valued.option))
    }

    /// The "yes" of a yes/no choice: 1, should it not say so itself.
    fn yes_option(self, target: &mut Option<RawOption<'de>>) -> Result<(), A::Error> {
        self.option_or(1, target)
    }

    /// The "no" of a yes/no choice: 0, should it not say so itself.
    fn no_option(self, target: &mut Option<RawOption<'de>>) -> Result<(), A::Error> {
        self.option_or(0, target)
    }

    fn option_or(self, value: i64, target: &mut Option<RawOption<'de>>) -> Result<(), A::Error> {
        let mut valued = ValuedOption {
            option: RawOption {
                value,
                ..RawOption::default()
            },
            ..ValuedOption::default()
        };
        *target = (self.object(&mut valued)? == Filled::Yes).then_some(valued.option);
        Ok(())
    }
}
