//! Elements, attributes, operators and their values that FetchXML doesn't have.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <atribute name="name"/>
            <attribute nam="name"/>
            <filter type="nor">
              <condition attribute="name" operator="beginswith" value="A"/>
              <condition attribute="revenue" operator="between" value="1"/>
              <condition attribute="name" operator="null" value="1"/>
            </filter>
          </entity>
        </fetch>
    );
    let _ = fetch_xml!(
        r#"
        <fetch top="5" page="2">
          <entity name="account">
            <attribute name="revenue" aggregate="sum"/>
            <filter><condition attribute="name" operator="beginswith" value="A"/></filter>
          </entity>
        </fetch>"#
    );
    let _ = fetch_xml!("<fetch><entity name='account'></fetch>");
    let _ = fetch_xml!("SELECT name FROM account");
}
