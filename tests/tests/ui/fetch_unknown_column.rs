//! Columns that the table doesn't have, in the program and in a string.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="nam"/>
            <order attribute="revenu"/>
            <filter><condition attribute="fullname" operator="null"/></filter>
          </entity>
        </fetch>
    );
    let _ = fetch_xml!(
        r#"
        <fetch>
          <entity name="account">
            <attribute name="nam"/>
          </entity>
        </fetch>"#
    );
}
