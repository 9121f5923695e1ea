//! Elements, attributes, operators and their values that FetchXML doesn't have.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <attribute name="revenue"/>
            <filter type="or">
              <condition attribute="name" operator="begins-with" value="A"/>
              <condition attribute="revenue" operator="between"><value>1</value><value>2</value></condition>
              <condition attribute="name" operator="null"/>
            </filter>
          </entity>
        </fetch>
    );
    let _ = fetch_xml!(
        r#"
        <fetch aggregate="true">
          <entity name="account">
            <attribute name="revenue" aggregate="sum" alias="total"/>
            <filter><condition attribute="name" operator="begins-with" value="A"/></filter>
          </entity>
        </fetch>"#
    );
    let _ = fetch_xml!("<fetch><entity name='account'><all-attributes/></entity></fetch>") as FetchXml<crm::account::Account>;
}
