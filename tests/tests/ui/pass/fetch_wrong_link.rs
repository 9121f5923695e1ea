//! A link by a column that links nothing, and a link to a table that wasn't selected.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="rsk_vessel">
            <link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid"/>
            <link-entity name="systemuser" from="systemuserid" to="owninguser"/>
          </entity>
        </fetch>
    );
}
