//! A variable that stands for a name.

use crm::prelude::*;

fn main() {
    let column = "name";
    let _ = fetch_xml!(<fetch><entity name="account"><attribute name="{column}"/></entity></fetch>);
}
