//! Columns of a link that the tables don't have.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="person">
              <attribute name="fullname"/>
            </link-entity>
          </entity>
        </fetch>
    );
}
