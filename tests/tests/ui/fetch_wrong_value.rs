//! Values in the text that can't be the columns' own.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <filter>
              <condition attribute="numberofemployees" operator="eq" value="many"/>
              <condition attribute="primarycontactid" operator="eq" value="Ann"/>
              <condition attribute="createdon" operator="last-x-days" value="seven"/>
            </filter>
          </entity>
        </fetch>
    );
}
