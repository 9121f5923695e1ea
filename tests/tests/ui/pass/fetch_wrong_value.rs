//! Values in the text that can't be the columns' own.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <filter>
              <condition attribute="numberofemployees" operator="eq" value="17"/>
              <condition attribute="primarycontactid" operator="eq" value="2b7d0000-0000-0000-0000-0000000000aa"/>
              <condition attribute="createdon" operator="last-x-days" value="7"/>
            </filter>
          </entity>
        </fetch>
    );
}
