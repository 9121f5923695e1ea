//! Variables that don't fit the columns that they are compared with, or that aren't there.

use crm::prelude::*;

fn main() {
    let (industry, days, employees, nobody) = (crm::account::IndustryCode::Accounting, 30, 17, "nobody");
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <filter>
              <condition attribute="industrycode" operator="eq" value="{industry}"/>
              <condition attribute="createdon" operator="last-x-days" value="{days}"/>
              <condition attribute="name" operator="eq" value="{nobody}"/>
            </filter>
          </entity>
        </fetch>
    );
    let _ = fetch_xml!(
        r#"
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <filter>
              <condition attribute="numberofemployees" operator="gt" value="{employees}"/>
            </filter>
          </entity>
        </fetch>"#
    );
}
