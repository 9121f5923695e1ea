//! A link by a column that links nothing, and a link to a table that wasn't selected.

use crm::prelude::*;

fn main() {
    let _ = fetch_xml!(
        <fetch>
          <entity name="rsk_vessel">
            <link-entity name="rsk_port" from="rsk_portid" to="rsk_certificate"/>
            <link-entity name="site" from="siteid" to="rsk_vesselid"/>
          </entity>
        </fetch>
    );
}
