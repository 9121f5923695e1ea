//! Columns of a link that the tables don't have.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <link-entity name="contact" from="accountid" to="primarycontact" alias="person">
              <attribute name="nickname"/>
            </link-entity>
          </entity>
        </fetch>
    );
}
