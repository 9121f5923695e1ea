//! A table that the environment doesn't have, in the program and in a string.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(<fetch><entity name="acount"><attribute name="name"/></entity></fetch>);
    let _ = fetch_xml!("<fetch><entity name='acount'><attribute name='name'/></entity></fetch>");
}
