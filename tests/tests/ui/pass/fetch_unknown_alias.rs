//! An alias that no link has, and one that two have.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <order attribute="fullname" entityname="person"/>
            <filter><condition attribute="name" operator="eq" valueof="person.fullname"/></filter>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="person">
              <attribute name="fullname"/>
            </link-entity>
            <link-entity name="contact" from="parentcustomerid" to="accountid" alias="other"/>
          </entity>
        </fetch>
    );
}
