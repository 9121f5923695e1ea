//! A variable that stands for a name.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(<fetch><entity name="account"><attribute name="name"/></entity></fetch>);
}
