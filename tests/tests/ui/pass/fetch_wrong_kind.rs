//! Operators that the columns' kinds don't have.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <filter>
              <condition attribute="name" operator="like" value="1%"/>
              <condition attribute="createdon" operator="on" value="2024-03-05"/>
              <condition attribute="industrycode" operator="in"><value>1</value></condition>
              <condition attribute="parentaccountid" operator="under" value="2b7d0000-0000-0000-0000-0000000000aa"/>
              <condition attribute="creditlimit" operator="eq" valueof="revenue"/>
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
              <condition attribute="name" operator="like" value="1%"/>
            </filter>
          </entity>
        </fetch>"#
    );
}
