// Tying rows together and apart.

import assert from "node:assert/strict";
import { connect } from "./emulator.mjs";

export async function relations(report) {
  const api = connect();
  const create = (collection, rsk_name, more = {}) => api.create({ collection, data: { rsk_name, ...more } });
  const port = await create("rsk_ports", "Malmö", { rsk_unlocode: "SEMMA" });
  const vessel = await create("rsk_vessels", "Freia");
  const sister = await create("rsk_vessels", "Gerda");
  const category = await create("rsk_categories", "Tanker");

  const related = async (collection, key, property) => {
    const row = await api.retrieve({ collection, key, select: ["rsk_name"], expand: [{ property, select: ["rsk_name"] }] });
    return row[property];
  };
  const tied = async (collection, key, property) => (await related(collection, key, property)).map((row) => row.rsk_name);

  await report.step("associate, disassociate: one to many", async () => {
    const tie = { collection: "rsk_ports", primaryKey: port, relationshipName: "rsk_port_vessel", relatedKey: vessel };
    await api.associate({ ...tie, relatedCollection: "rsk_vessels" });
    assert.deepEqual(await tied("rsk_ports", port, "rsk_port_vessel"), ["Freia"]);
    assert.equal((await related("rsk_vessels", vessel, "rsk_HomePortId")).rsk_name, "Malmö");
    await api.disassociate(tie);
    assert.deepEqual(await tied("rsk_ports", port, "rsk_port_vessel"), []);
  });

  await report.step("associate, disassociate: many to many, from both ends", async () => {
    const relationshipName = "rsk_vessel_rsk_category";
    const tie = { collection: "rsk_vessels", primaryKey: vessel, relationshipName, relatedKey: category };
    await api.associate({ ...tie, relatedCollection: "rsk_categories" });
    const back = { collection: "rsk_categories", primaryKey: category, relationshipName, relatedKey: sister };
    await api.associate({ ...back, relatedCollection: "rsk_vessels" });
    assert.deepEqual(await tied("rsk_vessels", vessel, relationshipName), ["Tanker"]);
    assert.deepEqual((await tied("rsk_categories", category, relationshipName)).sort(), ["Freia", "Gerda"]);
    await api.disassociate(tie);
    await api.disassociate(back);
    assert.deepEqual(await tied("rsk_categories", category, relationshipName), []);
  });

  await report.step("associate, disassociate: many to many within a table", async () => {
    const relationshipName = "Referencingrsk_vessel_sister";
    const tie = { collection: "rsk_vessels", primaryKey: vessel, relationshipName, relatedKey: sister };
    await api.associate({ ...tie, relatedCollection: "rsk_vessels" });
    assert.deepEqual(await tied("rsk_vessels", vessel, relationshipName), ["Gerda"]);
    assert.deepEqual(await tied("rsk_vessels", sister, "Referencedrsk_vessel_sister"), ["Freia"]);
    assert.deepEqual(await tied("rsk_vessels", sister, relationshipName), []);
    await api.disassociate(tie);
    assert.deepEqual(await tied("rsk_vessels", vessel, relationshipName), []);
  });

  await report.step("associateSingleValued, disassociateSingleValued", async () => {
    const tie = { collection: "rsk_vessels", primaryKey: vessel, navigationProperty: "rsk_HomePortId" };
    await api.associateSingleValued({ ...tie, relatedCollection: "rsk_ports", relatedKey: port });
    assert.equal((await related("rsk_vessels", vessel, "rsk_HomePortId")).rsk_name, "Malmö");
    await api.disassociateSingleValued(tie);
    assert.equal(await related("rsk_vessels", vessel, "rsk_HomePortId"), null);
  });

  await report.step("a lookup with several targets", async () => {
    const account = await api.create({ collection: "accounts", data: { name: "Contoso Shipping" } });
    const contact = await api.create({ collection: "contacts", data: { lastname: "Berg" } });
    const read = () =>
      api.retrieve({ collection: "rsk_vessels", key: vessel, select: ["_rsk_operatorid_value"], includeAnnotations: "*" });
    const bind = (property, target) =>
      api.update({ collection: "rsk_vessels", key: vessel, data: { [`${property}@odata.bind`]: target } });
    await bind("rsk_operatorid_account", `/accounts(${account})`);
    let row = await read();
    assert.deepEqual([row._rsk_operatorid_value, row._rsk_operatorid_value_LogicalName], [account, "account"]);
    await bind("rsk_operatorid_contact", `contacts(${contact})`);
    row = await read();
    assert.deepEqual([row._rsk_operatorid_value, row._rsk_operatorid_value_LogicalName], [contact, "contact"]);
  });

  await report.step("an activity: party list, regarding, its row among all activities", async () => {
    const account = await api.create({ collection: "accounts", data: { name: "Northwind" } });
    const key = await api.create({
      collection: "phonecalls",
      data: {
        subject: "Berth",
        "regardingobjectid_rsk_vessel_phonecall@odata.bind": `/rsk_vessels(${vessel})`,
        phonecall_activity_parties: [
          { "partyid_account@odata.bind": `/accounts(${account})`, participationtypemask: 2 },
        ],
      },
    });
    const call = await api.retrieve({
      collection: "phonecalls",
      key,
      select: ["subject"],
      expand: [{ property: "phonecall_activity_parties", select: ["participationtypemask", "_partyid_value"] }],
    });
    const parties = call.phonecall_activity_parties.filter((party) => party._partyid_value === account);
    assert.deepEqual(parties.map((party) => party.participationtypemask), [2]);
    const pointer = await api.retrieve({ collection: "activitypointers", key, select: ["subject", "activitytypecode"] });
    assert.deepEqual([pointer.subject, pointer.activitytypecode], ["Berth", "phonecall"]);
  });
}
